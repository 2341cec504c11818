#include "detail/Build.h"

#include <algorithm>
#include <numeric>

namespace dlc::detail {

//===-- Checks
//-------------------------------------------------------------===//

Shape shapeOrFail(shapes::Result result, const char *op, Loc where,
                  std::initializer_list<const Node *> operands) {
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
    fail(op, "needs floats (f32, f64, bf16 or f16), got " + describe(*x),
         where);
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

void needSameElements(std::initializer_list<Ref> operands, const char *op,
                      Loc where) {
  const Ref &first = *operands.begin();
  for (const Ref &x : operands)
    if (x->type.element != first->type.element)
      fail(op,
           "element types differ: " + std::string(str(first->type.element)) +
               " vs " + std::string(str(x->type.element)) +
               "; operands: " + describe(*first) + ", " + describe(*x),
           where);
}

Ref floatNode(const Tensor &tensor, const char *op, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  needFloat(x, op, where);
  return x;
}

Ref indexNode(const Tensor &tensor, const char *op, Loc where) {
  Ref x = nodeOf(tensor, op, where);
  switch (x->type.element) {
  case DType::i32:
  case DType::i64:
    return x;
  case DType::i8:
  case DType::u8:
    return convert(x, DType::i32, where);
  case DType::u32:
    return convert(x, DType::i64, where);
  default:
    fail(op, "needs integers, got " + describe(*x), where);
  }
}

Ref operandNode(const Operand &x, const char *op) {
  if (!x.tensor)
    fail(op, "needs a tensor", x.where);
  return nodeOf(*x.tensor, op, x.where);
}

//===-- Ops
//----------------------------------------------------------------===//

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

Ref broadcast(const Ref &x, const Shape &shape, Loc where) {
  if (x->type.shape == shape)
    return x;
  Ints dims(x->type.shape.size());
  std::iota(dims.begin(), dims.end(), int64_t(shape.size() - dims.size()));
  return make("broadcast_in_dim", {x->type.element, shape}, {x},
              {{"dimensions", std::move(dims)}}, where);
}

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

Ref constant(Scalar value, DType type, const Shape &shape, const char *op,
             Loc where) {
  if (value.isReal && !isFloat(type))
    fail(op,
         "a fractional host number meets a tensor of " +
             std::string(str(type)) + "; convert the tensor with astype",
         where);
  return splat({type, shape}, value, where);
}

Ref wholeNumbers(const Ints &values, Loc where) {
  Type type{DType::i64, {int64_t(values.size())}};
  if (values.empty())
    return splat(type, 0, where);
  return make("constant", type, {}, {{"value", Elements{values}}}, where);
}

Ref slice(const Ref &x, const Ints &start, const Ints &limit,
          const Ints &strides, const char *op, Loc where) {
  Shape shape = shapeOrFail(shapes::slice(x->type.shape, start, limit, strides),
                            op, where, {x.get()});
  if (shape == x->type.shape)
    return x;
  return make("slice", {x->type.element, std::move(shape)}, {x},
              {{"start", start}, {"limit", limit}, {"strides", strides}},
              where);
}

Ref padWith(const Ref &x, Scalar value, const Ints &low, const Ints &high,
            const Ints &interior, const char *op, Loc where) {
  Shape shape = shapeOrFail(shapes::pad(x->type.shape, low, high, interior), op,
                            where, {x.get()});
  return make("pad", {x->type.element, std::move(shape)},
              {x, constant(value, x->type.element, {}, op, where)},
              {{"low", low}, {"high", high}, {"interior", interior}}, where);
}

Ref checkIndex(const Ref &indices, int64_t limit, const char *op, Loc where) {
  return make("check_index", indices->type, {indices},
              {{"limit", limit}, {"op", std::string(op)}}, where);
}

Pair unify(const Operand &x, const Operand &y, const char *op, Loc where) {
  if (!x.tensor && !y.tensor)
    fail(op, "needs a tensor", where);
  if (!x.tensor || !y.tensor) {
    const Operand &host = x.tensor ? y : x;
    Ref node = nodeOf(x.tensor ? *x.tensor : *y.tensor, op, where);
    Ref number =
        constant(host.scalar, node->type.element, node->type.shape, op, where);
    number->weak = node->weak;
    return x.tensor ? Pair{std::move(node), std::move(number)}
                    : Pair{std::move(number), std::move(node)};
  }
  Ref a = nodeOf(*x.tensor, op, where), b = nodeOf(*y.tensor, op, where);
  if (a->type.element != b->type.element && isFloat(a->type.element) &&
      isFloat(b->type.element) && isAutocasting()) {
    a = raised(a, where);
    b = raised(b, where);
  }
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
  return {std::move(a), std::move(b)};
}

Tensor unary(const char *op, const Ref &x, Loc where, Attributes attributes) {
  return tensorOf(make(op, x->type, {x}, std::move(attributes), where));
}

Tensor floatUnary(const char *op, const Tensor &tensor, Loc where,
                  Attributes attributes) {
  return unary(op, floatNode(tensor, op, where), where, std::move(attributes));
}

Tensor arithmetic(const char *op, const Operand &x, const Operand &y, Loc where,
                  Attributes attributes) {
  auto [a, b] = unify(x, y, op, where);
  needNumber(a, op, where);
  Type type = a->type;
  // Without counting them again.
  Operands operands;
  operands.push_back(std::move(a));
  operands.push_back(std::move(b));
  return tensorOf(make(op, std::move(type), std::move(operands),
                       std::move(attributes), where));
}

Tensor compare(const char *direction, const Operand &x, const Operand &y,
               Loc where) {
  auto [a, b] = unify(x, y, "compare", where);
  return tensorOf(make("compare", {DType::boolean, a->type.shape}, {a, b},
                       {{"direction", Enum{"direction", direction}}}, where));
}

Ints counted(int64_t n) {
  Ints dims(n);
  std::iota(dims.begin(), dims.end(), int64_t(0));
  return dims;
}

Ints movingAxis(int64_t rank, int64_t from, int64_t to) {
  Ints order = counted(rank);
  order.erase(order.begin() + from);
  order.insert(order.begin() + to, from);
  return order;
}

} // namespace dlc::detail
