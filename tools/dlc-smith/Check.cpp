#include "Check.h"

#include "../dlc/Execute.h"
#include "../dlc/Simulate.h"
#include "Generate.h"
#include "Oracle.h"

#include "Codegen/Codegen.h"
#include "IR/Dlc.h"
#include "cpu/ThreadPool.h"
#include "device/Device.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"

#include <cstdlib>

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;
using interpreter::Tensor;

namespace {

/// Compiles a case and runs it; the first thing that goes wrong is kept.
class Compiled {
public:
  Compiled(ModuleOp source, const Variant &variant, const Plant &plant);

  /// Each launch on so many threads, as far as it has tiles.
  SmallVector<Tensor> run(ArrayRef<Tensor> inputs, int threads);

  std::optional<Failure> failure;

private:
  void fail(StringRef kind, llvm::Error error) {
    failure = Failure{kind.str(), llvm::toString(std::move(error))};
  }

  MLIRContext *context;
  /// One of the two.
  std::shared_ptr<runtime::Execution> execution;
  std::unique_ptr<tool::Simulation> simulation;
};

} // namespace

static void putFault(ModuleOp module, const Plant &plant) {
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) {
    if (op->getName().stripDialect() == plant.op)
      ops.push_back(op);
  });
  if (plant.crashes && !ops.empty())
    std::abort();
  for (Operation *op : ops) {
    OpBuilder b(op->getContext());
    b.setInsertionPointAfter(op);
    Value result = op->getResult(0);
    bool isTruth = tensorType(result).getElementType().isInteger(1);
    Operation *wrong =
        isTruth ? b.create<NotOp>(op->getLoc(), result).getOperation()
                : b.create<NegateOp>(op->getLoc(), result).getOperation();
    result.replaceAllUsesExcept(wrong->getResult(0), wrong);
  }
}

/// Small tensors make small launches, which would stay on one thread.
static void spreadWork(std::vector<runtime::Instruction> &instructions) {
  for (runtime::Instruction &each : instructions) {
    each.work = int64_t(1) << 30;
    spreadWork(each.body);
    spreadWork(each.condition);
    spreadWork(each.otherwise);
  }
}

Compiled::Compiled(ModuleOp source, const Variant &variant, const Plant &plant)
    : context(source.getContext()) {
  std::string text;
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (text.empty())
      text = diagnostic.str();
    return success();
  });
  OwningOpRef<ModuleOp> module(source.clone());
  if (!plant.op.empty())
    putFault(*module, plant);
  PipelineOptions options;
  options.verifyContracts = true;
  variant.apply(options);
  TargetOptions target;
  target.cpu = options.cpu;
  target.target = options.target;
  if (failed(runPipeline(*module, Stage::lowering, options))) {
    failure = Failure{"compiler", text};
    return;
  }
  auto bytes = emitProgram(*module, target);
  if (failed(bytes)) {
    failure = Failure{"code generation", text};
    return;
  }
  if (target.isCuda()) {
    auto loaded = tool::Simulation::load(*bytes, mainFunction);
    if (loaded)
      simulation = std::move(*loaded);
    else
      fail("program", loaded.takeError());
    return;
  }
  auto program = runtime::deserialize(*bytes);
  if (!program) {
    failure = Failure{"program", program.message()};
    return;
  }
  for (runtime::Function &function : program->functions)
    spreadWork(function.code);
  auto loaded = runtime::hostDevice().load(std::move(*program), mainFunction);
  if (!loaded)
    failure = Failure{"program", loaded.message()};
  else
    execution = std::move(*loaded);
}

SmallVector<Tensor> Compiled::run(ArrayRef<Tensor> inputs, int threads) {
  if (simulation) {
    auto results = simulation->run(inputs, context);
    if (results)
      return std::move(*results);
    fail("simulator", results.takeError());
    return {};
  }
  if (auto status = runtime::setThreadCount(threads); !status.ok()) {
    failure = Failure{"threads", status.message()};
    return {};
  }
  // The second run skips the setup, if there is one.
  int64_t runs = execution->function().setup.empty() ? 1 : 2;
  auto results = tool::execute(*execution, inputs, runs, nullptr, context);
  if (!results) {
    fail("run", results.takeError());
    return {};
  }
  return std::move(*results);
}

/// One line about a result that differs, or "".
static std::string compareBits(ArrayRef<Tensor> one, ArrayRef<Tensor> three) {
  for (auto [i, pair] : llvm::enumerate(llvm::zip_equal(one, three)))
    if (std::get<0>(pair).toBytes() != std::get<1>(pair).toBytes())
      return ("result " + llvm::Twine(i) +
              " has other bits with 3 threads than with 1")
          .str();
  return "";
}

std::string Failure::signature() const {
  if (StringRef(kind).starts_with("wrong result") ||
      StringRef(kind).starts_with("threads"))
    return kind;
  std::string words = kind + ": " + text;
  llvm::erase_if(words, [](char c) { return llvm::isDigit(c) || c == '\n'; });
  return words;
}

std::optional<Failure>
dlc::smith::check(ModuleOp module, const Variant &variant, const Plant &plant) {
  std::string error;
  auto oracle = Oracle::make(module, error);
  if (!oracle)
    return error.empty() ? Failure{"invalid", "a result is not finite"}
                         : Failure{"interpreter", error};
  for (const Variant &each : {Variant(), variant}) {
    bool isVariant = each.kind != Variant::none;
    Compiled compiled(module, each, plant);
    auto said = [&](Failure failure) {
      if (isVariant)
        failure.kind += " (" + each.str() + ")";
      return failure;
    };
    if (compiled.failure)
      return said(*compiled.failure);
    SmallVector<Tensor> one = compiled.run(oracle->inputs(), 1);
    if (compiled.failure)
      return said(*compiled.failure);
    if (std::string text = oracle->compare(one); !text.empty())
      return said({"wrong result", text});
    if (each.kind == Variant::simulator)
      continue;
    SmallVector<Tensor> three = compiled.run(oracle->inputs(), 3);
    if (compiled.failure)
      return said(*compiled.failure);
    if (std::string text = compareBits(one, three); !text.empty())
      return said({"threads", text});
    if (variant.kind == Variant::none)
      break;
  }
  return std::nullopt;
}
