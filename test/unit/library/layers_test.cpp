// Layers of images and sequences: names, shapes, modes, and what each computes.

#include "Support.h"

#include <dlc/dlc.h>

#include <cmath>

using namespace dlc;
using test::errorOf;

namespace {

std::vector<std::string> names(TreeRef tree) {
  std::vector<std::string> result;
  for (const Leaf &leaf : parameters(tree))
    result.push_back(leaf.name);
  return result;
}

TEST(Conv2d, SlidesItsFilters) {
  Generator rng;
  nn::Conv2d conv(1, 2, 2, rng);
  EXPECT_EQ(names(conv), (std::vector<std::string>{"weight", "bias"}));
  EXPECT_EQ(conv.weight.shape(), (Shape{2, 1, 2, 2}));
  conv.weight = reshape(tensor<float>({1, 0, 0, 1, 0, 1, 1, 0}), {2, 1, 2, 2});
  conv.bias = tensor({0.0f, 10.0f});
  Tensor x = reshape(arange(9).astype(DType::f32), {1, 1, 3, 3});
  EXPECT_EQ(conv(x).toVector<float>(),
            (std::vector<float>{4, 6, 10, 12, 14, 16, 20, 22}));
  nn::Conv2d half(4, 8, 3, rng, {.stride = 2, .padding = 1, .groups = 2});
  EXPECT_EQ(half(zeros({5, 4, 8, 6})).shape(), (Shape{5, 8, 4, 3}));
  EXPECT_EQ(errorOf([&] { nn::Conv2d(3, 4, 3, rng, {.groups = 2}); }),
            "[Conv2d] 3 and 4 channels do not make 2 groups");
}

TEST(Conv2d, TransposedDoublesAnImage) {
  Generator rng;
  nn::ConvTranspose2d twice(3, 2, 4, rng, {.stride = 2, .padding = 1});
  EXPECT_EQ(twice(zeros({5, 3, 7, 6})).shape(), (Shape{5, 2, 14, 12}));
}

TEST(Pools, TakeTheLargestAndTheMean) {
  Tensor x = reshape(arange(16).astype(DType::f32), {1, 1, 4, 4});
  EXPECT_EQ(nn::MaxPool2d(2)(x).toVector<float>(),
            (std::vector<float>{5, 7, 13, 15}));
  EXPECT_EQ(nn::AvgPool2d(2)(x).toVector<float>(),
            (std::vector<float>{2.5, 4.5, 10.5, 12.5}));
  EXPECT_EQ(nn::GlobalAvgPool()(x).toVector<float>(),
            (std::vector<float>{7.5}));
}

TEST(BatchNorm, GathersStatisticsInTraining) {
  nn::BatchNorm norm(2, {.epsilon = 0, .momentum = 0.5});
  Tensor x = tensor<float>({{1, 10}, {3, 30}});
  EXPECT_EQ(norm(x).toVector<float>(), (std::vector<float>{-1, -1, 1, 1}));
  // Half of 0 and the mean, half of 1 and the unbiased variance.
  EXPECT_EQ(norm.runningMean.toVector<float>(), (std::vector<float>{1, 10}));
  EXPECT_EQ(norm.runningVariance.toVector<float>(),
            (std::vector<float>{1.5, 100.5}));
  EXPECT_EQ(names(norm), (std::vector<std::string>{"scale", "bias"}));
  norm.eval();
  std::vector<float> alone = norm(x[Slice(0, 1)]).toVector<float>();
  EXPECT_NEAR(alone[0], 0, 1e-6);
  EXPECT_EQ(norm.runningMean.toVector<float>(), (std::vector<float>{1, 10}));
}

TEST(Norms, NormaliseEachSample) {
  Tensor x = tensor<float>({{1, 3}, {10, 30}});
  std::vector<float> rows = nn::LayerNorm({2}, 0)(x).toVector<float>();
  EXPECT_EQ(rows, (std::vector<float>{-1, 1, -1, 1}));
  Tensor image = reshape(x, {1, 2, 1, 2});
  EXPECT_EQ(nn::InstanceNorm(2, 0)(image).toVector<float>(), rows);
}

TEST(Embedding, LooksUp) {
  Generator rng;
  nn::Embedding words(5, 2, rng);
  Tensor some = words(tensor({3, 3}));
  EXPECT_EQ(some.shape(), (Shape{2, 2}));
  EXPECT_EQ(some[0].toVector<float>(), words.table[3].toVector<float>());
}

template <typename Net> void checkRuns() {
  Generator rng(3);
  Net net(2, 4, rng);
  Tensor x = normal(rng, {3, 5, 2});
  Tensor all = net(x);
  EXPECT_EQ(all.shape(), (Shape{3, 5, 4}));
  // Step by step it computes the same.
  nn::Recurrent::State state = net.initial(3);
  for (int64_t i = 0; i < 5; ++i) {
    state = net.step(x[{Slice(), i}], state);
    Tensor part = all[{Slice(), i}];
    EXPECT_LT(max(abs(state[0] - part)).item(), 1e-5);
  }
  auto [rest, last] = net.run(x, net.initial(3));
  EXPECT_LT(max(abs(last[0] - state[0])).item(), 1e-5);
}

TEST(Recurrent, RunsAsItSteps) {
  checkRuns<nn::RNN>();
  checkRuns<nn::GRU>();
  checkRuns<nn::LSTM>();
}

TEST(Attention, CausalQueriesSeeThePastOnly) {
  Generator rng(3);
  nn::MultiHeadAttention attention(8, 2, rng, true);
  EXPECT_EQ(names(attention).size(), 8u);
  Tensor x = normal(rng, {1, 4, 8});
  Tensor before = attention(x);
  EXPECT_EQ(before.shape(), (Shape{1, 4, 8}));
  x.set({0, 3}, 1); // the last one changes: the others see nothing of it
  Tensor after = attention(x);
  Tensor past = before[{0, Slice(0, 3)}];
  EXPECT_EQ(past.toVector<float>(),
            Tensor(after[{0, Slice(0, 3)}]).toVector<float>());
  EXPECT_EQ(errorOf([&] { nn::MultiHeadAttention(8, 3, rng); }),
            "[MultiHeadAttention] 3 heads do not divide 8 features");
}

TEST(Attention, WeightsAreThoseItUses) {
  Generator rng(3);
  nn::MultiHeadAttention attention(8, 2, rng);
  Tensor queries = normal(rng, {2, 3, 8}), memory = normal(rng, {2, 5, 8});
  Tensor mask = tensor<bool>({true, true, true, false, false, //
                              true, true, true, true, true});
  mask = reshape(mask, {2, 5});
  Tensor weights = attention.weights(queries, memory, mask);
  EXPECT_EQ(weights.shape(), (Shape{2, 2, 3, 5}));
  Tensor hidden = weights[{0, 0, 0, Slice(3, 5)}];
  EXPECT_EQ(max(hidden).item(), 0);
  Tensor values = attention.value(memory);
  values = transpose(reshape(values, {2, 5, 2, 4}), {0, 2, 1, 3});
  Tensor seen = transpose(matmul(weights, values), {0, 2, 1, 3});
  Tensor expected = attention.output(reshape(seen, {2, 3, 8}));
  Tensor actual = attention.attend(queries, memory, mask);
  EXPECT_LT(max(abs(actual - expected)).item(), 1e-5);
}

} // namespace
