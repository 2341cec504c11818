// What ops that move elements mean for merging dimensions: which dimensions of
// the iteration space their operands have, whether two neighbours may become
// one, and the attributes afterwards.

#ifndef DLC_COMPILER_LAYOUT_INDEXMAPDIMS_H
#define DLC_COMPILER_LAYOUT_INDEXMAPDIMS_H

#include "IR/Dlc.h"
#include "llvm/ADT/SmallVector.h"

namespace dlc {

using Dims = llvm::SmallVector<int64_t>;

/// transpose, slice, pad, reverse, concatenate, dynamic_slice and gather.
/// broadcast_in_dim is none here: it drops dimensions instead of moving along
/// them.
bool isIndexMap(mlir::Operation *op);

/// The dimensions of each operand if the result's are `dims`. What is no
/// dimension of the result gets a number of its own, nextOwn, nextOwn - 1, …
llvm::SmallVector<std::pair<mlir::Value, Dims>>
operandDims(mlir::Operation *op, llvm::ArrayRef<int64_t> dims,
            int64_t &nextOwn);

/// Whether the op moves along dimensions i and i + 1 of its result as along
/// one.
bool treatsAlike(mlir::Operation *op, int64_t i);

/// Rewrites the op's attributes: neighbours of equal numbers in `dims`, the
/// result's, and `operand`, the first operand's, are merged. Types are still
/// those from before.
void mergeDims(mlir::Operation *op, llvm::ArrayRef<int64_t> dims,
               llvm::ArrayRef<int64_t> operand);

} // namespace dlc

#endif // DLC_COMPILER_LAYOUT_INDEXMAPDIMS_H
