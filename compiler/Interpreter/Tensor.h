// The interpreter's tensors: every element as an f64 or an i64, row-major.

#ifndef DLC_COMPILER_INTERPRETER_TENSOR_H
#define DLC_COMPILER_INTERPRETER_TENSOR_H

#include "mlir/IR/BuiltinTypes.h"

#include <string>
#include <vector>

namespace dlc::interpreter {

/// What an op's result is rounded to.
enum class Mode {
  /// Each op computes in f64 and rounds once to its declared type.
  native,
  /// f64 throughout, whatever the types say: for gradient checks.
  exact
};

/// Tensors of more elements are refused.
inline constexpr int64_t maxElements = int64_t(1) << 28;

struct Tensor {
  mlir::RankedTensorType type;
  /// The elements of a tensor of floats; otherwise empty.
  std::vector<double> floats;
  /// The elements of the others, in the value range of their type (i1: 0, 1).
  std::vector<int64_t> ints;

  Tensor() = default;
  /// Zeros.
  explicit Tensor(mlir::RankedTensorType type);

  bool isFloat() const { return mlir::isa<mlir::FloatType>(element()); }
  mlir::Type element() const { return type.getElementType(); }
  llvm::ArrayRef<int64_t> shape() const { return type.getShape(); }
  int64_t size() const { return isFloat() ? floats.size() : ints.size(); }

  /// The element at `i`, whatever its type.
  double asDouble(int64_t i) const { return isFloat() ? floats[i] : ints[i]; }
  /// Stores `value`, rounded (or wrapped) to the element type.
  void set(int64_t i, double value, Mode mode);
  void set(int64_t i, int64_t value, Mode mode);

  /// The elements as they lie in memory: little-endian, one byte an i1.
  std::string toBytes() const;
  /// Needs as many bytes as the type has.
  static Tensor fromBytes(mlir::RankedTensorType type, llvm::StringRef bytes);
};

/// Bytes of one element in memory.
int64_t byteSize(mlir::Type element);

/// `value` rounded to `element` (a float type) in `mode`.
double round(mlir::Type element, double value, Mode mode);

/// `value` wrapped to `element` (an integer type).
int64_t wrap(mlir::Type element, int64_t value);

} // namespace dlc::interpreter

#endif // DLC_COMPILER_INTERPRETER_TENSOR_H
