// Tensor: a cheap handle of an immutable, lazily evaluated array.

#ifndef DLC_FRONTEND_TENSOR_H
#define DLC_FRONTEND_TENSOR_H

#include <dlc/Error.h>
#include <dlc/Half.h>

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc {

namespace detail {
class Node;
}

/// Sizes of the dimensions; empty for a scalar.
using Shape = std::vector<int64_t>;

/// The element type. An element of `boolean` takes one byte, 0 or 1. bf16 and
/// f16 are stored; what is computed from them is computed in f32 and rounded
/// once.
enum class DType : uint8_t {
  f32,
  f64,
  i32,
  i64,
  u8,
  u32,
  boolean,
  i8,
  bf16,
  f16
};

/// "f32".
std::string_view str(DType type);
bool isFloat(DType type);

/// The element type that holds a C++ type: float is f32, double f64, int32_t
/// i32, int64_t i64, uint8_t u8, uint32_t u32, bool boolean, int8_t i8,
/// BFloat16 bf16, Float16 f16.
template <typename T> constexpr DType dtypeOf() {
  if constexpr (std::is_same_v<T, float>)
    return DType::f32;
  else if constexpr (std::is_same_v<T, double>)
    return DType::f64;
  else if constexpr (std::is_same_v<T, bool>)
    return DType::boolean;
  else if constexpr (std::is_same_v<T, BFloat16>)
    return DType::bf16;
  else if constexpr (std::is_same_v<T, Float16>)
    return DType::f16;
  else {
    static_assert(std::is_integral_v<T>, "not an element type");
    if constexpr (std::is_signed_v<T> && sizeof(T) == 1)
      return DType::i8;
    else if constexpr (std::is_signed_v<T> && sizeof(T) == 4)
      return DType::i32;
    else if constexpr (std::is_signed_v<T> && sizeof(T) == 8)
      return DType::i64;
    else if constexpr (std::is_unsigned_v<T> && sizeof(T) == 1)
      return DType::u8;
    else {
      static_assert(std::is_unsigned_v<T> && sizeof(T) == 4,
                    "not an element type");
      return DType::u32;
    }
  }
}

/// A range of one dimension, as in Python: negative positions count from the
/// end, positions beyond it are cut, nullopt means "to the end". The step is
/// positive. Slice() is everything.
struct Slice {
  Slice() = default;
  Slice(std::optional<int64_t> start, std::optional<int64_t> stop,
        int64_t step = 1)
      : start(start), stop(stop), step(step) {}

  std::optional<int64_t> start, stop;
  int64_t step = 1;
};

struct Subscript;

/// A host number that takes the element type of the tensor it meets.
struct Scalar {
  template <typename T>
    requires std::is_arithmetic_v<T>
  Scalar(T value)
      : real(static_cast<double>(value)), isReal(std::is_floating_point_v<T>),
        isBool(std::is_same_v<T, bool>) {
    if constexpr (std::is_integral_v<T>)
      whole = static_cast<int64_t>(value);
  }

  double real = 0;
  int64_t whole = 0;
  bool isReal = false, isBool = false;
};

struct Operand;

/// A handle of an array: cheap to copy, with the meaning of a value. An
/// operation makes a new tensor and runs nothing; reading one (`item`, `data`,
/// `operator<<`) compiles and runs what it needs and keeps the results.
///
/// Threads may share tensors that have been read; a single handle is no more
/// thread-safe than an int.
class Tensor {
public:
  /// An empty handle; every operation on it throws.
  Tensor() = default;
  Tensor(const Tensor &other);
  Tensor(Tensor &&other) noexcept;
  // Only on lvalues: `x[0] = 1` would change a temporary; see `set`.
  Tensor &operator=(const Tensor &other) &;
  Tensor &operator=(Tensor &&other) & noexcept;
  ~Tensor();

  bool defined() const { return node != nullptr; }

  const Shape &shape(Loc where = Loc::current()) const;
  DType dtype(Loc where = Loc::current()) const;
  int64_t rank(Loc where = Loc::current()) const {
    return int64_t(shape(where).size());
  }
  /// The size of a dimension; negative ones count from the last.
  int64_t size(int64_t dim, Loc where = Loc::current()) const;
  /// The number of elements.
  int64_t count(Loc where = Loc::current()) const;

  /// The value of a tensor with one element, converted to T.
  template <typename T = double> T item(Loc where = Loc::current()) const {
    if constexpr (std::is_floating_point_v<T>)
      return static_cast<T>(itemReal(where));
    else
      return static_cast<T>(itemWhole(where));
  }

  /// The elements in row-major order, of exactly the type `dtypeOf<T>()`. Valid
  /// as long as this handle names the tensor.
  template <typename T>
  std::span<const T> data(Loc where = Loc::current()) const & {
    return {static_cast<const T *>(bytes(dtypeOf<T>(), where)),
            static_cast<size_t>(count())};
  }
  template <typename T>
  std::span<const T> data(Loc = Loc::current()) const && = delete;

  /// A copy of the elements, of exactly the type `dtypeOf<T>()`.
  template <typename T>
  std::vector<T> toVector(Loc where = Loc::current()) const {
    auto first = static_cast<const T *>(bytes(dtypeOf<T>(), where));
    return std::vector<T>(first, first + count());
  }

  /// The elements as another type. Float to integer truncates and saturates.
  Tensor astype(DType type, Loc where = Loc::current()) const;

  /// "cpu" or "cuda:0": where the value lies, or would be computed.
  std::string device(Loc where = Loc::current()) const;
  /// The same value on "cpu", "cuda" (the first GPU) or "cuda:1"; the tensor
  /// itself if it lies there. An operation's operands lie on one device.
  Tensor to(std::string_view device, Loc where = Loc::current()) const;

  /// A part of the tensor; see Subscript.
  Tensor operator[](const Subscript &subscript) const;

  /// Rebinds this handle to a tensor that differs in the part named. Other
  /// handles of the old tensor keep it. The value is broadcast to the part.
  void set(const Subscript &subscript, const Operand &value);

  Tensor &operator+=(const Operand &other);
  Tensor &operator-=(const Operand &other);
  Tensor &operator*=(const Operand &other);
  Tensor &operator/=(const Operand &other);

  // For the library.
  explicit Tensor(detail::Node *node);
  /// Takes over a reference that is counted already.
  struct Counted {};
  Tensor(detail::Node *node, Counted);
  detail::Node *get() const { return node; }

private:
  double itemReal(Loc where) const;
  int64_t itemWhole(Loc where) const;
  const void *bytes(DType type, Loc where) const;

  detail::Node *node = nullptr;
};

/// A tensor or a host number as an operand, and where it was written. Only a
/// parameter type.
struct Operand {
  Operand(const Tensor &tensor, Loc where = Loc::current())
      : tensor(&tensor), where(where) {}
  template <typename T>
    requires std::is_arithmetic_v<T>
  Operand(T value, Loc where = Loc::current()) : scalar(value), where(where) {}

  const Tensor *tensor = nullptr;
  Scalar scalar = 0;
  Loc where;
};

/// One dimension of a subscript: a position (the dimension disappears;
/// negative ones count from the end), a range, or the positions that a tensor
/// of integers names (none negative; one outside is an error when it runs).
struct Index {
  template <typename T>
    requires std::is_integral_v<T>
  Index(T position)
      : position(static_cast<int64_t>(position)), isPosition(true) {}
  Index(Slice range) : range(range) {}
  Index(const Tensor &places) : places(places) {}

  int64_t position = 0;
  Slice range;
  bool isPosition = false;
  std::optional<Tensor> places;
};

/// What stands in brackets: `x[2]`, `x[{Slice(1, 3), -1}]`, `x[indices]`.
/// Dimensions that are not named are taken whole.
///
/// Tensors of integers are broadcast to one shape, which stands in the result
/// for their dimensions; in front if a range separates them. Unlike NumPy's,
/// single positions are taken first and separate nothing.
struct Subscript {
  Subscript(std::initializer_list<Index> indices, Loc where = Loc::current())
      : indices(indices), where(where) {}
  Subscript(std::vector<Index> indices, Loc where = Loc::current())
      : indices(std::move(indices)), where(where) {}
  template <typename T>
    requires std::is_integral_v<T>
  Subscript(T position, Loc where = Loc::current())
      : indices{Index(position)}, where(where) {}
  Subscript(Slice range, Loc where = Loc::current())
      : indices{Index(range)}, where(where) {}
  Subscript(const Tensor &places, Loc where = Loc::current())
      : indices{Index(places)}, where(where) {}

  std::vector<Index> indices;
  Loc where;
};

/// A tensor to print, and where.
struct Printed {
  Printed(const Tensor &tensor, Loc where = Loc::current())
      : tensor(tensor), where(where) {}
  const Tensor &tensor;
  Loc where;
};

/// Prints "tensor<2x2xf32> [[1, 2], [3, 4]]"; long dimensions are cut.
std::ostream &operator<<(std::ostream &os, const Printed &printed);

/// Computes tensors that are not computed yet, together, in one program.
void eval(const std::vector<Tensor> &tensors, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TENSOR_H
