#include "ptx-sim/Type.h"

#include <iterator>

namespace dlc::ptxsim {

/// In the order of Type.
static constexpr std::string_view names[] = {
    "",    "pred",  "b8",   "b16",    "b32",  "b64", "u8",
    "u16", "u32",   "u64",  "s8",     "s16",  "s32", "s64",
    "f16", "f16x2", "bf16", "bf16x2", "tf32", "f32", "f64"};

Type parseType(std::string_view word) {
  for (size_t i = 1; i < std::size(names); ++i)
    if (names[i] == word)
      return static_cast<Type>(i);
  return Type::none;
}

std::string_view name(Type type) { return names[static_cast<size_t>(type)]; }

bool isSigned(Type type) { return type >= Type::s8 && type <= Type::s64; }

bool isFloat(Type type) { return type >= Type::f16; }

Type laneType(Type type) {
  if (type == Type::f16x2)
    return Type::f16;
  return type == Type::bf16x2 ? Type::bf16 : type;
}

uint64_t extend(Type type, uint64_t bits) {
  int width = bitsOf(type);
  if (width == 0 || width == 64)
    return bits;
  bits &= (uint64_t(1) << width) - 1;
  bool negative = isSigned(type) && (bits >> (width - 1)) != 0;
  return negative ? bits | ~uint64_t(0) << width : bits;
}

} // namespace dlc::ptxsim
