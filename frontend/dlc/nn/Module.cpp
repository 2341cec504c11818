#include <dlc/nn/Module.h>

#include <functional>

namespace dlc::nn {

/// A visit of modules instead of tensors.
class ModuleVisitor : public Visitor {
public:
  explicit ModuleVisitor(bool training) : training(training) {}
  ModuleVisitor() = default;

  /// Gives the module its name, the last of its path, or sets its mode.
  void enter(Module &module) {
    if (training)
      module.training = *training;
    else if (std::string where = path(); !where.empty())
      module.label = where.substr(where.rfind('.') + 1);
  }

protected:
  void leaf(Tensor &) override {}

private:
  std::optional<bool> training;
};

Tensor Module::operator()(const Tensor &x, Loc where) {
  if (!partsAreNamed) {
    ModuleVisitor names;
    visit(names);
    partsAreNamed = true;
  }
  Scope call(label, where);
  return forward(x);
}

void Module::visit(Visitor &v) {
  if (auto *modules = dynamic_cast<ModuleVisitor *>(&v))
    modules->enter(*this);
  v.mode("training", training);
  parts(v);
}

void Module::train(bool on) {
  ModuleVisitor modes(on);
  visit(modes);
}

} // namespace dlc::nn
