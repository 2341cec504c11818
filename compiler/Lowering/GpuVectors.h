// Vectors on a GPU: a thread computes a few neighbours of the last dimension,
// so that it reads and writes up to 16 bytes with one instruction.
//
// What is computed for an element does not depend on it. An access is wide only
// where it is known to be aligned (`ExpressionEmitter::load`); others are made
// element by element.

#ifndef DLC_COMPILER_LOWERING_GPUVECTORS_H
#define DLC_COMPILER_LOWERING_GPUVECTORS_H

#include "Lowering/ExpressionEmitter.h"

namespace dlc {

/// How many neighbours along the last dimension of `roots`, which have `shape`,
/// a thread should compute: a power of two that divides that dimension (or any
/// where there is just one dimension and `ragged` elements are fine), such that
/// the widest element fills 16 bytes. 1 where what they read is not made of
/// neighbours, or where they would not fit into registers.
int64_t threadVector(mlir::ValueRange roots, llvm::ArrayRef<int64_t> shape,
                     bool ragged = false);

/// At most `width` of all these elements to a thread: a card had better be
/// filled.
int64_t fillingVector(int64_t width, int64_t elements);

/// The point of `width` neighbours whose first stands at `index`, a multiple of
/// `width` along the last dimension.
Point vectorPoint(mlir::ValueRange index, int64_t width);

/// `width` elements of `shape` to each thread; gives the number of tiles. The
/// last elements of a single dimension that `width` does not divide get a
/// thread each.
int64_t forEachVector(KernelFunction &k, ExpressionEmitter &emitter,
                      llvm::ArrayRef<int64_t> shape, int64_t width,
                      llvm::function_ref<void(const Point &)> body);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUVECTORS_H
