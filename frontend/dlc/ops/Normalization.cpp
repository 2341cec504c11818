#include "dlc/ops/Normalization.h"

#include "detail/Build.h"

namespace dlc {

using namespace detail;

namespace {

/// x and what belongs to its features, in one type.
std::vector<Ref> operandsOf(const char *op,
                            std::initializer_list<const Tensor *> tensors,
                            Loc where) {
  std::vector<Ref> nodes;
  for (const Tensor *tensor : tensors) {
    nodes.push_back(raised(floatNode(*tensor, op, where), where));
    needSameElements({nodes.front(), nodes.back()}, op, where);
  }
  for (size_t i = 2; i < nodes.size(); ++i)
    if (nodes[i]->type.shape != nodes[1]->type.shape)
      fail(op,
           "shapes differ: " + describe(*nodes[1]) + " vs " +
               describe(*nodes[i]),
           where);
  return nodes;
}

Tensor norm(const char *op, std::vector<Ref> nodes, shapes::Result shape,
            std::vector<Attribute> attributes, Loc where) {
  shapeOrFail(std::move(shape), op, where, {nodes[0].get(), nodes[1].get()});
  Type type = nodes[0]->type;
  return tensorOf(
      make(op, type, std::move(nodes), std::move(attributes), where));
}

} // namespace

BatchNormed batchNormTraining(const Tensor &tensor, const Tensor &scale,
                              const Tensor &bias, int64_t axis, double epsilon,
                              Loc where) {
  const char *op = "batch_norm_training";
  std::vector<Ref> nodes = operandsOf(op, {&tensor, &scale, &bias}, where);
  Ref x = nodes[0], perFeature = nodes[1];
  axis = checkedAxis(axis, x->type.shape.size(), op, where);
  shapeOrFail(shapes::batchNorm(x->type.shape, perFeature->type.shape, axis),
              op, where, {x.get(), perFeature.get()});
  Ref node = make(op, {}, std::move(nodes),
                  {{"feature", axis}, {"epsilon", epsilon}}, where);
  node->weak = false;
  node->types = {x->type, perFeature->type, perFeature->type};
  return {tensorOf(project(node, 0)), tensorOf(project(node, 1)),
          tensorOf(project(node, 2))};
}

Tensor batchNormInference(const Tensor &tensor, const Tensor &scale,
                          const Tensor &bias, const Tensor &mean,
                          const Tensor &variance, int64_t axis, double epsilon,
                          Loc where) {
  const char *op = "batch_norm_inference";
  std::vector<Ref> nodes =
      operandsOf(op, {&tensor, &scale, &bias, &mean, &variance}, where);
  axis = checkedAxis(axis, nodes[0]->type.shape.size(), op, where);
  shapes::Result shape =
      shapes::batchNorm(nodes[0]->type.shape, nodes[1]->type.shape, axis);
  return norm(op, std::move(nodes), std::move(shape),
              {{"feature", axis}, {"epsilon", epsilon}}, where);
}

Tensor layerNorm(const Tensor &tensor, const Tensor &scale, const Tensor &bias,
                 double epsilon, Loc where) {
  const char *op = "layer_norm";
  std::vector<Ref> nodes = operandsOf(op, {&tensor, &scale, &bias}, where);
  shapes::Result shape =
      shapes::layerNorm(nodes[0]->type.shape, nodes[1]->type.shape);
  return norm(op, std::move(nodes), std::move(shape), {{"epsilon", epsilon}},
              where);
}

Tensor rmsNorm(const Tensor &tensor, const Tensor &scale, double epsilon,
               Loc where) {
  const char *op = "rms_norm";
  std::vector<Ref> nodes = operandsOf(op, {&tensor, &scale}, where);
  shapes::Result shape =
      shapes::layerNorm(nodes[0]->type.shape, nodes[1]->type.shape);
  return norm(op, std::move(nodes), std::move(shape), {{"epsilon", epsilon}},
              where);
}

Tensor groupNorm(const Tensor &tensor, const Tensor &scale, const Tensor &bias,
                 int64_t groups, double epsilon, Loc where) {
  const char *op = "group_norm";
  std::vector<Ref> nodes = operandsOf(op, {&tensor, &scale, &bias}, where);
  shapes::Result shape =
      shapes::groupNorm(nodes[0]->type.shape, nodes[1]->type.shape, groups);
  return norm(op, std::move(nodes), std::move(shape),
              {{"groups", groups}, {"epsilon", epsilon}}, where);
}

Tensor instanceNorm(const Tensor &tensor, const Tensor &scale,
                    const Tensor &bias, double epsilon, Loc where) {
  const char *op = "instance_norm";
  std::vector<Ref> nodes = operandsOf(op, {&tensor, &scale, &bias}, where);
  shapes::Result shape =
      shapes::groupNorm(nodes[0]->type.shape, nodes[1]->type.shape, 1);
  return norm(op, std::move(nodes), std::move(shape), {{"epsilon", epsilon}},
              where);
}

} // namespace dlc
