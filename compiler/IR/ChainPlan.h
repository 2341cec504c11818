// What the emitters of a `chain` do with its body, in order: products into
// buffers of scores, passes that turn these into weights, products of weights.
//
// A CPU does all of it for a block of rows. A GPU does it in two steps: one for
// what belongs to rows, one for sums over rows, which computes the scores again
// and finds the rows' reductions in memory.

#ifndef DLC_COMPILER_IR_CHAINPLAN_H
#define DLC_COMPILER_IR_CHAINPLAN_H

#include "IR/Chain.h"
#include "IR/ReductionPass.h"
#include "llvm/ADT/DenseMap.h"

namespace dlc {

enum class ChainStep { all, rows, sums };

struct ChainPlan {
  explicit ChainPlan(mlir::Block &body, ChainStep step = ChainStep::all);

  /// [batch…], Q, K.
  llvm::SmallVector<int64_t> batch;
  int64_t batches = 1, rows, keys;
  mlir::Type element;

  /// The products; of the scores, those that the step needs.
  llvm::SmallVector<DotGeneralOp> scores, weighs, adds;
  /// What stands between the products. `keeps` and `finds` lie in buffers.
  llvm::SmallVector<ReductionPass> passes;
  /// The buffer of each score and of each left operand of a later product.
  llvm::DenseMap<mlir::Value, unsigned> bufferOf;
  unsigned buffers = 0;
  /// Of `sums`: reductions that an earlier step must have left.
  llvm::SmallVector<ReduceOp> known;

  int64_t elementBytes() const { return element.getIntOrFloatBitWidth() / 8; }

private:
  llvm::SmallVector<mlir::Value> weightsOf(ChainStep step);
  void planPasses(mlir::Block &body, ChainStep step);
  void findKept();
  void dropUnusedScores();
  void assignBuffers();
};

} // namespace dlc

#endif // DLC_COMPILER_IR_CHAINPLAN_H
