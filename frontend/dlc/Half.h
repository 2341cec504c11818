// The 16-bit floats as they lie in memory.

#ifndef DLC_FRONTEND_HALF_H
#define DLC_FRONTEND_HALF_H

#include <cstdint>

#pragma GCC visibility push(default)
namespace dlc {

/// A bf16: the upper half of an f32. Conversion rounds to the nearest, ties to
/// even.
struct BFloat16 {
  BFloat16() = default;
  explicit BFloat16(double value);
  operator float() const;

  uint16_t bits = 0;
};

/// An f16, IEEE 754's binary16.
struct Float16 {
  Float16() = default;
  explicit Float16(double value);
  operator float() const;

  uint16_t bits = 0;
};

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_HALF_H
