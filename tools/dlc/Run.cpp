// dlc run: runs a function compiled, interpreted, or both and compares.

#include "Commands.h"
#include "ProgramFlags.h"
#include "Simulate.h"
#include "Values.h"

#include "IR/Dlc.h"
#include "Interpreter/Interpreter.h"
#include "Pipelines/ParseInput.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;
namespace cl = llvm::cl;

namespace {

enum class Backend { jit, interpreter, both };

struct RunFlags {
  Command command{"run", "Run a function of a module or of a program"};
  ProgramFlags program{command};
  cl::list<std::string> outputs{
      "output", command.in, command.of, cl::value_desc("@o.npy"),
      cl::desc("Where the next result goes (default: printed)")};
  cl::opt<Backend> backend{
      "backend",
      command.in,
      command.of,
      cl::init(Backend::jit),
      cl::desc("What runs it"),
      cl::values(clEnumValN(Backend::jit, "jit", "compiled code (default)"),
                 clEnumValN(Backend::interpreter, "interpreter",
                            "the reference evaluator"),
                 clEnumValN(Backend::both, "both",
                            "both, and compare what they give"))};
  cl::opt<double> ulp{
      "ulp",
      command.in,
      command.of,
      cl::init(0),
      cl::value_desc("n"),
      cl::desc("both: units in the last place that results may differ by")};
  cl::opt<double> rtol{
      "rtol",
      command.in,
      command.of,
      cl::init(0),
      cl::value_desc("x"),
      cl::desc("both: or, relative to a result's largest element")};
  cl::opt<double> atol{
      "atol",      command.in,          command.of,
      cl::init(0), cl::value_desc("x"), cl::desc("both: or, absolutely")};
  cl::opt<bool> exact{"exact", command.in, command.of,
                      cl::desc("interpreter: compute everything in f64")};
  cl::opt<int64_t> repeat{
      "repeat",    command.in,          command.of,
      cl::init(1), cl::value_desc("n"), cl::desc("jit: run n times")};
  cl::opt<bool> timing{"timing", command.in, command.of,
                       cl::desc("jit: print the time of runs and kernels, and "
                                "to stderr that of compiling")};
};

} // namespace

/// The function of the module that the user names, or null after an error.
static func::FuncOp findFunction(ModuleOp module, StringRef name) {
  if (name.empty() && llvm::hasSingleElement(module.getOps<func::FuncOp>()))
    return *module.getOps<func::FuncOp>().begin();
  auto function =
      name.empty() ? func::FuncOp() : module.lookupSymbol<func::FuncOp>(name);
  if (function)
    return function;
  std::string known;
  for (auto each : module.getOps<func::FuncOp>())
    known += (known.empty() ? "" : ", ") + each.getName().str();
  fail((name.empty() ? "--function is needed"
                     : "there is no function '" + name.str() + "'") +
       "; functions: " + (known.empty() ? "none" : known));
  return {};
}

/// The results by the interpreter. Changes the module only where it requests
/// gradients.
static FailureOr<SmallVector<Tensor>> interpretFunction(const RunFlags &flags,
                                                        ModuleOp module,
                                                        MLIRContext *context) {
  auto stage = module->getAttrOfType<StringAttr>("dlc.stage");
  if (stage && stage.getValue() == name(Stage::lowering))
    return module.emitError("the interpreter runs stages up to layout");
  bool requests = module
                      .walk([](Operation *op) {
                        return isa<GradOp, JvpOp>(op) ? WalkResult::interrupt()
                                                      : WalkResult::advance();
                      })
                      .wasInterrupted();
  if (requests && failed(runPipeline(module, Stage::autodiff)))
    return failure();
  func::FuncOp function = findFunction(module, flags.program.function);
  if (!function)
    return failure();
  SmallVector<RankedTensorType> types;
  for (Type type : function.getArgumentTypes())
    if (auto tensor = dyn_cast<RankedTensorType>(type))
      types.push_back(tensor);
    else
      return function.emitError()
             << "has an argument of type " << type << ", which is no tensor";
  auto inputs = flags.program.inputValues(types, context);
  if (!inputs) {
    fail(inputs.takeError());
    return failure();
  }
  return interpreter::interpret(function, *inputs,
                                flags.exact ? interpreter::Mode::exact
                                            : interpreter::Mode::native);
}

static void printTiming(const Timing &timing) {
  std::vector<double> sorted = timing.seconds;
  llvm::sort(sorted);
  llvm::outs() << llvm::format("runs %zu, fastest %.3f ms, median %.3f ms\n",
                               sorted.size(), sorted.front() * 1e3,
                               sorted[sorted.size() / 2] * 1e3);
  for (const runtime::KernelTiming &kernel : timing.profile)
    if (kernel.launches)
      llvm::outs() << llvm::format("  %10.3f us a launch, %6lld launches  ",
                                   kernel.seconds * 1e6 / kernel.launches,
                                   static_cast<long long>(kernel.launches))
                   << kernel.name << "\n";
}

/// The results by compiled code.
static FailureOr<SmallVector<Tensor>>
runProgram(const RunFlags &flags, StringRef program, MLIRContext *context) {
  auto failed = [](llvm::Error error) {
    fail(std::move(error));
    return failure();
  };
  auto inputsOf = [&](const runtime::Function &function) {
    return flags.program.inputValues(argumentTypes(function, context), context);
  };
  if (flags.program.simulates()) {
    auto simulation = Simulation::load(program, flags.program.function);
    if (!simulation)
      return failed(simulation.takeError());
    auto inputs = inputsOf((*simulation)->function());
    if (!inputs)
      return failed(inputs.takeError());
    auto results = (*simulation)->run(*inputs, context);
    if (!results)
      return failed(results.takeError());
    return std::move(*results);
  }
  auto execution =
      load(*flags.program.device(), program, flags.program.function);
  if (!execution)
    return failed(execution.takeError());
  auto inputs = inputsOf((*execution)->function());
  if (!inputs)
    return failed(inputs.takeError());
  Timing timing;
  auto results = execute(**execution, *inputs, flags.repeat,
                         flags.timing ? &timing : nullptr, context);
  if (!results)
    return failed(results.takeError());
  if (flags.timing)
    printTiming(timing);
  return std::move(*results);
}

/// What products whose operands are rounded to tf32 (10 bits of fraction, 2^-11
/// each) may differ by, relative to a result's largest element.
static constexpr double tf32Difference = 0x1p-9;

/// Compares result by result; the exit status.
static int compareResults(const RunFlags &flags, ArrayRef<Tensor> got,
                          ArrayRef<Tensor> expected) {
  int status = 0;
  double rtol = flags.rtol;
  if (flags.program.target.precision == Precision::tf32)
    rtol = std::max(rtol, tf32Difference);
  for (auto [i, pair] : llvm::enumerate(llvm::zip_equal(got, expected))) {
    auto &[jit, reference] = pair;
    Difference worst = compare(jit, reference);
    llvm::outs() << "result " << i << ": " << reference.type << ": ";
    if (worst.position < 0) {
      llvm::outs() << "same bits\n";
      continue;
    }
    // Bits differ by nothing where a zero's sign does: not within a bound of 0.
    auto within = [](double difference, double bound) {
      return bound > 0 && difference <= bound;
    };
    bool ok = within(worst.ulps, flags.ulp) || within(worst.relative, rtol) ||
              within(worst.absolute, flags.atol);
    llvm::outs() << llvm::format("differs by up to %g ulp, relative %g",
                                 worst.ulps, worst.relative)
                 << "; at element " << worst.position << ": jit ";
    printElement(jit, worst.position, llvm::outs());
    llvm::outs() << ", interpreter ";
    printElement(reference, worst.position, llvm::outs());
    llvm::outs() << "\n";
    if (!ok)
      status = fail("result " + llvm::Twine(i) + " differs too much");
  }
  return status;
}

static int writeResults(const RunFlags &flags, ArrayRef<Tensor> results) {
  if (flags.outputs.size() > results.size())
    return fail("the function has " + llvm::Twine(results.size()) +
                " results, got " + llvm::Twine(flags.outputs.size()) +
                " --output");
  for (auto [i, result] : llvm::enumerate(results))
    if (i < flags.outputs.size()) {
      if (llvm::Error error = writeValue(flags.outputs[i], result))
        return fail(std::move(error));
    } else {
      llvm::outs() << "result " << i << ": ";
      print(result, llvm::outs());
      llvm::outs() << "\n";
    }
  return 0;
}

static FailureOr<std::string> compileTimed(RunFlags &flags, StringRef text,
                                           Session &session) {
  DefaultTimingManager times;
  times.setEnabled(flags.timing);
  TimingScope all = times.getRootScope();
  flags.program.target.timing = &all;
  FailureOr<std::string> code = flags.program.programOf(text, session);
  flags.program.target.timing = nullptr;
  return code;
}

int dlc::tool::runRun(int argc, char **argv) {
  RunFlags flags;
  ProgramFlags &program = flags.program;
  if (!flags.command.parse(argc, argv) ||
      !program.prepare(flags.backend != Backend::interpreter))
    return 1;
  if (flags.repeat < 1)
    return fail("--repeat must be at least 1, got " +
                llvm::Twine(flags.repeat));

  Session session;
  auto text = readInputFile(program.path);
  if (!text)
    return fail(text.takeError());
  FailureOr<SmallVector<Tensor>> interpreted, compiled;
  if (flags.backend != Backend::jit) {
    if (runtime::isProgram(*text))
      return fail("a compiled program has no interpreter: give the module");
    auto module = parseModule(*text, program.path, session.context());
    if (!module)
      return 1;
    interpreted = interpretFunction(flags, *module, session.context());
    if (failed(interpreted))
      return 1;
  }
  if (flags.backend != Backend::interpreter) {
    FailureOr<std::string> code = compileTimed(flags, *text, session);
    if (failed(code))
      return 1;
    compiled = runProgram(flags, *code, session.context());
    if (failed(compiled))
      return 1;
  }
  if (flags.backend == Backend::both)
    return compareResults(flags, *compiled, *interpreted);
  return writeResults(flags, succeeded(compiled) ? *compiled : *interpreted);
}
