#include "dlc/ops/Shape.h"

#include "detail/Build.h"

#include <algorithm>
#include <numeric>

namespace dlc {

using namespace detail;

Tensor reshape(const Tensor &tensor, const Shape &shape, Loc where) {
  Ref x = nodeOf(tensor, "reshape", where);
  return tensorOf(reshapeTo(x,
                            shapeOrFail(shapes::reshape(x->type.shape, shape),
                                        "reshape", where, {x.get()}),
                            where));
}

Tensor transpose(const Tensor &tensor, Loc where) {
  Ref x = nodeOf(tensor, "transpose", where);
  Ints permutation = counted(x->type.shape.size());
  std::reverse(permutation.begin(), permutation.end());
  return tensorOf(permute(x, permutation, where));
}

Tensor transpose(const Tensor &tensor, const std::vector<int64_t> &permutation,
                 Loc where) {
  Ref x = nodeOf(tensor, "transpose", where);
  Ints dims = permutation;
  for (int64_t &d : dims)
    if (d < 0)
      d += x->type.shape.size();
  shapeOrFail(shapes::transpose(x->type.shape, dims), "transpose", where,
              {x.get()});
  return tensorOf(permute(x, dims, where));
}

Tensor broadcastTo(const Tensor &tensor, const Shape &shape, Loc where) {
  Ref x = nodeOf(tensor, "broadcast_to", where);
  Shape together = shapeOrFail(shapes::broadcast(x->type.shape, shape),
                               "broadcast_to", where, {x.get()});
  if (together != shape)
    fail("broadcast_to",
         "cannot broadcast " + describe(*x) + " to shape " + shapes::str(shape),
         where);
  return tensorOf(broadcast(x, shape, where));
}

Tensor flatten(const Tensor &tensor, int64_t first, int64_t last, Loc where) {
  Ref x = nodeOf(tensor, "flatten", where);
  const Shape &shape = x->type.shape;
  if (shape.empty())
    return tensorOf(reshapeTo(x, {1}, where));
  first = checkedAxis(first, shape.size(), "flatten", where);
  last = checkedAxis(last, shape.size(), "flatten", where);
  if (first > last)
    fail("flatten",
         "dimensions " + std::to_string(first) + " to " + std::to_string(last) +
             " are in the wrong order",
         where);
  Shape result(shape.begin(), shape.begin() + first);
  result.push_back(std::accumulate(shape.begin() + first,
                                   shape.begin() + last + 1, int64_t(1),
                                   std::multiplies<>()));
  result.insert(result.end(), shape.begin() + last + 1, shape.end());
  return tensorOf(reshapeTo(x, std::move(result), where));
}

Tensor expandDims(const Tensor &tensor, int64_t axis, Loc where) {
  Ref x = nodeOf(tensor, "expand_dims", where);
  Shape shape = x->type.shape;
  axis = checkedAxis(axis, shape.size() + 1, "expand_dims", where);
  shape.insert(shape.begin() + axis, 1);
  return tensorOf(
      reshapeTo(x, checkedShape(shape, "expand_dims", where), where));
}

Tensor squeeze(const Tensor &tensor, int64_t axis, Loc where) {
  Ref x = nodeOf(tensor, "squeeze", where);
  Shape shape = x->type.shape;
  axis = checkedAxis(axis, shape.size(), "squeeze", where);
  if (shape[axis] != 1)
    fail("squeeze",
         "dimension " + std::to_string(axis) + " has size " +
             std::to_string(shape[axis]) + ", not 1: " + describe(*x),
         where);
  shape.erase(shape.begin() + axis);
  return tensorOf(reshapeTo(x, std::move(shape), where));
}

Tensor swapAxes(const Tensor &tensor, int64_t first, int64_t second,
                Loc where) {
  Ref x = nodeOf(tensor, "swap_axes", where);
  int64_t rank = x->type.shape.size();
  Ints permutation = counted(rank);
  std::swap(permutation[checkedAxis(first, rank, "swap_axes", where)],
            permutation[checkedAxis(second, rank, "swap_axes", where)]);
  return tensorOf(permute(x, permutation, where));
}

Tensor moveAxis(const Tensor &tensor, int64_t from, int64_t to, Loc where) {
  Ref x = nodeOf(tensor, "move_axis", where);
  int64_t rank = x->type.shape.size();
  from = checkedAxis(from, rank, "move_axis", where);
  to = checkedAxis(to, rank, "move_axis", where);
  return tensorOf(permute(x, movingAxis(rank, from, to), where));
}

Tensor pad(const Tensor &tensor, const std::vector<int64_t> &low,
           const std::vector<int64_t> &high,
           const std::vector<int64_t> &interior, Scalar value, Loc where) {
  return tensorOf(padWith(nodeOf(tensor, "pad", where), value, low, high,
                          interior, "pad", where));
}

Tensor pad(const Tensor &x, const std::vector<int64_t> &low,
           const std::vector<int64_t> &high, Scalar value, Loc where) {
  return pad(x, low, high, Ints(low.size(), 0), value, where);
}

//===-- Joining and cutting
//------------------------------------------------===//

namespace {

Ref join(const char *op, const std::vector<Ref> &nodes, int64_t axis,
         Loc where) {
  std::vector<shapes::Shape> sizes;
  for (const Ref &node : nodes) {
    needSameElements({nodes.front(), node}, op, where);
    sizes.push_back(node->type.shape);
  }
  Shape shape = shapeOrFail(shapes::concatenate(sizes, axis), op, where);
  if (nodes.size() == 1)
    return nodes.front();
  return make("concatenate", {nodes.front()->type.element, std::move(shape)},
              nodes, {{"dimension", axis}}, where);
}

/// Elements [from, to) along an axis.
Ref cut(const Ref &x, int64_t axis, int64_t from, int64_t to, const char *op,
        Loc where) {
  Ints start(x->type.shape.size(), 0), limit = x->type.shape,
                                       strides(start.size(), 1);
  start[axis] = from;
  limit[axis] = to;
  return slice(x, start, limit, strides, op, where);
}

} // namespace

Tensor concatenate(const std::vector<Tensor> &tensors, int64_t axis,
                   Loc where) {
  const char *op = "concatenate";
  std::vector<Ref> nodes;
  for (const Tensor &tensor : tensors)
    nodes.push_back(nodeOf(tensor, op, where));
  if (nodes.empty())
    fail(op, "needs at least one tensor", where);
  axis = checkedAxis(axis, nodes[0]->type.shape.size(), op, where);
  return tensorOf(join(op, nodes, axis, where));
}

Tensor stack(const std::vector<Tensor> &tensors, int64_t axis, Loc where) {
  const char *op = "stack";
  if (tensors.empty())
    fail(op, "needs at least one tensor", where);
  std::vector<Ref> nodes;
  const Shape &first = nodeOf(tensors[0], op, where)->type.shape;
  axis = checkedAxis(axis, first.size() + 1, op, where);
  for (const Tensor &tensor : tensors) {
    Ref x = nodeOf(tensor, op, where);
    if (x->type.shape != first)
      fail(op,
           "shapes differ: " + describe(*tensors[0].get()) + " vs " +
               describe(*x),
           where);
    Shape shape = first;
    shape.insert(shape.begin() + axis, 1);
    nodes.push_back(reshapeTo(x, checkedShape(shape, op, where), where));
  }
  return tensorOf(join(op, nodes, axis, where));
}

std::vector<Tensor> split(const Tensor &tensor,
                          const std::vector<int64_t> &sizes, int64_t axis,
                          Loc where) {
  Ref x = nodeOf(tensor, "split", where);
  axis = checkedAxis(axis, x->type.shape.size(), "split", where);
  int64_t total = std::accumulate(sizes.begin(), sizes.end(), int64_t(0));
  bool isNegative =
      std::any_of(sizes.begin(), sizes.end(), [](int64_t s) { return s < 0; });
  if (isNegative || total != x->type.shape[axis])
    fail("split",
         "sizes " + shapes::str(sizes) + " do not add up to dimension " +
             std::to_string(axis) + " of " + describe(*x),
         where);
  std::vector<Tensor> parts;
  int64_t from = 0;
  for (int64_t size : sizes) {
    parts.push_back(tensorOf(cut(x, axis, from, from + size, "split", where)));
    from += size;
  }
  return parts;
}

std::vector<Tensor> split(const Tensor &tensor, int64_t parts, int64_t axis,
                          Loc where) {
  Ref x = nodeOf(tensor, "split", where);
  axis = checkedAxis(axis, x->type.shape.size(), "split", where);
  int64_t size = x->type.shape[axis];
  if (parts < 1 || size % parts)
    fail("split",
         std::to_string(parts) + " parts do not divide dimension " +
             std::to_string(axis) + " of " + describe(*x),
         where);
  return split(tensor, Ints(parts, size / parts), axis, where);
}

Tensor tile(const Tensor &tensor, const std::vector<int64_t> &counts,
            Loc where) {
  Ref x = nodeOf(tensor, "tile", where);
  const Shape &shape = x->type.shape;
  if (counts.size() != shape.size())
    fail("tile",
         "needs " + std::to_string(shape.size()) + " counts for " +
             describe(*x) + ", got " + std::to_string(counts.size()),
         where);
  // Each dimension, repeated along a new one before it.
  for (int64_t d = shape.size() - 1; d >= 0; --d) {
    if (counts[d] < 0)
      fail("tile", "a count of " + std::to_string(counts[d]), where);
    if (counts[d] == 1)
      continue;
    Shape grown = x->type.shape, joined = grown;
    joined[d] *= counts[d];
    checkedShape(joined, "tile", where);
    int64_t rank = grown.size();
    Ints dims = counted(rank);
    for (int64_t i = d; i < rank; ++i)
      ++dims[i];
    grown.insert(grown.begin() + d, counts[d]);
    x = make("broadcast_in_dim",
             {x->type.element, checkedShape(grown, "tile", where)}, {x},
             {{"dimensions", std::move(dims)}}, where);
    x = reshapeTo(x, std::move(joined), where);
  }
  return tensorOf(x);
}

//===-- Orders
//-------------------------------------------------------------===//

Tensor flip(const Tensor &tensor, const std::vector<int64_t> &axes, Loc where) {
  Ref x = nodeOf(tensor, "flip", where);
  int64_t rank = x->type.shape.size();
  Ints dims = axes.empty() ? counted(rank) : Ints();
  for (int64_t axis : axes)
    dims.push_back(checkedAxis(axis, rank, "flip", where));
  std::sort(dims.begin(), dims.end());
  shapeOrFail(shapes::reverse(x->type.shape, dims), "flip", where, {x.get()});
  if (dims.empty())
    return tensor;
  return unary("reverse", x, where, {{"dimensions", dims}});
}

Tensor roll(const Tensor &tensor, int64_t shift, int64_t axis, Loc where) {
  Ref x = nodeOf(tensor, "roll", where);
  axis = checkedAxis(axis, x->type.shape.size(), "roll", where);
  int64_t size = x->type.shape[axis];
  int64_t start = size ? ((-shift % size) + size) % size : 0;
  if (start == 0)
    return tensor;
  Ref front = cut(x, axis, start, size, "roll", where);
  Ref back = cut(x, axis, 0, start, "roll", where);
  return tensorOf(join("roll", {front, back}, axis, where));
}

namespace {

/// The elements where `direction` holds between column - row and the diagonal.
Tensor triangle(const char *op, const char *direction, const Tensor &tensor,
                int64_t diagonal, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  int64_t rank = x->type.shape.size();
  if (rank < 2)
    fail(op, "needs matrices, got " + describe(*x), where);
  Type places{DType::i64, {x->type.shape.end() - 2, x->type.shape.end()}};
  Ref rows = make("iota", places, {}, {{"dimension", int64_t(0)}}, where);
  Ref columns = make("iota", places, {}, {{"dimension", int64_t(1)}}, where);
  Ref limit =
      make("add", places, {rows, splat(places, diagonal, where)}, {}, where);
  Ref inside = make("compare", {DType::boolean, places.shape}, {columns, limit},
                    {{"direction", Enum{"direction", direction}}}, where);
  return tensorOf(make(
      "select", x->type,
      {broadcast(inside, x->type.shape, where), x, splat(x->type, 0, where)},
      {}, where));
}

} // namespace

Tensor tril(const Tensor &x, int64_t diagonal, Loc where) {
  return triangle("tril", "LE", x, diagonal, where);
}
Tensor triu(const Tensor &x, int64_t diagonal, Loc where) {
  return triangle("triu", "GE", x, diagonal, where);
}

} // namespace dlc
