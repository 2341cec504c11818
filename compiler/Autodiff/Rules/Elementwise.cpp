// Gradients of elementwise primitives.

#include "Autodiff/Rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

/// g where x wins over y, half of it where they tie.
static Term share(Term g, Term wins, Term ties) {
  return select(wins, g, select(ties, g * 0.5, g.like(0)));
}

static Term both(Term p, Term q) { return p.make<AndOp>(p, q); }
static Term power(Term x, Term y) { return x.make<PowerOp>(x, y); }

/// e^(-x²) · 2/sqrt(pi), the slope of erf.
static Term erfSlope(Term x) { return exp(-(x * x)) * 1.1283791670955126; }

/// y · x^(y-1), which is 0 for y = 0 whatever x is.
static Term powerDx(Term g, Term x, Term y, Term) {
  Term exponent = select(y == y.like(0), y.like(1), y - 1.0);
  return g * (y * power(x, exponent));
}

/// z · log x; where x is 0 and y at least 0 the slope is 0, so is log 1.
static Term powerDy(Term g, Term x, Term y, Term z) {
  Term flat = both(x == x.like(0), y.like(0) <= y);
  return g * (z * log(select(flat, x.like(1), x)));
}

/// Which of clamp's operands the result is.
namespace {
struct Clamped {
  Clamped(ClampOp op, TermBuilder &b)
      : low(b, op.getLow()), x(b, op.getOperand()), high(b, op.getHigh()),
        isLow(x < low), isHigh(high < low.make<MaximumOp>(x, low)) {}

  Term atLow(Term t) const {
    return select(isHigh, t.like(0), select(isLow, t, t.like(0)));
  }
  Term inside(Term t) const {
    return select(isHigh, t.like(0), select(isLow, t.like(0), t));
  }
  Term atHigh(Term t) const { return select(isHigh, t, t.like(0)); }

  Term low, x, high, isLow, isHigh;
};
} // namespace

static void attachUnary(MLIRContext *c) {
  unary<NegateOp>(c, [](Term g, Term, Term) { return -g; });
  unary<AbsOp>(c, [](Term g, Term x, Term) {
    return select(x > x.like(0), g, select(x < x.like(0), -g, g.like(0)));
  });
  unary<ExponentialOp>(c, [](Term g, Term, Term y) { return g * y; });
  unary<ExponentialMinusOneOp>(c,
                               [](Term g, Term x, Term) { return g * exp(x); });
  unary<LogOp>(c, [](Term g, Term x, Term) { return g / x; });
  unary<LogPlusOneOp>(c, [](Term g, Term x, Term) { return g / (1.0 + x); });
  unary<SqrtOp>(c, [](Term g, Term, Term y) { return g * 0.5 / y; });
  unary<RsqrtOp>(c, [](Term g, Term x, Term y) { return g * -0.5 * (y / x); });
  unary<SineOp>(c,
                [](Term g, Term x, Term) { return g * x.make<CosineOp>(x); });
  unary<CosineOp>(
      c, [](Term g, Term x, Term) { return -(g * x.make<SineOp>(x)); });
  unary<AtanOp>(c, [](Term g, Term x, Term) { return g / (1.0 + x * x); });
  unary<TanhOp>(c, [](Term g, Term, Term y) { return g * (1.0 - y * y); });
  unary<LogisticOp>(c,
                    [](Term g, Term, Term y) { return g * (y * (1.0 - y)); });
  unary<ErfOp>(c, [](Term g, Term x, Term) { return g * erfSlope(x); });
  unary<ErfcOp>(c, [](Term g, Term x, Term) { return -(g * erfSlope(x)); });
  unary<ConvertOp>(c, [](Term g, Term x, Term y) {
    // As a tangent g has x's type.
    Type from = x.type().getElementType(), to = y.type().getElementType();
    return convert(g, g.type().getElementType() == to ? from : to);
  });
  unary<VariableOp>(c, [](Term g, Term, Term) { return g; });
  // Checked and printed is the value, not its derivative.
  unary<AssertFiniteOp>(c, [](Term g, Term, Term) { return g; });
  unary<PrintOp>(c, [](Term g, Term, Term) { return g; });
}

static void attachBinary(MLIRContext *c) {
  binary<AddOp>(
      c, [](Term g, Term, Term, Term) { return g; },
      [](Term g, Term, Term, Term) { return g; });
  binary<SubtractOp>(
      c, [](Term g, Term, Term, Term) { return g; },
      [](Term g, Term, Term, Term) { return -g; });
  binary<MultiplyOp>(
      c, [](Term g, Term, Term y, Term) { return g * y; },
      [](Term g, Term x, Term, Term) { return g * x; });
  binary<DivideOp>(
      c, [](Term g, Term, Term y, Term) { return g / y; },
      [](Term g, Term, Term y, Term z) { return -(g / y * z); });
  binary<MaximumOp>(
      c, [](Term g, Term x, Term y, Term) { return share(g, x > y, x == y); },
      [](Term g, Term x, Term y, Term) { return share(g, y > x, x == y); });
  binary<MinimumOp>(
      c, [](Term g, Term x, Term y, Term) { return share(g, x < y, x == y); },
      [](Term g, Term x, Term y, Term) { return share(g, y < x, x == y); });
  binary<PowerOp>(
      c, [](Term g, Term x, Term y, Term z) { return powerDx(g, x, y, z); },
      [](Term g, Term x, Term y, Term z) { return powerDy(g, x, y, z); });
  // z = x - y · n for a whole n, which rounding finds again.
  binary<RemainderOp>(
      c, [](Term g, Term, Term, Term) { return g; },
      [](Term g, Term x, Term y, Term z) {
        Term n = (x - z) / y;
        return -(g * n.make<RoundNearestEvenOp>(n));
      });
}

void rules::attachElementwise(MLIRContext *c) {
  attachUnary(c);
  attachBinary(c);
  linear<SelectOp>(c, [](SelectOp op, Adjoint &a) {
    Term p = a.term(op.getPred()), g = a.g();
    if (a.needs(1))
      a.add(1, select(p, g, g.like(0)));
    if (a.needs(2))
      a.add(2, select(p, g.like(0), g));
  });
  vjp<ClampOp>(c, [](ClampOp op, Adjoint &a) {
    Clamped is(op, a.b);
    if (a.needs(0))
      a.add(0, is.atLow(a.g()));
    if (a.needs(1))
      a.add(1, is.inside(a.g()));
    if (a.needs(2))
      a.add(2, is.atHigh(a.g()));
  });
  jvp<ClampOp>(c, [](ClampOp op, Tangents &t) {
    Clamped is(op, t.b);
    t.set(0, select(is.isHigh, t.t(2), select(is.isLow, t.t(0), t.t(1))));
  });
  vjp<OptimizationBarrierOp>(c, [](OptimizationBarrierOp op, Adjoint &a) {
    for (unsigned i = 0; i < op->getNumOperands(); ++i)
      if (a.needs(i))
        a.add(i, a.gradient(i));
  });
  jvp<OptimizationBarrierOp>(c, [](OptimizationBarrierOp op, Tangents &t) {
    for (unsigned i = 0; i < op->getNumOperands(); ++i)
      if (t.has(i))
        t.set(i, t.tangent(i));
  });
}
