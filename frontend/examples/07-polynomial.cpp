// Lesson 7: polynomial regression. The same 100 noisy points of a cubic, fitted
// by a cubic, a line (which underfits) and a polynomial of degree 19 (which has
// room to overfit).

#include "Lesson.h"

#include <cmath>
#include <iostream>

using namespace dlc;

namespace {

const std::vector<float> trueWeights = {5, 1.2f, -3.4f, 5.6f};
constexpr int64_t count = 100;

/// x^i / i! for i = 0 … degree: the division keeps large powers in bounds.
Tensor features(const Tensor &x, int64_t degree) {
  Tensor all = zeros({x.size(0), degree + 1});
  Tensor power = onesLike(x);
  for (int64_t i = 0; i <= degree; ++i) {
    all.set({Slice(), i}, power);
    power = power * x / double(i + 1);
  }
  return all;
}

struct Fitted {
  Tensor weights;
  double trainLoss, testLoss;
};

Fitted fit(const lesson::Options &options, Generator &rng, int64_t degree,
           const Tensor &train, const Tensor &trainY, const Tensor &test,
           const Tensor &testY, plot::Figure &figure) {
  nn::Linear model(degree + 1, 1, rng, {.bias = false});
  optim::Adam optimizer(model, {.lr = 0.05});
  Tensor x = features(train, degree), testX = features(test, degree);
  data::DataLoader loader(data::TensorDataset({x, trainY}),
                          {.batch = 10, .shuffle = options.seed});
  auto loss = [](nn::Linear &model, const Tensor &x, const Tensor &y) {
    return mean(square(model(x) - y));
  };
  std::vector<double> epochs, trainLosses, testLosses;
  auto evaluate = [&]() -> train::Measures {
    epochs.push_back(double(epochs.size() + 1));
    trainLosses.push_back(loss(model, x, trainY).item());
    testLosses.push_back(loss(model, testX, testY).item());
    return {{"test", testLosses.back()}};
  };
  train::fit(
      model, optimizer, loader,
      [&](nn::Linear &model, const std::vector<Tensor> &batch) {
        return loss(model, batch[0], batch[1]);
      },
      {.epochs = options.epochs,
       .evaluate = evaluate,
       .schedule = optim::cosine(0.05, 0, options.epochs * loader.size()),
       .quiet = true});
  std::string name = "degree " + std::to_string(degree);
  figure.line(epochs, trainLosses, name + ", train");
  figure.line(epochs, testLosses, name + ", test");
  return {model.weight, trainLosses.back(), testLosses.back()};
}

void teach(const lesson::Options &options) {
  Generator rng(options.seed);
  Tensor x = normal(rng, {2 * count});
  Tensor w = tensor(trueWeights, {4, 1});
  Tensor noise = normal(rng, {2 * count, 1}, 0, 0.1);
  Tensor y = matmul(features(x, 3), w) + noise;
  auto part = [&](const Tensor &all, int64_t i) {
    return all[Slice(i * count, (i + 1) * count)];
  };
  Tensor train = part(x, 0), test = part(x, 1);
  Tensor trainY = part(y, 0), testY = part(y, 1);

  plot::Figure figure({.title = "Fitting a cubic",
                       .xLabel = "epoch",
                       .yLabel = "mean squared error",
                       .logY = true});
  for (int64_t degree : {3, 1, 19}) {
    Fitted fitted =
        fit(options, rng, degree, train, trainY, test, testY, figure);
    std::string name = "degree-" + std::to_string(degree);
    if (degree == 3) {
      std::cout << "weights " << reshape(fitted.weights, {4}) << "\n";
      lesson::metric("weight-error", max(abs(fitted.weights - w)).item());
    }
    lesson::metric(name + "-train-loss", fitted.trainLoss);
    lesson::metric(name + "-test-loss", fitted.testLoss);
  }
  options.save("losses.svg", figure);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv,
      {"polynomial", "Underfitting and overfitting with polynomials.", 400},
      teach);
}
