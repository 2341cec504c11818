#include "dlc/ops/Creation.h"

#include "dlc/ops/Elementwise.h"

#include "detail/Build.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace dlc {

using namespace detail;

Tensor detail::fromBytes(const void *data, size_t count, DType type,
                         Shape shape, Loc where) {
  Type full{type, checkedShape(shape, "tensor", where)};
  if (int64_t(count) != full.count())
    fail("tensor",
         "shape " + shapes::str(shape) + " needs " +
             std::to_string(full.count()) + " elements, got " +
             std::to_string(count),
         where);
  runtime::BufferRef buffer = allocate(full.bytes(), where);
  if (full.bytes())
    std::memcpy(buffer->data(), data, full.bytes());
  return tensorOf(givenByHost(std::move(full), std::move(buffer), where));
}

Tensor scalar(Scalar value, DType type, Loc where) {
  return full({}, value, type, where);
}

Tensor full(const Shape &shape, Scalar value, DType type, Loc where) {
  return tensorOf(
      constant(value, type, checkedShape(shape, "full", where), "full", where));
}

Tensor zeros(const Shape &shape, DType type, Loc where) {
  return full(shape, 0, type, where);
}

Tensor ones(const Shape &shape, DType type, Loc where) {
  return full(shape, 1, type, where);
}

Tensor zerosLike(const Tensor &x, Loc where) { return fullLike(x, 0, where); }

Tensor onesLike(const Tensor &x, Loc where) { return fullLike(x, 1, where); }

Tensor fullLike(const Tensor &x, Scalar value, Loc where) {
  return full(x.shape(where), value, x.dtype(where), where);
}

Tensor iota(const Shape &shape, int64_t axis, DType type, Loc where) {
  Shape sizes = checkedShape(shape, "iota", where);
  axis = checkedAxis(axis, sizes.size(), "iota", where);
  if (type == DType::boolean)
    fail("iota", "counts numbers, not booleans", where);
  return tensorOf(
      make("iota", {type, std::move(sizes)}, {}, {{"dimension", axis}}, where));
}

Tensor arange(int64_t n, DType type, Loc where) {
  return iota({n}, 0, type, where);
}

Tensor arange(Scalar start, Scalar stop, Scalar step, DType type, Loc where) {
  if (step.real == 0 || !std::isfinite(step.real))
    fail("arange", "needs a step other than 0", where);
  double count = std::ceil((stop.real - start.real) / step.real);
  if (!(count < 0x1p46))
    fail("arange", "has too many elements", where);
  Ref n = nodeOf(iota({std::max(int64_t(0), int64_t(count))}, 0, type, where),
                 "arange", where);
  Ref width = constant(step, type, n->type.shape, "arange", where);
  Ref steps = make("multiply", n->type, {n, width}, {}, where);
  Ref first = constant(start, type, n->type.shape, "arange", where);
  return tensorOf(make("add", n->type, {steps, first}, {}, where));
}

Tensor linspace(double start, double stop, int64_t n, DType type, Loc where) {
  if (n < 2 || !isFloat(type))
    fail("linspace", "needs at least 2 floats", where);
  // From both ends, so that both are met exactly.
  Tensor up = iota({n}, 0, type, where);
  auto at = [&](const Tensor &x) { return Operand(x, where); };
  Tensor t = at(up) / Operand(double(n - 1), where);
  Tensor rest = Operand(1, where) - at(t);
  Tensor last = at(t) * Operand(stop, where);
  Tensor first = at(rest) * Operand(start, where);
  return at(first) + at(last);
}

Tensor eye(int64_t n, DType type, Loc where) {
  Tensor rows = iota({n, n}, 0, DType::i32, where);
  Tensor columns = iota({n, n}, 1, DType::i32, where);
  return compare("EQ", {rows, where}, {columns, where}, where)
      .astype(type, where);
}

} // namespace dlc
