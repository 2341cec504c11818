#include "IR/Decompositions/Rules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

Term decompositions::sliceDim(Term x, int64_t dim, int64_t from, int64_t to) {
  Dims start(x.rank(), 0), limit(x.shape()), strides(x.rank(), 1);
  start[dim] = from;
  limit[dim] = to;
  return x.make<SliceOp>(x, start, limit, strides);
}

static int64_t countOver(Term x, ArrayRef<int64_t> dims) {
  int64_t count = 1;
  for (int64_t d : dims)
    count *= x.shape()[d];
  return count;
}

Term decompositions::meanOver(Term x, ArrayRef<int64_t> dims) {
  return sum(x, dims) / static_cast<double>(countOver(x, dims));
}

static Term mean(MeanOp op, ArrayRef<Term> in) {
  return meanOver(in[0], op.getDimensions());
}

/// Two passes: sum x² - n · mean² would cancel.
static Term variance(VarianceOp op, ArrayRef<Term> in) {
  Term x = in[0];
  ArrayRef<int64_t> dims = op.getDimensions();
  Term centred = x - spread(meanOver(x, dims), x.shape(), dims);
  int64_t count = countOver(x, dims) - static_cast<int64_t>(op.getCorrection());
  return sum(centred * centred, dims) /
         static_cast<double>(std::max<int64_t>(count, 0));
}

/// Everything but the orders 0, 1 and infinity is scaled by the largest |x|, so
/// that powers neither overflow nor vanish.
static Term norm(NormOp op, ArrayRef<Term> in) {
  double order = op.getOrder().convertToDouble();
  ArrayRef<int64_t> dims = op.getDimensions();
  Term x = in[0];
  if (order == 0) {
    Term nonzero = x != x.like(0);
    return sum(convert(nonzero, x.type().getElementType()), dims);
  }
  Term size = abs(x);
  if (order == 1)
    return sum(size, dims);
  if (order == INFINITY)
    return max(reduce(Reduction::max, size, dims), 0.0);
  if (order == -INFINITY)
    return reduce(Reduction::min, size, dims);

  Term largest = reduce(Reduction::max, size, dims);
  Term zero = largest.like(0);
  Term positive = largest > zero;
  Term finite = isFinite(largest);
  Term scalable = positive.make<AndOp>(positive, finite);
  Term scale = select(scalable, largest, largest.like(1));
  Term scaled = size / spread(scale, x.shape(), dims);
  if (order == 2)
    return sqrt(sum(scaled * scaled, dims)) * scale;
  Term total = sum(scaled.make<PowerOp>(scaled, scaled.like(order)), dims);
  Term root = total.like(1 / order);
  return total.make<PowerOp>(total, root) * scale;
}

static Terms topK(TopKOp op, ArrayRef<Term> in) {
  Term x = in[0];
  int64_t last = x.rank() - 1;
  Term places = iotaLike(x, last, IntegerType::get(op.getContext(), 32));
  auto sorted = x.builder().create<SortOp>(ValueRange{x, places}, last, true);
  Term values =
      sliceDim({x.builder(), sorted.getResult(0)}, last, 0, op.getK());
  Term indices =
      sliceDim({x.builder(), sorted.getResult(1)}, last, 0, op.getK());
  return {values, indices};
}

void decompositions::addStatistics(Table &table) {
  add(table, mean);
  add(table, variance);
  add(table, norm);
  add(table, topK, Precision::stored);
}
