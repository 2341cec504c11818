#include "Support.h"

#include "detail/Session.h"

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;

struct Model {
  Tensor w = tensor({2.0f, 3.0f});
  Mode training = true;
  void visit(Visitor &v) {
    v("w", w);
    v.mode("training", training);
  }
};

TEST(Compile, ReturnsTheCallablesTree) {
  auto f = compile([](const Tensor &x, const Tensor &y) {
    return std::tuple(x + y, std::vector<Tensor>{x * y});
  });
  auto [sum, products] = f(tensor({1.0f}), tensor({2.0f}));
  EXPECT_EQ(floats(sum), F{3});
  ASSERT_EQ(products.size(), 1u);
  EXPECT_EQ(floats(products[0]), F{2});
}

TEST(Compile, IsTracedOncePerSignature) {
  auto f = compile([](const Tensor &x) { return x + 1; });
  f(ones({2}));
  f(zeros({2}));
  EXPECT_EQ(f.traceCount(), 1);
  f(ones({3}));
  f(ones({2}, DType::f64));
  EXPECT_EQ(f.traceCount(), 3);
}

TEST(Compile, HostNumbersChangeWithoutARetrace) {
  auto f =
      compile([](const Tensor &x, const Tensor &rate) { return x * rate; });
  EXPECT_EQ(floats(f(ones({1}), 0.5)), F{0.5});
  EXPECT_EQ(floats(f(ones({1}), 0.25)), F{0.25});
  EXPECT_EQ(f.traceCount(), 1);
}

TEST(Compile, ModesAreInTheKey) {
  Model model;
  auto f =
      compile([&](const Tensor &x) { return model.training ? x * model.w : x; },
              {.state = {model}});
  EXPECT_EQ(floats(f(ones({2}))), (F{2, 3}));
  model.training = false;
  EXPECT_EQ(floats(f(ones({2}))), (F{1, 1}));
  EXPECT_EQ(f.traceCount(), 2);
}

TEST(Compile, ModesThatTheCallableReadsAreWatched) {
  Model model;
  auto f =
      compile([&](const Tensor &x) { return model.training ? x * 2 : x * 3; });
  EXPECT_EQ(floats(f(ones({1}))), F{2});
  model.training = false;
  EXPECT_EQ(floats(f(ones({1}))), F{3});
  EXPECT_EQ(floats(f(ones({1}))), F{3});
  EXPECT_EQ(f.traceCount(), 2);
}

TEST(Compile, StateChanges) {
  Model model;
  auto step = compile(
      [&](const Tensor &x) {
        model.w -= x;
        return sum(model.w);
      },
      {.state = {model}});
  EXPECT_EQ(step(ones({2})).item(), 3);
  EXPECT_EQ(step(ones({2})).item(), 1);
  EXPECT_EQ(floats(model.w), (F{0, 1}));
  EXPECT_EQ(step.traceCount(), 1);
  // State may be set from outside.
  model.w = tensor({10.0f, 10.0f});
  EXPECT_EQ(step(ones({2})).item(), 18);
  EXPECT_EQ(step.traceCount(), 1);
}

TEST(Compile, StateThatAppearsInTheFirstCall) {
  std::map<std::string, Tensor> velocity;
  auto step = compile(
      [&](const Tensor &g) {
        auto [it, isNew] = velocity.try_emplace("w", zerosLike(g));
        it->second = it->second * 0.5 + g;
        return it->second * 1;
      },
      {.state = {velocity}});
  EXPECT_EQ(floats(step(ones({1}))), F{1});
  EXPECT_EQ(floats(step(ones({1}))), F{1.5});
  EXPECT_EQ(floats(step(ones({1}))), F{1.75});
  EXPECT_EQ(floats(velocity["w"]), F{1.75});
  EXPECT_EQ(step.traceCount(), 2);
}

TEST(Compile, DonationKeepsThePointer) {
  Tensor w = full({64}, 1);
  auto step = compile([&](const Tensor &x) { w = w + x; }, {.state = {w}});
  Tensor x = ones({64});
  step(x);
  const float *place = w.data<float>().data();
  for (int i = 0; i < 100; ++i)
    step(x);
  EXPECT_EQ(w.data<float>().data(), place);
  EXPECT_EQ(floats(w), F(64, 102));
}

TEST(Compile, DonationCannotBeObserved) {
  Tensor w = full({4}, 1);
  auto step = compile([&](const Tensor &x) { w = w + x; }, {.state = {w}});
  Tensor old = w, lazy = w * 10;
  step(ones({4}));
  EXPECT_EQ(floats(old), F(4, 1));
  EXPECT_EQ(floats(lazy), F(4, 10));
  EXPECT_EQ(floats(w), F(4, 2));
  // An argument that is state as well.
  auto twice = compile(
      [&](const Tensor &x) {
        w = w + x;
        return x;
      },
      {.state = {w}});
  EXPECT_EQ(floats(twice(w)), F(4, 2));
  EXPECT_EQ(floats(w), F(4, 4));
}

TEST(Compile, OneComputedValueMayBeSeveralOutputs) {
  Tensor a = full({2}, 1), b = full({2}, 2);
  auto step = compile(
      [&](const Tensor &x) {
        a = a + x;
        b = a;
        return std::pair(a, a);
      },
      {.state = {a, b}});
  for (float i = 2; i < 5; ++i) {
    auto [one, other] = step(ones({2}));
    EXPECT_EQ(floats(one), F(2, i));
    EXPECT_EQ(floats(other), F(2, i));
    EXPECT_EQ(floats(a), F(2, i));
    EXPECT_EQ(floats(b), F(2, i));
  }
}

TEST(Compile, StateMayBeSwappedAndReturned) {
  Tensor a = full({2}, 1), b = full({2}, 2);
  auto swap = compile(
      [&](const Tensor &x) {
        std::swap(a, b);
        a = a + x;
        return b;
      },
      {.state = {a, b}});
  EXPECT_EQ(floats(swap(ones({2}))), F(2, 1));
  EXPECT_EQ(floats(a), F(2, 3));
  EXPECT_EQ(floats(b), F(2, 1));
}

TEST(Compile, CapturedTensorsAreReadAtEachCall) {
  Tensor c = tensor({1.0f});
  auto f = compile([&](const Tensor &x) { return x + c; });
  EXPECT_EQ(floats(f(ones({1}))), F{2});
  c = tensor({5.0f});
  EXPECT_EQ(floats(f(ones({1}))), F{6});
  Tensor other = tensor({7.0f});
  std::swap(c, other);
  EXPECT_EQ(floats(f(ones({1}))), F{8});
  // Recorded again, but compiled once.
  int64_t compiled = detail::sessionCounts().compilations;
  c.set(0, 9);
  c.item();
  compiled = detail::sessionCounts().compilations;
  EXPECT_EQ(floats(f(ones({1}))), F{10});
  EXPECT_EQ(detail::sessionCounts().compilations, compiled);
  // Nothing changed: not recorded again.
  int64_t traces = f.traceCount();
  f(ones({1}));
  EXPECT_EQ(f.traceCount(), traces);
}

TEST(Compile, WhatStaysIsMarked) {
  Tensor captured = tensor({1.0f}), changed = tensor({2.0f}),
         stays = tensor({3.0f});
  auto train = compile(
      [&](const Tensor &x) {
        changed = changed + x;
        return x * captured + stays;
      },
      {.state = {changed, stays}});
  EXPECT_TRUE(containsInOrder(train.text(ones({1})),
                              {"{dlc.name = \"argument0\"}",
                               "{dlc.name = \"state0\", dlc.donate = 1",
                               "{dlc.name = \"state1\"}",
                               "{dlc.name = \"captured0\", dlc.invariant}"}));
  auto evaluate =
      compile([&](const Tensor &x) { return x * stays; }, {.state = {stays}});
  EXPECT_TRUE(
      containsInOrder(evaluate.text(ones({1})),
                      {"{dlc.name = \"argument0\"}", "dlc.invariant}"}));
}

/// Filters that evaluation prepares, and a training step writes over in
/// between. With a limit of memory nothing is prepared.
TEST(Compile, PreparedWeightsFollowTraining) {
  Generator rng(1);
  struct {
    Tensor w;
    void visit(Visitor &v) { v("w", w); }
  } model{uniform(rng, {20, 3, 3, 3})};
  auto apply = [&](const Tensor &x) { return relu(conv2d(x, model.w)); };
  auto train = compile(
      [&](const Tensor &x) {
        auto loss = [&](const Tensor &w) { return mean(square(conv2d(x, w))); };
        model.w = model.w - grad(loss)(model.w) * 0.1;
      },
      {.state = {model}});
  auto evaluate = compile(apply, {.state = {model}});
  auto captures = compile(apply);
  auto plain =
      compile(apply, {.state = {model}, .memoryLimit = int64_t(1) << 40});
  Tensor x = uniform(rng, {1, 3, 9, 9}), y = uniform(rng, {1, 3, 9, 9});

  train(x);
  std::vector<float> last;
  for (int step = 0; step < 4; ++step) {
    std::vector<float> expected = floats(plain(x));
    EXPECT_NE(expected, last);
    EXPECT_EQ(floats(evaluate(x)), expected);
    EXPECT_EQ(floats(evaluate(y)), floats(plain(y)));
    EXPECT_EQ(floats(evaluate(x)), expected);
    last = expected;
    train(x);
  }
  for (int step = 0; step < 3; ++step) {
    EXPECT_EQ(floats(captures(x)), floats(plain(x)));
    EXPECT_EQ(floats(captures(y)), floats(plain(y)));
    train(x);
  }
  // Other weights, with the same program.
  model.w = model.w * 2;
  EXPECT_EQ(floats(captures(x)), floats(plain(x)));
  EXPECT_EQ(floats(evaluate(x)), floats(plain(x)));
}

/// What was prepared does not hold the weights.
TEST(Compile, DonationKeepsThePointerOfPreparedWeights) {
  Tensor w = full({20, 3, 3, 3}, 1), x = ones({1, 3, 9, 9});
  auto train = compile([&] { w = w * 0.5; }, {.state = {w}});
  auto evaluate =
      compile([&](const Tensor &x) { return conv2d(x, w); }, {.state = {w}});
  train();
  const float *place = w.data<float>().data();
  for (float value = 0.5; value > 0.01; value /= 2) {
    EXPECT_EQ(floats(evaluate(x))[0], 27 * value);
    EXPECT_EQ(floats(evaluate(x * 2))[0], 54 * value);
    train();
    EXPECT_EQ(w.data<float>().data(), place);
  }
}

TEST(Compile, CapturedValuesThatSteerTheHostAreWatched) {
  Tensor choice = scalar(1);
  auto f = compile(
      [&](const Tensor &x) { return choice.item() > 0 ? x + 1 : x - 1; });
  EXPECT_EQ(floats(f(ones({1}))), F{2});
  choice = scalar(-1);
  EXPECT_EQ(floats(f(ones({1}))), F{0});
}

TEST(Compile, AFaultLeavesStateUntouched) {
  Model model;
  Tensor counter = zeros({});
  int line = 0;
  auto step = compile(
      [&](const Tensor &labels) {
        Tensor logits = reshape(model.w, {1, 2});
        line = __LINE__ + 1;
        Tensor loss = sum(softmaxCrossEntropy(logits, labels));
        model.w = model.w * 2;
        counter = counter + 1;
        return loss;
      },
      {.state = {model, counter}});
  step(tensor({1}));
  const float *place = model.w.data<float>().data();
  try {
    step(tensor({2}));
    ADD_FAILURE() << "no error";
  } catch (const Error &error) {
    EXPECT_TRUE(containsInOrder(
        error.what(), {"CompileTest.cpp:" + std::to_string(line) + ":",
                       "[softmax_cross_entropy] index at position 0 is outside "
                       "[0, 2)"}));
  }
  EXPECT_EQ(floats(model.w), (F{4, 6}));
  EXPECT_EQ(model.w.data<float>().data(), place);
  EXPECT_EQ(counter.item(), 1);
  step(tensor({0}));
  EXPECT_EQ(floats(model.w), (F{8, 12}));
}

TEST(Compile, AnExceptionWhileRecordingLeavesStateUntouched) {
  Model model;
  Tensor before = model.w;
  auto step = compile(
      [&](const Tensor &x) {
        model.w = model.w + x;
        return matmul(model.w, zeros({5}));
      },
      {.state = {model}});
  EXPECT_THROW(step(ones({2})), Error);
  EXPECT_EQ(model.w.get(), before.get());
}

TEST(Compile, InsideGradAndCompile) {
  auto square = compile([](const Tensor &x) { return sum(x * x); });
  EXPECT_EQ(floats(grad(square)(tensor({3.0f}))), F{6});
  auto outer = compile([&](const Tensor &x) { return square(x) + 1; });
  EXPECT_EQ(outer(tensor({3.0f})).item(), 10);
}

TEST(Compile, ReturningAnInputOrACapturedTensor) {
  Tensor c = tensor({4.0f});
  auto f = compile([&](const Tensor &x) { return std::pair(x, c); });
  auto [x, y] = f(tensor({1.0f}));
  EXPECT_EQ(floats(x), F{1});
  EXPECT_EQ(floats(y), F{4});
}

TEST(Compile, ManyShapesAreNamed) {
  auto f = compile([](const Tensor &x, const Tensor &y) { return x * 2 + y; });
  testing::internal::CaptureStderr();
  for (int64_t n = 1; n <= 10; ++n)
    f(ones({n, 3}), ones({3}));
  std::string text = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(containsInOrder(
      text, {"[compile] each shape is compiled anew, and this is number 9: "
             "dimension 0 of argument 0 varies: 1 2 3 4 5 6 7 8 9\n"}));
  EXPECT_EQ(text.find("number 10"), std::string::npos);
}

TEST(Compile, AnEmptyArgument) {
  auto f = compile([](const Tensor &x) { return x; });
  EXPECT_THROW(f(Tensor()), Error);
}

TEST(Compile, TrainsALine) {
  struct Line {
    Tensor w = zeros({1}), b = zeros({});
    void visit(Visitor &v) {
      v("w", w);
      v("b", b);
    }
  } line;
  auto loss = [](const Line &l, const Tensor &x, const Tensor &y) {
    return mean(square(x * l.w + l.b - y));
  };
  auto step = compile(
      [&](const Tensor &x, const Tensor &y, const Tensor &rate) {
        auto [value, g] = valueAndGrad(loss)(line, x, y);
        line.w -= rate * g.w;
        line.b -= rate * g.b;
        return value;
      },
      {.state = {line}});
  Tensor x = tensor({-1.0f, 0.0f, 1.0f, 2.0f}), y = 3 * x + 1;
  double last = 0;
  for (int i = 0; i < 200; ++i)
    last = step(x, y, 0.1).item();
  EXPECT_LT(last, 1e-6);
  EXPECT_NEAR(line.w.item(), 3, 1e-3);
  EXPECT_NEAR(line.b.item(), 1, 1e-3);
  EXPECT_EQ(step.traceCount(), 1);
}

} // namespace
