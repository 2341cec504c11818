// Slicing, lookups, joins and sorting.

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

TEST(Shape, ConcatenateStackSplit) {
  Tensor x = matrix();
  EXPECT_EQ(floats(concatenate({x, x}, -1)),
            (F{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}));
  EXPECT_EQ(concatenate({x, zeros({0, 3})}).shape(), (Shape{2, 3}));
  EXPECT_EQ(stack({x, x, x}, 1).shape(), (Shape{2, 3, 3}));
  EXPECT_EQ(floats(stack({tensor({1.0f, 2.0f}), tensor({3.0f, 4.0f})}, -1)),
            (F{1, 3, 2, 4}));
  std::vector<Tensor> parts = split(x, {1, 2}, 1);
  EXPECT_EQ(floats(parts[0]), (F{1, 4}));
  EXPECT_EQ(floats(parts[1]), (F{2, 3, 5, 6}));
  EXPECT_EQ(floats(split(x, 2)[1]), (F{4, 5, 6}));
  EXPECT_ERROR(concatenate({x, zeros({3, 2})}),
               "[concatenate] shapes [2, 3] and [3, 2] differ outside");
  EXPECT_ERROR(concatenate({x, arange(3)}), "[concatenate] element types");
  EXPECT_ERROR(stack({x, zeros({2})}), "[stack] shapes differ");
  EXPECT_ERROR(split(x, 2, 1), "[split] 2 parts do not divide dimension 1");
  EXPECT_ERROR(split(x, {1, 1}, 1), "[split] sizes [1, 1] do not add up");
}

TEST(Shape, FlipRollTileTriangles) {
  Tensor x = matrix();
  EXPECT_EQ(floats(flip(x, {-1})), (F{3, 2, 1, 6, 5, 4}));
  EXPECT_EQ(floats(flip(x)), (F{6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(floats(roll(x, 1, 1)), (F{3, 1, 2, 6, 4, 5}));
  EXPECT_EQ(floats(roll(x, -4, 1)), (F{2, 3, 1, 5, 6, 4}));
  EXPECT_EQ(floats(tile(x, {1, 2})), (F{1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}));
  EXPECT_EQ(floats(tile(x, {2, 1})), (F{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(floats(tril(x)), (F{1, 0, 0, 4, 5, 0}));
  EXPECT_EQ(floats(triu(x, 1)), (F{0, 2, 3, 0, 0, 6}));
  EXPECT_EQ(moveAxis(zeros({2, 3, 4}), 0, -1).shape(), (Shape{3, 4, 2}));
  EXPECT_EQ(swapAxes(zeros({2, 3, 4}), 0, -1).shape(), (Shape{4, 3, 2}));
  EXPECT_EQ(floats(pad(tensor({1.0f, 2.0f}), {1}, {0}, {2}, 9)),
            (F{9, 1, 9, 9, 2}));
  EXPECT_ERROR(flip(x, {2}), "[flip] axis 2 is out of range for rank 2");
  EXPECT_ERROR(tril(zeros({3})), "[tril] needs matrices");
}

TEST(Shape, RangesWithSteps) {
  Tensor x = reshape(arange(12), {3, 4});
  EXPECT_EQ(ints(x[{Slice(1, 3), -1}]), (I{7, 11}));
  EXPECT_EQ(ints(x[{Slice(std::nullopt, std::nullopt, 2), Slice(1, -1)}]),
            (I{1, 2, 9, 10}));
  x.set({Slice(), Slice(0, 4, 2)}, 0);
  EXPECT_EQ(ints(x), (I{0, 1, 0, 3, 0, 5, 0, 7, 0, 9, 0, 11}));
}

TEST(Indexing, Take) {
  Tensor x = matrix();
  EXPECT_EQ(floats(x[tensor({1, 0, 1})]), (F{4, 5, 6, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(floats(take(x, tensor<int64_t>({2, 0}), 1)), (F{3, 1, 6, 4}));
  EXPECT_EQ(take(x, zeros({2, 2}, DType::i32), -1).shape(), (Shape{2, 2, 2}));
  EXPECT_EQ(floats(take(x, {-1, 0}, 1)), (F{3, 1, 6, 4}));
  EXPECT_EQ(floats(takeAlong(x, tensor<int>({{2, 0}, {1, 1}}))),
            (F{3, 1, 5, 5}));
  EXPECT_EQ(floats(takeAlong(x, tensor<int>({{1, 0, 1}}), 0)), (F{4, 2, 6}));
  EXPECT_EQ(floats(embedding(x, tensor({1}))), (F{4, 5, 6}));
  EXPECT_ERROR(take(x, {3}, 1), "[take] index 3 is outside dimension 1");
  EXPECT_ERROR(take(x, x), "[take] needs integers");
  EXPECT_ERROR(x[x > 2], "[slice] a mask selects a number of elements");
  EXPECT_ERROR(takeAlong(x, tensor<int>({{1}})), "[take_along] indices of");
}

TEST(Indexing, TensorsAmongSubscripts) {
  Tensor x = reshape(arange(24), {2, 3, 4});
  Tensor two = tensor({2, 0});
  EXPECT_EQ(ints(x[{Slice(), two}]), ints(take(x, two, 1)));
  EXPECT_EQ(ints(x[{-1, Slice(0, 2), tensor({3})}]), (I{15, 19}));
  // Side by side, one element for each pair; the first dimension stays first.
  Tensor pairs = x[{Slice(), two, tensor({1, 3})}];
  EXPECT_EQ(pairs.shape(), (Shape{2, 2}));
  EXPECT_EQ(ints(pairs), (I{9, 3, 21, 15}));
  // Apart, in front.
  EXPECT_EQ(ints(x[{tensor({0, 1}), Slice(1, 3), tensor<int64_t>({1, 3})}]),
            (I{5, 9, 19, 23}));
  EXPECT_EQ(ints(x[{1, tensor<int>({{0}, {2}}), tensor({1, 3})}]),
            (I{13, 15, 21, 23}));
  EXPECT_ERROR((x[{two, tensor({1, 2, 3})}]),
               "[slice] indices of shapes [2] and [3] do not fit each other");
  EXPECT_ERROR((x[{0, 0, 0, two}]), "[slice] 4 indices");
  EXPECT_ERROR(ints(x[{Slice(), tensor({3})}]), "is outside [0, 3)");
}

TEST(Indexing, SettingWhereTensorsPoint) {
  Tensor x = zeros({2, 3});
  x.set({Slice(), tensor({2, 0})}, tensor<float>({{1, 2}, {3, 4}}));
  EXPECT_EQ(floats(x), (F{2, 0, 1, 4, 0, 3}));
  x.set({tensor({0, 1}), tensor({1, 2})}, 9);
  EXPECT_EQ(floats(x), (F{2, 9, 1, 4, 0, 9}));
  Tensor y = zeros({3, 4});
  y.set({Slice(1, 3), tensor({3, 0})}, tensor({5.0f, 6.0f}));
  EXPECT_EQ(floats(y), (F{0, 0, 0, 0, 6, 0, 0, 5, 6, 0, 0, 5}));
  EXPECT_ERROR(y.set({Slice(), tensor({1, 2})}, zeros({3, 3})),
               "[set] a value of shape [3, 3] does not fit the part of shape "
               "[3, 2]");
  // Differentiable: the gradient is what lies at the places.
  Tensor g = grad([](const Tensor &v) {
    return sum(square(v[{Slice(), tensor({1, 1})}]));
  })(matrix());
  EXPECT_EQ(floats(g), (F{0, 8, 0, 0, 20, 0}));
}

TEST(Indexing, AnIndexOutsideIsAFaultAtTheUsersLine) {
  Tensor x = matrix();
  Tensor row = take(x, tensor({2}));
  EXPECT_THROW(row.toVector<float>(), Error);
  try {
    row.toVector<float>();
  } catch (const Error &error) {
    EXPECT_TRUE(containsInOrder(
        error.what(),
        {"IndexingTest.cpp", "[take] index at position 0 is outside [0, 2)"}));
  }
}

TEST(Indexing, Scatter) {
  Tensor x = zeros({3});
  EXPECT_EQ(
      floats(scatterAdd(x, tensor({2, 0, 2}), tensor({1.0f, 2.0f, 3.0f}))),
      (F{2, 0, 4}));
  EXPECT_EQ(floats(scatterSet(matrix(), tensor({0}), tensor({7.0f}), 1)),
            (F{7, 2, 3, 7, 5, 6}));
  EXPECT_ERROR(scatterAdd(x, tensor({0}), zeros({2})),
               "[scatter_add] updates of shape [2] do not fit");
}

TEST(Indexing, Boxes) {
  Tensor x = matrix(), one = scalar(1, DType::i32);
  EXPECT_EQ(floats(dynamicSlice(x, {one, one}, {1, 2})), (F{5, 6}));
  EXPECT_EQ(floats(dynamicUpdateSlice(x, zeros({1, 2}), {one, one})),
            (F{1, 2, 3, 4, 0, 0}));
  EXPECT_THROW(dynamicSlice(x, {one, one}, {2, 2}).toVector<float>(), Error);
  EXPECT_ERROR(dynamicSlice(x, {one}, {1, 2}),
               "[dynamic_slice] needs 2 start indices");
}

TEST(Indexing, Sorting) {
  Tensor x = tensor<float>({{3, 1, 2}, {1, 1, 0}});
  EXPECT_EQ(floats(sort(x)), (F{1, 2, 3, 0, 1, 1}));
  EXPECT_EQ(floats(sort(x, 0, true)), (F{3, 1, 2, 1, 1, 0}));
  EXPECT_EQ(ints(argsort(x)), (I{1, 2, 0, 2, 0, 1}));
  EXPECT_EQ(ints(argsort(x, -1, true)), (I{0, 2, 1, 0, 1, 2}));
  auto [best, places] = topk(x, 2);
  EXPECT_EQ(floats(best), (F{3, 2, 1, 1}));
  EXPECT_EQ(ints(places), (I{0, 2, 0, 1}));
  EXPECT_EQ(floats(topk(x, 1, 0).first), (F{3, 1, 2}));
  EXPECT_ERROR(topk(x, 4), "[top_k] k = 4 does not suit shape [2, 3]");
  EXPECT_ERROR(sort(x, 2), "[sort] axis 2 is out of range");
}

TEST(Reductions, Statistics) {
  Tensor x = matrix();
  EXPECT_EQ(floats(variance(x, 1)), (F{2.f / 3, 2.f / 3}));
  EXPECT_EQ(floats(variance(x, 1, false, 1)), (F{1, 1}));
  EXPECT_EQ(floats(stddev(x, 1, keepDims, 1)), (F{1, 1}));
  EXPECT_EQ(norm(x, {}, false, 1).item(), 21);
  EXPECT_EQ(norm(x, {}, false, INFINITY).item(), 6);
  EXPECT_EQ(ints(argmin(x, 0)), (I{0, 0, 0}));
  EXPECT_EQ(floats(cumsum(x, 1)), (F{1, 3, 6, 4, 9, 15}));
  EXPECT_EQ(floats(cumsum(x, 0, true)), (F{5, 7, 9, 4, 5, 6}));
  EXPECT_EQ(floats(cumsum(x, -1, false, true)), (F{0, 1, 3, 0, 4, 9}));
  EXPECT_NEAR(logSumExp(tensor({1000.0f, 1000.0f})).item(), 1000.6931, 1e-3);
  EXPECT_TRUE(std::isnan(mean(zeros({0, 4})).item()));
}

TEST(LinearAlgebra, Products) {
  Tensor x = matrix();
  EXPECT_EQ(floats(outer(tensor({1.0f, 2.0f}), tensor({3.0f, 4.0f}))),
            (F{3, 4, 6, 8}));
  EXPECT_EQ(floats(einsum("ij,kj->ik", {x, x})), (F{14, 32, 32, 77}));
  EXPECT_EQ(floats(einsum("i j , k j", {x, x})), (F{14, 32, 32, 77}));
  EXPECT_EQ(floats(dotGeneral(x, x, {{0}, {0}, {1}, {1}})), (F{14, 77}));
  Tensor batch = stack({x, x * 2});
  Tensor batched = einsum("...ij,kj->...ik", {batch, x});
  EXPECT_EQ(batched.shape(), (Shape{2, 2, 2}));
  EXPECT_EQ(floats(batched), (F{14, 32, 32, 77, 28, 64, 64, 154}));
  // Under ellipses sizes are broadcast; without an arrow they lead the output.
  Tensor rows = einsum("...j,...j", {expandDims(x, 1), x});
  EXPECT_EQ(floats(rows), (F{14, 32, 32, 77}));
  EXPECT_EQ(floats(einsum("i...->...", {x})), (F{5, 7, 9}));
  EXPECT_ERROR(einsum("...j,...j", {zeros({2, 3}), zeros({4, 3})}),
               "[einsum] shapes [2] and [4]");
  EXPECT_ERROR(einsum("..j", {x}), "[einsum]");
  EXPECT_ERROR(einsum("...ijk", {x}), "[einsum]");
  EXPECT_ERROR(einsum("ij,jk->ik", {x, x}), "[einsum] 'j' is both 3 and 2");
  EXPECT_ERROR(outer(x, x), "[outer] needs two vectors");
}

TEST(Elementwise, Rest) {
  Tensor x = tensor({-1.5f, 0.5f, 2.5f}), n = tensor({7, -7});
  EXPECT_EQ(floats(clip(x, -1, 2)), (F{-1, 0.5, 2}));
  EXPECT_EQ(floats(maskedFill(x, x < 0, 9)), (F{9, 0.5, 2.5}));
  EXPECT_EQ(floats(round(x)), (F{-2, 0, 2}));
  EXPECT_EQ(floats(floor(x)), (F{-2, 0, 2}));
  EXPECT_EQ(floats(sign(x)), (F{-1, 1, 1}));
  EXPECT_EQ(floats(pow(x, 2)), (F{2.25, 0.25, 6.25}));
  EXPECT_EQ(ints(n % 4), (I{3, -3}));
  EXPECT_EQ(ints(n ^ 1), (I{6, -8}));
  EXPECT_EQ(ints(shiftLeft(n, 1)), (I{14, -14}));
  EXPECT_EQ(values<bool>(isFinite(tensor({1.0f, INFINITY}))), (B{true, false}));
  EXPECT_EQ(values<bool>(isNan(tensor({1.0f, NAN}))), (B{false, true}));
  EXPECT_EQ(bitcast(tensor({1.0f}), DType::i32).item<int>(), 0x3f800000);
  EXPECT_EQ(ints(arange(5, 0, -2)), (I{5, 3, 1}));
  EXPECT_EQ(floats(linspace(0, 1, 3)), (F{0, 0.5, 1}));
  EXPECT_ERROR(bitcast(x, DType::f64), "[bitcast] cannot read the bits");
  EXPECT_ERROR(maskedFill(x, tensor({true, false}), 0), "[masked_fill]");
}

} // namespace
