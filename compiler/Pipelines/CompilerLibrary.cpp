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

#include <atomic>

using namespace mlir;
using namespace dlc;

namespace {

/// The folder of one compiled program below the user's: a program that compiles
/// several functions must not write over its own files.
FailureOr<std::string> dumpFolder(StringRef below, ModuleOp module) {
  static std::atomic<unsigned> programs = 0;
  llvm::SmallString<128> path(below);
  llvm::sys::path::append(path, "program-" + std::to_string(programs++));
  if (std::error_code error = llvm::sys::fs::create_directories(path))
    return module.emitError()
           << "cannot make folder '" << path << "': " << error.message();
  return std::string(path);
}

/// Writes one stage's text to FOLDER/NAME.
LogicalResult dump(StringRef folder, const llvm::Twine &name, StringRef text,
                   ModuleOp module) {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  std::error_code error;
  llvm::raw_fd_ostream os(path, error);
  os << text;
  os.close();
  if (error || os.has_error()) {
    if (!error)
      error = os.error();
    os.clear_error();
    return module.emitError()
           << "cannot write '" << path << "': " << error.message();
  }
  return success();
}

/// The module's text with locations, which every tool reads again.
std::string textOf(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os, OpPrintingFlags().enableDebugInfo());
  return text;
}

class CompilerImpl : public Compiler {
public:
  CompileResult compile(std::string_view text,
                        const CompileOptions &options) override {
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
    if (FailureOr<std::string> program = run(context, text, options);
        succeeded(program))
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
    pipeline.cpu = options.cpu;
    pipeline.tapeLimit = options.tapeLimit;
    pipeline.memoryLimit = options.memoryLimit;
    pipeline.tf32 = options.tf32;
    TargetOptions target;
    target.target = options.target;
    target.cpu = options.cpu;
    target.fast = options.fast;
    if (options.dumpDir.empty()) {
      if (failed(runPipeline(*module, Stage::lowering, pipeline)))
        return failure();
      return emitProgram(*module, target);
    }

    FailureOr<std::string> folder = dumpFolder(options.dumpDir, *module);
    if (failed(folder) ||
        failed(dump(*folder, "0-recording.mlir", text, *module)))
      return failure();
    bool dumped = true;
    pipeline.afterStage = [&](Stage stage, ModuleOp after) {
      dumped &= succeeded(dump(*folder,
                               llvm::Twine(static_cast<int>(stage) + 1) + "-" +
                                   name(stage) + ".mlir",
                               textOf(after), after));
    };
    if (failed(runPipeline(*module, Stage::lowering, pipeline)) || !dumped)
      return failure();
    FailureOr<std::string> assembly = emitAssembly(*module, target);
    if (failed(assembly) ||
        failed(dump(*folder, "6-codegen.s", *assembly, *module)))
      return failure();
    return emitProgram(*module, target);
  }
};

} // namespace

extern "C" __attribute__((visibility("default"))) dlc::Compiler *dlcCompiler() {
  static CompilerImpl compiler;
  return &compiler;
}
