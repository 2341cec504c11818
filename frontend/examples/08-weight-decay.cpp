// Lesson 8: weight decay. 200 inputs and only 20 samples: without a penalty on
// the weights, a linear model learns the samples by heart.

#include "Lesson.h"

using namespace dlc;

namespace {

constexpr int64_t inputs = 200, trainCount = 20, testCount = 100;
constexpr double lr = 0.003;

struct Data {
  Tensor x, y, testX, testY;
};

/// y = 0.05 + Σ 0.01 x + noise.
Data draw(Generator &rng) {
  auto samples = [&](int64_t count) {
    Tensor x = normal(rng, {count, inputs});
    Tensor noise = normal(rng, {count, 1}, 0, 0.01);
    return std::pair(x, sum(0.01 * x, 1, keepDims) + 0.05 + noise);
  };
  auto [x, y] = samples(trainCount);
  auto [testX, testY] = samples(testCount);
  return {x, y, testX, testY};
}

struct Line {
  Tensor w, b;
  Tensor operator()(const Tensor &x) const { return matmul(x, w) + b; }
  void visit(Visitor &v) {
    v("w", w);
    v("b", b);
  }
};

/// A loss with λ/2·|w|² in it.
void fromScratch(const lesson::Options &options, const Data &data,
                 Generator rng, double lambda, plot::Figure &figure) {
  Line line{normal(rng, {inputs, 1}), zeros({1})};
  auto squares = [](const Line &line, const Tensor &x, const Tensor &y) {
    return mean(square(line(x) - y) / 2);
  };
  auto step = compile(
      [&](const Tensor &x, const Tensor &y) {
        auto loss = [&](const Line &line) {
          return squares(line, x, y) + lambda / 2 * sum(square(line.w));
        };
        Line gradient = grad(loss)(line);
        line.w = line.w - lr * gradient.w;
        line.b = line.b - lr * gradient.b;
      },
      {.state = {line}});
  data::DataLoader loader(data::TensorDataset({data.x, data.y}),
                          {.batch = 5, .shuffle = options.seed});
  std::vector<double> train, test;
  for (int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    for (const std::vector<Tensor> &batch : loader)
      step(batch[0], batch[1]);
    train.push_back(squares(line, data.x, data.y).item());
    test.push_back(squares(line, data.testX, data.testY).item());
  }
  std::string name = "lambda-" + std::to_string(int(lambda));
  figure.curve(train, name + ", train").curve(test, name + ", test");
  lesson::metric("scratch-" + name + "-test-loss", test.back());
  lesson::metric("scratch-" + name + "-norm", norm(line.w).item());
}

/// The optimiser shrinks the weights, but not the bias: a group of its own.
void withModules(const lesson::Options &options, const Data &data,
                 Generator rng, double lambda) {
  nn::Linear model(inputs, 1, rng);
  model.weight = nn::init::normal(rng, {inputs, 1}, 0, 1);
  optim::SGD optimizer(model, {.lr = lr, .weightDecay = lambda},
                       {{.takes = optim::named("bias"), .weightDecay = 0}});
  auto loss = [](nn::Linear &model, const Tensor &x, const Tensor &y) {
    return mean(square(model(x) - y) / 2);
  };
  data::DataLoader loader(data::TensorDataset({data.x, data.y}),
                          {.batch = 5, .shuffle = options.seed});
  train::fit(model, optimizer, loader,
             [&](nn::Linear &model, const std::vector<Tensor> &batch) {
               return loss(model, batch[0], batch[1]);
             },
             {.epochs = options.epochs, .quiet = true});
  std::string name = "modules-lambda-" + std::to_string(int(lambda));
  lesson::metric(name + "-test-loss",
                 loss(model, data.testX, data.testY).item());
  lesson::metric(name + "-norm", norm(model.weight).item());
}

void teach(const lesson::Options &options) {
  Generator rng(options.seed);
  Data data = draw(rng);
  plot::Figure figure({.title = "200 inputs, 20 samples",
                       .xLabel = "epoch",
                       .yLabel = "loss without the penalty",
                       .logY = true});
  for (double lambda : {0.0, 3.0}) {
    fromScratch(options, data, rng, lambda, figure);
    withModules(options, data, rng, lambda);
  }
  options.save("losses.svg", figure);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv,
      {"weight-decay",
       "A penalty on the weights, from scratch and with modules.", 100},
      teach);
}
