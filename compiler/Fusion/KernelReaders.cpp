#include "Fusion/KernelReaders.h"

using namespace mlir;
using namespace dlc;

std::optional<SmallVector<OpOperand *>> dlc::kernelsThatRead(Value value,
                                                             Emitter emitter) {
  SmallVector<OpOperand *> uses;
  SmallVector<Value> open = {value};
  while (!open.empty())
    for (OpOperand &use : open.pop_back_val().getUses()) {
      if (auto reshape = dyn_cast<ReshapeOp>(use.getOwner())) {
        open.push_back(reshape.getResult());
        continue;
      }
      auto kernel = dyn_cast<KernelOp>(use.getOwner());
      if (!kernel || kernel.getEmitter() != emitter ||
          kernel->getBlock() != value.getParentBlock())
        return {};
      uses.push_back(&use);
    }
  return uses;
}

Value dlc::withoutReshapes(Value value) {
  while (auto reshape = value.getDefiningOp<ReshapeOp>())
    value = reshape.getOperand();
  return value;
}
