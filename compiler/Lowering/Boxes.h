// Boxes of an iteration space inside which every concatenate of a body reads
// one operand. For
//
//   yield negate(concatenate %a, %b dim 1) : [4, 7] and [4, 9] to [4, 16]
//
// they are [0..4, 0..7] and [0..4, 7..16]: two copies of contiguous rows
// instead of one loop that has to choose in every lane.

#ifndef DLC_COMPILER_LOWERING_BOXES_H
#define DLC_COMPILER_LOWERING_BOXES_H

#include "IR/Dlc.h"
#include "llvm/ADT/SmallVector.h"

namespace dlc {

struct Box {
  llvm::SmallVector<int64_t> lower, upper;
};

/// Boxes that cover `shape`, in row-major order; the whole of it if nothing is
/// concatenated, or if there would be too many.
llvm::SmallVector<Box> splitAtPieces(mlir::ValueRange yields,
                                     llvm::ArrayRef<int64_t> shape);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_BOXES_H
