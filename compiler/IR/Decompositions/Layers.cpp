#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

static Term embedding(EmbeddingOp op, ArrayRef<Term> in) {
  Term table = in[0];
  Term indices = in[1].make<CheckIndexOp>(in[1], table.shape()[0],
                                          op->getName().stripDialect());
  Dims shape(indices.shape());
  shape.push_back(1);
  return table.make<GatherOp>(table, reshape(indices, shape), int64_t(0),
                              ArrayRef<int64_t>{0});
}

//===-- Pools
//--------------------------------------------------------------===//

/// `head` before the entries of a list.
static Dims after(int64_t head, ArrayRef<int64_t> list) {
  Dims all{head, head};
  llvm::append_range(all, list);
  return all;
}

template <typename Op> static Term reduceWindow(Reduction kind, Op op, Term x) {
  Dims ones(x.rank(), 1);
  return x.make<ReduceWindowOp>(kind, x, after(1, op.getWindow()),
                                after(1, op.getStrides()), ones,
                                after(0, op.getLow()), after(0, op.getHigh()));
}

static Term maxPool(MaxPoolOp op, ArrayRef<Term> in) {
  return reduceWindow(Reduction::max, op, in[0]);
}

/// How many of a window's taps lie inside a dimension of `size` elements: from
/// its start, i · stride - low, to its end, both cut to the dimension.
static Term tapsInside(Term total, int64_t dim, int64_t size, int64_t window,
                       int64_t stride, int64_t low) {
  Term position = iotaLike(total, dim, total.type().getElementType());
  Term start = position * stride - low;
  Term end = min(start + window, size);
  Term begin = max(start, 0.0);
  return max(end - begin, 0.0);
}

static Term avgPool(AvgPoolOp op, ArrayRef<Term> in) {
  Term x = in[0], total = reduceWindow(Reduction::add, op, x);
  double taps = 1;
  for (int64_t size : op.getWindow())
    taps *= size;
  auto isZero = [](int64_t p) { return p == 0; };
  if (op.getCountPadding() ||
      (llvm::all_of(op.getLow(), isZero) && llvm::all_of(op.getHigh(), isZero)))
    return total / taps;
  Term count = total.like(1);
  for (size_t d = 0; d < op.getWindow().size(); ++d)
    count =
        count * tapsInside(total, d + 2, x.shape()[d + 2], op.getWindow()[d],
                           op.getStrides()[d], op.getLow()[d]);
  return total / count;
}

static Term globalAvgPool(GlobalAvgPoolOp, ArrayRef<Term> in) {
  return meanOver(in[0], range(2, in[0].rank()));
}

//===-- Transposed convolution
//---------------------------------------------===//

/// Filters [C, O / groups, spatial…] of a transposed convolution as those of
/// the convolution that it is, [O, C / groups, spatial…], turned around.
static Term turned(Term filters, int64_t groups) {
  ArrayRef<int64_t> shape = filters.shape();
  int64_t in = shape[0] / groups, out = shape[1], taps = 1;
  for (int64_t k : shape.drop_front(2))
    taps *= k;
  Term parts = reshape(filters, {groups, in, out, taps});
  Term swapped = transpose(parts, {0, 2, 1, 3});
  Dims result = after(0, shape.drop_front(2));
  result[0] = groups * out;
  result[1] = in;
  Term plain = reshape(swapped, result);
  Dims spatial = range(2, plain.rank());
  return spatial.empty() ? plain : plain.make<ReverseOp>(plain, spatial);
}

static Term convTranspose(ConvTransposeOp op, ArrayRef<Term> in) {
  int64_t groups = op.getGroups();
  Term filters = turned(in[1], groups);
  Dims ones(op.getStrides().size(), 1), low, high;
  for (size_t d = 0; d < ones.size(); ++d) {
    int64_t reach = op.getDilation()[d] * (filters.shape()[d + 2] - 1);
    low.push_back(reach - op.getPadding()[d]);
    high.push_back(low.back() + op.getOutputPadding()[d]);
  }
  return in[0].make<ConvolutionOp>(in[0], filters, ones, low, high,
                                   op.getStrides(), op.getDilation(), groups,
                                   int64_t(1));
}

//===-- Recurrent cells
//----------------------------------------------------===//

/// x · wᵀ.
static Term timesTransposed(Term x, Term w) {
  return x.make<DotGeneralOp>(x, w, ArrayRef<int64_t>{}, ArrayRef<int64_t>{},
                              ArrayRef<int64_t>{1}, ArrayRef<int64_t>{1});
}

static Term plusRow(Term x, Term row) {
  return x + broadcast(row, x.shape(), 1);
}

/// Gate number `i` of several side by side.
static Term gate(Term gates, int64_t i, int64_t width) {
  return sliceDim(gates, 1, i * width, (i + 1) * width);
}

/// x · Wᵀ + h · Uᵀ + b.
static Term mixed(Term x, Term h, Term w, Term u, Term b) {
  Term fromInput = timesTransposed(x, w);
  Term fromState = timesTransposed(h, u);
  return plusRow(fromInput + fromState, b);
}

static Term rnnCell(RnnCellOp, ArrayRef<Term> in) {
  return tanh(mixed(in[0], in[1], in[2], in[3], in[4]));
}

static Term gruCell(GruCellOp, ArrayRef<Term> in) {
  Term h = in[1];
  int64_t width = h.shape()[1];
  Term fromInput = plusRow(timesTransposed(in[0], in[2]), in[4]);
  Term fromState = timesTransposed(h, in[3]);
  auto open = [&](int64_t i) {
    Term x = gate(fromInput, i, width);
    return logistic(x + gate(fromState, i, width));
  };
  Term r = open(0);
  Term z = open(1);
  Term recalled = r * plusRow(gate(fromState, 2, width), in[5]);
  Term n = tanh(gate(fromInput, 2, width) + recalled);
  Term renewed = (1.0 - z) * n;
  return renewed + z * h;
}

static Terms lstmCell(LstmCellOp, ArrayRef<Term> in) {
  Term c = in[2];
  int64_t width = c.shape()[1];
  Term gates = mixed(in[0], in[1], in[3], in[4], in[5]);
  Term i = logistic(gate(gates, 0, width));
  Term f = logistic(gate(gates, 1, width));
  Term g = tanh(gate(gates, 2, width));
  Term o = logistic(gate(gates, 3, width));
  Term kept = f * c;
  Term cell = kept + i * g;
  return {o * tanh(cell), cell};
}

void decompositions::addLayers(Table &table) {
  add(table, embedding, Precision::stored);
  add(table, maxPool, Precision::stored);
  add(table, avgPool);
  add(table, globalAvgPool);
  add(table, convTranspose, Precision::stored);
  add(table, rnnCell);
  add(table, gruCell);
  add(table, lstmCell);
}
