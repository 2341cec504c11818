#include "Autodiff/Contract.h"

#include "IR/Dlc.h"

using namespace mlir;
using namespace dlc;

LogicalResult dlc::verifyAutodiffContract(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) {
    if (!isa<GradOp, JvpOp, VariableOp, StopGradientOp, CheckpointOp,
             CustomVjpOp>(op))
      return WalkResult::advance();
    op->emitError() << "[autodiff] left '" << op->getName() << "' behind";
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}
