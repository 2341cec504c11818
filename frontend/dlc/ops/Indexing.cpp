#include "dlc/ops/Indexing.h"

#include "detail/Build.h"

#include <algorithm>

namespace dlc {

using namespace detail;

namespace {

/// The operand and indices of a gather, checked.
struct Lookup {
  Ref x, indices;
  Ints dimensions;
  int64_t batch;
  const char *op;
  Loc where;

  Ref gather() const {
    Shape shape = shapeOrFail(
        shapes::gather(x->type.shape, indices->type.shape, batch, dimensions),
        op, where, {x.get(), indices.get()});
    return make("gather", {x->type.element, std::move(shape)}, {x, indices},
                {{"batch_dims", batch}, {"index_dims", dimensions}}, where);
  }

  Ref scatter(const char *mode, const Ref &updates) const {
    needSameElements({x, updates}, op, where);
    shapeOrFail(shapes::scatter(x->type.shape, indices->type.shape,
                                updates->type.shape, batch, dimensions),
                op, where, {x.get(), indices.get(), updates.get()});
    return make("scatter", x->type, {x, indices, updates},
                {{"mode", Enum{"scatter_mode", mode}},
                 {"batch_dims", batch},
                 {"index_dims", dimensions}},
                where);
  }
};

/// One index for each element of `indices`.
Ref asRows(const Ref &indices, Loc where) {
  Shape shape = indices->type.shape;
  shape.push_back(1);
  return reshapeTo(indices, std::move(shape), where);
}

/// `take` along an axis, as a gather whose result starts with the indices'
/// dimensions.
struct Taking : Lookup {
  /// Of indices that are known to be in range.
  Taking(const Ref &x, const Ref &known, int64_t axis, const char *op,
         Loc where)
      : Lookup{x, asRows(known, where), {axis}, 0, op, where}, axis(axis),
        rank(known->type.shape.size()) {}

  static Taking of(const Ref &x, const Ref &indices, int64_t axis,
                   const char *op, Loc where) {
    axis = checkedAxis(axis, x->type.shape.size(), op, where);
    Ref checked =
        dlc::detail::checkIndex(indices, x->type.shape[axis], op, where);
    return Taking(x, checked, axis, op, where);
  }

  /// [indices…, before axis…, after axis…] to [before…, indices…, after…].
  Ints toResult() const {
    Ints order = counted(rank + x->type.shape.size() - 1);
    std::rotate(order.begin(), order.begin() + rank,
                order.begin() + rank + axis);
    return order;
  }
  Ints fromResult() const {
    Ints order = toResult(), inverse(order.size());
    for (size_t i = 0; i < order.size(); ++i)
      inverse[order[i]] = i;
    return inverse;
  }

  Ref take() const { return permute(gather(), toResult(), where); }

  Tensor put(const char *mode, const Tensor &tensor) const {
    Ref updates = nodeOf(tensor, op, where);
    Shape parts = indices->type.shape, shape = x->type.shape;
    parts.pop_back();
    shape.erase(shape.begin() + axis);
    shape.insert(shape.begin() + axis, parts.begin(), parts.end());
    if (updates->weak)
      updates = convert(updates, x->type.element, where);
    shapes::Result fits = shapes::broadcast(updates->type.shape, shape);
    if (!fits.ok() || fits.shape != shape)
      fail(op,
           "updates of shape " + shapes::str(updates->type.shape) +
               " do not fit the part of shape " + shapes::str(shape) + " of " +
               describe(*x),
           where);
    updates = broadcast(updates, shape, where);
    return tensorOf(scatter(mode, permute(updates, fromResult(), where)));
  }

  int64_t axis, rank;
};

/// Each index in its own limit: indices [rows…, n] for n dimensions.
Ref checkedRows(const Ref &x, Ref indices, const Ints &dimensions,
                const char *op, Loc where) {
  if (indices->type.shape.empty())
    return indices;
  int64_t last = indices->type.shape.size() - 1, n = indices->type.shape[last];
  if (n != int64_t(dimensions.size()))
    return indices; // gather says so
  for (int64_t d : dimensions)
    checkedAxis(d, x->type.shape.size(), op, where);
  if (n == 1)
    return checkIndex(indices, x->type.shape[dimensions[0]], op, where);
  std::vector<Ref> columns;
  for (int64_t i = 0; i < n; ++i) {
    Ints start(last + 1, 0), limit = indices->type.shape, step(last + 1, 1);
    start[last] = i;
    limit[last] = i + 1;
    Ref column = slice(indices, start, limit, step, op, where);
    columns.push_back(
        checkIndex(column, x->type.shape[dimensions[i]], op, where));
  }
  if (columns.empty())
    return indices;
  return make("concatenate", indices->type, std::move(columns),
              {{"dimension", last}}, where);
}

Lookup lookup(const char *op, const Tensor &tensor, const Tensor &indices,
              const Ints &given, int64_t batch, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  Ints dimensions = given;
  for (int64_t &d : dimensions)
    d = checkedAxis(d, x->type.shape.size(), op, where);
  Ref rows =
      checkedRows(x, indexNode(indices, op, where), dimensions, op, where);
  return {x, rows, dimensions, batch, op, where};
}

} // namespace

Tensor take(const Tensor &tensor, const Tensor &indices, int64_t axis,
            Loc where) {
  return tensorOf(Taking::of(nodeOf(tensor, "take", where),
                             indexNode(indices, "take", where), axis, "take",
                             where)
                      .take());
}

Tensor take(const Tensor &tensor, const std::vector<int64_t> &indices,
            int64_t axis, Loc where) {
  Ref x = nodeOf(tensor, "take", where);
  axis = checkedAxis(axis, x->type.shape.size(), "take", where);
  int64_t size = x->type.shape[axis];
  Ints positions = indices;
  for (int64_t &i : positions) {
    if (i < -size || i >= size)
      fail("take",
           "index " + std::to_string(i) + " is outside dimension " +
               std::to_string(axis) + " of " + describe(*x),
           where);
    i += i < 0 ? size : 0;
  }
  Taking taking(x, wholeNumbers(positions, where), axis, "take", where);
  return tensorOf(taking.take());
}

Tensor takeAlong(const Tensor &tensor, const Tensor &indexTensor, int64_t axis,
                 Loc where) {
  const char *op = "take_along";
  Ref x = nodeOf(tensor, op, where),
      indices = indexNode(indexTensor, op, where);
  int64_t rank = x->type.shape.size();
  axis = checkedAxis(axis, rank, op, where);
  Shape others = indices->type.shape;
  if (int64_t(others.size()) == rank)
    others[axis] = x->type.shape[axis];
  if (others != x->type.shape)
    fail(op,
         "indices of shape " + shapes::str(indices->type.shape) +
             " do not suit " + describe(*x),
         where);
  // The axis last, so that all others are shared.
  Ints toLast = movingAxis(rank, axis, rank - 1),
       back = movingAxis(rank, rank - 1, axis);
  Ref lines = permute(x, toLast, where);
  Ref places = checkIndex(indices, x->type.shape[axis], op, where);
  places = asRows(permute(places, toLast, where), where);
  Lookup along{lines, places, {rank - 1}, rank - 1, op, where};
  return tensorOf(permute(along.gather(), back, where));
}

Tensor scatterAdd(const Tensor &x, const Tensor &indices, const Tensor &updates,
                  int64_t axis, Loc where) {
  const char *op = "scatter_add";
  Ref node = nodeOf(x, op, where);
  needNumber(node, op, where);
  return Taking::of(node, indexNode(indices, op, where), axis, op, where)
      .put("add", updates);
}

Tensor scatterSet(const Tensor &x, const Tensor &indices, const Tensor &updates,
                  int64_t axis, Loc where) {
  const char *op = "scatter_set";
  return Taking::of(nodeOf(x, op, where), indexNode(indices, op, where), axis,
                    op, where)
      .put("replace", updates);
}

Tensor gather(const Tensor &x, const Tensor &indices,
              const std::vector<int64_t> &dimensions, int64_t batch,
              Loc where) {
  return tensorOf(
      lookup("gather", x, indices, dimensions, batch, where).gather());
}

Tensor scatter(const Tensor &x, const Tensor &indices, const Tensor &updates,
               const std::vector<int64_t> &dimensions, int64_t batch, bool add,
               Loc where) {
  Lookup places = lookup("scatter", x, indices, dimensions, batch, where);
  if (add)
    needNumber(places.x, "scatter", where);
  return tensorOf(places.scatter(add ? "add" : "replace",
                                 nodeOf(updates, "scatter", where)));
}

//===-- Boxes
//--------------------------------------------------------------===//

namespace {

/// Scalar starts, each such that the box of `sizes` lies inside.
std::vector<Ref> checkedStarts(const std::vector<Tensor> &starts, const Ref &x,
                               const Shape &sizes, const char *op, Loc where) {
  std::vector<Ref> nodes;
  for (size_t d = 0; d < starts.size(); ++d) {
    Ref start = indexNode(starts[d], op, where);
    if (!start->type.shape.empty())
      fail(op, "start indices are scalars, got " + describe(*start), where);
    nodes.push_back(
        checkIndex(start, x->type.shape[d] - sizes[d] + 1, op, where));
  }
  return nodes;
}

} // namespace

Tensor dynamicSlice(const Tensor &tensor, const std::vector<Tensor> &starts,
                    const Shape &sizes, Loc where) {
  const char *op = "dynamic_slice";
  Ref x = nodeOf(tensor, op, where);
  Shape shape =
      shapeOrFail(shapes::dynamicSlice(x->type.shape, starts.size(), sizes), op,
                  where, {x.get()});
  std::vector<Ref> operands = checkedStarts(starts, x, sizes, op, where);
  operands.insert(operands.begin(), x);
  return tensorOf(make(op, {x->type.element, std::move(shape)},
                       std::move(operands), {{"sizes", sizes}}, where));
}

Tensor dynamicUpdateSlice(const Tensor &tensor, const Tensor &part,
                          const std::vector<Tensor> &starts, Loc where) {
  const char *op = "dynamic_update_slice";
  Ref x = nodeOf(tensor, op, where), update = nodeOf(part, op, where);
  needSameElements({x, update}, op, where);
  shapeOrFail(shapes::dynamicUpdateSlice(x->type.shape, update->type.shape,
                                         starts.size()),
              op, where, {x.get(), update.get()});
  std::vector<Ref> operands =
      checkedStarts(starts, x, update->type.shape, op, where);
  operands.insert(operands.begin(), {x, update});
  return tensorOf(make(op, x->type, std::move(operands), {}, where));
}

//===-- Classes
//------------------------------------------------------------===//

Tensor embedding(const Tensor &table, const Tensor &indices, Loc where) {
  Ref x = floatNode(table, "embedding", where),
      places = indexNode(indices, "embedding", where);
  Shape shape =
      shapeOrFail(shapes::embedding(x->type.shape, places->type.shape),
                  "embedding", where, {x.get(), places.get()});
  return tensorOf(make("embedding", {x->type.element, std::move(shape)},
                       {x, places}, {}, where));
}

Tensor oneHot(const Tensor &indices, int64_t classes, DType type, Loc where) {
  Ref x = indexNode(indices, "one_hot", where);
  Shape shape = x->type.shape;
  shape.push_back(classes);
  return tensorOf(make("one_hot", {type, checkedShape(shape, "one_hot", where)},
                       {x}, {}, where));
}

//===-- Sorting
//------------------------------------------------------------===//

namespace {

/// A sort op of nodes of one shape.
Ref sorted(const std::vector<Ref> &nodes, int64_t axis, bool descending,
           const char *op, Loc where) {
  std::vector<shapes::Shape> sizes;
  for (const Ref &node : nodes)
    sizes.push_back(node->type.shape);
  shapeOrFail(shapes::sort(sizes, axis), op, where, {nodes.front().get()});
  needNumber(nodes.front(), op, where);
  std::vector<Attribute> attributes{{"dimension", axis}};
  if (descending)
    attributes.push_back({"descending", Unit()});
  Ref node = make("sort", {}, nodes, std::move(attributes), where);
  node->weak = false;
  for (const Ref &operand : nodes)
    node->types.push_back(operand->type);
  return node;
}

} // namespace

std::vector<Tensor> sortTogether(const std::vector<Tensor> &tensors,
                                 int64_t axis, bool descending, Loc where) {
  std::vector<Ref> nodes;
  for (const Tensor &tensor : tensors)
    nodes.push_back(nodeOf(tensor, "sort", where));
  if (nodes.empty())
    fail("sort", "needs at least one tensor", where);
  axis = checkedAxis(axis, nodes[0]->type.shape.size(), "sort", where);
  Ref node = sorted(nodes, axis, descending, "sort", where);
  std::vector<Tensor> results;
  for (size_t i = 0; i < nodes.size(); ++i)
    results.push_back(tensorOf(project(node, i)));
  return results;
}

Tensor sort(const Tensor &x, int64_t axis, bool descending, Loc where) {
  return sortTogether({x}, axis, descending, where)[0];
}

Tensor argsort(const Tensor &tensor, int64_t axis, bool descending, Loc where) {
  Ref x = nodeOf(tensor, "argsort", where);
  axis = checkedAxis(axis, x->type.shape.size(), "argsort", where);
  Ref places = make("iota", {DType::i32, x->type.shape}, {},
                    {{"dimension", axis}}, where);
  Ref node = sorted({x, places}, axis, descending, "argsort", where);
  return tensorOf(project(node, 1));
}

std::pair<Tensor, Tensor> topk(const Tensor &tensor, int64_t k, int64_t axis,
                               Loc where) {
  const char *op = "top_k";
  Ref x = nodeOf(tensor, op, where);
  needNumber(x, op, where);
  int64_t rank = x->type.shape.size();
  axis = checkedAxis(axis, rank, op, where);
  Ref lines = permute(x, movingAxis(rank, axis, rank - 1), where);
  Shape shape =
      shapeOrFail(shapes::topK(lines->type.shape, k), op, where, {x.get()});
  Ref node = make(op, {}, {lines}, {{"k", k}}, where);
  node->weak = false;
  node->types = {{x->type.element, shape}, {DType::i32, shape}};
  Ints back = movingAxis(rank, rank - 1, axis);
  return {tensorOf(permute(project(node, 0), back, where)),
          tensorOf(permute(project(node, 1), back, where))};
}

} // namespace dlc
