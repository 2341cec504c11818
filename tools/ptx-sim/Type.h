// The scalar types of PTX.

#ifndef DLC_TOOLS_PTXSIM_TYPE_H
#define DLC_TOOLS_PTXSIM_TYPE_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dlc::ptxsim {

enum class Type : uint8_t {
  none,
  pred,
  b8,
  b16,
  b32,
  b64,
  u8,
  u16,
  u32,
  u64,
  s8,
  s16,
  s32,
  s64,
  f16,
  f16x2,
  bf16,
  bf16x2,
  tf32,
  f32,
  f64
};

/// "f32" ⇒ Type::f32; none where there is no such type.
Type parseType(std::string_view word);
std::string_view name(Type type);

/// Bits of a value; a predicate has 1.
inline int bitsOf(Type type) {
  constexpr uint8_t bits[] = {0,  1,  8,  16, 32, 64, 8,  16, 32, 64, 8,
                              16, 32, 64, 16, 32, 16, 32, 32, 32, 64};
  return bits[static_cast<size_t>(type)];
}
inline int bytesOf(Type type) { return bitsOf(type) / 8; }
bool isSigned(Type type);
bool isFloat(Type type);

/// The type of the halves of a packed one; other types are their own.
Type laneType(Type type);

/// `bits` as wide as `type`, with its sign or with zeros.
uint64_t extend(Type type, uint64_t bits);

/// A register's bits as a C++ value, and back.
template <typename T> T as(uint64_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
template <typename T> uint64_t toBits(T value) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  return bits;
}

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_TYPE_H
