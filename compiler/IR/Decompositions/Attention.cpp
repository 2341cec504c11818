#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

namespace {
/// The softmax of rows in which an element may be hidden. A row that sees
/// nothing has powers and total 0, and the log-sum-exp -inf.
struct HiddenRows {
  explicit HiddenRows(Term scores) : HiddenRows(scores, scores.rank() - 1) {}

  Term logSum() const { return log(total) + shift; }
  /// x / total for values that stand in the rows, 0 where a row sees nothing.
  Term overTotal(Term x) const {
    Term none = total == total.like(0);
    Term divisor = select(none, total.like(1), total);
    return x / spread(divisor, x.shape(), x.rank() - 1);
  }

  Term shift, powers, total;

private:
  HiddenRows(Term scores, int64_t last)
      : shift(finiteLargest(scores, last)),
        powers(exp(scores - spread(shift, scores.shape(), last))),
        total(sum(powers, last)) {}

  static Term finiteLargest(Term scores, int64_t last) {
    Term largest = reduce(Reduction::max, scores, last);
    Term finite = isFinite(largest);
    return select(finite, largest, largest.like(0));
  }
};
} // namespace

static Term hidden(Term scores, Term visible) {
  return select(visible, scores,
                scores.like(-std::numeric_limits<double>::infinity()));
}

/// Hides key j from query i where j - i > K - Q.
static Term hideFuture(Term scores) {
  int64_t rank = scores.rank();
  ArrayRef<int64_t> shape = scores.shape();
  Type index = IntegerType::get(scores.type().getContext(), 32);
  Term query = iotaLike(scores, rank - 2, index);
  Term key = iotaLike(scores, rank - 1, index);
  Term lastSeen =
      query + static_cast<double>(shape[rank - 1] - shape[rank - 2]);
  return hidden(scores, key <= lastSeen);
}

/// weights [batch…, Q, K] · v [batch…, K, E].
static Term weighted(Term weights, Term v) {
  int64_t batch = weights.rank() - 2;
  Dims dims = range(0, batch);
  return weights.make<DotGeneralOp>(weights, v, dims, dims,
                                    ArrayRef<int64_t>{batch + 1},
                                    ArrayRef<int64_t>{batch});
}

static Terms dotProductAttention(ScaledDotProductAttentionOp op,
                                 ArrayRef<Term> in) {
  Term q = in[0], k = in[1];
  int64_t batch = q.rank() - 2;
  Dims dims = range(0, batch);
  ArrayRef<int64_t> inner{batch + 1};
  Term products =
      q.make<DotGeneralOp>(q, k, dims, dims, ArrayRef<int64_t>{batch + 1},
                           ArrayRef<int64_t>{batch + 1});
  Term scores = products * op.getScale().convertToDouble();
  if (op.getMask())
    scores = hidden(scores, in[3]);
  if (op.getCausal())
    scores = hideFuture(scores);
  HiddenRows rows(scores);
  Term result = rows.overTotal(weighted(rows.powers, in[2]));
  return {result, rows.logSum()};
}

/// Batches are collapsed: [batch, Q, K, H] has a dimension more than q.
static Terms additiveAttention(AdditiveAttentionOp op, ArrayRef<Term> in) {
  Term q = in[0], k = in[1], w = in[3];
  int64_t rank = q.rank(), queries = q.shape()[rank - 2],
          keys = k.shape()[rank - 2], width = q.shape()[rank - 1], batches = 1;
  for (int64_t size : q.shape().drop_back(2))
    batches *= size;
  Dims full{batches, queries, keys, width};
  Term everyQuery =
      broadcast(reshape(q, {batches, queries, width}), full, {0, 1, 3});
  Term everyKey =
      broadcast(reshape(k, {batches, keys, width}), full, {0, 2, 3});
  Term joined = tanh(everyQuery + everyKey);
  Term products = joined * broadcast(w, full, 3);
  Dims shape(q.shape());
  shape.back() = keys;
  Term scores = reshape(sum(products, 3), shape);
  if (op.getMask())
    scores = hidden(scores, in[4]);
  HiddenRows rows(scores);
  Term weights = rows.overTotal(rows.powers);
  return {weighted(weights, in[2]), weights};
}

void decompositions::addAttention(Table &table) {
  add(table, dotProductAttention);
  add(table, additiveAttention);
}
