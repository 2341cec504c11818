// Layers and losses: the values are in test/Execution/golden-*.mlir; here are
// signatures, defaults and errors.

#include "Support.h"

#include <cmath>

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;
using I = std::vector<int>;

TEST(Layers, Convolutions) {
  Tensor x = reshape(arange(16, DType::f32), {1, 1, 4, 4});
  Tensor w = ones({1, 1, 2, 2});
  EXPECT_EQ(floats(conv2d(x, w, {.stride = 2})), (F{10, 18, 42, 50}));
  EXPECT_EQ(conv2d(x, w, {.padding = Padding::same()}).shape(),
            (Shape{1, 1, 4, 4}));
  EXPECT_EQ(conv2d(x, w, {.padding = {1, 0}}).shape(), (Shape{1, 1, 5, 3}));
  EXPECT_EQ(floats(conv1d(ones({1, 1, 3}), ones({1, 1, 2}), {.dilation = 2})),
            (F{2}));
  EXPECT_EQ(conv3d(ones({1, 2, 3, 3, 3}), ones({4, 1, 2, 2, 2}), {.groups = 2})
                .shape(),
            (Shape{1, 4, 2, 2, 2}));
  EXPECT_EQ(floats(convTranspose1d(ones({1, 1, 2}), ones({1, 1, 2}),
                                   {.stride = 2, .outputPadding = 1})),
            (F{1, 1, 1, 1, 0}));
  EXPECT_ERROR(conv2d(x, ones({1, 2, 2, 2})),
               "[conv2d] images with 1 channels in 1 groups need filters with");
  EXPECT_ERROR(conv2d(ones({4, 4}), w), "[conv2d] needs images of rank 4");
  EXPECT_ERROR(conv2d(x, w, {.stride = 0}), "[conv2d] strides 0 is out of");
  EXPECT_ERROR(conv2d(x, w, {.stride = {1, 1, 1}}),
               "[conv2d] stride needs 1 or 2 numbers, got 3");
  EXPECT_ERROR(
      convTranspose1d(ones({1, 1, 2}), ones({1, 1, 2}), {.outputPadding = 1}),
      "[conv_transpose1d] output padding 1 is not below");
}

TEST(Layers, Pools) {
  Tensor x = reshape(arange(16, DType::f32), {1, 1, 4, 4});
  EXPECT_EQ(floats(maxPool2d(x, 2)), (F{5, 7, 13, 15}));
  EXPECT_EQ(floats(avgPool2d(x, 2)), (F{2.5, 4.5, 10.5, 12.5}));
  EXPECT_EQ(floats(avgPool2d(ones({1, 1, 2, 2}), 2, {.padding = 1})), F(4, 1));
  EXPECT_EQ(floats(avgPool2d(ones({1, 1, 2, 2}), 2,
                             {.padding = 1, .countPadding = true})),
            F(4, 0.25));
  EXPECT_EQ(floats(globalAvgPool(x)), (F{7.5}));
  EXPECT_EQ(floats(reduceWindow(WindowKind::add, arange(4, DType::f32),
                                {.window = {2}, .strides = {2}})),
            (F{1, 5}));
  EXPECT_EQ(floats(selectAndScatter(arange(4, DType::f32), ones({2}),
                                    {.window = {2}, .strides = {2}})),
            (F{0, 1, 0, 1}));
  EXPECT_ERROR(maxPool1d(x, 2), "[max_pool1d] needs images of rank 3");
  EXPECT_ERROR(maxPool2d(x, 0), "[max_pool2d] window 0 is out of range");
}

TEST(Layers, Norms) {
  Tensor x = tensor<float>({{1, 3}, {2, 6}});
  Tensor one = ones({2}), zero = zeros({2});
  EXPECT_EQ(floats(layerNorm(x, one, zero, 0)), (F{-1, 1, -1, 1}));
  BatchNormed b = batchNormTraining(x, one, zero, -1, 0);
  EXPECT_EQ(floats(b.mean), (F{1.5, 4.5}));
  EXPECT_EQ(floats(b.variance), (F{0.25, 2.25}));
  EXPECT_EQ(floats(b.result), (F{-1, -1, 1, 1}));
  EXPECT_EQ(floats(batchNormInference(x, one, zero, zero, one, 1, 0)),
            (F{1, 3, 2, 6}));
  EXPECT_NEAR(floats(rmsNorm(x, one, 0))[0], 1 / std::sqrt(5.0), 1e-6);
  Tensor images = reshape(x, {1, 2, 2});
  EXPECT_EQ(floats(instanceNorm(images, one, zero, 0)), (F{-1, 1, -1, 1}));
  EXPECT_EQ(groupNorm(images, one, zero, 1).shape(), (Shape{1, 2, 2}));
  EXPECT_ERROR(layerNorm(x, ones({3}), zeros({3})),
               "[layer_norm] scale and bias [3] are not the trailing");
  EXPECT_ERROR(layerNorm(x, one, zeros({3})), "[layer_norm] shapes differ");
  EXPECT_ERROR(groupNorm(images, one, zero, 3),
               "[group_norm] 3 groups do not divide 2 channels");
}

TEST(Losses, Reductions) {
  Tensor x = tensor({1.0f, 3.0f}), t = zeros({2});
  EXPECT_EQ(floats(mse(x, t)), (F{1, 9}));
  EXPECT_EQ(mse(x, t, Reduction::mean).item(), 5);
  EXPECT_EQ(mse(x, t, Reduction::sum).item(), 10);
  EXPECT_EQ(floats(l1(x, scalar(2))), (F{1, 1}));
  EXPECT_EQ(floats(huber(x, t, 2)), (F{0.5, 4}));
  EXPECT_EQ(floats(klDiv(x, t)), (F{0, 0}));
  EXPECT_NEAR(sigmoidBinaryCrossEntropy(zeros({1}), ones({1})).item(),
              std::log(2), 1e-6);
  EXPECT_EQ(floats(nll(tensor<float>({{-1, -2}}), tensor({1}))), (F{2}));
  EXPECT_ERROR(huber(x, t, 0), "[huber] needs a positive delta");
  EXPECT_ERROR(mse(x, zeros({3})), "[mse] shapes [2] and [3] do not broadcast");
}

TEST(Losses, CrossEntropy) {
  Tensor x = zeros({2, 4});
  float one = std::log(4.0f);
  EXPECT_EQ(softmaxCrossEntropy(x, tensor({1, 3})).shape(), (Shape{2}));
  auto ignoring = softmaxCrossEntropy(
      x, tensor({1, -1}), {.ignoreIndex = -1, .reduction = Reduction::mean});
  EXPECT_NEAR(ignoring.item(), one, 1e-6);
  EXPECT_NEAR(
      softmaxCrossEntropy(x, full({2, 4}, 0.25), {.reduction = Reduction::sum})
          .item(),
      2 * one, 1e-5);
  EXPECT_ERROR(softmaxCrossEntropy(x, tensor({1, 2}), {.smoothing = 2}),
               "[softmax_cross_entropy] needs a smoothing in [0, 1]");
  EXPECT_ERROR(softmaxCrossEntropy(x, x, {.ignoreIndex = 1}),
               "[softmax_cross_entropy] probabilities have no ignoreIndex");
}

TEST(Layers, Cells) {
  Tensor x = ones({2, 3}), h = zeros({2, 4});
  EXPECT_EQ(rnnCell(x, h, ones({4, 3}), ones({4, 4}), zeros({4})).shape(),
            (Shape{2, 4}));
  EXPECT_EQ(gruCell(x, h, ones({12, 3}), ones({12, 4}), zeros({12}), zeros({4}))
                .shape(),
            (Shape{2, 4}));
  LstmState next =
      lstmCell(x, {h, h}, zeros({16, 3}), zeros({16, 4}), zeros({16}));
  EXPECT_EQ(floats(next.cell), F(8, 0));
  EXPECT_ERROR(rnnCell(x, h, ones({4, 4}), ones({4, 4}), zeros({4})),
               "[rnn_cell] input [2, 3] and state [2, 4] need weights");
  EXPECT_ERROR(lstmCell(x, {h, zeros({2, 3})}, zeros({16, 3}), zeros({16, 4}),
                        zeros({16})),
               "[lstm_cell] the cell needs shape [2, 4]");
}

TEST(Layers, Attention) {
  Tensor q = zeros({1, 2, 3}), v = tensor<float>({{1}, {3}});
  v = reshape(v, {1, 2, 1});
  EXPECT_EQ(floats(scaledDotProductAttention(q, q, v)), (F{2, 2}));
  EXPECT_EQ(floats(scaledDotProductAttention(q, q, v, {.causal = true})),
            (F{1, 2}));
  Tensor mask = tensor({false, true});
  EXPECT_EQ(floats(scaledDotProductAttention(q, q, v, {.mask = mask})),
            (F{3, 3}));
  Attended a = additiveAttention(q, q, v, ones({3}));
  EXPECT_EQ(floats(a.weights), F(4, 0.5));
  EXPECT_ERROR(scaledDotProductAttention(q, zeros({1, 2, 4}), v),
               "[scaled_dot_product_attention] inner sizes differ: 3 vs 4");
  EXPECT_ERROR(scaledDotProductAttention(q, q, v, {.mask = ones({2})}),
               "[scaled_dot_product_attention] needs booleans");
}

TEST(Layers, Activations) {
  Tensor x = tensor({-2.0f, 3.0f});
  EXPECT_EQ(floats(leakyRelu(x, 0.5)), (F{-1, 3}));
  EXPECT_EQ(floats(prelu(x, scalar(0.25))), (F{-0.5, 3}));
  EXPECT_EQ(floats(hardSigmoid(x * 3)), (F{0, 1}));
  EXPECT_NEAR(gelu(x, true)[1].item(), 2.9964, 1e-4);
  EXPECT_ERROR(prelu(scalar(1), x), "[prelu] slopes of shape [2] do not fit");
}

TEST(Layers, Quantisation) {
  Tensor x = tensor({0.4f, -100.0f, 1.0f});
  Tensor q = uniformQuantize(x, 0.5, 1);
  EXPECT_EQ(values<int8_t>(q), (std::vector<int8_t>{2, -128, 3}));
  EXPECT_EQ(floats(uniformDequantize(q, 0.5, 1)), (F{0.5, -64.5, 1}));
  EXPECT_EQ(floats(fakeQuant(x, scalar(0.5), scalar(0.0), -4, 4)),
            (F{0.5, -2, 1}));
  EXPECT_EQ(values<bool>(magnitudeMask(x, 1)),
            (std::vector<bool>{false, true, true}));
  EXPECT_ERROR(uniformQuantize(x, 0), "[uniform_quantize] needs a positive");
  EXPECT_ERROR(uniformQuantize(x, 1, 200), "the zero point 200 is no i8");
  EXPECT_ERROR(uniformQuantize(x, 1, 0, DType::i32),
               "[uniform_quantize] quantises to i8 or u8, not i32");
  EXPECT_ERROR(magnitudeMask(x, 4), "[magnitude_mask] cannot drop 4 elements");
}

TEST(Draws, Rest) {
  Generator rng(3);
  I order = values<int>(sort(permutation(rng, 100)));
  EXPECT_EQ(order, values<int>(arange(100)));
  Tensor certain = tensor<float>({{0, 100, 0}, {100, 0, 0}});
  EXPECT_EQ(values<int>(categorical(rng, certain, {2})), (I{1, 0, 1, 0}));
  EXPECT_EQ(randomBits(rng, {5}).dtype(), DType::u32);
  EXPECT_EQ(rng.state.toVector<int64_t>()[1], 25 + 3 + 2);
  EXPECT_ERROR(categorical(rng, zeros({2, 0})),
               "[categorical] needs at least one class");
}

} // namespace
