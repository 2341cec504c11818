// dlc-widen-sums: what adds up bf16 or f16 elements does it in f32 and rounds
// its result once.

#include "Fusion/Passes.h"
#include "IR/Dlc.h"
#include "mlir/IR/IRMapping.h"

namespace dlc {
#define GEN_PASS_DEF_WIDENSUMS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

static bool isNarrowFloat(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor &&
         (tensor.getElementType().isBF16() || tensor.getElementType().isF16());
}

/// Whether the lowering of `op` rounds between its additions. A reduction along
/// neighbouring dimensions does not: its accumulators are f32.
static bool addsInSteps(Operation *op) {
  if (auto reduce = dyn_cast<ReduceOp>(op)) {
    if (reduce.getKind() != Reduction::add &&
        reduce.getKind() != Reduction::mul)
      return false;
    SmallVector<int64_t> dims(reduce.getDimensions());
    llvm::sort(dims);
    return !dims.empty() &&
           dims.back() - dims.front() + 1 != static_cast<int64_t>(dims.size());
  }
  if (auto scatter = dyn_cast<ScatterOp>(op))
    return scatter.getMode() == ScatterMode::add;
  return isa<DotGeneralOp, ConvolutionOp, ReduceWindowOp, SelectAndScatterOp,
             CumulativeSumOp>(op);
}

namespace {
struct WidenSums : dlc::impl::WidenSumsBase<WidenSums> {
  using WidenSumsBase::WidenSumsBase;

  void runOnOperation() override {
    SmallVector<Operation *> sums;
    getOperation()->walk([&](Operation *op) {
      if (!products && isa<DotGeneralOp, ConvolutionOp>(op))
        return;
      if (addsInSteps(op) && isNarrowFloat(op->getResult(0).getType()))
        sums.push_back(op);
    });
    for (Operation *op : sums)
      widen(op);
  }

private:
  static void widen(Operation *op);
};
} // namespace

void WidenSums::widen(Operation *op) {
  OpBuilder b(op);
  Location loc = op->getLoc();
  auto wide = [&](Type type) -> Type {
    return cast<RankedTensorType>(type).clone(b.getF32Type());
  };
  IRMapping operands;
  for (Value operand : op->getOperands())
    if (isNarrowFloat(operand.getType()) && !operands.contains(operand)) {
      Type type = wide(operand.getType());
      operands.map(operand, b.create<ConvertOp>(loc, type, operand));
    }
  Operation *sum = b.clone(*op, operands);
  OpResult result = sum->getResult(0);
  Type narrow = result.getType();
  result.setType(wide(narrow));
  Value rounded = b.create<ConvertOp>(loc, narrow, result);
  op->getResult(0).replaceAllUsesWith(rounded);
  op->erase();
}
