// A contraction's operand that no array holds: the body computes it from its
// arguments, element by element, before the product. The product's emitter
// evaluates it where it would copy an array:
//
//   ^bb0(%x: tensor<8x32xui8>, %w: tensor<32x16xf32>):
//     %a = dlc.convert %x : tensor<8x32xui8> to tensor<8x32xf32>
//     %z = dlc.dot_general %a, %w batch [] x [] contract [1] x [0] ...
//
// A reshape may stand between the expression and the matrix (or the matrices of
// a batch), as it would between two kernels.

#ifndef DLC_COMPILER_IR_PROLOGUE_H
#define DLC_COMPILER_IR_PROLOGUE_H

#include "IR/PackedMatrix.h"

namespace dlc {

/// Whether the contraction that reads `operand` computes it.
inline bool isPrologue(mlir::Value operand) {
  return !mlir::isa<mlir::BlockArgument>(operand) && !stripsOf(operand);
}

/// What a prologue computes, before it is reshaped.
inline mlir::Value expressionOf(mlir::Value operand) {
  auto reshape = operand.getDefiningOp<ReshapeOp>();
  return reshape ? reshape.getOperand() : operand;
}

/// Whether a body may compute a prologue by `op`.
inline bool mayStandInPrologue(mlir::Operation *op) {
  if (op->hasTrait<Pointwise>())
    return !op->hasTrait<Composite>() && op->getNumResults() == 1 &&
           !mlir::isa<PrintOp, CheckIndexOp, AssertFiniteOp>(op);
  return mlir::isa<ConstantOp, BroadcastInDimOp, TransposeOp, SliceOp>(op);
}

/// Whether each `width` neighbours along the matrix's last dimension, from a
/// multiple of `width` on, are neighbours in the expression's last dimension.
inline bool keepsNeighbours(mlir::Value operand, int64_t width) {
  int64_t row = tensorType(operand).getShape().back();
  llvm::ArrayRef<int64_t> shape = tensorType(expressionOf(operand)).getShape();
  return !shape.empty() && (shape.back() % row == 0 ||
                            (shape.back() % width == 0 && row % width == 0));
}

} // namespace dlc

#endif // DLC_COMPILER_IR_PROLOGUE_H
