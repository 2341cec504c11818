// Operations on tensors: NumPy's and JAX's names, meaning and broadcasting.
//
// Tensors of different element types do not mix: convert one with `astype`.
// Host numbers take the type of the tensor they meet. Axes may be negative.

#ifndef DLC_FRONTEND_OPS_H
#define DLC_FRONTEND_OPS_H

#include <dlc/Tensor.h>

#include <string>

#pragma GCC visibility push(default)
namespace dlc {

//===-- Creation
//-----------------------------------------------------------===//

/// Copies row-major elements. Throws if their number does not fit the shape.
template <typename T>
Tensor tensor(std::span<const T> data, Shape shape, Loc where = Loc::current());
template <typename T>
Tensor tensor(const std::vector<T> &data, Shape shape,
              Loc where = Loc::current());
/// A vector: `tensor({1.0f, 2.0f})`.
template <typename T>
Tensor tensor(std::initializer_list<T> data, Loc where = Loc::current());
/// A matrix: `tensor<float>({{1, 2}, {3, 4}})`.
template <typename T>
Tensor tensor(std::initializer_list<std::initializer_list<T>> rows,
              Loc where = Loc::current());
/// A 0-d tensor.
Tensor scalar(Scalar value, DType type = DType::f32,
              Loc where = Loc::current());

Tensor full(const Shape &shape, Scalar value, DType type = DType::f32,
            Loc where = Loc::current());
Tensor zeros(const Shape &shape, DType type = DType::f32,
             Loc where = Loc::current());
Tensor ones(const Shape &shape, DType type = DType::f32,
            Loc where = Loc::current());
Tensor zerosLike(const Tensor &x, Loc where = Loc::current());
Tensor onesLike(const Tensor &x, Loc where = Loc::current());
/// The identity matrix.
Tensor eye(int64_t n, DType type = DType::f32, Loc where = Loc::current());
/// 0, 1, … along one dimension of a shape.
Tensor iota(const Shape &shape, int64_t axis, DType type = DType::i32,
            Loc where = Loc::current());
/// 0, 1, …, n-1.
Tensor arange(int64_t n, DType type = DType::i32, Loc where = Loc::current());

//===-- Elementwise
//--------------------------------------------------------===//

Tensor operator+(const Operand &x, const Operand &y);
Tensor operator-(const Operand &x, const Operand &y);
Tensor operator*(const Operand &x, const Operand &y);
/// Integers truncate; a zero divisor is an error when it runs.
Tensor operator/(const Operand &x, const Operand &y);
Tensor operator-(const Operand &x);

Tensor operator==(const Operand &x, const Operand &y);
Tensor operator!=(const Operand &x, const Operand &y);
Tensor operator<(const Operand &x, const Operand &y);
Tensor operator<=(const Operand &x, const Operand &y);
Tensor operator>(const Operand &x, const Operand &y);
Tensor operator>=(const Operand &x, const Operand &y);

/// Of booleans, or bitwise of integers.
Tensor operator&(const Operand &x, const Operand &y);
Tensor operator|(const Operand &x, const Operand &y);
Tensor operator~(const Operand &x);
/// Of booleans.
Tensor operator!(const Operand &x);

Tensor maximum(const Operand &x, const Operand &y, Loc where = Loc::current());
Tensor minimum(const Operand &x, const Operand &y, Loc where = Loc::current());
/// x where the condition is true, else y; all three broadcast.
Tensor where(const Tensor &condition, const Operand &x, const Operand &y,
             Loc where = Loc::current());

Tensor abs(const Tensor &x, Loc where = Loc::current());
Tensor exp(const Tensor &x, Loc where = Loc::current());
Tensor log(const Tensor &x, Loc where = Loc::current());
Tensor sqrt(const Tensor &x, Loc where = Loc::current());
Tensor square(const Tensor &x, Loc where = Loc::current());
Tensor tanh(const Tensor &x, Loc where = Loc::current());
Tensor sigmoid(const Tensor &x, Loc where = Loc::current());
/// max(x, 0), with gradient 0 at 0.
Tensor relu(const Tensor &x, Loc where = Loc::current());

/// The identity; no gradient flows through it.
Tensor stopGradient(const Tensor &x, Loc where = Loc::current());

//===-- Reductions
//---------------------------------------------------------===//

/// Which dimensions a reduction removes, and whether they stay with size 1.
/// Without axes: all of them.
struct Axes {
  Axes() = default;
  Axes(int axis) : axes{axis}, all(false) {}
  Axes(int64_t axis) : axes{axis}, all(false) {}
  Axes(std::initializer_list<int64_t> axes) : axes(axes), all(false) {}
  Axes(std::vector<int64_t> axes) : axes(std::move(axes)), all(false) {}

  std::vector<int64_t> axes;
  bool all = true;
};
inline constexpr bool keepDims = true;

/// Booleans are counted, as i32.
Tensor sum(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
/// Integers and booleans give f32.
Tensor mean(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
            Loc where = Loc::current());
Tensor prod(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
            Loc where = Loc::current());
Tensor max(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
Tensor min(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
Tensor all(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
Tensor any(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
           Loc where = Loc::current());
/// sqrt of the sum of squares.
Tensor norm(const Tensor &x, const Axes &axes = {}, bool keepDims = false,
            Loc where = Loc::current());
/// The position of the first largest element, as i32. Throws on an empty axis.
Tensor argmax(const Tensor &x, int64_t axis, bool keepDims = false,
              Loc where = Loc::current());

//===-- Linear algebra
//-----------------------------------------------------===//

/// NumPy's matmul: vectors, matrices, and batches of matrices that broadcast.
Tensor matmul(const Tensor &x, const Tensor &y, Loc where = Loc::current());

//===-- Shape
//--------------------------------------------------------------===//

/// One size may be -1: it follows from the others.
Tensor reshape(const Tensor &x, const Shape &shape, Loc where = Loc::current());
/// Reverses the dimensions, or permutes them.
Tensor transpose(const Tensor &x, Loc where = Loc::current());
Tensor transpose(const Tensor &x, const std::vector<int64_t> &permutation,
                 Loc where = Loc::current());
Tensor broadcastTo(const Tensor &x, const Shape &shape,
                   Loc where = Loc::current());
/// Joins dimensions first..last into one.
Tensor flatten(const Tensor &x, int64_t first = 0, int64_t last = -1,
               Loc where = Loc::current());
/// A new dimension of size 1 at `axis`.
Tensor expandDims(const Tensor &x, int64_t axis, Loc where = Loc::current());
/// Removes a dimension of size 1.
Tensor squeeze(const Tensor &x, int64_t axis, Loc where = Loc::current());
/// Pads with a value: `low[i]` elements before and `high[i]` after dimension i.
Tensor pad(const Tensor &x, const std::vector<int64_t> &low,
           const std::vector<int64_t> &high, Scalar value = 0,
           Loc where = Loc::current());

//===-- Classification
//-----------------------------------------------------===//

Tensor softmax(const Tensor &x, int64_t axis = -1, Loc where = Loc::current());
Tensor logSoftmax(const Tensor &x, int64_t axis = -1,
                  Loc where = Loc::current());
/// -log softmax(logits)[label]: logits [batch…, classes], labels [batch…] i32
/// or i64 (u8 is converted), result [batch…]. A label outside [0, classes) is
/// an error when it runs.
Tensor softmaxCrossEntropy(const Tensor &logits, const Tensor &labels,
                           Loc where = Loc::current());
/// [batch…] indices to [batch…, classes]; an index out of range gives zeros.
Tensor oneHot(const Tensor &indices, int64_t classes, DType type = DType::f32,
              Loc where = Loc::current());

//===-- Definitions of the templates
//---------------------------------------===//

namespace detail {
Tensor fromBytes(const void *data, size_t count, DType type, Shape shape,
                 Loc where);
}

template <typename T>
Tensor tensor(std::span<const T> data, Shape shape, Loc where) {
  return detail::fromBytes(data.data(), data.size(), dtypeOf<T>(),
                           std::move(shape), where);
}

template <typename T>
Tensor tensor(const std::vector<T> &data, Shape shape, Loc where) {
  if constexpr (std::is_same_v<T, bool>) {
    std::vector<uint8_t> bytes(data.begin(), data.end());
    return detail::fromBytes(bytes.data(), bytes.size(), DType::boolean,
                             std::move(shape), where);
  } else {
    return tensor(std::span<const T>(data), std::move(shape), where);
  }
}

template <typename T> Tensor tensor(std::initializer_list<T> data, Loc where) {
  return tensor(std::span<const T>(data.begin(), data.size()),
                {int64_t(data.size())}, where);
}

template <typename T>
Tensor tensor(std::initializer_list<std::initializer_list<T>> rows, Loc where) {
  std::vector<T> data;
  size_t columns = rows.size() ? rows.begin()->size() : 0;
  for (const auto &row : rows) {
    if (row.size() != columns)
      throw Error("[tensor] rows have " + std::to_string(columns) + " and " +
                      std::to_string(row.size()) + " elements",
                  where);
    data.insert(data.end(), row.begin(), row.end());
  }
  return tensor(data, {int64_t(rows.size()), int64_t(columns)}, where);
}

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_H
