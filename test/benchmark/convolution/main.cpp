// Times convolutions, on one thread, beside the FMA peak of the same seconds,
// forward and both gradients. One JSON line each.
//
//   convolution-benchmark [--peer=libdnnl.so.2] [--cpu=NAME] [--seconds=S]
//                         [NxHxW_C_O_kK_sS_pP[n][_fwd|_dgrad|_wgrad]...]
//
// oneDNN takes turns with ours. Its operands have the layouts it likes best;
// ours are channels last, filters [K, K, C, O], or, with `n`, batch last,
// filters [O, C, K, K]. Ours and its results are written to the same memory
// each time. GF/s count the taps in the padding, as is usual. `ratio` is ours
// to the peer's, of the medians; `best` are the fastest samples of each.

#include "Dnnl.h"

#include "Pipelines/Compiler.h"
#include "cpu/Execution.h"
#include "peak/Peak.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace dlc;
using namespace dlc::convolution;

namespace {

// A ResNet for small images, its strided and 1x1 layers; LeNet; ten channels.
constexpr const char *defaultNames[] = {
    "64x32x32_3_16_k3_s1_p1",  "64x32x32_16_16_k3_s1_p1",
    "64x16x16_32_32_k3_s1_p1", "64x8x8_64_64_k3_s1_p1",
    "64x32x32_16_32_k3_s2_p1", "64x16x16_32_64_k3_s2_p1",
    "64x32x32_16_32_k1_s2_p0", "64x16x16_64_64_k1_s1_p0",
    "256x28x28_1_6_k5_s1_p2n", "256x14x14_6_16_k5_s1_p0n",
    "64x16x16_10_10_k3_s1_p1n"};
constexpr std::pair<Pass, const char *> passes[] = {
    {Pass::forward, "_fwd"},
    {Pass::dataGradient, "_dgrad"},
    {Pass::weightGradient, "_wgrad"}};

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string tensor(std::initializer_list<int64_t> sizes) {
  std::string text = "tensor<";
  for (int64_t size : sizes)
    text += std::to_string(size) + "x";
  return text + "f32>";
}

/// (x, w, dy, result) -> what the pass computes, in the last one's memory.
std::string programText(const Layer &l, Pass pass, bool batchLast) {
  auto images = [&](int64_t height, int64_t width, int64_t channels) {
    return batchLast ? tensor({channels, height, width, l.images})
                     : tensor({l.images, height, width, channels});
  };
  std::string x = images(l.height, l.width, l.channels);
  std::string w = batchLast ? tensor({l.outputs, l.channels, l.taps, l.taps})
                            : tensor({l.taps, l.taps, l.channels, l.outputs});
  std::string y = images(l.outHeight(), l.outWidth(), l.outputs);
  auto pair = [](int64_t value) {
    std::string v = std::to_string(value);
    return "[" + v + ", " + v + "]";
  };
  std::string result = pass == Pass::forward        ? y
                       : pass == Pass::dataGradient ? x
                                                    : w;
  std::string text = "func.func @f(%x: " + x + ", %w: " + w + ", %g: " + y +
                     ", %r: " + result + " {dlc.donate = 0 : i64}) -> " +
                     result + " {\n" + "%a = dlc.variable %x : " + x +
                     "\n%b = dlc.variable %w : " + w +
                     "\n%y = dlc.convolution %a, %b strides " + pair(l.stride) +
                     " low " + pair(l.padding) + " high " + pair(l.padding) +
                     " image_dilation [1, 1] filter_dilation [1, 1] groups 1"
                     " batch_groups 1 " +
                     (batchLast ? "batch_last" : "channels_last") + " : " + x +
                     ", " + w + " to " + y + "\n";
  if (pass == Pass::forward)
    return text + "return %y : " + y + "\n}\n";
  return text + "%d = dlc.grad of(%y) seed(%g) wrt(" +
         (pass == Pass::dataGradient ? "%a" : "%b") + ") : (" + y + ", " + y +
         ", " + result + ") -> " + result + "\nreturn %d : " + result + "\n}\n";
}

Compiler *findCompiler() {
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  std::filesystem::path library =
      self.parent_path().parent_path() / "lib" / "libdlc-compiler.so";
  void *handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  void *symbol = handle ? dlsym(handle, "dlcCompiler") : nullptr;
  if (!symbol)
    std::fprintf(stderr, "convolution-benchmark: %s\n", dlerror());
  return symbol ? reinterpret_cast<Compiler *(*)()>(symbol)() : nullptr;
}

/// One run of our program a call; null on an error, which is printed.
std::function<void()> prepare(Compiler &compiler, const std::string &cpu,
                              const Layer &l, Pass pass, bool batchLast) {
  CompileOptions options;
  options.cpu = cpu;
  CompileResult compiled =
      compiler.compile(programText(l, pass, batchLast), options);
  std::fputs(compiled.error.c_str(), stderr);
  auto program = runtime::deserialize(compiled.program);
  if (!program.ok())
    return {};
  auto executable = runtime::Executable::load(std::move(*program));
  if (!executable.ok())
    return {};
  struct Run {
    explicit Run(std::shared_ptr<const runtime::Executable> executable)
        : execution(std::move(executable), 0) {}
    runtime::CpuExecution execution;
    std::vector<runtime::BufferRef> arguments, results;
  };
  auto run = std::make_shared<Run>(*executable);
  int64_t x = l.images * l.height * l.width * l.channels,
          w = l.taps * l.taps * l.channels * l.outputs,
          y = l.images * l.outHeight() * l.outWidth() * l.outputs;
  int64_t result = pass == Pass::forward        ? y
                   : pass == Pass::dataGradient ? x
                                                : w;
  for (int64_t count : {x, w, y, result}) {
    auto buffer = runtime::Buffer::allocate(count * sizeof(float));
    if (!buffer.ok())
      return {};
    for (int64_t i = 0; i < count; ++i)
      (*buffer)->as<float>()[i] = static_cast<float>(i % 17) / 16 - 0.5f;
    run->arguments.push_back(*buffer);
  }
  return [run] {
    auto status = run->execution.run(run->arguments, run->results);
    if (!status.ok()) {
      std::fprintf(stderr, "convolution-benchmark: %s\n",
                   status.message().c_str());
      std::exit(1);
    }
    run->arguments.back() = std::move(run->results.front());
  };
}

/// Interleaved, for the clock drifts and neighbours come and go.
void time(const std::string &name, const Layer &layer, double seconds,
          const std::vector<std::function<void()>> &candidates) {
  double flops = layer.flops(), peak = 0;
  int calls = std::max(1, static_cast<int>(5e8 / flops));
  std::vector<std::vector<double>> samples(candidates.size());
  Clock::time_point start = Clock::now();
  for (int round = 0; round < 5 || secondsSince(start) < seconds; ++round) {
    peak = std::max(peak, 1 / peak::secondsPerFlop(1));
    for (size_t c = 0; c < candidates.size(); ++c) {
      candidates[c](); // into the caches
      Clock::time_point begin = Clock::now();
      for (int call = 0; call < calls; ++call)
        candidates[c]();
      samples[c].push_back(secondsSince(begin) / calls);
    }
  }
  auto best = [&](size_t c) {
    return *std::min_element(samples[c].begin(), samples[c].end());
  };
  std::printf("{\"suite\":\"convolution\",\"name\":\"%s\",\"threads\":1,"
              "\"n\":%zu,\"median_ms\":%.4g,\"best_ms\":%.4g,"
              "\"GFLOPs\":%.1f,\"GFLOPs_best\":%.1f,\"best_of_peak\":%.3f",
              name.c_str(), samples[0].size(), median(samples[0]) * 1e3,
              best(0) * 1e3, flops / median(samples[0]) / 1e9,
              flops / best(0) / 1e9, flops / best(0) / peak);
  if (candidates.size() > 1)
    std::printf(",\"peer_GFLOPs\":%.1f,\"peer_best_of_peak\":%.3f,"
                "\"ratio\":%.2f,\"ratio_best\":%.2f",
                flops / median(samples[1]) / 1e9, flops / best(1) / peak,
                median(samples[1]) / median(samples[0]), best(1) / best(0));
  std::printf("}\n");
  std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv) {
  std::string peer, cpu;
  double seconds = 1;
  std::vector<std::string> names;
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    if (word.starts_with("--peer="))
      peer = word.substr(7);
    else if (word.starts_with("--cpu="))
      cpu = word.substr(6);
    else if (word.starts_with("--seconds="))
      seconds = std::atof(argv[i] + 10);
    else
      names.emplace_back(word);
  }
  if (names.empty())
    names.assign(std::begin(defaultNames), std::end(defaultNames));
  setenv("OMP_NUM_THREADS", "1", /*overwrite=*/1);
  setenv("DLC_NUM_THREADS", "1", /*overwrite=*/1);
  Dnnl dnnl;
  Compiler *compiler = findCompiler();
  if (!compiler || (!peer.empty() && !dnnl.open(peer.c_str())))
    return 1;
  for (const std::string &name : names) {
    Layer l;
    int used = 0;
    bool good =
        std::sscanf(name.c_str(), "%ldx%ldx%ld_%ld_%ld_k%ld_s%ld_p%ld%n",
                    &l.images, &l.height, &l.width, &l.channels, &l.outputs,
                    &l.taps, &l.stride, &l.padding, &used) == 8;
    bool any = false;
    bool batchLast = good && name[used] == 'n';
    used += batchLast;
    for (auto [pass, suffix] : passes) {
      std::string rest = good ? name.substr(used) : "?";
      if (!rest.empty() && rest != suffix)
        continue;
      any = true;
      std::vector<std::function<void()>> candidates = {
          prepare(*compiler, cpu, l, pass, batchLast)};
      if (!peer.empty())
        candidates.push_back(dnnl.prepare(l, pass));
      for (const auto &candidate : candidates)
        if (!candidate)
          return 1;
      time(rest.empty() ? name + suffix : name, l, seconds, candidates);
    }
    if (!any) {
      std::fprintf(stderr, "convolution-benchmark: no layer '%s'\n",
                   name.c_str());
      return 1;
    }
  }
}
