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

/// How a micro-kernel multiplies and adds.
enum class GemmMath {
  /// A fused multiply-add for each k.
  multiplyAdds,
  /// Each element of A and B holds two k of bf16, by its bits, the first in the
  /// upper half: two fused multiply-adds, in that order.
  bf16Pairs,
  /// The same by `vdpbf16ps`, which takes subnormals for 0 and makes them 0.
  bf16Dots
};

/// C[rows, units * lanes] (+)= A[rows, k] * B[k, units * lanes]; the lanes of a
/// vector hold neighbouring columns. Parameters: (a, where each row starts in
/// it: memref<rows x index>, from one k to the next, b, b's base, from a row of
/// b to the next, c, c's base, from a row of c to the next, k's count, i1: add
/// to c).
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
  /// Fetches a ahead as well: from one k to the next it is a cache line or
  /// more.
  bool fetchesA;
  bool fetchesB = true;
  GemmMath math = GemmMath::multiplyAdds;
};
mlir::func::FuncOp getGemmKernel(mlir::ModuleOp module, const GemmKernel &spec);

/// What a GemmKernel takes for a or b: any buffer of that element.
mlir::MemRefType gemmOperandType(mlir::Type element);

/// The least biased exponent of the bf16 in rows of pairs that are not 0; 512
/// if all are 0. Parameters: (source, its base, rows, from one to the next,
/// pairs of a row, target: i32, its index).
mlir::func::FuncOp getLeastExponentKernel(mlir::ModuleOp module);

/// The chains of A[rows, k] * B[columns, k]: the lanes of a vector hold
/// neighbouring k, so each element has `lanes` chains, a vector of them in
/// c[row, column]. Parameters: (a, its base, b, its base, c, its base, k's
/// count in whole vectors, k's count, i1: the chains go on from c). `tail` more
/// elements may follow the whole vectors.
///
/// A row of chains is `lanes` times as long as a row of sums; what follows one
/// another in c can be summed whatever row it belongs to (LaneSumKernel).
struct DotKernel {
  mlir::Type element;
  int64_t lanes;
  int64_t rows;
  int64_t columns;
  /// Columns accumulated at once: what the registers hold.
  int64_t group;
  /// The size of k modulo `lanes`.
  int64_t tail;
  /// There are chains that go on; else the last parameter is ignored.
  bool continues;
  /// a.column is 1. Vector k/lanes of b's column j stands at
  /// base + j * b.row + k * b.column.
  FlatMatrix a, b;
  /// Elements of c.
  int64_t size;
};
mlir::func::FuncOp getDotKernel(mlir::ModuleOp module, const DotKernel &spec);

/// target[i] (+)= the sum of the lanes of vector i of the source, in a fixed
/// tree (halves, quarters, …). Parameters: (source, target, its base, how many
/// vectors of sums, i1: add to the target).
struct LaneSumKernel {
  mlir::Type element;
  int64_t lanes;
  /// Elements of the source and the target.
  int64_t size, targetSize;
  /// There is something to add to; else the last parameter is ignored.
  bool accumulates;
};
mlir::func::FuncOp getLaneSumKernel(mlir::ModuleOp module,
                                    const LaneSumKernel &spec);

/// Copies rows of `units` vectors, for `panels` panels side by side: panel i's
/// rows start at base + i * panelColumns and go to base + i * panelSize.
/// Parameters: (source, its base, the columns that may be read if `masked`,
/// target, its base, rows).
struct CopyKernel {
  mlir::Type element;
  int64_t lanes;
  int64_t units;
  bool masked;
  FlatMatrix source, target;
  int64_t panels = 1, panelColumns = 0, panelSize = 0;
};
mlir::func::FuncOp getCopyKernel(mlir::ModuleOp module, const CopyKernel &spec);

/// Transposes `lanes` x `lanes` elements: target(j, i) = source(i, j).
/// Parameters: (source, its base, last row that may be read, target, base).
/// Rows after the last one repeat it; those after `rows` are unspecified.
struct TransposeKernel {
  mlir::Type element;
  int64_t lanes;
  int64_t rows;
  /// The last row may come before the last of `rows`; else it is ignored.
  bool clamps;
  /// Elements of a row that may be read, rows of the target to write.
  int64_t readLanes, writeRows;
  FlatMatrix source, target;
};
mlir::func::FuncOp getTransposeKernel(mlir::ModuleOp module,
                                      const TransposeKernel &spec);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CONTRACTIONKERNELS_H
