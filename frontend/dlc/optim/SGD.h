// Stochastic gradient descent.

#ifndef DLC_FRONTEND_OPTIM_SGD_H
#define DLC_FRONTEND_OPTIM_SGD_H

#include <dlc/Ops.h>
#include <dlc/Tree.h>

#pragma GCC visibility push(default)
namespace dlc::optim {

struct SGDOptions {
  /// The learning rate.
  double lr = 0.01;
  double momentum = 0;
  double weightDecay = 0;
};

/// Stochastic gradient descent, as PyTorch computes it: with g = gradient +
/// weightDecay·p and v = momentum·v + g (v starts at 0), p = p - lr·v.
///
/// The optimiser is a tree: a compiled step names it in `.state`. The learning
/// rate is a tensor in it, so a change takes effect without a new trace;
/// momentum and weight decay are fixed. Negative or non-finite settings throw.
class SGD {
public:
  explicit SGD(TreeRef model, SGDOptions options = {},
               Loc where = Loc::current());

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

private:
  void step(TreeRef model, TreeRef gradients, Loc where);

  Tensor lr;
  std::vector<Tensor> velocity;
  double momentum, weightDecay;
};

} // namespace dlc::optim
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPTIM_SGD_H
