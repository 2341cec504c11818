// Floating-point arithmetic. Everything IEEE 754 defines is rounded exactly
// once. The approximations (.approx) are the exact value rounded to nearest: a
// card's differ by the few units in the last place that the PTX manual allows.

#include "ptx-sim/Decode.h"
#include "ptx-sim/Floats.h"

#include <cfenv>
#include <cmath>

namespace dlc::ptxsim {

namespace {

bool finish(Instruction &i, Compute compute, Class type) {
  i.kind = Kind::compute;
  i.type =
      laneType(i.valueType) == Type::f16 || laneType(i.valueType) == Type::bf16
          ? Class::half
          : type;
  i.compute = compute;
  i.destinations = 1;
  return compute != nullptr;
}

//===-- Exactly rounded operations ----------------------------------------===//

// Each in the width of T. `odd` gives a double that a later rounding to a half
// turns into the exact result rounded once.
struct Add {
  template <typename T> static T apply(const T *x) { return x[0] + x[1]; }
  static double odd(const double *x) { return addToOdd(x[0], x[1]); }
};
struct Subtract {
  template <typename T> static T apply(const T *x) { return x[0] - x[1]; }
  static double odd(const double *x) { return addToOdd(x[0], -x[1]); }
};
struct Multiply {
  template <typename T> static T apply(const T *x) { return x[0] * x[1]; }
  // Two halves' product has at most 22 bits.
  static double odd(const double *x) { return x[0] * x[1]; }
};
struct FusedMultiplyAdd {
  template <typename T> static T apply(const T *x) {
    return std::fma(x[0], x[1], x[2]);
  }
  static double odd(const double *x) { return addToOdd(x[0] * x[1], x[2]); }
};
struct Divide {
  template <typename T> static T apply(const T *x) { return x[0] / x[1]; }
};
struct SquareRoot {
  template <typename T> static T apply(const T *x) { return std::sqrt(x[0]); }
};
struct Reciprocal {
  template <typename T> static T apply(const T *x) { return 1 / x[0]; }
};

/// Runs op in the rounding mode. The operands are volatile, so that no
/// compiler moves the operation out of the mode.
template <typename T, typename Op>
T rounded(Rounding rounding, const T *operands) {
  if (rounding == Rounding::nearest)
    return Op::apply(operands);
  volatile T kept[3] = {operands[0], operands[1], operands[2]};
  int before = std::fegetround();
  std::fesetround(rounding == Rounding::zero   ? FE_TOWARDZERO
                  : rounding == Rounding::down ? FE_DOWNWARD
                                               : FE_UPWARD);
  T now[3] = {kept[0], kept[1], kept[2]};
  volatile T result = Op::apply(now);
  std::fesetround(before);
  return result;
}

template <typename T> T saturated(T value) {
  return value > 0 ? std::min(value, T(1)) : T(0); // NaN gives 0
}

template <typename T>
constexpr Type typeOf = sizeof(T) == 4 ? Type::f32 : Type::f64;

template <typename Op, typename T>
void exact(const Instruction &i, const uint64_t *in, uint64_t *out) {
  // What an operation does not have is 0, and not read.
  T operands[3] = {as<T>(in[0]), as<T>(in[1]), as<T>(in[2])};
  if (i.flush)
    for (int k = 0; k < 3; ++k)
      operands[k] = as<T>(flushDenormal(typeOf<T>, in[k]));
  T result = rounded<T, Op>(i.rounding, operands);
  if (i.saturate)
    result = saturated(result);
  out[0] = std::isnan(result) ? canonicalNaN(typeOf<T>) : toBits(result);
  if (i.flush)
    out[0] = flushDenormal(typeOf<T>, out[0]);
}

/// Applies `compute` to each 16-bit lane of a value.
template <typename Lane>
uint64_t eachLane(const Instruction &i, const uint64_t *in, Lane compute) {
  Type lane = laneType(i.valueType);
  uint64_t result = 0;
  for (int shift = 0; shift < bitsOf(i.valueType); shift += 16) {
    uint64_t operands[3] = {};
    for (size_t k = 0, n = i.operands.size() - 1; k < n; ++k) {
      operands[k] = in[k] >> shift & 0xFFFF;
      if (i.flush)
        operands[k] = flushDenormal(lane, operands[k]);
    }
    uint64_t value = compute(lane, operands);
    if (i.flush)
      value = flushDenormal(lane, value);
    result |= value << shift;
  }
  return result;
}

template <typename Op>
void exactHalf(const Instruction &i, const uint64_t *in, uint64_t *out) {
  out[0] = eachLane(i, in, [&](Type lane, const uint64_t *bits) {
    double operands[3];
    for (int k = 0; k < 3; ++k)
      operands[k] = static_cast<double>(decodeFloat(lane, bits[k]));
    double value = Op::odd(operands);
    if (i.saturate)
      value = saturated(value);
    if (i.relu && value < 0)
      value = 0;
    return encodeFloat(lane, value);
  });
}

bool isHalf(Type type) {
  return laneType(type) == Type::f16 || laneType(type) == Type::bf16;
}

/// The parts of a name that all of these share.
void takeCommon(Instruction &i, Words &words) {
  takeRounding(i, words);
  i.flush = words.take("ftz");
  i.saturate = words.take("sat");
  i.valueType = words.takeType();
}

template <typename Op> bool decodeExact(Instruction &i, Words &words) {
  takeCommon(i, words);
  if (isHalf(i.valueType)) {
    i.relu = words.take("relu");
    return i.rounding == Rounding::nearest &&
           finish(i, exactHalf<Op>, Class::half);
  }
  if (i.valueType == Type::f32)
    return finish(i, exact<Op, float>, Class::floating);
  return i.valueType == Type::f64 &&
         finish(i, exact<Op, double>, Class::floating);
}

/// div.rn, sqrt.rn, rcp.rn; .approx and .full are rounded to nearest too.
template <typename Op> bool decodeQuotient(Instruction &i, Words &words) {
  takeCommon(i, words);
  words.takeOneOf({"approx", "full"});
  if (i.valueType == Type::f32)
    return finish(i, exact<Op, float>, Class::special);
  return i.valueType == Type::f64 &&
         finish(i, exact<Op, double>, Class::special);
}

//===-- Sign and order ----------------------------------------------------===//

template <bool clear>
void changeSign(const Instruction &i, const uint64_t *in, uint64_t *out) {
  int width = bitsOf(laneType(i.valueType));
  out[0] = 0;
  for (int at = 0; at < bitsOf(i.valueType); at += width) {
    uint64_t lane = extend(width == 16   ? Type::b16
                           : width == 32 ? Type::b32
                                         : Type::b64,
                           in[0] >> at);
    if (i.flush)
      lane = flushDenormal(laneType(i.valueType), lane);
    uint64_t sign = uint64_t(1) << (width - 1);
    out[0] |= (clear ? lane & ~sign : lane ^ sign) << at;
  }
}

template <bool clear> bool decodeSign(Instruction &i, Words &words) {
  i.flush = words.take("ftz");
  i.valueType = words.takeType();
  return i.valueType != Type::tf32 &&
         finish(i, changeSign<clear>, Class::floating);
}

/// in[0] gives the sign, in[1] the magnitude.
void copySign(const Instruction &i, const uint64_t *in, uint64_t *out) {
  uint64_t sign = uint64_t(1) << (bitsOf(i.valueType) - 1);
  out[0] = (in[0] & sign) | (in[1] & ~sign);
}

bool decodeCopySign(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  bool known = i.valueType == Type::f32 || i.valueType == Type::f64;
  return known && finish(i, copySign, Class::floating);
}

/// The smaller or larger of two; -0 is smaller than +0. One NaN gives the other
/// operand, or with .NaN a NaN.
template <bool larger>
uint64_t pick(const Instruction &i, Type type, uint64_t x, uint64_t y) {
  bool xNaN = isNaN(type, x), yNaN = isNaN(type, y);
  if ((xNaN && yNaN) || ((xNaN || yNaN) && i.propagatesNaN))
    return canonicalNaN(type);
  if (xNaN || yNaN)
    return xNaN ? y : x;
  long double a = decodeFloat(type, x), b = decodeFloat(type, y);
  if (a == b)
    return std::signbit(a) == larger ? y : x;
  return (a > b) == larger ? x : y;
}

template <bool larger>
void extremum(const Instruction &i, const uint64_t *in, uint64_t *out) {
  if (isHalf(i.valueType)) {
    out[0] = eachLane(i, in, [&](Type lane, const uint64_t *bits) {
      return pick<larger>(i, lane, bits[0], bits[1]);
    });
    return;
  }
  uint64_t x = in[0], y = in[1];
  if (i.flush) {
    x = flushDenormal(i.valueType, x);
    y = flushDenormal(i.valueType, y);
  }
  out[0] = pick<larger>(i, i.valueType, x, y);
}

template <bool larger> bool decodeExtremum(Instruction &i, Words &words) {
  i.flush = words.take("ftz");
  i.propagatesNaN = words.take("NaN");
  i.valueType = words.takeType();
  return i.valueType != Type::tf32 &&
         finish(i, extremum<larger>, Class::floating);
}

//===-- Approximations ----------------------------------------------------===//

struct ReciprocalRoot {
  static double of(double x) { return 1 / std::sqrt(x); }
};
struct Sine {
  static double of(double x) { return std::sin(x); }
};
struct Cosine {
  static double of(double x) { return std::cos(x); }
};
struct Log2 {
  static double of(double x) { return std::log2(x); }
};
struct Exp2 {
  static double of(double x) { return std::exp2(x); }
};
struct Tangent {
  static double of(double x) { return std::tanh(x); }
};

template <typename Function>
void approximate(const Instruction &i, const uint64_t *in, uint64_t *out) {
  if (isHalf(i.valueType)) {
    out[0] = eachLane(i, in, [&](Type lane, const uint64_t *bits) {
      return encodeFloat(
          lane, Function::of(static_cast<double>(decodeFloat(lane, bits[0]))));
    });
    return;
  }
  uint64_t x = i.flush ? flushDenormal(i.valueType, in[0]) : in[0];
  double value = Function::of(static_cast<double>(decodeFloat(i.valueType, x)));
  out[0] = encodeFloat(i.valueType, value);
  if (i.flush)
    out[0] = flushDenormal(i.valueType, out[0]);
}

template <typename Function>
bool decodeApproximate(Instruction &i, Words &words) {
  if (!words.take("approx"))
    return false;
  i.flush = words.take("ftz");
  i.valueType = words.takeType();
  return finish(i, approximate<Function>, Class::special);
}

} // namespace

void addFloatDecoders(Decoders &decoders) {
  decoders["add float"] = decodeExact<Add>;
  decoders["sub float"] = decodeExact<Subtract>;
  decoders["mul float"] = decodeExact<Multiply>;
  decoders["fma"] = decodeExact<FusedMultiplyAdd>;
  decoders["mad float"] = decodeExact<FusedMultiplyAdd>;
  decoders["div float"] = decodeQuotient<Divide>;
  decoders["sqrt"] = decodeQuotient<SquareRoot>;
  decoders["rcp"] = decodeQuotient<Reciprocal>;
  decoders["abs float"] = decodeSign<true>;
  decoders["neg float"] = decodeSign<false>;
  decoders["copysign"] = decodeCopySign;
  decoders["min float"] = decodeExtremum<false>;
  decoders["max float"] = decodeExtremum<true>;
  decoders["rsqrt"] = decodeApproximate<ReciprocalRoot>;
  decoders["sin"] = decodeApproximate<Sine>;
  decoders["cos"] = decodeApproximate<Cosine>;
  decoders["lg2"] = decodeApproximate<Log2>;
  decoders["ex2"] = decodeApproximate<Exp2>;
  decoders["tanh"] = decodeApproximate<Tangent>;
}

} // namespace dlc::ptxsim
