// Stochastic gradient descent.

#ifndef DLC_FRONTEND_OPTIM_SGD_H
#define DLC_FRONTEND_OPTIM_SGD_H

#include <dlc/optim/Optimizer.h>

#pragma GCC visibility push(default)
namespace dlc::optim {

struct SGDOptions {
  /// The learning rate.
  double lr = 0.01;
  double momentum = 0;
  double weightDecay = 0;
  /// Nesterov's momentum: a step looks ahead along the velocity.
  bool nesterov = false;
};

/// Stochastic gradient descent, as PyTorch computes it: with g = gradient +
/// weightDecay·p and v = momentum·v + g (v starts at 0), p = p - lr·v; with
/// Nesterov's momentum, p = p - lr·(g + momentum·v).
class SGD : public Optimizer {
public:
  explicit SGD(TreeRef model, SGDOptions options = {},
               std::vector<Group> groups = {}, Loc where = Loc::current());

private:
  Tensor advance(const Step &step) override;

  double momentum;
  bool nesterov;
};

} // namespace dlc::optim
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPTIM_SGD_H
