// Gradients against central differences, in f64 by the interpreter's exact
// mode. Each case is a function of some tensors; the sum of its results, each
// weighted by a fixed random number, is differentiated with respect to every
// floating-point argument. What autodiff made is then itself a case: second
// derivatives, and the proof that the rules are closed under differentiation.

#include "Cases.h"
#include "Harness.h"

#include "llvm/ADT/StringSet.h"

#include <random>

using namespace mlir;
using namespace dlc;

namespace {

class Gradients : public Harness {
protected:
  std::vector<Tensor> inputs(double low, double high) {
    std::uniform_real_distribution<double> real(low, high);
    std::vector<Tensor> result;
    for (Type type : function().getArgumentTypes()) {
      Tensor t(cast<RankedTensorType>(type));
      for (double &x : t.floats)
        x = real(random);
      for (int64_t &x : t.ints)
        x = random() % 3;
      result.push_back(std::move(t));
    }
    return result;
  }

  /// Differentiates f and compares with the differences of f.
  void check(double low, double high) {
    std::vector<Tensor> point = inputs(low, high);
    std::vector<Tensor> weights;
    for (const Tensor &y : evaluate(point)) {
      Tensor weight(y.type);
      std::uniform_real_distribution<double> real(0.5, 1.5);
      for (double &w : weight.floats)
        w = real(random);
      weights.push_back(weight);
    }
    auto objective = [&] {
      double sum = 0;
      std::vector<Tensor> results = evaluate(point);
      for (auto [y, weight] : llvm::zip_equal(results, weights))
        for (int64_t i = 0; i < y.size(); ++i)
          sum += y.floats[i] * weight.floats[i];
      return sum;
    };

    std::vector<std::vector<double>> expected;
    for (Tensor &x : point) {
      if (!x.isFloat())
        continue;
      auto &slopes = expected.emplace_back();
      for (double &element : x.floats) {
        const double h = 1e-3, at = element;
        auto value = [&](double offset) {
          element = at + offset;
          return objective();
        };
        // The five-point stencil: its error is of order h^4.
        slopes.push_back(
            (8 * (value(h) - value(-h)) - (value(2 * h) - value(-2 * h))) /
            (12 * h));
        element = at;
      }
    }

    differentiate();
    if (HasFatalFailure())
      return;
    llvm::append_range(point, weights);
    std::vector<Tensor> gradients = evaluate(point);
    ASSERT_EQ(gradients.size(), expected.size());
    for (auto [k, gradient] : llvm::enumerate(gradients)) {
      ASSERT_EQ(gradient.floats.size(), expected[k].size());
      for (auto [i, slope] : llvm::enumerate(expected[k]))
        EXPECT_NEAR(gradient.floats[i], slope, 1e-8 + 1e-6 * std::abs(slope))
            << "argument " << k << ", element " << i;
    }
  }

  std::mt19937 random{7};
};

class Differences : public Gradients,
                    public testing::WithParamInterface<Case> {};

TEST_P(Differences, FirstAndSecondOrder) {
  const Case &c = GetParam();
  parse(c.text);
  if (c.straightThrough)
    GTEST_SKIP() << "differences see what the rule ignores";
  // A request within f is answered before f itself is differentiated.
  run(createDifferentiate());
  check(c.low, c.high);
  if (!HasFailure())
    check(c.low, c.high);
}

/// w · (J v) by the one table and (w J) · v by the other; of f and then of its
/// gradient.
TEST_P(Differences, ForwardAgreesWithReverse) {
  const Case &c = GetParam();
  for (bool second : {false, true}) {
    auto prepare = [&] {
      parse(c.text);
      run(createDifferentiate());
      if (second)
        differentiate();
    };
    prepare();
    std::vector<Tensor> point = inputs(c.low, c.high), tangents, weights;
    std::uniform_real_distribution<double> real(-1, 1);
    auto randomLike = [&](const Tensor &t) {
      Tensor r(t.type);
      for (double &x : r.floats)
        x = real(random);
      return r;
    };
    for (const Tensor &x : point)
      if (x.isFloat())
        tangents.push_back(randomLike(x));
    for (const Tensor &y : evaluate(point))
      weights.push_back(randomLike(y));
    auto dot = [](ArrayRef<Tensor> x, ArrayRef<Tensor> y) {
      double sum = 0, size = 0;
      for (auto [a, b] : llvm::zip_equal(x, y))
        for (auto [p, q] : llvm::zip_equal(a.floats, b.floats)) {
          sum += p * q;
          size += std::abs(p * q);
        }
      return std::pair(sum, size);
    };

    std::vector<Tensor> in = point;
    llvm::append_range(in, tangents);
    differentiateForwards();
    if (HasFatalFailure())
      return;
    auto [forward, size] = dot(evaluate(in), weights);
    prepare();
    in = point;
    llvm::append_range(in, weights);
    differentiate();
    if (HasFatalFailure())
      return;
    auto [reverse, other] = dot(evaluate(in), tangents);
    EXPECT_NEAR(forward, reverse, 1e-12 * (1 + size + other))
        << (second ? "of the gradient" : "");
  }
}

/// Other element types: rules make well-typed ops, whose gradients differ from
/// f64's by rounded constants alone.
TEST_P(Differences, OtherElementTypes) {
  const Case &c = GetParam();
  parse(c.text);
  std::vector<Tensor> point = inputs(c.low, c.high);
  for (Type type : function().getResultTypes()) {
    Tensor weight(cast<RankedTensorType>(type));
    weight.floats.assign(weight.floats.size(), 1.0);
    point.push_back(weight);
  }
  differentiate();
  std::vector<Tensor> expected = evaluate(point);
  for (StringRef element : {"f32", "bf16", "f16"}) {
    std::string text = c.text;
    for (std::string before : {"x", "<"})
      for (size_t at; (at = text.find(before + "f64>")) != std::string::npos;)
        text.replace(at, 5, before + element.str() + ">");
    parse(text);
    if (HasFatalFailure())
      return;
    differentiate();
    run(createDecomposeComposites());
    if (HasFatalFailure())
      return;
    ASSERT_TRUE(succeeded(verify(*module)));
    for (auto [x, type] : llvm::zip(point, function().getArgumentTypes()))
      x.type = cast<RankedTensorType>(type);
    for (auto [e, g] : llvm::zip_equal(expected, evaluate(point)))
      for (auto [x, y] : llvm::zip_equal(e.floats, g.floats))
        EXPECT_NEAR(x, y, 0.05 * (1 + std::abs(x))) << element.str();
  }
}

/// A composite's rule against the gradient of its decomposition.
TEST_P(Differences, RuleAgreesWithDecomposition) {
  const Case &c = GetParam();
  if (c.straightThrough)
    GTEST_SKIP() << "the rule differs on purpose";
  parse(c.text);
  run(createDecomposeComposites());
  differentiate();
  std::vector<Tensor> point = inputs(c.low, c.high);
  std::vector<Tensor> decomposed = evaluate(point);
  parse(c.text);
  differentiate();
  for (auto [d, g] : llvm::zip_equal(decomposed, evaluate(point)))
    for (auto [x, y] : llvm::zip_equal(d.floats, g.floats))
      EXPECT_NEAR(x, y, 1e-11 * (1 + std::abs(y)));
}

/// Simplifying must not change a bit of a gradient, stabilising and decomposing
/// no more than rounding does.
TEST_P(Differences, AfterOtherPasses) {
  const Case &c = GetParam();
  parse(c.text);
  differentiate();
  std::vector<Tensor> point = inputs(c.low, c.high);
  std::vector<Tensor> plain = evaluate(point, Mode::native);
  parse(c.text);
  run(createStabilize());
  differentiate();
  std::vector<Tensor> gradients = evaluate(point, Mode::native);
  run(createSimplifyAlgebra());
  std::vector<Tensor> simplified = evaluate(point, Mode::native);
  run(createDecomposeComposites());
  run(createSimplifyAlgebra());
  std::vector<Tensor> decomposed = evaluate(point, Mode::native);
  ASSERT_EQ(gradients.size(), simplified.size());
  ASSERT_EQ(gradients.size(), decomposed.size());
  ASSERT_EQ(gradients.size(), plain.size());
  for (auto [p, g, s, d] :
       llvm::zip_equal(plain, gradients, simplified, decomposed)) {
    EXPECT_EQ(g.floats, s.floats);
    for (int64_t i = 0; i < g.size(); ++i) {
      EXPECT_NEAR(p.floats[i], g.floats[i],
                  1e-12 * (1 + std::abs(g.floats[i])));
      EXPECT_NEAR(d.floats[i], g.floats[i],
                  1e-12 * (1 + std::abs(g.floats[i])));
    }
  }
}

std::string nameOf(const testing::TestParamInfo<Case> &info) {
  return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Elementwise, Differences,
                         testing::ValuesIn(elementwise()), nameOf);
INSTANTIATE_TEST_SUITE_P(IndexMaps, Differences, testing::ValuesIn(indexMaps()),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(Reductions, Differences,
                         testing::ValuesIn(reductions()), nameOf);
INSTANTIATE_TEST_SUITE_P(Contractions, Differences,
                         testing::ValuesIn(contractions()), nameOf);
INSTANTIATE_TEST_SUITE_P(Composites, Differences,
                         testing::ValuesIn(composites()), nameOf);
INSTANTIATE_TEST_SUITE_P(Networks, Differences, testing::ValuesIn(networks()),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(Loops, Differences, testing::ValuesIn(loops()),
                         nameOf);

INSTANTIATE_TEST_SUITE_P(Primitives, Differences,
                         testing::ValuesIn(primitives()), nameOf);
INSTANTIATE_TEST_SUITE_P(Layers, Differences, testing::ValuesIn(layers()),
                         nameOf);
INSTANTIATE_TEST_SUITE_P(ControlFlow, Differences,
                         testing::ValuesIn(controlFlow()), nameOf);
INSTANTIATE_TEST_SUITE_P(Naive, Differences, testing::ValuesIn(naive()),
                         nameOf);

/// Whoever adds an op that is differentiated has to add a case.
TEST_F(Gradients, EveryDifferentiableOpHasACase) {
  llvm::StringSet<> checked;
  for (const auto &cases :
       {elementwise(), indexMaps(), reductions(), contractions(), composites(),
        networks(), loops(), primitives(), layers(), controlFlow()})
    for (const Case &c : cases) {
      parse(c.text);
      if (HasFatalFailure())
        return;
      module->walk(
          [&](Operation *op) { checked.insert(op->getName().getStringRef()); });
    }
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    auto gradient = gradientDeclaration(name);
    // What prints is checked by a test of its own.
    if (isa<DlcDialect>(name.getDialect()) && gradient &&
        *gradient != Gradient::none &&
        name.getStringRef() != PrintOp::getOperationName()) {
      EXPECT_TRUE(checked.contains(name.getStringRef()))
          << name.getStringRef().str();
    }
  }
}

} // namespace
