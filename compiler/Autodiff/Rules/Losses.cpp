// Gradients of losses that have a form shorter than their decomposition's.

#include "Autodiff/Rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

namespace {
/// What the gradients of softmax_cross_entropy are made of. The labels are
/// checked just as in the decomposition, so that CSE shares what hangs on it.
class CrossEntropy {
public:
  CrossEntropy(SoftmaxCrossEntropyOp op, TermBuilder &b)
      : op(op), logits(b, op.getLogits()), labels(b, op.getLabels()),
        last(logits.rank() - 1), classes(logits.shape().back()),
        smoothing(op.getSmoothing().convertToDouble()) {}

  /// W · softmax - target, W the sum of the target.
  Term slope() {
    Term p = logits.make<SoftmaxOp>(logits, last);
    Term t = target();
    if (!hasProbabilities())
      return p - t;
    return p * spread(sum(t, last), logits.shape(), last) - t;
  }
  /// -(1 - smoothing) · log_softmax, the slope of the probabilities.
  Term slopeOfLabels() {
    return logits.make<LogSoftmaxOp>(logits, last) * (smoothing - 1);
  }
  /// 0 for the rows that do not count.
  Term only(Term loss) {
    auto ignored = op.getIgnoreIndex();
    if (!ignored)
      return loss;
    Term counts = labels != labels.like(static_cast<int64_t>(*ignored));
    return select(counts, loss, loss.like(0));
  }
  Term spreadRows(Term rows) { return spread(rows, logits.shape(), last); }
  Term sumRows(Term x) { return sum(x, last); }
  bool hasProbabilities() const {
    return isa<FloatType>(labels.type().getElementType());
  }

private:
  Term target() {
    Term t = hasProbabilities() ? labels : oneHot();
    if (smoothing == 0)
      return t;
    return t * (1 - smoothing) + smoothing / classes;
  }
  Term oneHot() {
    Term index = labels;
    if (auto ignored = op.getIgnoreIndex()) {
      Term counts = labels != labels.like(static_cast<int64_t>(*ignored));
      index = select(counts, labels, labels.like(0));
    }
    index =
        index.make<CheckIndexOp>(index, classes, op->getName().stripDialect());
    return logits.make<OneHotOp>(logits.type(), index);
  }

  SoftmaxCrossEntropyOp op;
  Term logits, labels;
  int64_t last, classes;
  double smoothing;
};
} // namespace

void rules::attachLosses(MLIRContext *c) {
  vjp<SoftmaxCrossEntropyOp>(c, [](SoftmaxCrossEntropyOp op, Adjoint &a) {
    CrossEntropy loss(op, a.b);
    Term g = loss.only(a.g());
    if (a.needs(0))
      a.add(0, loss.slope() * loss.spreadRows(g));
    if (a.needs(1))
      a.add(1, loss.slopeOfLabels() * loss.spreadRows(g));
  });
  jvp<SoftmaxCrossEntropyOp>(c, [](SoftmaxCrossEntropyOp op, Tangents &t) {
    CrossEntropy loss(op, t.b);
    std::optional<Term> dx;
    if (t.has(0))
      dx = loss.only(loss.sumRows(loss.slope() * t.t(0)));
    if (loss.hasProbabilities() && t.has(1)) {
      Term dt = loss.sumRows(loss.slopeOfLabels() * t.t(1));
      dx = dx ? *dx + dt : dt;
    }
    t.set(0, *dx);
  });
  binary<SigmoidBinaryCrossEntropyOp>(
      c,
      [](Term g, Term x, Term target, Term) {
        return g * (logistic(x) - target);
      },
      [](Term g, Term x, Term, Term) { return -(g * x); });
}
