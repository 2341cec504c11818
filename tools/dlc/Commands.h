// The subcommands of `dlc`, and what they share.

#ifndef DLC_TOOLS_DLC_COMMANDS_H
#define DLC_TOOLS_DLC_COMMANDS_H

#include "Codegen/Codegen.h"
#include "Pipelines/Pipelines.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/CommandLine.h"

namespace dlc::tool {

/// Each takes main's arguments and returns the exit status.
int runCompile(int argc, char **argv);
int runExplain(int argc, char **argv);
int runRun(int argc, char **argv);
int runBench(int argc, char **argv);
int runExamples(int argc, char **argv);

/// A command while it runs. Its options are made with it, in a cl::SubCommand
/// of its own; neither another command's nor LLVM's are accepted:
///   Command command("run", "Run a function");
///   cl::opt<bool> fast("fast", command.in, command.of, cl::desc("..."));
///   if (!command.parse(argc, argv)) return 1;
struct Command {
  Command(llvm::StringRef name, llvm::StringRef description)
      : subCommand(name, description) {}

  /// False after one line about what is wrong.
  bool parse(int argc, char **argv);

  llvm::cl::SubCommand subCommand;
  llvm::cl::OptionCategory category{"Options"};
  llvm::cl::sub in{subCommand};
  llvm::cl::cat of{category};
};

/// How products of f32 are computed on a GPU.
enum class Precision { exact, tf32 };

/// The options that say what code is made for.
struct TargetFlags {
  explicit TargetFlags(Command &command);

  /// False after one line about what is wrong.
  bool check() const;
  TargetOptions codegen() const;
  PipelineOptions pipeline() const;

  llvm::cl::opt<std::string> target, cpu;
  llvm::cl::opt<bool> fast;
  llvm::cl::opt<Precision> precision;
  llvm::cl::opt<int64_t> tapeLimit, memoryLimit;
  llvm::cl::opt<bool> verify;
  /// Where the time that compiling takes is noted, if anywhere.
  mlir::TimingScope *timing = nullptr;
};

/// Prints "dlc: error: text" and returns the exit status 1.
int fail(const llvm::Twine &text);
int fail(llvm::Error error);

/// A context that holds all our dialects and prints one line a diagnostic.
class Session {
public:
  Session();

  mlir::MLIRContext *context() { return &mlirContext; }

  /// Null after an error has been printed.
  mlir::OwningOpRef<mlir::ModuleOp> parseFile(llvm::StringRef path);

private:
  mlir::MLIRContext mlirContext;
};

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_COMMANDS_H
