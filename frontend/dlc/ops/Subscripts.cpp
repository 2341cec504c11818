// `x[…]` and `x.set(…)`: a box of the tensor, and within it the places that
// tensors of integers name.

#include "detail/Build.h"
#include "dlc/ops/Indexing.h"
#include "dlc/ops/Shape.h"

#include <algorithm>
#include <numeric>

namespace dlc {

using namespace detail;

namespace {

/// A subscript as a box, and the shape without the dimensions that positions
/// remove.
struct Box {
  Ints start, limit, strides;
  Shape extents, shape;
  /// Dimensions of `shape` that tensors of places index.
  std::vector<std::pair<int64_t, Ref>> lookups;

  Ref part(const Ref &x, const char *op, Loc where) const {
    return reshapeTo(slice(x, start, limit, strides, op, where), shape, where);
  }
};

Ref placesNode(const Tensor &tensor, const char *op, Loc where) {
  Ref places = nodeOf(tensor, op, where);
  if (places->type.element == DType::boolean)
    fail(op,
         "a mask selects a number of elements that only a run knows: choose "
         "with `where` or `maskedFill`; the mask: " +
             describe(*places),
         where);
  return indexNode(tensor, op, where);
}

Box boxOf(const Ref &x, const Subscript &subscript, const char *op) {
  const Shape &sizes = x->type.shape;
  Loc where = subscript.where;
  if (subscript.indices.size() > sizes.size())
    fail(op,
         std::to_string(subscript.indices.size()) + " indices for " +
             describe(*x),
         where);
  Box box;
  for (size_t d = 0; d < sizes.size(); ++d) {
    int64_t size = sizes[d];
    Index index = d < subscript.indices.size() ? subscript.indices[d] : Slice();
    if (index.isPosition) {
      int64_t position = index.position;
      if (position < -size || position >= size)
        fail(op,
             "position " + std::to_string(position) + " is outside dimension " +
                 std::to_string(d) + " of " + describe(*x),
             where);
      position += position < 0 ? size : 0;
      box.start.push_back(position);
      box.limit.push_back(position + 1);
      box.strides.push_back(1);
      box.extents.push_back(1);
      continue;
    }
    if (index.places) {
      // Whole, for the tensor to choose from.
      box.lookups.push_back(
          {int64_t(box.shape.size()), placesNode(*index.places, op, where)});
      index = Slice();
    }
    auto cut = [&](std::optional<int64_t> position, int64_t otherwise) {
      if (!position)
        return otherwise;
      return std::clamp(*position < 0 ? *position + size : *position,
                        int64_t(0), size);
    };
    int64_t step = index.range.step;
    if (step <= 0)
      fail(op, "step " + std::to_string(step) + " is not positive", where);
    int64_t start = cut(index.range.start, 0);
    int64_t limit = std::max(cut(index.range.stop, size), start);
    int64_t extent = (limit - start) / step + ((limit - start) % step != 0);
    box.start.push_back(start);
    box.limit.push_back(limit);
    box.strides.push_back(step);
    box.extents.push_back(extent);
    box.shape.push_back(extent);
  }
  return box;
}

/// The places that tensors name in a part: a gather, and where its first
/// dimensions belong.
class Lookup {
public:
  Lookup(const Box &box, const char *op, Loc where) : where(where) {
    Shape common;
    for (const auto &[axis, places] : box.lookups) {
      shapes::Result both = shapes::broadcast(common, places->type.shape);
      if (!both.ok())
        fail(op,
             "indices of shapes " + shapes::str(common) + " and " +
                 shapes::str(places->type.shape) + " do not fit each other",
             where);
      common = both.shape;
    }
    DType type = box.lookups.front().second->type.element;
    for (const auto &[axis, places] : box.lookups)
      type = places->type.element == type ? type : DType::i64;
    std::vector<Tensor> columns;
    for (const auto &[axis, places] : box.lookups) {
      axes.push_back(axis);
      Ref all = broadcast(convert(places, type, where), common, where);
      columns.push_back(tensorOf(all));
    }
    rows = stack(columns, -1, where);
    bool together = axes.back() - axes.front() + 1 == int64_t(axes.size());
    order.resize(common.size() + box.shape.size() - axes.size());
    std::iota(order.begin(), order.end(), 0);
    auto places = order.begin() + common.size();
    std::rotate(order.begin(), places, places + (together ? axes.front() : 0));
  }

  Tensor of(const Tensor &part) const {
    return transpose(gather(part, rows, axes, 0, where), order, where);
  }
  /// The part with the values, of the shape of `of(part)`, in their places.
  Tensor put(const Tensor &part, const Tensor &values) const {
    Ints back(order.size());
    for (size_t i = 0; i < order.size(); ++i)
      back[order[i]] = int64_t(i);
    return scatter(part, rows, transpose(values, back, where), axes, 0,
                   /*add=*/false, where);
  }

private:
  Loc where;
  Ints axes, order;
  Tensor rows;
};

/// What is set in a part of x: of x's type, broadcast to the part's shape.
Ref valueFor(const Ref &x, const Shape &shape, const Operand &value,
             Loc where) {
  if (!value.tensor)
    return constant(value.scalar, x->type.element, shape, "set", where);
  Ref part = nodeOf(*value.tensor, "set", where);
  if (part->weak)
    part = convert(part, x->type.element, where);
  if (part->type.element != x->type.element)
    fail("set",
         "element types differ: " + describe(*x) + " vs " + describe(*part),
         where);
  shapes::Result fits = shapes::broadcast(part->type.shape, shape);
  if (!fits.ok() || fits.shape != shape)
    fail("set",
         "a value of shape " + shapes::str(part->type.shape) +
             " does not fit the part of shape " + shapes::str(shape) + " of " +
             describe(*x),
         where);
  return broadcast(part, shape, where);
}

} // namespace

Tensor Tensor::operator[](const Subscript &subscript) const {
  Loc where = subscript.where;
  Ref x = nodeOf(*this, "slice", where);
  Box box = boxOf(x, subscript, "slice");
  Tensor part = tensorOf(box.part(x, "slice", where));
  return box.lookups.empty() ? part : Lookup(box, "slice", where).of(part);
}

void Tensor::set(const Subscript &subscript, const Operand &value) {
  Loc where = subscript.where;
  Ref x = nodeOf(*this, "set", where);
  Box box = boxOf(x, subscript, "set");
  Ref part;
  if (box.lookups.empty()) {
    part = valueFor(x, box.shape, value, where);
  } else {
    Lookup lookup(box, "set", where);
    Tensor old = tensorOf(box.part(x, "set", where));
    part = valueFor(x, lookup.of(old).shape(), value, where);
    part = nodeOf(lookup.put(old, tensorOf(part)), "set", where);
  }
  if (std::find(box.extents.begin(), box.extents.end(), 0) != box.extents.end())
    return;
  part = reshapeTo(part, box.extents, where);
  if (box.extents == x->type.shape) {
    *this = tensorOf(part);
    return;
  }

  // The value in the part's place, with anything around it, and a mask.
  Ints high, interior;
  for (size_t d = 0; d < box.extents.size(); ++d) {
    int64_t step = box.strides[d];
    high.push_back(x->type.shape[d] - box.start[d] -
                   ((box.extents[d] - 1) * step + 1));
    interior.push_back(step - 1);
  }
  Ref mask = splat({DType::boolean, box.extents}, true, where);
  *this = tensorOf(
      make("select", x->type,
           {padWith(mask, false, box.start, high, interior, "set", where),
            padWith(part, 0, box.start, high, interior, "set", where), x},
           {}, where));
}

} // namespace dlc
