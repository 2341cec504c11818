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
// A reshape that merges the parts of a batch (dlc-normalize-convolutions),
// which then are two dimensions in a convolution's layout, sinks with the
// transpose before it.
//
// Only for values of three or more dimensions: a matrix's transpose is absorbed
// by the contraction that reads it. What is left and moves dimensions of size 1
// alone is a reshape.

#include "Fusion/Passes.h"
#include "Fusion/Pointwise.h"
#include "Fusion/TransposedView.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_SINKTRANSPOSES
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

using Dims = SmallVector<int64_t>;
using View = TransposedView;

/// A window's taps are combined in row-major order: the dimensions that it
/// spans must stay in order.
static bool keepsTapOrder(ArrayRef<int64_t> window, const View &view) {
  Dims spanned;
  for (auto [d, size] : llvm::enumerate(window))
    if (size > 1)
      spanned.push_back(d);
  return view.keepsMerged(window, 1) &&
         llvm::is_sorted(view.dimsInSource(spanned));
}

static bool pads(const View &view, ArrayRef<int64_t> low,
                 ArrayRef<int64_t> high, ArrayRef<int64_t> interior = {}) {
  return !view.keepsMerged(low, 0) || !view.keepsMerged(high, 0) ||
         (!interior.empty() && !view.keepsMerged(interior, 0));
}

/// Whether `op` can be computed on what the view shows.
static bool canMove(PadOp op, const View &view) {
  return !pads(view, op.getLow(), op.getHigh(), op.getInterior());
}
static bool canMove(ReduceWindowOp op, const View &view) {
  return keepsTapOrder(op.getWindow(), view) &&
         view.keepsMerged(op.getStrides(), 1) &&
         !pads(view, op.getLow(), op.getHigh());
}

/// `op` on `operand`, which the view shows as its own.
static Value moved(OpBuilder &b, PadOp op, Value operand, const View &view) {
  return b.create<PadOp>(
      op.getLoc(), operand, op.getValue(), view.inSource(op.getLow(), 0),
      view.inSource(op.getHigh(), 0), view.inSource(op.getInterior(), 0));
}
static Value moved(OpBuilder &b, ReduceWindowOp op, Value operand,
                   const View &view) {
  return b.create<ReduceWindowOp>(
      op.getLoc(), op.getKind(), operand, view.inSource(op.getWindow(), 1),
      view.inSource(op.getStrides(), 1), view.inSource(op.getDilations(), 1),
      view.inSource(op.getLow(), 0), view.inSource(op.getHigh(), 0));
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
    View view;
    for (Value v : op->getOperands())
      if (!view.source)
        view = View::of(v);
    if (!view.source)
      return failure();
    for (Value v : op->getOperands())
      if (!view.before(b, v, /*build=*/false))
        return failure();
    SmallVector<Value> operands;
    for (Value v : op->getOperands())
      operands.push_back(view.before(b, v, /*build=*/true));
    Value result = moveTo(b, op, operands, tensorType(view.source).getShape());
    b.replaceOp(op, view.show(b, op->getLoc(), result));
    return success();
  }
};

/// Parts of a batch are merged last.
struct SinkThroughTranspose : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op,
                                PatternRewriter &b) const override {
    View view = View::of(op.getOperand());
    if (!view.source || !view.merged || op->hasAttr(placedAttr))
      return failure();
    View both{view.source, view.dimsInSource(op.getPermutation()), std::nullopt,
              view.inner};
    both.merged = llvm::find(op.getPermutation(), int64_t(*view.merged)) -
                  op.getPermutation().begin();
    b.replaceOp(op, both.show(b, op.getLoc(), view.source));
    return success();
  }
};

struct SinkThroughSlice : OpRewritePattern<SliceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SliceOp op, PatternRewriter &b) const override {
    View view = View::of(op.getOperand());
    ArrayRef<int64_t> shape = tensorType(op.getOperand()).getShape();
    if (!view.source || !view.keepsMerged(op.getStart(), 0) ||
        !view.keepsMerged(op.getStrides(), 1) ||
        (view.merged && op.getLimit()[*view.merged] != shape[*view.merged]))
      return failure();
    Value slice = b.create<SliceOp>(
        op.getLoc(), view.source, view.inSource(op.getStart(), 0),
        view.shapeInSource(op.getLimit()), view.inSource(op.getStrides(), 1));
    b.replaceOp(op, view.show(b, op.getLoc(), slice));
    return success();
  }
};

/// Pads and moving windows.
template <typename Op> struct SinkThroughWindow : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &b) const override {
    View view = View::of(op.getOperand());
    if (!view.source || !canMove(op, view))
      return failure();
    Value result = moved(b, op, view.source, view);
    b.replaceOp(op, view.show(b, op.getLoc(), result));
    return success();
  }
};

/// What is left after a reduction may be transposed too.
struct SinkThroughReduce : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &b) const override {
    View view = View::of(op.getOperand());
    if (!view.source)
      return failure();
    Dims dims = view.dimsInSource(op.getDimensions());
    llvm::sort(dims);
    Value reduced =
        b.create<ReduceOp>(op.getLoc(), op.getKind(), view.source, dims);
    // The place of each remaining dimension among those before the transpose.
    View rest;
    for (auto [d, from] : llvm::enumerate(view.order)) {
      if (llvm::is_contained(dims, from))
        continue;
      if (view.merged == d)
        rest.merged = rest.order.size();
      rest.order.push_back(
          from -
          llvm::count_if(dims, [from = from](int64_t d) { return d < from; }));
    }
    b.replaceOp(op, rest.show(b, op.getLoc(), reduced));
    return success();
  }
};

/// The source, which is the smaller one, follows the operand.
struct SinkThroughSelectAndScatter : OpRewritePattern<SelectAndScatterOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SelectAndScatterOp op,
                                PatternRewriter &b) const override {
    View view = View::of(op.getOperand());
    if (!view.source || !keepsTapOrder(op.getWindow(), view) ||
        !view.keepsMerged(op.getStrides(), 1) ||
        pads(view, op.getLow(), op.getHigh()))
      return failure();
    Value source = view.hide(b, op.getLoc(), op.getSource());
    Value result = b.create<SelectAndScatterOp>(
        op.getLoc(), view.source.getType(), view.source, source,
        view.inSource(op.getWindow(), 1), view.inSource(op.getStrides(), 1),
        view.inSource(op.getDilations(), 1), view.inSource(op.getLow(), 0),
        view.inSource(op.getHigh(), 0));
    b.replaceOp(op, view.show(b, op.getLoc(), result));
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
    Dims moved;
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
  Lift(Operation *op, const View &view) : op(op), view(view), b(op) {}

  /// Whether it can be done, with no more elements to transpose than `op` has,
  /// and helps: the result is transposed.
  bool isWorthwhile() {
    int64_t size = tensorType(op->getResult(0)).getNumElements();
    auto isTranspose = [&](Operation *user) {
      // Between them the batch is split.
      if (view.merged && isa<ReshapeOp>(user) && user->hasOneUse())
        user = *user->user_begin();
      return isa<TransposeOp>(user);
    };
    return llvm::any_of(op->getUsers(), isTranspose) && run(/*build=*/false) &&
           moved <= size;
  }
  /// False if there is nothing to move, or something cannot be.
  bool run(bool build) {
    bool any = false;
    for (OpOperand &operand : op->getOpOperands()) {
      Value v = operand.get();
      if (view.before(b, v, /*build=*/false))
        continue;
      bool isOther = v.getDefiningOp<TransposeOp>() || View::of(v).source;
      Value lifted = isOther ? Value() : lift(v, build);
      if (!lifted)
        return false;
      if (build)
        operand.set(view.show(b, op->getLoc(), lifted));
      any = true;
    }
    return any;
  }

private:
  /// `v` in the layout before the transpose.
  Value lift(Value v, bool build) {
    if (Value known = view.before(b, v, build))
      return known;
    Operation *op = v.getDefiningOp();
    bool isOurs = op && op->getBlock() == this->op->getBlock() &&
                  v.hasOneUse() && op->getNumResults() == 1;
    if (isOurs && isMovable(op))
      return liftPointwise(op, build);
    if (auto pad = dyn_cast_if_present<PadOp>(op))
      if (isOurs && canMove(pad, view))
        return liftWindow(pad, build);
    if (auto window = dyn_cast_if_present<ReduceWindowOp>(op))
      if (isOurs && canMove(window, view))
        return liftWindow(window, build);
    // Here it is transposed.
    this->moved += tensorType(v).getNumElements();
    if (!build)
      return v;
    TransposeOp placed = view.hide(b, v.getLoc(), v);
    placed->setAttr(placedAttr, b.getUnitAttr());
    return placed;
  }

  template <typename Op> Value liftWindow(Op op, bool build) {
    Value operand = lift(op.getOperand(), build);
    return operand && build ? ::moved(b, op, operand, view) : operand;
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
    return moveTo(b, op, operands,
                  view.shapeInSource(tensorType(op->getResult(0)).getShape()));
  }

  Operation *op;
  const View &view;
  OpBuilder b;
  int64_t moved = 0;
};

struct SinkTransposes : dlc::impl::SinkTransposesBase<SinkTransposes> {
  void runOnOperation() override {
    RewritePatternSet sinking(&getContext()), units(&getContext());
    sinking.add<SinkThroughPointwise, SinkThroughTranspose, SinkThroughSlice,
                SinkThroughWindow<PadOp>, SinkThroughWindow<ReduceWindowOp>,
                SinkThroughReduce, SinkThroughSelectAndScatter>(&getContext());
    // Afterwards: nothing sinks through a reshape.
    units.add<TransposeOfUnits>(&getContext());
    FrozenRewritePatternSet sink(std::move(sinking)), finish(std::move(units));
    do {
      if (failed(applyPatternsAndFoldGreedily(getOperation(), sink)))
        return signalPassFailure();
    } while (liftOne());
    getOperation()->walk([](Operation *op) {
      op->removeAttr(placedAttr);
      op->removeAttr(mergesPartsAttr);
    });
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
            if (View view = View::of(operand); view.source) {
              if (!Lift(op, view).isWorthwhile())
                break;
              Lift(op, view).run(/*build=*/true);
              return WalkResult::interrupt();
            }
          return WalkResult::advance();
        })
        .wasInterrupted();
  }
};
} // namespace
