#include "Pipelines/Registration.h"
#include "Autodiff/Gradients.h"
#include "Autodiff/Passes.h"
#include "Fusion/Passes.h"
#include "Graph/Passes.h"
#include "IR/Dlc.h"
#include "Layout/Passes.h"
#include "Lowering/Passes.h"
#include "Pipelines/Pipelines.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void dlc::registerDialects(DialectRegistry &registry) {
  registry.insert<DlcDialect, arith::ArithDialect, func::FuncDialect,
                  LLVM::LLVMDialect, math::MathDialect, memref::MemRefDialect,
                  NVVM::NVVMDialect, scf::SCFDialect, vector::VectorDialect>();
  registerGradientRules(registry);
}

void dlc::registerAll(DialectRegistry &registry) {
  registerDialects(registry);
  registerCanonicalizerPass();
  registerCSEPass();
  registerPass([] { return createInlineCalls(); });
  registerPass([] { return createSimplifyAlgebra(); });
  registerPass([] { return createStabilize(); });
  registerPass([] { return createDifferentiate(); });
  registerPass([] { return createDecomposeComposites(); });
  registerPass([] { return createWidenSums(); });
  registerPass([] { return createNarrowProducts(); });
  registerPass([] { return createNormalizeConvolutions(); });
  registerPass([] { return createDecomposeWindows(); });
  registerPass([] { return createHoistSums(); });
  registerPass([] { return createJoinPads(); });
  registerPass([] { return createSinkTransposes(); });
  registerPass([] { return createSinkReshapes(); });
  registerPass([] { return createSinkSplits(); });
  registerPass([] { return createFormChains(); });
  registerPass([] { return createFormKernels(); });
  registerPass([] { return createFormPrologues(); });
  registerPass([] { return createPlaceChains(); });
  registerPass([] { return createNormalizeAxes(); });
  registerPass([] { return createPackOperands(); });
  registerPass([] { return createBlockColumnSums(); });
  registerPass([] { return createCollapseDims(); });
  registerPass([] { return createTurnTransposes(); });
  registerPass([] { return createLowerKernels(); });
  registerPass([] { return createPlanMemory(); });
  registerPass([] { return createMergeLoops(); });
  registerPass([] { return createJoinLaunches(); });
  registerPass([] { return createPersistLoops(); });
  registerPipelines();
}
