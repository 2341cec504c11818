#include "dlc/Ops.h"

#include "IR/Shapes.h"
#include "detail/Node.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace dlc {

using namespace detail;

namespace {

using Ints = std::vector<int64_t>;

/// The shape, or the reason why there is none at the user's line.
Shape shapeOrFail(shapes::Result result, const char *op, Loc where,
                  std::initializer_list<const Node *> operands = {}) {
  if (result.ok())
    return std::move(result.shape);
  std::string text = result.error;
  const char *separator = "; operands: ";
  for (const Node *operand : operands) {
    text += separator + describe(*operand);
    separator = ", ";
  }
  fail(op, text, where);
}

Shape checkedShape(const Shape &shape, const char *op, Loc where) {
  return shapeOrFail(shapes::checked(shape), op, where);
}

int64_t checkedAxis(int64_t axis, int64_t rank, const char *op, Loc where) {
  if (axis < -rank || axis >= rank)
    fail(op,
         "axis " + std::to_string(axis) + " is out of range for rank " +
             std::to_string(rank),
         where);
  return axis < 0 ? axis + rank : axis;
}

void needFloat(const Ref &x, const char *op, Loc where) {
  if (!isFloat(x->type.element))
    fail(op, "needs floats (f32 or f64), got " + describe(*x), where);
}

void needBoolean(const Ref &x, const char *op, Loc where) {
  if (x->type.element != DType::boolean)
    fail(op, "needs booleans, got " + describe(*x), where);
}

void needNumber(const Ref &x, const char *op, Loc where) {
  if (x->type.element == DType::boolean)
    fail(op, "needs numbers, got " + describe(*x) + "; convert with astype",
         where);
}

Ref convert(const Ref &x, DType type, Loc where) {
  if (x->type.element == type)
    return x;
  return make("convert", {type, x->type.shape}, {x}, {}, where);
}

Ref reshapeTo(const Ref &x, Shape shape, Loc where) {
  if (x->type.shape == shape)
    return x;
  return make("reshape", {x->type.element, std::move(shape)}, {x}, {}, where);
}

/// To a shape that NumPy's rules allow: dimensions are aligned at the last.
Ref broadcast(const Ref &x, const Shape &shape, Loc where) {
  if (x->type.shape == shape)
    return x;
  Ints dims(x->type.shape.size());
  std::iota(dims.begin(), dims.end(), int64_t(shape.size() - dims.size()));
  return make("broadcast_in_dim", {x->type.element, shape}, {x},
              {{"dimensions", std::move(dims)}}, where);
}

/// A host number as a constant of a type that can hold it.
Ref constant(Scalar value, DType type, const Shape &shape, const char *op,
             Loc where) {
  if (value.isReal && !isFloat(type))
    fail(op,
         "a fractional host number meets a tensor of " +
             std::string(str(type)) + "; convert the tensor with astype",
         where);
  return splat({type, shape}, value, where);
}

struct Pair {
  Ref x, y;
};

/// Brings two operands to one element type and one shape.
Pair unify(const Operand &x, const Operand &y, const char *op, Loc where) {
  if (!x.tensor && !y.tensor)
    fail(op, "needs a tensor", where);
  if (!x.tensor || !y.tensor) {
    const Operand &host = x.tensor ? y : x;
    Ref node = nodeOf(x.tensor ? *x.tensor : *y.tensor, op, where);
    Ref number =
        constant(host.scalar, node->type.element, node->type.shape, op, where);
    number->weak = node->weak;
    return x.tensor ? Pair{node, number} : Pair{number, node};
  }
  Ref a = nodeOf(*x.tensor, op, where), b = nodeOf(*y.tensor, op, where);
  if (a->type.element != b->type.element) {
    // A weak scalar gives way, an integer to a float at last.
    bool keepsA = a->weak == b->weak ? isFloat(a->type.element) : b->weak;
    if (!a->weak && !b->weak)
      fail(op,
           "element types differ: " + std::string(str(a->type.element)) +
               " vs " + std::string(str(b->type.element)) +
               "; convert one with astype; operands: " + describe(*a) + ", " +
               describe(*b),
           where);
    (keepsA ? b : a) =
        convert(keepsA ? b : a, (keepsA ? a : b)->type.element, where);
  }
  if (a->type.shape != b->type.shape) {
    Shape shape = shapeOrFail(shapes::broadcast(a->type.shape, b->type.shape),
                              op, where, {a.get(), b.get()});
    a = broadcast(a, shape, where);
    b = broadcast(b, shape, where);
  }
  return {a, b};
}

Tensor unary(const char *op, const Ref &x, Loc where) {
  return tensorOf(make(op, x->type, {x}, {}, where));
}

Tensor floatUnary(const char *op, const Tensor &tensor, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needFloat(x, op, where);
  return unary(op, x, where);
}

Tensor arithmetic(const char *op, const Operand &x, const Operand &y,
                  Loc where) {
  auto [a, b] = unify(x, y, op, where);
  needNumber(a, op, where);
  return tensorOf(make(op, a->type, {a, b}, {}, where));
}

Tensor compare(const char *direction, const Operand &x, const Operand &y) {
  auto [a, b] = unify(x, y, "compare", x.where);
  return tensorOf(make("compare", {DType::boolean, a->type.shape}, {a, b},
                       {{"direction", Enum{"direction", direction}}}, x.where));
}

Tensor bits(const char *op, const Operand &x, const Operand &y) {
  auto [a, b] = unify(x, y, op, x.where);
  if (isFloat(a->type.element))
    fail(op, "needs booleans or integers, got " + describe(*a), x.where);
  return tensorOf(make(op, a->type, {a, b}, {}, x.where));
}

Ref operandNode(const Operand &x, const char *op) {
  if (!x.tensor)
    fail(op, "needs a tensor", x.where);
  return nodeOf(*x.tensor, op, x.where);
}

} // namespace

//===-- Creation
//-----------------------------------------------------------===//

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
  return tensorOf(given(std::move(full), std::move(buffer), where));
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

Tensor zerosLike(const Tensor &x, Loc where) {
  return full(x.shape(where), 0, x.dtype(where), where);
}

Tensor onesLike(const Tensor &x, Loc where) {
  return full(x.shape(where), 1, x.dtype(where), where);
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

Tensor eye(int64_t n, DType type, Loc where) {
  Operand row(iota({n, n}, 0, DType::i32, where), where);
  Tensor rows = iota({n, n}, 0, DType::i32, where);
  Tensor columns = iota({n, n}, 1, DType::i32, where);
  return compare("EQ", {rows, where}, {columns, where}).astype(type, where);
}

//===-- Elementwise
//--------------------------------------------------------===//

Tensor operator+(const Operand &x, const Operand &y) {
  return arithmetic("add", x, y, x.where);
}
Tensor operator-(const Operand &x, const Operand &y) {
  return arithmetic("subtract", x, y, x.where);
}
Tensor operator*(const Operand &x, const Operand &y) {
  return arithmetic("multiply", x, y, x.where);
}
Tensor operator/(const Operand &x, const Operand &y) {
  return arithmetic("divide", x, y, x.where);
}
Tensor operator-(const Operand &x) {
  Ref node = operandNode(x, "negate");
  needNumber(node, "negate", x.where);
  return unary("negate", node, x.where);
}

Tensor operator==(const Operand &x, const Operand &y) {
  return compare("EQ", x, y);
}
Tensor operator!=(const Operand &x, const Operand &y) {
  return compare("NE", x, y);
}
Tensor operator<(const Operand &x, const Operand &y) {
  return compare("LT", x, y);
}
Tensor operator<=(const Operand &x, const Operand &y) {
  return compare("LE", x, y);
}
Tensor operator>(const Operand &x, const Operand &y) {
  return compare("GT", x, y);
}
Tensor operator>=(const Operand &x, const Operand &y) {
  return compare("GE", x, y);
}

Tensor operator&(const Operand &x, const Operand &y) {
  return bits("and", x, y);
}
Tensor operator|(const Operand &x, const Operand &y) {
  return bits("or", x, y);
}
Tensor operator~(const Operand &x) {
  Ref node = operandNode(x, "not");
  if (isFloat(node->type.element))
    fail("not", "needs booleans or integers, got " + describe(*node), x.where);
  return unary("not", node, x.where);
}
Tensor operator!(const Operand &x) {
  Ref node = operandNode(x, "not");
  needBoolean(node, "not", x.where);
  return unary("not", node, x.where);
}

Tensor maximum(const Operand &x, const Operand &y, Loc where) {
  return arithmetic("maximum", x, y, where);
}
Tensor minimum(const Operand &x, const Operand &y, Loc where) {
  return arithmetic("minimum", x, y, where);
}

Tensor where(const Tensor &condition, const Operand &x, const Operand &y,
             Loc where) {
  Ref predicate = nodeOf(condition, "where", where);
  needBoolean(predicate, "where", where);
  if (!x.tensor && !y.tensor)
    fail("where", "needs a tensor to choose from", where);
  auto [a, b] = unify(x, y, "where", where);
  Shape shape =
      shapeOrFail(shapes::broadcast(predicate->type.shape, a->type.shape),
                  "where", where, {predicate.get(), a.get()});
  return tensorOf(make("select", {a->type.element, shape},
                       {broadcast(predicate, shape, where),
                        broadcast(a, shape, where), broadcast(b, shape, where)},
                       {}, where));
}

Tensor abs(const Tensor &x, Loc where) {
  Ref node = nodeOf(x, "abs", where);
  needNumber(node, "abs", where);
  return unary("abs", node, where);
}
Tensor exp(const Tensor &x, Loc where) {
  return floatUnary("exponential", x, where);
}
Tensor log(const Tensor &x, Loc where) { return floatUnary("log", x, where); }
Tensor sqrt(const Tensor &x, Loc where) { return floatUnary("sqrt", x, where); }
Tensor square(const Tensor &x, Loc where) {
  return arithmetic("multiply", {x, where}, {x, where}, where);
}
Tensor tanh(const Tensor &x, Loc where) { return floatUnary("tanh", x, where); }
Tensor sigmoid(const Tensor &x, Loc where) {
  return floatUnary("logistic", x, where);
}
Tensor relu(const Tensor &x, Loc where) { return floatUnary("relu", x, where); }

Tensor stopGradient(const Tensor &x, Loc where) {
  Ref node = make("stop_gradient", nodeOf(x, "stop_gradient", where)->type,
                  {nodeOf(x, "stop_gradient", where)}, {}, where);
  node->variables = 0;
  return tensorOf(node);
}

Tensor Tensor::astype(DType type, Loc where) const {
  return tensorOf(convert(nodeOf(*this, "astype", where), type, where));
}

Tensor &Tensor::operator+=(const Operand &other) {
  return *this = arithmetic("add", {*this, other.where}, other, other.where);
}
Tensor &Tensor::operator-=(const Operand &other) {
  return *this =
             arithmetic("subtract", {*this, other.where}, other, other.where);
}
Tensor &Tensor::operator*=(const Operand &other) {
  return *this =
             arithmetic("multiply", {*this, other.where}, other, other.where);
}
Tensor &Tensor::operator/=(const Operand &other) {
  return *this = arithmetic("divide", {*this, other.where}, other, other.where);
}

//===-- Reductions
//---------------------------------------------------------===//

namespace {

/// The axes as sorted dimensions.
Ints dimensions(const Ref &x, const Axes &axes, const char *op, Loc where) {
  int64_t rank = x->type.shape.size();
  Ints dims;
  if (axes.all) {
    dims.resize(rank);
    std::iota(dims.begin(), dims.end(), int64_t(0));
  }
  for (int64_t axis : axes.axes)
    dims.push_back(checkedAxis(axis, rank, op, where));
  std::sort(dims.begin(), dims.end());
  return dims;
}

Ref reduce(const char *op, const char *kind, const Ref &x, const Ints &dims,
           bool keep, Loc where) {
  Shape shape =
      shapeOrFail(shapes::reduce(x->type.shape, dims), op, where, {x.get()});
  Ref result = x;
  if (!dims.empty())
    result =
        make("reduce", {x->type.element, std::move(shape)}, {x},
             {{"kind", Enum{"reduction", kind}}, {"dimensions", dims}}, where);
  if (!keep)
    return result;
  Shape kept = x->type.shape;
  for (int64_t d : dims)
    kept[d] = 1;
  return reshapeTo(result, std::move(kept), where);
}

Tensor reduceNumbers(const char *op, const char *kind, const Tensor &tensor,
                     const Axes &axes, bool keep, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needNumber(x, op, where);
  return tensorOf(
      reduce(op, kind, x, dimensions(x, axes, op, where), keep, where));
}

Tensor reduceBooleans(const char *op, const char *kind, const Tensor &tensor,
                      const Axes &axes, bool keep, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needBoolean(x, op, where);
  return tensorOf(
      reduce(op, kind, x, dimensions(x, axes, op, where), keep, where));
}

} // namespace

Tensor sum(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  Tensor numbers = x.defined() && x.dtype() == DType::boolean
                       ? x.astype(DType::i32, where)
                       : x;
  return reduceNumbers("sum", "add", numbers, axes, keepDims, where);
}

Tensor mean(const Tensor &tensor, const Axes &axes, bool keepDims, Loc where) {
  Ref x = nodeOf(tensor, "mean", where);
  if (!isFloat(x->type.element))
    x = convert(x, DType::f32, where);
  Ints dims = dimensions(x, axes, "mean", where);
  Ref total = reduce("mean", "add", x, dims, keepDims, where);
  int64_t count = 1;
  for (int64_t d : dims)
    count *= x->type.shape[d];
  if (count == 0)
    fail("mean", "of no elements: " + describe(*x), where);
  return tensorOf(make("divide", total->type,
                       {total, splat(total->type, count, where)}, {}, where));
}

Tensor prod(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceNumbers("prod", "mul", x, axes, keepDims, where);
}
Tensor max(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceNumbers("max", "max", x, axes, keepDims, where);
}
Tensor min(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceNumbers("min", "min", x, axes, keepDims, where);
}
Tensor all(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceBooleans("all", "and", x, axes, keepDims, where);
}
Tensor any(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return reduceBooleans("any", "or", x, axes, keepDims, where);
}
Tensor norm(const Tensor &x, const Axes &axes, bool keepDims, Loc where) {
  return sqrt(sum(square(x, where), axes, keepDims, where), where);
}

Tensor argmax(const Tensor &tensor, int64_t axis, bool keepDims, Loc where) {
  Ref x = nodeOf(tensor, "argmax", where);
  needNumber(x, "argmax", where);
  axis = checkedAxis(axis, x->type.shape.size(), "argmax", where);
  Shape shape = shapeOrFail(shapes::argmax(x->type.shape, axis), "argmax",
                            where, {x.get()});
  Ref result = make("argmax", {DType::i32, std::move(shape)}, {x},
                    {{"dimension", axis}}, where);
  if (!keepDims)
    return tensorOf(result);
  Shape kept = x->type.shape;
  kept[axis] = 1;
  return tensorOf(reshapeTo(result, std::move(kept), where));
}

//===-- Linear algebra
//-----------------------------------------------------===//

namespace {

Ref permute(const Ref &x, const Ints &permutation, Loc where) {
  Shape shape;
  bool isIdentity = true;
  for (size_t i = 0; i < permutation.size(); ++i) {
    shape.push_back(x->type.shape[permutation[i]]);
    isIdentity &= permutation[i] == int64_t(i);
  }
  if (isIdentity)
    return x;
  return make("transpose", {x->type.element, std::move(shape)}, {x},
              {{"permutation", permutation}}, where);
}

Ref dotGeneral(const Ref &x, const Ref &y, const Ints &batch, int64_t xContract,
               int64_t yContract, Loc where) {
  shapes::Result shape =
      shapes::dotGeneral(x->type.shape, y->type.shape, batch, batch,
                         Ints{xContract}, Ints{yContract});
  return make("dot_general",
              {x->type.element, shapeOrFail(std::move(shape), "matmul", where,
                                            {x.get(), y.get()})},
              {x, y},
              {{"lhs_batch", batch},
               {"rhs_batch", batch},
               {"lhs_contract", Ints{xContract}},
               {"rhs_contract", Ints{yContract}}},
              where);
}

} // namespace

Tensor matmul(const Tensor &xTensor, const Tensor &yTensor, Loc where) {
  Ref x = nodeOf(xTensor, "matmul", where),
      y = nodeOf(yTensor, "matmul", where);
  shapeOrFail(shapes::matmul(x->type.shape, y->type.shape), "matmul", where,
              {x.get(), y.get()});
  needFloat(x, "matmul", where);
  needFloat(y, "matmul", where);
  if (x->type.element != y->type.element)
    fail("matmul",
         "element types differ: " + std::string(str(x->type.element)) + " vs " +
             std::string(str(y->type.element)) + "; operands: " + describe(*x) +
             ", " + describe(*y),
         where);

  int64_t xRank = x->type.shape.size(), yRank = y->type.shape.size();
  // The inner dimensions: the last of x, the last but one of y.
  int64_t xInner = xRank - 1, yInner = std::max<int64_t>(yRank - 2, 0);
  if (yRank <= 2 || xRank == 1)
    return tensorOf(dotGeneral(x, y, {}, xInner, yInner, where));
  if (xRank == 2) {
    // The batches are y's alone: [batch…, N, M], then the last two change
    // places.
    Ref product = dotGeneral(y, x, {}, yInner, xInner, where);
    Ints permutation(yRank);
    std::iota(permutation.begin(), permutation.end(), int64_t(0));
    std::swap(permutation[yRank - 1], permutation[yRank - 2]);
    return tensorOf(permute(product, permutation, where));
  }
  Shape batch = shapes::broadcast(shapes::Dims(x->type.shape).first(xRank - 2),
                                  shapes::Dims(y->type.shape).first(yRank - 2))
                    .shape;
  auto batched = [&](const Ref &operand) {
    Shape shape = batch;
    shape.insert(shape.end(), operand->type.shape.end() - 2,
                 operand->type.shape.end());
    return broadcast(operand, shape, where);
  };
  Ints dims(batch.size());
  std::iota(dims.begin(), dims.end(), int64_t(0));
  int64_t rank = batch.size() + 2;
  return tensorOf(
      dotGeneral(batched(x), batched(y), dims, rank - 1, rank - 2, where));
}

//===-- Shape
//--------------------------------------------------------------===//

Tensor reshape(const Tensor &tensor, const Shape &shape, Loc where) {
  Ref x = nodeOf(tensor, "reshape", where);
  return tensorOf(reshapeTo(x,
                            shapeOrFail(shapes::reshape(x->type.shape, shape),
                                        "reshape", where, {x.get()}),
                            where));
}

Tensor transpose(const Tensor &tensor, Loc where) {
  Ref x = nodeOf(tensor, "transpose", where);
  Ints permutation(x->type.shape.size());
  std::iota(permutation.rbegin(), permutation.rend(), int64_t(0));
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

namespace {

Ref padWith(const Ref &x, Scalar value, const Ints &low, const Ints &high,
            const Ints &interior, Loc where) {
  Shape shape = shapeOrFail(shapes::pad(x->type.shape, low, high, interior),
                            "pad", where, {x.get()});
  return make("pad", {x->type.element, std::move(shape)},
              {x, constant(value, x->type.element, {}, "pad", where)},
              {{"low", low}, {"high", high}, {"interior", interior}}, where);
}

/// A subscript as a box, and the shape without the dimensions that positions
/// remove.
struct Box {
  Ints start, limit, strides;
  Shape extents, shape;
};

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

} // namespace

Tensor pad(const Tensor &tensor, const std::vector<int64_t> &low,
           const std::vector<int64_t> &high, Scalar value, Loc where) {
  Ref x = nodeOf(tensor, "pad", where);
  return tensorOf(
      padWith(x, value, low, high, Ints(x->type.shape.size(), 0), where));
}

Tensor Tensor::operator[](const Subscript &subscript) const {
  Ref x = nodeOf(*this, "slice", subscript.where);
  Box box = boxOf(x, subscript, "slice");
  Ref part = x;
  if (box.extents != x->type.shape)
    part = make(
        "slice", {x->type.element, box.extents}, {x},
        {{"start", box.start}, {"limit", box.limit}, {"strides", box.strides}},
        subscript.where);
  return tensorOf(reshapeTo(part, box.shape, subscript.where));
}

void Tensor::set(const Subscript &subscript, const Operand &value) {
  Loc where = subscript.where;
  Ref x = nodeOf(*this, "set", where);
  Box box = boxOf(x, subscript, "set");

  // The value in the part's place, with anything around it, and a mask.
  Ref part;
  if (value.tensor) {
    part = nodeOf(*value.tensor, "set", where);
    if (part->weak)
      part = convert(part, x->type.element, where);
    if (part->type.element != x->type.element)
      fail("set",
           "element types differ: " + describe(*x) + " vs " + describe(*part),
           where);
    shapes::Result shape = shapes::broadcast(part->type.shape, box.shape);
    if (!shape.ok() || shape.shape != box.shape)
      fail("set",
           "a value of shape " + shapes::str(part->type.shape) +
               " does not fit the part of shape " + shapes::str(box.shape) +
               " of " + describe(*x),
           where);
    part = broadcast(part, box.shape, where);
  } else {
    part = constant(value.scalar, x->type.element, box.shape, "set", where);
  }
  if (std::find(box.extents.begin(), box.extents.end(), 0) != box.extents.end())
    return;
  part = reshapeTo(part, box.extents, where);
  Ints high, interior;
  for (size_t d = 0; d < box.extents.size(); ++d) {
    int64_t step = box.strides[d];
    high.push_back(x->type.shape[d] - box.start[d] -
                   ((box.extents[d] - 1) * step + 1));
    interior.push_back(step - 1);
  }
  Ref mask = splat({DType::boolean, box.extents}, true, where);
  *this = tensorOf(make("select", x->type,
                        {padWith(mask, false, box.start, high, interior, where),
                         padWith(part, 0, box.start, high, interior, where), x},
                        {}, where));
}

//===-- Classification
//-----------------------------------------------------===//

namespace {

Tensor alongAxis(const char *op, const Tensor &tensor, int64_t axis,
                 Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needFloat(x, op, where);
  axis = checkedAxis(axis, x->type.shape.size(), op, where);
  return tensorOf(make(op, x->type, {x}, {{"dimension", axis}}, where));
}

/// Labels and indices are i32 or i64 in the IR.
Ref indexNode(const Tensor &tensor, const char *op, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  switch (x->type.element) {
  case DType::i32:
  case DType::i64:
    return x;
  case DType::u8:
    return convert(x, DType::i32, where);
  case DType::u32:
    return convert(x, DType::i64, where);
  default:
    fail(op, "needs integers, got " + describe(*x), where);
  }
}

} // namespace

Tensor softmax(const Tensor &x, int64_t axis, Loc where) {
  return alongAxis("softmax", x, axis, where);
}
Tensor logSoftmax(const Tensor &x, int64_t axis, Loc where) {
  return alongAxis("log_softmax", x, axis, where);
}

Tensor softmaxCrossEntropy(const Tensor &logits, const Tensor &labels,
                           Loc where) {
  const char *op = "softmax_cross_entropy";
  Ref x = nodeOf(logits, op, where), y = indexNode(labels, op, where);
  needFloat(x, op, where);
  Shape shape =
      shapeOrFail(shapes::softmaxCrossEntropy(x->type.shape, y->type.shape), op,
                  where, {x.get(), y.get()});
  return tensorOf(
      make(op, {x->type.element, std::move(shape)}, {x, y}, {}, where));
}

Tensor oneHot(const Tensor &indices, int64_t classes, DType type, Loc where) {
  Ref x = indexNode(indices, "one_hot", where);
  Shape shape = x->type.shape;
  shape.push_back(classes);
  return tensorOf(make("one_hot", {type, checkedShape(shape, "one_hot", where)},
                       {x}, {}, where));
}

} // namespace dlc
