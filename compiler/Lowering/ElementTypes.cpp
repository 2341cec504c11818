#include "Lowering/ElementTypes.h"

#include "Lowering/Elementwise.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace dlc;

static bool isNarrowFloat(Type element) {
  return element.isBF16() || element.isF16();
}

Type dlc::registerType(Type element) {
  if (isNarrowFloat(element))
    return Float32Type::get(element.getContext());
  if (auto integer = dyn_cast<IntegerType>(element))
    return IntegerType::get(element.getContext(), integer.getWidth());
  return element;
}

Type dlc::memoryType(Type element) {
  if (isNarrowFloat(element))
    return IntegerType::get(element.getContext(), 16);
  if (element.isInteger(1))
    return IntegerType::get(element.getContext(), 8);
  return registerType(element);
}

//===-- Memory ------------------------------------------------------------===//

Value dlc::fromMemory(OpBuilder &b, Location loc, Value loaded, Type element) {
  Type type = loaded.getType();
  if (element.isInteger(1)) {
    Value zero = zeroLike(b, loc, type);
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, loaded, zero);
  }
  Type f32 = likeType(type, b.getF32Type());
  if (element.isF16()) {
    Value half =
        b.create<arith::BitcastOp>(loc, likeType(type, element), loaded);
    return b.create<arith::ExtFOp>(loc, f32, half);
  }
  if (element.isBF16()) {
    Type i32 = likeType(type, b.getI32Type());
    Value wide = b.create<arith::ExtUIOp>(loc, i32, loaded);
    Value sixteen = integerLike(b, loc, i32, 16);
    Value bits = b.create<arith::ShLIOp>(loc, wide, sixteen);
    return b.create<arith::BitcastOp>(loc, f32, bits);
  }
  return loaded;
}

Value dlc::toMemory(OpBuilder &b, Location loc, Value value, Type element) {
  Type type = value.getType(), memory = likeType(type, memoryType(element));
  if (element.isInteger(1))
    return b.create<arith::ExtUIOp>(loc, memory, value);
  if (element.isF16()) {
    Value half = b.create<arith::TruncFOp>(loc, likeType(type, element), value);
    return b.create<arith::BitcastOp>(loc, memory, half);
  }
  if (element.isBF16()) {
    Type i32 = likeType(type, b.getI32Type());
    Value bits = b.create<arith::BitcastOp>(loc, i32, value);
    Value sixteen = integerLike(b, loc, i32, 16);
    Value high = b.create<arith::ShRUIOp>(loc, bits, sixteen);
    return b.create<arith::TruncIOp>(loc, memory, high);
  }
  return value;
}

//===-- Rounding ----------------------------------------------------------===//

/// f32 ⇒ the nearest bf16, ties to even: adding 0x7fff, and one more if the
/// last bit that is kept is odd, carries exactly when it must. A NaN stays one.
static Value roundToBF16(OpBuilder &b, Location loc, Value x) {
  Type type = x.getType(), i32 = likeType(type, b.getI32Type());
  Value bits = b.create<arith::BitcastOp>(loc, i32, x);
  Value sixteen = integerLike(b, loc, i32, 16);
  Value one = integerLike(b, loc, i32, 1);
  Value half = integerLike(b, loc, i32, 0x7fff);
  Value last = b.create<arith::ShRUIOp>(loc, bits, sixteen);
  last = b.create<arith::AndIOp>(loc, last, one);
  Value sum = b.create<arith::AddIOp>(loc, bits, half);
  sum = b.create<arith::AddIOp>(loc, sum, last);
  Value quiet = integerLike(b, loc, i32, 0x400000);
  Value nan = b.create<arith::OrIOp>(loc, bits, quiet);
  Value isNan = b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNO, x, x);
  Value rounded = b.create<arith::SelectOp>(loc, isNan, nan, sum);
  Value kept = integerLike(b, loc, i32, APInt(32, 0xffff0000));
  rounded = b.create<arith::AndIOp>(loc, rounded, kept);
  return b.create<arith::BitcastOp>(loc, type, rounded);
}

Value dlc::roundTo(OpBuilder &b, Location loc, Value value, Type element) {
  if (element.isBF16())
    return roundToBF16(b, loc, value);
  if (element.isF16()) {
    Type type = value.getType();
    Value half = b.create<arith::TruncFOp>(loc, likeType(type, element), value);
    return b.create<arith::ExtFOp>(loc, type, half);
  }
  return value;
}

/// f64 ⇒ f32 rounded to odd: towards 0, with the last bit set if that was
/// inexact. Rounding the result again to a narrower type is then as if x had
/// been rounded once.
static Value roundToOdd(OpBuilder &b, Location loc, Value x) {
  Type f32 = likeType(x.getType(), b.getF32Type());
  Type i32 = likeType(x.getType(), b.getI32Type());
  Value nearest = b.create<arith::TruncFOp>(loc, f32, x);
  Value back = b.create<arith::ExtFOp>(loc, x.getType(), nearest);
  Value size = b.create<math::AbsFOp>(loc, x);
  Value backSize = b.create<math::AbsFOp>(loc, back);
  using P = arith::CmpFPredicate;
  Value away = b.create<arith::CmpFOp>(loc, P::OGT, backSize, size);
  Value inexact = b.create<arith::CmpFOp>(loc, P::ONE, backSize, size);
  Value bits = b.create<arith::BitcastOp>(loc, i32, nearest);
  Value one = integerLike(b, loc, i32, 1);
  Value smaller = b.create<arith::SubIOp>(loc, bits, one);
  Value truncated = b.create<arith::SelectOp>(loc, away, smaller, bits);
  Value odd = b.create<arith::OrIOp>(loc, truncated, one);
  bits = b.create<arith::SelectOp>(loc, inexact, odd, truncated);
  return b.create<arith::BitcastOp>(loc, f32, bits);
}

/// i64 ⇒ an f64 from which a narrow float is rounded as from x: of a large x
/// the last 12 bits matter only by not being all 0.
static Value wholeToDouble(OpBuilder &b, Location loc, Value x) {
  Type type = x.getType();
  auto number = [&](int64_t n) { return integerLike(b, loc, type, n); };
  using P = arith::CmpIPredicate;
  Value mask = number(0xfff), zero = number(0);
  Value low = b.create<arith::AndIOp>(loc, x, mask);
  Value isWhole = b.create<arith::CmpIOp>(loc, P::eq, low, zero);
  Value sticky = b.create<arith::SelectOp>(loc, isWhole, zero, number(0x800));
  Value high = b.create<arith::SubIOp>(loc, x, low);
  Value squeezed = b.create<arith::OrIOp>(loc, high, sticky);
  Value size = b.create<math::AbsIOp>(loc, x);
  Value isLarge =
      b.create<arith::CmpIOp>(loc, P::ugt, size, number(int64_t(1) << 52));
  Value chosen = b.create<arith::SelectOp>(loc, isLarge, squeezed, x);
  return b.create<arith::SIToFPOp>(loc, likeType(type, b.getF64Type()), chosen);
}

//===-- Conversion --------------------------------------------------------===//

static Value floatLike(OpBuilder &b, Location loc, Type type, double value) {
  return constantLike(b, loc, type,
                      FloatAttr::get(getElementTypeOrSelf(type), value));
}

/// Truncates and saturates; NaN gives 0.
static Value floatToInteger(OpBuilder &b, Location loc, Value x, Type target) {
  Type type = x.getType();
  unsigned bits = target.getIntOrFloatBitWidth();
  bool isUnsigned = target.isUnsignedInteger();
  // [low, high) holds every x whose integer part fits; both are exact.
  double high = std::ldexp(1.0, isUnsigned ? bits : bits - 1);
  double low = isUnsigned ? 0.0 : -high;
  using P = arith::CmpFPredicate;
  Value lowest = floatLike(b, loc, type, low);
  Value highest = floatLike(b, loc, type, high);
  Value above = b.create<arith::CmpFOp>(loc, P::OGE, x, lowest);
  Value below = b.create<arith::CmpFOp>(loc, P::OLT, x, highest);
  Value fits = b.create<arith::AndIOp>(loc, above, below);
  Value zero = floatLike(b, loc, type, 0.0);
  Value safe = b.create<arith::SelectOp>(loc, fits, x, zero);
  Type result = likeType(type, registerType(target));
  Value integer =
      isUnsigned ? b.create<arith::FPToUIOp>(loc, result, safe).getResult()
                 : b.create<arith::FPToSIOp>(loc, result, safe).getResult();
  APInt largest =
      isUnsigned ? APInt::getMaxValue(bits) : APInt::getSignedMaxValue(bits);
  APInt smallest =
      isUnsigned ? APInt::getZero(bits) : APInt::getSignedMinValue(bits);
  Value isHigh = b.create<arith::CmpFOp>(loc, P::OGE, x, highest);
  Value isLow = b.create<arith::CmpFOp>(loc, P::OLT, x, lowest);
  Value largestValue = integerLike(b, loc, result, largest);
  integer = b.create<arith::SelectOp>(loc, isHigh, largestValue, integer);
  Value smallestValue = integerLike(b, loc, result, smallest);
  return b.create<arith::SelectOp>(loc, isLow, smallestValue, integer);
}

static Value floatToFloat(OpBuilder &b, Location loc, Value x, Type target) {
  Type type = likeType(x.getType(), registerType(target));
  bool isDouble = getElementTypeOrSelf(x).isF64();
  if (isNarrowFloat(target) && isDouble)
    x = roundToOdd(b, loc, x);
  else if (isDouble && !target.isF64())
    x = b.create<arith::TruncFOp>(loc, type, x);
  else if (!isDouble && target.isF64())
    x = b.create<arith::ExtFOp>(loc, type, x);
  return roundTo(b, loc, x, target);
}

static Value integerToFloat(OpBuilder &b, Location loc, Value x,
                            bool isUnsigned, Type target) {
  unsigned bits = getElementTypeOrSelf(x).getIntOrFloatBitWidth();
  if (isNarrowFloat(target) && bits == 64)
    return floatToFloat(b, loc, wholeToDouble(b, loc, x), target);
  // Exact in between, so that only the last step rounds.
  Type between = !isNarrowFloat(target) ? target
                 : bits <= 8            ? b.getF32Type()
                                        : b.getF64Type();
  Type type = likeType(x.getType(), between);
  Value result = isUnsigned
                     ? b.create<arith::UIToFPOp>(loc, type, x).getResult()
                     : b.create<arith::SIToFPOp>(loc, type, x).getResult();
  return floatToFloat(b, loc, result, target);
}

Value dlc::emitConvert(OpBuilder &b, Location loc, Value x, Type source,
                       Type target) {
  if (source == target)
    return x;
  bool fromFloat = isa<FloatType>(source), toFloat = isa<FloatType>(target);
  // i1 counts as unsigned.
  bool isUnsigned = source.isUnsignedInteger() || source.isInteger(1);
  if (target.isInteger(1)) {
    Value zero = zeroLike(b, loc, x.getType());
    if (fromFloat)
      return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNE, x, zero);
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, x, zero);
  }
  if (fromFloat)
    return toFloat ? floatToFloat(b, loc, x, target)
                   : floatToInteger(b, loc, x, target);
  if (toFloat)
    return integerToFloat(b, loc, x, isUnsigned, target);
  Type type = likeType(x.getType(), registerType(target));
  unsigned from = source.getIntOrFloatBitWidth();
  unsigned to = target.getIntOrFloatBitWidth();
  if (to == from)
    return x;
  if (to < from)
    return b.create<arith::TruncIOp>(loc, type, x);
  return isUnsigned ? b.create<arith::ExtUIOp>(loc, type, x).getResult()
                    : b.create<arith::ExtSIOp>(loc, type, x).getResult();
}
