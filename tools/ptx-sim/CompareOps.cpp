// Comparisons and selections.

#include "ptx-sim/Decode.h"
#include "ptx-sim/Floats.h"

#include <cmath>

namespace dlc::ptxsim {

namespace {

bool holds(Compare compare, bool less, bool equal, bool unordered) {
  switch (compare) {
  case Compare::eq:
    return !unordered && equal;
  case Compare::ne:
    return !unordered && !equal;
  case Compare::lt:
  case Compare::lo:
    return !unordered && less;
  case Compare::le:
  case Compare::ls:
    return !unordered && (less || equal);
  case Compare::gt:
  case Compare::hi:
    return !unordered && !less && !equal;
  case Compare::ge:
  case Compare::hs:
    return !unordered && !less;
  case Compare::equ:
    return unordered || equal;
  case Compare::neu:
    return unordered || !equal;
  case Compare::ltu:
    return unordered || less;
  case Compare::leu:
    return unordered || less || equal;
  case Compare::gtu:
    return unordered || (!less && !equal);
  case Compare::geu:
    return unordered || !less;
  case Compare::num:
    return !unordered;
  case Compare::nan:
    return unordered;
  }
  return false;
}

bool compareValues(const Instruction &i, Type type, uint64_t x, uint64_t y) {
  if (isFloat(type)) {
    if (i.flush) {
      x = flushDenormal(type, x);
      y = flushDenormal(type, y);
    }
    long double a = decodeFloat(type, x), b = decodeFloat(type, y);
    return holds(i.compare, a < b, a == b, std::isnan(a) || std::isnan(b));
  }
  x = extend(type, x);
  y = extend(type, y);
  bool less = isSigned(type) ? int64_t(x) < int64_t(y) : x < y;
  return holds(i.compare, less, x == y, false);
}

bool combine(Logic logic, bool x, bool y) {
  switch (logic) {
  case Logic::none:
    return x;
  case Logic::conjunction:
    return x && y;
  case Logic::disjunction:
    return x || y;
  case Logic::exclusive:
    return x != y;
  }
  return x;
}

/// `setp.lt.and.f32 p|q, x, y, r`: p = (x < y) and r, q = !(x < y) and r. For
/// packed halves p is the low one's answer and q the high one's.
void setPredicate(const Instruction &i, const uint64_t *in, uint64_t *out) {
  bool other = i.logic != Logic::none && in[2];
  bool first = compareValues(i, laneType(i.sourceType), in[0], in[1]);
  bool second = !first;
  if (laneType(i.sourceType) != i.sourceType)
    second = compareValues(i, laneType(i.sourceType), in[0] >> 16, in[1] >> 16);
  out[0] = combine(i.logic, first, other);
  out[1] = combine(i.logic, second, other);
}

/// All ones or 1.0 where it holds.
void setValue(const Instruction &i, const uint64_t *in, uint64_t *out) {
  auto answer = [&](Type type, int shift) -> uint64_t {
    bool holds = combine(i.logic,
                         compareValues(i, laneType(i.sourceType),
                                       in[0] >> shift, in[1] >> shift),
                         i.logic != Logic::none && in[2]);
    if (isFloat(type))
      return encodeFloat(type, holds ? 1 : 0);
    return holds ? ~uint64_t(0) : 0;
  };
  Type lane = laneType(i.valueType);
  out[0] = extend(lane == Type::f32 ? Type::b32 : lane, answer(lane, 0));
  if (laneType(i.sourceType) != i.sourceType)
    out[0] = (out[0] & 0xFFFF) | (answer(lane, 16) & 0xFFFF) << 16;
}

void select(const Instruction &, const uint64_t *in, uint64_t *out) {
  out[0] = in[2] ? in[0] : in[1];
}

/// By the sign of in[2].
void selectBySign(const Instruction &i, const uint64_t *in, uint64_t *out) {
  bool atLeastZero = i.sourceType == Type::f32 ? as<float>(in[2]) >= 0
                                               : as<int32_t>(in[2]) >= 0;
  out[0] = atLeastZero ? in[0] : in[1];
}

void testProperty(const Instruction &i, const uint64_t *in, uint64_t *out) {
  long double x = decodeFloat(i.valueType, in[0]);
  double value = static_cast<double>(x);
  bool isNormal = i.valueType == Type::f32
                      ? std::isnormal(static_cast<float>(value))
                      : std::isnormal(value);
  out[0] = i.mode == "finite"       ? std::isfinite(x)
           : i.mode == "infinite"   ? std::isinf(x)
           : i.mode == "number"     ? !std::isnan(x)
           : i.mode == "notanumber" ? std::isnan(x)
           : i.mode == "normal"     ? isNormal
                                : std::isfinite(x) && !isNormal && value != 0;
}

void takeComparison(Instruction &i, Words &words, bool &known) {
  i.flush = words.take("ftz");
  int compare = words.takeOneOf({"eq", "ne", "lt", "le", "gt", "ge", "lo", "ls",
                                 "hi", "hs", "equ", "neu", "ltu", "leu", "gtu",
                                 "geu", "num", "nan"});
  known = compare >= 0;
  i.compare = static_cast<Compare>(compare);
  i.logic = static_cast<Logic>(words.takeOneOf({"and", "or", "xor"}) + 1);
  i.kind = Kind::compute;
  i.type = Class::logic;
  i.destinations = 1;
}

bool decodeSetPredicate(Instruction &i, Words &words) {
  bool known;
  takeComparison(i, words, known);
  i.sourceType = words.takeType();
  i.valueType = Type::pred;
  i.compute = setPredicate;
  return known && i.sourceType > Type::b8 && i.sourceType != Type::u8 &&
         i.sourceType != Type::s8;
}

bool decodeSet(Instruction &i, Words &words) {
  bool known;
  takeComparison(i, words, known);
  i.valueType = words.takeType();
  i.sourceType = words.takeType();
  i.compute = setValue;
  return known && i.sourceType != Type::none && i.valueType != Type::none;
}

bool decodeSelect(Instruction &i, Words &words) {
  i.kind = Kind::compute;
  i.type = Class::logic;
  i.destinations = 1;
  i.compute = select;
  i.valueType = words.takeType();
  return i.valueType != Type::none;
}

bool decodeSelectBySign(Instruction &i, Words &words) {
  i.flush = words.take("ftz");
  i.kind = Kind::compute;
  i.type = Class::logic;
  i.destinations = 1;
  i.compute = selectBySign;
  i.valueType = words.takeType();
  i.sourceType = words.takeType();
  return i.sourceType == Type::s32 || i.sourceType == Type::f32;
}

bool decodeTest(Instruction &i, Words &words) {
  static constexpr std::string_view modes[] = {
      "finite", "infinite", "number", "notanumber", "normal", "subnormal"};
  int mode = words.takeOneOf(
      {"finite", "infinite", "number", "notanumber", "normal", "subnormal"});
  if (mode < 0)
    return false;
  i.mode = modes[mode];
  i.kind = Kind::compute;
  i.type = Class::logic;
  i.destinations = 1;
  i.compute = testProperty;
  i.valueType = words.takeType();
  return i.valueType == Type::f32 || i.valueType == Type::f64;
}

} // namespace

void addCompareDecoders(Decoders &decoders) {
  decoders["setp"] = decodeSetPredicate;
  decoders["set"] = decodeSet;
  decoders["selp"] = decodeSelect;
  decoders["slct"] = decodeSelectBySign;
  decoders["testp"] = decodeTest;
}

} // namespace dlc::ptxsim
