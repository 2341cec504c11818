#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

namespace {
/// Labels that are indices, and the rows that count.
struct Labels {
  /// Checks them; those to be ignored become 0 first.
  template <typename Op>
  Labels(Op op, Term given, int64_t classes) : index(given) {
    if (auto ignored = op.getIgnoreIndex()) {
      Term other = given.like(static_cast<int64_t>(*ignored));
      counts = given != other;
      index = select(*counts, given, given.like(0));
    }
    index =
        index.make<CheckIndexOp>(index, classes, op->getName().stripDialect());
  }
  /// 0 for the rows that do not count.
  Term only(Term loss) const {
    return counts ? select(*counts, loss, loss.like(0)) : loss;
  }

  Term index;
  std::optional<Term> counts;
};
} // namespace

static Term softmaxCrossEntropy(SoftmaxCrossEntropyOp op, ArrayRef<Term> in) {
  Term logits = in[0];
  double smoothing = op.getSmoothing().convertToDouble();
  int64_t classes = logits.shape().back(), last = logits.rank() - 1;
  auto smooth = [&](Term target) {
    if (smoothing == 0)
      return target;
    return target * (1 - smoothing) + smoothing / classes;
  };
  if (isa<FloatType>(tensorType(op.getLabels()).getElementType())) {
    Rows rows(logits);
    Term target = smooth(in[1]);
    Term weight = sum(target, last);
    Term weighted = log(rows.total) * weight;
    return weighted - sum(target * rows.shifted, last);
  }
  Labels labels(op, in[1], classes);
  Rows rows(logits);
  Term hit = hits(labels.index, logits.shape());
  Term picked = select(hit, rows.shifted, rows.shifted.like(0));
  if (smoothing != 0) {
    Term sharp = picked * (1 - smoothing);
    picked = sharp + rows.shifted * (smoothing / classes);
  }
  Term all = sum(picked, last);
  return labels.only(log(rows.total) - all);
}

static Term nll(NllOp op, ArrayRef<Term> in) {
  Term x = in[0];
  Labels labels(op, in[1], x.shape().back());
  Term hit = hits(labels.index, x.shape());
  Term picked = select(hit, x, x.like(0));
  return labels.only(-sum(picked, x.rank() - 1));
}

static Term sigmoidBinaryCrossEntropy(SigmoidBinaryCrossEntropyOp,
                                      ArrayRef<Term> in) {
  Term x = in[0];
  Term positive = max(x, 0.0);
  Term linear = positive - x * in[1];
  return linear + logPlusOne(exp(-abs(x)));
}

static Term mse(MseOp, ArrayRef<Term> in) {
  Term d = in[0] - in[1];
  return d * d;
}

static Term l1(L1Op, ArrayRef<Term> in) { return abs(in[0] - in[1]); }

/// With c = min(|d|, delta) both branches are c · (|d| - c/2).
static Term huber(HuberOp op, ArrayRef<Term> in) {
  Term size = abs(in[0] - in[1]);
  Term c = min(size, op.getDelta().convertToDouble());
  return c * (size - c * 0.5);
}

static Term klDiv(KlDivOp, ArrayRef<Term> in) {
  Term x = in[0], t = in[1];
  Term zero = t.like(0);
  Term isZero = t == zero;
  Term safe = select(isZero, t.like(1), t);
  Term loss = t * (log(safe) - x);
  return select(isZero, zero, loss);
}

void decompositions::addLosses(Table &table) {
  add(table, softmaxCrossEntropy);
  add(table, nll);
  add(table, sigmoidBinaryCrossEntropy);
  add(table, mse);
  add(table, l1);
  add(table, huber);
  add(table, klDiv);
}
