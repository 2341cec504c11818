#include <dlc/optim/SGD.h>

#include <cmath>
#include <sstream>

namespace dlc::optim {
namespace {

double checked(const char *name, double value, Loc where) {
  if (std::isfinite(value) && value >= 0)
    return value;
  std::ostringstream text;
  text << "[SGD] " << name << " must be finite and not negative, got " << value;
  throw Error(text.str(), where);
}

} // namespace

SGD::SGD(TreeRef model, SGDOptions options, Loc where)
    : momentum(checked("momentum", options.momentum, where)),
      weightDecay(checked("weightDecay", options.weightDecay, where)) {
  std::vector<Leaf> leaves = parameters(model);
  if (leaves.empty())
    throw Error("[SGD] the model has no parameters", where);
  lr = scalar(checked("lr", options.lr, where), leaves[0].tensor->dtype(),
              where);
  if (momentum != 0)
    for (const Leaf &leaf : leaves)
      velocity.push_back(zerosLike(*leaf.tensor, where));
}

void SGD::step(TreeRef model, TreeRef gradients, Loc where) {
  std::vector<Leaf> targets = parameters(model);
  std::vector<Leaf> sources = parameters(gradients);
  if (targets.size() != sources.size())
    throw Error("[SGD] expected " + std::to_string(targets.size()) +
                    " gradients, one for each parameter, got " +
                    std::to_string(sources.size()),
                where);
  if (momentum != 0 && velocity.size() != targets.size())
    throw Error("[SGD] made for a model of " + std::to_string(velocity.size()) +
                    " parameters, got one of " + std::to_string(targets.size()),
                where);

  Scope call("SGD", where);
  Scope library = Scope::library();
  for (size_t i = 0; i < targets.size(); ++i) {
    Tensor &p = *targets[i].tensor;
    Tensor step = *sources[i].tensor;
    if (weightDecay != 0)
      step = step + weightDecay * p;
    if (momentum != 0)
      step = velocity[i] = momentum * velocity[i] + step;
    p = p - (lr.dtype() == p.dtype() ? lr : lr.astype(p.dtype())) * step;
  }
}

void SGD::setLearningRate(double rate, Loc where) {
  lr = scalar(checked("lr", rate, where), lr.dtype(), where);
}

void SGD::visit(Visitor &v) {
  v.buffer("lr", lr);
  v.buffer("velocity", velocity);
}

} // namespace dlc::optim
