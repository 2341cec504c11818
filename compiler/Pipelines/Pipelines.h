// The stages in order, and the one way to run them.

#ifndef DLC_COMPILER_PIPELINES_PIPELINES_H
#define DLC_COMPILER_PIPELINES_PIPELINES_H

#include "Pipelines/Compiler.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

#include <functional>
#include <optional>
#include <string>

namespace dlc {

struct VectorFile;

/// The stages that are pipelines of passes; `codegen` follows (Codegen.h).
enum class Stage { graph, autodiff, fusion, layout, lowering };

inline constexpr Stage allStages[] = {Stage::graph, Stage::autodiff,
                                      Stage::fusion, Stage::layout,
                                      Stage::lowering};

/// "graph", the word of `--emit=`, of `dlc.stage` and of the folder.
llvm::StringRef name(Stage stage);
std::optional<Stage> parseStage(llvm::StringRef name);

struct PipelineOptions {
  /// "cpu" or "cuda:sm_80".
  std::string target = "cpu";
  /// An LLVM CPU name, or empty for this machine.
  std::string cpu;
  /// GPU: products of f32 may round their operands to tf32.
  bool tf32 = false;
  /// Bytes that tapes of loops without maxTrips may take in a run.
  int64_t tapeLimit = defaultTapeLimit;
  /// Bytes of the arena; values are computed again where they would take more.
  int64_t memoryLimit = noMemoryLimit;
  /// Check each stage's contract after it (tests, debug builds).
  bool verifyContracts = false;
  /// Where the time of stages and passes is noted, if anywhere.
  mlir::TimingScope *timing = nullptr;
  /// Given a stage's passes as text (as in `--pass-pipeline`), returns what
  /// runs instead, for tests of other legal pipelines.
  std::function<std::string(Stage, llvm::StringRef)> adjust;
  /// Called with the module after each stage.
  std::function<void(Stage, mlir::ModuleOp)> afterStage;
};

/// Recording -> canonical `dlc` ops, naive forms made stable.
/// Alive before and after: dlc, func.
void buildGraphPipeline(mlir::OpPassManager &pm);

/// `dlc.grad` requests -> plain ops. Alive before and after: dlc, func.
void buildAutodiffPipeline(mlir::OpPassManager &pm);

/// Composites -> primitives -> kernels. Alive before and after: dlc, func.
void buildFusionPipeline(mlir::OpPassManager &pm,
                         const PipelineOptions &options,
                         const VectorFile &vectors);

/// Kernels -> kernels in normal form. Alive before and after: dlc, func.
void buildLayoutPipeline(mlir::OpPassManager &pm,
                         const PipelineOptions &options);

/// Kernels -> vector, scf, memref, arith and math; functions -> launch lists.
/// Alive after: those, func, dlc's launch list; NVVM for a cuda target.
void buildLoweringPipeline(mlir::OpPassManager &pm,
                           const PipelineOptions &options,
                           const VectorFile &vectors);

/// Registers `--dlc-<stage>-pipeline` for the tools.
void registerPipelines();

/// Runs the stages after the module's `dlc.stage` up to `last`, which becomes
/// its new `dlc.stage`. Errors are diagnostics at the user's locations.
mlir::LogicalResult runPipeline(mlir::ModuleOp module, Stage last,
                                const PipelineOptions &options = {});

} // namespace dlc

#endif // DLC_COMPILER_PIPELINES_PIPELINES_H
