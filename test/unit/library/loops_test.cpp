// Loops, trained: recurrent networks, and a differential equation whose solver
// chooses its own steps.

#include <dlc/dlc.h>

#include <gtest/gtest.h>

#include <cmath>

using namespace dlc;

namespace {

//===-- Recurrent networks ------------------------------------------------===//

/// Reads a sequence and answers with its first element.
template <typename Core> struct Echo : nn::Module {
  Core core;
  nn::Linear output;

  explicit Echo(Generator &rng)
      : Module("Echo"), core(2, 16, rng), output(16, 2, rng) {}
  Tensor forward(const Tensor &x) override {
    auto [states, last] = core.run(x, core.initial(x.size(0)));
    return output(last[0]);
  }
  void parts(Visitor &v) override {
    v("core", core);
    v("output", output);
  }
};

/// The loss before and after some steps.
template <typename Core> std::pair<float, float> train(int steps) {
  Generator rng(3);
  Echo<Core> model(rng);
  optim::Adam optimizer(model, {.lr = 0.02});
  Tensor x = normal(rng, {32, 8, 2});
  Tensor y = x[{Slice(), 0}];
  auto step = compile(
      [&](const Tensor &x, const Tensor &y) {
        auto [loss, gradients] = valueAndGrad([&](nn::Module &model) {
          return mean(square(model(x) - y));
        })(model);
        optimizer.update(model, gradients);
        return loss;
      },
      {.state = {model, optimizer}});
  float first = step(x, y).item(), last = first;
  for (int i = 0; i < steps; ++i)
    last = step(x, y).item();
  EXPECT_EQ(step.traceCount(), 1);
  return {first, last};
}

TEST(Loops, AnRnnLearnsToRemember) {
  auto [first, last] = train<nn::RNN>(200);
  EXPECT_LT(last, first / 10) << first;
}

TEST(Loops, AnLstmLearnsToRemember) {
  auto [first, last] = train<nn::LSTM>(200);
  EXPECT_LT(last, first / 10) << first;
}

//===-- An equation with adaptive steps -----------------------------------===//

struct Field {
  Tensor matrix = tensor({0.1f, 0.0f, 0.0f, 0.1f});
  void visit(Visitor &v) { v("matrix", matrix); }
  Tensor operator()(const Tensor &y) const {
    return matmul(y, reshape(matrix, {2, 2}));
  }
};

struct Solution {
  Tensor y, time, step, trips;
  void visit(Visitor &v) {
    v("y", y);
    v("time", time);
    v("step", step);
    v("trips", trips);
  }
};

/// y(1) of y' = field(y): Heun's method, whose difference to Euler's estimates
/// the error. A step with too large an error is taken again, smaller.
Solution solve(const Field &field, const Tensor &start, double tolerance,
               WhileOptions options = {}) {
  return whileLoop(
      [](const Solution &s) { return s.time < 1; },
      [&](const Solution &s) {
        Tensor h = minimum(s.step, 1 - s.time);
        Tensor slope = field(s.y);
        Tensor euler = s.y + h * slope;
        Tensor heun = s.y + h * 0.5 * (slope + field(euler));
        Tensor error = max(abs(heun - euler)) + 1e-9;
        Tensor accepted = error < tolerance;
        Tensor factor = clip(0.9 * sqrt(tolerance / error), 0.3, 2);
        return Solution{where(accepted, heun, s.y),
                        where(accepted, s.time + h, s.time),
                        h * stopGradient(factor), s.trips + 1};
      },
      Solution{start, scalar(0), scalar(0.5), scalar(0, DType::i32)}, options);
}

TEST(Loops, AnEquationWithAdaptiveStepsIsLearnt) {
  // A quarter turn: y(1) = (-y1, y0).
  Tensor start = reshape(tensor({1.0f, 0.0f, 0.0f, 1.0f, 0.7f, 0.7f}), {3, 2});
  Tensor target =
      reshape(tensor({0.0f, 1.0f, -1.0f, 0.0f, -0.7f, 0.7f}), {3, 2});
  Field field;
  optim::Adam optimizer(field, {.lr = 0.05});
  auto step = compile(
      [&](const Tensor &start, const Tensor &target) {
        auto [loss, gradients] = valueAndGrad([&](const Field &field) {
          return mean(square(solve(field, start, 1e-3).y - target));
        })(field);
        optimizer.update(field, gradients);
        return loss;
      },
      {.state = {field, optimizer}});
  float first = step(start, target).item(), last = first;
  for (int i = 0; i < 150; ++i)
    last = step(start, target).item();
  EXPECT_LT(last, first / 100) << first;
  // The generator of the turn: [[0, π/2], [-π/2, 0]].
  std::vector<float> matrix = field.matrix.toVector<float>();
  EXPECT_NEAR(matrix[1], std::acos(0.0), 0.1);
  EXPECT_NEAR(matrix[2], -std::acos(0.0), 0.1);
  // A stricter tolerance takes more steps: their number is the data's.
  int loose = solve(field, start, 1e-2).trips.item<int>();
  int strict = solve(field, start, 1e-4).trips.item<int>();
  EXPECT_GT(strict, 2 * loose);
}

/// The gradient of the squared distance to zero.
std::vector<float> gradient(CompileConfig config, WhileOptions options = {}) {
  Field field;
  auto f = compile(
      [&](const Tensor &start) {
        return grad([&](const Field &field) {
          return sum(square(solve(field, start, 1e-4, options).y));
        })(field);
      },
      config);
  return f(reshape(tensor({1.0f, 0.5f}), {1, 2})).matrix.toVector<float>();
}

TEST(Loops, ATapeThatGrowsGivesTheBitsOfAPlannedOne) {
  EXPECT_EQ(gradient({}), gradient({}, {.maxTrips = 200}));
}

TEST(Loops, ATapeOverTheLimitLeavesParametersUntouched) {
  Field field;
  optim::SGD optimizer(field, {.lr = 0.1});
  auto step = compile(
      [&](const Tensor &start) {
        auto [loss, gradients] = valueAndGrad([&](const Field &field) {
          return sum(square(solve(field, start, 1e-4).y));
        })(field);
        optimizer.update(field, gradients);
        return loss;
      },
      {.state = {field, optimizer}, .tapeLimit = 500});
  std::vector<float> before = field.matrix.toVector<float>();
  std::string error;
  try {
    step(reshape(tensor({1.0f, 0.5f}), {1, 2})).item();
  } catch (const Error &thrown) {
    error = thrown.what();
  }
  for (const char *part : {"loops_test.cpp:", "[while] the tape of a loop "
                                              "without max_trips needs more "
                                              "than 500 bytes"})
    EXPECT_NE(error.find(part), std::string::npos) << error;
  EXPECT_EQ(field.matrix.toVector<float>(), before);
}

} // namespace
