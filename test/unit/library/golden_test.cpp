// Trains what test/goldens/make_mlp.py trained with PyTorch: the same losses.

#include <dlc/dlc.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace dlc;

namespace {

constexpr int64_t inputs = 784, hidden = 256, classes = 10, batchSize = 256;

/// murmur3's finaliser of (stream, position); make_mlp.py's `hashed`.
uint32_t hashed(uint32_t stream, int64_t position) {
  uint32_t h = uint32_t(position) + stream * 0x9E3779B9u;
  h = (h ^ h >> 16) * 0x85EBCA6Bu;
  h = (h ^ h >> 13) * 0xC2B2AE35u;
  return h ^ h >> 16;
}

Tensor weights(uint32_t stream, const Shape &shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  std::vector<float> values(count);
  for (int64_t i = 0; i < count; ++i)
    values[i] = (float(hashed(stream, i) >> 8) - 0x1p23f) / 0x1p27f;
  return tensor(values, shape);
}

std::pair<Tensor, Tensor> batch(uint32_t step) {
  std::vector<int32_t> labels(batchSize);
  std::vector<float> images(batchSize * inputs);
  for (int64_t i = 0; i < batchSize; ++i) {
    labels[i] = int32_t(hashed(1000 + step, i) % classes);
    for (int64_t j = 0; j < inputs; ++j) {
      uint32_t picture = hashed(1, labels[i] * inputs + j) >> 24;
      uint32_t noise = hashed(2000 + step, i * inputs + j) >> 24;
      images[i * inputs + j] = float(picture + 3 * noise) / 1024;
    }
  }
  return {tensor(images, {batchSize, inputs}), tensor(labels, {batchSize})};
}

TEST(Golden, FiftyStepsAgreeWithPyTorch) {
  nlohmann::json golden =
      nlohmann::json::parse(std::ifstream(DLC_GOLDENS "/mlp.json"));
  ASSERT_EQ(golden["runs"].size(), 2u);
  for (const nlohmann::json &run : golden["runs"]) {
    Generator rng;
    nn::Linear first(inputs, hidden, rng), second(hidden, classes, rng);
    first.weight = weights(2, {inputs, hidden});
    first.bias = weights(3, {hidden});
    second.weight = weights(4, {hidden, classes});
    second.bias = weights(5, {classes});
    nn::Sequential model(std::move(first), nn::ReLU(), std::move(second));
    optim::SGD optimizer(model, {.lr = run["lr"],
                                 .momentum = run["momentum"],
                                 .weightDecay = run["weight_decay"]});
    auto step = compile(
        [&](const Tensor &x, const Tensor &y) {
          auto [loss, gradients] = valueAndGrad([&](nn::Module &model) {
            return mean(softmaxCrossEntropy(model(x), y));
          })(model);
          optimizer.update(model, gradients);
          return loss;
        },
        {.state = {model, optimizer}});

    ASSERT_EQ(run["losses"].size(), 50u);
    uint32_t number = 0;
    for (double expected : run["losses"]) {
      auto [x, y] = batch(number);
      EXPECT_NEAR(step(x, y).item(), expected, 1e-4) << "step " << number;
      ++number;
    }
  }
}

} // namespace
