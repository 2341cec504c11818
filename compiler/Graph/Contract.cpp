#include "Graph/Contract.h"

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;

static bool isStaticTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape();
}

static LogicalResult verifyFunction(func::FuncOp function) {
  auto error = [&] {
    return function.emitError() << "[graph] @" << function.getName() << " ";
  };
  if (!function.getBody().hasOneBlock())
    return error() << "needs a body of one block";
  for (Type type : llvm::concat<const Type>(function.getArgumentTypes(),
                                            function.getResultTypes()))
    if (!isStaticTensor(type))
      return error() << "takes or gives a " << type
                     << ", which is no static tensor";
  return success();
}

LogicalResult dlc::verifyGraphContract(ModuleOp module) {
  WalkResult result = module.walk([&](Operation *op) -> WalkResult {
    if (auto function = dyn_cast<func::FuncOp>(op))
      return verifyFunction(function);
    if (op == module || isa<func::ReturnOp>(op))
      return WalkResult::advance();
    if (!isa_and_nonnull<DlcDialect>(op->getDialect()) ||
        isa<KernelOp, ProgramOp, LaunchOp, CopyOp, ShowOp, CheckOp, LoopOp,
            BranchOp, RepeatOp>(op)) {
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
