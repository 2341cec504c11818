// A program of somebody else: trains one step with the installed package.
#include <dlc/dlc.h>

#include <iostream>

int main() {
  dlc::Generator rng(1);
  dlc::nn::Linear model(3, 2, rng);
  dlc::optim::SGD optimizer(model, {.lr = 0.5});
  auto step = dlc::compile(
      [&](const dlc::Tensor &x, const dlc::Tensor &y) {
        auto [loss, gradients] = dlc::valueAndGrad([&](dlc::nn::Module &m) {
          return dlc::mean(dlc::softmaxCrossEntropy(m(x), y));
        })(model);
        optimizer.update(model, gradients);
        return loss;
      },
      {.state = {model, optimizer}});
  dlc::Tensor x = dlc::tensor<float>({{1, 2, 3}, {3, 2, 1}});
  dlc::Tensor y = dlc::tensor({0, 1});
  double before = step(x, y).item(), after = step(x, y).item();
  std::cout << (after < before ? "the loss fell" : "the loss rose") << '\n';
}
