// Module: a layer or a model, a tree of parameters that can be called.

#ifndef DLC_FRONTEND_NN_MODULE_H
#define DLC_FRONTEND_NN_MODULE_H

#include <dlc/Error.h>
#include <dlc/Ops.h>
#include <dlc/Tree.h>

#include <string>

#pragma GCC visibility push(default)
namespace dlc::nn {

/// A layer or a model. Write one by naming its parts and saying what it does:
///
///     struct Mlp : nn::Module {
///       nn::Linear hidden, output;
///       explicit Mlp(Generator &rng)
///           : hidden(784, 256, rng), output(256, 10, rng) {}
///       Tensor forward(const Tensor &x) override {
///         return output(relu(hidden(x)));
///       }
///       void parts(Visitor &v) override {
///         v("hidden", hidden);
///         v("output", output);
///       }
///     };
///
/// A module is a tree: transforms and optimisers take it as it is, and its
/// train/eval mode is part of what a compiled function is traced for. Ops that
/// it records carry its path ("Mlp.hidden") and the line that called it.
class Module {
public:
  virtual ~Module() = default;

  /// Applies the module.
  Tensor operator()(const Tensor &x, Loc where = Loc::current());

  /// Shows the parts to a transform: what makes a module a tree.
  void visit(Visitor &v);

  /// Switches this module and the modules inside it to training, as they are
  /// in the beginning, or to evaluation.
  void train(bool on = true);
  void eval() { train(false); }
  bool isTraining() const { return training != 0; }

  /// The parent's name for this module, or the kind of a root.
  const std::string &name() const { return label; }

protected:
  explicit Module(std::string kind = "Module") : label(std::move(kind)) {}
  // Only as part of a copy or a move of the whole module.
  Module(const Module &) = default;
  Module(Module &&) = default;
  Module &operator=(const Module &) = default;
  Module &operator=(Module &&) = default;

  /// What the module computes.
  virtual Tensor forward(const Tensor &x) = 0;

  /// Shows parameters, buffers and modules inside; see Visitor.
  virtual void parts([[maybe_unused]] Visitor &v) {}

private:
  friend class ModuleVisitor;

  std::string label;
  Mode training = true;
  bool partsAreNamed = false;
};

} // namespace dlc::nn
#pragma GCC visibility pop

#endif // DLC_FRONTEND_NN_MODULE_H
