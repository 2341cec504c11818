#include "Fusion/Contract.h"

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;

LogicalResult dlc::verifyFusionContract(ModuleOp module) {
  WalkResult result = module.walk<WalkOrder::PreOrder>([](Operation *op) {
    if (isa<KernelOp>(op))
      return WalkResult::skip();
    if (isa<ModuleOp, func::FuncOp, ScanOp, IfOp, WhileOp, EmptyTapeOp,
            ConstantOp, ReshapeOp, OptimizationBarrierOp, PrintOp>(op) ||
        op->hasTrait<OpTrait::IsTerminator>())
      return WalkResult::advance();
    op->emitError() << "[fusion] '" << op->getName()
                    << "' stands outside a kernel";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}
