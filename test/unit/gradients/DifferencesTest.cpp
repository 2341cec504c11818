// Gradients against central differences, in f64 by the interpreter's exact
// mode. Each case is a function of some tensors; the sum of its results, each
// weighted by a fixed random number, is differentiated with respect to every
// floating-point argument. What autodiff made is then itself a case: second
// derivatives, and the proof that the rules are closed under differentiation.

#include "Cases.h"
#include "Harness.h"

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
        EXPECT_NEAR(gradient.floats[i], slope,
                    1e-6 * std::max(1.0, std::abs(slope)))
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
  // A request within f is answered before f itself is differentiated.
  run(createDifferentiate());
  check(c.low, c.high);
  if (!HasFailure())
    check(c.low, c.high);
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

INSTANTIATE_TEST_SUITE_P(Naive, Differences, testing::ValuesIn(naive()),
                         nameOf);

} // namespace
