// What the recorder writes down, looked at as MLIR text. Runs nothing.

#include "Support.h"

#include "detail/Graph.h"

#include <cmath>

using namespace dlc;
using namespace dlc::test;

namespace {

TEST(Recorder, BroadcastingIsExplicit) {
  std::string text =
      record([](const Tensor &x, const Tensor &b) { return x + b; },
             ones({2, 3}), ones({3}));
  EXPECT_TRUE(containsInOrder(
      text, {"@main(%arg0: tensor<2x3xf32>", "%arg1: tensor<3xf32>",
             "%0 = \"dlc.broadcast_in_dim\"(%arg1) <{dimensions = array<i64: "
             "1>}> : (tensor<3xf32>) -> tensor<2x3xf32>",
             "%1 = \"dlc.add\"(%arg0, %0) : (tensor<2x3xf32>, tensor<2x3xf32>) "
             "-> tensor<2x3xf32>",
             "func.return %1 : tensor<2x3xf32>"}));
}

TEST(Recorder, BroadcastingOfSizeOne) {
  std::string text =
      record([](const Tensor &x, const Tensor &y) { return x * y; },
             ones({2, 1}), ones({1, 3}));
  EXPECT_TRUE(
      containsInOrder(text, {"(%arg0) <{dimensions = array<i64: 0, 1>}> : "
                             "(tensor<2x1xf32>) -> tensor<2x3xf32>",
                             "(%arg1) <{dimensions = array<i64: 0, 1>}> : "
                             "(tensor<1x3xf32>) -> tensor<2x3xf32>"}));
}

TEST(Recorder, HostNumbersTakeTheTensorsType) {
  auto f = [](const Tensor &x) { return 2 * x; };
  EXPECT_TRUE(containsInOrder(record(f, ones({2})),
                              {"dense<2.00000000e+00> : tensor<2xf32>"}));
  EXPECT_TRUE(
      containsInOrder(record(f, ones({2}, DType::f64)),
                      {"dense<2.0000000000000000e+00> : tensor<2xf64>"}));
  EXPECT_TRUE(
      containsInOrder(record(f, arange(2)), {"dense<2> : tensor<2xi32>"}));
}

TEST(Recorder, UnusualConstants) {
  EXPECT_TRUE(containsInOrder(
      record([](const Tensor &x) { return x * INFINITY; }, ones({2})),
      {"dense<0x7F800000>"}));
  EXPECT_TRUE(
      containsInOrder(record([](const Tensor &x) { return x + 1; }, ones({0})),
                      {"dense<> : tensor<0xf32>"}));
  EXPECT_TRUE(containsInOrder(
      record([](const Tensor &x) { return x == true; }, ones({1}) > 0),
      {"dense<true> : tensor<1xi1>"}));
}

TEST(Recorder, ScalarArgumentsAreInputs) {
  std::string text =
      record([](const Tensor &x, const Tensor &rate) { return x * rate; },
             ones({2}), 0.1);
  EXPECT_TRUE(containsInOrder(
      text, {"%arg1: tensor<f64>",
             "\"dlc.convert\"(%arg1) : (tensor<f64>) -> tensor<f32>"}));
}

struct MatmulCase {
  Shape x, y, result;
  std::vector<std::string> parts;
};

TEST(Recorder, MatmulIsOneContraction) {
  auto f = [](const Tensor &x, const Tensor &y) { return matmul(x, y); };
  for (const MatmulCase &c : {
           MatmulCase{
               {2, 3},
               {3, 4},
               {2, 4},
               {"lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>"}},
           {{3},
            {3},
            {},
            {"lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>"}},
           {{3},
            {3, 4},
            {4},
            {"lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>"}},
           {{2, 3},
            {3},
            {2},
            {"lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>"}},
           {{5, 2, 3},
            {3, 4},
            {5, 2, 4},
            {"lhs_batch = array<i64>", "lhs_contract = array<i64: 2>"}},
           {{3},
            {5, 3, 4},
            {5, 4},
            {"lhs_contract = array<i64: 0>, rhs_contract = array<i64: 1>"}},
           {{2, 3},
            {5, 3, 4},
            {5, 2, 4},
            {"dot_general\"(%arg1, %arg0)",
             "permutation = array<i64: 0, 2, 1>"}},
           {{5, 2, 3},
            {5, 3, 4},
            {5, 2, 4},
            {"lhs_batch = array<i64: 0>",
             "lhs_contract = array<i64: 2>, rhs_contract = array<i64: 1>"}},
           {{6, 5, 2, 3},
            {5, 3, 4},
            {6, 5, 2, 4},
            {"broadcast_in_dim\"(%arg1) <{dimensions = array<i64: 1, 2, 3>",
             "lhs_batch = array<i64: 0, 1>"}},
       }) {
    EXPECT_TRUE(containsInOrder(record(f, ones(c.x), ones(c.y)), c.parts));
    EXPECT_EQ(matmul(ones(c.x), ones(c.y)).shape(), c.result);
  }
}

TEST(Recorder, Reductions) {
  std::string text = record(
      [](const Tensor &x) { return max(x, -1, keepDims); }, ones({2, 3}));
  EXPECT_TRUE(containsInOrder(
      text, {"<{kind = #dlc<reduction max>, dimensions = array<i64: 1>}>",
             "\"dlc.reshape\"", "-> tensor<2x1xf32>"}));
  text = record([](const Tensor &x) { return all(x > 0); }, ones({2, 3}));
  EXPECT_TRUE(containsInOrder(
      text, {"#dlc<direction GT>",
             "#dlc<reduction and>, dimensions = array<i64: 0, 1>"}));
}

TEST(Recorder, Subscripts) {
  std::string text = record(
      [](const Tensor &x) { return x[{Slice(1, 3), -1}]; }, ones({4, 5}));
  EXPECT_TRUE(containsInOrder(
      text, {"start = array<i64: 1, 4>, limit = array<i64: 3, 5>, strides = "
             "array<i64: 1, 1>",
             "-> tensor<2x1xf32>", "\"dlc.reshape\"", "-> tensor<2xf32>"}));
}

TEST(Recorder, ScopesNameThePath) {
  auto f = compile([](const Tensor &x) {
    Scope outer("model", Loc::current());
    Scope inner("fc1", Loc::current());
    return relu(x);
  });
  EXPECT_TRUE(containsInOrder(f.text(ones({2})),
                              {"loc(\"model.fc1\"(\"", "RecorderTest.cpp\":"}));
}

TEST(Recorder, LocationsAreTheUsersLines) {
  auto f = compile([](const Tensor &x) { return relu(x) + 1; });
  std::string line = std::to_string(__LINE__ - 1);
  EXPECT_TRUE(containsInOrder(f.text(ones({2})),
                              {"dlc.relu", "RecorderTest.cpp\":" + line + ":",
                               "dlc.add", "RecorderTest.cpp\":" + line + ":"}));
}

TEST(Recorder, KeysKnowLocationsOnlyOfWhatMayFail) {
  auto key = [](const Tensor &result) {
    detail::Region region = detail::collect(
        {result.get()}, [](const detail::Node &node) { return !!node.data; });
    return detail::write(region, {}, /*asKey=*/true);
  };
  Tensor x = tensor({1.0f, 2.0f}), logits = reshape(x, {1, 2}),
         label = tensor({0});
  Tensor a = relu(x);
  Tensor b = relu(x);
  EXPECT_EQ(key(a), key(b));
  Tensor c = softmaxCrossEntropy(logits, label);
  Tensor d = softmaxCrossEntropy(logits, label);
  EXPECT_NE(key(c), key(d));
}

TEST(Recorder, EqualStructureGivesEqualText) {
  // Neither the order of creation nor what else exists matters.
  auto first = [](const Tensor &x, const Tensor &y) {
    Tensor a = exp(x), b = log(y);
    return a * b;
  };
  auto second = [](const Tensor &x, const Tensor &y) {
    Tensor b = log(y), unused = tanh(y), a = exp(x);
    return a * b;
  };
  Tensor x = ones({2});
  EXPECT_EQ(record(first, x, x), record(second, x, x));
}

TEST(Recorder, Gradients) {
  std::string text = record(
      [](const Tensor &w, const Tensor &x) {
        return valueAndGrad(
            [](const Tensor &w, const Tensor &x) { return sum(w * x); })(w, x);
      },
      ones({3}), ones({3}));
  EXPECT_TRUE(containsInOrder(
      text, {"%0 = \"dlc.variable\"(%arg0)", "%1 = \"dlc.multiply\"(%0, %arg1)",
             "%2 = \"dlc.reduce\"(%1)",
             "%3 = \"dlc.constant\"() <{value = dense<1.00000000e+00> : "
             "tensor<f32>}>",
             "%4:1 = \"dlc.grad\"(%2, %3, %0) <{operandSegmentSizes = "
             "array<i32: 1, 1, 1>}>",
             "func.return %2, %4#0 : tensor<f32>, tensor<3xf32>"}));
}

TEST(Recorder, ScanTakesCapturedTensorsAsConstants) {
  std::string text = record(
      [](const Tensor &init, const Tensor &xs, const Tensor &rate) {
        return scan([&](const Tensor &c,
                        const Tensor &x) { return std::pair(c * rate, x); },
                    init, xs, {.reverse = true});
      },
      scalar(1), ones({5, 3}), scalar(2));
  EXPECT_TRUE(containsInOrder(
      text,
      {"%0:2 = \"dlc.scan\"(%arg0, %arg1, %arg2) <{trips = 5 : i64, "
       "operandSegmentSizes = array<i32: 1, 1, 1>, reverse}> ({",
       "^bb0(%arg3: tensor<f32>, %arg4: tensor<3xf32>, %arg5: tensor<f32>):",
       "%1 = \"dlc.multiply\"(%arg3, %arg5)",
       "\"dlc.yield\"(%1, %arg4) : (tensor<f32>, tensor<3xf32>) -> ()",
       "-> (tensor<f32>, tensor<5x3xf32>)", "func.return %0#0, %0#1"}));
}

TEST(Recorder, StateIsDonated) {
  Tensor w = ones({2});
  auto step = compile(
      [&](const Tensor &x) {
        w -= x;
        return sum(w);
      },
      {.state = {w}});
  EXPECT_TRUE(containsInOrder(step.text(ones({2})),
                              {"%arg1: tensor<2xf32> {dlc.donate = 1 : i64}"}));
  // Recording changes nothing.
  EXPECT_EQ(w.shape(), Shape{2});
  EXPECT_EQ(floats(w), (std::vector<float>{1, 1}));
}

TEST(Recorder, UnusedInputsVanish) {
  std::string text =
      record([](const Tensor &x, const Tensor &) { return x + 1; }, ones({2}),
             ones({7}));
  EXPECT_EQ(text.find("tensor<7xf32>"), std::string::npos);
}

TEST(Recorder, LongChainsDoNotRecurse) {
  Tensor x = ones({});
  for (int i = 0; i < 100000; ++i)
    x = x + 1;
  detail::Region region =
      detail::collect({x.get()}, [](const detail::Node &) { return false; });
  EXPECT_EQ(region.ops.size(), 200001u);
  EXPECT_GT(detail::write(region, {}, true).size(), 100000u);
}

} // namespace
