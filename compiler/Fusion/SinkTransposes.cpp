// dlc-sink-transposes: moves transposes behind what does not mind the order of
// dimensions, until they meet and cancel:
//
//   conv -> transpose -> relu -> transpose -> conv   =>   conv -> relu -> conv
//
// Where one operand comes through a transpose and another one does not, as
// where gradients leave a classifier and meet an activation in a convolution's
// layout, the other one's computation is moved into that layout, from the place
// where it is smallest:
//
//   select(transpose x, window y) -> transpose   =>   select(x, window
//   transpose y)
//
// Only for values of three or more dimensions: a matrix's transpose is absorbed
// by the contraction that reads it. What is left and moves dimensions of size 1
// alone is a reshape.

#include "Fusion/Passes.h"
#include "Fusion/Pointwise.h"
#include "IR/Term.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_SINKTRANSPOSES
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Marks, within the pass, a transpose that `Lift` has placed.
static constexpr llvm::StringLiteral placedAttr = "dlc.placed";

/// The transpose that `v` is, unless it has too few dimensions.
static TransposeOp sinkable(Value v) {
  auto op = v.getDefiningOp<TransposeOp>();
  return op && op.getPermutation().size() >= 3 && !op->hasAttr(placedAttr)
             ? op
             : TransposeOp();
}

static SmallVector<int64_t> permute(ArrayRef<int64_t> values,
                                    ArrayRef<int64_t> order) {
  SmallVector<int64_t> result;
  for (int64_t d : order)
    result.push_back(values[d]);
  return result;
}

/// `v`, of the transpose's result shape, in the shape before it; null if that
/// would need another transpose.
static Value before(OpBuilder &b, Value v, ArrayRef<int64_t> order,
                    ArrayRef<int64_t> shape, bool build) {
  if (auto transpose = v.getDefiningOp<TransposeOp>())
    return transpose.getPermutation() == order ? transpose.getOperand()
                                               : Value();
  if (isSplat(v))
    return build ? splatIn(b, v, shape) : v;
  if (auto broadcast = v.getDefiningOp<BroadcastInDimOp>()) {
    SmallVector<int64_t> dims = permute(order, broadcast.getDimensions());
    if (!llvm::is_sorted(dims))
      return {};
    return build ? b.create<BroadcastInDimOp>(broadcast.getLoc(),
                                              tensorType(v).clone(shape),
                                              broadcast.getOperand(), dims)
                 : v;
  }
  return {};
}

/// A window's taps are combined in row-major order: the dimensions that it
/// spans must stay in order.
static bool keepsTapOrder(ArrayRef<int64_t> window, ArrayRef<int64_t> order) {
  SmallVector<int64_t> spanned;
  for (auto [d, from] : llvm::enumerate(order))
    if (window[d] > 1)
      spanned.push_back(from);
  return llvm::is_sorted(spanned);
}

/// `op` on `operand`, whose dimensions are those of its own in another order.
static Value reordered(OpBuilder &b, PadOp op, Value operand,
                       ArrayRef<int64_t> order) {
  return b.create<PadOp>(
      op.getLoc(), operand, op.getValue(), permute(op.getLow(), order),
      permute(op.getHigh(), order), permute(op.getInterior(), order));
}

static Value reordered(OpBuilder &b, ReduceWindowOp op, Value operand,
                       ArrayRef<int64_t> order) {
  return b.create<ReduceWindowOp>(
      op.getLoc(), op.getKind(), operand, permute(op.getWindow(), order),
      permute(op.getStrides(), order), permute(op.getDilations(), order),
      permute(op.getLow(), order), permute(op.getHigh(), order));
}

namespace {
/// pointwise(transpose x, transpose y, c) => transpose(pointwise(x, y, c')) if
/// all operands are transposed alike, or repeat a value or a few dimensions.
struct SinkThroughPointwise : RewritePattern {
  explicit SinkThroughPointwise(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &b) const override {
    if (!isMovable(op))
      return failure();
    TransposeOp transpose;
    for (Value v : op->getOperands())
      if (TransposeOp t = sinkable(v); t && !transpose)
        transpose = t;
    if (!transpose)
      return failure();
    auto order = SmallVector<int64_t>(transpose.getPermutation());
    ArrayRef<int64_t> shape = tensorType(transpose.getOperand()).getShape();
    for (Value v : op->getOperands())
      if (!before(b, v, order, shape, /*build=*/false))
        return failure();
    SmallVector<Value> operands;
    for (Value v : op->getOperands())
      operands.push_back(before(b, v, order, shape, /*build=*/true));
    b.replaceOpWithNewOp<TransposeOp>(op, moveTo(b, op, operands, shape),
                                      order);
    return success();
  }
};

struct SinkThroughSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SliceOp op, PatternRewriter &b) const override {
    TransposeOp transpose = sinkable(op.getOperand());
    if (!transpose)
      return failure();
    auto order = SmallVector<int64_t>(transpose.getPermutation());
    auto inverse = invertPermutationVector(order);
    Value slice = b.create<SliceOp>(
        op.getLoc(), transpose.getOperand(), permute(op.getStart(), inverse),
        permute(op.getLimit(), inverse), permute(op.getStrides(), inverse));
    b.replaceOpWithNewOp<TransposeOp>(op, slice, order);
    return success();
  }
};

struct SinkThroughPad : OpRewritePattern<PadOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(PadOp op, PatternRewriter &b) const override {
    TransposeOp transpose = sinkable(op.getOperand());
    if (!transpose)
      return failure();
    auto order = SmallVector<int64_t>(transpose.getPermutation());
    Value pad = reordered(b, op, transpose.getOperand(),
                          invertPermutationVector(order));
    b.replaceOpWithNewOp<TransposeOp>(op, pad, order);
    return success();
  }
};

/// What is left after a reduction may be transposed too.
struct SinkThroughReduce : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &b) const override {
    TransposeOp transpose = sinkable(op.getOperand());
    if (!transpose)
      return failure();
    ArrayRef<int64_t> order = transpose.getPermutation();
    SmallVector<int64_t> dims = permute(order, op.getDimensions());
    llvm::sort(dims);
    Value reduced = b.create<ReduceOp>(op.getLoc(), op.getKind(),
                                       transpose.getOperand(), dims);
    // The place of each remaining dimension among those before the transpose.
    SmallVector<int64_t> rest;
    for (auto [d, from] : llvm::enumerate(order))
      if (!llvm::is_contained(op.getDimensions(), int64_t(d)))
        rest.push_back(from - llvm::count_if(dims, [from = from](int64_t gone) {
                         return gone < from;
                       }));
    b.replaceOpWithNewOp<TransposeOp>(op, reduced, rest);
    return success();
  }
};

struct SinkThroughReduceWindow : OpRewritePattern<ReduceWindowOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceWindowOp op,
                                PatternRewriter &b) const override {
    TransposeOp transpose = sinkable(op.getOperand());
    if (!transpose ||
        !keepsTapOrder(op.getWindow(), transpose.getPermutation()))
      return failure();
    auto order = SmallVector<int64_t>(transpose.getPermutation());
    Value moved = reordered(b, op, transpose.getOperand(),
                            invertPermutationVector(order));
    b.replaceOpWithNewOp<TransposeOp>(op, moved, order);
    return success();
  }
};

/// The source, which is the smaller one, follows the operand.
struct SinkThroughSelectAndScatter : OpRewritePattern<SelectAndScatterOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SelectAndScatterOp op,
                                PatternRewriter &b) const override {
    TransposeOp transpose = sinkable(op.getOperand());
    if (!transpose ||
        !keepsTapOrder(op.getWindow(), transpose.getPermutation()))
      return failure();
    auto order = SmallVector<int64_t>(transpose.getPermutation());
    auto inverse = invertPermutationVector(order);
    Value source = b.create<TransposeOp>(op.getLoc(), op.getSource(), inverse);
    Value moved = b.create<SelectAndScatterOp>(
        op.getLoc(), transpose.getOperand().getType(), transpose.getOperand(),
        source, permute(op.getWindow(), inverse),
        permute(op.getStrides(), inverse), permute(op.getDilations(), inverse),
        permute(op.getLow(), inverse), permute(op.getHigh(), inverse));
    b.replaceOpWithNewOp<TransposeOp>(op, moved, order);
    return success();
  }
};

/// A transpose that keeps the order of all dimensions but those of size 1 moves
/// nothing.
struct TransposeOfUnits : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &b) const override {
    ArrayRef<int64_t> shape = tensorType(op.getOperand()).getShape();
    SmallVector<int64_t> moved;
    for (int64_t d : op.getPermutation())
      if (shape[d] != 1)
        moved.push_back(d);
    if (!llvm::is_sorted(moved))
      return failure();
    b.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getOperand());
    return success();
  }
};

/// Moves the other operands of an op that reads a transpose to before it.
class Lift {
public:
  Lift(Operation *op, TransposeOp transpose)
      : op(op), order(transpose.getPermutation()),
        inverse(invertPermutationVector(order)), b(op) {}

  /// Whether it can be done, with no more elements to transpose than `op` has,
  /// and helps: the result is transposed.
  bool isWorthwhile() {
    auto isTranspose = [](Operation *user) { return isa<TransposeOp>(user); };
    int64_t size = tensorType(op->getResult(0)).getNumElements();
    return llvm::any_of(op->getUsers(), isTranspose) && run(/*build=*/false) &&
           moved <= size;
  }
  /// False if there is nothing to move, or something cannot be.
  bool run(bool build) {
    bool any = false;
    for (OpOperand &operand : op->getOpOperands()) {
      Value v = operand.get();
      if (before(b, v, order, shapeBefore(v), /*build=*/false))
        continue;
      Value lifted = v.getDefiningOp<TransposeOp>() ? Value() : lift(v, build);
      if (!lifted)
        return false;
      if (build)
        operand.set(b.create<TransposeOp>(op->getLoc(), lifted, order));
      any = true;
    }
    return any;
  }

private:
  SmallVector<int64_t> shapeBefore(Value v) {
    return permute(tensorType(v).getShape(), inverse);
  }

  /// `v` in the layout before the transpose.
  Value lift(Value v, bool build) {
    if (Value known = before(b, v, order, shapeBefore(v), build))
      return known;
    Operation *op = v.getDefiningOp();
    bool isOurs = op && op->getBlock() == this->op->getBlock() &&
                  v.hasOneUse() && op->getNumResults() == 1;
    if (isOurs && isMovable(op))
      return liftPointwise(op, build);
    if (auto pad = dyn_cast_if_present<PadOp>(op); pad && isOurs) {
      Value operand = lift(pad.getOperand(), build);
      return operand && build ? reordered(b, pad, operand, inverse) : operand;
    }
    auto window = dyn_cast_if_present<ReduceWindowOp>(op);
    if (window && isOurs && keepsTapOrder(window.getWindow(), order)) {
      Value operand = lift(window.getOperand(), build);
      return operand && build ? reordered(b, window, operand, inverse)
                              : operand;
    }
    // Here it is transposed.
    moved += tensorType(v).getNumElements();
    if (!build)
      return v;
    auto placed = b.create<TransposeOp>(v.getLoc(), v, inverse);
    placed->setAttr(placedAttr, b.getUnitAttr());
    return placed;
  }

  Value liftPointwise(Operation *op, bool build) {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands()) {
      operands.push_back(lift(operand, build));
      if (!operands.back())
        return {};
    }
    if (!build)
      return op->getResult(0);
    return moveTo(b, op, operands, shapeBefore(op->getResult(0)));
  }

  Operation *op;
  SmallVector<int64_t> order, inverse;
  OpBuilder b;
  int64_t moved = 0;
};

struct SinkTransposes : dlc::impl::SinkTransposesBase<SinkTransposes> {
  void runOnOperation() override {
    RewritePatternSet sinking(&getContext()), units(&getContext());
    sinking.add<SinkThroughPointwise, SinkThroughSlice, SinkThroughPad,
                SinkThroughReduce, SinkThroughReduceWindow,
                SinkThroughSelectAndScatter>(&getContext());
    // Afterwards: nothing sinks through a reshape.
    units.add<TransposeOfUnits>(&getContext());
    FrozenRewritePatternSet sink(std::move(sinking)), finish(std::move(units));
    do {
      if (failed(applyPatternsAndFoldGreedily(getOperation(), sink)))
        return signalPassFailure();
    } while (liftOne());
    getOperation()->walk([](TransposeOp op) { op->removeAttr(placedAttr); });
    if (failed(applyPatternsAndFoldGreedily(getOperation(), finish)))
      signalPassFailure();
  }

  /// Each time one op that reads a transpose can sink it afterwards.
  bool liftOne() {
    return getOperation()
        ->walk([](Operation *op) {
          if (!isMovable(op))
            return WalkResult::advance();
          for (Value operand : op->getOperands())
            if (TransposeOp transpose = sinkable(operand)) {
              if (!Lift(op, transpose).isWorthwhile())
                break;
              Lift(op, transpose).run(/*build=*/true);
              return WalkResult::interrupt();
            }
          return WalkResult::advance();
        })
        .wasInterrupted();
  }
};
} // namespace
