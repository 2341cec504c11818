// The machine's limit that a training step is measured against.

#ifndef DLC_TEST_BENCHMARK_MLP_FMAPEAK_H
#define DLC_TEST_BENCHMARK_MLP_FMAPEAK_H

namespace dlc::benchmark {

/// The f32 multiply-adds (two flops each) per second that `threads` threads
/// reach in registers with the widest vectors this CPU has, in GFLOP/s: the
/// median of five measurements of about 10 ms.
double fmaPeak(int threads);

} // namespace dlc::benchmark

#endif // DLC_TEST_BENCHMARK_MLP_FMAPEAK_H
