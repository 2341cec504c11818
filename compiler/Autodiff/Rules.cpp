// The gradient of every op. Two tables: the ops with a rule, a few lines each,
// and the ops that have none because no gradient passes through them. A test
// walks the registered ops and fails on one that stands in neither.

#include "Autodiff/Gradients.h"
#include "Autodiff/ReverseSweep.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

//===-- Helpers ----------------------------------------------------------===//

namespace {
template <typename Op, typename Rule>
struct Model : VjpInterface::ExternalModel<Model<Op, Rule>, Op> {
  LogicalResult vjp(Operation *op, Adjoint &a) const {
    return Rule{}(cast<Op>(op), a);
  }
};
} // namespace

/// A rule that may fail.
template <typename Op, typename Rule>
static void fallible(MLIRContext *context, Rule) {
  Op::template attachInterface<Model<Op, Rule>>(*context);
}

template <typename Op, typename Rule>
static void rule(MLIRContext *context, Rule) {
  fallible<Op>(context, [](Op op, Adjoint &a) {
    Rule{}(op, a);
    return success();
  });
}

/// y = f(x): dx from (g, x, y).
template <typename Op, typename Dx>
static void unary(MLIRContext *context, Dx) {
  rule<Op>(context, [](Op op, Adjoint &a) {
    a.add(0, Dx{}(a.g(), a.term(op.getOperand()), a.term(op.getResult())));
  });
}

/// z = f(x, y): dx and dy from (g, x, y, z), each only where it is needed.
template <typename Op, typename Dx, typename Dy>
static void binary(MLIRContext *context, Dx, Dy) {
  rule<Op>(context, [](Op op, Adjoint &a) {
    Term x = a.term(op.getLhs()), y = a.term(op.getRhs()),
         z = a.term(op.getResult());
    if (a.needs(0))
      a.add(0, Dx{}(a.g(), x, y, z));
    if (a.needs(1))
      a.add(1, Dy{}(a.g(), x, y, z));
  });
}

/// g where x wins over y, half of it where they tie.
static Term share(Term g, Term wins, Term ties) {
  return select(wins, g, select(ties, g * 0.5, g.like(0)));
}

/// A scalar of the term's element type.
static Term zero(Term x) {
  return x.make<ConstantOp>(
      DenseElementsAttr::get(x.type().clone(ArrayRef<int64_t>{}),
                             FloatAttr::get(x.type().getElementType(), 0.0)));
}

//===-- Index maps -------------------------------------------------------===//

/// Sums over what was repeated.
static Term broadcastDx(BroadcastInDimOp op, Term g) {
  ArrayRef<int64_t> operand = tensorType(op.getOperand()).getShape();
  SmallVector<int64_t> repeated;
  for (int64_t d = 0; d < g.rank(); ++d) {
    auto *from = llvm::find(op.getDimensions(), d);
    if (from == op.getDimensions().end() ||
        operand[from - op.getDimensions().begin()] != g.shape()[d])
      repeated.push_back(d);
  }
  return reshape(sum(g, repeated), operand);
}

static Term transposeDx(TransposeOp op, Term g) {
  return transpose(g, invertPermutationVector(op.getPermutation()));
}

static Term sliceDx(SliceOp op, Term g) {
  SmallVector<int64_t> high, interior;
  for (auto [size, start, stride, n] :
       llvm::zip(tensorType(op.getOperand()).getShape(), op.getStart(),
                 op.getStrides(), g.shape())) {
    high.push_back(size - start - (n == 0 ? 0 : (n - 1) * stride + 1));
    interior.push_back(stride - 1);
  }
  return g.make<PadOp>(g, zero(g), op.getStart(), high, interior);
}

static void padVjp(PadOp op, Adjoint &a) {
  Term g = a.g();
  Term x = a.term(op.getOperand());
  if (a.needs(0)) {
    SmallVector<int64_t> limit, stride;
    for (auto [low, gap, n] :
         llvm::zip(op.getLow(), op.getInterior(), x.shape())) {
      limit.push_back(low + (n == 0 ? 0 : (n - 1) * (gap + 1) + 1));
      stride.push_back(gap + 1);
    }
    a.add(0, g.make<SliceOp>(g, op.getLow(), limit, stride));
  }
  if (a.needs(1)) {
    // The elements that the padding filled are those where ones pad zeros.
    Term filled = x.make<PadOp>(x.like(0), zero(x) + 1.0, op.getLow(),
                                op.getHigh(), op.getInterior());
    Term own = select(filled == filled.like(1), g, g.like(0));
    a.add(1, sum(own, llvm::to_vector(llvm::seq(g.rank()))));
  }
}

//===-- Reductions and contractions --------------------------------------===//

/// The extremum's gradient goes to where it stands; ties share evenly.
static Term extremumDx(ReduceOp op, Term g, Term x, Term y) {
  ArrayRef<int64_t> dims = op.getDimensions();
  Term hit = x == spread(y, x.shape(), dims);
  Term count = sum(convert(hit, x.type().getElementType()), dims);
  return select(hit, spread(g / count, x.shape(), dims), x.like(0));
}

/// Columns [from, to) of a matrix.
static Term columns(Term x, int64_t from, int64_t to) {
  return x.make<SliceOp>(x, ArrayRef<int64_t>{0, from},
                         ArrayRef<int64_t>{x.shape()[0], to},
                         ArrayRef<int64_t>{1, 1});
}

/// A matrix of `width` columns that holds x from column `from` on.
static Term widen(Term x, double value, int64_t from, int64_t width) {
  return x.make<PadOp>(x, zero(x) + value, ArrayRef<int64_t>{0, from},
                       ArrayRef<int64_t>{0, width - from - x.shape()[1]},
                       ArrayRef<int64_t>{0, 0});
}

/// The product of all elements but one, which may hold zeros, so that dividing
/// is no way to get it: elements are multiplied in a tree of pairs, and each
/// half of a pair gets the pair's gradient times the other half.
static Term productDx(ReduceOp op, Term g, Term x) {
  SmallVector<int64_t> order;
  for (int64_t d = 0; d < x.rank(); ++d)
    if (!llvm::is_contained(op.getDimensions(), d))
      order.push_back(d);
  llvm::append_range(order, op.getDimensions());
  Term moved = transpose(x, order);
  int64_t rows = g.type().getNumElements();
  if (x.type().getNumElements() == 0)
    return x.like(0);

  Term product = reshape(moved, {rows, x.type().getNumElements() / rows});
  SmallVector<std::pair<Term, Term>> pairs;
  SmallVector<int64_t> widths;
  while (product.shape()[1] > 1) {
    int64_t width = product.shape()[1], half = (width + 1) / 2;
    Term low = columns(product, 0, half);
    Term high = widen(columns(product, half, width), 1.0, 0, half);
    pairs.emplace_back(low, high);
    widths.push_back(width);
    product = low * high;
  }
  Term d = reshape(g, {rows, 1});
  for (auto [pair, width] : llvm::reverse(llvm::zip_equal(pairs, widths))) {
    int64_t half = pair.first.shape()[1];
    Term dLow = d * pair.second, dHigh = d * pair.first;
    d = widen(dLow, 0.0, 0, width) +
        widen(columns(dHigh, 0, width - half), 0.0, half, width);
  }
  return transpose(reshape(d, moved.shape()), invertPermutationVector(order));
}

static Term reduceDx(ReduceOp op, Term g, Term x, Term y) {
  switch (op.getKind()) {
  case Reduction::add:
    return spread(g, x.shape(), op.getDimensions());
  case Reduction::mul:
    return productDx(op, g, x);
  default:
    return extremumDx(op, g, x, y);
  }
}

/// The gradient of an operand of a contraction is the contraction of g with the
/// other operand over the other's free dimensions. Its dimensions come out as
/// [batch, free, contracted] with g first and [batch, contracted, free] with g
/// second; whichever is the operand's own order needs no transpose, as for
/// x[M,K]·W[K,N]: dx = g·W over N, dW = x·g over M.
static Term dotDx(DotGeneralOp op, Term g, bool right) {
  Value own = right ? op.getRhs() : op.getLhs();
  Value other = right ? op.getLhs() : op.getRhs();
  auto ownBatch = right ? op.getRhsBatch() : op.getLhsBatch();
  auto ownContract = right ? op.getRhsContract() : op.getLhsContract();
  auto otherBatch = right ? op.getLhsBatch() : op.getRhsBatch();
  auto otherContract = right ? op.getLhsContract() : op.getRhsContract();

  auto freeDims = [](Value v, ArrayRef<int64_t> batch,
                     ArrayRef<int64_t> contract) {
    SmallVector<int64_t> dims;
    for (int64_t d = 0; d < tensorType(v).getRank(); ++d)
      if (!llvm::is_contained(batch, d) && !llvm::is_contained(contract, d))
        dims.push_back(d);
    return dims;
  };
  auto ownFree = freeDims(own, ownBatch, ownContract);
  auto otherFree = freeDims(other, otherBatch, otherContract);
  int64_t batches = ownBatch.size();
  int64_t first = batches + (right ? 0 : ownFree.size());
  auto batchOfG = llvm::to_vector(llvm::seq<int64_t>(0, batches));
  auto contractOfG =
      llvm::to_vector(llvm::seq<int64_t>(first, first + otherFree.size()));

  // Which of own's dimensions the other's contracted ones are, in the order in
  // which they stay behind.
  SmallVector<std::pair<int64_t, int64_t>> pairs;
  for (auto [others, owns] : llvm::zip_equal(otherContract, ownContract))
    pairs.emplace_back(others, owns);
  llvm::sort(pairs);
  auto contracted = llvm::make_second_range(pairs);

  auto concat = [](auto... parts) {
    SmallVector<int64_t> all;
    (llvm::append_range(all, parts), ...);
    return all;
  };
  auto gSecond = concat(ownBatch, contracted, ownFree);
  if (llvm::is_sorted(gSecond))
    return g.make<DotGeneralOp>(other, g, otherBatch, batchOfG, otherFree,
                                contractOfG);
  auto gFirst = concat(ownBatch, ownFree, contracted);
  Term d = g.make<DotGeneralOp>(g, other, batchOfG, otherBatch, contractOfG,
                                otherFree);
  return transpose(d, invertPermutationVector(gFirst));
}

//===-- The softmax family -----------------------------------------------===//

static Term softmaxDx(SoftmaxOp op, Term g, Term y) {
  int64_t dim = op.getDimension();
  return y * (g - spread(sum(g * y, dim), y.shape(), dim));
}

static Term logSoftmaxDx(LogSoftmaxOp op, Term g, Term y) {
  int64_t dim = op.getDimension();
  return g - exp(y) * spread(sum(g, dim), y.shape(), dim);
}

static Term softmaxCrossEntropyDx(SoftmaxCrossEntropyOp op, Term g,
                                  Term logits) {
  int64_t dim = logits.rank() - 1;
  Term p = g.make<SoftmaxOp>(logits, dim);
  // The check that the forward has too, so that CSE shares what hangs on it.
  Term labels = g.make<CheckIndexOp>(op.getLabels(), logits.shape()[dim],
                                     op->getName().stripDialect());
  Term target = g.make<OneHotOp>(logits.type(), labels);
  return (p - target) * spread(g, logits.shape(), dim);
}

//===-- Table: ops with a rule -------------------------------------------===//

static void attachRules(MLIRContext *c, DlcDialect *) {
  // Elementwise.
  unary<NegateOp>(c, [](Term g, Term x, Term y) { return -g; });
  unary<AbsOp>(c, [](Term g, Term x, Term y) {
    return select(x > x.like(0), g, select(x < x.like(0), -g, g.like(0)));
  });
  unary<ExponentialOp>(c, [](Term g, Term x, Term y) { return g * y; });
  unary<LogOp>(c, [](Term g, Term x, Term y) { return g / x; });
  unary<SqrtOp>(c, [](Term g, Term x, Term y) { return g * 0.5 / y; });
  unary<TanhOp>(c, [](Term g, Term x, Term y) { return g * (1.0 - y * y); });
  unary<LogisticOp>(c,
                    [](Term g, Term x, Term y) { return g * (y * (1.0 - y)); });
  unary<ReluOp>(c, [](Term g, Term x, Term y) {
    return select(y > y.like(0), g, g.like(0));
  });
  unary<ConvertOp>(c, [](Term g, Term x, Term y) {
    return convert(g, x.type().getElementType());
  });
  unary<VariableOp>(c, [](Term g, Term x, Term y) { return g; });

  binary<AddOp>(
      c, [](Term g, Term x, Term y, Term z) { return g; },
      [](Term g, Term x, Term y, Term z) { return g; });
  binary<SubtractOp>(
      c, [](Term g, Term x, Term y, Term z) { return g; },
      [](Term g, Term x, Term y, Term z) { return -g; });
  binary<MultiplyOp>(
      c, [](Term g, Term x, Term y, Term z) { return g * y; },
      [](Term g, Term x, Term y, Term z) { return g * x; });
  binary<DivideOp>(
      c, [](Term g, Term x, Term y, Term z) { return g / y; },
      [](Term g, Term x, Term y, Term z) { return -(g / y * z); });
  binary<MaximumOp>(
      c, [](Term g, Term x, Term y, Term z) { return share(g, x > y, x == y); },
      [](Term g, Term x, Term y, Term z) { return share(g, y > x, x == y); });
  binary<MinimumOp>(
      c, [](Term g, Term x, Term y, Term z) { return share(g, x < y, x == y); },
      [](Term g, Term x, Term y, Term z) { return share(g, y < x, x == y); });
  rule<SelectOp>(c, [](SelectOp op, Adjoint &a) {
    Term p = a.term(op.getPred()), g = a.g();
    if (a.needs(1))
      a.add(1, select(p, g, g.like(0)));
    if (a.needs(2))
      a.add(2, select(p, g.like(0), g));
  });

  // Index maps.
  rule<BroadcastInDimOp>(c, [](BroadcastInDimOp op, Adjoint &a) {
    a.add(0, broadcastDx(op, a.g()));
  });
  unary<ReshapeOp>(
      c, [](Term g, Term x, Term y) { return reshape(g, x.shape()); });
  rule<TransposeOp>(
      c, [](TransposeOp op, Adjoint &a) { a.add(0, transposeDx(op, a.g())); });
  rule<SliceOp>(c,
                [](SliceOp op, Adjoint &a) { a.add(0, sliceDx(op, a.g())); });
  rule<PadOp>(c, [](PadOp op, Adjoint &a) { padVjp(op, a); });

  // Reductions, contractions and what is made of them.
  rule<ReduceOp>(c, [](ReduceOp op, Adjoint &a) {
    a.add(0,
          reduceDx(op, a.g(), a.term(op.getOperand()), a.term(op.getResult())));
  });
  rule<DotGeneralOp>(c, [](DotGeneralOp op, Adjoint &a) {
    for (bool right : {false, true})
      if (a.needs(right))
        a.add(right, dotDx(op, a.g(), right));
  });
  rule<SoftmaxOp>(c, [](SoftmaxOp op, Adjoint &a) {
    a.add(0, softmaxDx(op, a.g(), a.term(op.getResult())));
  });
  rule<LogSoftmaxOp>(c, [](LogSoftmaxOp op, Adjoint &a) {
    a.add(0, logSoftmaxDx(op, a.g(), a.term(op.getResult())));
  });
  rule<SoftmaxCrossEntropyOp>(c, [](SoftmaxCrossEntropyOp op, Adjoint &a) {
    a.add(0, softmaxCrossEntropyDx(op, a.g(), a.term(op.getLogits())));
  });

  // Control flow.
  fallible<ScanOp>(c, [](ScanOp op, Adjoint &a) { return scanVjp(op, a); });
}

void dlc::registerGradientRules(DialectRegistry &registry) {
  registry.addExtension(attachRules);
}

//===-- Tables: ops without a rule ---------------------------------------===//

template <typename... Ops> static bool isOneOf(OperationName name) {
  return ((name.getTypeID() == TypeID::get<Ops>()) || ...);
}

std::optional<Gradient> dlc::gradientDeclaration(OperationName name) {
  if (name.hasInterface<VjpInterface>())
    return Gradient::rule;
  if (isOneOf<StopGradientOp>(name))
    return Gradient::zero;
  bool integersOrBooleans =
      isOneOf<NotOp, AndOp, OrOp, ShiftRightLogicalOp, CompareOp, CheckIndexOp,
              OneHotOp, ArgmaxOp>(name);
  bool sources =
      isOneOf<ConstantOp, IotaOp, RngBitGeneratorOp, UniformOp, NormalOp>(name);
  bool otherStages = isOneOf<YieldOp, GradOp, KernelOp, ProgramOp, LaunchOp,
                             CopyOp, CheckOp, LoopOp>(name);
  if (integersOrBooleans || sources || otherStages)
    return Gradient::none;
  return std::nullopt;
}
