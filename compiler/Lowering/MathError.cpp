// erf, erfc and what is made of them.

#include "Lowering/Formula.h"
#include "Lowering/Math.h"

#include <iterator>

using namespace mlir;
using namespace dlc;

// Coefficients: test/goldens/make_polynomials.py, highest degree first.
// erf x = x + x p(x²), |x| <= 0.92
static constexpr double erf32[] = {
    0x1.5fbda6p-14, -0x1.ab1e5cp-11, 0x1.54e0f8p-8, -0x1.b81126p-6,
    0x1.ce2e28p-4,  -0x1.812744p-2,  0x1.06eba8p-3};
static constexpr double erf64[] = {
    -0x1.cab3958c6b52cp-31, 0x1.e08bff7d57c27p-27,  -0x1.5d45022c46aeap-23,
    0x1.b9af18c7ac519p-20,  -0x1.f4ceab39871bbp-17, 0x1.f9a2fcff80bd9p-14,
    -0x1.c02db2c51243ep-11, 0x1.565bcd088af9fp-8,   -0x1.b82ce312679cfp-6,
    0x1.ce2f21a0425ddp-4,   -0x1.812746b0379ep-2,   0x1.06eba8214db69p-3};
// erf x = 1 - e^-p(x), x >= 0.92
static constexpr double erfTail32[] = {
    0x1.46c3cp-16, -0x1.b2bb18p-12, 0x1.0abf92p-8, -0x1.970e4p-6,
    0x1.b9bb4ep-4, 0x1.447ac8p-1,   0x1.211ab8p+0, -0x1.165146p-13};
static constexpr double erfTail64[] = {
    0x1.8ad1d0b050606p-58,  -0x1.107cdf30c2584p-51, 0x1.63bf335083c58p-46,
    -0x1.246e0909267a5p-41, 0x1.53f232ac625b4p-37,  -0x1.296f852288522p-33,
    0x1.9705630a03101p-30,  -0x1.be916dcd6a2d7p-27, 0x1.8f53763ff6fefp-24,
    -0x1.25ee6bd21e769p-21, 0x1.658f07f3ea381p-19,  -0x1.662583234564ep-17,
    0x1.22d20d9a51abap-15,  -0x1.6f4440cfc1107p-14, 0x1.3e8a7ddabed9p-13,
    -0x1.5ac2e59d5eae6p-14, -0x1.f6da0a20401e1p-12, 0x1.a4a7667cbaebfp-10,
    -0x1.378de565b5a32p-13, -0x1.39ea0940bf4a6p-6,  0x1.a501aa3fdb1acp-4,
    0x1.45f29694b14edp-1,   0x1.20dd7eb6d4bafp+0,   -0x1.957e0e943e1b6p-25};
// erfc x = e^-x² p(t) / (1 + 2 x), t = (x - 4) / (x + 4), x >= 0
static constexpr double erfc32[] = {
    0x1.b20b64p-11, 0x1.c08224p-8,  -0x1.07701ap-6, 0x1.2a0e6ep-5,
    -0x1.10bec8p-4, 0x1.8060bep-4,  -0x1.9dab18p-4, 0x1.16e6c2p-4,
    0x1.f7e25ep-7,  -0x1.1df19ep-3, 0x1.3ba592p+0};
static constexpr double erfc64[] = {
    0x1.4956a0382292fp-30,  0x1.cd09bb42d25fbp-30,  -0x1.e3761081a73aap-27,
    -0x1.2c2009c65f437p-26, 0x1.d9e06b65e5f2dp-24,  0x1.3e4793af3bdc1p-24,
    -0x1.bb6ffcb2da4f4p-21, 0x1.3bda992983486p-22,  0x1.7f346f809a851p-18,
    -0x1.788dd1765daep-17,  -0x1.995ace8061b96p-16, 0x1.3be06c0b603b4p-13,
    -0x1.a1df16154327ep-13, -0x1.8d4a9c4ddf16bp-11, 0x1.49c6726f02305p-8,
    -0x1.096238829b26fp-6,  0x1.3079edf6d4d54p-5,   -0x1.0fb06dfe55359p-4,
    0x1.7fee004e0fdf1p-4,   -0x1.9ddb23c3e8956p-4,  0x1.16ecefcfa54a5p-4,
    0x1.f7f5df66fd6ccp-7,   -0x1.1df1ad154a28fp-3,  0x1.3ba5916e9fd7fp+0};

Value dlc::emitErf(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value a = f.abs(x);
  Value q = f.polynomial(f.mul(a, a), erf32, erf64);
  Value small = f.fma(q, a, a);
  // From here on the result is 1.
  Value limit = f.number(3.95, 5.95);
  Value cut = f.select(f.less(limit, a), limit, a);
  Value p = f.polynomial(cut, erfTail32, erfTail64);
  Exponential e = exponential(f, f.neg(p));
  Value tail = f.scale(f.add(e.hi, e.lo), e.exponent);
  Value large = f.sub(f.number(1.0), tail);
  Value isSmall = f.less(a, f.number(0.92));
  return f.copySign(f.select(isSmall, small, large), x);
}

/// 2^exponent (hi + lo) = erfc a for a >= 0, given a² to twice the precision.
static Exponential complement(Formula &f, Value a, Pair square) {
  Value one = f.number(1.0), four = f.number(4.0);
  Value sum = f.add(a, four);
  Value twice = f.add(a, a);
  Value below = f.add(one, twice);
  // Both reciprocals by one division.
  Value inverse = f.div(one, f.mul(sum, below));
  Value reciprocal = f.mul(inverse, sum);
  Value difference = f.sub(a, four);
  Value t = f.mul(difference, f.mul(inverse, below));
  // The last step of Horner's rule with its rounding error.
  Value inner = f.polynomial(t, Formula::Coefficients(erfc32).drop_back(),
                             Formula::Coefficients(erfc64).drop_back());
  Value last = f.number(std::end(erfc32)[-1], std::end(erfc64)[-1]);
  Pair p = f.fastSum(last, f.mul(t, inner));
  // q = p / (1 + 2 a) and what its roundings lost.
  Value belowLow = f.sub(twice, f.sub(below, one));
  Value q = f.mul(p.hi, reciprocal);
  Value rest = f.exactFma(f.neg(q), below, p.hi);
  rest = f.fma(f.neg(q), belowLow, rest);
  rest = f.add(rest, p.lo);
  Value qLow = f.mul(rest, reciprocal);

  Value exponent = f.neg(square.hi);
  Exponential e = exponential(f, exponent, f.neg(square.lo));
  Pair product = f.product(e.hi, q);
  Value low = f.fma(e.lo, q, f.fma(e.hi, qLow, product.lo));
  return {e.exponent, product.hi, low};
}

Value dlc::emitErfc(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value a = f.abs(x);
  // From here on the result is 0.
  Value limit = f.number(10.5, 27.5);
  a = f.select(f.less(limit, a), limit, a);
  Exponential c = complement(f, a, f.product(a, a));
  Value right = f.scale(f.add(c.hi, c.lo), c.exponent);
  Value left = f.sub(f.number(2.0), right);
  Value result = f.select(f.less(x, f.number(0.0)), left, right);
  // (1 - x) - x p(x²) is closer where the result is not small.
  Value p = f.polynomial(f.mul(x, x), erf32, erf64);
  Value one = f.number(1.0), minusX = f.neg(x);
  Pair rest = f.fastSum(one, minusX);
  Value near = f.add(rest.hi, f.fma(minusX, p, rest.lo));
  return f.select(f.less(a, f.number(0.65)), near, result);
}

/// The normal distribution function: erfc(-x / sqrt 2) / 2. The exponent of the
/// complement is x² / 2, without the error of x / sqrt 2.
static Value normalDistribution(Formula &f, Value x) {
  Value half = f.number(0.5), rootHalf = f.number(0.70710678118654752440);
  Value a = f.abs(x);
  // From here on the left tail is 0.
  Value limit = f.number(15.0, 39.0);
  a = f.select(f.less(limit, a), limit, a);
  Pair square = f.product(a, a);
  square.hi = f.mul(half, square.hi);
  square.lo = f.mul(half, square.lo);
  Value z = f.mul(rootHalf, a);
  Exponential c = complement(f, z, square);
  Value left = f.scale(f.add(c.hi, c.lo), c.exponent);
  left = f.mul(half, left);
  Value right = f.sub(f.number(1.0), left);
  Value result = f.select(f.less(x, f.number(0.0)), left, right);
  // Around 0: 1/2 + erf(x / sqrt 2) / 2.
  Value p = f.polynomial(f.mul(z, z), erf32, erf64);
  Value halfErf = f.mul(half, f.copySign(z, x));
  Pair sum = f.fastSum(half, halfErf);
  Value near = f.add(sum.hi, f.fma(halfErf, p, sum.lo));
  return f.select(f.less(z, f.number(0.65)), near, result);
}

Value dlc::emitGelu(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  return f.mul(x, normalDistribution(f, x));
}

// 1 + tanh u = 2 logistic(2 u), here with 2 u = x (c + d x²) to twice the
// precision: its error would be that of the result times u.
Value dlc::emitGeluTanh(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  // Beyond, the result is x or 0.
  Value limit = f.number(24.0), minusLimit = f.number(-24.0);
  Value cut = f.select(f.less(limit, x), limit, x);
  cut = f.select(f.less(cut, minusLimit), minusLimit, cut);
  Pair square = f.product(cut, cut);
  Value d = f.number(0x1.2444f2p-4, 0x1.2444f2a4d8b4bp-4),
        dLow = f.number(0x1.49b16ap-29, -0x1.6c843a29d1c70p-61);
  Value c = f.number(0x1.988454p+0, 0x1.9884533d43651p+0),
        cLow = f.number(-0x1.857936p-25, -0x1.cbc0d30ebfd15p-54);
  Pair cubic = f.product(d, square.hi);
  Value cubicLow = f.fma(d, square.lo, cubic.lo);
  cubicLow = f.fma(dLow, square.hi, cubicLow);
  Pair sum = f.sum(c, cubic.hi);
  Value rest = f.add(sum.lo, cubicLow);
  Value sumLow = f.add(rest, cLow);
  Pair u = f.product(cut, sum.hi);
  Value uLow = f.fma(cut, sumLow, u.lo);
  return f.mul(x, logistic(f, u.hi, uLow));
}
