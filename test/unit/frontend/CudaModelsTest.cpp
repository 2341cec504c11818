// The lessons' models, small: the loss and its gradients on a GPU are those on
// the CPU. So every kernel that these lessons need runs on ptx-sim.

#include "Support.h"

#include <cmath>
#include <functional>

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;
using Loss = std::function<Tensor(nn::Module &, const Tensor &)>;

/// The loss and the gradients, by a compiled step on `device`.
std::vector<F> slopes(const CompileConfig &config, nn::Module &model,
                      const Loss &loss, const Tensor &x) {
  CompileConfig withState = config;
  withState.state = {model};
  auto step = compile(
      [&](const Tensor &x) {
        auto of = [&](nn::Module &model) { return loss(model, x); };
        auto [value, gradients] = valueAndGrad(of)(model);
        std::vector<Tensor> results = {value};
        for (const Leaf &leaf : leaves(gradients))
          results.push_back(*leaf.tensor);
        return results;
      },
      withState);
  std::vector<F> values;
  for (const Tensor &result : step(x))
    values.push_back(floats(result.astype(DType::f32)));
  return values;
}

/// Elements may differ by `tolerance` of their tensor's largest, or of the
/// loss where all of a gradient is rounding.
template <typename Make>
void expectAgreement(Make make, const Loss &loss, const Tensor &x,
                     double tolerance = 1e-4, CompileConfig config = {}) {
  Generator one(1), two(1);
  auto here = make(one), there = make(two);
  std::vector<F> expected = slopes(config, here, loss, x);
  config.device = "cuda:0";
  std::vector<F> got = slopes(config, there, loss, x);
  ASSERT_EQ(got.size(), expected.size());
  ASSERT_GT(expected.size(), 2u);
  for (size_t i = 0; i < got.size(); ++i) {
    double largest = 1e-3 * std::fabs(expected[0][0]);
    for (float value : expected[i])
      largest = std::max(largest, std::fabs(double(value)));
    for (size_t k = 0; k < got[i].size(); ++k)
      ASSERT_NEAR(got[i][k], expected[i][k], tolerance * largest)
          << "result " << i << ", element " << k;
  }
}

Tensor meanSquare(nn::Module &model, const Tensor &x) {
  return mean(square(model(x)));
}

Tensor drawn(std::vector<int64_t> shape) {
  Generator rng(5);
  return normal(rng, Shape(shape.begin(), shape.end()));
}

TEST(CudaModels, LeNet) {
  auto make = [](Generator &rng) {
    return nn::Sequential(nn::Conv2d(1, 6, 5, rng, {.padding = 2}), nn::ReLU(),
                          nn::MaxPool2d(2), nn::Conv2d(6, 8, 3, rng),
                          nn::ReLU(), nn::AvgPool2d(2), nn::Flatten(),
                          nn::Linear(32, 10, rng));
  };
  expectAgreement(make, meanSquare, drawn({3, 1, 12, 12}));
}

TEST(CudaModels, ResidualWithBatchNorm) {
  auto make = [](Generator &rng) {
    return nn::Sequential(
        nn::Conv2d(3, 8, 3, rng, {.padding = 1, .bias = false}),
        nn::BatchNorm(8), nn::ReLU(),
        nn::Conv2d(8, 16, 3, rng, {.stride = 2, .padding = 1, .bias = false}),
        nn::BatchNorm(16), nn::ReLU(), nn::GlobalAvgPool(),
        nn::Linear(16, 10, rng));
  };
  expectAgreement(make, meanSquare, drawn({4, 3, 8, 8}), 1e-3);
}

TEST(CudaModels, TransposedConvolution) {
  auto make = [](Generator &rng) {
    return nn::Sequential(
        nn::Conv2d(3, 8, 3, rng, {.stride = 2, .padding = 1}),
        nn::InstanceNorm(8), nn::ReLU(),
        nn::ConvTranspose2d(8, 4, 4, rng, {.stride = 2, .padding = 1}),
        nn::Tanh());
  };
  expectAgreement(make, meanSquare, drawn({2, 3, 8, 8}), 1e-3);
}

TEST(CudaModels, Recurrent) {
  auto lstm = [](Generator &rng) { return nn::LSTM(6, 16, rng); };
  expectAgreement(lstm, meanSquare, drawn({4, 5, 6}));
  auto gru = [](Generator &rng) { return nn::GRU(6, 16, rng); };
  expectAgreement(gru, meanSquare, drawn({4, 5, 6}));
}

// Long enough for attention in one kernel, forward and backward.
TEST(CudaModels, Transformer) {
  auto make = [](Generator &rng) {
    return nn::TransformerBlock(16, 2, rng, {.causal = true});
  };
  expectAgreement(make, meanSquare, drawn({2, 17, 16}), 1e-3);
}

TEST(CudaModels, EmbeddingAndLabels) {
  auto make = [](Generator &rng) {
    return nn::Sequential(nn::Embedding(11, 16, rng), nn::Linear(16, 11, rng));
  };
  auto loss = [](nn::Module &model, const Tensor &codes) {
    Tensor logits = reshape(model(codes), {-1, 11});
    return mean(softmaxCrossEntropy(logits, reshape(codes, {-1})));
  };
  expectAgreement(make, loss, tensor<int32_t>({1, 3, 5, 7, 9, 10, 3, 3, 0, 2}));
}

/// Wide enough for tensor cores.
auto twoLayers = [](Generator &rng) {
  return nn::Sequential(nn::Linear(40, 64, rng), nn::ReLU(),
                        nn::Linear(64, 24, rng));
};

TEST(CudaModels, HalvesAccumulateInF32) {
  auto loss = [](nn::Module &model, const Tensor &x) {
    Autocast scope(DType::bf16);
    return meanSquare(model, x);
  };
  expectAgreement(twoLayers, loss, drawn({32, 40}), 2e-2);
}

TEST(CudaModels, Tf32IsForGpusAlone) {
  Tensor x = drawn({32, 40});
  Generator one(1), two(1), three(1);
  auto exact = twoLayers(one), here = twoLayers(two), there = twoLayers(three);
  std::vector<F> expected = slopes({}, exact, meanSquare, x);
  EXPECT_EQ(slopes({.precision = Precision::tf32}, here, meanSquare, x),
            expected);
  std::vector<F> rounded = slopes(
      {.device = "cuda:0", .precision = Precision::tf32}, there, meanSquare, x);
  EXPECT_NEAR(rounded[0][0], expected[0][0], 1e-2 * expected[0][0]);
  // Ten bits of fraction are not all that f32 has.
  EXPECT_GT(std::fabs(rounded[0][0] - expected[0][0]), 1e-7);
}

} // namespace
