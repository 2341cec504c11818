#include "Pipelines/Pipelines.h"

#include "Autodiff/Contract.h"
#include "Autodiff/Passes.h"
#include "Codegen/Codegen.h"
#include "Fusion/Contract.h"
#include "Fusion/Passes.h"
#include "Graph/Contract.h"
#include "Graph/Passes.h"
#include "Layout/Contract.h"
#include "Layout/Passes.h"
#include "Lowering/Contract.h"
#include "Lowering/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace dlc;

static constexpr llvm::StringLiteral stageAttr = "dlc.stage";

StringRef dlc::name(Stage stage) {
  switch (stage) {
  case Stage::graph:
    return "graph";
  case Stage::autodiff:
    return "autodiff";
  case Stage::fusion:
    return "fusion";
  case Stage::layout:
    return "layout";
  case Stage::lowering:
    return "lowering";
  }
  llvm_unreachable("a stage without a name");
}

std::optional<Stage> dlc::parseStage(StringRef text) {
  for (Stage stage : allStages)
    if (name(stage) == text)
      return stage;
  return std::nullopt;
}

static bool isCuda(const PipelineOptions &options) {
  return StringRef(options.target).starts_with("cuda");
}

static TargetOptions targetOf(const PipelineOptions &options) {
  TargetOptions target;
  target.target = options.target;
  target.cpu = options.cpu;
  return target;
}

void dlc::buildGraphPipeline(OpPassManager &pm) {
  pm.addPass(createInlineCalls());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createSimplifyAlgebra());
  // Before autodiff, which then differentiates the stable form.
  pm.addPass(createStabilize());
}

void dlc::buildAutodiffPipeline(OpPassManager &pm) {
  pm.addPass(createDifferentiate());
  pm.addPass(createSimplifyAlgebra());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void dlc::buildFusionPipeline(OpPassManager &pm, const PipelineOptions &options,
                              const VectorFile &vectors) {
  // What autodiff made may be naive again.
  pm.addPass(createStabilize());
  pm.addPass(createDecomposeComposites());
  WidenSumsOptions widen;
  widen.products = !isCuda(options);
  pm.addPass(createWidenSums(widen));
  NormalizeConvolutionsOptions convolutions;
  convolutions.batchLast = !isCuda(options);
  pm.addPass(createNormalizeConvolutions(convolutions));
  if (!isCuda(options))
    pm.addPass(createJoinPads());
  pm.addPass(createSinkTransposes());
  pm.addPass(createDecomposeWindows());
  pm.addPass(createSinkReshapes());
  // Leaves dead carries, which the next pass drops.
  pm.addPass(createHoistSums());
  pm.addPass(createSimplifyAlgebra());
  // Before axes are collapsed, which would part products from their transposes.
  pm.addPass(createCSEPass());
  FormChainsOptions chains;
  if (isCuda(options))
    chains.sm = computeCapability(targetOf(options));
  pm.addNestedPass<func::FuncOp>(createFormChains(chains));
  if (vectors.bf16Dots)
    pm.addNestedPass<func::FuncOp>(createNarrowProducts());
  pm.addPass(createNormalizeAxes());
  if (!isCuda(options))
    pm.addPass(createSinkSplits());
  pm.addPass(createCanonicalizerPass());
  // Forward and backward share a row's statistics only after CSE.
  pm.addPass(createCSEPass());
  FormKernelsOptions kernels;
  kernels.gpu = isCuda(options);
  pm.addNestedPass<func::FuncOp>(createFormKernels(kernels));
  FormProloguesOptions prologues;
  prologues.gpu = isCuda(options);
  prologues.prepares = options.memoryLimit == noMemoryLimit;
  pm.addNestedPass<func::FuncOp>(createFormPrologues(prologues));
  if (!isCuda(options))
    pm.addNestedPass<func::FuncOp>(createPlaceChains());
  if (vectors.bf16Dots)
    pm.addPass(createWidenSums());
}

void dlc::buildLayoutPipeline(OpPassManager &pm,
                              const PipelineOptions &options) {
  // Packed weights are memory that a limit had better leave to others.
  if (!isCuda(options) && options.memoryLimit == noMemoryLimit)
    pm.addNestedPass<func::FuncOp>(createPackOperands());
  pm.addNestedPass<func::FuncOp>(createCollapseDims());
  if (isCuda(options)) {
    pm.addNestedPass<func::FuncOp>(createTurnTransposes());
    return;
  }
  pm.addNestedPass<func::FuncOp>(createBlockColumnSums());
  // What the two kernels computed alike.
  pm.addNestedPass<func::FuncOp>(createCSEPass());
}

void dlc::buildLoweringPipeline(OpPassManager &pm,
                                const PipelineOptions &options,
                                const VectorFile &vectors) {
  LowerKernelsOptions lower;
  lower.target = isCuda(options) ? "cuda" : "cpu";
  TargetOptions target = targetOf(options);
  lower.sm = computeCapability(target);
  lower.tf32 = options.tf32;
  lower.vectorBytes = vectors.bytes;
  lower.vectorRegisters = vectors.registers;
  lower.bf16Dots = vectors.bf16Dots;
  lower.cacheBytes = cacheBytes(target);
  pm.addPass(createLowerKernels(lower));
  PlanMemoryOptions plan;
  plan.tapeLimit = options.tapeLimit;
  plan.memoryLimit = options.memoryLimit;
  pm.addPass(createPlanMemory(plan));
  if (isCuda(options)) {
    pm.addPass(createPersistLoops());
    return;
  }
  // A launch costs more than a small kernel does.
  pm.addPass(createMergeLoops());
  pm.addPass(createJoinLaunches());
}

static void build(Stage stage, OpPassManager &pm,
                  const PipelineOptions &options, const VectorFile &vectors) {
  switch (stage) {
  case Stage::graph:
    return buildGraphPipeline(pm);
  case Stage::autodiff:
    return buildAutodiffPipeline(pm);
  case Stage::fusion:
    return buildFusionPipeline(pm, options, vectors);
  case Stage::layout:
    return buildLayoutPipeline(pm, options);
  case Stage::lowering:
    return buildLoweringPipeline(pm, options, vectors);
  }
}

static LogicalResult verifyContract(Stage stage, ModuleOp module) {
  switch (stage) {
  case Stage::graph:
    return verifyGraphContract(module);
  case Stage::autodiff:
    return verifyAutodiffContract(module);
  case Stage::fusion:
    return verifyFusionContract(module);
  case Stage::layout:
    return verifyLayoutContract(module);
  case Stage::lowering:
    return verifyLoweringContract(module);
  }
  llvm_unreachable("a stage without a contract");
}

void dlc::registerPipelines() {
  for (Stage stage : allStages)
    PassPipelineRegistration<>(("dlc-" + name(stage) + "-pipeline").str(),
                               ("Run the " + name(stage) + " stage").str(),
                               [stage](OpPassManager &pm) {
                                 build(stage, pm, {},
                                       vectorFile(TargetOptions()));
                               });
}

/// Runs the passes of `pm`, or what `options.adjust` makes of them.
static LogicalResult runPasses(PassManager &pm, Stage stage, ModuleOp module,
                               const PipelineOptions &options) {
  TimingScope time =
      options.timing ? options.timing->nest(name(stage)) : TimingScope();
  pm.enableTiming(time);
  if (!options.adjust)
    return pm.run(module);
  std::string text, error;
  llvm::raw_string_ostream textStream(text), errorStream(error);
  pm.printAsTextualPipeline(textStream);
  std::string adjusted = options.adjust(stage, textStream.str());
  if (adjusted == text)
    return pm.run(module);
  auto passes = parsePassPipeline(adjusted, errorStream);
  if (failed(passes))
    return module.emitError() << errorStream.str();
  PassManager other(module.getContext(), ModuleOp::getOperationName());
  other.enableVerifier(options.verifyContracts);
  other.enableTiming(time);
  static_cast<OpPassManager &>(other) = std::move(*passes);
  return other.run(module);
}

LogicalResult dlc::runPipeline(ModuleOp module, Stage last,
                               const PipelineOptions &options) {
  std::optional<Stage> done;
  if (auto attr = module->getAttrOfType<StringAttr>(stageAttr)) {
    done = parseStage(attr.getValue());
    if (!done)
      return module.emitError()
             << "unknown stage '" << attr.getValue() << "' in " << stageAttr;
    // A user may have edited it: blame the file, not the next stage. Codegen
    // checks a launch list itself.
    if (*done != Stage::lowering && failed(verifyContract(*done, module)))
      return failure();
  }
  // Asking the CPU takes a third of a millisecond.
  VectorFile vectors;
  if (last >= Stage::fusion)
    vectors = vectorFile(targetOf(options));
  for (Stage stage : allStages) {
    if ((done && stage <= *done) || stage > last)
      continue;
    PassManager pm(module.getContext(), ModuleOp::getOperationName());
    pm.enableVerifier(options.verifyContracts);
    build(stage, pm, options, vectors);
    if (failed(runPasses(pm, stage, module, options)))
      return failure();
    module->setAttr(stageAttr,
                    StringAttr::get(module.getContext(), name(stage)));
    // What a user wrote has been parsed and verified, but may hold anything.
    if ((options.verifyContracts || stage == Stage::graph) &&
        failed(verifyContract(stage, module)))
      return failure();
    if (options.afterStage)
      options.afterStage(stage, module);
  }
  return success();
}
