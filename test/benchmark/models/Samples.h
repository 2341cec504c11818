// Times of something that runs again and again on a machine that is not quiet.

#ifndef DLC_TEST_BENCHMARK_MODELS_SAMPLES_H
#define DLC_TEST_BENCHMARK_MODELS_SAMPLES_H

#include <algorithm>
#include <chrono>
#include <vector>

#include <sys/resource.h>

namespace dlc::benchmark {

using Clock = std::chrono::steady_clock;

inline double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Samples, and those of them during which nobody took the CPU: the same rule
/// as the peers' harness.
struct Samples {
  std::vector<double> all, clean;

  /// Notes what `measure` returns.
  template <typename F> void add(const F &measure) {
    long before = involuntarySwitches();
    all.push_back(measure());
    if (involuntarySwitches() == before)
      clean.push_back(all.back());
  }

  /// Of the undisturbed samples, if there are enough.
  double median() const {
    constexpr size_t enough = 5;
    std::vector<double> values = clean.size() >= enough ? clean : all;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }
  double best() const { return *std::min_element(all.begin(), all.end()); }

private:
  static long involuntarySwitches() {
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nivcsw;
  }
};

/// Calls f for about 1 ms, at least once; the mean time of a call. Another
/// thread may have the CPU of a longer sample taken away.
template <typename F> double timeOf(const F &f) {
  constexpr double length = 0.001;
  Clock::time_point start = Clock::now();
  int calls = 0;
  do {
    f();
    ++calls;
  } while (secondsSince(start) < length);
  return secondsSince(start) / calls;
}

} // namespace dlc::benchmark

#endif // DLC_TEST_BENCHMARK_MODELS_SAMPLES_H
