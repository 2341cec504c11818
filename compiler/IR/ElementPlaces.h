// Where the elements of values lie that are computed by moving others.

#ifndef DLC_COMPILER_IR_ELEMENTPLACES_H
#define DLC_COMPILER_IR_ELEMENTPLACES_H

#include "IR/Dlc.h"

#include <optional>

namespace dlc {

/// Where the elements of a value lie that only moves those of a body's
/// argument: by transposes, slices, and reshapes that add or drop dimensions of
/// a single index.
struct ElementPlaces {
  mlir::BlockArgument memory;
  /// Of the first element, and from one to the next along each dimension.
  int64_t offset = 0;
  llvm::SmallVector<int64_t> strides;
};
std::optional<ElementPlaces> placesOf(mlir::Value v);

/// For each dimension of a reshape's result that of the operand it is, or -1
/// for a single index; none if the reshape does more than add and drop such
/// dimensions.
std::optional<llvm::SmallVector<int64_t>> sameDims(ReshapeOp reshape);

} // namespace dlc

#endif // DLC_COMPILER_IR_ELEMENTPLACES_H
