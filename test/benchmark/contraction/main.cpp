// Times contraction kernels, on one thread, beside the FMA peak of the same
// seconds. One JSON line a kernel, in the format of the peers' scripts; names
// are MxNxK_tt as there, _sgd where the epilogue updates weights.
//
//   contraction-benchmark [seconds a kernel] [name...]

#include "ContractionHarness.h"
#include "mlp/FmaPeak.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace dlc;

namespace {

// The MLP's products, forward and backward; softmax regression; squares.
constexpr const char *defaultNames[] = {
    "256x256x784_nn",     "256x256x784_nt",   "784x256x256_tn",
    "784x256x256_tn_sgd", "256x784x256_nt",   "256x10x256_nn",
    "256x10x256_nt",      "256x10x784_nn",    "256x10x256_tn",
    "784x10x256_tn",      "256x256x10_nt",    "128x128x128_nn",
    "256x256x256_nn",     "512x512x512_nn",   "512x512x512_nt",
    "512x512x512_tn",     "1024x1024x1024_nn"};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool time(const char *name, double seconds) {
  contraction::Shape s;
  char left, right, update[5] = "";
  if (std::sscanf(name, "%ldx%ldx%ld_%c%c%4s", &s.m, &s.n, &s.k, &left, &right,
                  update) < 5)
    return false;
  s.leftTransposed = left == 't';
  s.rightTransposed = right == 't';
  bool updates = std::string(update) == "_sgd";
  Clock::time_point start = Clock::now();
  auto executable = contraction::compile(
      contraction::kernelText(s, "f32", updates), vectorFile(TargetOptions()));
  double compileSeconds = secondsSince(start);
  if (!executable)
    return false;

  // In memory as the runtime allocates it.
  std::vector<runtime::BufferRef> buffers;
  std::vector<void *> slots;
  for (int64_t count : {s.m * s.k, s.k * s.n, s.m * s.n}) {
    auto values = contraction::numbers<float>(count, buffers.size() + 1);
    auto buffer = runtime::Buffer::allocate(count * sizeof(float));
    if (!buffer.ok())
      return false;
    buffers.push_back(*buffer);
    slots.push_back((*buffer)->as<float>());
    std::copy(values.begin(), values.end(), (*buffer)->as<float>());
  }
  if (updates) // in place
    slots.push_back(slots.back());
  uint64_t fault = runtime::noFault;
  int64_t tiles = contraction::tilesOf(*executable);
  auto run = [&] { executable->kernel(0)(slots.data(), 0, tiles, &fault); };

  // Interleaved, for the clock drifts and neighbours come and go.
  double flops = 2.0 * s.m * s.n * s.k, peak = 0;
  int calls = std::max(1, static_cast<int>(1e8 / flops));
  std::vector<double> samples;
  start = Clock::now();
  while (samples.size() < 5 || secondsSince(start) < seconds) {
    peak = std::max(peak, 1 / benchmark::secondsPerFlop(1));
    for (int i = 0; i < 5; ++i) {
      Clock::time_point begin = Clock::now();
      for (int call = 0; call < calls; ++call)
        run();
      samples.push_back(secondsSince(begin) / calls);
    }
  }
  std::sort(samples.begin(), samples.end());
  double best = samples.front(), median = samples[samples.size() / 2];
  std::printf("{\"suite\":\"gemm\",\"name\":\"%s\",\"impl\":\"dlc\","
              "\"threads\":1,\"median_ms\":%.6g,\"min_ms\":%.6g,\"n\":%zu,"
              "\"GFLOPs\":%.1f,\"GFLOPs_best\":%.1f,\"best_of_peak\":%.3f,"
              "\"compile_ms\":%.1f}\n",
              name, median * 1e3, best * 1e3, samples.size(),
              flops / median / 1e9, flops / best / 1e9, flops / best / peak,
              compileSeconds * 1e3);
  std::fflush(stdout);
  return true;
}

} // namespace

int main(int argc, char **argv) {
  double seconds = argc > 1 ? std::atof(argv[1]) : 1;
  std::vector<const char *> names(argv + std::min(argc, 2), argv + argc);
  if (names.empty())
    names.assign(std::begin(defaultNames), std::end(defaultNames));
  for (const char *name : names)
    if (!time(name, seconds)) {
      std::fprintf(stderr, "contraction-benchmark: no kernel '%s'\n", name);
      return 1;
    }
}
