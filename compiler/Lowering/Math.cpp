#include "Lowering/Math.h"

#include "Lowering/Formula.h"

#include <cmath>

using namespace mlir;
using namespace dlc;

// Coefficients: test/goldens/make_polynomials.py, highest degree first.
// e^x = 1 + x + x² p(x), |x| <= ln 2 / 2
static constexpr double exp32[] = {0x1.6a1a54p-10, 0x1.123fc6p-7, 0x1.555916p-5,
                                   0x1.55548ap-3, 0x1.fffffcp-2};
static constexpr double exp64[] = {0x1.1e39a5390c098p-29,
                                   0x1.af71231706f4ep-26,
                                   0x1.27e5bbb564143p-22,
                                   0x1.71dded27c7324p-19,
                                   0x1.a01a013022fbfp-16,
                                   0x1.a01a01b4ab526p-13,
                                   0x1.6c16c16c32602p-10,
                                   0x1.111111110e95ep-7,
                                   0x1.55555555554fap-5,
                                   0x1.555555555555cp-3,
                                   0x1p-1};
// tanh x = x + x³ p(x²), |x| <= 3/4
static constexpr double tanh32[] = {0x1.c7537p-10, -0x1.f5d346p-8,
                                    0x1.5f7856p-6, -0x1.b97d3cp-5,
                                    0x1.110db8p-3, -0x1.55554ap-2};
// ln(1 + x) = x - x² / 2 + x³ p(x), sqrt 1/2 <= 1 + x <= sqrt 2
static constexpr double log32[] = {
    0x1.1457a6p-4,  -0x1.de3c22p-4, 0x1.e6f074p-4,
    -0x1.fc2206p-4, 0x1.233768p-3,  -0x1.555c4ep-3,
    0x1.99a4b6p-3,  -0x1.000006p-2, 0x1.555548p-2};
// ln((1 + s) / (1 - s)) = 2 s + s³ p(s²)
static constexpr double atanh64[] = {0x1.2f062c09051bcp-3, 0x1.39a1a7c2ddda3p-3,
                                     0x1.74663f9a9bf7ap-3, 0x1.c71c52062bccep-3,
                                     0x1.24924941f4cf5p-2, 0x1.999999997fd7ap-2,
                                     0x1.5555555555592p-1};
// ... = 2 s + 2/3 s³ + s^5 p(s²)
static constexpr double atanhTail32[] = {0x1.df9d7cp-3, 0x1.245296p-2,
                                         0x1.999ap-2};
static constexpr double atanhTail64[] = {
    0x1.eb11c75b9f4b4p-4, 0x1.de335c8d417b1p-4, 0x1.1120b621e5093p-3,
    0x1.3b1362b2a98dp-3,  0x1.745d18325f9adp-3, 0x1.c71c71c5804d3p-3,
    0x1.2492492493036p-2, 0x1.9999999999996p-2};

//===-- Exponentials ------------------------------------------------------===//

// Both bounds are past the last result that is neither 0 nor inf. A NaN passes:
// the comparisons are false.
static Value clampExp(Formula &f, Value x) {
  Value low = f.number(-104.0, -746.0), high = f.number(89.0, 710.0);
  x = f.select(f.less(x, low), low, x);
  return f.select(f.less(high, x), high, x);
}

// x = n ln 2 + r with |r| <= ln 2 / 2; e^x = 2^n (1 + r + r² p(r)). ln 2 comes
// in two parts, the first with so few bits that n times it is exact.
static Value reduceExp(Formula &f, Value x, Value &exponent, Value &n,
                       Value &first) {
  n = f.roundProduct(x, f.number(1.44269504088896340736), exponent);
  first = f.fma(n, f.number(-0.693359375, -6.93147180369123816490e-01), x);
  return f.fma(n, f.number(2.12194440e-4, -1.90821492927058770002e-10), first);
}

Exponential dlc::exponential(Formula &f, Value x, Value extra) {
  Value exponent, n, first;
  Value r = reduceExp(f, clampExp(f, x), exponent, n, first);
  // What rounding r lost.
  Value lost = f.sub(first, r);
  lost = f.fma(n, f.number(2.12194440e-4, -1.90821492927058770002e-10), lost);
  if (extra) {
    Pair both = f.sum(r, f.add(lost, extra));
    r = both.hi;
    lost = both.lo;
  }
  Value square = f.mul(r, r);
  Value p = f.polynomial(r, exp32, exp64);
  Value rest = f.fma(square, p, lost);
  Pair sum = f.fastSum(f.number(1.0), r);
  return {exponent, sum.hi, f.add(sum.lo, rest)};
}

Value dlc::emitExp(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value exponent, n, first;
  Value r = reduceExp(f, clampExp(f, x), exponent, n, first);
  Value p = f.polynomial(r, exp32, exp64);
  Value one = f.number(1.0);
  Value u = f.fma(p, r, one);
  // The second rounding of a mul and add would be one too many for 1 ulp.
  Value e = f.isF32 ? f.exactFma(u, r, one) : f.fma(u, r, one);
  return f.scale(e, exponent);
}

/// e^x - 1 as a pair, before 2^exponent: (1 - 2^-n) + (e^r - 1).
static Pair expMinusOne(Formula &f, Value x, Value &exponent) {
  // Below, the result is -1; and 2^-n must be a number.
  Value low = f.number(-17.5, -38.0);
  x = f.select(f.less(x, low), low, x);
  Value n, first;
  Value r = reduceExp(f, x, exponent, n, first);
  Value lost = f.sub(first, r);
  lost = f.fma(n, f.number(2.12194440e-4, -1.90821492927058770002e-10), lost);
  Value square = f.mul(r, r);
  Value p = f.polynomial(r, exp32, exp64);
  Value rest = f.fma(square, p, lost);
  Value one = f.number(1.0);
  // 2^-n vanishes beside 1 long before n is the largest exponent.
  Value largest = f.number(64.0);
  Value isLarge = f.less(largest, n);
  Value cut = f.select(isLarge, f.whole(64), exponent);
  Value inverse = f.powerOf2(f.subInt(f.whole(0), cut));
  Pair sum = f.fastSum(f.sub(one, inverse), r);
  return {sum.hi, f.add(sum.lo, rest)};
}

Value dlc::emitExpm1(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value exponent;
  Pair e = expMinusOne(f, clampExp(f, x), exponent);
  Value result = f.scale(f.add(e.hi, e.lo), exponent);
  // -0 and, which were rounded away, denormals.
  return f.copySign(result, x);
}

// By a polynomial near 0, beyond it 1 - 2 / (1 + e^2|x|): there what is taken
// from 1 is small enough for one rounding of each step.
static Value tanhSingle(Formula &f, Value x) {
  Value a = f.abs(x), one = f.number(1.0);
  Value square = f.mul(a, a);
  Value p = f.polynomial(square, tanh32, {});
  Value near = f.fma(f.mul(a, square), p, a);

  // From e^20 on the result is 1.
  Value twice = f.add(a, a), limit = f.number(20.0);
  twice = f.select(f.less(limit, twice), limit, twice);
  Value exponent, n, first;
  Value r = reduceExp(f, twice, exponent, n, first);
  Value e = f.fma(f.fma(f.polynomial(r, exp32, exp64), r, one), r, one);
  Value below = f.fma(e, f.powerOf2(exponent), one);
  Value far = f.sub(one, f.div(f.number(2.0), below));
  return f.copySign(f.select(f.less(a, f.number(0.75)), near, far), x);
}

Value dlc::emitTanh(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  if (f.isF32)
    return tanhSingle(f, x);
  // With E = e^2|x| - 1: E / (E + 2).
  Value a = f.abs(x), limit = f.number(20.0);
  a = f.select(f.less(limit, a), limit, a);
  Value exponent;
  Pair e = expMinusOne(f, f.add(a, a), exponent);
  Value power = f.powerOf2(exponent);
  Value above = f.mul(f.add(e.hi, e.lo), power);
  Pair below = f.fastSum(f.number(2.0), above);
  Value one = f.number(1.0);
  Value reciprocal = f.div(one, below.hi);
  Value quotient = f.mul(above, reciprocal);
  // One step of refinement takes in what was lost.
  Value minus = f.neg(quotient);
  Value rest = f.exactFma(minus, below.hi, above);
  rest = f.fma(minus, below.lo, rest);
  Value result = f.fma(rest, reciprocal, quotient);
  return f.copySign(result, x);
}

// With z = e^-|x|: 1 / (1 + z), or z / (1 + z) for negative x. One step of
// refinement takes in what was lost by rounding z and 1 + z.
Value dlc::logistic(Formula &f, Value x, Value extra) {
  Value one = f.number(1.0), zero = f.number(0.0);
  Value isNegative = f.less(x, zero);
  if (extra)
    extra = f.select(isNegative, extra, f.neg(extra));
  Exponential e = exponential(f, f.neg(f.abs(x)), extra);
  Pair rounded = f.fastSum(e.hi, e.lo);
  Value z = f.scale(rounded.hi, e.exponent);
  Value tail = f.scale(rounded.lo, e.exponent);
  Value above = f.select(isNegative, z, one);
  Value aboveTail = f.select(isNegative, tail, zero);
  Pair below = f.fastSum(one, z);
  Value belowTail = f.add(below.lo, tail);
  Value reciprocal = f.div(one, below.hi);
  Value quotient = f.mul(above, reciprocal);
  Value minus = f.neg(quotient);
  Value rest = f.exactFma(minus, below.hi, above);
  Value restTail = f.fma(minus, belowTail, aboveTail);
  return f.fma(f.add(rest, restTail), reciprocal, quotient);
}

/// The same with less: of what rounding z and 1 + z lost only the first digits
/// matter, so that it is taken in as a part of the quotient.
static Value logisticSingle(Formula &f, Value x) {
  Value one = f.number(1.0), zero = f.number(0.0);
  Value exponent, n, first;
  Value size = f.neg(f.abs(x));
  Value r = reduceExp(f, clampExp(f, size), exponent, n, first);
  Value u = f.fma(f.polynomial(r, exp32, exp64), r, one);
  Value e = f.fma(u, r, one);
  Value tail = f.fma(u, r, f.sub(one, e));
  Value z = f.scale(e, exponent);
  Pair below = f.fastSum(one, z);
  Value belowTail = f.fma(z, tail, below.lo);
  Value isNegative = f.less(x, zero);
  Value above = f.select(isNegative, z, one);
  Value aboveTail = f.select(isNegative, tail, zero);
  Value quotient = f.div(above, below.hi);
  Value reciprocal = f.select(isNegative, f.sub(one, quotient), quotient);
  Value tails = f.fma(f.neg(belowTail), reciprocal, aboveTail);
  return f.fma(quotient, tails, quotient);
}

Value dlc::emitLogistic(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  return f.isF32 ? logisticSingle(f, x) : logistic(f, x);
}

//===-- Logarithms --------------------------------------------------------===//

/// x > 0 = 2^n m, m in [sqrt 1/2, sqrt 2).
static Value splitExponent(Formula &f, Value x, Value &m) {
  // Denormals are made normal first.
  Value isTiny = f.less(x, f.number(0x1p-126, 0x1p-1022));
  Value grown = f.mul(x, f.number(0x1p23, 0x1p52));
  Value bits = f.bits(f.select(isTiny, grown, x));
  Value sqrtHalf = f.whole(f.isF32 ? 0x3f3504f3 : 0x3fe6a09e667f3bcd);
  Value exponent = f.shiftRight(f.subInt(bits, sqrtHalf), f.mantissa());
  m = f.fromBits(f.subInt(bits, f.shiftLeft(exponent, f.mantissa())));
  Value n = f.toFloat(exponent);
  Value zero = f.number(0.0);
  Value grownBy = f.select(isTiny, f.number(23.0, 52.0), zero);
  return f.sub(n, grownBy);
}

/// n ln 2 + ln(1 + g), sqrt 1/2 <= 1 + g <= sqrt 2.
static Value logarithm(Formula &f, Value n, Value g) {
  Value half = f.number(0.5);
  if (f.isF32) {
    Value z = f.mul(g, g);
    Value p = f.polynomial(g, log32, {});
    Value y = f.mul(f.mul(p, g), z);
    y = f.fma(n, f.number(-2.12194440e-4), y);
    y = f.fma(f.neg(half), z, y);
    Value low = f.add(g, y);
    return f.fma(n, f.number(0.693359375), low);
  }
  // g - (g²/2 - s (g²/2 + s² p(s²))), s = g / (2 + g), as fdlibm does.
  Value square = f.mul(f.mul(half, g), g);
  Value s = f.div(g, f.add(f.number(2.0), g));
  Value z = f.mul(s, s);
  Value p = f.polynomial(z, {}, atanh64);
  Value small = f.mul(n, f.number(1.90821492927058770002e-10));
  Value rest = f.fma(s, f.fma(z, p, square), small);
  Value low = f.sub(g, f.sub(square, rest));
  return f.fma(n, f.number(6.93147180369123816490e-01), low);
}

/// `result` for x > 0; ln inf = inf, ln 0 = -inf, else NaN.
static Value atLimits(Formula &f, Value x, Value result) {
  Value zero = f.number(0.0), infinity = f.number(INFINITY);
  Value isZero = f.equal(x, zero), pole = f.number(-INFINITY);
  Value other = f.select(isZero, pole, f.number(NAN));
  result = f.select(f.less(zero, x), result, other);
  return f.select(f.equal(x, infinity), x, result);
}

Value dlc::emitLog(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value m, n = splitExponent(f, x, m);
  return atLimits(f, x, logarithm(f, n, f.sub(m, f.number(1.0))));
}

// 1 + x = u + v, v what rounding lost; u = 2^n m, so that
// ln(1 + x) = n ln 2 + ln(1 + ((m - 1) + 2^-n v)).
Value dlc::emitLog1p(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value one = f.number(1.0);
  Pair u = f.sum(one, x);
  Value m, n = splitExponent(f, u.hi, m);
  // 2^-n, by the difference of the exponents. It may be too small for a number
  // where v does not matter.
  Value bitsOfOne = f.bits(one), bitsOfM = f.bits(m);
  Value minusN = f.subInt(bitsOfM, f.bits(u.hi));
  Value inverse = f.fromBits(f.addInt(minusN, bitsOfOne));
  Value isSmall = f.less(u.hi, f.number(0x1p64));
  inverse = f.select(isSmall, inverse, f.number(0.0));
  Value g = f.fma(u.lo, inverse, f.sub(m, one));
  Value result = atLimits(f, u.hi, logarithm(f, n, g));
  // -0 stays, and the sum gives +0.
  return f.select(f.equal(x, f.number(0.0)), x, result);
}

//===-- Roots and powers --------------------------------------------------===//

// With y = 1 / sqrt x, rounded: y + y (1 - x y²) / 2.
Value dlc::emitRsqrt(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value one = f.number(1.0), half = f.number(0.5);
  Value y = f.div(one, f.sqrt(x));
  Pair h = f.product(x, y);
  Value rest = f.exactFma(f.neg(h.hi), y, one);
  rest = f.fma(f.neg(h.lo), y, rest);
  Value refined = f.fma(f.mul(half, y), rest, y);
  // Not at 0 and inf, where x y² is no number.
  Value isPositive = f.less(f.number(0.0), x);
  Value isRegular = f.both(isPositive, f.less(x, f.number(INFINITY)));
  return f.select(isRegular, refined, y);
}

/// ln x for x > 0, finite, to twice the precision less a few bits.
static Pair preciseLog(Formula &f, Value x) {
  Value m, n = splitExponent(f, x, m);
  Value one = f.number(1.0);
  // s = (m - 1) / (m + 1); ln m = 2 s + s z (2/3 + z p(z)), z = s².
  Value g = f.sub(m, one);
  Pair below = f.sum(one, m);
  Value reciprocal = f.div(one, below.hi);
  Value s = f.mul(g, reciprocal);
  Value rest = f.exactFma(f.neg(s), below.hi, g);
  rest = f.fma(f.neg(s), below.lo, rest);
  Value sLow = f.mul(rest, reciprocal);

  Pair z = f.product(s, s);
  Value twice = f.add(s, s);
  Value zLow = f.fma(twice, sLow, z.lo);
  Value p = f.mul(z.hi, f.polynomial(z.hi, atanhTail32, atanhTail64));
  Pair c = f.fastSum(f.number(0x1.555556p-1, 0x1.5555555555555p-1), p);
  Value cLow = f.add(c.lo, f.number(-0x1.555556p-26, 0x1.5555555555555p-55));
  Pair w = f.product(z.hi, c.hi);
  Value wLow = f.fma(zLow, c.hi, f.fma(z.hi, cLow, w.lo));
  Pair v = f.product(s, w.hi);
  Value vLow = f.fma(sLow, w.hi, f.fma(s, wLow, v.lo));
  Pair lnM = f.fastSum(twice, v.hi);
  Value lnMLow = f.add(lnM.lo, f.fma(f.number(2.0), sLow, vLow));

  Value large = f.mul(n, f.number(0.693359375, 6.93147180369123816490e-01));
  Pair sum = f.fastSum(large, lnM.hi);
  Value low =
      f.fma(n, f.number(-2.12194440e-4, 1.90821492927058770002e-10), lnMLow);
  return f.fastSum(sum.hi, f.add(sum.lo, low));
}

// e^(y ln|x|), y ln|x| to twice the precision; then C99's special cases.
Value dlc::emitPower(OpBuilder &b, Location loc, Value x, Value y) {
  Formula f(b, loc, x);
  Value zero = f.number(0.0), one = f.number(1.0);
  Value infinity = f.number(INFINITY);
  Value a = f.abs(x);
  Value isZero = f.equal(a, zero), isInfinite = f.equal(a, infinity);
  Pair ln = preciseLog(f, a);
  ln.hi = f.select(isZero, f.number(-INFINITY), ln.hi);
  ln.hi = f.select(isInfinite, infinity, ln.hi);

  Value z = f.mul(y, ln.hi);
  Value tail = f.fma(y, ln.lo, f.exactFma(y, ln.hi, f.neg(z)));
  // Where z overflows the tail is no number.
  Value sizeOfZ = f.abs(z);
  Value isSmall = f.less(sizeOfZ, f.number(1024.0));
  Exponential e = exponential(f, z, f.select(isSmall, tail, zero));
  Value result = f.scale(f.add(e.hi, e.lo), e.exponent);
  // Also where ln 1 = 0 meets an infinite y.
  result = f.select(f.equal(a, one), one, result);

  // y is whole, or odd, if rounding leaves y, or not y / 2, as it is.
  Value size = f.abs(y), limit = f.number(0x1p23, 0x1p52);
  auto isWhole = [&](Value v) {
    Value rounded = f.sub(f.add(v, limit), limit);
    Value stays = f.equal(rounded, v);
    return f.either(stays, f.opposite(f.less(v, limit)));
  };
  Value whole = isWhole(size);
  Value odd = f.both(whole, f.opposite(isWhole(f.mul(size, f.number(0.5)))));
  Value isNegative = f.less(x, zero);
  Value hasNoPower = f.both(isNegative, f.opposite(whole));
  hasNoPower = f.both(hasNoPower, f.opposite(isInfinite));
  result = f.select(hasNoPower, f.number(NAN), result);
  result = f.select(odd, f.copySign(result, x), result);
  // NaN if either is.
  Value sum = f.add(x, y);
  Value noNumber = f.isNan(x);
  noNumber = f.either(noNumber, f.isNan(y));
  result = f.select(noNumber, sum, result);
  Value isOne = f.equal(x, one);
  isOne = f.either(isOne, f.equal(y, zero));
  return f.select(isOne, one, result);
}
