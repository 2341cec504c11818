// Chains of products on a GPU (attention; IR/Chain.h says what they consist
// of).
//
// Rows (GpuChainRows.cpp): a block of threads has 16 to 64 rows of one of the
// batch, with their scores for all keys in shared memory, as they are in
// IR/ChainBlock.h:
//
//   scores[rows][keys] = left · rightᵀ      tile by tile of keys
//   passes over them                        a warp a row: lanes are keys
//   results[rows][columns] = weights · right operand
//   row operations on results, written      a thread 16 bytes
//
// Where nothing is reduced (in the gradient, whose weights come from the
// log-sum-exp), it is done for a window of keys after another, and the results
// stay in registers.
//
// Sums over rows (GpuChainSums.cpp), such as the gradients of keys, are a
// second launch, whose blocks have some keys and walk over the rows: they
// compute scores and weights of these keys again, and add up in registers. So
// no sum meets another across threads; what it costs is a third of the
// gradient's products, once more. The rows' reductions come from the first
// launch, through scratch memory.
//
// The order of a sum follows from shapes alone: products are chains of
// multiply-adds along each 512 of their depth, added in order, as they are
// unfused; a row's reduction is that of a warp (GpuReductions.h).

#ifndef DLC_COMPILER_LOWERING_GPUCHAIN_H
#define DLC_COMPILER_LOWERING_GPUCHAIN_H

#include "IR/ChainBlock.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuChainProducts.h"

#include <deque>

namespace dlc {

/// Words of 64 bits that the second step needs from the first; 0 if none.
int64_t scratchOfChain(KernelOp kernel);

/// What both steps do: scores, and passes over them.
class GpuChain {
protected:
  GpuChain(KernelFunction &kernel, ChainStep step, const ChainBlock &block);

  /// A tile of a result in shared memory, and where it belongs.
  struct Result {
    mlir::Value place, row0, column0;
    int64_t rows, columns;
    int64_t rowLimit, columnLimit;
  };
  using Bind =
      llvm::function_ref<void(const Point &, mlir::Value row, mlir::Value at)>;

  ChainOperand &operandOf(DotGeneralOp dot, unsigned number);
  /// The products of weights that the step has; see ChainProduct.
  void addProducts(llvm::ArrayRef<DotGeneralOp> dots, bool alongDepth);
  void setBatch(mlir::Value position);
  /// Of the rows from row0, for the keys from key0.
  void emitScores();
  /// `meanwhile`: copies to where the tiles of scores' operands lay.
  void emitPasses(llvm::function_ref<void()> meanwhile);
  /// Products of weights, which are computed for a window of `all` rows or keys
  /// at a time; `first` is that of the window. A chain of multiply-adds for
  /// each 512, added in order. Gives the sums of one product after another's.
  llvm::SmallVector<mlir::Value> addWindows(mlir::Value &first, int64_t window,
                                            int64_t all, mlir::Value column0);
  /// A yielded value, and the transpose through which it is written.
  mlir::Value yieldedBy(unsigned yield);
  void write(unsigned yield, const Result &result, Bind bind);

  /// A row of the block's; `row` is a number, or one beyond the last.
  Point keptPoint(mlir::Value row);
  mlir::Value bufferOf(mlir::Value v);
  mlir::Value reducedAt(size_t reduction, mlir::Value row);
  mlir::Value scratchAt(size_t reduction, mlir::Value row);

  KernelFunction &k;
  mlir::OpBuilder &b;
  mlir::Location loc;
  GpuMemory m;
  ExpressionEmitter emitter;
  const ChainStep step;
  const ChainPlan plan;
  const ChainBlock block;
  /// The rows' reductions, in the order in which they are kept.
  llvm::SmallVector<ReduceOp> reductions;
  mlir::Value thread, warp, lane, shared;

  /// Of what is being computed: which of the batch, its first row and key.
  mlir::Value position, row0, key0;
  llvm::SmallVector<mlir::Value> batch;
  /// Of weights, with these left operands.
  std::deque<ChainProduct> products;
  llvm::SmallVector<mlir::Value> lefts;

private:
  void emitPass(const ReductionPass &pass, llvm::ArrayRef<mlir::Value> rows,
                llvm::ArrayRef<Point> kept);
  mlir::Value elementAt(mlir::Value row, mlir::Value key, mlir::Value v);
  llvm::SmallVector<mlir::Value> zeros();
  llvm::SmallVector<mlir::Value> addChain(mlir::Value begin, mlir::Value end,
                                          mlir::Value &first, int64_t window,
                                          int64_t all, mlir::Value column0);

  std::deque<ChainOperand> operands;
  std::deque<ChainProduct> scores;
};

/// Emit the steps; give the numbers of tiles.
int64_t emitChainRows(KernelFunction &kernel, const ChainBlock &block);
int64_t emitChainSums(KernelFunction &kernel, const ChainBlock &block);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCHAIN_H
