// The inner kernels of a contraction: small functions over flat memrefs that
// are never inlined, so that LLVM allocates registers for each of them alone,
// and that equal kernels of a module share.
//
// Every one computes block sums: each element of the result is a chain of
// fused multiply-adds from 0 along k, and is then added to the sum of the
// blocks before (or stored, if it is the first). How many rows and vectors a
// micro-kernel holds in registers does not enter the chains, so it may follow
// the machine without changing a bit.

#ifndef DLC_COMPILER_LOWERING_CONTRACTIONKERNELS_H
#define DLC_COMPILER_LOWERING_CONTRACTIONKERNELS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// A matrix in a flat memref: element (i, j) of the one that starts at `base`
/// is base + i * row + j * column.
struct FlatMatrix {
  /// Elements of the memref.
  int64_t size;
  int64_t row;
  int64_t column;
};

/// C[rows, units * lanes] (+)= A[rows, k] * B[k, units * lanes]; the lanes of a
/// vector hold neighbouring columns. Parameters: (a, where each row starts in
/// it: memref<rows x index>, from one k to the next, b, b's base, c, c's base,
/// k's count, i1: add to c).
///
/// The rows of A may start anywhere, and it need not be known when the kernel
/// is compiled how far apart their elements are: a packed A and one in place
/// share a kernel, as do products of different sizes.
struct GemmKernel {
  mlir::Type element;
  int64_t lanes;
  int64_t rows;
  int64_t units;
  /// Columns that the last vector may read from b; the others are 0.
  int64_t lastLanes;
  /// From a row of b or c to the next.
  int64_t bRow, cRow;
  /// Fetches b ahead of time: it lies contiguous.
  bool prefetches;
};
mlir::func::FuncOp getGemmKernel(mlir::ModuleOp module, const GemmKernel &spec);

/// What a GemmKernel takes for a or b: any buffer of that element.
mlir::MemRefType gemmOperandType(mlir::Type element);

/// C[rows, columns] (+)= A[rows, k] * B[columns, k]; the lanes of a vector hold
/// neighbouring k, so the chain of an element is split in `lanes` chains, which
/// are added in a fixed tree (halves, quarters, …). Parameters as above, but
/// the count of k comes in whole vectors; the last parameter but one says
/// whether `tail` more elements follow.
struct DotKernel {
  mlir::Type element;
  int64_t lanes;
  int64_t rows;
  /// At most `lanes`; the other columns of c become unspecified.
  int64_t columns;
  /// Columns accumulated at once: what the registers hold.
  int64_t group;
  /// The size of k modulo `lanes`.
  int64_t tail;
  /// There are blocks to add to; else the last parameter is ignored.
  bool accumulates;
  /// a.column, c.column are 1. Vector k/lanes of b's column j stands at
  /// base + j * b.row + k * b.column.
  FlatMatrix a, b, c;
};
mlir::func::FuncOp getDotKernel(mlir::ModuleOp module, const DotKernel &spec);

/// Copies rows of `units` vectors. Parameters: (source, its base, the columns
/// that may be read if `masked`, target, its base, rows).
struct CopyKernel {
  mlir::Type element;
  int64_t lanes;
  int64_t units;
  bool masked;
  FlatMatrix source, target;
};
mlir::func::FuncOp getCopyKernel(mlir::ModuleOp module, const CopyKernel &spec);

/// Transposes `lanes` x `lanes` elements: target(j, i) = source(i, j).
/// Parameters: (source, its base, last row that may be read, target, base).
/// Rows after the last one repeat it.
struct TransposeKernel {
  mlir::Type element;
  int64_t lanes;
  /// Elements of a row that may be read, rows of the target to write.
  int64_t readLanes, writeRows;
  FlatMatrix source, target;
};
mlir::func::FuncOp getTransposeKernel(mlir::ModuleOp module,
                                      const TransposeKernel &spec);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CONTRACTIONKERNELS_H
