#include "dlc/Half.h"

#include <cmath>

namespace dlc {

namespace {

/// A format of 16 bits: sign, exponent, fraction.
struct Format {
  int fraction;
  int bias;

  int infinity() const { return (2 * bias + 1) << fraction; }

  uint16_t encode(double value) const {
    int sign = std::signbit(value) ? 0x8000 : 0;
    if (std::isnan(value))
      return uint16_t(sign | infinity() | 1 << (fraction - 1));
    double size = std::fabs(value);
    if (size == 0)
      return uint16_t(sign);
    if (std::isinf(value))
      return uint16_t(sign | infinity());
    // Denormals share the smallest exponent; a carry out of the fraction
    // raises the exponent by itself.
    int exponent = std::ilogb(size);
    bool isNormal = exponent >= 1 - bias;
    if (!isNormal)
      exponent = 1 - bias;
    if (exponent > bias)
      return uint16_t(sign | infinity());
    int units = int(std::nearbyint(std::ldexp(size, fraction - exponent)));
    int start = isNormal ? (exponent + bias - 1) << fraction : 0;
    return uint16_t(sign | (start + units));
  }

  float decode(uint16_t bits) const {
    int field = (bits & 0x7fff) >> fraction;
    int units = bits & ((1 << fraction) - 1);
    double size;
    if (field == 2 * bias + 1)
      size = units ? NAN : INFINITY;
    else if (field == 0)
      size = std::ldexp(units, 1 - bias - fraction);
    else
      size = std::ldexp(units + (1 << fraction), field - bias - fraction);
    return float(bits & 0x8000 ? -size : size);
  }
};

constexpr Format bf16{7, 127}, f16{10, 15};

} // namespace

BFloat16::BFloat16(double value) : bits(bf16.encode(value)) {}
BFloat16::operator float() const { return bf16.decode(bits); }
Float16::Float16(double value) : bits(f16.encode(value)) {}
Float16::operator float() const { return f16.decode(bits); }

} // namespace dlc
