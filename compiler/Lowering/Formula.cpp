#include "Lowering/Formula.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace dlc;

Formula::Formula(OpBuilder &b, Location loc, Value x)
    : b(b), loc(loc), type(x.getType()),
      isF32(getElementTypeOrSelf(x).isF32()) {
  integer = b.getIntegerType(isF32 ? 32 : 64);
  if (auto vector = dyn_cast<VectorType>(type))
    integer = vector.clone(integer);
}

//===-- Numbers -----------------------------------------------------------===//

Value Formula::constant(Type type, Attribute value) {
  TypedAttr attr = cast<TypedAttr>(value);
  if (auto vector = dyn_cast<VectorType>(type))
    attr = DenseElementsAttr::get(vector, value);
  return b.create<arith::ConstantOp>(loc, attr);
}
Value Formula::number(double n) {
  return constant(type, FloatAttr::get(getElementTypeOrSelf(type), n));
}
Value Formula::whole(int64_t n) {
  return constant(integer, IntegerAttr::get(getElementTypeOrSelf(integer), n));
}

//===-- Arithmetic --------------------------------------------------------===//

Value Formula::add(Value x, Value y) {
  return b.create<arith::AddFOp>(loc, x, y);
}
Value Formula::sub(Value x, Value y) {
  return b.create<arith::SubFOp>(loc, x, y);
}
Value Formula::mul(Value x, Value y) {
  return b.create<arith::MulFOp>(loc, x, y);
}
Value Formula::div(Value x, Value y) {
  return b.create<arith::DivFOp>(loc, x, y);
}
Value Formula::neg(Value x) { return b.create<arith::NegFOp>(loc, x); }
Value Formula::abs(Value x) { return b.create<math::AbsFOp>(loc, x); }
Value Formula::sqrt(Value x) { return b.create<math::SqrtOp>(loc, x); }
Value Formula::copySign(Value x, Value sign) {
  return b.create<math::CopySignOp>(loc, x, sign);
}

Value Formula::fma(Value x, Value y, Value z) {
  return b.create<math::FmaOp>(loc, x, y, z);
}
Value Formula::exactFma(Value x, Value y, Value z) {
  auto op = b.create<math::FmaOp>(loc, x, y, z);
  // Codegen reads this.
  op->setAttr("dlc.exact", b.getUnitAttr());
  return op;
}
Value Formula::polynomial(Value x, Coefficients f32, Coefficients f64) {
  Coefficients c = isF32 ? f32 : f64;
  Value sum = number(c.front());
  for (double next : c.drop_front()) {
    Value term = number(next);
    sum = fma(sum, x, term);
  }
  return sum;
}

Pair Formula::fastSum(Value x, Value y) {
  Value hi = add(x, y);
  Value part = sub(hi, x);
  return {hi, sub(y, part)};
}
Pair Formula::sum(Value x, Value y) {
  Value hi = add(x, y);
  Value partOfY = sub(hi, x);
  Value partOfX = sub(hi, partOfY);
  Value restOfX = sub(x, partOfX);
  Value restOfY = sub(y, partOfY);
  return {hi, add(restOfX, restOfY)};
}
Pair Formula::product(Value x, Value y) {
  Value hi = mul(x, y);
  Value negated = neg(hi);
  return {hi, exactFma(x, y, negated)};
}

//===-- Conditions --------------------------------------------------------===//

Value Formula::less(Value x, Value y) {
  return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OLT, x, y);
}
Value Formula::equal(Value x, Value y) {
  return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OEQ, x, y);
}
Value Formula::notEqual(Value x, Value y) {
  return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNE, x, y);
}
Value Formula::isNan(Value x) {
  return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNO, x, x);
}
Value Formula::select(Value condition, Value x, Value y) {
  return b.create<arith::SelectOp>(loc, condition, x, y);
}
Value Formula::both(Value x, Value y) {
  return b.create<arith::AndIOp>(loc, x, y);
}
Value Formula::either(Value x, Value y) {
  return b.create<arith::OrIOp>(loc, x, y);
}
Value Formula::opposite(Value x) {
  Value all = constant(x.getType(), b.getBoolAttr(true));
  return b.create<arith::XOrIOp>(loc, x, all);
}

//===-- Bits --------------------------------------------------------------===//

Value Formula::bits(Value x) {
  return b.create<arith::BitcastOp>(loc, integer, x);
}
Value Formula::fromBits(Value x) {
  return b.create<arith::BitcastOp>(loc, type, x);
}
Value Formula::addInt(Value x, Value y) {
  return b.create<arith::AddIOp>(loc, x, y);
}
Value Formula::subInt(Value x, Value y) {
  return b.create<arith::SubIOp>(loc, x, y);
}
Value Formula::andInt(Value x, Value y) {
  return b.create<arith::AndIOp>(loc, x, y);
}
Value Formula::shiftLeft(Value x, int64_t n) {
  Value distance = whole(n);
  return b.create<arith::ShLIOp>(loc, x, distance);
}
Value Formula::shiftRight(Value x, int64_t n) {
  Value distance = whole(n);
  return b.create<arith::ShRSIOp>(loc, x, distance);
}
Value Formula::equalInt(Value x, Value y) {
  return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, x, y);
}
Value Formula::toFloat(Value x) {
  if (!isF32) {
    Type narrow = b.getI32Type();
    if (auto vector = dyn_cast<VectorType>(integer))
      narrow = vector.clone(narrow);
    x = b.create<arith::TruncIOp>(loc, narrow, x);
  }
  return b.create<arith::SIToFPOp>(loc, type, x);
}

Value Formula::powerOf2(Value n) {
  Value biased = addInt(n, whole(bias()));
  return fromBits(shiftLeft(biased, mantissa()));
}
Value Formula::scale(Value x, Value n) {
  Value half = shiftRight(n, 1);
  Value rest = subInt(n, half);
  Value first = mul(x, powerOf2(half));
  return mul(first, powerOf2(rest));
}
Value Formula::roundProduct(Value x, Value y, Value &n) {
  // Adding 1.5 · 2^mantissa rounds to an integer, which the low bits then hold.
  Value shift = number(12582912.0, 6755399441055744.0);
  Value shifted = fma(x, y, shift);
  Value shiftedBits = bits(shifted);
  n = subInt(shiftedBits, bits(shift));
  return sub(shifted, shift);
}
