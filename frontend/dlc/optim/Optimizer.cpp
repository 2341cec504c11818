#include <dlc/optim/Optimizer.h>

#include <cmath>
#include <sstream>

namespace dlc::optim {

std::function<bool(std::string_view)> named(std::string part) {
  return [part = std::move(part)](std::string_view name) {
    return name.find(part) != std::string_view::npos;
  };
}

void Optimizer::fail(const std::string &text, Loc where) const {
  throw Error("[" + kind + "] " + text, where);
}

double Optimizer::checked(const char *name, double value, Loc where) const {
  std::ostringstream text;
  text << name << " must be finite and not negative, got " << value;
  if (!std::isfinite(value) || value < 0)
    fail(text.str(), where);
  return value;
}

double Optimizer::checkedShare(const char *name, double value,
                               Loc where) const {
  std::ostringstream text;
  text << name << " must lie in [0, 1), got " << value;
  if (!(value >= 0 && value < 1))
    fail(text.str(), where);
  return value;
}

Optimizer::Optimizer(std::string kind, TreeRef model, Settings settings,
                     std::vector<std::string> slotNames,
                     std::vector<Group> groups, Loc where)
    : kind(std::move(kind)), settings(settings), groups(std::move(groups)) {
  checked("weightDecay", settings.weightDecay, where);
  for (const Group &group : this->groups) {
    if (!group.takes)
      fail("a group must say which names it takes", where);
    checked("lrFactor", group.lrFactor, where);
    checked("weightDecay", group.weightDecay.value_or(0), where);
  }
  std::vector<Leaf> leaves = parameters(model);
  if (leaves.empty())
    fail("the model has no parameters", where);
  for (const Leaf &leaf : leaves) {
    groupOf.push_back(-1);
    for (size_t i = 0; i < this->groups.size() && groupOf.back() < 0; ++i)
      if (this->groups[i].takes(leaf.name))
        groupOf.back() = int64_t(i);
  }
  lr = scalar(checked("lr", settings.lr, where), leaves[0].tensor->dtype(),
              where);
  for (std::string &name : slotNames) {
    slots.push_back({std::move(name)});
    for (const Leaf &leaf : leaves)
      slots.back().values.push_back(zerosLike(*leaf.tensor, where));
  }
}

void Optimizer::step(TreeRef model, TreeRef gradients, Loc where) {
  std::vector<Leaf> targets = parameters(model);
  std::vector<Leaf> sources = parameters(gradients);
  if (targets.size() != sources.size())
    fail("expected " + std::to_string(targets.size()) +
             " gradients, one for each parameter, got " +
             std::to_string(sources.size()),
         where);
  if (groupOf.size() != targets.size())
    fail("made for a model of " + std::to_string(groupOf.size()) +
             " parameters, got one of " + std::to_string(targets.size()),
         where);

  Scope call(kind, where);
  Scope library = Scope::library();
  begin();
  for (size_t i = 0; i < targets.size(); ++i) {
    Tensor &p = *targets[i].tensor;
    const Group *group = groupOf[i] < 0 ? nullptr : &groups[groupOf[i]];
    if (group && group->lrFactor == 0)
      continue;
    Step step{p, *sources[i].tensor,
              lr.dtype() == p.dtype() ? lr : lr.astype(p.dtype()),
              settings.weightDecay, i};
    if (group) {
      step.weightDecay = group->weightDecay.value_or(step.weightDecay);
      if (group->lrFactor != 1)
        step.lr = step.lr * group->lrFactor;
    }
    if (settings.decayInGradient && step.weightDecay != 0)
      step.gradient = step.gradient + step.weightDecay * p;
    p = advance(step);
  }
}

void Optimizer::setLearningRate(double rate, Loc where) {
  lr = scalar(checked("lr", rate, where), lr.dtype(), where);
}

void Optimizer::visit(Visitor &v) {
  v.buffer("lr", lr);
  for (Slot &slot : slots)
    v.buffer(slot.name, slot.values);
  more(v);
}

} // namespace dlc::optim
