// Gradients of reductions and contractions.

#include "Autodiff/Rules/Rules.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

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
  return x.make<PadOp>(x, scalar(x, value), ArrayRef<int64_t>{0, from},
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

static Term cumulativeSum(CumulativeSumOp op, Term x, bool reverse) {
  return x.make<CumulativeSumOp>(x, op.getDimension(), reverse,
                                 op.getExclusive());
}

void rules::attachReductions(MLIRContext *c) {
  vjp<ReduceOp>(c, [](ReduceOp op, Adjoint &a) {
    a.add(0,
          reduceDx(op, a.g(), a.term(op.getOperand()), a.term(op.getResult())));
  });
  // A row's tangent is the sum over the row of slope · tangent.
  jvp<ReduceOp>(c, [](ReduceOp op, Tangents &t) {
    if (op.getKind() == Reduction::add)
      return linearJvp(op, t);
    Term x = t.term(op.getOperand()), y = t.term(op.getResult());
    Term slopes = reduceDx(op, y.like(1), x, y);
    t.set(0, sum(slopes * t.t(0), op.getDimensions()));
  });
  vjp<DotGeneralOp>(c, [](DotGeneralOp op, Adjoint &a) {
    for (bool right : {false, true})
      if (a.needs(right))
        a.add(right, dotDx(op, a.g(), right));
  });
  jvp<DotGeneralOp>(c,
                    [](DotGeneralOp op, Tangents &t) { bilinearJvp(op, t); });
  linear<CumulativeSumOp>(c, [](CumulativeSumOp op, Adjoint &a) {
    a.add(0, cumulativeSum(op, a.g(), !op.getReverse()));
  });
}
