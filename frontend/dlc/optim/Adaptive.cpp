#include <dlc/optim/Adaptive.h>

namespace dlc::optim {

AdaGrad::AdaGrad(TreeRef model, AdaGradOptions options,
                 std::vector<Group> groups, Loc where)
    : Optimizer("AdaGrad", model, {options.lr, options.weightDecay},
                {"squares"}, std::move(groups), where),
      epsilon(checked("epsilon", options.epsilon, where)) {}

Tensor AdaGrad::advance(const Step &step) {
  const Tensor &g = step.gradient;
  Tensor &squares = state(0, step);
  squares = squares + g * g;
  return step.parameter - step.lr * g / (sqrt(squares) + epsilon);
}

RMSProp::RMSProp(TreeRef model, RMSPropOptions options,
                 std::vector<Group> groups, Loc where)
    : Optimizer("RMSProp", model, {options.lr, options.weightDecay},
                options.momentum != 0
                    ? std::vector<std::string>{"squares", "velocity"}
                    : std::vector<std::string>{"squares"},
                std::move(groups), where),
      decay(checkedShare("decay", options.decay, where)),
      momentum(checked("momentum", options.momentum, where)),
      epsilon(checked("epsilon", options.epsilon, where)) {}

Tensor RMSProp::advance(const Step &step) {
  const Tensor &g = step.gradient;
  Tensor &squares = state(0, step);
  squares = decay * squares + (1 - decay) * (g * g);
  Tensor direction = g / (sqrt(squares) + epsilon);
  if (momentum != 0) {
    Tensor &velocity = state(1, step);
    direction = velocity = momentum * velocity + direction;
  }
  return step.parameter - step.lr * direction;
}

Adam::Adam(TreeRef model, AdamOptions options, std::vector<Group> groups,
           Loc where)
    : Adam("Adam", true, model, options, std::move(groups), where) {}

Adam::Adam(const char *kind, bool decayInGradient, TreeRef model,
           AdamOptions options, std::vector<Group> groups, Loc where)
    : Optimizer(kind, model, {options.lr, options.weightDecay, decayInGradient},
                {"means", "squares"}, std::move(groups), where),
      beta1(checkedShare("beta1", options.beta1, where)),
      beta2(checkedShare("beta2", options.beta2, where)),
      epsilon(checked("epsilon", options.epsilon, where)),
      power1(scalar(1.0, DType::f64, where)),
      power2(scalar(1.0, DType::f64, where)) {}

void Adam::begin() {
  power1 = power1 * beta1;
  power2 = power2 * beta2;
}

Tensor Adam::advance(const Step &step) {
  const Tensor &g = step.gradient;
  DType type = step.parameter.dtype();
  Tensor &means = state(0, step), &squares = state(1, step);
  means = beta1 * means + (1 - beta1) * g;
  squares = beta2 * squares + (1 - beta2) * (g * g);
  Tensor rate = (step.lr.astype(DType::f64) / (1 - power1)).astype(type);
  // A factor, since the update waits for the CPU's divider.
  Tensor scale = (1 / sqrt(1 - power2)).astype(type);
  return step.parameter - rate * (means / (sqrt(squares) * scale + epsilon));
}

void Adam::more(Visitor &v) {
  v.buffer("power1", power1);
  v.buffer("power2", power2);
}

AdamW::AdamW(TreeRef model, AdamOptions options, std::vector<Group> groups,
             Loc where)
    : Adam("AdamW", false, model, options, std::move(groups), where) {}

Tensor AdamW::advance(const Step &step) {
  if (step.weightDecay == 0)
    return Adam::advance(step);
  Step decayed = step;
  decayed.parameter = step.parameter * (1 - step.lr * step.weightDecay);
  return Adam::advance(decayed);
}

} // namespace dlc::optim
