// Optimisers and metrics.

#include <dlc/dlc.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace dlc;

namespace {

struct Weights {
  Tensor w = tensor({1.0f, 2.0f});
  void visit(Visitor &v) { v("w", w); }
};

std::string errorOf(auto f) {
  try {
    f();
  } catch (const Error &error) {
    std::string line = error.what();
    return line.substr(line.find("["));
  }
  return "no error";
}

TEST(SGD, StepsAgainstTheGradient) {
  Weights model, gradient;
  optim::SGD optimizer(model, {.lr = 0.5});
  optimizer.update(model, gradient);
  EXPECT_EQ(model.w.toVector<float>(), (std::vector<float>{0.5, 1}));
}

TEST(SGD, MomentumAndWeightDecayAreAsPyTorchs) {
  Weights model, gradient;
  optim::SGD optimizer(model,
                       {.lr = 0.5, .momentum = 0.5, .weightDecay = 0.25});
  gradient.w = tensor({1.0f, 1.0f});
  optimizer.update(model, gradient);
  // v = g + p/4 = {1.25, 1.5}; p -= v/2.
  EXPECT_EQ(model.w.toVector<float>(), (std::vector<float>{0.375, 1.25}));
  optimizer.update(model, gradient);
  // v = v/2 + g + p/4 = {1.71875, 2.0625}.
  EXPECT_EQ(model.w.toVector<float>(),
            (std::vector<float>{0.375f - 0.859375f, 1.25f - 1.03125f}));
}

TEST(SGD, RateChangesWithoutANewTrace) {
  Weights model;
  optim::SGD optimizer(model, {.lr = 1});
  auto step = compile(
      [&] {
        auto loss = [](const Weights &m) { return sum(m.w); };
        optimizer.update(model, grad(loss)(model));
      },
      {.state = {model, optimizer}});
  step();
  EXPECT_EQ(model.w.toVector<float>(), (std::vector<float>{0, 1}));
  optimizer.setLearningRate(0.25);
  EXPECT_EQ(optimizer.learningRate(), 0.25);
  step();
  EXPECT_EQ(model.w.toVector<float>(), (std::vector<float>{-0.25, 0.75}));
  EXPECT_EQ(step.traceCount(), 1);
}

TEST(SGD, RejectsBadSettings) {
  Weights model;
  EXPECT_EQ(errorOf([&] { optim::SGD(model, {.lr = NAN}); }),
            "[SGD] lr must be finite and not negative, got nan");
  EXPECT_EQ(errorOf([&] { optim::SGD(model, {.momentum = -1}); }),
            "[SGD] momentum must be finite and not negative, got -1");
  EXPECT_EQ(errorOf([&] { optim::SGD(model, {.weightDecay = INFINITY}); }),
            "[SGD] weightDecay must be finite and not negative, got inf");
  optim::SGD optimizer(model);
  EXPECT_EQ(errorOf([&] { optimizer.setLearningRate(-0.5); }),
            "[SGD] lr must be finite and not negative, got -0.5");
  std::vector<Tensor> two = {model.w, model.w}, none;
  EXPECT_EQ(errorOf([&] { optimizer.update(model, two); }),
            "[SGD] expected 1 gradients, one for each parameter, got 2");
  EXPECT_EQ(errorOf([&] { optim::SGD{none}; }),
            "[SGD] the model has no parameters");
}

TEST(Accuracy, CountsTheLargestLogit) {
  Tensor logits = tensor<float>({{1, 3, 2}, {5, 4, 0}, {0, 0, 1}});
  for (DType type : {DType::i32, DType::i64, DType::u8}) {
    Tensor labels = tensor({1, 1, 2}).astype(type);
    EXPECT_NEAR(metrics::accuracy(logits, labels).item(), 2.0 / 3, 1e-7);
  }
}

} // namespace
