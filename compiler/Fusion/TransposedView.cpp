#include "Fusion/TransposedView.h"

#include "Fusion/Pointwise.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

using Dims = SmallVector<int64_t>;

ReshapeOp dlc::mergeParts(OpBuilder &b, Location loc, Value v, int64_t first) {
  Dims shape(tensorType(v).getShape());
  shape[first] *= shape[first + 1];
  shape.erase(shape.begin() + first + 1);
  auto merged = b.create<ReshapeOp>(loc, tensorType(v).clone(shape), v);
  merged->setAttr(mergesPartsAttr, b.getI64IntegerAttr(first));
  return merged;
}

Dims TransposedView::inSource(ArrayRef<int64_t> values, int64_t neutral) const {
  Dims apart(values);
  if (merged)
    apart.insert(apart.begin() + *merged + 1, neutral);
  Dims result(apart.size());
  for (auto [from, value] : llvm::zip_equal(order, apart))
    result[from] = value;
  return result;
}

Dims TransposedView::shapeInSource(ArrayRef<int64_t> shape) const {
  Dims parts(shape);
  if (merged)
    parts[*merged] /= inner;
  return inSource(parts, inner);
}

Dims TransposedView::dimsInSource(ArrayRef<int64_t> dims) const {
  Dims result;
  for (int64_t d : dims) {
    bool isBehind = merged && d > int64_t(*merged);
    result.push_back(order[d + isBehind]);
    if (merged && d == int64_t(*merged))
      result.push_back(order[d + 1]);
  }
  return result;
}

TransposedView TransposedView::of(Value v) {
  TransposedView view;
  if (auto reshape = v.getDefiningOp<ReshapeOp>()) {
    auto merges = reshape->getAttrOfType<IntegerAttr>(mergesPartsAttr);
    if (!merges)
      return {};
    v = reshape.getOperand();
    if (tensorType(v).getRank() !=
        tensorType(reshape.getResult()).getRank() + 1)
      return {};
    view.merged = merges.getInt();
    view.inner = tensorType(v).getDimSize(*view.merged + 1);
  }
  auto op = v.getDefiningOp<TransposeOp>();
  if (!op || op.getPermutation().size() < 3 || op->hasAttr(placedAttr))
    return {};
  view.source = op.getOperand();
  view.order.assign(op.getPermutation().begin(), op.getPermutation().end());
  return view;
}

Value TransposedView::show(OpBuilder &b, Location loc, Value v) const {
  Value result = b.create<TransposeOp>(loc, v, order);
  return merged ? mergeParts(b, loc, result, *merged) : result;
}

TransposeOp TransposedView::hide(OpBuilder &b, Location loc, Value v) const {
  if (merged) {
    Dims shape(tensorType(v).getShape());
    shape[*merged] /= inner;
    shape.insert(shape.begin() + *merged + 1, inner);
    v = b.create<ReshapeOp>(loc, tensorType(v).clone(shape), v);
  }
  return b.create<TransposeOp>(loc, v, invertPermutationVector(order));
}

Value TransposedView::before(OpBuilder &b, Value v, bool build) const {
  Dims shape = shapeInSource(tensorType(v).getShape());
  if (TransposedView other = of(v); other.source)
    return other == *this ? other.source : Value();
  if (v.getDefiningOp<TransposeOp>())
    return {};
  if (isSplat(v))
    return build ? splatIn(b, v, shape) : v;
  if (auto broadcast = v.getDefiningOp<BroadcastInDimOp>()) {
    if (merged && llvm::is_contained(broadcast.getDimensions(), *merged))
      return {};
    Dims dims = dimsInSource(broadcast.getDimensions());
    if (!llvm::is_sorted(dims))
      return {};
    return build ? b.create<BroadcastInDimOp>(broadcast.getLoc(),
                                              tensorType(v).clone(shape),
                                              broadcast.getOperand(), dims)
                 : v;
  }
  return {};
}
