// Tensors from nothing and from the host's data.

#ifndef DLC_FRONTEND_OPS_CREATION_H
#define DLC_FRONTEND_OPS_CREATION_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

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
Tensor fullLike(const Tensor &x, Scalar value, Loc where = Loc::current());
/// The identity matrix.
Tensor eye(int64_t n, DType type = DType::f32, Loc where = Loc::current());
/// 0, 1, … along one dimension of a shape.
Tensor iota(const Shape &shape, int64_t axis, DType type = DType::i32,
            Loc where = Loc::current());
/// 0, 1, …, n-1.
Tensor arange(int64_t n, DType type = DType::i32, Loc where = Loc::current());
/// start, start + step, … before stop; the step may be negative. Whole numbers
/// for integers.
Tensor arange(Scalar start, Scalar stop, Scalar step = 1,
              DType type = DType::i32, Loc where = Loc::current());
/// n numbers from start to stop, both included, at equal distances.
Tensor linspace(double start, double stop, int64_t n, DType type = DType::f32,
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

#endif // DLC_FRONTEND_OPS_CREATION_H
