// What dlc-sink-transposes moves: values that show another one's dimensions in
// another order. Those of a batch in parts (dlc-normalize-convolutions) end in
// a reshape that merges the parts.

#ifndef DLC_COMPILER_FUSION_TRANSPOSEDVIEW_H
#define DLC_COMPILER_FUSION_TRANSPOSEDVIEW_H

#include "IR/Dlc.h"
#include "mlir/IR/Builders.h"

#include <optional>

namespace dlc {

/// Of a reshape that merges the parts of a batch and the images of a part: the
/// first of these dimensions.
inline constexpr llvm::StringLiteral mergesPartsAttr = "dlc.merges_parts";

/// Of a transpose that dlc-sink-transposes has placed, and that stays.
inline constexpr llvm::StringLiteral placedAttr = "dlc.placed";

/// `v` with dimensions `first` and `first` + 1, those two, as one.
ReshapeOp mergeParts(mlir::OpBuilder &b, mlir::Location loc, mlir::Value v,
                     int64_t first);

/// How a value shows another one, its source: the dimensions in another order,
/// of which then, maybe, two neighbours are merged.
struct TransposedView {
  mlir::Value source;
  llvm::SmallVector<int64_t> order;
  /// The first of those that are merged, and the second one's size.
  std::optional<size_t> merged;
  int64_t inner = 1;

  /// What `v` is; without a source if it is no view, or has too few dimensions.
  static TransposedView of(mlir::Value v);

  bool operator==(const TransposedView &other) const {
    return order == other.order && merged == other.merged &&
           inner == other.inner;
  }
  /// Whether nothing happens along what is merged: `neutral` stands there.
  bool keepsMerged(llvm::ArrayRef<int64_t> values, int64_t neutral) const {
    return !merged || values[*merged] == neutral;
  }
  /// Of a number for each dimension of the view: one for each of the source's.
  /// What is merged keeps its number and gets `neutral`.
  llvm::SmallVector<int64_t> inSource(llvm::ArrayRef<int64_t> values,
                                      int64_t neutral) const;
  llvm::SmallVector<int64_t> shapeInSource(llvm::ArrayRef<int64_t> shape) const;
  /// The source's dimensions of the view's `dims`.
  llvm::SmallVector<int64_t> dimsInSource(llvm::ArrayRef<int64_t> dims) const;

  /// `v`, of the source's dimensions, as the view shows it.
  mlir::Value show(mlir::OpBuilder &b, mlir::Location loc, mlir::Value v) const;
  /// The reverse.
  TransposeOp hide(mlir::OpBuilder &b, mlir::Location loc, mlir::Value v) const;
  /// `v`, of the view's dimensions, before it; null if that would take another
  /// transpose. Made only if `build`.
  mlir::Value before(mlir::OpBuilder &b, mlir::Value v, bool build) const;
};

} // namespace dlc

#endif // DLC_COMPILER_FUSION_TRANSPOSEDVIEW_H
