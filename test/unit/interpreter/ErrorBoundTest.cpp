// What the bound that the interpreter computes lets pass, and what not.

#include "Interpreter/ErrorBound.h"
#include "IR/Dlc.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

namespace {

class ErrorBounds : public testing::Test {
protected:
  ErrorBounds() { context.loadDialect<DlcDialect, func::FuncDialect>(); }

  /// Whether the only result of @f, with `change` applied to its first element,
  /// lies within the bound. The samples are of all functions of the module.
  template <typename F>
  bool accepts(StringRef text, std::vector<double> x, F change) {
    module = parseSourceString<ModuleOp>(text, &context);
    SmallVector<func::FuncOp> forms(module->getOps<func::FuncOp>());
    Tensor input(cast<RankedTensorType>(forms[0].getArgumentTypes()[0]));
    input.floats = x;
    SmallVector<Tensor> expected = *interpret(forms[0], {input});
    SmallVector<Tensor> got = expected;
    if (got[0].isFloat())
      got[0].floats[0] = change(got[0].floats[0]);
    else
      got[0].ints[0] =
          static_cast<int64_t>(change(static_cast<double>(got[0].ints[0])));
    return !ErrorBound(forms, {input}, expected).check(got);
  }

  static double up(double x, int steps) {
    float y = static_cast<float>(x);
    for (int i = 0; i < steps; ++i)
      y = std::nextafter(y, INFINITY);
    return y;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

constexpr StringRef product = R"(
  func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> {
    %0 = dlc.multiply %x, %x : tensor<2xf32>
    return %0 : tensor<2xf32>
  })";

TEST_F(ErrorBounds, WhatIsExactHasToHaveEqualBits) {
  EXPECT_TRUE(accepts(product, {1.5, 0}, [](double y) { return y; }));
  EXPECT_FALSE(accepts(product, {1.5, 0}, [](double y) { return up(y, 1); }));
  EXPECT_FALSE(accepts(product, {0, 0}, [](double y) { return -y; }));
}

TEST_F(ErrorBounds, FunctionsMayMissByAFewUnits) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<1xf32>) -> tensor<1xf32> {
      %0 = dlc.exponential %x : tensor<1xf32>
      return %0 : tensor<1xf32>
    })";
  EXPECT_TRUE(accepts(text, {1.5}, [](double y) { return up(y, 2); }));
  EXPECT_FALSE(accepts(text, {1.5}, [](double y) { return up(y, 40); }));
}

// 0 * 1e30 * 1e30: in another order it is no number.
TEST_F(ErrorBounds, ProductsThatMayOverflowAreUnbounded) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<3xf32>) -> tensor<f32> {
      %0 = dlc.reduce mul %x dims [0] : tensor<3xf32> to tensor<f32>
      return %0 : tensor<f32>
    })";
  EXPECT_TRUE(accepts(text, {0, 1e30, 1e30}, [](double) { return NAN; }));
  EXPECT_FALSE(accepts(text, {0, 1e10, 1e10}, [](double) { return NAN; }));
}

// Computed numbers that are equal differ in each sample; which of them is the
// first follows from that (seed 57137 of dlc-smith).
TEST_F(ErrorBounds, TiesMayBeBroken) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<8xf32>) -> tensor<8xi1> {
      %0 = dlc.exponential %x : tensor<8xf32>
      %1:2 = dlc.sort %0, %0 dim 0 descending : tensor<8xf32>, tensor<8xf32>
      %2 = dlc.magnitude_mask %1#1 drop 1 : tensor<8xf32> to tensor<8xi1>
      return %2 : tensor<8xi1>
    })";
  EXPECT_TRUE(accepts(text, std::vector<double>(8, 0.5),
                      [](double y) { return 1 - y; }));
}

// 1e4 + 1 - 1e4: the sum is off by units of 1e4, the result by no more.
TEST_F(ErrorBounds, CancellationMakesTheBoundLarger) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<3xf32>) -> tensor<f32> {
      %0 = dlc.reduce add %x dims [0] : tensor<3xf32> to tensor<f32>
      return %0 : tensor<f32>
    })";
  EXPECT_TRUE(
      accepts(text, {1e4, 1, -1e4}, [](double y) { return y + 0.0005; }));
  EXPECT_FALSE(
      accepts(text, {1e4, 1, -1e4}, [](double y) { return y + 0.05; }));
  EXPECT_FALSE(accepts(text, {1, 1, 1}, [](double y) { return y + 0.0005; }));
}

TEST_F(ErrorBounds, AComparisonOfWhatIsNotExactMayComeOutEitherWay) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<1xf32>) -> tensor<1xi1> {
      %0 = dlc.exponential %x : tensor<1xf32>
      %1 = dlc.constant dense<1.0> : tensor<1xf32>
      %2 = dlc.compare LT, %0, %1 : tensor<1xf32>
      return %2 : tensor<1xi1>
    })";
  auto flip = [](double y) { return 1 - y; };
  EXPECT_TRUE(accepts(text, {0}, flip));
  EXPECT_FALSE(accepts(text, {0.25}, flip));
}

TEST_F(ErrorBounds, TheLargerOfTwoZerosMayBeEither) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<1xf32>) -> tensor<1xf32> {
      %0 = dlc.maximum %x, %x : tensor<1xf32>
      return %0 : tensor<1xf32>
    })";
  EXPECT_TRUE(accepts(text, {0}, [](double y) { return -y; }));
  EXPECT_FALSE(accepts(text, {1}, [](double y) { return -y; }));
}

// Added to a sum, equal terms are rounded alike: 343 of them drift (seed 13117
// of dlc-smith). What is compiled adds up 7 sums of 7 sums of 7.
TEST_F(ErrorBounds, AnEinsumIsOffByAsMuchAsASumOfItsTerms) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<7xf64>) -> tensor<1xf64> {
      %0 = dlc.constant dense<1.492> : tensor<1x7x49xf64>
      %1 = dlc.einsum "abc,b->a"(%0, %x) : (tensor<1x7x49xf64>, tensor<7xf64>) -> tensor<1xf64>
      return %1 : tensor<1xf64>
    })";
  std::vector<double> x(7, 1.75);
  EXPECT_TRUE(accepts(text, x, [](double y) { return y * (1 + 0x1p-48); }));
  EXPECT_FALSE(accepts(text, x, [](double y) { return y * (1 + 0x1p-40); }));
}

// Else a wrong rewrite would excuse itself.
TEST_F(ErrorBounds, AFormThatComputesSomethingElseDoesNotWidenTheBound) {
  std::string text = product.str() + R"(
    func.func @g(%x: tensor<2xf32>) -> tensor<2xf32> {
      %0 = dlc.add %x, %x : tensor<2xf32>
      return %0 : tensor<2xf32>
    })";
  EXPECT_FALSE(accepts(text, {3, 1}, [](double) { return 6; }));
}

} // namespace
