// dlc bench: times functions by Google Benchmark, beside the machine's limits.

#include "ProgramFlags.h"
#include "Values.h"

#include "IR/Cost.h"
#include "Pipelines/ParseInput.h"
#include "cpu/ThreadPool.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "peak/Peak.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Regex.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <optional>
#include <sys/resource.h>

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;
namespace cl = llvm::cl;

namespace {

enum class Format { console, json };

struct BenchFlags {
  Command command{"bench", "Time functions of a module or of a program"};
  ProgramFlags program{command};
  cl::opt<std::string> filter{
      "filter",
      command.in,
      command.of,
      cl::init("."),
      cl::value_desc("regex"),
      cl::desc("Without --function: those whose name it is found in "
               "(default: all)")};
  cl::opt<double> minTime{"min-time",
                          command.in,
                          command.of,
                          cl::init(0.5),
                          cl::value_desc("seconds"),
                          cl::desc("How long each repetition runs, at least")};
  cl::opt<int> repetitions{
      "repetitions", command.in,          command.of,
      cl::init(3),   cl::value_desc("n"), cl::desc("How often it is measured")};
  cl::opt<Format> format{
      "format",
      command.in,
      command.of,
      cl::init(Format::console),
      cl::desc("How results are printed"),
      cl::values(clEnumValN(Format::console, "console", "a table (default)"),
                 clEnumValN(Format::json, "json",
                            "as Google Benchmark's tools read them"))};
};

struct Cost {
  double flops = 0, bytes = 0;
};

/// What a run costs, or nothing where only the run knows how often a loop runs.
std::optional<Cost> costOf(Block &block) {
  Cost sum;
  auto add = [&](const Cost &cost, double times = 1) {
    sum.flops += times * cost.flops;
    sum.bytes += times * cost.bytes;
  };
  for (Operation &op : block) {
    if (auto kernel = dyn_cast<KernelOp>(op)) {
      add({double(flopsOf(kernel)), double(bytesOf(kernel))});
    } else if (auto scan = dyn_cast<ScanOp>(op); scan && scan.getTrips()) {
      std::optional<Cost> body = costOf(scan.getBody().front());
      if (!body)
        return std::nullopt;
      add(*body, double(*scan.getTrips()));
    } else if (isa<ScanOp, IfOp, WhileOp>(op)) {
      return std::nullopt;
    }
  }
  return sum;
}

/// The costs of the module's functions, of those that have one.
llvm::StringMap<Cost> costsOf(StringRef text, const ProgramFlags &flags,
                              Session &session) {
  llvm::StringMap<Cost> costs;
  if (runtime::isProgram(text))
    return costs;
  auto module = parseModule(text, flags.path, session.context());
  auto stage = module->getOperation()->getAttrOfType<StringAttr>("dlc.stage");
  if ((stage && stage.getValue() == name(Stage::lowering)) ||
      failed(runPipeline(*module, Stage::layout, flags.target.pipeline())))
    return costs;
  for (auto function : module->getOps<func::FuncOp>())
    if (!function.isDeclaration())
      if (std::optional<Cost> cost = costOf(function.getBody().front()))
        costs[function.getName()] = *cost;
  return costs;
}

/// What is timed.
class Subject {
public:
  Subject(std::shared_ptr<runtime::Execution> execution,
          ArrayRef<Tensor> inputs)
      : execution(std::move(execution)),
        inputs(this->execution->device(), inputs) {}

  const std::string &name() const { return execution->function().name; }

  /// Seconds of one run, until its results are computed.
  runtime::Expected<double> run() {
    if (auto status = inputs.fill(arguments); !status.ok())
      return status.error();
    auto start = std::chrono::steady_clock::now();
    if (auto status = execution->run(arguments, results); !status.ok())
      return status.error();
    if (auto status = waitForResults(); !status.ok())
      return status.error();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         start)
        .count();
  }

private:
  /// A GPU goes on after `run`: one result, the smallest, is fetched.
  runtime::Status waitForResults() {
    if (results.empty() || results.front()->isOnHost())
      return {};
    auto smallest = llvm::min_element(
        results, [](auto &a, auto &b) { return a->bytes() < b->bytes(); });
    std::string bytes(static_cast<size_t>((*smallest)->bytes()), '\0');
    return execution->device().download(**smallest, bytes.data());
  }

  std::shared_ptr<runtime::Execution> execution;
  Arguments inputs;
  std::vector<runtime::BufferRef> arguments, results;
};

/// The machine's limits, in seconds.
struct Limits {
  double perFlop, perByte;

  static Limits measure(int threads) {
    Limits best = {peak::secondsPerFlop(threads),
                   peak::secondsPerByte(threads)};
    for (int i = 0; i < 4; ++i) {
      best.perFlop = std::min(best.perFlop, peak::secondsPerFlop(threads));
      best.perByte = std::min(best.perByte, peak::secondsPerByte(threads));
    }
    return best;
  }
};

/// How often the system has taken the CPU from this process.
long involuntarySwitches() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_nivcsw;
}

/// One repetition. Its percentiles are those of the runs that nobody disturbed,
/// if there are enough.
void measure(benchmark::State &state, Subject &subject,
             const std::optional<Cost> &cost,
             const std::optional<Limits> &limits, std::string &error) {
  std::vector<double> all, undisturbed;
  for (auto _ : state) {
    long before = involuntarySwitches();
    runtime::Expected<double> time = subject.run();
    if (!time) {
      error = time.message();
      state.SkipWithError(error.c_str());
      return;
    }
    state.SetIterationTime(*time);
    all.push_back(*time);
    if (involuntarySwitches() == before)
      undisturbed.push_back(*time);
  }
  constexpr size_t enough = 5;
  auto &seconds = undisturbed.size() >= enough ? undisturbed : all;
  llvm::sort(seconds);
  auto percentile = [&](size_t p) {
    return seconds[std::min(seconds.size() - 1, seconds.size() * p / 100)];
  };
  using benchmark::Counter;
  state.counters["disturbed"] =
      1 - double(undisturbed.size()) / double(all.size());
  state.counters["min_s"] = percentile(0);
  state.counters["p50_s"] = percentile(50);
  state.counters["p90_s"] = percentile(90);
  state.counters["p99_s"] = percentile(99);
  if (!cost)
    return;
  state.counters["flops"] = Counter(cost->flops / percentile(50));
  state.counters["bytes"] = Counter(cost->bytes / percentile(50));
  if (limits)
    state.counters["roofline"] =
        std::max(cost->flops * limits->perFlop, cost->bytes * limits->perByte) /
        percentile(50);
}

/// The functions that the user asks for.
llvm::Expected<std::vector<std::string>> functionsOf(StringRef code,
                                                     const BenchFlags &flags) {
  if (!flags.program.function.empty())
    return std::vector<std::string>{flags.program.function};
  runtime::Expected<runtime::Program> loaded = runtime::deserialize(code);
  if (!loaded)
    return llvm::createStringError(loaded.message());
  llvm::Regex filter(flags.filter);
  std::string wrong;
  if (!filter.isValid(wrong))
    return llvm::createStringError("--filter: " + wrong);
  std::vector<std::string> names;
  for (const runtime::Function &function : loaded->functions)
    if (filter.match(function.name))
      names.push_back(function.name);
  if (names.empty())
    return llvm::createStringError("no function's name matches '" +
                                   flags.filter + "'");
  return names;
}

/// A function with its arguments.
llvm::Expected<std::unique_ptr<Subject>> prepare(StringRef code, StringRef name,
                                                 const ProgramFlags &flags,
                                                 MLIRContext *context) {
  auto execution = load(*flags.device(), code, name);
  if (!execution)
    return execution.takeError();
  auto types = argumentTypes((*execution)->function(), context);
  auto inputs = flags.inputValues(types, context, /*drawsAll=*/true);
  if (!inputs)
    return inputs.takeError();
  return std::make_unique<Subject>(std::move(*execution), *inputs);
}

} // namespace

int dlc::tool::runBench(int argc, char **argv) {
  BenchFlags flags;
  ProgramFlags &program = flags.program;
  if (!flags.command.parse(argc, argv))
    return 1;
  if (program.simulates())
    return fail("a simulated device has no speed to measure");
  if (!(flags.minTime > 0))
    return fail("--min-time must be positive");
  if (flags.repetitions < 1)
    return fail("--repetitions must be at least 1, got " +
                llvm::Twine(flags.repetitions));
  if (!program.prepare(/*runsCompiledCode=*/true))
    return 1;

  Session session;
  auto text = readInputFile(program.path);
  if (!text)
    return fail(text.takeError());
  FailureOr<std::string> code = program.programOf(*text, session);
  if (failed(code))
    return 1;
  auto names = functionsOf(*code, flags);
  if (!names)
    return fail(names.takeError());
  std::vector<std::unique_ptr<Subject>> subjects;
  for (const std::string &name : *names) {
    auto subject = prepare(*code, name, program, session.context());
    if (!subject)
      return fail(subject.takeError());
    subjects.push_back(std::move(*subject));
  }
  // A GPU's limits are its own.
  std::optional<Limits> limits;
  if (program.device() == &runtime::hostDevice()) {
    runtime::Expected<int> threads = runtime::threadCount();
    if (!threads)
      return fail(threads.message());
    limits = Limits::measure(*threads);
  }

  std::string format = flags.format == Format::json ? "json" : "console";
  std::vector<std::string> words = {"dlc", "--benchmark_format=" + format,
                                    "--benchmark_counters_tabular=true"};
  std::vector<char *> given;
  for (std::string &word : words)
    given.push_back(word.data());
  int count = int(given.size());
  benchmark::Initialize(&count, given.data());
  benchmark::AddCustomContext("dlc", producer());
  benchmark::AddCustomContext("device", program.device()->name());
  if (limits) {
    auto giga = [](double perUnit) {
      return llvm::formatv("{0:f1}e9", 1e-9 / perUnit).str();
    };
    benchmark::AddCustomContext("peak flops/s", giga(limits->perFlop));
    benchmark::AddCustomContext("peak bytes/s", giga(limits->perByte));
  }
  std::string error;
  llvm::StringMap<Cost> costs = costsOf(*text, program, session);
  for (auto &subject : subjects) {
    runtime::Expected<double> first = subject->run();
    if (!first)
      return fail(first.message());
    std::optional<Cost> cost;
    if (auto found = costs.find(subject->name()); found != costs.end())
      cost = found->second;
    benchmark::RegisterBenchmark(
        subject->name().c_str(),
        [&error, &limits, cost,
         subject = subject.get()](benchmark::State &state) {
          measure(state, *subject, cost, limits, error);
        })
        ->UseManualTime()
        ->MinTime(flags.minTime)
        ->Repetitions(flags.repetitions)
        ->Unit(*first < 1e-3 ? benchmark::kMicrosecond
                             : benchmark::kMillisecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return error.empty() ? 0 : fail(error);
}
