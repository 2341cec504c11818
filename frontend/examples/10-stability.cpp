// Lesson 10: numerical stability. Products of many matrices explode, sigmoids
// make gradients vanish, a good initial scale prevents both, clipping bounds
// what is left, and a check names the first operation that went wrong.

#include "Lesson.h"

#include <cmath>
#include <iostream>

using namespace dlc;

namespace {

constexpr int64_t layers = 100;

std::vector<double> count(int64_t n) {
  std::vector<double> numbers;
  for (int64_t i = 1; i <= n; ++i)
    numbers.push_back(double(i));
  return numbers;
}

/// The norm after each of 100 products with random 4x4 matrices. As f64: the
/// squares in the norm are beyond f32.
void productsExplode(const lesson::Options &options, Generator &rng) {
  Tensor m = normal(rng, {4, 4}, 0, 1, DType::f64);
  std::vector<double> norms;
  for (int64_t i = 0; i < layers; ++i) {
    m = matmul(m, normal(rng, {4, 4}, 0, 1, DType::f64));
    norms.push_back(norm(m).item());
  }
  options.save("products.svg",
               plot::Figure({.title = "Products of random 4x4 matrices",
                             .xLabel = "factors",
                             .yLabel = "norm",
                             .logY = true})
                   .line(count(layers), norms));
  lesson::metric("log10-norm-of-products", std::log10(norms.back()));
}

void sigmoidsVanish(const lesson::Options &options) {
  Tensor x = arange(161).astype(DType::f32) * 0.1 - 8;
  auto sigmoids = [](const Tensor &x) { return sum(sigmoid(x)); };
  auto relus = [](const Tensor &x) { return sum(relu(x)); };
  auto doubles = [](const Tensor &x) {
    return x.astype(DType::f64).toVector<double>();
  };
  Tensor slope = grad(sigmoids)(x);
  options.save(
      "sigmoid.svg",
      plot::Figure({.title = "A sigmoid and the slopes", .xLabel = "x"})
          .line(doubles(x), doubles(sigmoid(x)), "sigmoid")
          .line(doubles(x), doubles(slope), "its gradient")
          .line(doubles(x), doubles(grad(relus)(x)), "relu's"));
  lesson::metric("sigmoid-gradient-at-0", max(slope).item());
  lesson::metric("sigmoid-gradient-at-8", slope[-1].item());
}

/// How large activations and gradients are in each layer of a deep network of
/// tanh units whose weights have the given deviation.
std::pair<std::vector<double>, std::vector<double>>
sizesByLayer(Generator rng, int64_t depth, double deviation) {
  constexpr int64_t width = 64;
  std::vector<Tensor> weights;
  for (int64_t i = 0; i < depth; ++i)
    weights.push_back(normal(rng, {width, width}, 0, deviation));
  Tensor x = normal(rng, {32, width});
  std::vector<double> activations;
  auto network = [&](const std::vector<Tensor> &weights) {
    Tensor h = x;
    for (const Tensor &weight : weights)
      h = tanh(matmul(h, weight));
    return mean(square(h));
  };
  Tensor h = x;
  for (const Tensor &weight : weights) {
    h = tanh(matmul(h, weight));
    activations.push_back(sqrt(mean(square(h))).item());
  }
  std::vector<double> gradients;
  for (const Tensor &gradient : grad(network)(weights))
    gradients.push_back(norm(gradient).item());
  return {activations, gradients};
}

void scalesMatter(const lesson::Options &options, Generator &rng) {
  constexpr int64_t depth = 20;
  plot::Figure figure({.title = "Twenty layers of tanh: gradients' norms",
                       .xLabel = "layer",
                       .yLabel = "norm",
                       .logY = true});
  for (auto [name, deviation] :
       {std::pair("naive", 0.05), std::pair("Xavier", std::sqrt(1.0 / 64))}) {
    auto [activations, gradients] = sizesByLayer(rng, depth, deviation);
    figure.line(count(depth), gradients, std::string(name) + ", gradients");
    figure.line(count(depth), activations, std::string(name) + ", activations");
    lesson::metric(std::string(name) + "-first-gradient", gradients.front());
    lesson::metric(std::string(name) + "-last-activation", activations.back());
  }
  options.save("initial.svg", figure);
}

/// The same gradients, bounded.
void clippingBounds(Generator &rng) {
  std::vector<Tensor> gradients = {normal(rng, {10, 10}, 0, 1e4),
                                   normal(rng, {10}, 0, 1e4)};
  double before = optim::clipByGlobalNorm(gradients, 1).item();
  lesson::metric("norm-before-clipping", before);
  lesson::metric("norm-after-clipping", optim::globalNorm(gradients).item());
}

/// log of a negative number is NaN. Without a check it surfaces far away.
void checksNameTheCulprit() {
  auto loss = compile([](const Tensor &x) {
    Tensor shifted = x - 2;
    Tensor logs = assertFinite(log(shifted), "log of the shifted input");
    return mean(exp(logs) * 0.5);
  });
  bool named = false;
  try {
    loss(tensor({3.0f, 1.0f})).item();
  } catch (const Error &error) {
    std::cout << error.what() << "\n";
    named =
        std::string(error.what()).find("10-stability.cpp") != std::string::npos;
  }
  lesson::metric("check-names-op-and-line", named);
  lesson::metric("loss-of-good-input", loss(tensor({3.0f, 4.0f})).item());
}

void teach(const lesson::Options &options) {
  Generator rng(options.seed);
  productsExplode(options, rng);
  sigmoidsVanish(options);
  scalesMatter(options, rng);
  clippingBounds(rng);
  checksNameTheCulprit();
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv,
      {"stability", "Exploding, vanishing, and what to do about it."}, teach);
}
