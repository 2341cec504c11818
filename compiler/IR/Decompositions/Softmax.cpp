// The softmax family works on rows: a reduction along another dimension is
// first transposed, and its row statistics (m, e^(x-m), its sum) are written
// the same way every time, so that CSE lets a forward and a backward share
// them.

#include "IR/Decompositions/Rules.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

/// The permutation that moves a dimension to the end.
static Dims movingToEnd(int64_t dim, int64_t rank) {
  Dims order;
  for (int64_t d = 0; d < rank; ++d)
    if (d != dim)
      order.push_back(d);
  order.push_back(dim);
  return order;
}
static Term toRows(Term x, int64_t dim) {
  return transpose(x, movingToEnd(dim, x.rank()));
}
static Term fromRows(Term x, int64_t dim) {
  return transpose(x, invertPermutationVector(movingToEnd(dim, x.rank())));
}

Rows::Rows(Term x)
    : last(x.rank() - 1), shape(x.type()),
      shifted(x - spread(reduce(Reduction::max, x, last))),
      powers(exp(shifted)), total(sum(powers, last)) {}

Term decompositions::hits(Term index, ArrayRef<int64_t> shape) {
  int64_t last = shape.size() - 1;
  Term iota = index.make<IotaOp>(index.type().clone(shape), last);
  return iota == spread(index, shape, last);
}

static Term softmax(SoftmaxOp op, ArrayRef<Term> in) {
  Rows rows(toRows(in[0], op.getDimension()));
  return fromRows(rows.powers / rows.spread(rows.total), op.getDimension());
}

static Term logSoftmax(LogSoftmaxOp op, ArrayRef<Term> in) {
  Rows rows(toRows(in[0], op.getDimension()));
  return fromRows(rows.shifted - rows.spread(log(rows.total)),
                  op.getDimension());
}

/// An infinite m is not subtracted: inf - inf has no value.
static Term logSumExp(LogSumExpOp op, ArrayRef<Term> in) {
  Term x = toRows(in[0], op.getDimension());
  int64_t last = x.rank() - 1;
  Term largest = reduce(Reduction::max, x, last);
  Term finite = isFinite(largest);
  Term m = select(finite, largest, largest.like(0));
  Term total = sum(exp(x - spread(m, x.shape(), last)), last);
  return log(total) + m;
}

static Term oneHot(OneHotOp op, ArrayRef<Term> in) {
  auto type = tensorType(op.getResult());
  return convert(hits(in[0], type.getShape()), type.getElementType());
}

/// The first position that holds the extremum, or NaN: an extremum of NaN
/// equals no element, and only NaN differs from itself.
static Term argExtremum(Reduction kind, Term x, int64_t dim) {
  Term rows = toRows(x, dim);
  int64_t last = rows.rank() - 1;
  Term extremum = spread(reduce(kind, rows, last), rows.shape(), last);
  Term hit = rows == extremum;
  if (isa<FloatType>(rows.type().getElementType())) {
    Term nan = rows != rows;
    hit = hit.make<OrOp>(hit, nan);
  }
  Term position =
      iotaLike(rows, last, IntegerType::get(x.type().getContext(), 32));
  Term beyond = position.like(rows.shape().back());
  return reduce(Reduction::min, select(hit, position, beyond), last);
}

static Term argmax(ArgmaxOp op, ArrayRef<Term> in) {
  return argExtremum(Reduction::max, in[0], op.getDimension());
}

static Term argmin(ArgminOp op, ArrayRef<Term> in) {
  return argExtremum(Reduction::min, in[0], op.getDimension());
}

void decompositions::addSoftmax(Table &table) {
  add(table, softmax);
  add(table, logSoftmax);
  add(table, logSumExp);
  add(table, oneHot);
  add(table, ::argmax, Precision::stored);
  add(table, ::argmin, Precision::stored);
}
