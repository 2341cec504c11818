// Gradients of activations and of the softmax family, in forms that neither
// overflow nor cancel. Composites that are not here are differentiated by their
// decomposition.

#include "Autodiff/Rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

/// Phi(x) + x · phi(x).
static Term geluSlope(Term x) {
  Term below = erfc(x * -0.70710678118654752) * 0.5;
  return below + x * (exp(x * x * -0.5) * 0.3989422804014327);
}

/// x · logistic(u) with u = sqrt(8/pi) · (x + 0.044715 x³).
static Term geluTanhSlope(Term x) {
  Term square = x * x;
  Term s = logistic((square * 0.044715 + 1.0) * x * 1.5957691216057308);
  Term du = (square * 0.134145 + 1.0) * 1.5957691216057308;
  return s + x * (s * (1.0 - s)) * du;
}

static Term softmaxDx(SoftmaxOp op, Term g, Term y) {
  int64_t dim = op.getDimension();
  return y * (g - spread(sum(g * y, dim), y.shape(), dim));
}

/// softmax(x), from x and its log_sum_exp; an infinite one is not subtracted.
static Term powersOf(LogSumExpOp op, Term x, Term y) {
  int64_t dim = op.getDimension();
  Term shift = select(isFinite(y), y, y.like(0));
  return exp(x - spread(shift, x.shape(), dim));
}

//===-- Norm
//---------------------------------------------------------------===//

/// sign(x) · (|x| / y)^(order - 1), 0 where x or all of the row is 0. The
/// elements that are the extremum share an infinite order's evenly.
static Term normSlope(NormOp op, Term x, Term y) {
  double order = op.getOrder().convertToDouble();
  ArrayRef<int64_t> dims = op.getDimensions();
  if (order == 0)
    return x.like(0);
  Term sign = x.make<SignOp>(x);
  if (order == 1)
    return sign;
  if (std::isinf(order)) {
    Term hit = abs(x) == spread(y, x.shape(), dims);
    Term count = sum(convert(hit, x.type().getElementType()), dims);
    return select(hit, sign / spread(count, x.shape(), dims), x.like(0));
  }
  Term divisor = spread(select(y == y.like(0), y.like(1), y), x.shape(), dims);
  if (order == 2)
    return x / divisor;
  Term zero = x == x.like(0);
  Term ratio = select(zero, x.like(1), abs(x) / divisor);
  Term slope = ratio.make<PowerOp>(ratio, ratio.like(order - 1));
  return select(zero, x.like(0), sign * slope);
}

void rules::attachActivations(MLIRContext *c) {
  unary<ReluOp>(c, [](Term g, Term, Term y) {
    return select(y > y.like(0), g, g.like(0));
  });
  symmetric<LeakyReluOp>(c, [](LeakyReluOp op, Term g, Term x, Term) {
    return select(x > x.like(0), g, g * op.getSlope().convertToDouble());
  });
  binary<PreluOp>(
      c,
      [](Term g, Term x, Term slope, Term) {
        return select(x > x.like(0), g, g * slope);
      },
      [](Term g, Term x, Term, Term) {
        return select(x > x.like(0), g.like(0), g * x);
      });
  symmetric<EluOp>(c, [](EluOp op, Term g, Term x, Term) {
    Term slope = exp(min(x, 0.0)) * op.getAlpha().convertToDouble();
    return select(x > x.like(0), g, g * slope);
  });
  unary<SoftplusOp>(c, [](Term g, Term x, Term) { return g * logistic(x); });
  symmetric<GeluOp>(c, [](GeluOp op, Term g, Term x, Term) {
    return g * (op.getTanh() ? geluTanhSlope(x) : geluSlope(x));
  });
  unary<SiluOp>(c, [](Term g, Term x, Term) {
    Term s = logistic(x);
    return g * (s * (x * (1.0 - s) + 1.0));
  });

  symmetric<SoftmaxOp>(c, [](SoftmaxOp op, Term g, Term, Term y) {
    return softmaxDx(op, g, y);
  });
  vjp<LogSoftmaxOp>(c, [](LogSoftmaxOp op, Adjoint &a) {
    Term g = a.g(), y = a.term(op.getResult());
    int64_t dim = op.getDimension();
    a.add(0, g - exp(y) * spread(sum(g, dim), y.shape(), dim));
  });
  jvp<LogSoftmaxOp>(c, [](LogSoftmaxOp op, Tangents &t) {
    Term y = t.term(op.getResult());
    int64_t dim = op.getDimension();
    t.set(0, t.t(0) - spread(sum(exp(y) * t.t(0), dim), y.shape(), dim));
  });
  vjp<LogSumExpOp>(c, [](LogSumExpOp op, Adjoint &a) {
    Term x = a.term(op.getOperand());
    Term powers = powersOf(op, x, a.term(op.getResult()));
    a.add(0, powers * spread(a.g(), x.shape(), op.getDimension()));
  });
  jvp<LogSumExpOp>(c, [](LogSumExpOp op, Tangents &t) {
    Term powers = powersOf(op, t.term(op.getOperand()), t.term(op.getResult()));
    t.set(0, sum(powers * t.t(0), op.getDimension()));
  });
  vjp<NormOp>(c, [](NormOp op, Adjoint &a) {
    Term x = a.term(op.getOperand());
    Term slope = normSlope(op, x, a.term(op.getResult()));
    a.add(0, slope * spread(a.g(), x.shape(), op.getDimensions()));
  });
  jvp<NormOp>(c, [](NormOp op, Tangents &t) {
    Term slope = normSlope(op, t.term(op.getOperand()), t.term(op.getResult()));
    t.set(0, sum(slope * t.t(0), op.getDimensions()));
  });

  linear<DropoutOp>(c, [](DropoutOp op, Adjoint &a) {
    // The same bits are drawn again.
    a.add(0, a.g().make<DropoutOp>(a.g().type(), a.g(), op.getState(),
                                   op.getRate()));
  });
  symmetric<FakeQuantOp>(c, [](FakeQuantOp op, Term g, Term x, Term) {
    TermBuilder &b = g.builder();
    Term step = x / broadcast({b, op.getScale()}, x.shape(), {});
    Term level = step.make<RoundNearestEvenOp>(step) +
                 broadcast({b, op.getZeroPoint()}, x.shape(), {});
    Term low = level.like(static_cast<int64_t>(op.getLow()));
    Term high = level.like(static_cast<int64_t>(op.getHigh()));
    Term notBelow = low <= level, notAbove = level <= high;
    return select(notBelow.make<AndOp>(notBelow, notAbove), g, g.like(0));
  });
}
