// dlc-sink-splits: moves reshapes that only split the first dimension behind
// what does not care:
//
//   dot -> reshape -> add bias -> relu
//                             =>   dot -> add bias -> relu -> reshape
//
// A product of [batch, length, features] is computed as one of [batch · length,
// features] (dlc-normalize-axes). The reshape after it is an alias, but a
// border between kernels: what follows could not be the product's epilogue. So
// the row operations, sums over rows and normalisations that follow keep two
// dimensions too.

#include "Fusion/Passes.h"
#include "Fusion/Pointwise.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_SINKSPLITS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

using Dims = SmallVector<int64_t>;

/// Side computations (masks) of more ops are left as they are.
static constexpr unsigned mostDepth = 12;

/// How many dimensions a reshape makes of the first one; 0 if it is no such
/// reshape.
static int64_t splitOf(Value v) {
  auto reshape = v.getDefiningOp<ReshapeOp>();
  if (!reshape)
    return 0;
  ArrayRef<int64_t> from = tensorType(reshape.getOperand()).getShape();
  ArrayRef<int64_t> to = tensorType(v).getShape();
  if (from.empty() || to.size() <= from.size())
    return 0;
  int64_t parts = to.size() - from.size() + 1, product = 1;
  for (int64_t size : to.take_front(parts))
    product *= size;
  bool splits = product == from.front() && product > 0 &&
                to.drop_front(parts) == from.drop_front();
  return splits ? parts : 0;
}

/// `shape` with its first `parts` dimensions as one.
static Dims merged(ArrayRef<int64_t> shape, int64_t parts) {
  Dims result{1};
  for (int64_t size : shape.take_front(parts))
    result.front() *= size;
  llvm::append_range(result, shape.drop_front(parts));
  return result;
}

static Value mergeFirst(PatternRewriter &b, Value v, int64_t parts) {
  if (splitOf(v) == parts)
    return v.getDefiningOp()->getOperand(0);
  auto type = tensorType(v);
  return b.create<ReshapeOp>(v.getLoc(),
                             type.clone(merged(type.getShape(), parts)), v);
}

/// The places of `dims` once the first `parts` dimensions are one; nothing if
/// only some of these are there.
static std::optional<Dims> mergedDims(ArrayRef<int64_t> dims, int64_t parts) {
  int64_t leading = llvm::count_if(dims, [&](int64_t d) { return d < parts; });
  if (leading != 0 && leading != parts)
    return std::nullopt;
  Dims result;
  for (int64_t d : dims)
    if (d >= parts)
      result.push_back(d - parts + 1);
    else if (d == 0)
      result.push_back(0);
  return result;
}

/// Whether a broadcast has the first `parts` dimensions in order and in full,
/// or none of them.
static bool keepsFirst(BroadcastInDimOp op, int64_t parts) {
  ArrayRef<int64_t> dims = op.getDimensions();
  ArrayRef<int64_t> from = tensorType(op.getOperand()).getShape();
  ArrayRef<int64_t> to = tensorType(op.getResult()).getShape();
  if (!llvm::is_sorted(dims) || !mergedDims(dims, parts))
    return false;
  for (auto [i, d] : llvm::enumerate(dims))
    if (d < parts && from[i] != to[d])
      return false;
  return true;
}

/// Whether `v` can be had with its first `parts` dimensions as one without a
/// border between kernels.
static bool canMerge(Value v, int64_t parts, unsigned depth = 0) {
  Operation *op = v.getDefiningOp();
  if (!op || splitOf(v) == parts || isa<KernelOp>(op))
    return true;
  if (isa<ConstantOp>(op))
    return isSplat(v);
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op))
    return keepsFirst(broadcast, parts) &&
           (broadcast.getDimensions().empty() ||
            broadcast.getDimensions().front() >= parts ||
            canMerge(broadcast.getOperand(), parts, depth + 1));
  if (isa<RngBitGeneratorOp>(op))
    return true;
  return depth < mostDepth && isMovable(op) &&
         llvm::all_of(
             op->getOperands(),
             [&](Value operand) {
               return canMerge(operand, parts, depth + 1);
             });
}

static Value merge(PatternRewriter &b, Value v, int64_t parts) {
  Operation *op = v.getDefiningOp();
  if (!op || splitOf(v) == parts || isa<KernelOp>(op))
    return mergeFirst(b, v, parts);
  auto type = tensorType(v).clone(merged(tensorType(v).getShape(), parts));
  if (Value splat = splatIn(b, v, type.getShape()))
    return splat;
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    Value operand = broadcast.getOperand();
    ArrayRef<int64_t> dims = broadcast.getDimensions();
    if (!dims.empty() && dims.front() < parts)
      operand = merge(b, operand, parts);
    return b.create<BroadcastInDimOp>(op->getLoc(), type, operand,
                                      *mergedDims(dims, parts));
  }
  if (auto bits = dyn_cast<RngBitGeneratorOp>(op))
    return b.create<RngBitGeneratorOp>(op->getLoc(), type, bits.getState());
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(merge(b, operand, parts));
  return moveTo(b, op, operands, type.getShape());
}

namespace {
/// pointwise(reshape x, y) => reshape(pointwise(x, y'))
struct SinkThroughPointwise : RewritePattern {
  explicit SinkThroughPointwise(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &b) const override {
    if (!isMovable(op) || isa<KernelOp>(op->getParentOp()))
      return failure();
    int64_t parts = 0;
    for (Value v : op->getOperands())
      parts = std::max(parts, splitOf(v));
    if (parts == 0 || !llvm::all_of(op->getOperands(), [&](Value v) {
          return canMerge(v, parts);
        }))
      return failure();
    Value moved = merge(b, op->getResult(0), parts);
    b.replaceOpWithNewOp<ReshapeOp>(op, op->getResult(0).getType(), moved);
    return success();
  }
};

struct SinkThroughReduce : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &b) const override {
    int64_t parts = splitOf(op.getOperand());
    if (parts == 0 || isa<KernelOp>(op->getParentOp()))
      return failure();
    Dims dims(op.getDimensions());
    llvm::sort(dims);
    std::optional<Dims> moved = mergedDims(dims, parts);
    if (!moved)
      return failure();
    Value reduced =
        b.create<ReduceOp>(op.getLoc(), op.getKind(),
                           mergeFirst(b, op.getOperand(), parts), *moved);
    b.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), reduced);
    return success();
  }
};

struct SinkSplits : dlc::impl::SinkSplitsBase<SinkSplits> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<SinkThroughPointwise, SinkThroughReduce>(&getContext());
    if (failed(
            applyPatternsAndFoldGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
