#include "IR/Prologue.h"

#include "IR/ElementPlaces.h"
#include "IR/StridedDims.h"

using namespace mlir;
using namespace dlc;

std::optional<OperandView> dlc::viewOf(Value operand) {
  ArrayRef<int64_t> shape = tensorType(operand).getShape();
  Value value = operand;
  if (auto reshape = value.getDefiningOp<ReshapeOp>())
    value = reshape.getOperand();
  ArrayRef<int64_t> given = tensorType(value).getShape();
  if (shape.size() < 2 || shape.size() > 3 || llvm::is_contained(shape, 0))
    return {};

  std::optional<ElementPlaces> places = placesOf(value);
  if (!places)
    return {};
  OperandView view;
  view.memory = places->memory;
  view.offset = places->offset;
  ArrayRef<int64_t> strides = places->strides;

  // A dimension of the operand is one or several of the value's.
  SmallVector<StridedDims> dims(shape.size());
  size_t next = 0;
  for (auto [d, size] : llvm::enumerate(shape)) {
    int64_t elements = 1;
    while (next < given.size() && (elements < size || given[next] == 1)) {
      elements *= given[next];
      dims[d].append(given[next], strides[next]);
      ++next;
    }
    if (elements != size)
      return {};
  }
  StridedDims &rows = dims[shape.size() - 2], &columns = dims.back();
  if (rows.sizes.size() > 1 || columns.sizes.size() > 1 ||
      (!columns.sizes.empty() && columns.strides[0] != 1))
    return {};
  // One row is as far from the next as its end.
  view.stride = rows.sizes.empty() ? shape.back() : rows.strides[0];
  if (shape.size() == 3) {
    view.batchShape = dims[0].sizes;
    view.batchStrides = dims[0].strides;
  }
  return view;
}

int64_t OperandView::alignment(int64_t most) const {
  int64_t bits = most | offset | tensorType(memory).getNumElements();
  for (int64_t batchStride : batchStrides)
    bits |= batchStride;
  return bits & -bits;
}

Value dlc::widenedBf16(Value operand) {
  auto convert = operand.getDefiningOp<ConvertOp>();
  bool isWidened = convert && tensorType(operand).getElementType().isF32() &&
                   tensorType(convert.getOperand()).getElementType().isBF16();
  return isWidened ? convert.getOperand() : Value();
}

bool dlc::mayStandInPrologue(Operation *op) {
  if (op->hasTrait<Pointwise>())
    return !op->hasTrait<Composite>() && op->getNumResults() == 1 &&
           !isa<PrintOp, CheckIndexOp, AssertFiniteOp>(op);
  return isa<ConstantOp, BroadcastInDimOp>(op);
}

bool dlc::isPrologue(Value operand) {
  if (isa<BlockArgument>(operand))
    return false;
  SmallVector<Value> open = {operand};
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (op && !mayStandInPrologue(op))
      return false;
    if (op)
      llvm::append_range(open, op->getOperands());
  }
  return true;
}
