#include "cpu/Show.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace dlc::runtime {

namespace {

/// Elements that are printed all; of more, so many from each end.
constexpr int64_t shownWhole = 16, shownEach = 3;

template <typename T> T read(const void *data, int64_t i) {
  T value;
  std::memcpy(&value, static_cast<const char *>(data) + i * sizeof value,
              sizeof value);
  return value;
}

float fromHalf(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  float size = exponent == 31 ? (fraction ? NAN : INFINITY)
               : exponent == 0
                   ? std::ldexp(float(fraction), -24)
                   : std::ldexp(float(fraction + 1024), exponent - 25);
  return bits >> 15 ? -size : size;
}

template <typename T> std::string digits(T value) {
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, value);
  return {text, end.ptr};
}

/// Calls f with the element as a number of C++.
template <typename F>
auto withElement(ElementType type, const void *data, int64_t i, F f) {
  switch (type) {
  case ElementType::f32:
    return f(read<float>(data, i));
  case ElementType::f64:
    return f(read<double>(data, i));
  case ElementType::bf16:
    return f(std::bit_cast<float>(uint32_t(read<uint16_t>(data, i)) << 16));
  case ElementType::f16:
    return f(fromHalf(read<uint16_t>(data, i)));
  case ElementType::i32:
    return f(read<int32_t>(data, i));
  case ElementType::i64:
    return f(read<int64_t>(data, i));
  case ElementType::ui32:
    return f(read<uint32_t>(data, i));
  case ElementType::i8:
    return f(int32_t(read<int8_t>(data, i)));
  case ElementType::ui8:
  case ElementType::i1:
    break;
  }
  return f(int32_t(read<uint8_t>(data, i)));
}

std::string elements(const TensorType &type, const void *data) {
  std::string text = "[";
  int64_t count = type.count();
  for (int64_t i = 0; i < count; ++i) {
    if (i > 0)
      text += ", ";
    if (count > shownWhole && i == shownEach) {
      text += "..., ";
      i = count - shownEach;
    }
    text += withElement(type.element, data, i,
                        [](auto value) { return digits(value); });
  }
  return text + "]";
}

std::string summaryOf(const TensorType &type, const void *data) {
  double least = INFINITY, most = -INFINITY, sum = 0;
  int64_t others = 0, count = type.count();
  for (int64_t i = 0; i < count; ++i) {
    double value = withElement(type.element, data, i,
                               [](auto value) { return double(value); });
    if (!std::isfinite(value)) {
      ++others;
      continue;
    }
    least = std::fmin(least, value);
    most = std::fmax(most, value);
    sum += value;
  }
  std::string text = "not finite " + digits(others);
  if (others == count)
    return text;
  return "min " + digits(least) + ", max " + digits(most) + ", mean " +
         digits(sum / double(count - others)) + ", " + text;
}

} // namespace

std::string show(std::string_view text, const TensorType &type,
                 const void *data, bool summary) {
  return std::string(text) + ": " + type.str() + " " +
         (summary ? summaryOf(type, data) : elements(type, data)) + "\n";
}

} // namespace dlc::runtime
