// Dimensions with strides, as few as there can be.

#ifndef DLC_COMPILER_IR_STRIDEDDIMS_H
#define DLC_COMPILER_IR_STRIDEDDIMS_H

#include "llvm/ADT/SmallVector.h"

namespace dlc {

/// Coordinates whose position is the sum of coordinate * stride, the innermost
/// last.
struct StridedDims {
  llvm::SmallVector<int64_t> sizes, strides;

  /// Appends a dimension inside the others. It becomes part of the last one if
  /// they lie side by side; one of a single index is none.
  void append(int64_t size, int64_t stride) {
    if (size == 1)
      return;
    if (!sizes.empty() && strides.back() == size * stride) {
      sizes.back() *= size;
      strides.back() = stride;
      return;
    }
    sizes.push_back(size);
    strides.push_back(stride);
  }
};

} // namespace dlc

#endif // DLC_COMPILER_IR_STRIDEDDIMS_H
