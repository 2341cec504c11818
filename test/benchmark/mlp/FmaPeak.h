// The machine's limit that a training step is measured against.

#ifndef DLC_TEST_BENCHMARK_MLP_FMAPEAK_H
#define DLC_TEST_BENCHMARK_MLP_FMAPEAK_H

namespace dlc::benchmark {

/// Seconds that one flop of f32 multiply-adds takes `threads` threads together,
/// in registers, with the widest vectors this CPU has: one run of about 2 ms.
double secondsPerFlop(int threads);

} // namespace dlc::benchmark

#endif // DLC_TEST_BENCHMARK_MLP_FMAPEAK_H
