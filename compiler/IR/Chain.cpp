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
                     function_ref<int64_t(int64_t)> placeOf) {
  int64_t last = side.batch.size() + 1;
  if (operand == 0) // turned, block by block
    return placeOf(side.free) == last || placeOf(side.contracted) == last;
  // What is added up are vectors; all else is read one by one.
  return part != ChainPart::adds || placeOf(side.free) == last;
}

BlockArgument dlc::readArgument(Value v) {
  if (auto transpose = v.getDefiningOp<TransposeOp>())
    v = transpose.getOperand();
  return dyn_cast<BlockArgument>(v);
}

int64_t dlc::originOf(Value v, int64_t d) {
  auto transpose = v.getDefiningOp<TransposeOp>();
  return transpose ? transpose.getPermutation()[d] : d;
}

std::optional<ChainPart> dlc::chainPartOf(DotGeneralOp dot) {
  std::optional<ProductSide> left = sideOf(dot, 0), right = sideOf(dot, 1);
  if (!left || !right || !readArgument(right->value))
    return std::nullopt;
  bool isOutside = !!readArgument(left->value);
  ChainPart part = isOutside                       ? ChainPart::scores
                   : left->contracted > left->free ? ChainPart::weighs
                                                   : ChainPart::adds;
  auto place = [](const ProductSide &side) {
    return [&](int64_t d) { return originOf(side.value, d); };
  };
  bool leftFits = isOutside ? isReadable(*left, part, 0, place(*left))
                            : leadsWithBatch(*left);
  if (!leftFits || !isReadable(*right, part, 1, place(*right)))
    return std::nullopt;
  return part;
}
