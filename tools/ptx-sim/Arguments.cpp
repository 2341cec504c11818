#include "ptx-sim/Arguments.h"

#include "ptx-sim/Floats.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace dlc::ptxsim {

using runtime::Array;
using runtime::ElementType;
using runtime::TensorType;

static std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (size_t end; (end = text.find(at)) != std::string_view::npos;
       text.remove_prefix(end + 1))
    parts.push_back(text.substr(0, end));
  parts.push_back(text);
  return parts;
}

static Expected<Array> allocate(const TensorType &type) {
  Expected<runtime::BufferRef> buffer = runtime::Buffer::allocate(type.bytes());
  if (!buffer)
    return buffer.error();
  return Array{type, *buffer};
}

/// "2x3xf32".
static Expected<TensorType> parseShape(std::string_view text) {
  constexpr int64_t maxElements = int64_t(1) << 28;
  TensorType type;
  std::vector<std::string_view> words = split(text, 'x');
  Expected<ElementType> element = runtime::parseElementType(words.back());
  words.pop_back();
  bool ok = element.ok();
  int64_t count = 1;
  for (std::string_view word : words) {
    int64_t size = -1;
    auto [end, code] =
        std::from_chars(word.data(), word.data() + word.size(), size);
    ok &= code == std::errc() && end == word.data() + word.size() && size >= 0;
    ok = ok && !__builtin_mul_overflow(count, size, &count) &&
         count <= maxElements;
    type.shape.push_back(size);
  }
  if (!ok)
    return Error{"'" + std::string(text) +
                 "' is not an array's type such as 2x3xf32"};
  type.element = *element;
  return type;
}

/// PTX's type of the same format; none of an integer.
static Type floatType(ElementType type) {
  Type found = parseType(name(type));
  return isFloat(found) ? found : Type::none;
}

static bool isFloating(ElementType type) {
  return floatType(type) != Type::none;
}

template <typename T> static void put(Array &array, int64_t i, T value) {
  std::memcpy(array.buffer->as<std::byte>() + i * sizeof value, &value,
              sizeof value);
}

/// Rounds once.
static void putFloat(Array &array, int64_t i, double value) {
  Type type = floatType(array.type.element);
  uint64_t bits = encodeFloat(type, value);
  std::memcpy(array.buffer->as<std::byte>() + i * bytesOf(type), &bits,
              bytesOf(type));
}

static void putInteger(Array &array, int64_t i, int64_t value) {
  switch (byteSize(array.type.element)) {
  case 1:
    return put(array, i, static_cast<uint8_t>(value));
  case 2:
    return put(array, i, static_cast<uint16_t>(value));
  case 4:
    return put(array, i, static_cast<uint32_t>(value));
  default:
    return put(array, i, value);
  }
}

static bool parseElement(std::string_view word, Array &array, int64_t i) {
  std::string text(word);
  char *end = nullptr;
  // Each through its own parser: a decimal is rounded once.
  if (array.type.element == ElementType::f32)
    put(array, i, std::strtof(text.c_str(), &end));
  else if (isFloating(array.type.element))
    putFloat(array, i, std::strtod(text.c_str(), &end));
  else
    putInteger(array, i, std::strtoll(text.c_str(), &end, 0));
  return !text.empty() && *end == '\0';
}

Expected<Array> parseArray(const std::string &text) {
  if (text.starts_with('@'))
    return runtime::readNpy(text.substr(1));
  size_t equals = text.find('=');
  if (equals == std::string::npos)
    return Error{"'" + text +
                 "' is neither @FILE.npy nor TYPE=VALUES such as "
                 "2x3xf32=1,2,3,4,5,6"};
  Expected<TensorType> type =
      parseShape(std::string_view(text).substr(0, equals));
  if (!type)
    return type.error();
  Expected<Array> array = allocate(*type);
  if (!array)
    return array.error();
  std::string_view list = std::string_view(text).substr(equals + 1);
  std::vector<std::string_view> words;
  if (!list.empty())
    words = split(list, ',');
  bool fills = words.size() == 1;
  if (!fills && static_cast<int64_t>(words.size()) != type->count())
    return Error{"'" + text.substr(0, equals) + "' needs " +
                 std::to_string(type->count()) + " values, got " +
                 std::to_string(words.size())};
  for (int64_t i = 0; i < type->count(); ++i)
    if (std::string_view word = words[fills ? 0 : i];
        !parseElement(word, *array, i))
      return Error{"'" + std::string(word) + "' is not a value of " +
                   text.substr(0, equals)};
  return array;
}

Expected<Array> randomArray(const TensorType &type, uint64_t seed) {
  Expected<Array> array = allocate(type);
  if (!array)
    return array;
  uint64_t state = seed;
  auto next = [&state] { // splitmix64
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  };
  for (int64_t i = 0; i < type.count(); ++i) {
    double noise = std::ldexp(next() >> 11, -50) - 4.0;
    if (isFloating(type.element))
      putFloat(*array, i, noise);
  }
  if (!isFloating(type.element)) {
    state = seed;
    for (int64_t i = 0; i < type.count(); ++i)
      putInteger(*array, i,
                 type.element == ElementType::i1
                     ? static_cast<int64_t>(next() & 1)
                     : static_cast<int64_t>(next()));
  }
  return array;
}

static double floatAt(ElementType element, const void *data, int64_t i) {
  Type type = floatType(element);
  uint64_t bits = 0;
  std::memcpy(&bits, static_cast<const std::byte *>(data) + i * bytesOf(type),
              bytesOf(type));
  return static_cast<double>(decodeFloat(type, bits));
}

static int64_t integerAt(ElementType element, const void *data, int64_t i) {
  auto size = static_cast<int>(byteSize(element));
  uint64_t bits = 0;
  std::memcpy(&bits, static_cast<const std::byte *>(data) + i * size, size);
  // i1 is 0 or 1; the others say in their names whether they have a sign.
  bool isSigned = name(element)[0] == 'i' && element != ElementType::i1;
  int unused = 64 - 8 * size;
  return isSigned ? static_cast<int64_t>(bits << unused) >> unused
                  : static_cast<int64_t>(bits);
}

double numberAt(ElementType element, const void *data, int64_t i) {
  return isFloating(element) ? floatAt(element, data, i)
                             : static_cast<double>(integerAt(element, data, i));
}

void setNumber(Array &array, int64_t i, double value) {
  if (isFloating(array.type.element))
    putFloat(array, i, value);
  else
    putInteger(array, i, static_cast<int64_t>(value));
}

static std::string elementText(ElementType element, const void *data,
                               int64_t i) {
  if (!isFloating(element))
    return std::to_string(integerAt(element, data, i));
  double value = floatAt(element, data, i);
  if (std::isnan(value)) // the sign of a NaN means nothing
    return "nan";
  char text[64];
  auto [end, code] =
      element == ElementType::f32
          ? std::to_chars(text, std::end(text), static_cast<float>(value))
          : std::to_chars(text, std::end(text), value);
  return std::string(text, end);
}

std::string print(const TensorType &type, const void *data) {
  constexpr int64_t shown = 8, limit = 1000;
  std::string text = type.str() + " = ";
  int64_t count = type.count(), printed = count > limit ? shown : count;
  for (int64_t i = 0; i < printed; ++i)
    text += (i ? ", " : "") + elementText(type.element, data, i);
  return text + (printed < count ? ", ..." : "");
}

/// Units in the last place between two numbers, given as bits; -0 and 0 meet.
static double ulpDistance(Type type, uint64_t x, uint64_t y) {
  if (isNaN(type, x) || isNaN(type, y))
    return isNaN(type, x) && isNaN(type, y) ? 0 : INFINITY;
  auto ordered = [&](uint64_t bits) {
    uint64_t sign = uint64_t(1) << (bitsOf(type) - 1);
    auto size = static_cast<double>(bits & ~sign);
    return bits & sign ? -size : size;
  };
  return std::fabs(ordered(x) - ordered(y));
}

Comparison compare(const TensorType &type, const void *got,
                   const void *expected, const Tolerance &tolerance) {
  Comparison result;
  double ulps = 0, absolute = 0, scale = 0;
  int64_t worst = -1;
  for (int64_t i = 0; i < type.count(); ++i) {
    double distance = 0, units = 0;
    if (isFloating(type.element)) {
      double x = floatAt(type.element, got, i);
      double y = floatAt(type.element, expected, i);
      if (std::isfinite(y))
        scale = std::max(scale, std::fabs(y));
      bool same = (x == y && std::signbit(x) == std::signbit(y)) ||
                  (std::isnan(x) && std::isnan(y));
      if (same)
        continue;
      distance = std::isfinite(x - y) ? std::fabs(x - y) : INFINITY;
      Type format = floatType(type.element);
      units =
          ulpDistance(format, encodeFloat(format, x), encodeFloat(format, y));
    } else if (integerAt(type.element, got, i) !=
               integerAt(type.element, expected, i)) {
      distance = units = INFINITY;
    } else {
      continue;
    }
    if (worst < 0 || distance > absolute)
      worst = i;
    absolute = std::max(absolute, distance);
    ulps = std::max(ulps, units);
  }
  if (worst < 0) {
    result.text = "same bits";
    return result;
  }
  double relative = absolute == 0 ? 0 : absolute / scale;
  // Bits differ by nothing where a zero's sign does: not within a bound of 0.
  auto within = [](double difference, double bound) {
    return bound > 0 && difference <= bound;
  };
  result.within = within(ulps, tolerance.ulp) ||
                  within(relative, tolerance.relative) ||
                  within(absolute, tolerance.absolute);
  char text[128];
  std::snprintf(text, sizeof text, "differs by up to %g ulp, relative %g", ulps,
                relative);
  result.text = text + std::string("; at element ") + std::to_string(worst) +
                ": " + elementText(type.element, got, worst) + ", expected " +
                elementText(type.element, expected, worst);
  return result;
}

} // namespace dlc::ptxsim
