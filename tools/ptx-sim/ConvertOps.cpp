// cvt: between all widths and kinds of numbers.

#include "ptx-sim/Decode.h"
#include "ptx-sim/Floats.h"

#include <cmath>

namespace dlc::ptxsim {

namespace {

long double lowest(Type type) {
  return isSigned(type) ? -std::ldexp(1.0L, bitsOf(type) - 1) : 0;
}
long double highest(Type type) {
  return std::ldexp(1.0L, bitsOf(type) - isSigned(type)) - 1;
}

/// The value in the register; a float's or an integer's, exactly.
long double valueOf(const Instruction &i, uint64_t bits) {
  if (isFloat(i.sourceType))
    return decodeFloat(i.sourceType,
                       i.flush ? flushDenormal(i.sourceType, bits) : bits);
  uint64_t wide = extend(i.sourceType, bits);
  return isSigned(i.sourceType)
             ? static_cast<long double>(static_cast<int64_t>(wide))
             : static_cast<long double>(wide);
}

/// What an integer type makes of a NaN.
uint64_t integerOfNaN(const Instruction &i) {
  bool isWide = i.sourceType == Type::f64 || bitsOf(i.valueType) == 64;
  return isWide ? uint64_t(1) << (bitsOf(i.valueType) - 1) : 0;
}

uint64_t toInteger(const Instruction &i, long double value) {
  if (std::isnan(value))
    return integerOfNaN(i);
  value = roundToIntegral(value, i.rounding);
  value = std::min(std::max(value, lowest(i.valueType)), highest(i.valueType));
  return isSigned(i.valueType)
             ? static_cast<uint64_t>(static_cast<int64_t>(value))
             : static_cast<uint64_t>(value);
}

uint64_t toFloat(const Instruction &i, long double value) {
  if (i.integral)
    value = roundToIntegral(value, i.rounding);
  if (i.saturate)
    value = value > 0 ? std::min(value, 1.0L) : 0; // NaN gives 0
  if (i.relu && value < 0)
    value = 0;
  uint64_t bits = encodeFloat(i.valueType, value, i.rounding);
  return i.flush ? flushDenormal(i.valueType, bits) : bits;
}

void convert(const Instruction &i, const uint64_t *in, uint64_t *out) {
  bool fromFloat = isFloat(i.sourceType);
  if (laneType(i.valueType) != i.valueType) {
    // in[0] becomes the upper half.
    Instruction half = i;
    half.valueType = laneType(i.valueType);
    out[0] = toFloat(half, valueOf(i, in[0])) << 16 |
             toFloat(half, valueOf(i, in[1]));
  } else if (isFloat(i.valueType)) {
    out[0] = toFloat(i, valueOf(i, in[0]));
  } else if (fromFloat) {
    out[0] = toInteger(i, valueOf(i, in[0]));
  } else if (i.saturate) {
    out[0] = toInteger(i, valueOf(i, in[0]));
  } else {
    out[0] = extend(i.valueType, extend(i.sourceType, in[0]));
  }
}

bool decodeConvert(Instruction &i, Words &words) {
  static constexpr Rounding integral[] = {Rounding::nearest, Rounding::zero,
                                          Rounding::down, Rounding::up};
  int toInteger = words.takeOneOf({"rni", "rzi", "rmi", "rpi"});
  if (toInteger >= 0) {
    i.integral = true;
    i.rounding = integral[toInteger];
  } else if (words.take("rna")) {
    i.rounding = Rounding::nearestAway;
  } else {
    takeRounding(i, words);
  }
  i.flush = words.take("ftz");
  i.saturate = words.take("sat");
  i.relu = words.take("relu");
  i.valueType = words.takeType();
  i.sourceType = words.takeType();
  i.kind = Kind::compute;
  i.type = Class::convert;
  i.destinations = 1;
  i.compute = convert;
  if (i.valueType == Type::none || i.sourceType == Type::none ||
      i.sourceType == Type::pred || i.valueType == Type::pred)
    return false;
  // A float becomes an integer only with a stated rounding.
  if (isFloat(i.sourceType) && !isFloat(i.valueType))
    return i.integral;
  bool isPacked = laneType(i.valueType) != i.valueType;
  return laneType(i.sourceType) == i.sourceType &&
         (!isPacked || i.sourceType == Type::f32);
}

} // namespace

void addConvertDecoders(Decoders &decoders) { decoders["cvt"] = decodeConvert; }

} // namespace dlc::ptxsim
