#include "Lowering/Elementwise.h"

#include "Lowering/Kernel.h"
#include "Lowering/Math.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
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

/// Truncates; a zero divisor gives 0, and the lowest number over -1 wraps.
static Value emitIntegerDivide(OpBuilder &b, Location loc, bool isUnsigned,
                               Value lhs, Value rhs) {
  Type type = rhs.getType();
  using P = arith::CmpIPredicate;
  Value zero = integerLike(b, loc, type, 0), one = integerLike(b, loc, type, 1);
  Value isZero = b.create<arith::CmpIOp>(loc, P::eq, rhs, zero);
  if (isUnsigned) {
    Value divisor = b.create<arith::SelectOp>(loc, isZero, one, rhs);
    Value quotient = b.create<arith::DivUIOp>(loc, lhs, divisor);
    return b.create<arith::SelectOp>(loc, isZero, zero, quotient);
  }
  Value minusOne = integerLike(b, loc, type, -1);
  Value negates = b.create<arith::CmpIOp>(loc, P::eq, rhs, minusOne);
  Value trivial = b.create<arith::OrIOp>(loc, isZero, negates);
  Value divisor = b.create<arith::SelectOp>(loc, trivial, one, rhs);
  Value quotient = b.create<arith::DivSIOp>(loc, lhs, divisor);
  Value negated = b.create<arith::SubIOp>(loc, zero, lhs);
  quotient = b.create<arith::SelectOp>(loc, negates, negated, quotient);
  return b.create<arith::SelectOp>(loc, isZero, zero, quotient);
}

/// Truncates and saturates; NaN gives 0.
static Value emitFloatToInteger(OpBuilder &b, Location loc, Value x,
                                Type target) {
  Type type = x.getType();
  unsigned bits = target.getIntOrFloatBitWidth();
  bool isUnsigned = target.isUnsignedInteger();
  // [low, high) holds every x whose integer part fits; both are exact.
  double high = std::ldexp(1.0, isUnsigned ? bits : bits - 1);
  double low = isUnsigned ? 0.0 : -high;
  using P = arith::CmpFPredicate;
  Value lowest = floatLike(b, loc, type, low);
  Value above = b.create<arith::CmpFOp>(loc, P::OGE, x, lowest);
  Value below =
      b.create<arith::CmpFOp>(loc, P::OLT, x, floatLike(b, loc, type, high));
  Value fits = b.create<arith::AndIOp>(loc, above, below);
  Value safe =
      b.create<arith::SelectOp>(loc, fits, x, floatLike(b, loc, type, 0.0));
  Type result = likeType(type, registerType(target));
  Value integer =
      isUnsigned ? b.create<arith::FPToUIOp>(loc, result, safe).getResult()
                 : b.create<arith::FPToSIOp>(loc, result, safe).getResult();
  APInt largest =
      isUnsigned ? APInt::getMaxValue(bits) : APInt::getSignedMaxValue(bits);
  APInt smallest =
      isUnsigned ? APInt::getZero(bits) : APInt::getSignedMinValue(bits);
  Value isHigh =
      b.create<arith::CmpFOp>(loc, P::OGE, x, floatLike(b, loc, type, high));
  Value isLow = b.create<arith::CmpFOp>(loc, P::OLT, x, lowest);
  integer = b.create<arith::SelectOp>(
      loc, isHigh, integerLike(b, loc, result, largest), integer);
  return b.create<arith::SelectOp>(
      loc, isLow, integerLike(b, loc, result, smallest), integer);
}

static Value emitConvert(OpBuilder &b, Location loc, Value x, Type source,
                         Type target) {
  Type type = likeType(x.getType(), registerType(target));
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
  if (fromFloat && !toFloat)
    return emitFloatToInteger(b, loc, x, target);
  if (toFloat && !fromFloat)
    return isUnsigned ? b.create<arith::UIToFPOp>(loc, type, x).getResult()
                      : b.create<arith::SIToFPOp>(loc, type, x).getResult();
  unsigned from = source.getIntOrFloatBitWidth();
  unsigned to = target.getIntOrFloatBitWidth();
  if (fromFloat)
    return to > from ? b.create<arith::ExtFOp>(loc, type, x).getResult()
                     : b.create<arith::TruncFOp>(loc, type, x).getResult();
  if (to == from)
    return x;
  if (to < from)
    return b.create<arith::TruncIOp>(loc, type, x);
  return isUnsigned ? b.create<arith::ExtUIOp>(loc, type, x).getResult()
                    : b.create<arith::ExtSIOp>(loc, type, x).getResult();
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

Value dlc::emitElementwise(OpBuilder &b, Location loc, Operation *op,
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
      .Case([&](SqrtOp) -> V { return b.create<math::SqrtOp>(loc, x); })
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
                       : emitIntegerDivide(b, loc, isUnsigned, x, y);
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
      .Case([&](ShiftRightLogicalOp) -> V {
        unsigned bits = element.getIntOrFloatBitWidth();
        Value fits = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, y,
                                             integerLike(b, loc, type, bits));
        Value shifted = b.create<arith::ShRUIOp>(loc, x, y);
        return b.create<arith::SelectOp>(loc, fits, shifted,
                                         integerLike(b, loc, type, 0));
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
