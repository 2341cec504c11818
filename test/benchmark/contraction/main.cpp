// Times contraction kernels, on one thread, beside the FMA peak of the same
// seconds. One JSON line a kernel, in the format of the peers' scripts; names
// are MxNxK_tt as there, _sgd where the epilogue updates weights, _p32 where
// the right operand lies in strips of 32 columns.
//
//   contraction-benchmark [--peer=FILE | --sweep] [seconds a kernel] [name...]
//
// --sweep checks the model that cuts products into blocks: kernels made for
// caches of 256 KB to 4 MB take turns with the one made for this machine's.
// FILE is a library with oneDNN's `dnnl_sgemm`; it takes turns with ours.
// "quiet" figures are medians of the samples before and after which the
// machine reached its peak: those that no neighbour slowed down.

#include "ContractionHarness.h"
#include "peak/Peak.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <dlfcn.h>
#include <functional>
#include <string_view>

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

using Sgemm = int (*)(char, char, long, long, long, float, const float *, long,
                      const float *, long, float, float *, long);

/// One of those that take turns.
struct Candidate {
  std::string name;
  std::function<void()> run;
  double compileSeconds;
  /// Seconds a call, and the lower peak of those measured before and after.
  std::vector<std::pair<double, double>> samples;
};

double median(std::vector<double> values) {
  if (values.empty())
    return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void report(const Candidate &candidate, const char *name, double flops,
            double peak) {
  std::vector<double> all, quiet;
  for (auto [seconds, around] : candidate.samples) {
    all.push_back(seconds);
    if (around > 0.97 * peak)
      quiet.push_back(seconds);
  }
  double best = *std::min_element(all.begin(), all.end());
  double quietRate = quiet.empty() ? 0 : flops / median(quiet);
  std::printf("{\"suite\":\"gemm\",\"name\":\"%s\",\"impl\":\"%s\","
              "\"threads\":1,\"median_ms\":%.6g,\"min_ms\":%.6g,\"n\":%zu,"
              "\"GFLOPs\":%.1f,\"GFLOPs_best\":%.1f,\"quiet_n\":%zu,"
              "\"quiet_GFLOPs\":%.1f,\"quiet_of_peak\":%.3f,"
              "\"compile_ms\":%.1f}\n",
              name, candidate.name.c_str(), median(all) * 1e3, best * 1e3,
              all.size(), flops / median(all) / 1e9, flops / best / 1e9,
              quiet.size(), quietRate / 1e9, quietRate / peak,
              candidate.compileSeconds * 1e3);
  std::fflush(stdout);
}

bool time(const char *name, double seconds, Sgemm peer, bool sweeps) {
  contraction::Shape s;
  char left, right, update[5] = "";
  if (std::sscanf(name, "%ldx%ldx%ld_%c%c%4s", &s.m, &s.n, &s.k, &left, &right,
                  update) < 5)
    return false;
  s.leftTransposed = left == 't';
  s.rightTransposed = right == 't';
  bool updates = std::string(update) == "_sgd";
  if (update[0] == '_' && update[1] == 'p')
    s.stripWidth = std::atoi(update + 2);
  Clock::time_point start = Clock::now();
  std::string text = contraction::kernelText(s, "f32", updates);
  auto compile = [&](int64_t cacheBytes) {
    return contraction::compile(text, vectorFile(TargetOptions()), cacheBytes);
  };
  auto executable = compile(cacheBytes(TargetOptions()));
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
  auto run = [&](const runtime::Executable &code) {
    code.kernel(0)(slots.data(), 0, contraction::tilesOf(code), &fault);
  };
  auto theirs = [&] {
    peer(left, right, s.m, s.n, s.k, 1, buffers[0]->as<float>(),
         s.leftTransposed ? s.m : s.k, buffers[1]->as<float>(),
         s.rightTransposed ? s.k : s.n, 0, buffers[2]->as<float>(), s.n);
  };
  std::vector<Candidate> candidates = {
      {"dlc", [&] { run(*executable); }, compileSeconds, {}}};
  if (peer)
    candidates.push_back({"peer", theirs, 0, {}});
  if (sweeps)
    for (int64_t kilobytes : {256, 512, 1024, 2048, 4096})
      if (auto code = compile(kilobytes << 10))
        candidates.push_back({"dlc for " + std::to_string(kilobytes) + " KB",
                              [=] { run(*code); },
                              0,
                              {}});

  // Interleaved, for the clock drifts and neighbours come and go.
  double flops = 2.0 * s.m * s.n * s.k, peak = 0;
  int calls = std::max(1, static_cast<int>(1e8 / flops));
  double before = 1 / peak::secondsPerFlop(1);
  start = Clock::now();
  for (int round = 0; round < 5 || secondsSince(start) < seconds; ++round)
    for (Candidate &candidate : candidates) {
      candidate.run();
      Clock::time_point begin = Clock::now();
      for (int call = 0; call < calls; ++call)
        candidate.run();
      double each = secondsSince(begin) / calls;
      double after = 1 / peak::secondsPerFlop(1);
      candidate.samples.push_back({each, std::min(before, after)});
      peak = std::max(peak, after);
      before = after;
    }
  for (const Candidate &candidate : candidates)
    report(candidate, name, flops, peak);
  return true;
}

} // namespace

int main(int argc, char **argv) {
  std::vector<const char *> arguments(argv + std::min(argc, 1), argv + argc);
  Sgemm peer = nullptr;
  bool sweeps =
      !arguments.empty() && arguments[0] == std::string_view("--sweep");
  if (sweeps)
    arguments.erase(arguments.begin());
  constexpr std::string_view option = "--peer=";
  if (!arguments.empty() &&
      std::string_view(arguments[0]).substr(0, option.size()) == option) {
    setenv("OMP_NUM_THREADS", "1", /*overwrite=*/1);
    if (void *library = dlopen(arguments[0] + option.size(), RTLD_NOW))
      peer = reinterpret_cast<Sgemm>(dlsym(library, "dnnl_sgemm"));
    if (!peer) {
      std::fprintf(stderr, "contraction-benchmark: no dnnl_sgemm in '%s'\n",
                   arguments[0] + option.size());
      return 1;
    }
    arguments.erase(arguments.begin());
  }
  double seconds = 1;
  if (!arguments.empty()) {
    seconds = std::atof(arguments[0]);
    arguments.erase(arguments.begin());
  }
  if (arguments.empty())
    arguments.assign(std::begin(defaultNames), std::end(defaultNames));
  for (const char *name : arguments)
    if (!time(name, seconds, peer, sweeps)) {
      std::fprintf(stderr, "contraction-benchmark: no kernel '%s'\n", name);
      return 1;
    }
}
