#include "dlc/ops/Losses.h"

#include "detail/Build.h"

#include "dlc/ops/Elementwise.h"
#include "dlc/ops/Reductions.h"

namespace dlc {

using namespace detail;

namespace {

Tensor reduced(const Tensor &loss, Reduction reduction, Loc where) {
  switch (reduction) {
  case Reduction::none:
    return loss;
  case Reduction::mean:
    return mean(loss, {}, false, where);
  case Reduction::sum:
    return sum(loss, {}, false, where);
  }
  __builtin_unreachable();
}

/// The mean over the rows that count.
Tensor reduced(const Tensor &loss, Reduction reduction, const Ref &labels,
               std::optional<int64_t> ignoreIndex, Loc where) {
  if (reduction != Reduction::mean || !ignoreIndex)
    return reduced(loss, reduction, where);
  Tensor given = tensorOf(labels);
  Tensor counts = compare("NE", {given, where}, {*ignoreIndex, where}, where);
  Tensor count = sum(counts.astype(loss.dtype(where), where), {}, false, where);
  Tensor total = sum(loss, {}, false, where);
  return arithmetic("divide", {total, where}, {count, where}, where);
}

Tensor elementwise(const char *op, const Tensor &x, const Tensor &target,
                   Reduction reduction, Loc where,
                   std::vector<Attribute> attributes = {}) {
  Tensor a = tensorOf(raised(floatNode(x, op, where), where)),
         b = tensorOf(raised(floatNode(target, op, where), where));
  return reduced(
      arithmetic(op, {a, where}, {b, where}, where, std::move(attributes)),
      reduction, where);
}

} // namespace

Tensor softmaxCrossEntropy(const Tensor &logits, const Tensor &labels,
                           Loc where) {
  return softmaxCrossEntropy(logits, labels, CrossEntropyOptions(), where);
}

Tensor softmaxCrossEntropy(const Tensor &logits, const Tensor &labels,
                           const CrossEntropyOptions &options, Loc where) {
  const char *op = "softmax_cross_entropy";
  Ref x = raised(floatNode(logits, op, where), where),
      y = nodeOf(labels, op, where);
  bool soft = isFloat(y->type.element);
  y = soft ? raised(y, where) : indexNode(labels, op, where);
  if (soft)
    needSameElements({x, y}, op, where);
  auto rule =
      soft ? shapes::softTargetCrossEntropy : shapes::softmaxCrossEntropy;
  Shape shape = shapeOrFail(rule(x->type.shape, y->type.shape), op, where,
                            {x.get(), y.get()});
  if (soft && options.ignoreIndex)
    fail(op, "probabilities have no ignoreIndex", where);
  if (!(options.smoothing >= 0 && options.smoothing <= 1))
    fail(op,
         "needs a smoothing in [0, 1], got " +
             std::to_string(options.smoothing),
         where);
  std::vector<Attribute> attributes;
  if (options.ignoreIndex)
    attributes.push_back({"ignore_index", *options.ignoreIndex});
  if (options.smoothing != 0)
    attributes.push_back({"smoothing", options.smoothing});
  Tensor loss = tensorOf(make(op, {x->type.element, std::move(shape)}, {x, y},
                              std::move(attributes), where));
  return reduced(loss, options.reduction, y, options.ignoreIndex, where);
}

Tensor nll(const Tensor &logProbabilities, const Tensor &labels,
           Reduction reduction, std::optional<int64_t> ignoreIndex, Loc where) {
  Ref x = raised(floatNode(logProbabilities, "nll", where), where),
      y = indexNode(labels, "nll", where);
  Shape shape =
      shapeOrFail(shapes::softmaxCrossEntropy(x->type.shape, y->type.shape),
                  "nll", where, {x.get(), y.get()});
  std::vector<Attribute> attributes;
  if (ignoreIndex)
    attributes.push_back({"ignore_index", *ignoreIndex});
  Tensor loss = tensorOf(make("nll", {x->type.element, std::move(shape)},
                              {x, y}, std::move(attributes), where));
  return reduced(loss, reduction, y, ignoreIndex, where);
}

Tensor sigmoidBinaryCrossEntropy(const Tensor &x, const Tensor &target,
                                 Reduction reduction, Loc where) {
  return elementwise("sigmoid_binary_cross_entropy", x, target, reduction,
                     where);
}
Tensor mse(const Tensor &x, const Tensor &target, Reduction reduction,
           Loc where) {
  return elementwise("mse", x, target, reduction, where);
}
Tensor l1(const Tensor &x, const Tensor &target, Reduction reduction,
          Loc where) {
  return elementwise("l1", x, target, reduction, where);
}
Tensor huber(const Tensor &x, const Tensor &target, double delta,
             Reduction reduction, Loc where) {
  if (!(delta > 0))
    fail("huber", "needs a positive delta, got " + std::to_string(delta),
         where);
  return elementwise("huber", x, target, reduction, where, {{"delta", delta}});
}
Tensor klDiv(const Tensor &x, const Tensor &target, Reduction reduction,
             Loc where) {
  return elementwise("kl_div", x, target, reduction, where);
}

} // namespace dlc
