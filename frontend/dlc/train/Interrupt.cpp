#include <dlc/train/Interrupt.h>

#include <csignal>

namespace dlc::train {
namespace {

volatile std::sig_atomic_t flag = 0;
int depth = 0;
struct sigaction previous;

} // namespace

Interrupt::Interrupt() {
  if (depth++ > 0)
    return;
  flag = 0;
  struct sigaction action = {};
  action.sa_handler = [](int) { flag = 1; };
  // The handler goes after its first use.
  action.sa_flags = int(SA_RESETHAND | SA_RESTART);
  sigaction(SIGINT, &action, &previous);
}

Interrupt::~Interrupt() {
  if (--depth == 0)
    sigaction(SIGINT, &previous, nullptr);
}

bool Interrupt::requested() { return flag != 0; }

} // namespace dlc::train
