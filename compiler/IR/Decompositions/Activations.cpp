#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

static Term relu(ReluOp, ArrayRef<Term> in) { return max(in[0], 0.0); }

/// x where x > 0, else what `other` makes of x.
static Term negativePart(Term x, llvm::function_ref<Term(Term)> other) {
  Term zero = x.like(0);
  Term positive = x > zero;
  return select(positive, x, other(x));
}

static Term leakyRelu(LeakyReluOp op, ArrayRef<Term> in) {
  double slope = op.getSlope().convertToDouble();
  return negativePart(in[0], [&](Term x) { return x * slope; });
}

static Term prelu(PreluOp, ArrayRef<Term> in) {
  return negativePart(in[0], [&](Term x) { return x * in[1]; });
}

/// The exponential sees no positive x, so that its overflow reaches no
/// gradient.
static Term elu(EluOp op, ArrayRef<Term> in) {
  Term x = in[0], zero = x.like(0);
  Term positive = x > zero;
  Term negative = select(positive, zero, x);
  Term curve = expMinusOne(negative) * op.getAlpha().convertToDouble();
  return select(positive, x, curve);
}

static Term softplus(SoftplusOp, ArrayRef<Term> in) {
  Term positive = max(in[0], 0.0);
  Term rest = logPlusOne(exp(-abs(in[0])));
  return positive + rest;
}

/// 1 + tanh u is 2 · logistic(2u), which does not cancel where u is below 0.
static Term gelu(GeluOp op, ArrayRef<Term> in) {
  Term x = in[0];
  if (!op.getTanh())
    return erfc(x * -0.70710678118654752) * 0.5 * x;
  Term cubic = x * x * 0.044715 + 1.0;
  return logistic(cubic * x * 1.5957691216057308) * x;
}

static Term silu(SiluOp, ArrayRef<Term> in) { return logistic(in[0]) * in[0]; }

static Term hardSigmoid(HardSigmoidOp, ArrayRef<Term> in) {
  Term line = in[0] / 6.0 + 0.5;
  Term low = line.like(0);
  Term high = line.like(1);
  return line.make<ClampOp>(low, line, high);
}

void decompositions::addActivations(Table &table) {
  add(table, relu, Precision::stored);
  add(table, leakyRelu);
  add(table, prelu);
  add(table, elu);
  add(table, softplus);
  add(table, gelu);
  add(table, silu);
  add(table, hardSigmoid);
}
