#include "Graph/Contract.h"

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;

static bool isStaticTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape();
}

LogicalResult dlc::verifyGraphContract(ModuleOp module) {
  WalkResult result = module.walk([&](Operation *op) {
    if (op == module || isa<func::FuncOp, func::ReturnOp>(op))
      return WalkResult::advance();
    if (!isa_and_nonnull<DlcDialect>(op->getDialect()) ||
        isa<KernelOp, ProgramOp, LaunchOp, CopyOp, CheckOp, LoopOp>(op)) {
      op->emitError() << "[graph] left '" << op->getName()
                      << "', which is no op of a recording";
      return WalkResult::interrupt();
    }
    for (Type type : op->getResultTypes())
      if (!isStaticTensor(type)) {
        op->emitError() << "[graph] left '" << op->getName() << "' with a "
                        << type << ", which is no static tensor";
        return WalkResult::interrupt();
      }
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}
