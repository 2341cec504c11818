// The products of a chain on a GPU: a tile of the result at a time, one warp a
// part of it, from tiles of operands in shared memory, as in any product
// (GpuContraction.h). A left operand may be weights, which are there already.

#ifndef DLC_COMPILER_LOWERING_GPUCHAINPRODUCTS_H
#define DLC_COMPILER_LOWERING_GPUCHAINPRODUCTS_H

#include "IR/Chain.h"
#include "Lowering/GpuContractionMath.h"

#include <optional>

namespace dlc {

/// An operand that comes from global memory, with any strides.
class ChainOperand {
public:
  /// Operand `number` of the product.
  ChainOperand(KernelFunction &kernel, DotGeneralOp dot, unsigned number);
  ChainOperand(const ChainOperand &) = delete;
  ChainOperand &operator=(const ChainOperand &) = delete;

  /// Which one of the batch is read.
  void setBatch(mlir::ValueRange batch);

  GpuOperand matrix;

private:
  KernelFunction &kernel;
  llvm::SmallVector<int64_t> batchStrides;
  mlir::Value base;
};

/// 128 threads' tile of rows × columns. Of scalar multiply-adds a lane has at
/// least 4 rows where the left operand is along rows.
GpuTile chainTile(mlir::Type element, const GpuTarget &target, int64_t rows,
                  int64_t columns);

class ChainProduct {
public:
  ChainProduct(KernelFunction &kernel, const GpuTile &tile,
               const GpuOperand &left, const GpuOperand &right,
               mlir::Value thread);
  /// The left operand lies in shared memory, `pitch` bytes from a row (along
  /// depth) or a k (along rows) to the next.
  ChainProduct(KernelFunction &kernel, const GpuTile &tile, bool alongDepth,
               int64_t pitch, const GpuOperand &right, mlir::Value thread);
  ChainProduct(const ChainProduct &) = delete;
  ChainProduct &operator=(const ChainProduct &) = delete;

  /// The tile's first row and column; where the left operand lies in shared
  /// memory there is no row.
  void begin(mlir::Value row0, mlir::Value column0);
  llvm::SmallVector<mlir::Value> zeros() { return math.zeros(); }
  /// Starts the first copies of what `add` will then take. All threads must
  /// have read what lies at `stages`.
  void start(mlir::Value first, mlir::Value count, mlir::Value stages);
  /// `sums` plus the products of k in [first, first + count), k by k. Tiles are
  /// copied to `stages`; the left operand, if it is there, is at `left`, from
  /// `first` on. Begins with a barrier of the block.
  llvm::SmallVector<mlir::Value> add(mlir::Value first, mlir::Value count,
                                     mlir::Value stages, mlir::Value left,
                                     mlir::ValueRange sums,
                                     bool isStarted = false);
  /// All k: a chain of multiply-adds for each 512, added in order.
  llvm::SmallVector<mlir::Value> addAll(mlir::Value stages, mlir::Value left,
                                        bool isStarted = false);
  /// Whether `addAll` may have been started: there is one chain.
  bool canStart() const;
  /// Writes the tile into a matrix in shared memory: from `target` on.
  void store(mlir::ValueRange sums, mlir::Value target, int64_t pitch);

private:
  ChainProduct(KernelFunction &kernel, const GpuTile &tile,
               const GpuOperand *left, bool alongDepth, int64_t pitch,
               const GpuOperand &right, mlir::Value thread);
  void startCopies(mlir::Value first, mlir::Value t, mlir::Value stage);
  mlir::Value stageAfter(mlir::Value stage, int64_t distance);
  int64_t stageBytes() const;
  /// Tiles that are copied before they are needed.
  int64_t ahead() const { return tile.stages - 1; }
  mlir::Value stepsOf(mlir::Value count);
  mlir::Value at(mlir::Value left, mlir::Value k);
  llvm::SmallVector<mlir::Value> multiply(mlir::Value t, mlir::Value count,
                                          mlir::Value left, mlir::Value stage,
                                          mlir::ValueRange sums);

  KernelFunction &kernel;
  GpuMemory m;
  mlir::OpBuilder &b;
  mlir::Location loc;
  const GpuTile tile;
  const int64_t depth;
  std::optional<Staging> stagedLeft;
  const SharedLayout leftLayout;
  Staging right;
  TileMath math;
  llvm::SmallVector<Staging *, 2> staged;
  mlir::Value thread;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCHAINPRODUCTS_H
