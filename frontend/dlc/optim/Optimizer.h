// What all optimisers share: settings, groups of parameters, state.

#ifndef DLC_FRONTEND_OPTIM_OPTIMIZER_H
#define DLC_FRONTEND_OPTIM_OPTIMIZER_H

#include <dlc/Ops.h>
#include <dlc/Tree.h>

#include <functional>
#include <optional>

#pragma GCC visibility push(default)
namespace dlc::optim {

/// Parameters with settings of their own. The first group that takes a
/// parameter's name ("hidden.weight") holds it; the others use the optimiser's
/// settings.
///
///     optim::AdamW optimizer(model, {.lr = 1e-3},
///                            {{.takes = optim::named("bias"),
///                              .weightDecay = 0}});
struct Group {
  std::function<bool(std::string_view name)> takes;
  /// Multiplies the learning rate; 0 freezes the parameters, state and all.
  double lrFactor = 1;
  std::optional<double> weightDecay = {};
};

/// True for names that contain `part`.
std::function<bool(std::string_view)> named(std::string part);

/// An optimiser is a tree: a compiled step names it in `.state`. The learning
/// rate is a tensor in it, so a change takes effect without a new trace; all
/// other settings are fixed. Negative or non-finite settings throw.
class Optimizer {
public:
  virtual ~Optimizer() = default;

  /// One step: rebinds the model's parameters. `gradients` come from `grad` or
  /// `valueAndGrad` of the same model.
  template <typename Gradients>
    requires Tree<std::remove_cvref_t<Gradients>>
  void update(TreeRef model, Gradients &&gradients,
              Loc where = Loc::current()) {
    step(model, const_cast<std::remove_cvref_t<Gradients> &>(gradients), where);
  }

  double learningRate() const { return lr.item(); }
  void setLearningRate(double rate, Loc where = Loc::current());

  void visit(Visitor &v);

protected:
  struct Settings {
    double lr, weightDecay;
    /// The weight decay is the gradient of a penalty, wd/2·|p|²: added to the
    /// gradient. Otherwise `advance` deals with it.
    bool decayInGradient = true;
  };
  /// State of one kind, a tensor for each parameter.
  struct Slot {
    std::string name;
    std::vector<Tensor> values = {};
  };
  /// One parameter during a step.
  struct Step {
    Tensor parameter, gradient, lr;
    double weightDecay;
    size_t index;
  };

  Optimizer(std::string kind, TreeRef model, Settings settings,
            std::vector<std::string> slotNames, std::vector<Group> groups,
            Loc where);
  Optimizer(const Optimizer &) = default;
  Optimizer(Optimizer &&) = default;

  /// Throws unless a setting is finite and not negative.
  double checked(const char *name, double value, Loc where) const;
  /// Throws unless 0 <= value < 1.
  double checkedShare(const char *name, double value, Loc where) const;

  /// What changes once a step, before the parameters.
  virtual void begin() {}
  /// The new value of a parameter; writes its state.
  virtual Tensor advance(const Step &step) = 0;
  /// State besides the slots.
  virtual void more(Visitor &) {}

  /// The state of kind `slot` that belongs to a step's parameter.
  Tensor &state(size_t slot, const Step &step) {
    return slots[slot].values[step.index];
  }

private:
  void step(TreeRef model, TreeRef gradients, Loc where);
  [[noreturn]] void fail(const std::string &text, Loc where) const;

  std::string kind;
  Settings settings;
  std::vector<Group> groups;
  /// The group of each parameter, or -1.
  std::vector<int64_t> groupOf;
  Tensor lr;
  std::vector<Slot> slots;
};

} // namespace dlc::optim
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPTIM_OPTIMIZER_H
