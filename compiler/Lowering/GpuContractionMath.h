// What a warp does with a tile in shared memory: each lane accumulates some
// elements of the result, by scalar multiply-adds or on tensor cores.
//
// Slots number what a lane accumulates along a dimension. Row slot i of lane l
// is
//
//   along depth:  warp's first + l + i * lanes
//   along rows:   warp's first + (l + i / chunk * lanes) * chunk + i % chunk
//
// (lanes then read neighbouring chunks), and columns alike. Tensor cores'
// results are the first form for rows, and pairs of columns.

#ifndef DLC_COMPILER_LOWERING_GPUCONTRACTIONMATH_H
#define DLC_COMPILER_LOWERING_GPUCONTRACTIONMATH_H

#include "Lowering/GpuContractionStaging.h"

namespace dlc {

class TileMath {
public:
  /// `thread` is this thread's number.
  TileMath(KernelFunction &kernel, const GpuTile &tile, const Staging &a,
           const Staging &b, mlir::Value thread);
  /// A is in shared memory for another reason.
  TileMath(KernelFunction &kernel, const GpuTile &tile, const SharedLayout &a,
           const Staging &b, mlir::Value thread);

  /// Accumulators, all zero: [row slot][column slot].
  llvm::SmallVector<mlir::Value> zeros();
  /// The accumulators with a tile's products added, k by k.
  llvm::SmallVector<mlir::Value> multiply(mlir::Value stage,
                                          mlir::ValueRange sums);
  /// The same for the first `count` k of the tile alone.
  llvm::SmallVector<mlir::Value>
  multiplySome(mlir::Value stage, mlir::Value count, mlir::ValueRange sums);
  /// The same where A's part lies at `left`.
  llvm::SmallVector<mlir::Value> multiply(mlir::Value left, mlir::Value stage,
                                          mlir::ValueRange sums);
  llvm::SmallVector<mlir::Value> multiplySome(mlir::Value left,
                                              mlir::Value stage,
                                              mlir::Value count,
                                              mlir::ValueRange sums);

  /// Writes a row slot to the row that starts at `target`.
  void storeSlot(mlir::ValueRange sums, int64_t slot, mlir::Value target);
  /// The row, counted from the tile's first, of a slot of lanes (along rows)
  /// `lane` of warps (along rows) `warp`.
  mlir::Value rowOf(mlir::Value warp, mlir::Value lane, mlir::Value slot);
  /// Bytes from a stored row to the next without bank conflicts.
  int64_t storedPitch() const;

  mlir::Type sumType() const;

private:
  /// One operand as lanes read it.
  struct Side {
    const SharedLayout &layout;
    int64_t offset, lanes, per;
    /// The first row of the warp, and of the lane.
    mlir::Value warpRow, lane;
  };
  using Fragments = llvm::SmallVector<llvm::SmallVector<mlir::Value>>;

  // Scalar multiply-adds.
  Fragments loadChunk(const Side &side, mlir::Value stage, int64_t chunk);
  llvm::SmallVector<mlir::Value> loadOne(const Side &side, mlir::Value stage,
                                         mlir::Value k);
  void addProducts(mlir::ValueRange a, mlir::ValueRange b,
                   llvm::MutableArrayRef<mlir::Value> sums);

  // Tensor cores.
  llvm::SmallVector<mlir::Value> loadMatrices(const Side &side, bool isA,
                                              mlir::Value stage, int64_t first,
                                              int64_t step);
  llvm::SmallVector<mlir::Value> multiplyMatrices(mlir::Value left,
                                                  mlir::Value stage,
                                                  mlir::Value count,
                                                  mlir::ValueRange sums);
  mlir::Value zeroBeyond(mlir::Value count, int64_t k, mlir::Value bits);
  llvm::SmallVector<mlir::Value>
  multiplyAccumulate(mlir::ValueRange a, mlir::ValueRange b,
                     llvm::ArrayRef<mlir::Value> c);

  KernelFunction &kernel;
  GpuMemory m;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  const GpuTile &tile;
  mlir::Type element;
  mlir::Value lane;
  Side a, b;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCONTRACTIONMATH_H
