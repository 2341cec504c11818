#include "dlc/ops/Elementwise.h"

#include "detail/Build.h"

namespace dlc {

using namespace detail;

namespace {

Tensor bits(const char *op, const Operand &x, const Operand &y, Loc where) {
  auto [a, b] = unify(x, y, op, where);
  if (isFloat(a->type.element))
    fail(op, "needs booleans or integers, got " + describe(*a), where);
  return tensorOf(make(op, a->type, {a, b}, {}, where));
}

Tensor shift(const char *op, const Operand &x, const Operand &y, Loc where) {
  auto [a, b] = unify(x, y, op, where);
  if (isFloat(a->type.element) || a->type.element == DType::boolean)
    fail(op, "needs integers, got " + describe(*a), where);
  return tensorOf(make(op, a->type, {a, b}, {}, where));
}

Tensor numberUnary(const char *op, const Tensor &x, Loc where) {
  Ref node = nodeOf(x, op, where);
  needNumber(node, op, where);
  return unary(op, node, where);
}

} // namespace

//===-- Arithmetic
//---------------------------------------------------------===//

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
Tensor operator%(const Operand &x, const Operand &y) {
  return arithmetic("remainder", x, y, x.where);
}
Tensor operator-(const Operand &x) {
  Ref node = operandNode(x, "negate");
  needNumber(node, "negate", x.where);
  return unary("negate", node, x.where);
}

Tensor pow(const Operand &x, const Operand &y, Loc where) {
  return arithmetic("power", x, y, where);
}
Tensor maximum(const Operand &x, const Operand &y, Loc where) {
  return arithmetic("maximum", x, y, where);
}
Tensor minimum(const Operand &x, const Operand &y, Loc where) {
  return arithmetic("minimum", x, y, where);
}

Tensor clip(const Operand &x, const Operand &low, const Operand &high,
            Loc where) {
  auto [a, least] = unify(x, low, "clip", where);
  Tensor both = tensorOf(a);
  auto [b, most] = unify({both, where}, high, "clip", where);
  needNumber(b, "clip", where);
  return tensorOf(make(
      "clamp", b->type,
      {broadcast(convert(least, b->type.element, where), b->type.shape, where),
       b, most},
      {}, where));
}

//===-- Comparison, bits, choice
//-------------------------------------------===//

Tensor operator==(const Operand &x, const Operand &y) {
  return compare("EQ", x, y, x.where);
}
Tensor operator!=(const Operand &x, const Operand &y) {
  return compare("NE", x, y, x.where);
}
Tensor operator<(const Operand &x, const Operand &y) {
  return compare("LT", x, y, x.where);
}
Tensor operator<=(const Operand &x, const Operand &y) {
  return compare("LE", x, y, x.where);
}
Tensor operator>(const Operand &x, const Operand &y) {
  return compare("GT", x, y, x.where);
}
Tensor operator>=(const Operand &x, const Operand &y) {
  return compare("GE", x, y, x.where);
}

Tensor operator&(const Operand &x, const Operand &y) {
  return bits("and", x, y, x.where);
}
Tensor operator|(const Operand &x, const Operand &y) {
  return bits("or", x, y, x.where);
}
Tensor operator^(const Operand &x, const Operand &y) {
  return bits("xor", x, y, x.where);
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
Tensor shiftLeft(const Operand &x, const Operand &y, Loc where) {
  return shift("shift_left", x, y, where);
}
Tensor shiftRight(const Operand &x, const Operand &y, Loc where) {
  return shift("shift_right_logical", x, y, where);
}

Tensor isFinite(const Tensor &tensor, Loc where) {
  Ref x = floatNode(tensor, "is_finite", where);
  return tensorOf(
      make("is_finite", {DType::boolean, x->type.shape}, {x}, {}, where));
}
Tensor isNan(const Tensor &x, Loc where) {
  floatNode(x, "is_nan", where);
  return compare("NE", {x, where}, {x, where}, where);
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

Tensor maskedFill(const Tensor &tensor, const Tensor &mask, Scalar value,
                  Loc where) {
  const char *op = "masked_fill";
  Ref x = nodeOf(tensor, op, where), hidden = nodeOf(mask, op, where);
  needBoolean(hidden, op, where);
  Shape shape =
      shapeOrFail(shapes::broadcast(hidden->type.shape, x->type.shape), op,
                  where, {hidden.get(), x.get()});
  if (shape != x->type.shape)
    fail(op,
         "a mask of shape " + shapes::str(hidden->type.shape) +
             " does not fit " + describe(*x),
         where);
  Ref filling = constant(value, x->type.element, shape, op, where);
  return tensorOf(make("select", x->type,
                       {broadcast(hidden, shape, where), filling, x}, {},
                       where));
}

Tensor bitcast(const Tensor &tensor, DType type, Loc where) {
  Ref x = nodeOf(tensor, "bitcast", where);
  Type result{type, x->type.shape};
  bool changesTruth =
      (x->type.element == DType::boolean) != (type == DType::boolean);
  if (changesTruth ||
      (Type{type, {}}.bytes() != Type{x->type.element, {}}.bytes()))
    fail("bitcast",
         "cannot read the bits of " + describe(*x) + " as " +
             std::string(str(type)),
         where);
  if (type == x->type.element)
    return tensor;
  return tensorOf(make("bitcast_convert", result, {x}, {}, where));
}

//===-- Functions of floats
//------------------------------------------------===//

Tensor abs(const Tensor &x, Loc where) { return numberUnary("abs", x, where); }
Tensor sign(const Tensor &x, Loc where) {
  return numberUnary("sign", x, where);
}
Tensor exp(const Tensor &x, Loc where) {
  return floatUnary("exponential", x, where);
}
Tensor expm1(const Tensor &x, Loc where) {
  return floatUnary("exponential_minus_one", x, where);
}
Tensor log(const Tensor &x, Loc where) { return floatUnary("log", x, where); }
Tensor log1p(const Tensor &x, Loc where) {
  return floatUnary("log_plus_one", x, where);
}
Tensor sqrt(const Tensor &x, Loc where) { return floatUnary("sqrt", x, where); }
Tensor rsqrt(const Tensor &x, Loc where) {
  return floatUnary("rsqrt", x, where);
}
Tensor square(const Tensor &x, Loc where) {
  return arithmetic("multiply", {x, where}, {x, where}, where);
}
Tensor sin(const Tensor &x, Loc where) { return floatUnary("sine", x, where); }
Tensor cos(const Tensor &x, Loc where) {
  return floatUnary("cosine", x, where);
}
Tensor atan(const Tensor &x, Loc where) { return floatUnary("atan", x, where); }
Tensor tanh(const Tensor &x, Loc where) { return floatUnary("tanh", x, where); }
Tensor erf(const Tensor &x, Loc where) { return floatUnary("erf", x, where); }
Tensor erfc(const Tensor &x, Loc where) { return floatUnary("erfc", x, where); }
Tensor floor(const Tensor &x, Loc where) {
  return floatUnary("floor", x, where);
}
Tensor ceil(const Tensor &x, Loc where) { return floatUnary("ceil", x, where); }
Tensor round(const Tensor &x, Loc where) {
  return floatUnary("round_nearest_even", x, where);
}

//===-- Identities
//---------------------------------------------------------===//

Tensor stopGradient(const Tensor &tensor, Loc where) {
  Ref x = nodeOf(tensor, "stop_gradient", where);
  Ref node = make("stop_gradient", x->type, {x}, {}, where);
  node->variables = 0;
  return tensorOf(node);
}

Tensor assertFinite(const Tensor &x, const std::string &name, Loc where) {
  return floatUnary("assert_finite", x, where, {{"op", name}});
}

Tensor checkIndex(const Tensor &x, int64_t limit, Loc where) {
  return tensorOf(checkIndex(indexNode(x, "check_index", where), limit,
                             "check_index", where));
}

Tensor print(const Tensor &tensor, const std::string &text, bool summary,
             Loc where) {
  Ref x = nodeOf(tensor, "print", where);
  std::vector<Attribute> attributes{{"text", text}};
  if (summary)
    attributes.push_back({"summary", Unit()});
  return unary("print", x, where, std::move(attributes));
}

Tensor optimizationBarrier(const Tensor &tensor, Loc where) {
  return unary("optimization_barrier",
               nodeOf(tensor, "optimization_barrier", where), where);
}

//===-- Members of Tensor
//--------------------------------------------------===//

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

} // namespace dlc
