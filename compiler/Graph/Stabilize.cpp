// dlc-stabilize: naive formulas become stable ones.
//
//   e^x / sum e^x                            softmax(x)
//   x - log sum e^x, log softmax(x)          log_softmax(x)
//   log sum e^x                              m + log sum e^(x-m)
//   log sum (one_hot · softmax(x))           the picked log_softmax(x)
//   one_hot · log_softmax(x)                 its picked elements, else 0
//   softmax(x - max x)                       softmax(x)
//   1 / (1 + e^-x), e^x / (1 + e^x)          logistic(x)
//   log logistic(x), log (1 - logistic(x))   min(±x, 0) - log (1 + e^-|x|)
//   log (1 + e^x)                            max(x, 0) + log (1 + e^-|x|)
//   (e^x - e^-x) / (e^x + e^-x)              tanh(x)
//   log e^x                                  x
//
// Sums run along a dimension whose shape may be kept with size 1: reshapes and
// broadcasts in between are looked through. `log sum e^x` comes last, because
// as a part of a larger form it belongs to that form.

#include "Graph/Passes.h"
#include "IR/Term.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_STABILIZE
#include "Graph/Passes.h.inc"
} // namespace dlc

//===-- Matching ---------------------------------------------------------===//

static bool isSplat(Value value, double wanted) {
  SplatElementsAttr splat;
  return matchPattern(value, m_Constant(&splat)) &&
         isa<FloatType>(splat.getElementType()) &&
         splat.getSplatValue<APFloat>().convertToDouble() == wanted;
}

/// The operand of an op of the given kind.
template <typename Op> static Value operandOf(Value value) {
  auto op = value ? value.getDefiningOp<Op>() : Op();
  return op ? op->getOperand(0) : Value();
}

/// The other factor (or summand) of `one`.
template <typename Op> static Value partnerOf(Op op, Value one) {
  if (op && op.getLhs() == one)
    return op.getRhs();
  return op && op.getRhs() == one ? op.getLhs() : Value();
}

/// y, where value = 1 + y.
static Value onePlus(Value value) {
  auto add = value.getDefiningOp<AddOp>();
  if (!add)
    return {};
  return isSplat(add.getLhs(), 1.0)   ? add.getRhs()
         : isSplat(add.getRhs(), 1.0) ? add.getLhs()
                                      : Value();
}

/// Looks through ops that leave the elements and their order alone.
template <typename... Ops> static Value peel(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    if (!isa<Ops...>(op))
      break;
    value = op->getOperand(0);
  }
  return value;
}

/// The reduction that makes `rows`, if `value` repeats them along exactly the
/// dimensions that the reduction has removed from a tensor of value's shape.
static ReduceOp spreadReduction(Value value, Value rows, Reduction kind) {
  auto repeat = value.getDefiningOp<BroadcastInDimOp>();
  auto reduce = rows.getDefiningOp<ReduceOp>();
  if (!repeat || !reduce || reduce.getKind() != kind ||
      tensorType(reduce.getOperand()).getShape() !=
          tensorType(value).getShape())
    return {};
  ArrayRef<int64_t> from = tensorType(repeat.getOperand()).getShape();
  for (auto [d, size] : llvm::enumerate(tensorType(value).getShape())) {
    auto *found = llvm::find(repeat.getDimensions(), d);
    bool present =
        found != repeat.getDimensions().end() &&
        (size == 1 || from[found - repeat.getDimensions().begin()] != 1);
    if (size != 1 && present == llvm::is_contained(reduce.getDimensions(), d))
      return {};
  }
  return reduce;
}

/// What a broadcast repeats, whatever shape its rows were given.
static Value rowsOf(Value value) {
  Value rows = operandOf<BroadcastInDimOp>(value);
  return rows ? peel<ReshapeOp>(rows) : Value();
}

/// x and the dimensions, where value = x - max x, the maximum finite or not.
struct Shifted {
  Value x;
  ArrayRef<int64_t> dims;
};
static std::optional<Shifted> shiftedByMaximum(Value value) {
  auto subtract = value.getDefiningOp<SubtractOp>();
  if (!subtract)
    return std::nullopt;
  Value repeated = peel<StopGradientOp>(subtract.getRhs());
  Value rows = operandOf<BroadcastInDimOp>(repeated);
  if (!rows)
    return std::nullopt;
  rows = peel<ReshapeOp, StopGradientOp>(rows);
  if (auto guard = rows.getDefiningOp<SelectOp>())
    rows = peel<ReshapeOp, StopGradientOp>(guard.getOnTrue());
  ReduceOp reduce = spreadReduction(repeated, rows, Reduction::max);
  if (!reduce || reduce.getOperand() != subtract.getLhs())
    return std::nullopt;
  return Shifted{subtract.getLhs(), reduce.getDimensions()};
}

/// Whether `sum` adds the elements of `powers` along neighbouring dimensions.
static bool sumsNeighbours(ReduceOp sum, Value powers) {
  if (!sum || sum.getOperand() != powers || sum.getDimensions().empty())
    return false;
  ArrayRef<int64_t> dims = sum.getDimensions();
  return llvm::equal(dims, llvm::seq(dims.front(), dims.back() + 1));
}

//===-- Formulas ---------------------------------------------------------===//

/// log(1 + e^-|x|), at most log 2.
static Term logOnePlusExpMinusAbs(Term x) { return log(1.0 + exp(-abs(x))); }

static Term logSigmoid(Term x) {
  return min(x, 0.0) - logOnePlusExpMinusAbs(x);
}

static Term softplus(Term x) { return max(x, 0.0) + logOnePlusExpMinusAbs(x); }

/// m + log sum e^(x-m). An infinite m would make x - m a NaN; 0 takes its
/// place. The sum does not depend on m, so no gradient has to pass through it.
static Term logSumExp(Term x, ArrayRef<int64_t> dims, bool differentiated) {
  Term m = reduce(Reduction::max, x, dims);
  if (differentiated)
    m = m.make<StopGradientOp>(m);
  m = select(abs(m) < m.like(INFINITY), m, m.like(0));
  return m + log(sum(exp(x - spread(m, x.shape(), dims)), dims));
}

//===-- Forms ------------------------------------------------------------===//

/// Replaces an op by what `write` makes of x, in the op's shape.
template <typename Write>
static LogicalResult rewriteAs(PatternRewriter &rewriter, Operation *op,
                               Value x, Write write) {
  TermBuilder b(op->getLoc(), rewriter);
  Value result =
      reshape(write(Term(b, x)), tensorType(op->getResult(0)).getShape());
  rewriter.replaceOp(op, result);
  return success();
}

/// Op along neighbouring dimensions, which become one.
template <typename Op>
static LogicalResult replaceAlong(PatternRewriter &rewriter, Operation *op,
                                  Value x, ArrayRef<int64_t> dims) {
  return rewriteAs(rewriter, op, x, [&](Term x) {
    SmallVector<int64_t> shape(x.shape());
    for (int64_t d : dims.drop_front())
      shape[dims.front()] *= shape[d];
    shape.erase(shape.begin() + dims.front() + 1,
                shape.begin() + dims.back() + 1);
    Term flat = reshape(x, shape);
    return flat.make<Op>(flat, dims.front());
  });
}

static LogicalResult softmaxByHand(DivideOp op, PatternRewriter &rewriter) {
  Value x = operandOf<ExponentialOp>(op.getLhs());
  Value rows = rowsOf(op.getRhs());
  ReduceOp sum = x && rows ? spreadReduction(op.getRhs(), rows, Reduction::add)
                           : ReduceOp();
  if (!sumsNeighbours(sum, op.getLhs()))
    return rewriter.notifyMatchFailure(op, "not e^x / sum e^x");
  return replaceAlong<SoftmaxOp>(rewriter, op, x, sum.getDimensions());
}

static LogicalResult logSoftmaxByHand(SubtractOp op,
                                      PatternRewriter &rewriter) {
  Value rows = rowsOf(op.getRhs());
  Value total = rows ? operandOf<LogOp>(rows) : Value();
  ReduceOp sum = total ? spreadReduction(op.getRhs(), peel<ReshapeOp>(total),
                                         Reduction::add)
                       : ReduceOp();
  if (!sum || operandOf<ExponentialOp>(sum.getOperand()) != op.getLhs() ||
      !sumsNeighbours(sum, sum.getOperand()))
    return rewriter.notifyMatchFailure(op, "not x - log sum e^x");
  return replaceAlong<LogSoftmaxOp>(rewriter, op, op.getLhs(),
                                    sum.getDimensions());
}

/// The softmax of x - max x, which a careful textbook writes, takes m itself.
template <typename Op>
static LogicalResult dropShift(Op op, PatternRewriter &rewriter) {
  auto shifted = shiftedByMaximum(op.getOperand());
  if (!shifted || shifted->dims != ArrayRef<int64_t>(op.getDimension()))
    return rewriter.notifyMatchFailure(op, "operand is not x - max x");
  rewriter.modifyOpInPlace(op,
                           [&] { op.getOperandMutable().assign(shifted->x); });
  return success();
}

static LogicalResult logisticByHand(DivideOp op, PatternRewriter &rewriter) {
  Value power = onePlus(op.getRhs());
  Value x = operandOf<ExponentialOp>(power);
  if (x && power == op.getLhs()) {
    rewriter.replaceOpWithNewOp<LogisticOp>(op, x);
    return success();
  }
  if (!x || !isSplat(op.getLhs(), 1.0))
    return rewriter.notifyMatchFailure(op, "not 1 / (1 + e^x)");
  Value negated = operandOf<NegateOp>(x);
  if (!negated)
    negated = rewriter.create<NegateOp>(op.getLoc(), x);
  rewriter.replaceOpWithNewOp<LogisticOp>(op, negated);
  return success();
}

static LogicalResult tanhByHand(DivideOp op, PatternRewriter &rewriter) {
  auto difference = op.getLhs().getDefiningOp<SubtractOp>();
  auto sum = op.getRhs().getDefiningOp<AddOp>();
  if (!difference || partnerOf(sum, difference.getLhs()) != difference.getRhs())
    return rewriter.notifyMatchFailure(op, "not (a - b) / (a + b)");
  Value x = operandOf<ExponentialOp>(difference.getLhs());
  Value y = operandOf<ExponentialOp>(difference.getRhs());
  if (!x || !y || (operandOf<NegateOp>(y) != x && operandOf<NegateOp>(x) != y))
    return rewriter.notifyMatchFailure(op, "not powers of x and -x");
  rewriter.replaceOpWithNewOp<TanhOp>(op, x);
  return success();
}

static LogicalResult stableLog(LogOp op, PatternRewriter &rewriter) {
  Value operand = op.getOperand();
  if (auto softmax = operand.getDefiningOp<SoftmaxOp>()) {
    rewriter.replaceOpWithNewOp<LogSoftmaxOp>(op, softmax.getOperand(),
                                              softmax.getDimension());
    return success();
  }
  if (Value x = operandOf<LogisticOp>(operand))
    return rewriteAs(rewriter, op, x, logSigmoid);
  if (auto rest = operand.getDefiningOp<SubtractOp>();
      rest && isSplat(rest.getLhs(), 1.0))
    if (Value x = operandOf<LogisticOp>(rest.getRhs()))
      return rewriteAs(rewriter, op, x, [](Term x) { return logSigmoid(-x); });
  if (Value x = operandOf<ExponentialOp>(operand)) {
    rewriter.replaceOp(op, x);
    return success();
  }
  Value x = operandOf<ExponentialOp>(onePlus(operand));
  if (x && !operandOf<AbsOp>(operandOf<NegateOp>(x)))
    return rewriteAs(rewriter, op, x, softplus);
  return rewriter.notifyMatchFailure(op, "no known naive form");
}

/// The logarithm of moved probabilities is the moved logarithm.
static LogicalResult logBeforeIndexMap(LogOp op, PatternRewriter &rewriter) {
  Operation *moves = op.getOperand().getDefiningOp();
  Value source =
      peel<ReshapeOp, TransposeOp, SliceOp, BroadcastInDimOp>(op.getOperand());
  if (source == op.getOperand() ||
      !isa_and_nonnull<SoftmaxOp, LogisticOp>(source.getDefiningOp()))
    return rewriter.notifyMatchFailure(op, "operand is no moved probability");
  IRMapping map;
  Value from = moves->getOperand(0);
  map.map(from, Value(rewriter.create<LogOp>(op.getLoc(), from)));
  rewriter.replaceOp(op, rewriter.clone(*moves, map));
  return success();
}

/// The dimension along which `value` counts 0, 1, 2 …, or -1.
static int64_t countsAlong(Value value) {
  auto repeat = value.getDefiningOp<BroadcastInDimOp>();
  auto iota = (repeat ? repeat.getOperand() : value).getDefiningOp<IotaOp>();
  if (!iota)
    return -1;
  // A single count that is repeated counts nothing.
  if (tensorType(iota).getDimSize(iota.getDimension()) == 1)
    return -1;
  return repeat ? repeat.getDimensions()[iota.getDimension()]
                : iota.getDimension();
}

/// Whether elements of `value` along the dimension are all equal.
static bool isConstantAlong(Value value, int64_t dim) {
  auto repeat = value.getDefiningOp<BroadcastInDimOp>();
  if (!repeat)
    return false;
  ArrayRef<int64_t> from = tensorType(repeat.getOperand()).getShape();
  auto *found = llvm::find(repeat.getDimensions(), dim);
  return found == repeat.getDimensions().end() ||
         from[found - repeat.getDimensions().begin()] == 1;
}

namespace {
/// A tensor that is `factor` where `mask` says so and 0 elsewhere. The mask is
/// of truth values, or of ones and zeros.
struct Picked {
  Value mask, factor;

  explicit operator bool() const { return mask && factor; }

  /// The mask as truth values.
  Term hit(TermBuilder &b) const {
    Term t(b, mask);
    return t.type().getElementType().isInteger(1) ? t : t != t.like(0);
  }

  /// Whether at most one element along the dimension is picked.
  bool isSingleAlong(int64_t dim) const {
    if (mask.getDefiningOp<OneHotOp>())
      return dim == tensorType(mask).getRank() - 1;
    auto compare = mask.getDefiningOp<CompareOp>();
    if (!compare || compare.getDirection() != Direction::EQ)
      return false;
    Value x = compare.getLhs(), y = compare.getRhs();
    return (countsAlong(x) == dim && isConstantAlong(y, dim)) ||
           (countsAlong(y) == dim && isConstantAlong(x, dim));
  }
};
} // namespace

/// The mask that the ones and zeros of a tensor stand for, or null.
static Value maskOf(Value value) {
  if (value.getDefiningOp<OneHotOp>())
    return value;
  Value truth = operandOf<ConvertOp>(value);
  return truth && tensorType(truth).getElementType().isInteger(1) ? truth
                                                                  : Value();
}

/// mask · factor, in either order, or select(mask, factor, 0).
static Picked pickedBy(Value value) {
  if (auto choice = value.getDefiningOp<SelectOp>())
    return isSplat(choice.getOnFalse(), 0.0)
               ? Picked{choice.getPred(), choice.getOnTrue()}
               : Picked{};
  auto product = value.getDefiningOp<MultiplyOp>();
  if (!product)
    return {};
  if (Value mask = maskOf(product.getLhs()))
    return {mask, product.getRhs()};
  return {maskOf(product.getRhs()), product.getLhs()};
}

/// A row whose index is out of range picks nothing: the logarithm of 0.
static LogicalResult logOfPicked(LogOp op, PatternRewriter &rewriter) {
  auto sum = peel<ReshapeOp>(op.getOperand()).getDefiningOp<ReduceOp>();
  if (!sum || sum.getKind() != Reduction::add ||
      sum.getDimensions().size() != 1)
    return rewriter.notifyMatchFailure(op, "operand is no sum");
  ArrayRef<int64_t> dims = sum.getDimensions();
  Picked picked = pickedBy(sum.getOperand());
  auto softmax =
      picked ? picked.factor.getDefiningOp<SoftmaxOp>() : SoftmaxOp();
  if (!softmax || !picked.isSingleAlong(dims.front()))
    return rewriter.notifyMatchFailure(op, "not a sum of one_hot · softmax");
  int64_t dim = softmax.getDimension();
  return rewriteAs(rewriter, op, softmax.getOperand(), [&](Term x) {
    Term hit = picked.hit(x.builder()), y = x.make<LogSoftmaxOp>(x, dim);
    Term loss = dlc::sum(select(hit, y, y.like(0)), dims);
    return select(reduce(Reduction::any, hit, dims), loss,
                  loss.like(-INFINITY));
  });
}

/// 0 · -inf is no loss.
static LogicalResult pickLogSoftmax(MultiplyOp op, PatternRewriter &rewriter) {
  Picked picked = pickedBy(op);
  if (!picked || !picked.factor.getDefiningOp<LogSoftmaxOp>())
    return rewriter.notifyMatchFailure(op, "not one_hot · log_softmax");
  return rewriteAs(rewriter, op, picked.factor, [&](Term y) {
    return select(picked.hit(y.builder()), y, y.like(0));
  });
}

namespace {
struct LogSumExpByHand : OpRewritePattern<LogOp> {
  LogSumExpByHand(MLIRContext *context, bool differentiated)
      : OpRewritePattern(context), differentiated(differentiated) {}

  LogicalResult matchAndRewrite(LogOp op,
                                PatternRewriter &rewriter) const override {
    auto sum = peel<ReshapeOp>(op.getOperand()).getDefiningOp<ReduceOp>();
    if (!sum || sum.getKind() != Reduction::add)
      return rewriter.notifyMatchFailure(op, "operand is no sum");
    Value x = operandOf<ExponentialOp>(sum.getOperand());
    if (!x || shiftedByMaximum(x))
      return rewriter.notifyMatchFailure(op, "no log sum e^x, or a stable one");
    return rewriteAs(rewriter, op, x, [&](Term x) {
      return logSumExp(x, sum.getDimensions(), differentiated);
    });
  }

  /// Whether requests for gradients are still there.
  bool differentiated;
};
} // namespace

//===-- The pass ---------------------------------------------------------===//

namespace {
struct Stabilize : dlc::impl::StabilizeBase<Stabilize> {
  void runOnOperation() override {
    // Patterns fire along chains of any length.
    GreedyRewriteConfig config;
    config.maxIterations = GreedyRewriteConfig::kNoLimit;
    RewritePatternSet forms(&getContext());
    forms.add(softmaxByHand);
    forms.add(logSoftmaxByHand);
    forms.add(dropShift<SoftmaxOp>);
    forms.add(dropShift<LogSoftmaxOp>);
    forms.add(logisticByHand);
    forms.add(tanhByHand);
    forms.add(stableLog);
    forms.add(logBeforeIndexMap);
    forms.add(logOfPicked);
    forms.add(pickLogSoftmax);
    RewritePatternSet last(&getContext());
    bool differentiated = getOperation()
                              ->walk([](Operation *op) {
                                return isa<GradOp, JvpOp>(op)
                                           ? WalkResult::interrupt()
                                           : WalkResult::advance();
                              })
                              .wasInterrupted();
    last.add<LogSumExpByHand>(&getContext(), differentiated);
    if (failed(applyPatternsAndFoldGreedily(getOperation(), std::move(forms),
                                            config)) ||
        failed(applyPatternsAndFoldGreedily(getOperation(), std::move(last),
                                            config)))
      signalPassFailure();
  }
};
} // namespace
