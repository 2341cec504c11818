// What kernels take, by the card's own clock.

#ifndef DLC_RUNTIME_CUDA_EVENTTIMER_H
#define DLC_RUNTIME_CUDA_EVENTTIMER_H

#include "cuda/CudaDevice.h"
#include "device/Execution.h"

namespace dlc::runtime::cuda {

/// Puts an event before and behind each kernel; what lies between is known when
/// the run is over. Exists within a Use of the card.
class EventTimer {
public:
  explicit EventTimer(CudaDevice &device) : device(device) {}
  ~EventTimer();
  EventTimer(const EventTimer &) = delete;
  EventTimer &operator=(const EventTimer &) = delete;

  /// What is put into the stream while one exists counts for `entry`.
  class Span {
  public:
    Span(EventTimer *timer, int64_t entry);
    ~Span();
    Span(const Span &) = delete;
    Span &operator=(const Span &) = delete;

  private:
    EventTimer *timer;
  };

  /// Waits for the stream and adds what was measured.
  Status addTo(Profile &profile);

private:
  struct Launch {
    int64_t entry;
    CUevent start, end;
  };
  CUevent record();

  CudaDevice &device;
  std::vector<Launch> launches;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_EVENTTIMER_H
