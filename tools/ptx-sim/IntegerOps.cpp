// Integer arithmetic.

#include "ptx-sim/Decode.h"

#include <limits>
#include <type_traits>

namespace dlc::ptxsim {

namespace {

template <typename T> using Unsigned = std::make_unsigned_t<T>;
using Wide = unsigned __int128;

// Arithmetic is done without signs, where overflow wraps around.
struct Add {
  template <typename T> static T apply(T x, T y) {
    return T(Unsigned<T>(x) + Unsigned<T>(y));
  }
};
struct Subtract {
  template <typename T> static T apply(T x, T y) {
    return T(Unsigned<T>(x) - Unsigned<T>(y));
  }
};
struct MultiplyLow {
  template <typename T> static T apply(T x, T y) {
    return T(uint64_t(x) * uint64_t(y));
  }
};
struct MultiplyHigh {
  template <typename T> static T apply(T x, T y) {
    using Product = std::conditional_t<std::is_signed_v<T>, __int128, Wide>;
    return T((Product(x) * Product(y)) >> (8 * sizeof(T)));
  }
};
struct Divide {
  template <typename T> static T apply(T x, T y) {
    if (y == 0)
      return T(-1); // "unspecified, machine-specific"
    return y == T(-1) && std::is_signed_v<T> ? Subtract::apply(T(0), x) : x / y;
  }
};
struct Remainder {
  template <typename T> static T apply(T x, T y) {
    if (y == 0)
      return x;
    return y == T(-1) && std::is_signed_v<T> ? T(0) : x % y;
  }
};
struct Minimum {
  template <typename T> static T apply(T x, T y) { return x < y ? x : y; }
};
struct Maximum {
  template <typename T> static T apply(T x, T y) { return x > y ? x : y; }
};

template <typename Op, typename T>
void binary(const Instruction &, const uint64_t *in, uint64_t *out) {
  out[0] = toBits(Op::template apply<T>(as<T>(in[0]), as<T>(in[1])));
}

template <typename Op> Compute binaryOf(Type type) {
  switch (type) {
  case Type::u16:
  case Type::b16:
    return binary<Op, uint16_t>;
  case Type::s16:
    return binary<Op, int16_t>;
  case Type::u32:
  case Type::b32:
    return binary<Op, uint32_t>;
  case Type::s32:
    return binary<Op, int32_t>;
  case Type::u64:
  case Type::b64:
    return binary<Op, uint64_t>;
  case Type::s64:
    return binary<Op, int64_t>;
  default:
    return nullptr;
  }
}

/// x op y in twice the width, plus in[2] if there is one.
template <typename T, typename Product>
void multiplyWide(const Instruction &i, const uint64_t *in, uint64_t *out) {
  auto product = Product(as<T>(in[0])) * Product(as<T>(in[1]));
  out[0] = uint64_t(product) + (i.operands.size() > 3 ? in[2] : 0);
}

Compute multiplyWideOf(Type type) {
  switch (type) {
  case Type::u16:
    return multiplyWide<uint16_t, uint64_t>;
  case Type::s16:
    return multiplyWide<int16_t, int64_t>;
  case Type::u32:
    return multiplyWide<uint32_t, uint64_t>;
  case Type::s32:
    return multiplyWide<int32_t, int64_t>;
  default:
    return nullptr;
  }
}

template <typename T>
void multiplyAdd(const Instruction &i, const uint64_t *in, uint64_t *out) {
  T x = as<T>(in[0]), y = as<T>(in[1]);
  T product = i.high ? MultiplyHigh::apply(x, y) : MultiplyLow::apply(x, y);
  out[0] = toBits(Add::apply(product, as<T>(in[2])));
}

Compute multiplyAddOf(Type type) {
  switch (type) {
  case Type::u16:
    return multiplyAdd<uint16_t>;
  case Type::s16:
    return multiplyAdd<int16_t>;
  case Type::u32:
    return multiplyAdd<uint32_t>;
  case Type::s32:
    return multiplyAdd<int32_t>;
  case Type::u64:
    return multiplyAdd<uint64_t>;
  case Type::s64:
    return multiplyAdd<int64_t>;
  default:
    return nullptr;
  }
}

template <typename T>
void absolute(const Instruction &, const uint64_t *in, uint64_t *out) {
  T x = as<T>(in[0]);
  out[0] = toBits(x < 0 ? Subtract::apply(T(0), x) : x);
}
template <typename T>
void negate(const Instruction &, const uint64_t *in, uint64_t *out) {
  out[0] = toBits(Subtract::apply(T(0), as<T>(in[0])));
}

/// in[2] is the carry that comes in, out[1] the one that goes out.
template <bool subtract>
void withCarry(const Instruction &i, const uint64_t *in, uint64_t *out) {
  int bits = bitsOf(i.valueType);
  Wide carry = i.carryIn ? in[2] : 0, x = in[0], y = in[1];
  Wide sum = subtract ? x - y - carry : x + y + carry;
  out[0] = extend(bits == 32 ? Type::u32 : Type::u64, uint64_t(sum));
  out[1] = uint64_t(sum >> bits) & 1;
}

template <bool subtract>
void addSaturated(const Instruction &, const uint64_t *in, uint64_t *out) {
  int64_t x = as<int32_t>(in[0]), y = as<int32_t>(in[1]);
  int64_t sum = subtract ? x - y : x + y;
  constexpr int64_t low = std::numeric_limits<int32_t>::min(),
                    high = std::numeric_limits<int32_t>::max();
  out[0] = toBits(int32_t(sum < low ? low : sum > high ? high : sum));
}

bool finish(Instruction &i, Compute compute, int destinations = 1) {
  i.kind = Kind::compute;
  i.type = Class::integer;
  i.compute = compute;
  i.destinations = destinations;
  return compute != nullptr;
}

template <typename Op> bool decodeBinary(Instruction &i, Words &words) {
  i.valueType = words.takeType();
  return finish(i, binaryOf<Op>(i.valueType));
}

template <typename Op, bool subtract>
bool decodeAdd(Instruction &i, Words &words) {
  i.saturate = words.take("sat");
  i.carryOut = words.take("cc");
  i.valueType = words.takeType();
  if (i.carryOut)
    return finish(i, withCarry<subtract>);
  if (i.saturate)
    return finish(i,
                  i.valueType == Type::s32 ? addSaturated<subtract> : nullptr);
  return finish(i, binaryOf<Op>(i.valueType));
}

template <bool subtract> bool decodeAddCarry(Instruction &i, Words &words) {
  i.carryIn = true;
  i.carryOut = words.take("cc");
  i.valueType = words.takeType();
  int bits = bitsOf(i.valueType);
  return finish(i, bits == 32 || bits == 64 ? withCarry<subtract> : nullptr);
}

bool decodeMultiply(Instruction &i, Words &words) {
  int part = words.takeOneOf({"lo", "hi", "wide"});
  i.wide = part == 2;
  i.valueType = words.takeType();
  if (part < 0)
    return false;
  return finish(i, part == 0   ? binaryOf<MultiplyLow>(i.valueType)
                   : part == 1 ? binaryOf<MultiplyHigh>(i.valueType)
                               : multiplyWideOf(i.valueType));
}

bool decodeMultiplyAdd(Instruction &i, Words &words) {
  int part = words.takeOneOf({"lo", "hi", "wide"});
  i.high = part == 1;
  i.wide = part == 2;
  i.valueType = words.takeType();
  if (part < 0)
    return false;
  return finish(i, i.wide ? multiplyWideOf(i.valueType)
                          : multiplyAddOf(i.valueType));
}

bool decodeAbsolute(Instruction &i, Words &words) {
  switch (i.valueType = words.takeType()) {
  case Type::s16:
    return finish(i, absolute<int16_t>);
  case Type::s32:
    return finish(i, absolute<int32_t>);
  case Type::s64:
    return finish(i, absolute<int64_t>);
  default:
    return false;
  }
}

bool decodeNegate(Instruction &i, Words &words) {
  switch (i.valueType = words.takeType()) {
  case Type::s16:
    return finish(i, negate<int16_t>);
  case Type::s32:
    return finish(i, negate<int32_t>);
  case Type::s64:
    return finish(i, negate<int64_t>);
  default:
    return false;
  }
}

} // namespace

void addIntegerDecoders(Decoders &decoders) {
  decoders["add"] = decodeAdd<Add, false>;
  decoders["sub"] = decodeAdd<Subtract, true>;
  decoders["addc"] = decodeAddCarry<false>;
  decoders["subc"] = decodeAddCarry<true>;
  decoders["mul"] = decodeMultiply;
  decoders["mad"] = decodeMultiplyAdd;
  decoders["div"] = decodeBinary<Divide>;
  decoders["rem"] = decodeBinary<Remainder>;
  decoders["min"] = decodeBinary<Minimum>;
  decoders["max"] = decodeBinary<Maximum>;
  decoders["abs"] = decodeAbsolute;
  decoders["neg"] = decodeNegate;
}

} // namespace dlc::ptxsim
