// dlc-join-pads: a sum of padded parts becomes a concatenation.
//
// A slice's gradient is padded with zeros, and what several slices of an array
// give is added up: three passes over all of it where one copy does.

#include "Fusion/Passes.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_JOINPADS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// Zeros around `parts`, which lie side by side along `dim` from `low` on.
struct PaddedParts {
  SmallVector<Value> parts;
  int64_t dim = 0, low = 0, size = 0;

  int64_t end() const { return low + size; }
};
} // namespace

/// What `v` is if it is padded along a single dimension.
static std::optional<PaddedParts> paddedParts(Value v) {
  auto pad = v.getDefiningOp<PadOp>();
  if (!pad || !pad->hasOneUse() ||
      !(matchPattern(pad.getValue(), m_AnyZeroFloat()) ||
        matchPattern(pad.getValue(), m_Zero())) ||
      llvm::any_of(pad.getInterior(), [](int64_t n) { return n != 0; }))
    return {};
  PaddedParts padded;
  int64_t dims = 0;
  for (auto [d, low, high] : llvm::enumerate(pad.getLow(), pad.getHigh())) {
    if (low < 0 || high < 0)
      return {};
    if (low == 0 && high == 0)
      continue;
    ++dims;
    padded.dim = d;
    padded.low = low;
  }
  if (dims != 1)
    return {};
  Value operand = pad.getOperand();
  padded.size = tensorType(operand).getDimSize(padded.dim);
  auto joined = operand.getDefiningOp<ConcatenateOp>();
  if (joined && joined->hasOneUse() &&
      int64_t(joined.getDimension()) == padded.dim)
    llvm::append_range(padded.parts, joined.getInputs());
  else
    padded.parts.push_back(operand);
  return padded;
}

static LogicalResult joinPads(AddOp op, PatternRewriter &b) {
  std::optional<PaddedParts> first = paddedParts(op.getLhs()),
                             second = paddedParts(op.getRhs());
  if (!first || !second || first->dim != second->dim)
    return b.notifyMatchFailure(op, "both sides are not padded alike");
  if (second->low < first->low)
    std::swap(first, second);
  if (first->end() != second->low)
    return b.notifyMatchFailure(op, "the parts are not side by side");
  llvm::append_range(first->parts, second->parts);
  int64_t dim = first->dim;
  Value joined = b.create<ConcatenateOp>(op.getLoc(), first->parts, dim);
  int64_t high = op.getType().getDimSize(dim) - second->end();
  if (first->low != 0 || high != 0) {
    SmallVector<int64_t> lows(op.getType().getRank(), 0), highs = lows,
                                                          none = lows;
    lows[dim] = first->low;
    highs[dim] = high;
    Value zero = op.getLhs().getDefiningOp<PadOp>().getValue();
    joined = b.create<PadOp>(op.getLoc(), joined, zero, lows, highs, none);
  }
  b.replaceOp(op, joined);
  return success();
}

namespace {
struct JoinPads : dlc::impl::JoinPadsBase<JoinPads> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add(joinPads);
    if (failed(
            applyPatternsAndFoldGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
