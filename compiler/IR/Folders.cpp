// What an op equals without computing anything.

#include "IR/Dlc.h"

using namespace mlir;
using namespace dlc;

/// Whether an attribute is a splat of `value` (compared exactly; for floats the
/// sign of zero counts, so that x + 0.0 never folds when x may be -0.0).
static bool isSplat(Attribute attr, double value) {
  auto elements = dyn_cast_or_null<SplatElementsAttr>(attr);
  if (!elements)
    return false;
  if (auto type = dyn_cast<FloatType>(elements.getElementType())) {
    auto x = elements.getSplatValue<APFloat>();
    APFloat want(value);
    bool loses;
    want.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                 &loses);
    return x.bitwiseIsEqual(want);
  }
  return elements.getSplatValue<APInt>() ==
         APInt(elements.getElementType().getIntOrFloatBitWidth(),
               static_cast<int64_t>(value), true);
}

static bool isFloat(Type type) {
  return isa<FloatType>(getElementTypeOrSelf(type));
}

OpFoldResult AddOp::fold(FoldAdaptor op) {
  // x + -0.0 is x for every x; x + 0.0 is not (-0.0 + 0.0 = 0.0).
  return isSplat(op.getRhs(), isFloat(getType()) ? -0.0 : 0.0) ? getLhs()
                                                               : Value();
}
OpFoldResult SubtractOp::fold(FoldAdaptor op) {
  return isSplat(op.getRhs(), 0.0) ? getLhs() : Value();
}
OpFoldResult MultiplyOp::fold(FoldAdaptor op) {
  return isSplat(op.getRhs(), 1.0) ? getLhs() : Value();
}
OpFoldResult DivideOp::fold(FoldAdaptor op) {
  return isSplat(op.getRhs(), 1.0) ? getLhs() : Value();
}
OpFoldResult SelectOp::fold(FoldAdaptor op) {
  if (getOnTrue() == getOnFalse())
    return getOnTrue();
  if (auto pred = dyn_cast_or_null<SplatElementsAttr>(op.getPred()))
    return pred.getSplatValue<bool>() ? getOnTrue() : getOnFalse();
  return {};
}
OpFoldResult ConvertOp::fold(FoldAdaptor) {
  return getOperand().getType() == getType() ? getOperand() : Value();
}

/// A splat of the same value in the result's type, if the operand is a splat.
static Attribute foldSplat(Attribute operand, Type type) {
  auto splat = dyn_cast_or_null<SplatElementsAttr>(operand);
  return splat ? splat.resizeSplat(cast<ShapedType>(type)) : Attribute();
}

OpFoldResult BroadcastInDimOp::fold(FoldAdaptor op) {
  if (getOperand().getType() == getType())
    return getOperand();
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult ReshapeOp::fold(FoldAdaptor op) {
  if (getOperand().getType() == getType())
    return getOperand();
  if (auto producer = getOperand().getDefiningOp<ReshapeOp>()) {
    setOperand(producer.getOperand());
    return getResult();
  }
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult TransposeOp::fold(FoldAdaptor op) {
  if (llvm::equal(getPermutation(),
                  llvm::seq<int64_t>(0, getPermutation().size())))
    return getOperand();
  if (auto producer = getOperand().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> composed;
    for (int64_t d : getPermutation())
      composed.push_back(producer.getPermutation()[d]);
    setOperand(producer.getOperand());
    setPermutation(composed);
    return getResult();
  }
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult SliceOp::fold(FoldAdaptor op) {
  if (getOperand().getType() == getType())
    return getOperand();
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult ReduceOp::fold(FoldAdaptor) {
  return getDimensions().empty() ? getOperand() : Value();
}
OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

OpFoldResult BitcastConvertOp::fold(FoldAdaptor) {
  return getOperand().getType() == getType() ? getOperand() : Value();
}
OpFoldResult ReverseOp::fold(FoldAdaptor op) {
  // Dimensions of size 0 and 1 have no order.
  if (llvm::all_of(getDimensions(),
                   [&](int64_t d) { return getType().getDimSize(d) < 2; }))
    return getOperand();
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult ConcatenateOp::fold(FoldAdaptor) {
  return getInputs().size() == 1 ? getInputs().front() : Value();
}
