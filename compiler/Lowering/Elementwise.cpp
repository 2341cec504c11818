#include "Lowering/Elementwise.h"

#include "Lowering/ElementTypes.h"
#include "Lowering/Math.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace dlc;

//===-- Types and constants -----------------------------------------------===//

Type dlc::likeType(Type like, Type element) {
  if (auto vector = dyn_cast<VectorType>(like))
    return vector.clone(element);
  return element;
}

Value dlc::constantLike(OpBuilder &b, Location loc, Type type,
                        Attribute value) {
  auto vector = dyn_cast<VectorType>(type);
  TypedAttr attr =
      vector ? DenseElementsAttr::get(vector, value) : cast<TypedAttr>(value);
  return b.create<arith::ConstantOp>(loc, attr);
}
Value dlc::integerLike(OpBuilder &b, Location loc, Type type, APInt value) {
  return constantLike(b, loc, type,
                      IntegerAttr::get(getElementTypeOrSelf(type), value));
}
Value dlc::integerLike(OpBuilder &b, Location loc, Type type, int64_t value) {
  Type element = getElementTypeOrSelf(type);
  unsigned bits = element.isIndex() ? 64 : element.getIntOrFloatBitWidth();
  return integerLike(b, loc, type, APInt(bits, value, /*isSigned=*/true));
}
static Value floatLike(OpBuilder &b, Location loc, Type type, double value) {
  return constantLike(b, loc, type,
                      FloatAttr::get(getElementTypeOrSelf(type), value));
}

Value dlc::splatTo(OpBuilder &b, Location loc, Value value, int64_t width) {
  if (width == 1 || isa<VectorType>(value.getType()))
    return value;
  return b.create<vector::BroadcastOp>(
      loc, VectorType::get(width, value.getType()), value);
}

Value dlc::zeroLike(OpBuilder &b, Location loc, Type type) {
  return constantLike(b, loc, type, b.getZeroAttr(getElementTypeOrSelf(type)));
}

//===-- Single ops --------------------------------------------------------===//

/// max or min: NaN if either is. A constant is never NaN, which leaves one
/// instruction of a CPU.
static Value emitExtremum(OpBuilder &b, Location loc, bool larger, Type element,
                          Value lhs, Value rhs) {
  if (element.isUnsignedInteger() || element.isInteger(1))
    return larger ? b.create<arith::MaxUIOp>(loc, lhs, rhs).getResult()
                  : b.create<arith::MinUIOp>(loc, lhs, rhs).getResult();
  if (isa<IntegerType>(element))
    return larger ? b.create<arith::MaxSIOp>(loc, lhs, rhs).getResult()
                  : b.create<arith::MinSIOp>(loc, lhs, rhs).getResult();
  auto isConstant = [](Value value) {
    if (auto broadcast = value.getDefiningOp<vector::BroadcastOp>())
      value = broadcast.getSource();
    Attribute attr;
    if (!matchPattern(value, m_Constant(&attr)))
      return false;
    if (auto splat = dyn_cast<SplatElementsAttr>(attr))
      attr = splat.getSplatValue<Attribute>();
    auto number = dyn_cast<FloatAttr>(attr);
    return number && !number.getValue().isNaN();
  };
  if (isConstant(rhs))
    std::swap(lhs, rhs);
  // The comparison is false for NaN, so a NaN of rhs passes.
  auto ordered = larger ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OLT;
  Value first = b.create<arith::CmpFOp>(loc, ordered, lhs, rhs);
  Value result = b.create<arith::SelectOp>(loc, first, lhs, rhs);
  if (isConstant(lhs))
    return result;
  Value nan = b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNO, lhs, lhs);
  return b.create<arith::SelectOp>(loc, nan, lhs, result);
}

/// Quotient, truncated, and remainder. A zero divisor is a fault found
/// elsewhere and gives some value here; the lowest number over -1 wraps.
static std::pair<Value, Value> emitIntegerDivide(OpBuilder &b, Location loc,
                                                 bool isUnsigned, Value lhs,
                                                 Value rhs) {
  Type type = rhs.getType();
  using P = arith::CmpIPredicate;
  Value zero = zeroLike(b, loc, type), one = integerLike(b, loc, type, 1);
  Value isZero = b.create<arith::CmpIOp>(loc, P::eq, rhs, zero);
  Value quotient;
  if (isUnsigned) {
    Value divisor = b.create<arith::SelectOp>(loc, isZero, one, rhs);
    quotient = b.create<arith::DivUIOp>(loc, lhs, divisor);
  } else {
    Value minusOne = integerLike(b, loc, type, -1);
    Value negates = b.create<arith::CmpIOp>(loc, P::eq, rhs, minusOne);
    Value trivial = b.create<arith::OrIOp>(loc, isZero, negates);
    Value divisor = b.create<arith::SelectOp>(loc, trivial, one, rhs);
    quotient = b.create<arith::DivSIOp>(loc, lhs, divisor);
    Value negated = b.create<arith::SubIOp>(loc, zero, lhs);
    quotient = b.create<arith::SelectOp>(loc, negates, negated, quotient);
  }
  quotient = b.create<arith::SelectOp>(loc, isZero, zero, quotient);
  Value product = b.create<arith::MulIOp>(loc, quotient, rhs);
  Value remainder = b.create<arith::SubIOp>(loc, lhs, product);
  return {quotient, remainder};
}

/// Whether a condition holds in any lane.
static Value anyLane(OpBuilder &b, Location loc, Value condition) {
  if (!isa<VectorType>(condition.getType()))
    return condition;
  return b.create<vector::ReductionOp>(loc, vector::CombiningKind::OR,
                                       condition);
}

/// x^y by squaring: one step for each bit of the largest y.
static Value emitIntegerPower(OpBuilder &b, Location loc, bool isUnsigned,
                              Value x, Value y) {
  Type type = x.getType();
  using P = arith::CmpIPredicate;
  Value zero = zeroLike(b, loc, type), one = integerLike(b, loc, type, 1);
  Value isNegative;
  Value exponent = y;
  if (!isUnsigned) {
    isNegative = b.create<arith::CmpIOp>(loc, P::slt, y, zero);
    // 1 / x is whole for 1 and -1 alone, and then equal to x^(y mod 2).
    Value parity = b.create<arith::AndIOp>(loc, y, one);
    exponent = b.create<arith::SelectOp>(loc, isNegative, parity, y);
  }
  auto loop = b.create<scf::WhileOp>(
      loc, TypeRange{type, type, type}, ValueRange{one, x, exponent},
      [&](OpBuilder &b, Location loc, ValueRange carried) {
        Value open = b.create<arith::CmpIOp>(loc, P::ne, carried[2], zero);
        b.create<scf::ConditionOp>(loc, anyLane(b, loc, open), carried);
      },
      [&](OpBuilder &b, Location loc, ValueRange carried) {
        Value bit = b.create<arith::AndIOp>(loc, carried[2], one);
        Value isSet = b.create<arith::CmpIOp>(loc, P::ne, bit, zero);
        Value product = b.create<arith::MulIOp>(loc, carried[0], carried[1]);
        product = b.create<arith::SelectOp>(loc, isSet, product, carried[0]);
        Value square = b.create<arith::MulIOp>(loc, carried[1], carried[1]);
        Value rest = b.create<arith::ShRUIOp>(loc, carried[2], one);
        b.create<scf::YieldOp>(loc, ValueRange{product, square, rest});
      });
  Value power = loop.getResult(0);
  if (isUnsigned)
    return power;
  Value minusOne = integerLike(b, loc, type, -1);
  Value isOne = b.create<arith::CmpIOp>(loc, P::eq, x, one);
  Value isMinusOne = b.create<arith::CmpIOp>(loc, P::eq, x, minusOne);
  Value isUnit = b.create<arith::OrIOp>(loc, isOne, isMinusOne);
  Value inverse = b.create<arith::SelectOp>(loc, isUnit, power, zero);
  return b.create<arith::SelectOp>(loc, isNegative, inverse, power);
}

static Value emitSign(OpBuilder &b, Location loc, Type element, Value x) {
  Type type = x.getType();
  Value zero = zeroLike(b, loc, type);
  if (isa<FloatType>(element)) {
    Value one = floatLike(b, loc, type, 1.0);
    Value unit = b.create<math::CopySignOp>(loc, one, x);
    // Neither 0 nor NaN.
    Value isSigned =
        b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::ONE, x, zero);
    return b.create<arith::SelectOp>(loc, isSigned, unit, x);
  }
  using P = arith::CmpIPredicate;
  Value one = integerLike(b, loc, type, 1);
  Value isZero = b.create<arith::CmpIOp>(loc, P::eq, x, zero);
  Value unit = one;
  if (!element.isUnsignedInteger()) {
    Value isNegative = b.create<arith::CmpIOp>(loc, P::slt, x, zero);
    Value minusOne = integerLike(b, loc, type, -1);
    unit = b.create<arith::SelectOp>(loc, isNegative, minusOne, one);
  }
  return b.create<arith::SelectOp>(loc, isZero, zero, unit);
}

/// 0 where y is not below the width.
template <typename Shift>
static Value emitShift(OpBuilder &b, Location loc, Value x, Value y) {
  Type type = x.getType();
  unsigned bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  Value width = integerLike(b, loc, type, bits);
  Value zero = zeroLike(b, loc, type);
  Value fits =
      b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, y, width);
  // A shift by too much is poison.
  Value distance = b.create<arith::SelectOp>(loc, fits, y, zero);
  Value shifted = b.create<Shift>(loc, x, distance);
  return b.create<arith::SelectOp>(loc, fits, shifted, zero);
}

static Value emitCompare(OpBuilder &b, Location loc, Direction direction,
                         Type element, Value lhs, Value rhs) {
  if (isa<FloatType>(element)) {
    using P = arith::CmpFPredicate;
    constexpr P ordered[] = {P::OEQ, P::UNE, P::OLT, P::OLE, P::OGT, P::OGE};
    return b.create<arith::CmpFOp>(loc, ordered[static_cast<int>(direction)],
                                   lhs, rhs);
  }
  using P = arith::CmpIPredicate;
  constexpr P signedOnes[] = {P::eq, P::ne, P::slt, P::sle, P::sgt, P::sge};
  constexpr P unsignedOnes[] = {P::eq, P::ne, P::ult, P::ule, P::ugt, P::uge};
  bool isUnsigned = element.isUnsignedInteger() || element.isInteger(1);
  return b.create<arith::CmpIOp>(
      loc,
      (isUnsigned ? unsignedOnes : signedOnes)[static_cast<int>(direction)],
      lhs, rhs);
}

//===-- The table ---------------------------------------------------------===//

Value dlc::emitCombine(OpBuilder &b, Location loc, Reduction kind, Type element,
                       Value lhs, Value rhs) {
  bool isFloat = isa<FloatType>(element);
  switch (kind) {
  case Reduction::add:
    return isFloat ? b.create<arith::AddFOp>(loc, lhs, rhs).getResult()
                   : b.create<arith::AddIOp>(loc, lhs, rhs).getResult();
  case Reduction::mul:
    return isFloat ? b.create<arith::MulFOp>(loc, lhs, rhs).getResult()
                   : b.create<arith::MulIOp>(loc, lhs, rhs).getResult();
  case Reduction::max:
    return emitExtremum(b, loc, true, element, lhs, rhs);
  case Reduction::min:
    return emitExtremum(b, loc, false, element, lhs, rhs);
  case Reduction::all:
    return b.create<arith::AndIOp>(loc, lhs, rhs);
  case Reduction::any:
    return b.create<arith::OrIOp>(loc, lhs, rhs);
  }
  llvm_unreachable("an unknown reduction");
}

/// In registers: what a bf16 or an f16 is not rounded to yet.
static Value compute(OpBuilder &b, Location loc, Operation *op,
                     ArrayRef<Value> operands) {
  Value x = operands[0], y = operands.size() > 1 ? operands[1] : Value();
  Type type = x.getType(),
       element = tensorType(op->getOperand(0)).getElementType();
  bool isFloat = isa<FloatType>(element);
  bool isUnsigned = element.isUnsignedInteger() || element.isInteger(1);
  using V = Value;
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](NegateOp) -> V {
        if (isFloat)
          return b.create<arith::NegFOp>(loc, x);
        return b.create<arith::SubIOp>(loc, integerLike(b, loc, type, 0), x);
      })
      .Case([&](AbsOp) -> V {
        if (isFloat)
          return b.create<math::AbsFOp>(loc, x);
        return isUnsigned ? x : b.create<math::AbsIOp>(loc, x).getResult();
      })
      .Case([&](ExponentialOp) { return emitExp(b, loc, x); })
      .Case([&](LogOp) { return emitLog(b, loc, x); })
      .Case([&](TanhOp) { return emitTanh(b, loc, x); })
      .Case([&](LogisticOp) { return emitLogistic(b, loc, x); })
      .Case([&](ExponentialMinusOneOp) { return emitExpm1(b, loc, x); })
      .Case([&](LogPlusOneOp) { return emitLog1p(b, loc, x); })
      .Case([&](SqrtOp) -> V { return b.create<math::SqrtOp>(loc, x); })
      .Case([&](RsqrtOp) { return emitRsqrt(b, loc, x); })
      .Case([&](SineOp) { return emitSine(b, loc, x); })
      .Case([&](CosineOp) { return emitCosine(b, loc, x); })
      .Case([&](AtanOp) { return emitAtan(b, loc, x); })
      .Case([&](ErfOp) { return emitErf(b, loc, x); })
      .Case([&](ErfcOp) { return emitErfc(b, loc, x); })
      .Case([&](GeluOp gelu) {
        return gelu.getTanh() ? emitGeluTanh(b, loc, x) : emitGelu(b, loc, x);
      })
      .Case([&](SignOp) { return emitSign(b, loc, element, x); })
      .Case([&](FloorOp) -> V { return b.create<math::FloorOp>(loc, x); })
      .Case([&](CeilOp) -> V { return b.create<math::CeilOp>(loc, x); })
      .Case([&](RoundNearestEvenOp) -> V {
        return b.create<math::RoundEvenOp>(loc, x);
      })
      // The emitter of expressions finds their faults.
      .Case<CheckIndexOp, AssertFiniteOp>([&](auto) { return x; })
      .Case([&](CheckIndexOp) { return x; })
      .Case([&](NotOp) -> V {
        return b.create<arith::XOrIOp>(loc, x, integerLike(b, loc, type, -1));
      })
      .Case([&](AddOp) {
        return emitCombine(b, loc, Reduction::add, element, x, y);
      })
      .Case([&](SubtractOp) -> V {
        return isFloat ? b.create<arith::SubFOp>(loc, x, y).getResult()
                       : b.create<arith::SubIOp>(loc, x, y).getResult();
      })
      .Case([&](MultiplyOp) {
        return emitCombine(b, loc, Reduction::mul, element, x, y);
      })
      .Case([&](DivideOp) -> V {
        return isFloat ? b.create<arith::DivFOp>(loc, x, y).getResult()
                       : emitIntegerDivide(b, loc, isUnsigned, x, y).first;
      })
      .Case([&](RemainderOp) {
        return isFloat ? emitRemainder(b, loc, x, y)
                       : emitIntegerDivide(b, loc, isUnsigned, x, y).second;
      })
      .Case([&](PowerOp) {
        return isFloat ? emitPower(b, loc, x, y)
                       : emitIntegerPower(b, loc, isUnsigned, x, y);
      })
      .Case([&](MaximumOp) {
        return emitCombine(b, loc, Reduction::max, element, x, y);
      })
      .Case([&](MinimumOp) {
        return emitCombine(b, loc, Reduction::min, element, x, y);
      })
      .Case([&](AndOp) {
        return emitCombine(b, loc, Reduction::all, element, x, y);
      })
      .Case([&](OrOp) {
        return emitCombine(b, loc, Reduction::any, element, x, y);
      })
      .Case([&](XorOp) -> V { return b.create<arith::XOrIOp>(loc, x, y); })
      .Case([&](ShiftLeftOp) { return emitShift<arith::ShLIOp>(b, loc, x, y); })
      .Case([&](ShiftRightLogicalOp) {
        return emitShift<arith::ShRUIOp>(b, loc, x, y);
      })
      .Case([&](ClampOp) {
        Value above = emitCombine(b, loc, Reduction::max, element, y, x);
        return emitCombine(b, loc, Reduction::min, element, above, operands[2]);
      })
      .Case([&](IsFiniteOp) -> V {
        Value size = b.create<math::AbsFOp>(loc, x);
        Value infinity = floatLike(b, loc, type, INFINITY);
        return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OLT, size,
                                       infinity);
      })
      .Case([&](BitcastConvertOp) -> V {
        Type target = tensorType(op->getResult(0)).getElementType();
        if (element.isInteger(1))
          return x;
        Value raw = toMemory(b, loc, x, element);
        Type memory = likeType(type, memoryType(target));
        if (raw.getType() != memory)
          raw = b.create<arith::BitcastOp>(loc, memory, raw);
        return fromMemory(b, loc, raw, target);
      })
      .Case([&](CompareOp compare) {
        return emitCompare(b, loc, compare.getDirection(), element, x, y);
      })
      .Case([&](SelectOp) -> V {
        return b.create<arith::SelectOp>(loc, x, y, operands[2]);
      })
      .Case([&](ConvertOp) {
        return emitConvert(b, loc, x, element,
                           tensorType(op->getResult(0)).getElementType());
      })
      .Default([](Operation *) -> V {
        llvm_unreachable("the body was checked before");
      });
}

Value dlc::emitElementwise(OpBuilder &b, Location loc, Operation *op,
                           ArrayRef<Value> operands) {
  Value result = compute(b, loc, op, operands);
  // These give a number that the type can hold, if they are given such ones.
  if (isa<NegateOp, AbsOp, SignOp, FloorOp, CeilOp, RoundNearestEvenOp,
          RemainderOp, MaximumOp, MinimumOp, ClampOp, SelectOp, ConvertOp,
          BitcastConvertOp, CheckIndexOp, AssertFiniteOp>(op))
    return result;
  return roundTo(b, loc, result, tensorType(op->getResult(0)).getElementType());
}

int64_t dlc::elementCost(Operation *op) {
  if (!isa<FloatType>(tensorType(op->getResult(0)).getElementType()))
    return isa<PowerOp>(op) ? 64 : 1;
  return TypeSwitch<Operation *, int64_t>(op)
      .Case<ExponentialOp, LogOp, TanhOp, LogisticOp>([](auto) { return 12; })
      .Case<ExponentialMinusOneOp, LogPlusOneOp, AtanOp>(
          [](auto) { return 24; })
      .Case<ErfOp, RemainderOp>([](auto) { return 32; })
      .Case<ErfcOp, SineOp, CosineOp>([](auto) { return 48; })
      .Case<PowerOp, GeluOp>([](auto) { return 96; })
      .Case<SqrtOp, DivideOp, RsqrtOp>([](auto) { return 4; })
      .Default([](Operation *) { return 1; });
}
