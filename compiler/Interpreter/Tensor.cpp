#include "Interpreter/Tensor.h"

#include "llvm/Support/MathExtras.h"

#include <cstring>

using namespace mlir;
using namespace dlc::interpreter;

Tensor::Tensor(RankedTensorType type) : type(type) {
  if (isFloat())
    floats.resize(type.getNumElements());
  else
    ints.resize(type.getNumElements());
}

/// The number as a double, of any format that a double holds.
static double toDouble(APFloat number) {
  bool losesInfo;
  number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                 &losesInfo);
  return number.convertToDouble();
}

static APFloat toFormat(Type element, double value) {
  APFloat number(value);
  bool losesInfo;
  number.convert(cast<FloatType>(element).getFloatSemantics(),
                 APFloat::rmNearestTiesToEven, &losesInfo);
  return number;
}

double dlc::interpreter::round(Type element, double value, Mode mode) {
  if (mode == Mode::exact || element.isF64())
    return value;
  return element.isF32() ? static_cast<float>(value)
                         : toDouble(toFormat(element, value));
}

int64_t dlc::interpreter::wrap(Type element, int64_t value) {
  unsigned width = element.getIntOrFloatBitWidth();
  if (width == 64)
    return value;
  uint64_t low =
      static_cast<uint64_t>(value) & llvm::maskTrailingOnes<uint64_t>(width);
  bool isSigned = width > 1 && !element.isUnsignedInteger();
  return isSigned ? llvm::SignExtend64(low, width) : static_cast<int64_t>(low);
}

void Tensor::set(int64_t i, double value, Mode mode) {
  if (isFloat())
    floats[i] = round(element(), value, mode);
  else
    ints[i] = wrap(element(), static_cast<int64_t>(value));
}

void Tensor::set(int64_t i, int64_t value, Mode mode) {
  if (!isFloat()) {
    ints[i] = wrap(element(), value);
  } else if (mode == Mode::exact || element().isF64()) {
    floats[i] = static_cast<double>(value);
  } else {
    // Directly: through f64 it would be rounded twice.
    APFloat number(cast<FloatType>(element()).getFloatSemantics());
    number.convertFromAPInt(APInt(64, value, /*isSigned=*/true),
                            /*IsSigned=*/true, APFloat::rmNearestTiesToEven);
    floats[i] = toDouble(number);
  }
}

int64_t dlc::interpreter::byteSize(Type element) {
  return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

static bool isNarrowFloat(Type element) {
  return element.isBF16() || element.isF16();
}

/// Calls f with a zero of the C++ type that holds an element in memory, which
/// is no narrow float.
template <typename F> static void dispatch(Type element, F f) {
  if (element.isF32())
    return f(float());
  if (element.isF64())
    return f(double());
  switch (element.getIntOrFloatBitWidth()) {
  case 64:
    return f(int64_t());
  case 32:
    return element.isUnsignedInteger() ? f(uint32_t()) : f(int32_t());
  default:
    return element.isSignlessInteger(8) ? f(int8_t()) : f(uint8_t());
  }
}

std::string Tensor::toBytes() const {
  std::string bytes(size() * byteSize(element()), '\0');
  if (isNarrowFloat(element())) {
    for (int64_t i = 0; i < size(); ++i) {
      APInt raw = toFormat(element(), floats[i]).bitcastToAPInt();
      auto value = static_cast<uint16_t>(raw.getZExtValue());
      std::memcpy(bytes.data() + i * sizeof value, &value, sizeof value);
    }
    return bytes;
  }
  dispatch(element(), [&](auto zero) {
    for (int64_t i = 0; i < size(); ++i) {
      auto value = isFloat() ? static_cast<decltype(zero)>(floats[i])
                             : static_cast<decltype(zero)>(ints[i]);
      std::memcpy(bytes.data() + i * sizeof value, &value, sizeof value);
    }
  });
  return bytes;
}

Tensor Tensor::fromBytes(RankedTensorType type, StringRef bytes) {
  Tensor result(type);
  if (isNarrowFloat(type.getElementType())) {
    auto element = cast<FloatType>(type.getElementType());
    for (int64_t i = 0; i < result.size(); ++i) {
      uint16_t value;
      std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
      result.floats[i] =
          toDouble(APFloat(element.getFloatSemantics(), APInt(16, value)));
    }
    return result;
  }
  dispatch(type.getElementType(), [&](auto value) {
    for (int64_t i = 0; i < result.size(); ++i) {
      std::memcpy(&value, bytes.data() + i * sizeof value, sizeof value);
      if (result.isFloat())
        result.floats[i] = value;
      else
        result.ints[i] = wrap(result.element(), static_cast<int64_t>(value));
    }
  });
  return result;
}
