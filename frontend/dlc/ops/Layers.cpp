#include "dlc/ops/Layers.h"

#include "detail/Build.h"

#include <cmath>

namespace dlc {

using namespace detail;

namespace {

std::vector<Ref> operandsOf(const char *op,
                            std::initializer_list<const Tensor *> tensors,
                            Loc where) {
  std::vector<Ref> nodes;
  for (const Tensor *tensor : tensors) {
    nodes.push_back(lowered(floatNode(*tensor, op, where), where));
    needSameElements({nodes.front(), nodes.back()}, op, where);
  }
  return nodes;
}

void checkCell(const char *op, const Ref &x, const Ref &h, const Ref &w,
               const Ref &u, const Ref &b, int64_t gates, Loc where) {
  shapeOrFail(shapes::cell(x->type.shape, h->type.shape, w->type.shape,
                           u->type.shape, b->type.shape, gates),
              op, where, {x.get(), h.get(), w.get(), u.get(), b.get()});
}

void needShape(const Ref &x, const Shape &shape, const char *what,
               const char *op, Loc where) {
  if (x->type.shape != shape)
    fail(op,
         std::string(what) + " needs shape " + shapes::str(shape) + ", got " +
             describe(*x),
         where);
}

} // namespace

Tensor rnnCell(const Tensor &x, const Tensor &state, const Tensor &inputWeights,
               const Tensor &stateWeights, const Tensor &bias, Loc where) {
  const char *op = "rnn_cell";
  std::vector<Ref> n =
      operandsOf(op, {&x, &state, &inputWeights, &stateWeights, &bias}, where);
  checkCell(op, n[0], n[1], n[2], n[3], n[4], 1, where);
  Type type = n[1]->type;
  return tensorOf(make(op, type, std::move(n), {}, where));
}

Tensor gruCell(const Tensor &x, const Tensor &state, const Tensor &inputWeights,
               const Tensor &stateWeights, const Tensor &bias,
               const Tensor &candidateBias, Loc where) {
  const char *op = "gru_cell";
  std::vector<Ref> n = operandsOf(
      op, {&x, &state, &inputWeights, &stateWeights, &bias, &candidateBias},
      where);
  checkCell(op, n[0], n[1], n[2], n[3], n[4], 3, where);
  needShape(n[5], {n[1]->type.shape[1]}, "the candidate's bias", op, where);
  Type type = n[1]->type;
  return tensorOf(make(op, type, std::move(n), {}, where));
}

LstmState lstmCell(const Tensor &x, const LstmState &state,
                   const Tensor &inputWeights, const Tensor &stateWeights,
                   const Tensor &bias, Loc where) {
  const char *op = "lstm_cell";
  std::vector<Ref> n = operandsOf(
      op, {&x, &state.state, &state.cell, &inputWeights, &stateWeights, &bias},
      where);
  checkCell(op, n[0], n[1], n[3], n[4], n[5], 4, where);
  needShape(n[2], n[1]->type.shape, "the cell", op, where);
  Type type = n[1]->type;
  Ref node = make(op, {}, std::move(n), {}, where);
  node->weak = false;
  node->types = {type, type};
  return {tensorOf(project(node, 0)), tensorOf(project(node, 1))};
}

//===-- Attention
//----------------------------------------------------------===//

namespace {

/// A boolean mask of the weights' shape, added to the operands.
void addMask(std::vector<Ref> &nodes, const Tensor &mask, const char *op,
             Loc where) {
  if (!mask.defined())
    return;
  Ref visible = nodeOf(mask, op, where);
  needBoolean(visible, op, where);
  Shape shape =
      shapes::attentionWeights(nodes[0]->type.shape, nodes[1]->type.shape);
  shapes::Result fits = shapes::broadcast(visible->type.shape, shape);
  if (!fits.ok() || fits.shape != shape)
    fail(op,
         "a mask of shape " + shapes::str(visible->type.shape) +
             " does not fit weights of shape " + shapes::str(shape),
         where);
  nodes.push_back(broadcast(visible, shape, where));
}

/// An op with the attended values and, for each query, something of `second`.
Ref attend(const char *op, std::vector<Ref> nodes, shapes::Result shape,
           Shape second, std::vector<Attribute> attributes, Loc where) {
  Shape first = shapeOrFail(std::move(shape), op, where,
                            {nodes[0].get(), nodes[1].get(), nodes[2].get()});
  DType element = nodes[0]->type.element;
  Ref node = make(op, {}, std::move(nodes), std::move(attributes), where);
  node->weak = false;
  node->types = {{element, std::move(first)}, {element, std::move(second)}};
  return node;
}

} // namespace

Tensor scaledDotProductAttention(const Tensor &query, const Tensor &key,
                                 const Tensor &value,
                                 const AttentionOptions &options, Loc where) {
  const char *op = "scaled_dot_product_attention";
  std::vector<Ref> nodes = operandsOf(op, {&query, &key, &value}, where);
  const Shape q = nodes[0]->type.shape;
  shapes::Result shape =
      shapes::attention(q, nodes[1]->type.shape, nodes[2]->type.shape, nullptr);
  double scale = 1;
  if (shape.ok()) {
    scale = options.scale.value_or(1 / std::sqrt(double(q.back())));
    addMask(nodes, options.mask, op, where);
  }
  if (!std::isfinite(scale))
    fail(op, "needs a finite scale", where);
  std::vector<Attribute> attributes{{"scale", scale}};
  if (options.causal)
    attributes.push_back({"causal", Unit()});
  Shape rows(q.begin(), q.empty() ? q.end() : q.end() - 1);
  return tensorOf(project(attend(op, std::move(nodes), std::move(shape),
                                 std::move(rows), std::move(attributes), where),
                          0));
}

Attended additiveAttention(const Tensor &query, const Tensor &key,
                           const Tensor &value, const Tensor &weight,
                           const Tensor &mask, Loc where) {
  const char *op = "additive_attention";
  std::vector<Ref> nodes =
      operandsOf(op, {&query, &key, &value, &weight}, where);
  shapes::Result shape = shapes::additiveAttention(
      nodes[0]->type.shape, nodes[1]->type.shape, nodes[2]->type.shape,
      nodes[3]->type.shape, nullptr);
  Shape weights;
  if (shape.ok()) {
    weights =
        shapes::attentionWeights(nodes[0]->type.shape, nodes[1]->type.shape);
    addMask(nodes, mask, op, where);
  }
  Ref node = attend(op, std::move(nodes), std::move(shape), std::move(weights),
                    {}, where);
  return {tensorOf(project(node, 0)), tensorOf(project(node, 1))};
}

} // namespace dlc
