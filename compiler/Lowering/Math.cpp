#include "Lowering/Math.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace {
/// Arithmetic on values of one type: f32 or f64, scalar or vector.
struct Formula {
  OpBuilder &b;
  Location loc;
  Type type;    ///< Of floats.
  Type integer; ///< Of integers as wide.
  bool isF32;

  Formula(OpBuilder &b, Location loc, Value x)
      : b(b), loc(loc), type(x.getType()),
        isF32(getElementTypeOrSelf(x).isF32()) {
    integer = b.getIntegerType(isF32 ? 32 : 64);
    if (auto vector = dyn_cast<VectorType>(type))
      integer = vector.clone(integer);
  }

  int64_t mantissa() const { return isF32 ? 23 : 52; }
  int64_t bias() const { return isF32 ? 127 : 1023; }

  Value constant(Type type, Attribute value) {
    TypedAttr attr = cast<TypedAttr>(value);
    if (auto vector = dyn_cast<VectorType>(type))
      attr = DenseElementsAttr::get(vector, value);
    return b.create<arith::ConstantOp>(loc, attr);
  }
  Value number(double n) {
    return constant(type, FloatAttr::get(getElementTypeOrSelf(type), n));
  }
  /// One number for f32, another for f64.
  Value number(double n32, double n64) { return number(isF32 ? n32 : n64); }
  Value whole(int64_t n) {
    return constant(integer,
                    IntegerAttr::get(getElementTypeOrSelf(integer), n));
  }

  Value add(Value x, Value y) { return b.create<arith::AddFOp>(loc, x, y); }
  Value sub(Value x, Value y) { return b.create<arith::SubFOp>(loc, x, y); }
  Value mul(Value x, Value y) { return b.create<arith::MulFOp>(loc, x, y); }
  Value div(Value x, Value y) { return b.create<arith::DivFOp>(loc, x, y); }
  Value neg(Value x) { return b.create<arith::NegFOp>(loc, x); }
  Value abs(Value x) { return b.create<math::AbsFOp>(loc, x); }
  Value fma(Value x, Value y, Value z) {
    return b.create<math::FmaOp>(loc, x, y, z);
  }
  Value polynomial(Value x, ArrayRef<double> highestFirst) {
    Value sum = number(highestFirst.front());
    for (double c : highestFirst.drop_front())
      sum = fma(sum, x, number(c));
    return sum;
  }

  Value compare(arith::CmpFPredicate predicate, Value x, Value y) {
    return b.create<arith::CmpFOp>(loc, predicate, x, y);
  }
  Value less(Value x, Value y) {
    return compare(arith::CmpFPredicate::OLT, x, y);
  }
  Value select(Value condition, Value x, Value y) {
    return b.create<arith::SelectOp>(loc, condition, x, y);
  }

  Value bits(Value x) { return b.create<arith::BitcastOp>(loc, integer, x); }
  Value fromBits(Value x) { return b.create<arith::BitcastOp>(loc, type, x); }
  Value addInt(Value x, Value y) { return b.create<arith::AddIOp>(loc, x, y); }
  Value subInt(Value x, Value y) { return b.create<arith::SubIOp>(loc, x, y); }
  Value shiftLeft(Value x, int64_t n) {
    return b.create<arith::ShLIOp>(loc, x, whole(n));
  }
  Value shiftRight(Value x, int64_t n) {
    return b.create<arith::ShRSIOp>(loc, x, whole(n));
  }
  /// 2^n for an exponent in range.
  Value powerOf2(Value n) {
    return fromBits(shiftLeft(addInt(n, whole(bias())), mantissa()));
  }

  /// e^x, and in `tail` what its rounding lost.
  Value exp(Value x, Value *tail = nullptr);
};
} // namespace

// x = n ln 2 + r with |r| <= ln 2 / 2; e^x = 2^n (1 + r u), u = 1 + r p(r).
// ln 2 comes in two parts, the first with so few bits that n times it is exact.
// 2^n is two factors, since a result may be a denormal.
Value Formula::exp(Value x, Value *tail) {
  // Both bounds are past the last result that is neither 0 nor inf. A NaN
  // passes: the comparisons are false.
  Value low = number(-104.0, -746.0), high = number(89.0, 710.0);
  x = select(less(x, low), low, x);
  x = select(less(high, x), high, x);

  // Adding 1.5 · 2^mantissa rounds to an integer, which the low bits then hold.
  Value shift = number(12582912.0, 6755399441055744.0);
  Value shifted = fma(x, number(1.44269504088896340736), shift);
  Value n = sub(shifted, shift);
  Value exponent = subInt(bits(shifted), bits(shift));
  Value r = fma(n, number(-0.693359375, -6.93147180369123816490e-01), x);
  r = fma(n, number(2.12194440e-4, -1.90821492927058770002e-10), r);

  // Cephes' minimax polynomial; for f64 the Taylor series is short enough.
  Value p =
      isF32
          ? polynomial(r, {1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3,
                           4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1})
          : polynomial(r, {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800,
                           1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
                           1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5});
  Value one = number(1.0);
  Value u = fma(p, r, one);
  Value e = fma(u, r, one);
  Value half = shiftRight(exponent, 1);
  Value scale1 = powerOf2(half);
  Value scale2 = powerOf2(subInt(exponent, half));
  if (tail)
    *tail = mul(mul(fma(u, r, sub(one, e)), scale1), scale2);
  return mul(mul(e, scale1), scale2);
}

Value dlc::emitExp(OpBuilder &b, Location loc, Value x) {
  return Formula(b, loc, x).exp(x);
}

// x = 2^n m with m in [sqrt 1/2, sqrt 2), f = m - 1. Cephes' polynomial for
// f32; for f64 fdlibm's, in s = f / (2 + f).
Value dlc::emitLog(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  // Denormals are made normal first.
  Value tiny = f.number(0x1p-126, 0x1p-1022);
  Value isTiny = f.less(x, tiny);
  Value normal = f.select(isTiny, f.mul(x, f.number(0x1p23, 0x1p52)), x);
  Value bits = f.bits(normal);
  Value sqrtHalf = f.whole(f.isF32 ? 0x3f3504f3 : 0x3fe6a09e667f3bcd);
  Value exponent = f.shiftRight(f.subInt(bits, sqrtHalf), f.mantissa());
  Value m = f.fromBits(f.subInt(bits, f.shiftLeft(exponent, f.mantissa())));
  // Through 32 bits: not every instruction set converts 64-bit integers.
  Value n;
  if (f.isF32) {
    n = b.create<arith::SIToFPOp>(loc, f.type, exponent);
  } else {
    Type narrow = b.getI32Type();
    if (auto vector = dyn_cast<VectorType>(f.integer))
      narrow = vector.clone(narrow);
    n = b.create<arith::SIToFPOp>(
        loc, f.type, b.create<arith::TruncIOp>(loc, narrow, exponent));
  }
  n = f.sub(n, f.select(isTiny, f.number(23.0, 52.0), f.number(0.0)));
  Value g = f.sub(m, f.number(1.0));
  Value result;
  if (f.isF32) {
    Value z = f.mul(g, g);
    Value p =
        f.polynomial(g, {7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1,
                         -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
                         2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1});
    Value y = f.mul(f.mul(p, g), z);
    y = f.fma(n, f.number(-2.12194440e-4), y);
    y = f.fma(f.number(-0.5), z, y);
    result = f.fma(n, f.number(0.693359375), f.add(g, y));
  } else {
    Value half = f.mul(f.mul(f.number(0.5), g), g);
    Value s = f.div(g, f.add(f.number(2.0), g));
    Value z = f.mul(s, s);
    Value p =
        f.polynomial(z, {1.479819860511658591e-01, 1.531383769920937332e-01,
                         1.818357216161805012e-01, 2.222219843214978396e-01,
                         2.857142874366239149e-01, 3.999999999940941908e-01,
                         6.666666666666735130e-01});
    Value rest = f.fma(s, f.fma(z, p, half),
                       f.mul(n, f.number(1.90821492927058770002e-10)));
    Value low = f.sub(g, f.sub(half, rest));
    result = f.fma(n, f.number(6.93147180369123816490e-01), low);
  }
  // ln inf = inf, ln 0 = -inf; NaN where x > 0 is false and x is not 0.
  using P = arith::CmpFPredicate;
  Value zero = f.number(0.0), infinity = f.number(INFINITY);
  Value isZero = f.compare(P::OEQ, x, zero);
  Value other = f.select(isZero, f.number(-INFINITY), f.number(NAN));
  result = f.select(f.compare(P::OGT, x, zero), result, other);
  return f.select(f.compare(P::OEQ, x, infinity), x, result);
}

// Cephes: x + x³ p(x²) below 0.625, above that 1 - 2 / (e^2x + 1).
Value dlc::emitTanh(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value a = f.abs(x), z = f.mul(x, x), p;
  if (f.isF32) {
    p = f.polynomial(z, {-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2,
                         1.33314422036e-1, -3.33332819422e-1});
  } else {
    p = f.div(
        f.polynomial(z, {-9.64399179425052238628e-1, -9.92877231001918586564e1,
                         -1.61468768441708447952e3}),
        f.polynomial(z, {1.0, 1.12811678491632931402e2,
                         2.23548839060100448583e3, 4.84406305325125486048e3}));
  }
  Value small = f.fma(f.mul(p, z), a, a);
  Value e = f.exp(f.add(a, a)), one = f.number(1.0);
  Value large = f.sub(one, f.div(f.number(2.0), f.add(e, one)));
  Value result = f.select(f.less(a, f.number(0.625)), small, large);
  return b.create<math::CopySignOp>(loc, result, x);
}

// With z = e^-|x|: 1 / (1 + z), or z / (1 + z) for negative x. One step of
// refinement takes in what was lost by rounding z and 1 + z.
Value dlc::emitLogistic(OpBuilder &b, Location loc, Value x) {
  Formula f(b, loc, x);
  Value one = f.number(1.0), zero = f.number(0.0), tail;
  Value z = f.exp(f.neg(f.abs(x)), &tail);
  Value isNegative = f.less(x, zero);
  Value above = f.select(isNegative, z, one);
  Value aboveTail = f.select(isNegative, tail, zero);
  Value below = f.add(one, z);
  Value belowTail = f.add(f.sub(z, f.sub(below, one)), tail);
  Value reciprocal = f.div(one, below);
  Value quotient = f.mul(above, reciprocal);
  Value rest = f.add(f.fma(f.neg(quotient), below, above),
                     f.fma(f.neg(quotient), belowTail, aboveTail));
  return f.fma(rest, reciprocal, quotient);
}
