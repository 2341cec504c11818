// Times the compiled training step of an MLP 784-256-10 (batch 256, SGD)
// beside the FMA peak of the same seconds. One JSON line a figure, in the
// format of the peers' scripts that compare.py runs.

#include "peak/Peak.h"

#include <dlc/dlc.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <time.h>

using namespace dlc;

namespace {

constexpr int64_t inputs = 784, hidden = 256, classes = 10, batch = 256;
// Two flops a multiply-add; forward and weight gradient of both layers, and the
// second layer's input gradient.
constexpr double flops =
    2.0 * batch * (2 * inputs * hidden + 3 * hidden * classes);

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

long involuntarySwitches() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_nivcsw;
}

struct Samples {
  std::vector<double> all, clean;

  /// Notes what `measure` returns, and whether somebody took the CPU meanwhile.
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
};

/// Calls f for about 3 ms; the mean time of a call.
template <typename F> double timeOf(const F &f) {
  constexpr double length = 0.003;
  Clock::time_point start = Clock::now();
  int calls = 0;
  do {
    f();
    ++calls;
  } while (secondsSince(start) < length);
  return secondsSince(start) / calls;
}

int run(int threads, double seconds, bool firstStepOnly) {
  Generator rng(0);
  nn::Sequential model(nn::Linear(inputs, hidden, rng), nn::ReLU(),
                       nn::Linear(hidden, classes, rng));
  optim::SGD optimizer(model, {.lr = 0.01});
  auto compiled = compile(
      [&](const Tensor &x, const Tensor &y) {
        auto [loss, gradients] = valueAndGrad([&](nn::Module &model) {
          return mean(softmaxCrossEntropy(model(x), y));
        })(model);
        optimizer.update(model, gradients);
        return loss;
      },
      {.state = {model, optimizer}});

  std::vector<float> pixels(batch * inputs);
  std::vector<int32_t> labels(batch);
  for (size_t i = 0; i < pixels.size(); ++i)
    pixels[i] = float(i * 37 % 256) / 256;
  for (size_t i = 0; i < labels.size(); ++i)
    labels[i] = int32_t(i % classes);
  Tensor x = tensor(pixels, {batch, inputs}), y = tensor(labels, {batch});
  auto step = [&] { return compiled(x, y).item(); };

  double loss = step();
  if (firstStepOnly) {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    std::printf("{\"suite\":\"train\",\"name\":\"mlp_first_step\",\"impl\":"
                "\"dlc\",\"monotonic_s\":%lld.%09ld,\"loss0\":%.6g}\n",
                static_cast<long long>(now.tv_sec), now.tv_nsec, loss);
    return 0;
  }

  // Interleaved, for the clock drifts and neighbours come and go.
  Samples steps, limits;
  for (Clock::time_point start = Clock::now();
       steps.all.empty() || secondsSince(start) < seconds;) {
    limits.add([&] { return peak::secondsPerFlop(threads); });
    for (int i = 0; i < 3; ++i)
      steps.add([&] { return timeOf(step); });
  }
  double peak = 1 / limits.median() / 1e9;
  double rate = flops / steps.median() / 1e9;
  std::printf("{\"suite\":\"limits\",\"name\":\"fma\",\"impl\":\"dlc\","
              "\"threads\":%d,\"GFLOPs\":%.1f,\"GFLOPs_best\":%.1f}\n",
              threads, peak, 1 / limits.best() / 1e9);
  std::printf("{\"suite\":\"train\",\"name\":\"mlp\",\"impl\":\"dlc\","
              "\"threads\":%d,\"median_ms\":%.6g,\"min_ms\":%.6g,\"n\":%zu,"
              "\"clean\":%zu,\"GFLOPs\":%.1f,\"of_peak\":%.3f}\n",
              threads, steps.median() * 1e3, steps.best() * 1e3,
              steps.all.size(), steps.clean.size(), rate, rate / peak);
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  int threads = 1;
  double seconds = 2;
  bool firstStep = false;
  CLI::App app("Times an MLP's training step; prints JSON lines.");
  app.option_defaults()->always_capture_default();
  app.add_option("--threads", threads, "threads")->check(CLI::Range(1, 64));
  app.add_option("--seconds", seconds, "how long to measure");
  app.add_flag("--first-step", firstStep,
               "run one step and print the monotonic clock at its end");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &help) {
    return app.exit(help);
  } catch (const CLI::Error &error) {
    std::fprintf(stderr, "mlp-benchmark: %s\n", error.what());
    return 1;
  }
  setenv("DLC_NUM_THREADS", std::to_string(threads).c_str(), 1);
  try {
    return run(threads, seconds, firstStep);
  } catch (const Error &error) {
    std::fprintf(stderr, "mlp-benchmark: %s\n", error.what());
    return 1;
  }
}
