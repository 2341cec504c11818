// Misuse is reported at the user's line.

#include "Support.h"

using namespace dlc;

namespace {

TEST(Error, MatmulInnerSizes) {
  Tensor x = ones({2, 3}), y = ones({4, 5});
  EXPECT_ERROR(matmul(x, y), "[matmul] inner sizes differ: 3 vs 4");
  EXPECT_ERROR(matmul(x, y), "tensor<2x3xf32> made at " __FILE__ ":");
  EXPECT_ERROR(matmul(x, y), "tensor<4x5xf32> made at " __FILE__ ":");
}

TEST(Error, MatmulOfScalarsAndIntegers) {
  Tensor s = scalar(1);
  EXPECT_ERROR(matmul(s, s), "[matmul] needs operands of rank 1 or more");
  Tensor i = arange(3);
  EXPECT_ERROR(matmul(i, i), "[matmul] needs floats (f32, f64, bf16 or f16)");
}

TEST(Error, ElementTypesDoNotMix) {
  Tensor x = ones({2}), y = ones({2}, DType::f64), i = arange(2);
  EXPECT_ERROR(x + y, "[add] element types differ: f32 vs f64");
  EXPECT_ERROR(x * i, "[multiply] element types differ: f32 vs i32");
  EXPECT_ERROR(i + 0.5, "[add] a fractional host number meets a tensor of i32");
  EXPECT_ERROR(maximum(x, y), "[maximum] element types differ");
  EXPECT_ERROR(matmul(x, y), "[matmul] element types differ: f32 vs f64");
}

TEST(Error, Broadcasting) {
  Tensor x = ones({2, 3}), y = ones({2});
  EXPECT_ERROR(x - y,
               "[subtract] shapes [2, 3] and [2] do not broadcast: 3 vs 2");
  EXPECT_ERROR(where(x > 0, x, y), "[where] shapes [2, 3] and [2]");
  EXPECT_ERROR(broadcastTo(x, {3}),
               "[broadcast_to] cannot broadcast tensor<2x3xf32>");
}

TEST(Error, KindsOfElements) {
  Tensor x = ones({2}), p = x > 0;
  EXPECT_ERROR(p + p, "[add] needs numbers, got tensor<2xi1>");
  EXPECT_ERROR(!x, "[not] needs booleans, got tensor<2xf32>");
  EXPECT_ERROR(x & x, "[and] needs booleans or integers");
  EXPECT_ERROR(exp(arange(3)), "[exponential] needs floats");
  EXPECT_ERROR(where(x, x, x), "[where] needs booleans");
  EXPECT_ERROR(all(x), "[all] needs booleans");
  EXPECT_ERROR(oneHot(x, 3), "[one_hot] needs integers");
}

TEST(Error, Axes) {
  Tensor x = ones({2, 3});
  EXPECT_ERROR(sum(x, 2), "[sum] axis 2 is out of range for rank 2");
  EXPECT_ERROR(softmax(x, -3), "[softmax] axis -3 is out of range for rank 2");
  EXPECT_ERROR(sum(x, {0, -2}), "[sum] dimension 0 is named twice");
  EXPECT_ERROR(x.size(2), "[size] dimension 2 is out of range");
}

TEST(Error, OfNothing) {
  Tensor x = zeros({0, 4});
  EXPECT_ERROR(argmax(x, 0), "[argmax] dimension 0 of shape [0, 4] is empty");
}

TEST(Error, Shapes) {
  Tensor x = ones({2, 3});
  EXPECT_ERROR(reshape(x, {4}), "[reshape] cannot reshape [2, 3] to [4]");
  EXPECT_ERROR(zeros({-1}), "[full] negative size in shape [-1]");
  EXPECT_ERROR(zeros({int64_t(1) << 40, int64_t(1) << 40}),
               "too many elements");
  EXPECT_ERROR(zeros({1, 1, 1, 1, 1, 1, 1, 1, 1}), "rank 9 exceeds 8");
  EXPECT_ERROR(transpose(x, {0, 0}), "[transpose] dimension 0 is named twice");
  EXPECT_ERROR(tensor(std::vector<float>{1, 2}, {3}),
               "[tensor] shape [3] needs 3 elements, got 2");
  EXPECT_ERROR(squeeze(x, 0), "[squeeze] dimension 0 has size 2, not 1");
  EXPECT_ERROR(pad(x, {1}, {0}), "[pad] low needs 2 entries");
}

TEST(Error, Subscripts) {
  Tensor x = ones({2, 3});
  EXPECT_ERROR(x[2], "[slice] position 2 is outside dimension 0");
  EXPECT_ERROR((x[{0, 0, 0}]), "[slice] 3 indices for tensor<2x3xf32>");
  EXPECT_ERROR((x[Slice(0, 2, 0)]), "[slice] step 0 is not positive");
  EXPECT_ERROR(x.set({Slice(), 1}, ones({3})),
               "[set] a value of shape [3] does not fit the part of shape [2]");
  EXPECT_ERROR(x.set(0, arange(3)), "[set] element types differ");
}

TEST(Error, CrossEntropy) {
  Tensor logits = ones({4, 10});
  EXPECT_ERROR(
      softmaxCrossEntropy(logits, arange(3)),
      "[softmax_cross_entropy] logits [4, 10] need labels [4], got [3]");
  EXPECT_ERROR(softmaxCrossEntropy(logits, ones({4})),
               "[softmax_cross_entropy] logits [4, 10] need probabilities of "
               "the same shape, got [4]");
}

TEST(Error, EmptyTensor) {
  Tensor none;
  EXPECT_ERROR(none + 1, "[add] an operand is an empty tensor");
  EXPECT_ERROR(none.item(), "[item] an operand is an empty tensor");
}

TEST(Error, ReadingTheWrongType) {
  Tensor x = ones({2});
  EXPECT_ERROR(x.data<int>(),
               "[data] asks for i32 but the tensor is tensor<2xf32>");
  EXPECT_ERROR(x.item(), "[item] needs a tensor of one element");
}

TEST(Error, ReadingATracedValue) {
  auto read = compile([](const Tensor &x) {
    EXPECT_ERROR(x.item(), "[item] a traced tensor<f32> is read");
    std::ostringstream os;
    EXPECT_ERROR(os << x + 1, "[item] a traced tensor<f32>");
    return x;
  });
  read.text(scalar(1));
}

TEST(Error, WritingACapturedTensor) {
  Tensor total = zeros({});
  auto add = compile([&](const Tensor &x) { return total = total + x, x; });
  EXPECT_ERROR(add.text(scalar(1)), "[compile] a value recorded here");
  EXPECT_ERROR(add.text(scalar(1)), "name the tensor in .state");
}

TEST(Error, DrawingFromACapturedGenerator) {
  Generator rng(1);
  auto draw = compile([&](const Tensor &x) { return x + uniform(rng, {2}); });
  EXPECT_THROW(draw.text(ones({2})), Error);
  auto named = compile([&](const Tensor &x) { return x + uniform(rng, {2}); },
                       {.state = {rng}});
  Generator other(1);
  auto stateful =
      compile([&](const Tensor &x) { return x + uniform(other, {2}); },
              {.state = {other}});
  EXPECT_NO_THROW(stateful.text(ones({2})));
}

TEST(Error, GradOfNoScalar) {
  Tensor x = ones({2}), i = arange(2);
  auto identity = [](const Tensor &x) { return x; };
  auto integers = [](const Tensor &x) { return sum(x); };
  EXPECT_THROW(grad(identity)(x), Error);
  EXPECT_ERROR(
      grad(identity, Loc::current())(x),
      "[grad] the function must return a float scalar, got tensor<2xf32>");
  EXPECT_ERROR(grad(integers, Loc::current())(i),
               "[grad] the argument holds no float tensor");
}

TEST(Error, Scan) {
  Tensor init = zeros({}), xs = ones({3});
  auto grows = [](const Tensor &c, const Tensor &x) {
    return std::pair(reshape(c + x, {1}), x);
  };
  EXPECT_ERROR(scan(grows, init, xs),
               "[scan] carry 0 changes its type: from tensor<f32>");
  auto sums = [](const Tensor &c, const Tensor &x) {
    return std::pair(c + x, x);
  };
  EXPECT_ERROR(scan(sums, init, zeros({})), "[scan] cannot scan over a scalar");
  EXPECT_ERROR(scan(sums, init, xs, {.length = 4}),
               "[scan] lengths differ: 4 vs 3");
  Tensor kept;
  auto leaks = [&](const Tensor &c, const Tensor &x) {
    kept = x;
    return std::pair(c, x);
  };
  EXPECT_THROW(scan(leaks, init, xs), Error);
}

TEST(Error, LibraryCodeNamesTheCaller) {
  auto layer = [](const Tensor &x, Loc where = Loc::current()) {
    Scope call("layer", where);
    Scope library = Scope::library();
    return matmul(x, ones({4, 5}));
  };
  Tensor x = ones({2, 3});
  EXPECT_ERROR(layer(x), "[matmul] inner sizes differ: 3 vs 4");
}

TEST(Error, UserCodeInsideLibraryCodeNamesItself) {
  auto container = [](auto inner, Loc where = Loc::current()) {
    Scope call("container", where);
    Scope library = Scope::library();
    Scope part("inner", Loc::current());
    inner();
  };
  Tensor x = ones({2, 3});
  container([&] { EXPECT_ERROR(matmul(x, x), "[matmul] inner sizes differ"); });
}

} // namespace
