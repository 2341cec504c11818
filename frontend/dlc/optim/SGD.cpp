#include <dlc/optim/SGD.h>

namespace dlc::optim {

SGD::SGD(TreeRef model, SGDOptions options, std::vector<Group> groups,
         Loc where)
    : Optimizer("SGD", model, {options.lr, options.weightDecay},
                options.momentum != 0 ? std::vector<std::string>{"velocity"}
                                      : std::vector<std::string>{},
                std::move(groups), where),
      momentum(checked("momentum", options.momentum, where)),
      nesterov(options.nesterov) {
  if (nesterov && momentum == 0)
    throw Error("[SGD] Nesterov's momentum needs a momentum", where);
}

Tensor SGD::advance(const Step &step) {
  Tensor direction = step.gradient;
  if (momentum != 0) {
    Tensor &velocity = state(0, step);
    velocity = momentum * velocity + step.gradient;
    direction = nesterov ? step.gradient + momentum * velocity : velocity;
  }
  return step.parameter - step.lr * direction;
}

} // namespace dlc::optim
