#include "Support.h"

#include "detail/Node.h"

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;

Tensor cube(const Tensor &x) { return sum(x * x * x); }

struct Line {
  Tensor w = tensor({2.0f}), b = tensor({1.0f}), seen = zeros({}, DType::i32);
  void visit(Visitor &v) {
    v("w", w);
    v("b", b);
    v("seen", seen);
  }
};

struct Module {
  virtual ~Module() = default;
  virtual void visit(Visitor &v) { v("w", w); }
  Tensor w = tensor({3.0f});
};

TEST(Grad, OfATensor) {
  Tensor x = tensor({1.0f, 2.0f});
  EXPECT_EQ(floats(grad(cube)(x)), (F{3, 12}));
  auto [value, gradient] = valueAndGrad(cube)(x);
  EXPECT_EQ(value.item(), 9);
  EXPECT_EQ(floats(gradient), (F{3, 12}));
}

TEST(Grad, OfHigherOrder) {
  Tensor x = scalar(2);
  auto f = [](const Tensor &x) { return x * x * x * x; };
  EXPECT_EQ(grad(f)(x).item(), 32);
  EXPECT_EQ(grad(grad(f))(x).item(), 48);
  EXPECT_EQ(grad(grad(grad(f)))(x).item(), 48);
}

TEST(Grad, KeepsTheTreesForm) {
  Line line;
  Line g = grad([](const Line &l, const Tensor &x) {
    return sum(l.w * x + l.b);
  })(line, tensor({5.0f}));
  EXPECT_EQ(floats(g.w), F{5});
  EXPECT_EQ(floats(g.b), F{1});
  EXPECT_EQ(g.seen.item<int>(), 0);

  std::map<std::string, Tensor> tree{{"a", scalar(2)}, {"b", scalar(3)}};
  auto m = grad([](const std::map<std::string, Tensor> &t) {
    return t.at("a") * t.at("b");
  })(tree);
  EXPECT_EQ(m["a"].item(), 3);
  EXPECT_EQ(m["b"].item(), 2);
}

TEST(Grad, OfAModuleIsAListOfNames) {
  Module module;
  // Through the argument or through a captured reference.
  auto [value, g] = valueAndGrad([&](Module &, const Tensor &x) {
    return sum(module.w * module.w * x);
  })(module, tensor({5.0f}));
  EXPECT_EQ(value.item(), 45);
  EXPECT_EQ(floats(g["w"]), F{30});
  EXPECT_EQ(floats(module.w), F{3});
}

TEST(Grad, OfAnotherArgument) {
  auto f = [](const Tensor &a, const Tensor &b) { return sum(a * b); };
  EXPECT_EQ(floats(grad<1>(f)(tensor({2.0f}), tensor({7.0f}))), F{2});
}

TEST(Grad, OfAHostNumber) {
  EXPECT_EQ(grad([](const Tensor &x) { return x * x; })(3.0).item(), 6);
}

TEST(Grad, IgnoresCapturedUsesOfTheSameTensor) {
  Tensor w = scalar(3);
  auto f = [&](const Tensor &x) { return x * w; };
  EXPECT_EQ(grad(f)(w).item(), 3);
}

TEST(Grad, StopsAtStopGradient) {
  auto f = [](const Tensor &x) { return sum(x * stopGradient(x)); };
  EXPECT_EQ(floats(grad(f)(tensor({3.0f}))), F{3});
}

TEST(Grad, IsZeroWhereNoPathLeads) {
  Tensor c = scalar(4);
  EXPECT_EQ(floats(grad([&](const Tensor &) { return c * 2; })(ones({2}))),
            (F{0, 0}));
}

TEST(Grad, ThroughHostLoopsAndBranches) {
  // Values may be read while a derivative is taken: b is doubled until its
  // norm passes 1000, so the derivative is that power of two.
  auto f = [](const Tensor &a) {
    Tensor b = a * 2;
    while (norm(b).item() < 1000)
      b = b * 2;
    return sum(b).item() > 0 ? sum(b) : sum(100 * b);
  };
  EXPECT_EQ(floats(grad(f)(tensor({3.0f, 4.0f}))), (F{256, 256}));
  EXPECT_EQ(floats(grad(f)(tensor({-3.0f, -4.0f}))), (F{25600, 25600}));
}

TEST(Grad, ReadingTheValueFirstKeepsThePath) {
  auto [value, g] = valueAndGrad(cube)(tensor({2.0f}));
  EXPECT_EQ(value.item(), 8);
  EXPECT_EQ(floats(g), F{12});
  // With the gradient known, the value forgets how it was made.
  EXPECT_TRUE(value.get()->operands.empty());
}

TEST(Grad, DescendsWithoutCompile) {
  Tensor w = tensor({5.0f});
  for (int i = 0; i < 50; ++i)
    w -= 0.1 * grad([](const Tensor &w) { return sum(square(w - 1)); })(w);
  EXPECT_NEAR(w.item(), 1, 1e-3);
}

TEST(Grad, LeavesTheTreeAsItWasWhenTheFunctionThrows) {
  Module module;
  Tensor before = module.w;
  auto f = [](Module &, const Tensor &) -> Tensor { throw Error("no"); };
  EXPECT_THROW(grad(f)(module, ones({1})), Error);
  EXPECT_EQ(module.w.get(), before.get());
  EXPECT_EQ(floats(grad(cube)(tensor({1.0f}))), F{3});
}

} // namespace
