// Sums down the columns of a block of rows, which a row kernel leaves beside
// what it computes of each row: in its body, on [block, row, column],
//
//   %s = dlc.reduce add %x dims [1]     [block, column]
//
// next to reductions along dimension 2.

#ifndef DLC_COMPILER_IR_BLOCKSUMS_H
#define DLC_COMPILER_IR_BLOCKSUMS_H

#include "IR/Dlc.h"

namespace dlc {

/// Whether `reduce`, in a kernel's body, sums columns of a block of rows.
inline bool isBlockSum(ReduceOp reduce) {
  auto kernel = mlir::dyn_cast<KernelOp>(reduce->getParentOp());
  return kernel && kernel.getEmitter() == Emitter::row &&
         tensorType(reduce.getOperand()).getRank() == 3 &&
         reduce.getDimensions() == llvm::ArrayRef<int64_t>{1};
}

} // namespace dlc

#endif // DLC_COMPILER_IR_BLOCKSUMS_H
