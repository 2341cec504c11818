// dlc compile and dlc explain.

#include "Commands.h"

#include "Pipelines/Explain.h"
#include "mlir/IR/OperationSupport.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;
namespace cl = llvm::cl;

namespace {

/// What codegen makes of a lowered module.
struct Product {
  StringRef name;
  FailureOr<std::string> (*emit)(ModuleOp, const TargetOptions &);
};

} // namespace

static constexpr Product products[] = {{"llvm", emitLLVM},
                                       {"asm", emitAssembly},
                                       {"obj", emitObject},
                                       {"ptx", emitPTX},
                                       {"program", emitProgram}};

static const Product *findProduct(StringRef name) {
  const Product *found = llvm::find_if(
      products, [&](const Product &product) { return product.name == name; });
  return found == std::end(products) ? nullptr : found;
}

static std::string print(ModuleOp module, bool locations) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os, OpPrintingFlags().enableDebugInfo(locations));
  os << "\n";
  return text;
}

int dlc::tool::runCompile(int argc, char **argv) {
  Command command("compile", "Compile a module up to a stage");
  cl::opt<std::string> path(cl::Positional, cl::Required, command.in,
                            command.of, cl::desc("M.mlir"));
  cl::opt<std::string> emit(
      "emit", command.in, command.of, cl::init("program"),
      cl::value_desc("what"),
      cl::desc("graph, autodiff, fusion, layout, lowering, llvm, asm, obj, ptx "
               "or program (default)"));
  cl::opt<std::string> output("o", command.in, command.of, cl::init("-"),
                              cl::value_desc("file"),
                              cl::desc("Where to write (default: stdout)"));
  cl::opt<bool> locations("locations", command.in, command.of,
                          cl::desc("Print each op's source location"));
  cl::opt<bool> timing(
      "timing", command.in, command.of,
      cl::desc("Print the time of stages, passes and kernels to stderr"));
  TargetFlags flags(command);
  if (!command.parse(argc, argv) || !flags.check())
    return 1;
  std::optional<Stage> stage = parseStage(emit);
  const Product *product = findProduct(emit);
  if (!stage && !product)
    return fail("unknown value '" + emit +
                "' of --emit; it is graph, autodiff, fusion, layout, lowering, "
                "llvm, asm, obj, ptx or program");

  DefaultTimingManager times;
  times.setEnabled(timing);
  TimingScope all = times.getRootScope();
  flags.timing = &all;
  Session session;
  OwningOpRef<ModuleOp> module = session.parseFile(path);
  if (!module || failed(runPipeline(*module, stage.value_or(Stage::lowering),
                                    flags.pipeline())))
    return 1;
  FailureOr<std::string> text = stage ? print(*module, locations)
                                      : product->emit(*module, flags.codegen());
  if (failed(text))
    return 1;
  // A temporary file that is renamed: a failure leaves nothing half written.
  if (llvm::Error error =
          llvm::writeToOutput(output, [&](llvm::raw_ostream &os) {
            os << *text;
            return llvm::Error::success();
          }))
    return fail("cannot write '" + output +
                "': " + llvm::toString(std::move(error)));
  return 0;
}

int dlc::tool::runExplain(int argc, char **argv) {
  Command command("explain", "Print a row a kernel, then the memory plan");
  cl::opt<std::string> path(cl::Positional, cl::Required, command.in,
                            command.of, cl::desc("M.mlir"));
  TargetFlags flags(command);
  if (!command.parse(argc, argv) || !flags.check())
    return 1;
  Session session;
  PipelineOptions options = flags.pipeline();
  OwningOpRef<ModuleOp> module = session.parseFile(path);
  if (!module || failed(runPipeline(*module, Stage::layout, options)) ||
      failed(explain(*module, options, llvm::outs())))
    return 1;
  return 0;
}
