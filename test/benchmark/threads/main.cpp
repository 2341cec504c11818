// What the threads cost: regions of launches that do nothing but take time.
//
//   threads-benchmark [--benchmark_…]
//
// The arguments are threads, launches, the microseconds that one of the
// launches would take on one thread, and those that pass before it; each has a
// tile a thread. `regions` hands the launches over one by one, `joined` all at
// once. What is reported is the time beside the work, of a launch.

#include "cpu/ThreadPool.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <limits>
#include <span>
#include <vector>

using dlc::runtime::ThreadPool;

namespace {

using Clock = std::chrono::steady_clock;

double microsecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start)
      .count();
}

void takeTime(double microseconds) {
  for (Clock::time_point start = Clock::now();
       microsecondsSince(start) < microseconds;)
    ;
}

void measure(benchmark::State &state, bool joined) {
  int threads = static_cast<int>(state.range(0));
  int64_t launches = state.range(1);
  double tileTime =
      static_cast<double>(state.range(2)) / static_cast<double>(threads);
  auto pause = static_cast<double>(state.range(3));
  if (!dlc::runtime::setThreadCount(threads).ok()) {
    state.SkipWithError("no such number of threads");
    return;
  }
  ThreadPool &pool = **ThreadPool::get();
  auto body = [&](int64_t first, int64_t last) {
    for (int64_t tile = first; tile < last && tileTime > 0; ++tile)
      takeTime(tileTime);
  };
  // Some hundred microseconds on one thread, to the pool.
  constexpr int64_t work = int64_t(1) << 23;
  std::vector<ThreadPool::Launch> all(launches,
                                      ThreadPool::Launch(threads, work, body));
  auto timeOf = [&](std::span<const ThreadPool::Launch> region) {
    takeTime(pause);
    Clock::time_point start = Clock::now();
    pool.run(region);
    return microsecondsSince(start);
  };
  // The fastest, since other guests of the machine take the threads' time.
  double best = std::numeric_limits<double>::max();
  for (auto _ : state) {
    double time = 0;
    if (joined)
      time = timeOf(all);
    else
      for (const ThreadPool::Launch &launch : all)
        time += timeOf({&launch, 1});
    best = std::min(best, time);
  }
  state.counters["us_per_launch"] =
      best / static_cast<double>(launches) - tileTime;
}

BENCHMARK_CAPTURE(measure, regions, false)
    ->ArgNames({"threads", "launches", "us", "pause"})
    ->Args({2, 100, 0, 0})
    ->Args({2, 100, 20, 0})
    ->Args({2, 100, 20, 100})
    ->Args({2, 100, 20, 3000})
    ->UseRealTime();
BENCHMARK_CAPTURE(measure, joined, true)
    ->ArgNames({"threads", "launches", "us", "pause"})
    ->Args({2, 100, 0, 0})
    ->Args({2, 100, 20, 0})
    ->UseRealTime();

} // namespace

BENCHMARK_MAIN();
