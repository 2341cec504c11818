// sine, cosine and arc tangent.

#include "Lowering/Formula.h"
#include "Lowering/Math.h"
#include "Lowering/Quadrants.h"

using namespace mlir;
using namespace dlc;

// Coefficients: test/goldens/make_polynomials.py, highest degree first.
// sin x = x + x³ p(x²), |x| <= pi / 4
static constexpr double sin32[] = {-0x1.992c34p-13, 0x1.1106fcp-7,
                                   -0x1.555544p-3};
static constexpr double sin64[] = {
    0x1.5d8103aed84a3p-33,  -0x1.ae5e29a71df2dp-26, 0x1.71de352c752dep-19,
    -0x1.a01a019bbd913p-13, 0x1.111111110f5f3p-7,   -0x1.5555555555547p-3};
// cos x = 1 - x² / 2 + x^4 p(x²), |x| <= pi / 4
static constexpr double cos32[] = {0x1.99e364p-16, -0x1.6c0c22p-10,
                                   0x1.55554ap-5};
static constexpr double cos64[] = {
    -0x1.8f9ae8b4cf4a2p-37, 0x1.1ee9c6d3e0006p-29,  -0x1.27e4f7d4f3386p-22,
    0x1.a01a019c6ac92p-16,  -0x1.6c16c16c14ec2p-10, 0x1.555555555554ap-5};
// atan x = x + x³ p(x²), |x| <= 1
static constexpr double atan32[] = {
    -0x1.d62f3p-10, 0x1.65a5fp-7,  -0x1.fed0fap-6,
    0x1.dac9bp-5,   -0x1.58348p-4, 0x1.c099f8p-4,
    -0x1.2421b4p-3, 0x1.9991fep-3, -0x1.55553ep-2};
static constexpr double atan64[] = {
    0x1.bbc33e2f61655p-17, -0x1.3f1b2c6860de4p-13, 0x1.b3da9ce076861p-11,
    -0x1.7a2221af8045fp-9, 0x1.d7a1997fc8621p-8,   -0x1.c77e8fbfdf581p-7,
    0x1.6833444003cccp-6,  -0x1.e9f1f533c010bp-6,  0x1.2c2baea53861p-5,
    -0x1.59a29b9174385p-5, 0x1.82da476ff308fp-5,   -0x1.ae5e454357249p-5,
    0x1.e1bb9b5e9d036p-5,  -0x1.110e5022a6e74p-4,  0x1.3b136676c1c64p-4,
    -0x1.745d11ab05603p-4, 0x1.c71c717f95b8ap-4,   -0x1.249249237e297p-3,
    0x1.9999999995549p-3,  -0x1.5555555555526p-2};

/// sin(x + quarters · pi / 2).
static Value circular(Formula &f, Value x, int64_t quarters) {
  Quadrant at = reduceToQuadrant(f, x);
  Value r = at.hi, z = f.mul(r, r), one = f.number(1.0);
  Value s = f.polynomial(z, sin32, sin64);
  Value sine = f.add(r, f.fma(f.mul(z, r), s, at.lo));
  Value c = f.polynomial(z, cos32, cos64);
  Value half = f.mul(f.number(0.5), z);
  Pair top = f.fastSum(one, f.neg(half));
  Value rest = f.fma(f.neg(r), at.lo, top.lo);
  Value cosine = f.add(top.hi, f.fma(f.mul(z, z), c, rest));

  Value q = f.addInt(at.quadrant, f.whole(quarters));
  Value zero = f.whole(0);
  Value isSine = f.equalInt(f.andInt(q, f.whole(1)), zero);
  Value isUpper = f.equalInt(f.andInt(q, f.whole(2)), zero);
  Value result = f.select(isSine, sine, cosine);
  return f.select(isUpper, result, f.neg(result));
}

Value dlc::emitSine(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value result = circular(f, x, 0);
  // -0 stays.
  return f.select(f.equal(x, f.number(0.0)), x, result);
}

Value dlc::emitCosine(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  return circular(f, x, 1);
}

// Above 1: pi / 2 - atan(1 / x).
Value dlc::emitAtan(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value a = f.abs(x), one = f.number(1.0);
  Value isLarge = f.less(one, a);
  Value t = f.select(isLarge, f.div(one, a), a);
  Value z = f.mul(t, t);
  Value p = f.polynomial(z, atan32, atan64);
  Value small = f.fma(f.mul(t, z), p, t);
  Value low = f.sub(small, f.number(-0x1.777a5cp-25, 0x1.1a62633145c07p-54));
  Value large = f.sub(f.number(0x1.921fb6p0, 0x1.921fb54442d18p0), low);
  return f.copySign(f.select(isLarge, large, small), x);
}
