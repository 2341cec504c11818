// Logic, shifts, bit fields and permutations.

#include "ptx-sim/Decode.h"

#include <bit>
#include <string>

namespace dlc::ptxsim {

namespace {

bool finish(Instruction &i, Compute compute) {
  i.kind = Kind::compute;
  i.type = Class::logic;
  i.compute = compute;
  i.destinations = 1;
  return compute != nullptr;
}

bool isBits(Type type) {
  return type == Type::pred || (type >= Type::b16 && type <= Type::b64);
}

//===-- Logic -------------------------------------------------------------===//

void bitAnd(const Instruction &, const uint64_t *in, uint64_t *out) {
  out[0] = in[0] & in[1];
}
void bitOr(const Instruction &, const uint64_t *in, uint64_t *out) {
  out[0] = in[0] | in[1];
}
void bitXor(const Instruction &, const uint64_t *in, uint64_t *out) {
  out[0] = in[0] ^ in[1];
}
void bitNot(const Instruction &i, const uint64_t *in, uint64_t *out) {
  out[0] = i.valueType == Type::pred ? !in[0] : ~in[0];
}
void logicalNot(const Instruction &i, const uint64_t *in, uint64_t *out) {
  out[0] = in[0] == 0;
}

template <auto compute> bool decodeLogic(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  return finish(i, isBits(i.valueType) ? compute : nullptr);
}

/// in[3] is the truth table: its bit 4x + 2y + z answers x, y, z.
void lop3(const Instruction &, const uint64_t *in, uint64_t *out) {
  uint64_t result = 0;
  for (int minterm = 0; minterm < 8; ++minterm)
    if (in[3] >> minterm & 1)
      result |= (minterm & 4 ? in[0] : ~in[0]) &
                (minterm & 2 ? in[1] : ~in[1]) & (minterm & 1 ? in[2] : ~in[2]);
  out[0] = uint32_t(result);
}

bool decodeLop3(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  return finish(i, i.valueType == Type::b32 ? lop3 : nullptr);
}

//===-- Shifts ------------------------------------------------------------===//

// An amount beyond the width counts as the width.
template <typename T>
void shiftLeft(const Instruction &, const uint64_t *in, uint64_t *out) {
  auto amount = uint32_t(in[1]);
  out[0] = amount >= 8 * sizeof(T) ? 0 : toBits(T(T(in[0]) << amount));
}
template <typename T>
void shiftRight(const Instruction &, const uint64_t *in, uint64_t *out) {
  constexpr uint32_t width = 8 * sizeof(T);
  auto amount = uint32_t(in[1]);
  T x = as<T>(in[0]);
  out[0] = toBits(T(amount >= width ? (x < 0 ? -1 : 0) : x >> amount));
}

bool decodeShiftLeft(Instruction &i, Words &words) {
  switch (i.valueType = words.takeType()) {
  case Type::b16:
    return finish(i, shiftLeft<uint16_t>);
  case Type::b32:
    return finish(i, shiftLeft<uint32_t>);
  case Type::b64:
    return finish(i, shiftLeft<uint64_t>);
  default:
    return false;
  }
}

bool decodeShiftRight(Instruction &i, Words &words) {
  switch (i.valueType = words.takeType()) {
  case Type::b16:
  case Type::u16:
    return finish(i, shiftRight<uint16_t>);
  case Type::s16:
    return finish(i, shiftRight<int16_t>);
  case Type::b32:
  case Type::u32:
    return finish(i, shiftRight<uint32_t>);
  case Type::s32:
    return finish(i, shiftRight<int32_t>);
  case Type::b64:
  case Type::u64:
    return finish(i, shiftRight<uint64_t>);
  case Type::s64:
    return finish(i, shiftRight<int64_t>);
  default:
    return false;
  }
}

/// in[0] is the low word, in[1] the high one.
template <bool left>
void funnelShift(const Instruction &i, const uint64_t *in, uint64_t *out) {
  uint64_t both = uint64_t(uint32_t(in[1])) << 32 | uint32_t(in[0]);
  uint32_t amount =
      i.clamps ? std::min(uint32_t(in[2]), 32u) : uint32_t(in[2]) & 31;
  out[0] = uint32_t(left ? both << amount >> 32 : both >> amount);
}

bool decodeFunnelShift(Instruction &i, Words &words) {
  bool left = words.take("l");
  if (!left && !words.take("r"))
    return false;
  i.clamps = words.take("clamp");
  if (!i.clamps && !words.take("wrap"))
    return false;
  i.valueType = words.takeType();
  if (i.valueType != Type::b32)
    return false;
  return finish(i, left ? funnelShift<true> : funnelShift<false>);
}

//===-- Counting and bit fields -------------------------------------------===//

void countOnes(const Instruction &i, const uint64_t *in, uint64_t *out) {
  out[0] = std::popcount(in[0]);
}
void countLeadingZeros(const Instruction &i, const uint64_t *in,
                       uint64_t *out) {
  out[0] = std::countl_zero(in[0]) - (64 - bitsOf(i.valueType));
}
void reverseBits(const Instruction &i, const uint64_t *in, uint64_t *out) {
  out[0] = 0;
  for (int bits = bitsOf(i.valueType), b = 0; b < bits; ++b)
    out[0] |= (in[0] >> b & 1) << (bits - 1 - b);
}
/// The highest bit that is unlike the sign; all ones if there is none.
void findBit(const Instruction &i, const uint64_t *in, uint64_t *out) {
  uint64_t x = extend(i.valueType, in[0]);
  if (isSigned(i.valueType) && int64_t(x) < 0)
    x = ~x;
  out[0] = 0xFFFFFFFF;
  if (x == 0)
    return;
  int at = 63 - std::countl_zero(x);
  out[0] = i.mode == "shiftamt" ? bitsOf(i.valueType) - 1 - at : at;
}

template <auto compute> bool decodeCount(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  bool known = i.valueType == Type::b32 || i.valueType == Type::b64;
  return finish(i, known ? compute : nullptr);
}

bool decodeFindBit(Instruction &i, Words &words) {
  i.mode = words.take("shiftamt") ? "shiftamt" : "";
  i.valueType = words.takeType();
  return finish(i, bitsOf(i.valueType) >= 32 ? findBit : nullptr);
}

/// in: value, position, length (a byte each).
void extractField(const Instruction &i, const uint64_t *in, uint64_t *out) {
  int width = bitsOf(i.valueType), position = in[1] & 0xFF,
      length = in[2] & 0xFF;
  uint64_t x = extend(i.valueType, in[0]), field = 0;
  bool sign = isSigned(i.valueType) && length > 0 &&
              (x >> std::min(position + length - 1, width - 1) & 1);
  for (int b = 0; b < width; ++b) {
    bool bit =
        b < length && position + b < width ? x >> (position + b) & 1 : sign;
    field |= uint64_t(bit) << b;
  }
  out[0] = field;
}

/// in: what is inserted, into what, position, length.
void insertField(const Instruction &i, const uint64_t *in, uint64_t *out) {
  int width = bitsOf(i.valueType), position = in[2] & 0xFF,
      length = in[3] & 0xFF;
  uint64_t result = in[1];
  for (int b = 0; b < length && position + b < width; ++b) {
    uint64_t bit = uint64_t(1) << (position + b);
    result = (result & ~bit) | (in[0] >> b & 1) << (position + b);
  }
  out[0] = result;
}

bool decodeExtract(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  bool known = bitsOf(i.valueType) >= 32 && !isFloat(i.valueType);
  return finish(i, known ? extractField : nullptr);
}
bool decodeInsert(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  bool known = i.valueType == Type::b32 || i.valueType == Type::b64;
  return finish(i, known ? insertField : nullptr);
}

//===-- prmt --------------------------------------------------------------===//

/// Which of the eight bytes of in[1]:in[0] each byte of the result is; bit 3 of
/// a selector repeats that byte's sign instead.
uint32_t selectors(std::string_view mode, uint32_t c) {
  uint32_t n = c & 3;
  if (mode == "f4e")
    return n | (n + 1) << 4 | (n + 2) << 8 | (n + 3) << 12;
  if (mode == "b4e")
    return n | ((n + 7) & 7) << 4 | ((n + 6) & 7) << 8 | ((n + 5) & 7) << 12;
  if (mode == "rc8")
    return n * 0x1111;
  if (mode == "ecl")
    return n | std::max(n, 1u) << 4 | std::max(n, 2u) << 8 | 3 << 12;
  if (mode == "ecr")
    return 0 | std::min(n, 1u) << 4 | std::min(n, 2u) << 8 | n << 12;
  if (mode == "rc16")
    return (n & 1) * 0x2222 + 0x1010;
  return c;
}

void permuteBytes(const Instruction &i, const uint64_t *in, uint64_t *out) {
  uint64_t bytes = uint64_t(uint32_t(in[1])) << 32 | uint32_t(in[0]);
  uint32_t all = selectors(i.mode, uint32_t(in[2]));
  out[0] = 0;
  for (int b = 0; b < 4; ++b) {
    uint32_t selector = all >> (4 * b) & 0xF;
    uint64_t byte = bytes >> (8 * (selector & 7)) & 0xFF;
    if (i.mode.empty() && selector & 8)
      byte = byte & 0x80 ? 0xFF : 0;
    out[0] |= byte << (8 * b);
  }
}

bool decodePermute(Instruction &i, Words &words) {
  static constexpr std::string_view modes[] = {"f4e", "b4e", "rc8",
                                               "ecl", "ecr", "rc16"};
  i.valueType = words.takeType();
  if (int mode = words.takeOneOf({"f4e", "b4e", "rc8", "ecl", "ecr", "rc16"});
      mode >= 0)
    i.mode = modes[mode];
  return finish(i, i.valueType == Type::b32 ? permuteBytes : nullptr);
}

} // namespace

void addBitDecoders(Decoders &decoders) {
  decoders["and"] = decodeLogic<bitAnd>;
  decoders["or"] = decodeLogic<bitOr>;
  decoders["xor"] = decodeLogic<bitXor>;
  decoders["not"] = decodeLogic<bitNot>;
  decoders["cnot"] = decodeLogic<logicalNot>;
  decoders["lop3"] = decodeLop3;
  decoders["shl"] = decodeShiftLeft;
  decoders["shr"] = decodeShiftRight;
  decoders["shf"] = decodeFunnelShift;
  decoders["popc"] = decodeCount<countOnes>;
  decoders["clz"] = decodeCount<countLeadingZeros>;
  decoders["brev"] = decodeCount<reverseBits>;
  decoders["bfind"] = decodeFindBit;
  decoders["bfe"] = decodeExtract;
  decoders["bfi"] = decodeInsert;
  decoders["prmt"] = decodePermute;
}

} // namespace dlc::ptxsim
