#include "Fusion/Pointwise.h"

using namespace mlir;
using namespace dlc;

bool dlc::isMovable(Operation *op) {
  if (!op->hasTrait<Pointwise>() || op->getNumResults() != 1 ||
      op->getNumRegions() != 0 ||
      isa<PrintOp, CheckIndexOp, AssertFiniteOp>(op))
    return false;
  // A division of floats finds no fault.
  return !isa<DivideOp, RemainderOp>(op) ||
         isa<FloatType>(tensorType(op->getResult(0)).getElementType());
}

Value dlc::moveTo(OpBuilder &b, Operation *op, ValueRange operands,
                  ArrayRef<int64_t> shape) {
  Operation *moved = b.create(
      op->getLoc(), op->getName().getIdentifier(), operands,
      TypeRange(tensorType(op->getResult(0)).clone(shape)), op->getAttrs());
  return moved->getResult(0);
}

static SplatElementsAttr splatOf(Value v) {
  auto constant = v.getDefiningOp<ConstantOp>();
  return constant ? dyn_cast<SplatElementsAttr>(constant.getValue())
                  : SplatElementsAttr();
}

bool dlc::isSplat(Value v) { return !!splatOf(v); }

Value dlc::splatIn(OpBuilder &b, Value v, ArrayRef<int64_t> shape) {
  SplatElementsAttr value = splatOf(v);
  if (!value)
    return {};
  auto type = tensorType(v).clone(shape);
  return b.create<ConstantOp>(v.getLoc(), type, value.resizeSplat(type));
}
