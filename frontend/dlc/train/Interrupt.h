// Ctrl-C as a wish, not as an end.

#ifndef DLC_FRONTEND_TRAIN_INTERRUPT_H
#define DLC_FRONTEND_TRAIN_INTERRUPT_H

#pragma GCC visibility push(default)
namespace dlc::train {

/// While one lives, SIGINT only sets a flag, so that a step can be finished and
/// saved. A second SIGINT ends the process as usual. One inside another shares
/// its flag.
class Interrupt {
public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt &) = delete;
  Interrupt &operator=(const Interrupt &) = delete;

  static bool requested();
};

} // namespace dlc::train
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TRAIN_INTERRUPT_H
