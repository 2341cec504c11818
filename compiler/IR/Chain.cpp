#include "IR/Chain.h"

#include "llvm/ADT/Sequence.h"

using namespace mlir;
using namespace dlc;

std::optional<ProductSide> dlc::sideOf(DotGeneralOp dot, unsigned operand) {
  ProductSide side;
  side.value = dot->getOperand(operand);
  side.batch = operand == 0 ? dot.getLhsBatch() : dot.getRhsBatch();
  ArrayRef<int64_t> contracted =
      operand == 0 ? dot.getLhsContract() : dot.getRhsContract();
  int64_t rank = tensorType(side.value).getRank();
  if (contracted.size() != 1 || rank != int64_t(side.batch.size()) + 2)
    return std::nullopt;
  side.contracted = side.free = contracted.front();
  for (int64_t d = 0; d < rank; ++d)
    if (d != side.contracted && !llvm::is_contained(side.batch, d))
      side.free = d;
  return side;
}

bool dlc::leadsWithBatch(const ProductSide &side) {
  return llvm::equal(side.batch, llvm::seq<int64_t>(0, side.batch.size()));
}

bool dlc::isReadable(const ProductSide &side, ChainPart part, unsigned operand,
                     function_ref<bool(int64_t)> isContiguous) {
  if (operand == 0) // turned, block by block
    return isContiguous(side.free) || isContiguous(side.contracted);
  // What is added up are vectors; all else is read one by one.
  return part != ChainPart::adds || isContiguous(side.free);
}

SmallVector<YieldedPart> dlc::partsOf(Value yielded) {
  int64_t rank = tensorType(yielded).getRank();
  SmallVector<YieldedPart> open{{yielded,
                                 llvm::to_vector(llvm::seq<int64_t>(0, rank)),
                                 SmallVector<int64_t>(rank, 0)}},
      parts;
  while (!open.empty()) {
    YieldedPart part = open.pop_back_val();
    Operation *op = part.value.getDefiningOp();
    if (auto joined = dyn_cast_or_null<ConcatenateOp>(op)) {
      auto *along = llvm::find(part.origin, int64_t(joined.getDimension()));
      if (along != part.origin.end()) {
        int64_t at = along - part.origin.begin();
        for (Value input : joined.getInputs()) {
          part.value = input;
          open.push_back(part);
          part.start[at] += tensorType(input).getDimSize(joined.getDimension());
        }
        continue;
      }
    }
    std::optional<SmallVector<int64_t>> dims;
    if (auto transpose = dyn_cast_or_null<TransposeOp>(op))
      dims = SmallVector<int64_t>(transpose.getPermutation());
    else if (auto reshape = dyn_cast_or_null<ReshapeOp>(op))
      dims = sameDims(reshape);
    if (!dims) {
      parts.push_back(part);
      continue;
    }
    part.value = op->getOperand(0);
    for (int64_t &d : part.origin)
      d = d < 0 ? d : (*dims)[d];
    open.push_back(part);
  }
  return parts;
}

int64_t dlc::originOf(Value v, int64_t d) {
  auto transpose = v.getDefiningOp<TransposeOp>();
  return transpose ? transpose.getPermutation()[d] : d;
}

std::optional<ChainPart> dlc::chainPartOf(DotGeneralOp dot) {
  std::optional<ProductSide> left = sideOf(dot, 0), right = sideOf(dot, 1);
  if (!left || !right)
    return std::nullopt;
  std::optional<ElementPlaces> leftPlaces = placesOf(left->value),
                               rightPlaces = placesOf(right->value);
  if (!rightPlaces)
    return std::nullopt;
  bool isOutside = leftPlaces.has_value();
  ChainPart part = isOutside                       ? ChainPart::scores
                   : left->contracted > left->free ? ChainPart::weighs
                                                   : ChainPart::adds;
  auto isContiguous = [](const std::optional<ElementPlaces> &places) {
    return [&](int64_t d) { return places->strides[d] == 1; };
  };
  bool leftFits = isOutside
                      ? isReadable(*left, part, 0, isContiguous(leftPlaces))
                      : leadsWithBatch(*left);
  if (!leftFits || !isReadable(*right, part, 1, isContiguous(rightPlaces)))
    return std::nullopt;
  return part;
}
