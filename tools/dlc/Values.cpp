#include "Values.h"

#include "Execute.h"

#include "IR/Shapes.h"
#include "io/Npy.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

#include <charconv>
#include <cmath>
#include <cstring>

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

template <typename... Args>
static llvm::Error error(const char *format, const Args &...args) {
  return llvm::createStringError(std::errc::invalid_argument, format, args...);
}

//===-- Reading
//------------------------------------------------------------===//

/// "2x3xf32".
static llvm::Expected<RankedTensorType> parseType(StringRef text,
                                                  MLIRContext *context) {
  SmallVector<StringRef> words;
  text.split(words, 'x');
  Builder b(context);
  auto element = llvm::StringSwitch<Type>(words.pop_back_val())
                     .Case("f32", b.getF32Type())
                     .Case("f64", b.getF64Type())
                     .Case("bf16", b.getBF16Type())
                     .Case("f16", b.getF16Type())
                     .Case("i8", b.getI8Type())
                     .Case("i32", b.getI32Type())
                     .Case("i64", b.getI64Type())
                     .Case("ui8", b.getIntegerType(8, false))
                     .Case("ui32", b.getIntegerType(32, false))
                     .Case("i1", b.getI1Type())
                     .Default(Type());
  SmallVector<int64_t> shape(words.size());
  for (auto [word, size] : llvm::zip(words, shape))
    if (word.getAsInteger(10, size) || size < 0)
      element = Type();
  if (!element)
    return error("'%s' is not a tensor type such as 2x3xf32",
                 text.str().c_str());
  shapes::Result checked = shapes::checked(shape);
  if (!checked.ok())
    return error("%s", checked.error.c_str());
  auto type = RankedTensorType::get(shape, element);
  if (type.getNumElements() > interpreter::maxElements)
    return error("'%s' has too many elements", text.str().c_str());
  return type;
}

/// Stores one element; false if `text` is not a value of the element type.
static bool parseElement(StringRef text, Tensor &tensor, int64_t i) {
  std::string word = text.trim().str();
  if (tensor.isFloat()) {
    char *end = nullptr;
    // Each through its own parser: a decimal is rounded once.
    double value = tensor.element().isF32() ? std::strtof(word.c_str(), &end)
                                            : std::strtod(word.c_str(), &end);
    tensor.set(i, value, interpreter::Mode::native);
    return !word.empty() && *end == '\0';
  }
  if (tensor.element().isInteger(1) && (word == "true" || word == "false")) {
    tensor.ints[i] = word == "true";
    return true;
  }
  int64_t value;
  if (StringRef(word).getAsInteger(10, value))
    return false;
  tensor.ints[i] = value;
  return interpreter::wrap(tensor.element(), value) == value;
}

static llvm::Expected<Tensor> readNpy(StringRef path, MLIRContext *context) {
  runtime::Expected<runtime::Array> array = runtime::readNpy(path.str());
  if (!array)
    return error("%s", array.message().c_str());
  return Tensor::fromBytes(toMLIR(array->type, context),
                           StringRef(array->buffer->as<char>(),
                                     static_cast<size_t>(array->type.bytes())));
}

llvm::Error dlc::tool::writeValue(StringRef target, const Tensor &tensor) {
  if (!target.consume_front("@"))
    return error("--output takes @FILE.npy, got '%s'", target.str().c_str());
  runtime::Status status = runtime::writeNpy(
      target.str(), toRuntime(tensor.type), tensor.toBytes().data());
  return status.ok() ? llvm::Error::success()
                     : error("%s", status.message().c_str());
}

llvm::Expected<Tensor> dlc::tool::parseValue(StringRef text,
                                             MLIRContext *context) {
  if (text.consume_front("@"))
    return readNpy(text, context);
  auto [typeText, list] = text.split('=');
  if (!text.contains('='))
    return error("'%s' is neither @FILE.npy nor TYPE=VALUES such as "
                 "2x3xf32=1,2,3,4,5,6",
                 text.str().c_str());
  auto type = parseType(typeText, context);
  if (!type)
    return type.takeError();
  Tensor tensor(*type);
  SmallVector<StringRef> words;
  if (!list.trim().empty())
    list.split(words, ',');
  bool fills = words.size() == 1;
  if (!fills && static_cast<int64_t>(words.size()) != tensor.size())
    return error("%s needs %lld values, got %zu", typeText.str().c_str(),
                 static_cast<long long>(tensor.size()), words.size());
  for (int64_t i = 0; i < tensor.size(); ++i)
    if (StringRef word = words[fills ? 0 : i]; !parseElement(word, tensor, i))
      return error("'%s' is not a value of %s", word.trim().str().c_str(),
                   typeText.str().c_str());
  return tensor;
}

Tensor dlc::tool::randomValue(RankedTensorType type, uint64_t seed,
                              bool smallIntegers) {
  Tensor tensor(type);
  uint64_t state = seed;
  auto next = [&state] { // splitmix64
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  };
  for (int64_t i = 0; i < tensor.size(); ++i)
    if (tensor.isFloat())
      tensor.set(i, std::ldexp(next() >> 11, -50) - 4.0,
                 interpreter::Mode::native);
    else
      tensor.set(i, static_cast<int64_t>(next() >> (smallIntegers ? 63 : 0)),
                 interpreter::Mode::native);
  return tensor;
}

//===-- Printing
//-----------------------------------------------------------===//

void dlc::tool::printElement(const Tensor &tensor, int64_t i,
                             llvm::raw_ostream &os) {
  if (!tensor.isFloat()) {
    os << tensor.ints[i];
    return;
  }
  char text[64];
  double value = tensor.floats[i];
  auto [end, code] =
      tensor.element().isF32()
          ? std::to_chars(text, std::end(text), static_cast<float>(value))
          : std::to_chars(text, std::end(text), value);
  // The sign of a NaN means nothing.
  os << (std::isnan(value) ? StringRef("nan") : StringRef(text, end - text));
}

/// Prints the elements from `i` on as lists nested by `shape`.
static void printNested(const Tensor &tensor, ArrayRef<int64_t> shape,
                        int64_t &i, llvm::raw_ostream &os) {
  if (shape.empty())
    return printElement(tensor, i++, os);
  os << "[";
  for (int64_t k = 0; k < shape.front(); ++k) {
    os << (k ? ", " : "");
    printNested(tensor, shape.drop_front(), i, os);
  }
  os << "]";
}

void dlc::tool::print(const Tensor &tensor, llvm::raw_ostream &os) {
  constexpr int64_t shown = 8, limit = 1000;
  os << tensor.type << " = ";
  int64_t i = 0;
  if (tensor.size() == 0 || tensor.size() > limit) {
    os << "[";
    for (; i < std::min(tensor.size(), shown); ++i) {
      printElement(tensor, i, os);
      os << ", ";
    }
    os << (tensor.size() ? "...]" : "]");
    return;
  }
  printNested(tensor, tensor.shape(), i, os);
}

//===-- Comparing
//----------------------------------------------------------===//

/// Maps the bits of a float of `element` to integers in the order of the
/// floats; -0 and 0 meet.
static int64_t ordered(Type element, double value) {
  APFloat number(value);
  bool losesInfo;
  number.convert(cast<FloatType>(element).getFloatSemantics(),
                 APFloat::rmNearestTiesToEven, &losesInfo);
  number.clearSign();
  int64_t size = number.bitcastToAPInt().getZExtValue();
  return std::signbit(value) ? -size : size;
}

static double ulpDistance(const Tensor &tensor, double x, double y) {
  if (std::isnan(x) || std::isnan(y))
    return std::isnan(x) && std::isnan(y) ? 0 : INFINITY;
  int64_t from = ordered(tensor.element(), x);
  int64_t to = ordered(tensor.element(), y);
  // Unsigned: between numbers of opposite signs it may be more than an int64_t.
  auto distance = static_cast<uint64_t>(from) - static_cast<uint64_t>(to);
  return static_cast<double>(from > to ? distance : -distance);
}

Difference dlc::tool::compare(const Tensor &got, const Tensor &expected) {
  Difference worst;
  auto note = [&](int64_t i, double ulps, double absolute) {
    if (worst.position < 0 || absolute > worst.absolute)
      worst.position = i;
    worst.ulps = std::max(worst.ulps, ulps);
    worst.absolute = std::max(worst.absolute, absolute);
  };
  double scale = 0;
  for (int64_t i = 0; i < expected.size(); ++i) {
    if (!expected.isFloat()) {
      if (got.ints[i] != expected.ints[i])
        note(i, INFINITY, INFINITY);
      continue;
    }
    double x = got.floats[i], y = expected.floats[i];
    if (std::isfinite(y))
      scale = std::max(scale, std::fabs(y));
    bool sameBits = x == y && std::signbit(x) == std::signbit(y);
    if (sameBits || (std::isnan(x) && std::isnan(y)))
      continue;
    // Infinities that differ, and NaN, are as far apart as can be.
    double distance = std::fabs(x - y);
    note(i, ulpDistance(expected, x, y),
         std::isfinite(distance) ? distance : INFINITY);
  }
  worst.relative = worst.absolute == 0 ? 0 : worst.absolute / scale;
  return worst;
}
