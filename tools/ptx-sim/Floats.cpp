#include "ptx-sim/Floats.h"

#include <cmath>

namespace dlc::ptxsim {

Format formatOf(Type type) {
  switch (laneType(type)) {
  case Type::f16:
    return {10, 5};
  case Type::bf16:
    return {7, 8};
  case Type::tf32:
    return {10, 8};
  case Type::f32:
    return {23, 8};
  default:
    return {52, 11};
  }
}

/// tf32 lies in the upper bits of an f32.
static int unusedBits(Type type) { return type == Type::tf32 ? 13 : 0; }

long double decodeFloat(Type type, uint64_t bits) {
  if (type == Type::f32)
    return as<float>(bits);
  if (type == Type::f64)
    return as<double>(bits);
  Format format = formatOf(type);
  bits = extend(type, bits) >> unusedBits(type);
  uint64_t fraction = bits & ((uint64_t(1) << format.fraction) - 1);
  int maxExponent = (1 << format.exponent) - 1, bias = maxExponent / 2;
  int exponent = (bits >> format.fraction) & maxExponent;
  bool negative = bits >> (format.fraction + format.exponent) & 1;
  long double value;
  if (exponent == maxExponent)
    value = fraction ? std::numeric_limits<long double>::quiet_NaN()
                     : std::numeric_limits<long double>::infinity();
  else if (exponent == 0)
    value = std::ldexp(static_cast<long double>(fraction),
                       1 - bias - format.fraction);
  else
    value = std::ldexp(
        static_cast<long double>(fraction | uint64_t(1) << format.fraction),
        exponent - bias - format.fraction);
  return negative ? -value : value;
}

/// Whether a magnitude whose whole part is `whole` and whose fraction is `rest`
/// goes up to whole + 1.
static bool roundsUp(uint64_t whole, long double rest, bool negative,
                     Rounding rounding) {
  switch (rounding) {
  case Rounding::nearest:
    return rest > 0.5L || (rest == 0.5L && whole % 2 == 1);
  case Rounding::nearestAway:
    return rest >= 0.5L;
  case Rounding::zero:
    return false;
  case Rounding::away:
    return rest > 0;
  case Rounding::down:
    return negative && rest > 0;
  case Rounding::up:
    return !negative && rest > 0;
  }
  return false;
}

uint64_t canonicalNaN(Type type) {
  switch (laneType(type)) {
  case Type::f16:
  case Type::bf16:
    return 0x7FFF;
  case Type::f64:
    return 0x7FF8000000000000;
  default:
    return 0x7FFFFFFF;
  }
}

uint64_t encodeFloat(Type type, long double value, Rounding rounding,
                     bool toFinite) {
  if (std::isnan(value))
    return canonicalNaN(type);
  Format format = formatOf(type);
  uint64_t infinity = ((uint64_t(1) << format.exponent) - 1) << format.fraction;
  int bias = (1 << (format.exponent - 1)) - 1;
  bool negative = std::signbit(value);
  long double magnitude = std::fabs(value);
  uint64_t bits = 0;
  if (std::isinf(magnitude)) {
    bits = infinity - (toFinite ? 1 : 0);
  } else if (magnitude > 0) {
    // The exponent of the last bit: of a normal number or of a denormal.
    int exponent = std::max(std::ilogb(magnitude), 1 - bias);
    long double scaled = std::ldexp(magnitude, format.fraction - exponent);
    auto whole = static_cast<uint64_t>(scaled);
    whole += roundsUp(whole, scaled - static_cast<long double>(whole), negative,
                      rounding);
    // A carry out of the fraction runs into the exponent, as it should.
    bits =
        (static_cast<uint64_t>(exponent + bias - 1) << format.fraction) + whole;
    if (exponent > bias || bits >= infinity) {
      bool keepsFinite = toFinite || rounding == Rounding::zero ||
                         (rounding == Rounding::down && !negative) ||
                         (rounding == Rounding::up && negative);
      bits = keepsFinite ? infinity - 1 : infinity;
    }
  }
  bits |= uint64_t(negative) << (format.fraction + format.exponent);
  return bits << unusedBits(type);
}

double addToOdd(double x, double y) {
  double sum = x + y;
  if (!std::isfinite(sum))
    return sum;
  // Knuth's two-sum: x + y = sum + error exactly.
  double back = sum - x;
  double error = (x - (sum - back)) + (y - back);
  if (error == 0 || toBits(sum) & 1)
    return sum;
  // The neighbour on the side of the error has an odd last bit.
  return std::nextafter(sum, error > 0 ? INFINITY : -INFINITY);
}

long double roundToIntegral(long double value, Rounding rounding) {
  if (!std::isfinite(value))
    return value;
  switch (rounding) {
  case Rounding::nearest:
    return std::nearbyint(value);
  case Rounding::zero:
    return std::trunc(value);
  case Rounding::down:
    return std::floor(value);
  case Rounding::up:
    return std::ceil(value);
  default:
    return std::round(value);
  }
}

bool isNaN(Type type, uint64_t bits) {
  return std::isnan(decodeFloat(type, bits));
}

uint64_t flushDenormal(Type type, uint64_t bits) {
  Format format = formatOf(type);
  uint64_t exponent = ((uint64_t(1) << format.exponent) - 1) << format.fraction;
  uint64_t sign = uint64_t(1) << (format.fraction + format.exponent);
  return bits & exponent ? bits : bits & sign;
}

} // namespace dlc::ptxsim
