// A whole MLP: what its training may not depend on, and what it must notice.

#include "cpu/ThreadPool.h"

#include <dlc/dlc.h>

#include <gtest/gtest.h>

#include <algorithm>

using namespace dlc;

namespace {

// No size is a multiple of a vector or of a tile.
constexpr int64_t batch = 257, inputs = 783, hidden = 255, classes = 10;

std::vector<float> pattern(int64_t count, int64_t step) {
  std::vector<float> values(count);
  for (int64_t i = 0; i < count; ++i)
    values[i] = float(i * step % 251) / 251;
  return values;
}

std::vector<int32_t> labels() {
  std::vector<int32_t> values(batch);
  for (int64_t i = 0; i < batch; ++i)
    values[i] = int32_t(i * 7 % classes);
  return values;
}

/// A model with dropout, its optimiser and its compiled step.
struct Training {
  Generator rng{5};
  nn::Sequential model{nn::Linear(inputs, hidden, rng), nn::ReLU(),
                       nn::Dropout(0.25, rng),
                       nn::Linear(hidden, classes, rng)};
  optim::SGD optimizer{model, {.lr = 0.1, .momentum = 0.9}};

  Tensor update(const Tensor &x, const Tensor &y) {
    auto [loss, gradients] = valueAndGrad([&](nn::Module &model) {
      return mean(softmaxCrossEntropy(model(x), y));
    })(model);
    optimizer.update(model, gradients);
    return loss;
  }
  auto compiled() {
    return compile(
        [this](const Tensor &x, const Tensor &y) { return update(x, y); },
        {.state = {model, optimizer, rng}});
  }
  /// All parameters, one after the other.
  std::vector<float> bits() {
    std::vector<float> all;
    for (const Leaf &leaf : parameters(model)) {
      std::vector<float> part = leaf.tensor->toVector<float>();
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }
};

std::vector<float> trainedBits(int steps) {
  Tensor x = tensor(pattern(batch * inputs, 37), {batch, inputs});
  Tensor y = tensor(labels(), {batch});
  Training training;
  auto step = training.compiled();
  for (int i = 0; i < steps; ++i)
    step(x, y);
  return training.bits();
}

TEST(Mlp, ThreadsDoNotChangeABit) {
  ASSERT_TRUE(runtime::setThreadCount(1).ok());
  std::vector<float> one = trainedBits(3);
  for (int threads : {2, 3, 16}) {
    ASSERT_TRUE(runtime::setThreadCount(threads).ok());
    // Where there are fewer CPUs, a worker may find its part taken some times.
    int64_t least = 0;
    for (int attempt = 0; least == 0 && attempt < 100; ++attempt) {
      EXPECT_EQ(one, trainedBits(3)) << threads << " threads";
      std::vector<int64_t> tiles = (*runtime::ThreadPool::get())->tilesRun();
      ASSERT_EQ(tiles.size(), size_t(threads));
      least = *std::min_element(tiles.begin(), tiles.end());
    }
    EXPECT_GT(least, 0) << "a thread of " << threads << " was idle";
  }
}

TEST(Mlp, CompiledAndEagerStepsAgree) {
  Tensor x = tensor(pattern(batch * inputs, 37), {batch, inputs});
  Tensor y = tensor(labels(), {batch});
  Training eager;
  for (int i = 0; i < 3; ++i)
    eager.update(x, y);
  std::vector<float> expected = eager.bits(), actual = trainedBits(3);
  ASSERT_EQ(actual.size(), expected.size());
  for (size_t i = 0; i < actual.size(); ++i)
    ASSERT_NEAR(actual[i], expected[i], 1e-6);
}

TEST(Mlp, ALabelOutOfRangeLeavesTheModelAlone) {
  Tensor x = tensor(pattern(batch * inputs, 37), {batch, inputs});
  std::vector<int32_t> wrong = labels();
  wrong[200] = classes;
  Training training;
  auto step = training.compiled();
  step(x, tensor(labels(), {batch}));
  std::vector<float> before = training.bits();
  try {
    step(x, tensor(wrong, {batch}));
    FAIL();
  } catch (const Error &error) {
    EXPECT_NE(std::string(error.what()).find("mlp_test.cpp"), std::string::npos)
        << error.what();
  }
  EXPECT_EQ(training.bits(), before);
}

/// The losses of a deep network's first steps.
std::vector<float> deepLosses(int64_t memoryLimit) {
  Generator rng(3);
  nn::Sequential model{
      nn::Linear(64, 64, rng), nn::Tanh(), nn::Linear(64, 64, rng), nn::Tanh(),
      nn::Linear(64, 64, rng), nn::Tanh(), nn::Linear(64, 64, rng), nn::Tanh(),
      nn::Linear(64, 64, rng), nn::Tanh(), nn::Linear(64, 64, rng), nn::Tanh()};
  optim::SGD optimizer(model, {.lr = 0.05});
  auto step = compile(
      [&](const Tensor &x) {
        auto [loss, gradients] = valueAndGrad([&](nn::Module &model) {
          return mean(square(model(x) - x));
        })(model);
        optimizer.update(model, gradients);
        return loss;
      },
      {.state = {model, optimizer}, .memoryLimit = memoryLimit});
  Tensor x = tensor(pattern(512 * 64, 7), {512, 64});
  std::vector<float> losses;
  for (int i = 0; i < 3; ++i)
    losses.push_back(step(x).item<float>());
  return losses;
}

TEST(MemoryLimit, ChangesNoBits) {
  std::string error;
  try {
    deepLosses(1);
  } catch (const Error &thrown) {
    error = thrown.what();
  }
  size_t number = error.find("take ");
  ASSERT_NE(number, std::string::npos) << error;
  EXPECT_NE(error.find("mlp_test.cpp:"), std::string::npos) << error;
  int64_t least = std::stoll(error.substr(number + 5));
  // Six activations take 786 KB, and so do their gradients.
  EXPECT_LT(least, 700'000);
  EXPECT_EQ(deepLosses(least), deepLosses(INT64_MAX));
}

} // namespace
