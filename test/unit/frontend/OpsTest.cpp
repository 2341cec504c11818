// What the functions of the frontend compute.

#include "Support.h"

#include <cmath>

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;
using I = std::vector<int>;
using B = std::vector<bool>;

Tensor matrix() { return tensor<float>({{1, 2, 3}, {4, 5, 6}}); }

I ints(const Tensor &x) { return values<int>(x); }
B booleans(const Tensor &x) { return values<bool>(x); }

TEST(Ops, Creation) {
  EXPECT_EQ(floats(eye(2)), (F{1, 0, 0, 1}));
  EXPECT_EQ(ints(arange(3)), (I{0, 1, 2}));
  EXPECT_EQ(ints(iota({2, 2}, 1)), (I{0, 1, 0, 1}));
  EXPECT_EQ(floats(zerosLike(matrix())), F(6, 0));
  EXPECT_EQ(onesLike(arange(2)).dtype(), DType::i32);
  EXPECT_EQ(booleans(tensor({true, false})), (B{true, false}));
}

TEST(Ops, Arithmetic) {
  Tensor x = tensor({6.0f, -4.0f}), y = tensor({2.0f, 8.0f});
  EXPECT_EQ(floats(x + y), (F{8, 4}));
  EXPECT_EQ(floats(x - y), (F{4, -12}));
  EXPECT_EQ(floats(x * y), (F{12, -32}));
  EXPECT_EQ(floats(x / y), (F{3, -0.5}));
  EXPECT_EQ(floats(-x), (F{-6, 4}));
  EXPECT_EQ(floats(1 - x), (F{-5, 5}));
  EXPECT_EQ(floats(abs(x)), (F{6, 4}));
  EXPECT_EQ(floats(maximum(x, 0)), (F{6, 0}));
  EXPECT_EQ(floats(minimum(x, y)), (F{2, -4}));
  EXPECT_EQ(floats(square(x)), (F{36, 16}));
  EXPECT_EQ(ints(tensor({7, -7}) / 2), (I{3, -3}));
}

TEST(Ops, ComparisonAndChoice) {
  Tensor x = tensor({1.0f, 2.0f, 3.0f});
  EXPECT_EQ(booleans(x < 2), (B{true, false, false}));
  EXPECT_EQ(booleans(2 <= x), (B{false, true, true}));
  EXPECT_EQ(booleans((x == 2) | (x > 2)), (B{false, true, true}));
  EXPECT_EQ(booleans((x != 2) & (x >= 2)), (B{false, false, true}));
  EXPECT_EQ(booleans(!(x > 2)), (B{true, true, false}));
  EXPECT_EQ(floats(where(x > 1, x, -1)), (F{-1, 2, 3}));
}

TEST(Ops, Functions) {
  Tensor x = tensor({0.0f, 1.0f});
  auto near = [](const Tensor &x, F expected) {
    F got = floats(x);
    ASSERT_EQ(got.size(), expected.size());
    for (size_t i = 0; i < got.size(); ++i)
      EXPECT_NEAR(got[i], expected[i], 1e-6);
  };
  near(exp(x), {1, std::exp(1.0f)});
  near(log(x + 1), {0, std::log(2.0f)});
  near(sqrt(x + 3), {std::sqrt(3.0f), 2});
  near(tanh(x), {0, std::tanh(1.0f)});
  near(sigmoid(x), {0.5f, 1 / (1 + std::exp(-1.0f))});
  near(relu(x - 0.5), {0, 0.5f});
  near(softmax(x), {1 / (1 + std::exp(1.0f)), 1 / (1 + std::exp(-1.0f))});
  near(logSoftmax(x),
       {-std::log(1 + std::exp(1.0f)), -std::log(1 + std::exp(-1.0f))});
}

TEST(Ops, Reductions) {
  Tensor x = matrix();
  EXPECT_EQ(sum(x).item(), 21);
  EXPECT_EQ(floats(sum(x, 0)), (F{5, 7, 9}));
  EXPECT_EQ(floats(mean(x, -1)), (F{2, 5}));
  EXPECT_EQ(floats(max(x, 1, keepDims)), (F{3, 6}));
  EXPECT_EQ(max(x, 1, keepDims).shape(), (Shape{2, 1}));
  EXPECT_EQ(min(x, {0, 1}).item(), 1);
  EXPECT_EQ(prod(x).item(), 720);
  EXPECT_TRUE(any(x > 5).item<bool>());
  EXPECT_FALSE(all(x > 5).item<bool>());
  EXPECT_EQ(sum(x > 2).item<int>(), 4);
  EXPECT_EQ(mean(x > 2, 0).dtype(), DType::f32);
  EXPECT_EQ(norm(tensor({3.0f, 4.0f})).item(), 5);
  EXPECT_EQ(ints(argmax(x, 1)), (I{2, 2}));
  EXPECT_EQ(argmax(x, 0, keepDims).shape(), (Shape{1, 3}));
  EXPECT_EQ(sum(zeros({0, 3}), 0).shape(), Shape{3});
}

TEST(Ops, Matmul) {
  Tensor x = matrix(), y = transpose(x);
  EXPECT_EQ(floats(matmul(x, y)), (F{14, 32, 32, 77}));
  Tensor v = tensor({1.0f, 0.0f, 2.0f});
  EXPECT_EQ(floats(matmul(x, v)), (F{7, 16}));
  EXPECT_EQ(floats(matmul(v, y)), (F{7, 16}));
  EXPECT_EQ(matmul(v, v).item(), 5);
  // Batches broadcast: every pair of a batch is a product of its own.
  Tensor many = reshape(arange(24, DType::f32), {4, 2, 3});
  Tensor product = matmul(many, y),
         swapped = matmul(x, transpose(many, {0, 2, 1}));
  Tensor both = matmul(reshape(many, {2, 2, 2, 3}),
                       reshape(transpose(many, {0, 2, 1}), {2, 2, 3, 2}));
  EXPECT_EQ(both.shape(), (Shape{2, 2, 2, 2}));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(floats(product[i]), floats(matmul(many[i], y)));
    EXPECT_EQ(floats(swapped[i]), floats(matmul(x, transpose(many[i]))));
    EXPECT_EQ(floats(both[{i / 2, i % 2}]),
              floats(matmul(many[i], transpose(many[i]))));
  }
}

TEST(Ops, ShapesAndSubscripts) {
  Tensor x = matrix();
  EXPECT_EQ(floats(transpose(x)), (F{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(reshape(x, {3, -1}).shape(), (Shape{3, 2}));
  EXPECT_EQ(floats(broadcastTo(tensor({1.0f, 2.0f}), {2, 2})), (F{1, 2, 1, 2}));
  EXPECT_EQ(flatten(ones({2, 3, 4}), 1).shape(), (Shape{2, 12}));
  EXPECT_EQ(expandDims(x, -1).shape(), (Shape{2, 3, 1}));
  EXPECT_EQ(squeeze(ones({2, 1}), -1).shape(), Shape{2});
  EXPECT_EQ(floats(pad(tensor({1.0f}), {1}, {2}, 9)), (F{9, 1, 9, 9}));
  EXPECT_EQ(floats(x[1]), (F{4, 5, 6}));
  EXPECT_EQ(floats(x[{Slice(), -1}]), (F{3, 6}));
  EXPECT_EQ(floats(x[{0, Slice(0, {}, 2)}]), (F{1, 3}));
  EXPECT_EQ(x[{Slice(5, 9)}].shape(), (Shape{0, 3}));
}

TEST(Ops, Set) {
  Tensor x = zeros({5});
  x.set(Slice(0, 2), 12);
  x.set(-1, 7);
  EXPECT_EQ(floats(x), (F{12, 12, 0, 0, 7}));
  x.set(Slice(0, {}, 2), tensor({1.0f, 2.0f, 3.0f}));
  EXPECT_EQ(floats(x), (F{1, 12, 2, 0, 3}));
  Tensor m = zeros({2, 3});
  m.set({Slice(), 1}, tensor({4.0f, 5.0f}));
  m.set({0, Slice(2, {})}, 6);
  EXPECT_EQ(floats(m), (F{0, 4, 6, 0, 5, 0}));
}

TEST(Ops, Conversion) {
  Tensor x = tensor({1.7f, -2.5f, NAN, 1e20f});
  EXPECT_EQ(ints(x.astype(DType::i32)), (I{1, -2, 0, INT32_MAX}));
  EXPECT_EQ(booleans(tensor({0, 3}).astype(DType::boolean)), (B{false, true}));
  EXPECT_EQ(floats(tensor<uint8_t>({0, 255}).astype(DType::f32) / 255),
            (F{0, 1}));
}

TEST(Ops, Classification) {
  Tensor logits = tensor<float>({{0, 200, -200}, {1, 1, 1}});
  F loss = floats(softmaxCrossEntropy(logits, tensor({0, 2})));
  EXPECT_FLOAT_EQ(loss[0], 200);
  EXPECT_FLOAT_EQ(loss[1], std::log(3.0f));
  EXPECT_EQ(floats(oneHot(tensor({2, 0, 5}), 3)),
            (F{0, 0, 1, 1, 0, 0, 0, 0, 0}));
}

} // namespace
