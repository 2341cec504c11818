// Lesson 4: linear regression. Once with bare tensors and once with modules;
// the data come from a known line, so that the answer can be checked.

#include "Lesson.h"

#include <cmath>
#include <iostream>

using namespace dlc;

namespace {

const std::vector<float> trueW = {2, -3.4f};
constexpr float trueB = 4.2f;

struct Line {
  Tensor w, b;
  Tensor operator()(const Tensor &x) const { return matmul(x, w) + b; }
  void visit(Visitor &v) {
    v("w", w);
    v("b", b);
  }
};

void report(const std::string &way, const Tensor &w, const Tensor &b) {
  std::cout << way << ": w = " << reshape(w, {2}) << ", b = " << b << "\n";
  Tensor error = abs(reshape(w, {2}) - tensor(trueW, {2}));
  lesson::metric(way + "-w-error", max(error).item());
  lesson::metric(way + "-b-error", std::abs(b.item() - trueB));
}

void teach(const lesson::Options &options) {
  // 1,000 points y = xw + b with noise.
  Generator rng(options.seed);
  Tensor x = normal(rng, {1000, 2});
  Tensor noise = normal(rng, {1000, 1}, 0, 0.01);
  Tensor y = matmul(x, tensor(trueW, {2, 1})) + trueB + noise;
  data::TensorDataset points({x, y});
  data::DataLoaderOptions batches = {.batch = 10, .shuffle = options.seed};
  constexpr double lr = 0.03;

  // From scratch: a model is a function of its parameters, a step of gradient
  // descent is arithmetic.
  Line line{normal(rng, {2, 1}, 0, 0.01), zeros({1})};
  auto step = compile(
      [&](const Tensor &x, const Tensor &y) {
        auto loss = [&](const Line &line) {
          return mean(square(line(x) - y) / 2);
        };
        auto [value, gradient] = valueAndGrad(loss)(line);
        line.w = line.w - lr * gradient.w;
        line.b = line.b - lr * gradient.b;
        return value;
      },
      {.state = {line}});
  data::DataLoader loader(points, batches);
  for (int64_t epoch = 1; epoch <= options.epochs; ++epoch) {
    for (const std::vector<Tensor> &batch : loader)
      step(batch[0], batch[1]);
    double loss = mean(square(line(x) - y) / 2).item();
    std::cout << "epoch " << epoch << ", loss " << loss << "\n";
  }
  report("scratch", line.w, line.b);

  // With modules: the same model, loss and optimiser from the library.
  nn::Linear linear(2, 1, rng);
  optim::SGD optimizer(linear, {.lr = lr});
  data::DataLoader again(points, batches);
  train::fit(linear, optimizer, again,
             [](nn::Linear &linear, const std::vector<Tensor> &batch) {
               return mean(square(linear(batch[0]) - batch[1]) / 2);
             },
             {.epochs = options.epochs, .run = &options.run()});
  report("modules", linear.weight, linear.bias);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"linear-regression",
                      "Linear regression, from scratch and with modules.", 3},
                     teach);
}
