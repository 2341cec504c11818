// Operands of a contraction that are more than an array: what its body says
// before the product.
//
// A *view*: elements of an argument, in another order. The product reads them
// where they lie:
//
//   ^bb0(%x: tensor<8x128x3x4x64xf32>, %w: ...):
//     %s = dlc.slice %x ...                  tensor<8x128x1x4x64xf32>
//     %t = dlc.transpose %s ...              tensor<1x8x4x128x64xf32>
//     %q = dlc.reshape %t                    tensor<32x128x64xf32>
//     %z = dlc.dot_general %q, ...
//
// A *prologue*: no array holds it. The body computes it from its arguments,
// element by element, and the product does so where it would copy an array to
// scratch:
//
//   ^bb0(%x: tensor<8x32xui8>, %w: tensor<32x64xf32>):
//     %a = dlc.convert %x : tensor<8x32xui8> to tensor<8x32xf32>
//     %z = dlc.dot_general %a, %w ...

#ifndef DLC_COMPILER_IR_PROLOGUE_H
#define DLC_COMPILER_IR_PROLOGUE_H

#include "IR/PackedMatrix.h"

#include <optional>

namespace dlc {

/// Where the elements of a matrix, or of each one of a batch, lie in `memory`.
struct OperandView {
  mlir::BlockArgument memory;
  /// Of the first element.
  int64_t offset = 0;
  /// The batch as dimensions of a stride each; none if there is one matrix.
  llvm::SmallVector<int64_t> batchShape, batchStrides;
  /// From an index of the matrix's first dimension to the next. Those of the
  /// second one are neighbours.
  int64_t stride = 1;

  /// The largest power of two, at most `most`, such that the matrices begin at
  /// multiples of it, and memory ends at one.
  int64_t alignment(int64_t most) const;
};

/// The bf16 that `operand` is as f32; null if it is anything else.
mlir::Value widenedBf16(mlir::Value operand);

/// Whether a product of bf16 of that size takes pairs of k at once, where the
/// CPU can (Lowering/ContractionPairs.cpp): fewer rows or columns do not pay
/// for making pairs of the other operand.
inline bool takesPairs(int64_t rows, int64_t columns, int64_t depth) {
  constexpr int64_t least = 32;
  return rows >= least && columns >= least && depth > 0 && depth % 2 == 0;
}

/// What `operand` is a view of, an argument itself included; none if it is
/// computed, or if its elements lie in any other order.
std::optional<OperandView> viewOf(mlir::Value operand);

/// Whether an op of a body may compute a prologue.
bool mayStandInPrologue(mlir::Operation *op);

/// Whether the body computes `operand`, by such ops.
bool isPrologue(mlir::Value operand);

} // namespace dlc

#endif // DLC_COMPILER_IR_PROLOGUE_H
