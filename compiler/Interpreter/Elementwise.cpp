// Rules of the ops whose result[i] depends on operand[i] alone.

#include "Interpreter/Rules.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

//===-- Unary -------------------------------------------------------------===//

/// Adds a rule that applies `f` to the elements of float tensors. The C
/// library's f64 functions are good for narrower types alone: f64 ones are
/// computed in long double.
template <typename Op, typename F> static void addMath(RuleTable &table, F f) {
  table[Op::getOperationName()] = [f](Operation *, Frame &frame) {
    Tensor &y = frame.out[0];
    bool wide = y.element().isF64() || frame.mode == Mode::exact;
    for (int64_t i = 0; i < y.size(); ++i) {
      auto at = [&](const Tensor *x) { return x->floats[i]; };
      double result;
      if constexpr (std::is_invocable_v<F, double, double>) {
        double x = at(frame.in[0]), z = at(frame.in[1]);
        result =
            wide ? f(static_cast<long double>(x), static_cast<long double>(z))
                 : f(x, z);
      } else {
        double x = at(frame.in[0]);
        result = wide ? f(static_cast<long double>(x)) : f(x);
      }
      y.set(i, result, frame.mode);
    }
    return success();
  };
}

template <typename T> static T logistic(T x) {
  // Written so that e^-x cannot overflow where the result is not 0.
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// Applies `f` to unsigned values, for which overflow wraps, or to doubles.
template <typename F> static LogicalResult mapNumbers(Frame &frame, F f) {
  const Tensor &x = *frame.in[0];
  for (int64_t i = 0; i < x.size(); ++i)
    if (x.isFloat())
      frame.out[0].set(i, f(x.floats[i]), frame.mode);
    else
      frame.out[0].set(i, static_cast<int64_t>(f(x.ints[i])), frame.mode);
  return success();
}

static LogicalResult negate(NegateOp, Frame &frame) {
  struct {
    double operator()(double x) { return -x; }
    uint64_t operator()(int64_t x) { return -static_cast<uint64_t>(x); }
  } f;
  return mapNumbers(frame, f);
}

static LogicalResult absolute(AbsOp, Frame &frame) {
  struct {
    double operator()(double x) { return std::fabs(x); }
    uint64_t operator()(int64_t x) {
      return x < 0 ? -static_cast<uint64_t>(x) : static_cast<uint64_t>(x);
    }
  } f;
  return mapNumbers(frame, f);
}

static LogicalResult sign(SignOp, Frame &frame) {
  struct {
    // 0, -0 and NaN are kept.
    double operator()(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
    int64_t operator()(int64_t x) { return (x > 0) - (x < 0); }
  } f;
  return mapNumbers(frame, f);
}

static LogicalResult isFinite(IsFiniteOp, Frame &frame) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].ints[i] = std::isfinite(frame.in[0]->floats[i]);
  return success();
}

static LogicalResult complement(NotOp, Frame &frame) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].set(i, ~frame.in[0]->ints[i], frame.mode);
  return success();
}

template <typename Op> static LogicalResult identity(Op, Frame &frame) {
  frame.out[0] = *frame.in[0];
  return success();
}

//===-- Binary ------------------------------------------------------------===//

/// Applies `f` to pairs of doubles or of unsigned values.
template <typename F> static LogicalResult zipNumbers(Frame &frame, F f) {
  const Tensor &x = *frame.in[0], &y = *frame.in[1];
  for (int64_t i = 0; i < x.size(); ++i)
    if (x.isFloat())
      frame.out[0].set(i, f(x.floats[i], y.floats[i]), frame.mode);
    else
      frame.out[0].set(
          i,
          static_cast<int64_t>(f(static_cast<uint64_t>(x.ints[i]),
                                 static_cast<uint64_t>(y.ints[i]))),
          frame.mode);
  return success();
}

static LogicalResult add(AddOp, Frame &frame) {
  return zipNumbers(frame, [](auto x, auto y) { return x + y; });
}
static LogicalResult subtract(SubtractOp, Frame &frame) {
  return zipNumbers(frame, [](auto x, auto y) { return x - y; });
}
static LogicalResult multiply(MultiplyOp, Frame &frame) {
  return zipNumbers(frame, [](auto x, auto y) { return x * y; });
}

/// Applies `f` to pairs of integers; a zero divisor is a fault.
template <typename Op, typename F>
static LogicalResult divideInts(Op op, Frame &frame, F f) {
  const Tensor &x = *frame.in[0], &y = *frame.in[1];
  for (int64_t i = 0; i < x.size(); ++i) {
    if (y.ints[i] == 0)
      return op.emitError() << "[" << op->getName().stripDialect()
                            << "] the divisor at position " << i << " is zero";
    frame.out[0].set(i, f(x.ints[i], y.ints[i]), frame.mode);
  }
  return success();
}

static LogicalResult divide(DivideOp op, Frame &frame) {
  if (frame.in[0]->isFloat())
    return zipNumbers(frame, [](auto a, auto b) { return a / b; });
  return divideInts(op, frame, [](int64_t x, int64_t y) {
    // The smallest value divided by -1 wraps to itself.
    return y == -1 ? static_cast<int64_t>(-static_cast<uint64_t>(x)) : x / y;
  });
}

static LogicalResult remainder(RemainderOp op, Frame &frame) {
  if (!frame.in[0]->isFloat())
    return divideInts(op, frame, [](int64_t x, int64_t y) {
      return y == -1 ? int64_t(0) : x % y;
    });
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].set(i,
                     std::fmod(frame.in[0]->floats[i], frame.in[1]->floats[i]),
                     frame.mode);
  return success();
}

/// x^y as products of unsigned values, which wrap.
static int64_t wholePower(int64_t x, int64_t y) {
  if (y < 0 && x != 1 && x != -1)
    return 0;
  uint64_t result = 1, square = x;
  // 1 / x = x for 1 and -1.
  for (uint64_t rest = y < 0 ? y & 1 : y; rest != 0; rest >>= 1) {
    if (rest & 1)
      result *= square;
    square *= square;
  }
  return static_cast<int64_t>(result);
}

/// NaN is passed on. Of 0 and -0 the second is taken; code may take the other.
template <typename T> static T larger(T x, T y) {
  return x != x || x > y ? x : y;
}
template <typename T> static T smaller(T x, T y) {
  return x != x || x < y ? x : y;
}

/// Integers keep their value range in an int64_t, so order is theirs.
template <typename F> static LogicalResult zipOrdered(Frame &frame, F f) {
  const Tensor &x = *frame.in[0], &y = *frame.in[1];
  for (int64_t i = 0; i < x.size(); ++i)
    if (x.isFloat())
      frame.out[0].floats[i] = f(x.floats[i], y.floats[i]);
    else
      frame.out[0].ints[i] = f(x.ints[i], y.ints[i]);
  return success();
}

static LogicalResult maximum(MaximumOp, Frame &frame) {
  return zipOrdered(frame, [](auto x, auto y) { return larger(x, y); });
}
static LogicalResult minimum(MinimumOp, Frame &frame) {
  return zipOrdered(frame, [](auto x, auto y) { return smaller(x, y); });
}
static LogicalResult relu(ReluOp, Frame &frame) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].floats[i] = larger(frame.in[0]->floats[i], 0.0);
  return success();
}

template <typename F> static LogicalResult zipBits(Frame &frame, F f) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].set(i, f(frame.in[0]->ints[i], frame.in[1]->ints[i]),
                     frame.mode);
  return success();
}

static LogicalResult bitAnd(AndOp, Frame &frame) {
  return zipBits(frame, [](int64_t x, int64_t y) { return x & y; });
}
static LogicalResult bitOr(OrOp, Frame &frame) {
  return zipBits(frame, [](int64_t x, int64_t y) { return x | y; });
}
static LogicalResult bitXor(XorOp, Frame &frame) {
  return zipBits(frame, [](int64_t x, int64_t y) { return x ^ y; });
}
static LogicalResult shiftLeft(ShiftLeftOp, Frame &frame) {
  unsigned width = frame.out[0].element().getIntOrFloatBitWidth();
  uint64_t mask = llvm::maskTrailingOnes<uint64_t>(width);
  return zipBits(frame, [&](uint64_t x, uint64_t y) {
    return static_cast<int64_t>((y & mask) < width ? x << (y & mask) : 0);
  });
}
static LogicalResult shiftRight(ShiftRightLogicalOp, Frame &frame) {
  unsigned width = frame.out[0].element().getIntOrFloatBitWidth();
  uint64_t mask = llvm::maskTrailingOnes<uint64_t>(width);
  return zipBits(frame, [&](uint64_t x, uint64_t y) {
    return static_cast<int64_t>((y & mask) < width ? (x & mask) >> (y & mask)
                                                   : 0);
  });
}

//===-- Comparison, choice, conversion ------------------------------------===//

template <typename T> static bool holds(Direction direction, T x, T y) {
  switch (direction) {
  case Direction::EQ:
    return x == y;
  case Direction::NE:
    return x != y;
  case Direction::LT:
    return x < y;
  case Direction::LE:
    return x <= y;
  case Direction::GT:
    return x > y;
  case Direction::GE:
    return x >= y;
  }
  llvm_unreachable("a direction");
}

static LogicalResult compare(CompareOp op, Frame &frame) {
  const Tensor &x = *frame.in[0], &y = *frame.in[1];
  for (int64_t i = 0; i < x.size(); ++i)
    frame.out[0].ints[i] =
        x.isFloat() ? holds(op.getDirection(), x.floats[i], y.floats[i])
                    : holds(op.getDirection(), x.ints[i], y.ints[i]);
  return success();
}

static LogicalResult select(SelectOp, Frame &frame) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i) {
    const Tensor &source = *frame.in[frame.in[0]->ints[i] ? 1 : 2];
    if (source.isFloat())
      frame.out[0].floats[i] = source.floats[i];
    else
      frame.out[0].ints[i] = source.ints[i];
  }
  return success();
}

/// Truncates towards zero, saturates; NaN gives 0.
static int64_t saturate(Type element, double value) {
  if (std::isnan(value))
    return 0;
  unsigned width = element.getIntOrFloatBitWidth();
  bool isUnsigned = element.isUnsignedInteger();
  double limit = std::ldexp(1.0, isUnsigned ? width : width - 1);
  if (value >= limit)
    return isUnsigned ? llvm::maxUIntN(width) : llvm::maxIntN(width);
  if (value <= (isUnsigned ? 0.0 : -limit))
    return isUnsigned ? 0 : llvm::minIntN(width);
  return static_cast<int64_t>(value);
}

static LogicalResult convert(ConvertOp, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Tensor &y = frame.out[0];
  for (int64_t i = 0; i < x.size(); ++i)
    if (y.element().isInteger(1))
      y.ints[i] = x.isFloat() ? x.floats[i] != 0 : x.ints[i] != 0;
    else if (!x.isFloat())
      y.set(i, x.ints[i], frame.mode);
    else if (y.isFloat())
      y.set(i, x.floats[i], frame.mode);
    else
      y.ints[i] = saturate(y.element(), x.floats[i]);
  return success();
}

static LogicalResult bitcast(BitcastConvertOp, Frame &frame) {
  RankedTensorType type = frame.out[0].type;
  frame.out[0] = Tensor::fromBytes(type, frame.in[0]->toBytes());
  return success();
}

static LogicalResult clamp(ClampOp, Frame &frame) {
  auto inside = [](auto low, auto x, auto high) {
    return smaller(larger(low, x), high);
  };
  const Tensor &low = *frame.in[0], &x = *frame.in[1], &high = *frame.in[2];
  for (int64_t i = 0; i < x.size(); ++i)
    if (x.isFloat())
      frame.out[0].floats[i] =
          inside(low.floats[i], x.floats[i], high.floats[i]);
    else
      frame.out[0].ints[i] = inside(low.ints[i], x.ints[i], high.ints[i]);
  return success();
}

static LogicalResult assertFinite(AssertFiniteOp op, Frame &frame) {
  frame.out[0] = *frame.in[0];
  for (auto [i, value] : llvm::enumerate(frame.in[0]->floats))
    if (!std::isfinite(value))
      return op.emitError() << "[" << op.getOp() << "] the element at position "
                            << i << " is not finite";
  return success();
}

static LogicalResult checkIndex(CheckIndexOp op, Frame &frame) {
  frame.out[0] = *frame.in[0];
  for (auto [i, value] : llvm::enumerate(frame.in[0]->ints))
    if (value < 0 || value >= static_cast<int64_t>(op.getLimit()))
      return indexFault(op, op.getOp(), value, i, op.getLimit());
  return success();
}

void dlc::interpreter::addElementwiseRules(RuleTable &table) {
  addMath<ExponentialOp>(table, [](auto x) { return std::exp(x); });
  addMath<ExponentialMinusOneOp>(table, [](auto x) { return std::expm1(x); });
  addMath<LogOp>(table, [](auto x) { return std::log(x); });
  addMath<LogPlusOneOp>(table, [](auto x) { return std::log1p(x); });
  // Rounded once: through long double it would be rounded twice.
  addMath<SqrtOp>(table,
                  [](auto x) { return std::sqrt(static_cast<double>(x)); });
  addMath<RsqrtOp>(table, [](auto x) { return 1 / std::sqrt(x); });
  addMath<SineOp>(table, [](auto x) { return std::sin(x); });
  addMath<CosineOp>(table, [](auto x) { return std::cos(x); });
  addMath<TanhOp>(table, [](auto x) { return std::tanh(x); });
  addMath<AtanOp>(table, [](auto x) { return std::atan(x); });
  addMath<LogisticOp>(table, [](auto x) { return logistic(x); });
  addMath<ErfOp>(table, [](auto x) { return std::erf(x); });
  addMath<ErfcOp>(table, [](auto x) { return std::erfc(x); });
  addMath<FloorOp>(table, [](auto x) { return std::floor(x); });
  addMath<CeilOp>(table, [](auto x) { return std::ceil(x); });
  addMath<RoundNearestEvenOp>(table, [](auto x) { return std::nearbyint(x); });
  addMath<PowerOp>(table, [](auto x, auto y) { return std::pow(x, y); });
  table[PowerOp::getOperationName()] =
      [floats = table[PowerOp::getOperationName()]](Operation *op,
                                                    Frame &frame) {
        return frame.in[0]->isFloat() ? floats(op, frame)
                                      : zipBits(frame, wholePower);
      };
  addRule(table, negate);
  addRule(table, absolute);
  addRule(table, complement);
  addRule(table, identity<VariableOp>);
  addRule(table, identity<StopGradientOp>);
  addRule(table, add);
  addRule(table, subtract);
  addRule(table, multiply);
  addRule(table, divide);
  addRule(table, ::maximum);
  addRule(table, ::minimum);
  addRule(table, relu);
  addRule(table, bitAnd);
  addRule(table, bitOr);
  addRule(table, shiftRight);
  addRule(table, ::compare);
  addRule(table, select);
  addRule(table, convert);
  addRule(table, ::clamp);
  addRule(table, bitcast);
  addRule(table, isFinite);
  addRule(table, ::sign);
  addRule(table, ::remainder);
  addRule(table, bitXor);
  addRule(table, shiftLeft);
  addRule(table, checkIndex);
  addRule(table, assertFinite);
}
