#include "dlc/ops/Activations.h"

#include "detail/Build.h"

namespace dlc {

using namespace detail;

Tensor relu(const Tensor &x, Loc where) { return floatUnary("relu", x, where); }
Tensor leakyRelu(const Tensor &x, double slope, Loc where) {
  return floatUnary("leaky_relu", x, where, {{"slope", slope}});
}
Tensor prelu(const Tensor &tensor, const Tensor &slopes, Loc where) {
  Ref x = floatNode(tensor, "prelu", where),
      slope = floatNode(slopes, "prelu", where);
  needSameElements({x, slope}, "prelu", where);
  Shape shape = shapeOrFail(shapes::broadcast(x->type.shape, slope->type.shape),
                            "prelu", where, {x.get(), slope.get()});
  if (shape != x->type.shape)
    fail("prelu",
         "slopes of shape " + shapes::str(slope->type.shape) + " do not fit " +
             describe(*x),
         where);
  return tensorOf(
      make("prelu", x->type, {x, broadcast(slope, shape, where)}, {}, where));
}
Tensor elu(const Tensor &x, double alpha, Loc where) {
  return floatUnary("elu", x, where, {{"alpha", alpha}});
}
Tensor sigmoid(const Tensor &x, Loc where) {
  return floatUnary("logistic", x, where);
}
Tensor hardSigmoid(const Tensor &x, Loc where) {
  return floatUnary("hard_sigmoid", x, where);
}
Tensor softplus(const Tensor &x, Loc where) {
  return floatUnary("softplus", x, where);
}
Tensor gelu(const Tensor &x, bool tanh, Loc where) {
  std::vector<Attribute> attributes;
  if (tanh)
    attributes.push_back({"tanh", Unit()});
  return floatUnary("gelu", x, where, std::move(attributes));
}
Tensor silu(const Tensor &x, Loc where) { return floatUnary("silu", x, where); }

namespace {

Tensor alongAxis(const char *op, const Tensor &tensor, int64_t axis,
                 Loc where) {
  Ref x = raised(floatNode(tensor, op, where), where);
  axis = checkedAxis(axis, x->type.shape.size(), op, where);
  return unary(op, x, where, {{"dimension", axis}});
}

} // namespace

Tensor softmax(const Tensor &x, int64_t axis, Loc where) {
  return alongAxis("softmax", x, axis, where);
}
Tensor logSoftmax(const Tensor &x, int64_t axis, Loc where) {
  return alongAxis("log_softmax", x, axis, where);
}
Tensor logSumExp(const Tensor &tensor, int64_t axis, bool keepDims, Loc where) {
  const char *op = "log_sum_exp";
  Ref x = raised(floatNode(tensor, op, where), where);
  axis = checkedAxis(axis, x->type.shape.size(), op, where);
  Shape shape = x->type.shape, kept = shape;
  shape.erase(shape.begin() + axis);
  kept[axis] = 1;
  Ref result = make(op, {x->type.element, std::move(shape)}, {x},
                    {{"dimension", axis}}, where);
  return tensorOf(keepDims ? reshapeTo(result, std::move(kept), where)
                           : result);
}

} // namespace dlc
