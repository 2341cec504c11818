// How a chain of products is cut into blocks of rows, and what of a block is
// kept where.
//
// A block is `width` rows of one of the batch. Its values lie turned in
// scratch, [keys][width]: the lanes of a vector are neighbouring rows. So a
// row's maximum and sum need no other lane, the left operand of the second
// product is where the first left it, and keys and values are read in place.
//
// Shapes alone decide how many rows a block has, since what is added up over
// rows is added block by block.

#ifndef DLC_COMPILER_LOWERING_CHAINSCHEDULE_H
#define DLC_COMPILER_LOWERING_CHAINSCHEDULE_H

#include "IR/Chain.h"
#include "Lowering/Kernel.h"
#include "Lowering/Reductions.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {

struct ChainSchedule {
  explicit ChainSchedule(KernelFunction &kernel);

  /// [batch…], Q, K.
  llvm::SmallVector<int64_t> batch;
  int64_t batches = 1, rows, keys;
  mlir::Type element;
  /// Elements of a logical vector.
  int64_t lanes;
  /// Vectors of a block, of a micro-kernel, and evaluated at once between
  /// products.
  int64_t units, microUnits, evaluated;
  /// Rows of a micro-kernel.
  int64_t groupRows;

  llvm::SmallVector<DotGeneralOp> scores, weighs, adds;
  /// What stands between the products. `keeps` and `finds` lie in buffers.
  llvm::SmallVector<ReductionPass> passes;
  /// The buffer of each score and of each left operand of a later product.
  llvm::DenseMap<mlir::Value, unsigned> bufferOf;
  unsigned buffers = 0;

  int64_t width() const { return units * lanes; }
  int64_t blocks() const { return (rows + width() - 1) / width(); }
  /// Rows of a buffer for `count` of them: whole groups.
  int64_t padded(int64_t count) const {
    return (count + groupRows - 1) / groupRows * groupRows;
  }

private:
  void planPasses(mlir::Block &body);
  void findKept();
  void assignBuffers();
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CHAINSCHEDULE_H
