// Times compiled training steps, inference and small expressions. One JSON line
// a case, in the format of the peers' scripts; `./dev bench` runs both and
// makes a table of them.

#include "Models.h"
#include "Samples.h"

#include "peak/Peak.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <regex>

using namespace dlc;
using namespace dlc::benchmark;

namespace {

struct Flags {
  int threads = 1;
  double seconds = 0.5;
  std::string only = ".*", firstStep;
};

/// A training step, ready to be called.
struct Training {
  Subject subject;
  std::unique_ptr<optim::Optimizer> optimizer;
  std::function<Tensor(const Tensor &, const Tensor &)> compiled;

  explicit Training(const Case &source) : subject(source.make()) {
    nn::Module &model = *subject.model;
    if (source.adam)
      optimizer =
          std::make_unique<optim::Adam>(model, optim::AdamOptions{.lr = 1e-3});
    else
      optimizer =
          std::make_unique<optim::SGD>(model, optim::SGDOptions{.lr = 0.01});
    auto step = [this](const Tensor &x, const Tensor &y) {
      auto [loss, gradients] = valueAndGrad([&](nn::Module &model) {
        Tensor output = model(x);
        if (subject.isRegression)
          return mean(square(output - y) / 2);
        return mean(softmaxCrossEntropy(output, y));
      })(*subject.model);
      optimizer->update(*subject.model, gradients);
      return loss;
    };
    compiled = compile(step, {.state = {model, *optimizer, *subject.rng}});
  }

  double step() { return compiled(subject.x, subject.y).item(); }
};

/// Samples of a case between two of the machine's limit.
constexpr int samplesPerLimit = 8;

/// The share of the peak: the median over the groups of samples, each compared
/// with the faster of the limits before and after it. So a clock that changes
/// changes both.
double shareOfPeak(double flops, const Samples &samples,
                   const Samples &limits) {
  std::vector<double> shares;
  for (size_t i = 0; i + 1 < limits.all.size(); ++i) {
    auto first = samples.all.begin() + i * samplesPerLimit;
    std::vector<double> group(first, first + samplesPerLimit);
    std::sort(group.begin(), group.end());
    shares.push_back(flops * std::min(limits.all[i], limits.all[i + 1]) /
                     group[samplesPerLimit / 2]);
  }
  std::sort(shares.begin(), shares.end());
  return shares[shares.size() / 2];
}

/// Prints a case, and the machine's speed while it was measured.
void report(const char *suite, const Case &source, const Flags &flags,
            const Samples &samples, const Samples &limits,
            const std::string &more = "") {
  double median = samples.median(), perFlop = limits.best();
  std::printf("{\"suite\":\"%s\",\"name\":\"%s\",\"impl\":\"dlc\","
              "\"threads\":%d,\"median_ms\":%.6g,\"min_ms\":%.6g,\"n\":%zu,"
              "\"clean\":%zu,\"peak_GFLOPs\":%.1f%s",
              suite, source.name.c_str(), flags.threads, median * 1e3,
              samples.best() * 1e3, samples.all.size(), samples.clean.size(),
              1e-9 / perFlop, more.c_str());
  if (source.flops > 0)
    std::printf(",\"GFLOPs\":%.1f,\"of_peak\":%.3f",
                source.flops / median / 1e9,
                shareOfPeak(source.flops, samples, limits));
  std::printf("}\n");
  std::fflush(stdout);
}

/// Interleaves `f` with the machine's limit, for the clock drifts and
/// neighbours come and go.
template <typename F>
void measure(const F &f, const Flags &flags, Samples &samples,
             Samples &limits) {
  for (Clock::time_point start = Clock::now();
       samples.all.empty() || secondsSince(start) < flags.seconds;) {
    limits.add([&] { return peak::secondsPerFlop(flags.threads); });
    for (int i = 0; i < samplesPerLimit; ++i)
      samples.add([&] { return timeOf(f); });
  }
  limits.add([&] { return peak::secondsPerFlop(flags.threads); });
}

void timeTraining(const Case &source, const Flags &flags) {
  Training training(source);
  double first = training.step();
  Samples samples, limits;
  measure([&] { training.step(); }, flags, samples, limits);
  char losses[64];
  std::snprintf(losses, sizeof losses, ",\"loss0\":%.4f,\"loss1\":%.4f", first,
                training.step());
  report("train", source, flags, samples, limits, losses);
}

void timeInference(const Case &source, const Flags &flags) {
  Subject subject = source.make();
  subject.model->eval();
  auto compiled = compile([&](const Tensor &x) { return (*subject.model)(x); });
  Tensor one = subject.x[Slice(0, 1)];
  one.toVector<float>();
  Samples samples, limits;
  auto infer = [&] {
    Tensor result = compiled(one);
    result.data<float>();
  };
  measure(infer, flags, samples, limits);
  report("infer", source, flags, samples, limits);
}

/// A small expression outside `compile`, recorded, looked up, run and read.
void timeDispatch(const Flags &flags) {
  Tensor a = tensor({1.0f, 2.0f, 3.0f, 4.0f});
  Tensor b = tensor({5.0f, 6.0f, 7.0f, 8.0f});
  Samples samples, limits;
  auto evaluate = [&] {
    Tensor c = a * b + 1;
    c.data<float>();
  };
  measure(evaluate, flags, samples, limits);
  report("latency", {"small_expression", 0, {}}, flags, samples, limits);
}

void printLimits(const Flags &flags) {
  Samples fma, copy;
  for (int i = 0; i < 5; ++i) {
    fma.add([&] { return peak::secondsPerFlop(flags.threads); });
    copy.add([&] { return peak::secondsPerByte(flags.threads); });
  }
  std::printf("{\"suite\":\"limits\",\"name\":\"peak\",\"impl\":\"dlc\","
              "\"threads\":%d,\"GFLOPs\":%.1f,\"GBs\":%.2f}\n",
              flags.threads, 1e-9 / fma.best(), 1e-9 / copy.best());
  std::fflush(stdout);
}

/// The first step of a process: what compiling it took (the step itself may
/// take longer at first than later, or be disturbed later: at least 0), and
/// when it ended, by the clock that the caller of this process has, too.
void firstStep(const Case &source) {
  Training training(source);
  Clock::time_point start = Clock::now();
  double loss = training.step();
  double taken = secondsSince(start);
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  Samples later;
  for (int i = 0; i < 3; ++i)
    later.add([&] { return timeOf([&] { training.step(); }); });
  std::printf("{\"suite\":\"first_step\",\"name\":\"%s\",\"impl\":\"dlc\","
              "\"monotonic_s\":%lld.%09ld,\"compile_ms\":%.4g,"
              "\"loss0\":%.6g}\n",
              source.name.c_str(), static_cast<long long>(now.tv_sec),
              now.tv_nsec, std::max(0.0, taken - later.best()) * 1e3, loss);
}

int run(const Flags &flags) {
  if (!flags.firstStep.empty()) {
    for (const Case &source : trainingCases())
      if (source.name == flags.firstStep) {
        firstStep(source);
        return 0;
      }
    std::fprintf(stderr, "models-benchmark: no training step is called '%s'\n",
                 flags.firstStep.c_str());
    return 1;
  }
  std::regex only(flags.only);
  auto isWanted = [&](const std::string &name) {
    return std::regex_search(name, only);
  };
  if (isWanted("limits/peak"))
    printLimits(flags);
  for (const Case &source : trainingCases())
    if (isWanted("train/" + source.name))
      timeTraining(source, flags);
  for (const Case &source : inferenceCases())
    if (isWanted("infer/" + source.name))
      timeInference(source, flags);
  if (isWanted("latency/small_expression"))
    timeDispatch(flags);
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  Flags flags;
  CLI::App app("Times training steps, inference and small expressions; prints "
               "JSON lines.");
  app.option_defaults()->always_capture_default();
  app.add_option("--threads", flags.threads, "threads")
      ->check(CLI::Range(1, 64));
  app.add_option("--seconds", flags.seconds, "how long to measure each case");
  app.add_option("--only", flags.only,
                 "a regular expression found in SUITE/NAME of a case");
  app.add_option("--first-step", flags.firstStep,
                 "run one step of this training case; print the monotonic "
                 "clock at its end and what compiling took");
  try {
    app.parse(argc, argv);
    setenv("DLC_NUM_THREADS", std::to_string(flags.threads).c_str(), 1);
    return run(flags);
  } catch (const CLI::Success &help) {
    return app.exit(help);
  } catch (const std::exception &error) {
    // CLI's, std::regex's, dlc::Error.
    std::fprintf(stderr, "models-benchmark: %s\n", error.what());
    return 1;
  }
}
