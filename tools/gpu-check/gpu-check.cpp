// gpu-check: runs the programs of a bundle on a card, compares with what they
// should give, times them, and prints one table. See docs/cuda.md.

#include "Cases.h"

#include "device/Device.h"
#include "device/Execution.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

using namespace dlc;
using namespace dlc::gpucheck;

namespace {

struct Outcome {
  bool passed = true;
  std::string text = "same bits";
  double milliseconds = 0;
};

struct Options {
  std::string device = "cuda", list;
  int64_t repeat = 20;
};

Expected<std::vector<runtime::BufferRef>>
moveAll(runtime::Device &device, const std::vector<runtime::BufferRef> &from) {
  std::vector<runtime::BufferRef> moved;
  for (const runtime::BufferRef &buffer : from) {
    // A copy also where it lies there: what is donated is written over.
    Expected<runtime::BufferRef> copy = device.allocate(buffer->bytes());
    if (!copy)
      return copy.error();
    if (Status status = device.upload(buffer->data(), **copy); !status.ok())
      return status.error();
    moved.push_back(*copy);
  }
  return moved;
}

/// Compares each result with its file.
Status compare(const Case &what, const std::string &folder,
               const runtime::Function &function,
               const std::vector<runtime::BufferRef> &results,
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

Status run(const Case &what, const std::string &folder, runtime::Device &device,
           int64_t repeat, Outcome &outcome) {
  std::ostringstream bytes;
  bytes << std::ifstream(folder + what.program, std::ios::binary).rdbuf();
  Expected<runtime::Program> program = runtime::deserialize(bytes.str());
  if (!program)
    return program.error();
  auto execution = device.load(std::move(*program), what.function);
  if (!execution)
    return execution.error();
  const runtime::Function &function = (*execution)->function();
  Expected<std::vector<runtime::BufferRef>> inputs =
      argumentsOf(what, function);
  if (!inputs)
    return inputs.error();

  std::vector<double> times;
  std::vector<runtime::BufferRef> results;
  for (int64_t i = 0; i < repeat; ++i) {
    auto arguments = moveAll(device, *inputs);
    if (!arguments)
      return arguments.error();
    auto start = std::chrono::steady_clock::now();
    Status status = (*execution)->run(*arguments, results);
    // Reading the first result waits for all.
    if (status.ok() && !results.empty())
      if (auto host = runtime::moveTo(runtime::hostDevice(), results[0]); !host)
        status = host.error();
    if (!status.ok())
      return status;
    times.push_back(std::chrono::duration<double, std::milli>(
                        std::chrono::steady_clock::now() - start)
                        .count());
    // Later runs, by graphs, must be as right as the first.
    if (i == 0 || i == repeat - 1)
      if (Status compared = compare(what, folder, function, results, outcome);
          !compared.ok() || !outcome.passed)
        return compared;
  }
  std::nth_element(times.begin(), times.begin() + times.size() / 2,
                   times.end());
  outcome.milliseconds = times[times.size() / 2];
  return {};
}

bool parse(int argc, char **argv, Options &options) {
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word.rfind("--device=", 0) == 0)
      options.device = word.substr(9);
    else if (word.rfind("--repeat=", 0) == 0)
      options.repeat = std::max<int64_t>(1, std::atoll(word.c_str() + 9));
    else if (word[0] != '-' && options.list.empty())
      options.list = word;
    else
      return false;
  }
  return !options.list.empty();
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    std::fprintf(stderr,
                 "usage: gpu-check LIST [--device=cuda] [--repeat=20]\n");
    return 1;
  }
  auto fail = [](const std::string &text) {
    std::fprintf(stderr, "gpu-check: error: %s\n", text.c_str());
    return 1;
  };
  Expected<std::vector<Case>> cases = readCases(options.list);
  if (!cases)
    return fail(cases.message());
  auto device = runtime::findDevice(options.device);
  if (!device)
    return fail(device.message());
  size_t slash = options.list.rfind('/');
  std::string folder =
      slash == std::string::npos ? "" : options.list.substr(0, slash + 1);

  std::printf("%s, %s\n%-44s %10s  result\n", (*device)->name().c_str(),
              (*device)->target().c_str(), "program", "median ms");
  size_t failed = 0;
  for (const Case &what : *cases) {
    Outcome outcome;
    if (Status status = run(what, folder, **device, options.repeat, outcome);
        !status.ok()) {
      outcome.passed = false;
      outcome.text = status.message();
    }
    failed += !outcome.passed;
    std::string name =
        what.program.substr(0, what.program.rfind('.')) + " " + what.function;
    std::printf("%-44s %10.3f  %s%s\n", name.c_str(), outcome.milliseconds,
                outcome.passed ? "" : "FAILED: ", outcome.text.c_str());
    std::fflush(stdout);
  }
  std::printf("%zu runs, %zu failed\n", cases->size(), failed);
  return failed ? 1 : 0;
}
