// Optimisers and metrics.

#include "Support.h"

#include <dlc/dlc.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

using namespace dlc;
using test::errorOf;

namespace {

struct Weights {
  Tensor w = tensor({1.0f, 2.0f});
  void visit(Visitor &v) { v("w", w); }
};

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

//===-- PyTorch's results, from make_optimizers.py
//------------------------------===//

/// murmur3's finaliser of (stream, position); make_optimizers.py's `hashed`.
uint32_t hashed(uint32_t stream, uint32_t position) {
  uint32_t h = position + stream * 0x9E3779B9u;
  h = (h ^ h >> 16) * 0x85EBCA6Bu;
  h = (h ^ h >> 13) * 0xC2B2AE35u;
  return h ^ h >> 16;
}

Tensor values(uint32_t stream) {
  std::vector<float> values(6);
  for (uint32_t i = 0; i < 6; ++i)
    values[i] = (float(hashed(stream, i) >> 8) - 0x1p23f) / 0x1p23f;
  return tensor(values, {6});
}

const nlohmann::json &golden() {
  static const nlohmann::json root =
      nlohmann::json::parse(std::ifstream(DLC_GOLDENS "/optimizers.json"));
  return root;
}

struct Pair {
  Tensor first = values(1), second = values(2);
  void visit(Visitor &v) {
    v("first", first);
    v("second", second);
  }
};

void expectNear(const Tensor &actual, const nlohmann::json &expected) {
  std::vector<float> numbers = actual.toVector<float>();
  ASSERT_EQ(numbers.size(), expected.size());
  for (size_t i = 0; i < numbers.size(); ++i)
    EXPECT_NEAR(numbers[i], expected[i].get<double>(), 1e-6);
}

/// Runs 50 steps with PyTorch's gradients.
void check(const nlohmann::json &expected, Pair &model,
           optim::Optimizer &&optimizer) {
  auto update = compile(
      [&](const Tensor &first, const Tensor &second) {
        Pair gradients;
        gradients.first = first, gradients.second = second;
        optimizer.update(model, gradients);
      },
      {.state = {model, optimizer}});
  for (uint32_t step = 0; step < 50; ++step) {
    update(values(100 + 2 * step), values(101 + 2 * step));
    std::string number = std::to_string(step + 1);
    if (!expected["parameters"].contains(number))
      continue;
    SCOPED_TRACE("step " + number);
    expectNear(model.first, expected["parameters"][number][0]);
    expectNear(model.second, expected["parameters"][number][1]);
  }
  EXPECT_EQ(update.traceCount(), 1);
}

TEST(Golden, OptimizersStepAsPyTorchs) {
  auto run = [](const char *name, auto make) {
    SCOPED_TRACE(name);
    Pair model;
    check(golden()["optimizers"][name], model, make(model));
  };
  run("sgd",
      [](Pair &m) { return optim::SGD(m, {.lr = 0.1, .weightDecay = 0.01}); });
  run("momentum",
      [](Pair &m) { return optim::SGD(m, {.lr = 0.02, .momentum = 0.9}); });
  run("nesterov", [](Pair &m) {
    return optim::SGD(
        m,
        {.lr = 0.02, .momentum = 0.9, .weightDecay = 0.001, .nesterov = true});
  });
  run("adagrad", [](Pair &m) {
    return optim::AdaGrad(m, {.lr = 0.05, .weightDecay = 0.001});
  });
  run("rmsprop",
      [](Pair &m) { return optim::RMSProp(m, {.lr = 0.01, .decay = 0.9}); });
  run("rmsprop_momentum", [](Pair &m) {
    return optim::RMSProp(m, {.lr = 0.002, .momentum = 0.5});
  });
  run("adam", [](Pair &m) {
    return optim::Adam(m, {.lr = 0.01, .weightDecay = 0.01});
  });
  run("adamw", [](Pair &m) {
    return optim::AdamW(m, {.lr = 0.01, .weightDecay = 0.1});
  });
}

TEST(Golden, GroupsHaveTheirOwnSettings) {
  Pair model;
  check(golden()["groups"], model,
        optim::AdamW(model, {.lr = 0.01, .weightDecay = 0.1},
                     {{.takes = optim::named("second"),
                       .lrFactor = 0.2,
                       .weightDecay = 0}}));
}

TEST(Golden, ClipsAsPyTorchDoes) {
  Pair gradients;
  gradients.first = values(100), gradients.second = values(101);
  Pair other = gradients;
  optim::clipByGlobalNorm(gradients, 0.5);
  EXPECT_NEAR(optim::globalNorm(gradients).item(), 0.5, 1e-6);
  expectNear(gradients.first, golden()["clips"]["clip_by_global_norm"][0]);
  expectNear(gradients.second, golden()["clips"]["clip_by_global_norm"][1]);
  optim::clipByValue(other, 0.2);
  expectNear(other.first, golden()["clips"]["clip_by_value"][0]);
  expectNear(other.second, golden()["clips"]["clip_by_value"][1]);
  EXPECT_EQ(errorOf([&] { optim::clipByValue(other, 0); }),
            "[clipByValue] the limit must be finite and positive, got "
            "0.000000");
}

TEST(Golden, SchedulesAreAsPyTorchs) {
  auto run = [](const char *name, const optim::Schedule &schedule) {
    int64_t step = 0;
    for (double rate : golden()["schedules"][name])
      EXPECT_NEAR(schedule(step++), rate, 1e-12) << name << " " << step;
    EXPECT_GT(step, 25);
  };
  run("stepwise", optim::stepwise(0.1, 0.5, 7));
  run("milestones", optim::milestones(0.1, 0.1, {5, 20}));
  run("exponential", optim::exponential(0.1, 0.9));
  run("polynomial", optim::polynomial(0.1, 2, 20));
  run("cosine", optim::cosine(0.1, 0.001, 25));
  run("warmup", optim::warmup(8, 0.025, optim::constant(0.1)));
  EXPECT_EQ(optim::inverseRoot(0.1, 4)(3), 0.1);
  EXPECT_EQ(optim::inverseRoot(0.1, 4)(15), 0.05);
  EXPECT_EQ(errorOf([] { optim::cosine(1, 0, 0); }),
            "[cosine] expected at least 1 step, got 0");
}

TEST(Optimizer, AFrozenGroupStandsStill) {
  Pair model, gradients;
  std::vector<float> before = model.second.toVector<float>();
  optim::Adam optimizer(model, {},
                        {{.takes = optim::named("second"), .lrFactor = 0}});
  optimizer.update(model, gradients);
  EXPECT_EQ(model.second.toVector<float>(), before);
  EXPECT_NE(model.first.toVector<float>(), values(1).toVector<float>());
}

TEST(Optimizer, RejectsBadSettings) {
  Pair model;
  EXPECT_EQ(errorOf([&] { optim::Adam(model, {.beta2 = 1}); }),
            "[Adam] beta2 must lie in [0, 1), got 1");
  EXPECT_EQ(errorOf([&] { optim::RMSProp(model, {.lr = -1}); }),
            "[RMSProp] lr must be finite and not negative, got -1");
  EXPECT_EQ(errorOf([&] { optim::SGD(model, {.nesterov = true}); }),
            "[SGD] Nesterov's momentum needs a momentum");
  EXPECT_EQ(errorOf([&] { optim::AdaGrad(model, {}, {{}}); }),
            "[AdaGrad] a group must say which names it takes");
}

TEST(Metrics, ConfusionPrecisionRecall) {
  Tensor labels = tensor({0, 0, 1, 1, 1}), predicted = tensor({0, 1, 1, 1, 0});
  Tensor confusion = metrics::confusionMatrix(predicted, labels, 3);
  EXPECT_EQ(confusion.toVector<float>(),
            (std::vector<float>{1, 1, 0, 1, 2, 0, 0, 0, 0}));
  EXPECT_EQ(metrics::precision(confusion).toVector<float>(),
            (std::vector<float>{0.5f, 2 / 3.0f, 0}));
  EXPECT_EQ(metrics::recall(confusion).toVector<float>(),
            (std::vector<float>{0.5f, 2 / 3.0f, 0}));
  metrics::Average average;
  average.add(1, 3), average.add(5);
  EXPECT_EQ(average.value(), 2);
  EXPECT_NEAR(metrics::perplexity(std::log(7.0)), 7, 1e-12);
}

TEST(Accuracy, CountsTheLargestLogit) {
  Tensor logits = tensor<float>({{1, 3, 2}, {5, 4, 0}, {0, 0, 1}});
  for (DType type : {DType::i32, DType::i64, DType::u8}) {
    Tensor labels = tensor({1, 1, 2}).astype(type);
    EXPECT_NEAR(metrics::accuracy(logits, labels).item(), 2.0 / 3, 1e-7);
  }
}

} // namespace
