// dlc-narrow-products: products of bf16 that dlc-widen-sums has made f32 are
// products of bf16 again, until their kernels stand.
//
// For CPUs with an instruction that multiplies pairs of bf16. Kernels then
// leave bf16 for products to read, and no f32 of twice the size. Chains of
// products (attention), which compute in f32, are formed before.

#include "Fusion/Passes.h"
#include "IR/Dlc.h"
#include "IR/Prologue.h"

namespace dlc {
#define GEN_PASS_DEF_NARROWPRODUCTS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// The only rounding of a product to bf16; null if it is read as f32.
static ConvertOp roundingOf(DotGeneralOp dot) {
  if (!dot->hasOneUse())
    return {};
  auto convert = dyn_cast<ConvertOp>(*dot->user_begin());
  bool isRounding =
      convert && tensorType(convert.getResult()).getElementType().isBF16();
  return isRounding ? convert : ConvertOp();
}

static bool isLargeEnough(DotGeneralOp dot) {
  auto sizeOf = [](Value operand, ArrayRef<int64_t> dims) {
    int64_t size = 1;
    for (int64_t dim : dims)
      size *= tensorType(operand).getDimSize(dim);
    return size;
  };
  int64_t depth = sizeOf(dot.getLhs(), dot.getLhsContract());
  int64_t shared = depth * sizeOf(dot.getLhs(), dot.getLhsBatch());
  auto freeOf = [&](Value operand) {
    return tensorType(operand).getNumElements() / shared;
  };
  return shared > 0 &&
         takesPairs(freeOf(dot.getLhs()), freeOf(dot.getRhs()), depth);
}

namespace {
struct NarrowProducts : dlc::impl::NarrowProductsBase<NarrowProducts> {
  using NarrowProductsBase::NarrowProductsBase;

  void runOnOperation() override {
    SmallVector<DotGeneralOp> products;
    getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<KernelOp>(op))
        return WalkResult::skip();
      if (auto dot = dyn_cast<DotGeneralOp>(op))
        products.push_back(dot);
      return WalkResult::advance();
    });
    for (DotGeneralOp dot : products)
      narrow(dot);
  }

private:
  static void narrow(DotGeneralOp dot) {
    Value lhs = widenedBf16(dot.getLhs()), rhs = widenedBf16(dot.getRhs());
    ConvertOp rounding = roundingOf(dot);
    if (!lhs || !rhs || !rounding || !isLargeEnough(dot))
      return;
    Operation *left = dot.getLhs().getDefiningOp();
    Operation *right = dot.getRhs().getDefiningOp();
    dot.getLhsMutable().assign(lhs);
    dot.getRhsMutable().assign(rhs);
    dot.getResult().setType(rounding.getType());
    rounding.replaceAllUsesWith(dot.getResult());
    rounding.erase();
    if (right != left && right->use_empty())
      right->erase();
    if (left->use_empty())
      left->erase();
  }
};
} // namespace
