// libdlc-compiler.so: the Compiler interface over the pipelines and codegen.

#include "Codegen/Codegen.h"
#include "Pipelines/Compiler.h"
#include "Pipelines/ParseInput.h"
#include "Pipelines/Pipelines.h"
#include "Pipelines/Registration.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace dlc;

namespace {

/// Writes `module` to DIR/NN-stage.mlir.
LogicalResult dump(StringRef dir, Stage stage, ModuleOp module) {
  if (std::error_code error = llvm::sys::fs::create_directories(dir))
    return module.emitError() << "cannot make folder '" << dir << "': " << error.message();
  llvm::SmallString<128> path(dir);
  llvm::sys::path::append(path, std::to_string(static_cast<int>(stage) + 1) + "-" +
                                    name(stage) + ".mlir");
  std::error_code error;
  llvm::raw_fd_ostream os(path, error);
  if (error)
    return module.emitError() << "cannot write '" << path << "': " << error.message();
  module.print(os, OpPrintingFlags().enableDebugInfo(true, /*prettyForm=*/true));
  return success();
}

class CompilerImpl : public Compiler {
public:
  CompileResult compile(std::string_view text, const CompileOptions &options) override {
    CompileResult result;
    // A context a call: calls from several threads share nothing. Its own
    // thread pool would cost more than a module of ours has work for.
    DialectRegistry registry;
    registerDialects(registry);
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    llvm::raw_string_ostream errors(result.error);
    context.printOpOnDiagnostic(false);
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      printDiagnostic(diagnostic, errors);
      return success();
    });
    if (FailureOr<std::string> program = run(context, text, options); succeeded(program))
      result.program = std::move(*program);
    return result;
  }

private:
  FailureOr<std::string> run(MLIRContext &context, std::string_view text,
                             const CompileOptions &options) {
    OwningOpRef<ModuleOp> module = parseModule(text, "recording", &context);
    if (!module)
      return failure();
    PipelineOptions pipeline;
    pipeline.target = options.target;
    bool dumped = true;
    if (!options.dumpDir.empty())
      pipeline.afterStage = [&](Stage stage, ModuleOp after) {
        dumped &= succeeded(dump(options.dumpDir, stage, after));
      };
    if (failed(runPipeline(*module, Stage::lowering, pipeline)) || !dumped)
      return failure();
    TargetOptions target;
    target.target = options.target;
    target.cpu = options.cpu;
    target.fast = options.fast;
    return emitProgram(*module, target);
  }
};

} // namespace

extern "C" __attribute__((visibility("default"))) dlc::Compiler *dlcCompiler() {
  static CompilerImpl compiler;
  return &compiler;
}
