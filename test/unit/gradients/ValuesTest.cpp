// Gradients at points where differences say nothing: kinks, ties, extreme
// logits; and what composites compute against what they decompose into.

#include "Harness.h"

#include "Autodiff/Contract.h"
#include "Graph/Contract.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace dlc;

namespace {

class Values : public Harness {
protected:
  /// The gradients of the sum of f's only result at `inputs`.
  std::vector<std::vector<double>>
  gradients(ArrayRef<std::vector<double>> inputs) {
    std::vector<Tensor> point;
    for (auto [i, values] : llvm::enumerate(inputs))
      point.push_back(input(i, values));
    differentiate();
    Tensor ones(cast<RankedTensorType>(function().getArgumentTypes().back()));
    ones.floats.assign(ones.floats.size(), 1.0);
    point.push_back(ones);
    std::vector<std::vector<double>> result;
    for (Tensor &t : evaluate(point))
      result.push_back(t.floats);
    return result;
  }
};

using Vectors = std::vector<std::vector<double>>;

TEST_F(Values, ReluAtZeroIsZero) {
  parse(R"(func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
    %r = dlc.relu %x : tensor<3xf64>
    return %r : tensor<3xf64>
  })");
  EXPECT_EQ(gradients({{-1, 0, 2}}), (Vectors{{0, 0, 1}}));
}

TEST_F(Values, AbsAtZeroIsZero) {
  parse(R"(func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
    %r = dlc.abs %x : tensor<3xf64>
    return %r : tensor<3xf64>
  })");
  EXPECT_EQ(gradients({{-1, 0, 2}}), (Vectors{{-1, 0, 1}}));
}

TEST_F(Values, TiesOfMaximumSplit) {
  parse(R"(func.func @f(%x: tensor<3xf64>, %y: tensor<3xf64>) -> tensor<3xf64> {
    %r = dlc.maximum %x, %y : tensor<3xf64>
    return %r : tensor<3xf64>
  })");
  EXPECT_EQ(gradients({{1, 2, 3}, {3, 2, 1}}),
            (Vectors{{0, 0.5, 1}, {1, 0.5, 0}}));
}

TEST_F(Values, TiesOfReduceSplit) {
  parse(R"(func.func @f(%x: tensor<2x4xf64>) -> tensor<2xf64> {
    %r = dlc.reduce max %x dims [1] : tensor<2x4xf64> to tensor<2xf64>
    return %r : tensor<2xf64>
  })");
  EXPECT_EQ(gradients({{1, 3, 3, 0, 5, 5, 5, 5}}),
            (Vectors{{0, 0.5, 0.5, 0, 0.25, 0.25, 0.25, 0.25}}));
}

TEST_F(Values, ProductWithZeros) {
  parse(R"(func.func @f(%x: tensor<3x3xf64>) -> tensor<3xf64> {
    %r = dlc.reduce mul %x dims [1] : tensor<3x3xf64> to tensor<3xf64>
    return %r : tensor<3xf64>
  })");
  EXPECT_EQ(gradients({{2, 3, 4, 0, 3, 4, 0, 0, 4}}),
            (Vectors{{12, 8, 6, 12, 0, 0, 0, 0, 0}}));
}

TEST_F(Values, NothingPassesThroughIntegers) {
  parse(R"(func.func @f(%x: tensor<2xf64>) -> tensor<2xf64> {
    %i = dlc.convert %x : tensor<2xf64> to tensor<2xi32>
    %y = dlc.convert %i : tensor<2xi32> to tensor<2xf64>
    return %y : tensor<2xf64>
  })");
  EXPECT_EQ(gradients({{1.5, 2.5}}), (Vectors{{0, 0}}));
}

//===-- Extreme logits ---------------------------------------------------===//

/// Losses as a textbook writes them, of one row of logits and its label.
const char *const naiveLosses[] = {
    // -sum(one_hot · log(e^x / sum e^x))
    R"(%e = dlc.exponential %x : tensor<1x3xf32>
       %s = dlc.reduce add %e dims [1] : tensor<1x3xf32> to tensor<1xf32>
       %b = dlc.broadcast_in_dim %s dims [0] : tensor<1xf32> to tensor<1x3xf32>
       %p = dlc.divide %e, %b : tensor<1x3xf32>
       %y = dlc.log %p : tensor<1x3xf32>
       %m = dlc.multiply %t, %y : tensor<1x3xf32>
       %z = dlc.reduce add %m dims [1] : tensor<1x3xf32> to tensor<1xf32>
       %r = dlc.negate %z : tensor<1xf32>)",
    // -log(sum(one_hot · softmax(x)))
    R"(%p = dlc.softmax %x dim 1 : tensor<1x3xf32>
       %m = dlc.multiply %p, %t : tensor<1x3xf32>
       %s = dlc.reduce add %m dims [1] : tensor<1x3xf32> to tensor<1xf32>
       %z = dlc.log %s : tensor<1xf32>
       %r = dlc.negate %z : tensor<1xf32>)",
    // -log(sum(where(label == iota, softmax(x), 0)))
    R"(%p = dlc.softmax %x dim 1 : tensor<1x3xf32>
       %i = dlc.iota dim 0 : tensor<3xi32>
       %ii = dlc.broadcast_in_dim %i dims [1] : tensor<3xi32> to tensor<1x3xi32>
       %ll = dlc.broadcast_in_dim %l dims [0] : tensor<1xi32> to tensor<1x3xi32>
       %c = dlc.compare EQ, %ll, %ii : tensor<1x3xi32>
       %o = dlc.constant dense<0.0> : tensor<1x3xf32>
       %m = dlc.select %c, %p, %o : tensor<1x3xi1>, tensor<1x3xf32>
       %s = dlc.reduce add %m dims [1] : tensor<1x3xf32> to tensor<1xf32>
       %z = dlc.log %s : tensor<1xf32>
       %r = dlc.negate %z : tensor<1xf32>)",
    // log(sum(e^x)) - sum(one_hot · x)
    R"(%e = dlc.exponential %x : tensor<1x3xf32>
       %s = dlc.reduce add %e dims [1] : tensor<1x3xf32> to tensor<1xf32>
       %lse = dlc.log %s : tensor<1xf32>
       %m = dlc.multiply %t, %x : tensor<1x3xf32>
       %z = dlc.reduce add %m dims [1] : tensor<1x3xf32> to tensor<1xf32>
       %r = dlc.subtract %lse, %z : tensor<1xf32>)",
    // softmax_cross_entropy itself
    R"(%r = dlc.softmax_cross_entropy %x, %l : tensor<1x3xf32>, tensor<1xi32> to tensor<1xf32>)",
};

TEST_F(Values, ExtremeLogits) {
  for (const char *loss : naiveLosses)
    for (int label : {0, 1, 2}) {
      std::string text =
          std::string(
              "func.func @f(%x: tensor<1x3xf32>, %l: tensor<1xi32>) -> "
              "tensor<1xf32> {\n"
              "%t = dlc.one_hot %l : tensor<1xi32> to tensor<1x3xf32>\n") +
          loss + "\nreturn %r : tensor<1xf32>\n}";
      SCOPED_TRACE(text + "label " + std::to_string(label));
      const double x[] = {0, 200, -200}, softmax[] = {0, 1, 0};
      parse(text);
      run(createStabilize());
      std::vector<Tensor> point = {input(0, {x[0], x[1], x[2]}),
                                   input(1, {double(label)})};
      EXPECT_EQ(evaluate(point, Mode::native)[0].floats[0], 200 - x[label]);

      differentiate();
      run(createSimplifyAlgebra());
      run(createStabilize());
      run(createDecomposeComposites());
      point.push_back(input(2, {1.0}));
      std::vector<double> d = evaluate(point, Mode::native)[0].floats;
      for (int i : {0, 1, 2})
        EXPECT_NEAR(d[i], softmax[i] - (i == label), 1e-30);
    }
}

TEST_F(Values, SigmoidLossesStayFinite) {
  parse(
      R"(func.func @f(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
    %one = dlc.constant dense<1.0> : tensor<3xf32>
    %n = dlc.negate %x : tensor<3xf32>
    %e = dlc.exponential %n : tensor<3xf32>
    %d = dlc.add %one, %e : tensor<3xf32>
    %p = dlc.divide %one, %d : tensor<3xf32>
    %q = dlc.subtract %one, %p : tensor<3xf32>
    %a = dlc.log %p : tensor<3xf32>
    %b = dlc.log %q : tensor<3xf32>
    %f = dlc.exponential %x : tensor<3xf32>
    %g = dlc.add %f, %one : tensor<3xf32>
    %c = dlc.log %g : tensor<3xf32>
    return %a, %b, %c : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  })");
  run(createStabilize());
  std::vector<Tensor> point = {input(0, {-200, 0, 200})};
  std::vector<Tensor> y = evaluate(point, Mode::native);
  float log2 = std::log(2.0);
  EXPECT_EQ(y[0].floats, (std::vector<double>{-200, -log2, 0}));
  EXPECT_EQ(y[1].floats, (std::vector<double>{0, -log2, -200}));
  EXPECT_EQ(y[2].floats, (std::vector<double>{0, log2, 200}));

  differentiate();
  for (unsigned i : {1, 2, 3})
    point.push_back(input(i, {1, 1, 1}));
  // sigmoid(-x) - sigmoid(x) + sigmoid(x)
  EXPECT_EQ(evaluate(point, Mode::native)[0].floats,
            (std::vector<double>{1, 0.5, 0}));
}

TEST_F(Values, LogSumExpOfInfinities) {
  parse(R"(func.func @f(%x: tensor<4x2xf32>) -> tensor<4xf32> {
    %e = dlc.exponential %x : tensor<4x2xf32>
    %s = dlc.reduce add %e dims [1] : tensor<4x2xf32> to tensor<4xf32>
    %r = dlc.log %s : tensor<4xf32>
    return %r : tensor<4xf32>
  })");
  run(createStabilize());
  const double inf = INFINITY;
  std::vector<Tensor> point = {
      input(0, {1000, 1000, -inf, -inf, inf, 3, -inf, 5})};
  std::vector<double> y = evaluate(point, Mode::native)[0].floats;
  EXPECT_FLOAT_EQ(y[0], 1000 + std::log(2.0));
  EXPECT_EQ(y[1], -inf);
  EXPECT_EQ(y[2], inf);
  EXPECT_EQ(y[3], 5);
}

//===-- Decompositions ---------------------------------------------------===//

TEST_F(Values, DecompositionsAreTheFormulas) {
  parse(
      R"(func.func @f(%x: tensor<2x3x4xf64>, %l: tensor<2x3xi32>, %s: tensor<2xi64>)
      -> (tensor<2x3x4xf64>, tensor<2x3x4xf64>, tensor<2x3x4xf64>, tensor<2x3xf64>,
          tensor<2x3x4xf64>, tensor<2x4xi32>, tensor<3x4xi32>, tensor<1000xf64>, tensor<1000xf64>) {
    %0 = dlc.relu %x : tensor<2x3x4xf64>
    %1 = dlc.softmax %x dim 1 : tensor<2x3x4xf64>
    %2 = dlc.log_softmax %x dim 2 : tensor<2x3x4xf64>
    %3 = dlc.softmax_cross_entropy %x, %l : tensor<2x3x4xf64>, tensor<2x3xi32> to tensor<2x3xf64>
    %4 = dlc.one_hot %l : tensor<2x3xi32> to tensor<2x3x4xf64>
    %5 = dlc.argmax %x dim 1 : tensor<2x3x4xf64> to tensor<2x4xi32>
    %6 = dlc.argmax %x dim 0 : tensor<2x3x4xf64> to tensor<3x4xi32>
    %7 = dlc.uniform %s : tensor<2xi64> to tensor<1000xf64>
    %8 = dlc.normal %s : tensor<2xi64> to tensor<1000xf64>
    return %0, %1, %2, %3, %4, %5, %6, %7, %8
        : tensor<2x3x4xf64>, tensor<2x3x4xf64>, tensor<2x3x4xf64>, tensor<2x3xf64>,
          tensor<2x3x4xf64>, tensor<2x4xi32>, tensor<3x4xi32>, tensor<1000xf64>, tensor<1000xf64>
  })");
  std::vector<double> x;
  for (int i = 0; i < 24; ++i)
    x.push_back(std::sin(i * i) * 3);
  x[5] = x[9]; // equal within a column
  std::vector<Tensor> point = {input(0, x), input(1, {0, 1, 2, 3, 0, 1}),
                               input(2, {42, 7})};
  std::vector<Tensor> composites = evaluate(point);
  run(createDecomposeComposites());
  function().walk(
      [](Operation *op) { EXPECT_FALSE(op->hasTrait<Composite>()); });
  std::vector<Tensor> primitives = evaluate(point);
  ASSERT_EQ(composites.size(), primitives.size());
  for (auto [k, pair] : llvm::enumerate(llvm::zip(composites, primitives)))
    for (int64_t i = 0; i < std::get<0>(pair).size(); ++i) {
      double a = std::get<0>(pair).asDouble(i),
             b = std::get<1>(pair).asDouble(i);
      EXPECT_NEAR(a, b, 1e-12 * (1 + std::abs(a)))
          << "result " << k << " at " << i;
    }
}

TEST_F(Values, ArgmaxFindsTheFirstNaN) {
  parse(R"(func.func @f(%x: tensor<3x4xf32>) -> tensor<3xi32> {
    %i = dlc.argmax %x dim 1 : tensor<3x4xf32> to tensor<3xi32>
    return %i : tensor<3xi32>
  })");
  const double nan = NAN, inf = INFINITY;
  Tensor x = input(0, {1, nan, 9, nan, -inf, -inf, -inf, -inf, 2, 7, 7, inf});
  run(createDecomposeComposites());
  EXPECT_EQ(evaluate(x, Mode::native)[0].ints, (std::vector<int64_t>{1, 0, 3}));
}

//===-- Size and completeness --------------------------------------------===//

TEST_F(Values, LongChain) {
  parse(R"(func.func @f(%x: tensor<f64>) -> tensor<f64> {
    return %x : tensor<f64>
  })");
  Operation *end = function().getBody().front().getTerminator();
  OpBuilder b(end);
  Value x = end->getOperand(0);
  for (int i = 0; i < 100000; ++i)
    x = i % 2 ? Value(b.create<NegateOp>(end->getLoc(), x))
              : Value(b.create<AddOp>(end->getLoc(), x, x));
  end->setOperand(0, x);
  run(createSimplifyAlgebra());
  run(createStabilize());
  differentiate();
  run(createSimplifyAlgebra());
  run(createDecomposeComposites());
}

TEST_F(Values, EveryOpIsDeclared) {
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    bool ours = isa<DlcDialect>(name.getDialect());
    EXPECT_TRUE(!ours || gradientDeclaration(name))
        << name.getStringRef().str();
  }
}

TEST_F(Values, ContractsBlameWhatIsLeft) {
  parse(R"(func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> {
    %v = dlc.variable %x : tensor<2xf32>
    %y = dlc.kernel map(%v) ends "result" {
    ^bb0(%a: tensor<2xf32>):
      dlc.yield %a : tensor<2xf32>
    } : (tensor<2xf32>) -> tensor<2xf32>
    return %y : tensor<2xf32>
  })");
  std::string said;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    said += diagnostic.str() + "\n";
    return success();
  });
  EXPECT_TRUE(failed(verifyAutodiffContract(*module)));
  EXPECT_TRUE(failed(verifyGraphContract(*module)));
  EXPECT_EQ(said, "[autodiff] left 'dlc.variable' behind\n"
                  "[graph] left 'dlc.kernel', which is no op of a recording\n");
}

} // namespace
