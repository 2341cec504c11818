// A matrix that lies in memory as strips of columns: what a contraction reads
// of a packed operand. In a kernel's body it is written with ordinary ops:
//
//   ^bb0(%strips: tensor<16x256x64xf32>):         [strip, row, column of it]
//     %t = dlc.transpose %strips perm [1, 0, 2]   [row, strip, column of it]
//     %m = dlc.reshape %t                         [row, column]

#ifndef DLC_COMPILER_IR_PACKEDMATRIX_H
#define DLC_COMPILER_IR_PACKEDMATRIX_H

#include "IR/Dlc.h"

namespace dlc {

/// The body's argument that holds the strips of `matrix`; null if it does not
/// lie in strips.
inline mlir::BlockArgument stripsOf(mlir::Value matrix) {
  auto reshape = matrix.getDefiningOp<ReshapeOp>();
  auto transpose =
      reshape ? reshape.getOperand().getDefiningOp<TransposeOp>() : nullptr;
  if (!transpose || tensorType(matrix).getRank() != 2 ||
      transpose.getPermutation() != llvm::ArrayRef<int64_t>{1, 0, 2} ||
      tensorType(transpose.getResult()).getDimSize(0) !=
          tensorType(matrix).getDimSize(0))
    return {};
  return mlir::dyn_cast<mlir::BlockArgument>(transpose.getOperand());
}

} // namespace dlc

#endif // DLC_COMPILER_IR_PACKEDMATRIX_H
