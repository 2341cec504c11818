#include "ptx-sim/Type.h"

#include <iterator>

namespace dlc::ptxsim {

namespace {
struct Entry {
  std::string_view name;
  int bits;
};
} // namespace

/// In the order of Type.
static constexpr Entry entries[] = {
    {"", 0},       {"pred", 1},  {"b8", 8},      {"b16", 16},  {"b32", 32},
    {"b64", 64},   {"u8", 8},    {"u16", 16},    {"u32", 32},  {"u64", 64},
    {"s8", 8},     {"s16", 16},  {"s32", 32},    {"s64", 64},  {"f16", 16},
    {"f16x2", 32}, {"bf16", 16}, {"bf16x2", 32}, {"tf32", 32}, {"f32", 32},
    {"f64", 64}};

Type parseType(std::string_view word) {
  for (size_t i = 1; i < std::size(entries); ++i)
    if (entries[i].name == word)
      return static_cast<Type>(i);
  return Type::none;
}

std::string_view name(Type type) {
  return entries[static_cast<size_t>(type)].name;
}

int bitsOf(Type type) { return entries[static_cast<size_t>(type)].bits; }

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
