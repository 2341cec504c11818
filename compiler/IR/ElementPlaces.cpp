#include "IR/ElementPlaces.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

std::optional<SmallVector<int64_t>> dlc::sameDims(ReshapeOp reshape) {
  ArrayRef<int64_t> from = tensorType(reshape.getOperand()).getShape();
  SmallVector<int64_t> dims;
  size_t next = 0;
  auto skipOnes = [&] {
    while (next < from.size() && from[next] == 1)
      ++next;
  };
  for (int64_t size : tensorType(reshape).getShape()) {
    dims.push_back(-1);
    if (size == 1)
      continue;
    skipOnes();
    if (next == from.size() || from[next] != size)
      return {};
    dims.back() = next++;
  }
  skipOnes();
  if (next != from.size())
    return {};
  return dims;
}

std::optional<ElementPlaces> dlc::placesOf(Value v) {
  SmallVector<Operation *> moves;
  while (isa_and_nonnull<TransposeOp, SliceOp, ReshapeOp>(v.getDefiningOp())) {
    moves.push_back(v.getDefiningOp());
    v = moves.back()->getOperand(0);
  }
  ElementPlaces places;
  places.memory = dyn_cast<BlockArgument>(v);
  if (!places.memory)
    return {};
  places.strides = computeStrides(tensorType(v).getShape());
  for (Operation *op : llvm::reverse(moves)) {
    SmallVector<int64_t> before = places.strides;
    if (auto slice = dyn_cast<SliceOp>(op)) {
      for (size_t d = 0; d < before.size(); ++d) {
        places.offset += slice.getStart()[d] * before[d];
        places.strides[d] = before[d] * slice.getStrides()[d];
      }
      continue;
    }
    std::optional<SmallVector<int64_t>> dims;
    if (auto transpose = dyn_cast<TransposeOp>(op))
      dims = SmallVector<int64_t>(transpose.getPermutation());
    else
      dims = sameDims(cast<ReshapeOp>(op));
    if (!dims)
      return {};
    places.strides = llvm::map_to_vector(
        *dims, [&](int64_t d) { return d < 0 ? 0 : before[d]; });
  }
  return places;
}
