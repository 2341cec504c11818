// Gradients of normalisations and attention. A normalisation's statistics are
// written as its decomposition writes them, so that CSE shares them.

#include "Autodiff/Rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

using Dims = SmallVector<int64_t>;

static Dims range(int64_t first, int64_t end) {
  return llvm::to_vector(llvm::seq(first, end));
}

static Term meanOver(Term x, ArrayRef<int64_t> dims) {
  double count = 1;
  for (int64_t d : dims)
    count *= x.shape()[d];
  return sum(x, dims) / count;
}

/// Adds a gradient, rounded to the operand's type.
static void add(Adjoint &a, unsigned operand, Operation *op, Term g) {
  if (a.needs(operand))
    a.add(operand,
          convert(g, tensorType(op->getOperand(operand)).getElementType()));
}

namespace {
/// n = (x - mean) / sqrt(variance + epsilon) over dimensions, and its gradient.
struct Normalized {
  Normalized(Term x, ArrayRef<int64_t> dims, double epsilon)
      : dims(dims), shape(x.shape()), centred(x - repeat(meanOver(x, dims))),
        inverse(rsqrt(meanOver(centred * centred, dims) + epsilon)),
        value(centred * repeat(inverse)) {}

  Term repeat(Term rows) const { return spread(rows, shape, dims); }
  /// With g for n: (g - mean g - n · mean (g · n)) · slope, the slope of n
  /// being 1 / sqrt(…). The mean over a row takes the row's own part away.
  Term dx(Term g, Term slope) const {
    Term along = value * repeat(meanOver(g * value, dims));
    return (g - repeat(meanOver(g, dims)) - along) * repeat(slope);
  }

  Dims dims, shape;
  Term centred, inverse, value;
};
} // namespace

static void layerNormVjp(LayerNormOp op, Adjoint &a) {
  Term x = widened(a.term(op.getOperand())), g = widened(a.g()),
       scale = widened(a.term(op.getScale()));
  Dims row = range(x.rank() - scale.rank(), x.rank());
  Dims rows = range(0, x.rank() - scale.rank());
  Normalized n(x, row, op.getEpsilon().convertToDouble());
  add(a, 0, op, n.dx(g * broadcast(scale, x.shape(), row), n.inverse));
  add(a, 1, op, sum(g * n.value, rows));
  add(a, 2, op, sum(g, rows));
}

static void rmsNormVjp(RmsNormOp op, Adjoint &a) {
  Term x = widened(a.term(op.getOperand())), g = widened(a.g()),
       scale = widened(a.term(op.getScale()));
  Dims row = range(x.rank() - scale.rank(), x.rank());
  Term square = meanOver(x * x, row);
  Term inverse =
      spread(rsqrt(square + op.getEpsilon().convertToDouble()), x.shape(), row);
  Term n = x * inverse;
  Term gx = g * broadcast(scale, x.shape(), row);
  Term along = n * spread(meanOver(gx * n, row), x.shape(), row);
  add(a, 0, op, (gx - along) * inverse);
  add(a, 1, op, sum(g * n, range(0, x.rank() - scale.rank())));
}

/// The statistics are results too, and their gradients add to x's.
static void batchNormVjp(BatchNormTrainingOp op, Adjoint &a) {
  Term x = widened(a.term(op.getOperand())),
       scale = widened(a.term(op.getScale()));
  int64_t feature = op.getFeature();
  Dims others = range(0, x.rank());
  llvm::erase(others, feature);
  Normalized n(x, others, op.getEpsilon().convertToDouble());
  std::optional<Term> dx;
  if (a.gradient(0)) {
    Term g = widened(a.term(a.gradient(0)));
    // One scale for all that is averaged: it leaves the means, which are then
    // those of the other two gradients.
    dx = n.dx(g, n.inverse * scale);
    add(a, 1, op, sum(g * n.value, others));
    add(a, 2, op, sum(g, others));
  }
  double count = 1;
  for (int64_t d : others)
    count *= x.shape()[d];
  if (a.gradient(1)) {
    Term mean = n.repeat(widened(a.term(a.gradient(1))) / count);
    dx = dx ? *dx + mean : mean;
  }
  if (a.gradient(2)) {
    Term slope = n.repeat(widened(a.term(a.gradient(2))) * (2 / count));
    Term variance = slope * n.centred;
    dx = dx ? *dx + variance : variance;
  }
  if (dx)
    add(a, 0, op, *dx);
}

//===-- Attention
//----------------------------------------------------------===//

static Term matmul(Term x, Term y, int64_t xContract, int64_t yContract) {
  int64_t batch = x.rank() - 2;
  Dims dims = range(0, batch);
  return x.make<DotGeneralOp>(x, y, dims, dims, Dims{batch + xContract},
                              Dims{batch + yContract});
}

static Term hidden(Term scores, Term visible) {
  return select(visible, scores, scores.like(-INFINITY));
}

/// Key j is seen from query i where j - i is at most K - Q.
static Term causal(Term scores) {
  int64_t rank = scores.rank();
  auto type =
      scores.type().clone(IntegerType::get(scores.type().getContext(), 32));
  Term query = scores.make<IotaOp>(type, rank - 2);
  Term key = scores.make<IotaOp>(type, rank - 1);
  int64_t ahead = scores.shape()[rank - 1] - scores.shape()[rank - 2];
  return hidden(scores, key <= query + static_cast<double>(ahead));
}

/// The weights are computed again from the log-sum-exp L: p = e^(s - L). With
/// o = p v and D = sum g · o: dv = pᵀ g, ds = p · (g vᵀ - D + gL). A barrier
/// keeps CSE from saving the forward's scores for it, and parts the two chains
/// of products.
static void attentionVjp(ScaledDotProductAttentionOp op, Adjoint &a) {
  auto again = a.b.create<OptimizationBarrierOp>(
      ValueRange{op.getQuery(), op.getKey(), op.getValue(), op.getLogSum()});
  Term q = widened(a.term(again.getResult(0))),
       k = widened(a.term(again.getResult(1))),
       v = widened(a.term(again.getResult(2)));
  double scale = op.getScale().convertToDouble();
  Term scores = matmul(q, k, 1, 1) * scale;
  if (op.getMask())
    scores = hidden(scores, a.term(op.getMask()));
  if (op.getCausal())
    scores = causal(scores);
  int64_t last = scores.rank() - 1;
  auto rows = [&](Term x) { return spread(x, scores.shape(), last); };
  Term total = widened(a.term(again.getResult(3)));
  Term p = exp(scores - rows(select(isFinite(total), total, total.like(0))));

  std::optional<Term> ds;
  if (a.gradient(0)) {
    Term g = widened(a.term(a.gradient(0)));
    Term o = widened(a.term(op.getResult()));
    add(a, 2, op, matmul(p, g, 0, 0));
    ds = matmul(g, v, 1, 1) - rows(sum(g * o, last));
  }
  if (a.gradient(1)) {
    Term g = rows(widened(a.term(a.gradient(1))));
    ds = ds ? *ds + g : g;
  }
  if (!ds)
    return;
  Term scaled = p * *ds * scale;
  add(a, 0, op, matmul(scaled, k, 1, 0));
  add(a, 1, op, matmul(scaled, q, 0, 0));
}

void rules::attachLayers(MLIRContext *c) {
  vjp<LayerNormOp>(c, [](LayerNormOp op, Adjoint &a) { layerNormVjp(op, a); });
  vjp<RmsNormOp>(c, [](RmsNormOp op, Adjoint &a) { rmsNormVjp(op, a); });
  vjp<BatchNormTrainingOp>(
      c, [](BatchNormTrainingOp op, Adjoint &a) { batchNormVjp(op, a); });
  vjp<ScaledDotProductAttentionOp>(c, [](ScaledDotProductAttentionOp op,
                                         Adjoint &a) { attentionVjp(op, a); });
}
