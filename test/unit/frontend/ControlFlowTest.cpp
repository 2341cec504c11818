// What branches, loops and derivatives record, and their errors.

#include "Support.h"

using namespace dlc;
using namespace dlc::test;

namespace {

TEST(ControlFlow, CondTakesWhatItsBranchesUse) {
  Tensor outside = tensor({1.0f, 2.0f});
  std::string text = record(
      [&](const Tensor &p, const Tensor &x) {
        return cond(p[0], [&] { return x * outside; }, [&] { return x; });
      },
      tensor({true}), ones({2}));
  EXPECT_TRUE(
      containsInOrder(text, {"\"dlc.if\"(", "({\n  ^bb0(", "\"dlc.multiply\"",
                             "\"dlc.yield\"", "}, {\n  ^bb0(", "\"dlc.yield\"",
                             "}) : (tensor<i1>, tensor<2xf32>"}));
}

TEST(ControlFlow, CondPassesArgumentsAndReturnsTrees) {
  std::string text = record(
      [&](const Tensor &p, const Tensor &x) {
        auto [a, b] = cond(
            p, [](const Tensor &x) { return std::pair(x + 1, x); },
            [](const Tensor &x) { return std::pair(x, x * 2); }, x);
        return a + b;
      },
      scalar(true, DType::boolean), ones({2}));
  EXPECT_TRUE(containsInOrder(text, {"%0:2 = \"dlc.if\"", "(tensor<2xf32>, "
                                                          "tensor<2xf32>)"}));
}

TEST(ControlFlow, CondErrors) {
  Tensor x = ones({2}), p = scalar(true, DType::boolean);
  auto same = [&] { return x; };
  EXPECT_ERROR(cond(x, same, same),
               "[cond] the predicate must be a boolean scalar");
  EXPECT_ERROR(cond(p, same, [&] { return zeros({3}); }),
               "[cond] the branches' results 0 differ");
}

TEST(ControlFlow, WhileLoop) {
  std::string text = record(
      [](const Tensor &x, const Tensor &limit) {
        return whileLoop([&](const Tensor &a) { return sum(a) < limit; },
                         [&](const Tensor &a) { return a * 2; }, x,
                         {.maxTrips = 10});
      },
      ones({2}), scalar(5.0));
  EXPECT_TRUE(containsInOrder(text, {"\"dlc.while\"(%arg0, %arg1)",
                                     "operandSegmentSizes = array<i32: "
                                     "1, 1>",
                                     "max_trips = 10", "\"dlc.compare\"",
                                     "\"dlc.yield\"", "\"dlc.multiply\""}));
}

TEST(ControlFlow, WhileErrors) {
  Tensor x = ones({2});
  auto goesOn = [](const Tensor &a) { return sum(a) < 5; };
  EXPECT_ERROR(
      whileLoop([](const Tensor &a) { return a < 5; },
                [](const Tensor &a) { return a; }, x),
      "[while_loop] the condition must be a boolean scalar, got tensor<2xi1>");
  EXPECT_ERROR(
      whileLoop(
          goesOn, [](const Tensor &a) { return a.astype(DType::f64); }, x),
      "[while_loop] carry 0 changes its type: from tensor<2xf32>");
  EXPECT_ERROR(
      whileLoop(goesOn, [](const Tensor &a) { return a; }, x, {.maxTrips = -1}),
      "[while_loop] maxTrips of -1");
  EXPECT_THROW(whileLoop(
                   goesOn, [](const Tensor &a) { return a * a[0].item(); }, x),
               Error);
}

TEST(ControlFlow, Checkpoint) {
  Tensor w = ones({2});
  std::string text = record(
      [&](const Tensor &x) {
        return checkpoint([&](const Tensor &x) { return exp(x) * w; })(x);
      },
      ones({2}));
  EXPECT_TRUE(containsInOrder(text, {"\"dlc.checkpoint\"(%arg0, %arg1)",
                                     "\"dlc.exponential\"", "\"dlc.yield\""}));
}

TEST(ControlFlow, CustomVjp) {
  Tensor w = ones({2});
  auto f =
      customVjp([](const Tensor &x) { return std::pair(x * 1, x); },
                [&](const Tensor &x, const Tensor &g) { return g * x * w; });
  std::string text = record([&](const Tensor &x) { return f(x); }, ones({2}));
  // The captured w is an input, a residual, and receives zeros.
  EXPECT_TRUE(containsInOrder(
      text, {"\"dlc.custom_vjp\"(%arg0, %arg1)", "\"dlc.multiply\"",
             "\"dlc.yield\"", "}, {", "\"dlc.multiply\"", "\"dlc.yield\"",
             "(tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>)"}));
  auto wrong =
      customVjp([](const Tensor &x) { return std::pair(x * 1, x); },
                [](const Tensor &, const Tensor &g) { return sum(g); });
  EXPECT_THROW(wrong(w), Error);
}

TEST(Derivatives, Vjp) {
  auto [y, pullback] =
      vjp([](const Tensor &x) { return x * x; }, tensor({1.0f, 3.0f}));
  EXPECT_EQ(floats(y), (std::vector<float>{1, 9}));
  EXPECT_EQ(floats(pullback(tensor({1.0f, 10.0f}))),
            (std::vector<float>{2, 60}));
  EXPECT_EQ(floats(pullback(onesLike(y))), (std::vector<float>{2, 6}));
  EXPECT_ERROR(pullback(zeros({3})), "[vjp] cotangents 0 is tensor<3xf32>");
}

TEST(Derivatives, JvpRecords) {
  std::string text = record(
      [](const Tensor &x, const Tensor &v) {
        return jvp([](const Tensor &x) { return x * x; }, x, v);
      },
      ones({2}), ones({2}));
  EXPECT_TRUE(containsInOrder(
      text, {"\"dlc.variable\"", "\"dlc.multiply\"", "\"dlc.jvp\"(",
             "operandSegmentSizes = array<i32: 1, 1, 1>"}));
  EXPECT_ERROR(jvp([](const Tensor &x) { return x; }, ones({2}), ones({3})),
               "[jvp] tangents 0 is tensor<3xf32>");
}

} // namespace
