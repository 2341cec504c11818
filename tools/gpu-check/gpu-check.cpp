// gpu-check: runs the programs of a bundle on a card, compares with what they
// should give, times them, and prints one table. See docs/cuda.md.

#include "gpu-check/Cases.h"
#include "gpu-check/Steps.h"
#include "gpu-check/Times.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace dlc;
using namespace dlc::gpucheck;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Options {
  std::string device = "cuda", list, peers;
  int64_t repeat = 20;
  /// How long each timed step is measured, and when the last case may begin.
  double seconds = 0.5, minutes = 7;
  /// Writes what is expected of steps instead; with their arguments.
  bool writes = false, writesInputs = false;
};

/// Compares each result with its file.
Status compare(const Case &what, const std::string &folder,
               const runtime::Function &function, const Buffers &results,
               Outcome &outcome) {
  if (what.expected.size() != results.size())
    return Error{"the function has " + std::to_string(results.size()) +
                 " results, expected " + std::to_string(what.expected.size())};
  for (size_t i = 0; i < results.size(); ++i) {
    Expected<runtime::Array> expected =
        runtime::readNpy(folder + what.expected[i]);
    if (!expected)
      return expected.error();
    const runtime::TensorType &type = function.results[i];
    if (!(expected->type == type))
      return Error{"result " + std::to_string(i) + " is " + type.str() +
                   ", expected " + expected->type.str()};
    auto host = runtime::moveTo(runtime::hostDevice(), results[i]);
    if (!host)
      return host.error();
    ptxsim::Comparison comparison = ptxsim::compare(
        type, (*host)->data(), expected->buffer->data(), what.tolerance);
    if (!comparison.within || outcome.text == "same bits")
      outcome.text = comparison.text;
    outcome.passed &= comparison.within;
    if (!outcome.passed)
      break;
  }
  return {};
}

Status runRepeatedly(const Case &what, const std::string &folder,
                     runtime::Execution &execution, int64_t repeat,
                     Outcome &outcome) {
  Expected<Buffers> inputs = argumentsOf(what, execution.function());
  if (!inputs)
    return inputs.error();
  std::vector<double> times;
  Buffers results;
  for (int64_t i = 0; i < repeat; ++i) {
    auto arguments = copyTo(execution.device(), *inputs);
    if (!arguments)
      return arguments.error();
    Clock::time_point start = Clock::now();
    Status status = execution.run(*arguments, results);
    // Reading the first result waits for all.
    if (status.ok() && !results.empty())
      if (auto host = runtime::moveTo(runtime::hostDevice(), results[0]); !host)
        status = host.error();
    if (!status.ok())
      return status;
    times.push_back(secondsSince(start) * 1e3);
    // Later runs, by graphs, must be as right as the first.
    if (i == 0 || i == repeat - 1)
      if (Status compared =
              compare(what, folder, execution.function(), results, outcome);
          !compared.ok() || !outcome.passed)
        return compared;
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2,
                   times.end());
  outcome.milliseconds = times[times.size() / 2];
  return {};
}

Status check(const Case &what, const std::string &folder,
             runtime::Device &device, const Options &options,
             Outcome &outcome) {
  auto execution = load(device, folder + what.program, what.function);
  if (!execution)
    return execution.error();
  if (what.steps == 0)
    return runRepeatedly(what, folder, **execution, options.repeat, outcome);
  Clock::time_point start = Clock::now();
  Status status = checkSteps(what, folder, **execution, outcome);
  outcome.milliseconds =
      secondsSince(start) * 1e3 / static_cast<double>(what.steps);
  return status;
}

/// The failed cases.
size_t checkAll(const std::vector<Case> &cases, const std::string &folder,
                runtime::Device &device, const Options &options,
                Clock::time_point start) {
  std::printf("%-44s %10s  result\n", "program", "median ms");
  size_t failed = 0, left = 0;
  for (const Case &what : cases) {
    if (secondsSince(start) > options.minutes * 60) {
      ++left;
      continue;
    }
    Outcome outcome;
    if (Status status = check(what, folder, device, options, outcome);
        !status.ok()) {
      outcome.passed = false;
      outcome.text = status.message();
    }
    failed += !outcome.passed;
    std::printf("%-44s %10.3f  %s%s\n", what.title().c_str(),
                outcome.milliseconds,
                outcome.passed ? "" : "FAILED: ", outcome.text.c_str());
    std::fflush(stdout);
  }
  if (left)
    std::printf("%zu not run: the time is over\n", left);
  std::printf("%zu runs, %zu failed\n", cases.size() - left, failed);
  return failed + left;
}

/// The failed cases.
size_t timeAll(const std::vector<Case> &cases, const std::string &folder,
               runtime::Device &device, const Options &options,
               const Peers &peers, Clock::time_point start) {
  size_t failed = 0;
  for (const Case &what : cases) {
    if (!what.isTimed)
      continue;
    if (secondsSince(start) > options.minutes * 60) {
      std::printf("%s: not timed: the time is over\n", what.title().c_str());
      continue;
    }
    auto step = load(device, folder + what.program, what.function);
    Status status =
        step ? printTimes(what, folder, **step, options.seconds, peers)
             : Status(step.error());
    if (!status.ok()) {
      ++failed;
      std::printf("%s: FAILED: %s\n", what.title().c_str(),
                  status.message().c_str());
    }
    std::fflush(stdout);
  }
  return failed;
}

bool parse(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    auto value = [&](const char *name) -> const char * {
      std::string flag = std::string(name) + "=";
      return word.starts_with(flag) ? argv[i] + flag.size() : nullptr;
    };
    if (const char *text = value("--device"))
      options.device = text;
    else if (const char *text = value("--repeat"))
      options.repeat = std::max<int64_t>(1, std::atoll(text));
    else if (const char *text = value("--seconds"))
      options.seconds = std::atof(text);
    else if (const char *text = value("--minutes"))
      options.minutes = std::atof(text);
    else if (const char *text = value("--peers"))
      options.peers = text;
    else if (word == "--write")
      options.writes = true;
    else if (word == "--write-inputs")
      options.writes = options.writesInputs = true;
    else if (word[0] != '-' && options.list.empty())
      options.list = word;
    else
      return false;
  }
  return !options.list.empty();
}

int fail(const std::string &text) {
  std::fprintf(stderr, "gpu-check: error: %s\n", text.c_str());
  return 1;
}

int run(const Options &options) {
  Clock::time_point start = Clock::now();
  Expected<std::vector<Case>> cases = readCases(options.list);
  if (!cases)
    return fail(cases.message());
  size_t slash = options.list.rfind('/');
  std::string folder =
      slash == std::string::npos ? "" : options.list.substr(0, slash + 1);
  if (options.writes) {
    for (const Case &what : *cases)
      if (what.steps > 0)
        if (Status status = writeSteps(what, folder, options.writesInputs);
            !status.ok())
          return fail(what.title() + ": " + status.message());
    return 0;
  }

  auto device = runtime::findDevice(options.device);
  if (!device)
    return fail(device.message());
  printDevice(**device);
  Peers peers;
  if (!options.peers.empty()) {
    auto read = readPeers(options.peers);
    if (!read)
      return fail(read.message());
    peers = std::move(*read);
  }
  size_t failed = checkAll(*cases, folder, **device, options, start);
  failed += timeAll(*cases, folder, **device, options, peers, start);
  return failed ? 1 : 0;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  if (parse(argc, argv, options))
    return run(options);
  std::fprintf(stderr, "usage: gpu-check LIST [--device=cuda] [--repeat=20] "
                       "[--seconds=0.5] [--minutes=7] [--peers=FILE]\n"
                       "       gpu-check LIST --write | --write-inputs\n");
  return 1;
}
