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

static bool isBf16(Type type) {
  return cast<RankedTensorType>(type).getElementType().isBF16();
}

/// The bf16 that was converted to f32; null if there is none.
static Value widenedFrom(Value value) {
  auto convert = value.getDefiningOp<ConvertOp>();
  bool isWidened = convert && isBf16(convert.getOperand().getType()) &&
                   tensorType(value).getElementType().isF32();
  return isWidened ? convert.getOperand() : Value();
}

/// The only rounding of a product to bf16; null if it is read as f32.
static ConvertOp roundingOf(DotGeneralOp dot) {
  if (!dot->hasOneUse())
    return {};
  auto convert = dyn_cast<ConvertOp>(*dot->user_begin());
  return convert && isBf16(convert.getType()) ? convert : ConvertOp();
}

/// Whether the sizes are such that pairs are multiplied.
static bool hasPairs(DotGeneralOp dot) {
  auto sizeOf = [](Value operand, ArrayRef<int64_t> dims) {
    int64_t size = 1;
    for (int64_t dim : dims)
      size *= tensorType(operand).getDimSize(dim);
    return size;
  };
  int64_t depth = sizeOf(dot.getLhs(), dot.getLhsContract());
  int64_t batch = sizeOf(dot.getLhs(), dot.getLhsBatch());
  auto rowsOf = [&](Value operand) {
    return tensorType(operand).getNumElements() / depth / batch;
  };
  return depth > 0 && batch > 0 && depth % 2 == 0 &&
         rowsOf(dot.getLhs()) >= leastPairRows &&
         rowsOf(dot.getRhs()) >= leastPairRows;
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
    Value lhs = widenedFrom(dot.getLhs()), rhs = widenedFrom(dot.getRhs());
    ConvertOp rounding = roundingOf(dot);
    if (!lhs || !rhs || !rounding || !hasPairs(dot))
      return;
    Operation *widened[] = {dot.getLhs().getDefiningOp(),
                            dot.getRhs().getDefiningOp()};
    dot.getLhsMutable().assign(lhs);
    dot.getRhsMutable().assign(rhs);
    dot.getResult().setType(rounding.getType());
    rounding.replaceAllUsesWith(dot.getResult());
    rounding.erase();
    for (Operation *convert : llvm::SmallPtrSet<Operation *, 2>(
             std::begin(widened), std::end(widened)))
      if (convert->use_empty())
        convert->erase();
  }
};
} // namespace
