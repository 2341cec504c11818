// Lesson 2: automatic differentiation. Each gradient is compared, bit for bit,
// with the formula that calculus gives.

#include "Lesson.h"

#include <iostream>

using namespace dlc;

namespace {

int64_t wrong = 0;

void expectSame(const char *what, const Tensor &gradient,
                const Tensor &formula) {
  bool same = gradient.toVector<float>() == formula.toVector<float>();
  wrong += !same;
  std::cout << what << ": " << gradient
            << (same ? "" : "  -- the formula says otherwise") << "\n";
}

void teach(const lesson::Options &options) {
  Tensor x = arange(4).astype(DType::f32);

  // y = 2·xᵀx has the gradient 4x.
  auto y = [](const Tensor &x) { return 2 * matmul(x, x); };
  expectSame("gradient of 2 x.x", grad(y)(x), 4 * x);

  // Another function: nothing accumulates, a gradient is a value.
  expectSame("gradient of sum(x)",
             grad([](const Tensor &x) { return sum(x); })(x), ones({4}));

  // A result that is no scalar: its sum's gradient, each element for itself.
  expectSame("gradient of sum(x * x)",
             grad([](const Tensor &x) { return sum(x * x); })(x), 2 * x);
  // Weights in place of ones: the vector of a vector-Jacobian product.
  Tensor v = tensor({1.0f, 0.5f, 0.25f, 0.125f});
  expectSame("vector-Jacobian product of x * x",
             grad([&](const Tensor &x) { return sum(v * (x * x)); })(x),
             v * (2 * x));

  // A detached value counts as a constant: u = x * x, z = u * x, dz/dx = u.
  auto detached = [](const Tensor &x) {
    Tensor u = stopGradient(x * x);
    return sum(u * x);
  };
  expectSame("gradient of detach(x * x) * x", grad(detached)(x), x * x);
  auto attached = [](const Tensor &x) { return sum((x * x) * x); };
  expectSame("gradient of x * x * x", grad(attached)(x), x * x + (x + x) * x);

  // Control flow of the host, steered by values: f is piecewise linear, so its
  // gradient is f(a) / a.
  auto f = [](const Tensor &a) {
    Tensor b = 2 * a;
    while (norm(b).item() < 1000)
      b = b * 2;
    return sum(b).item() > 0 ? b : 100 * b;
  };
  Generator rng(options.seed);
  int64_t tries = options.size(8, 3);
  for (int64_t i = 0; i < tries; ++i) {
    Tensor a = normal(rng, {});
    expectSame("gradient of the loop", grad(f)(a), f(a) / a);
  }

  // Gradients are functions, too: the second derivative of x³ is 6x.
  auto cube = [](const Tensor &x) { return x * x * x; };
  expectSame("second derivative of x * x * x", grad(grad(cube))(scalar(3.0f)),
             scalar(18.0f));

  lesson::metric("wrong", double(wrong));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv,
      {"autograd", "Automatic differentiation, compared with the formulas."},
      teach);
}
