#include "Interpreter/Interpreter.h"
#include "IR/Dlc.h"
#include "Interpreter/Rules.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

namespace {

class Interpreter : public testing::Test {
protected:
  Interpreter() { context.loadDialect<DlcDialect, func::FuncDialect>(); }

  /// Evaluates the only function of a module.
  FailureOr<SmallVector<Tensor>> run(StringRef text, ArrayRef<Tensor> inputs,
                                     Mode mode = Mode::native) {
    module = parseSourceString<ModuleOp>(text, &context);
    return interpret(*module->getOps<func::FuncOp>().begin(), inputs, mode);
  }

  RankedTensorType type(ArrayRef<int64_t> shape, Type element) {
    return RankedTensorType::get(shape, element);
  }

  MLIRContext context;
  Builder b{&context};
  OwningOpRef<ModuleOp> module;
};

// The known answers of Random123's kat_vectors.
TEST_F(Interpreter, PhiloxGivesThePublishedWords) {
  using Words = std::array<uint32_t, 4>;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox({ones, ones, ones, ones}, {ones, ones}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                   {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST_F(Interpreter, NativeModeRoundsOnceAndExactModeDoesNot) {
  constexpr StringRef text = R"(
    func.func @f(%x: tensor<f32>, %y: tensor<f32>) -> tensor<f32> {
      %0 = dlc.add %x, %y : tensor<f32>
      return %0 : tensor<f32>
    })";
  Tensor one(type({}, b.getF32Type())), tiny = one;
  one.floats[0] = 1;
  tiny.floats[0] = 0x1p-30;
  EXPECT_EQ((*run(text, {one, tiny}))[0].floats[0], 1);
  EXPECT_EQ((*run(text, {one, tiny}, Mode::exact))[0].floats[0], 1 + 0x1p-30);
}

// Through f64 this integer would be rounded to a tie, and then to even.
TEST_F(Interpreter, IntegersConvertWithOneRounding) {
  constexpr int64_t value = (int64_t(1) << 60) + (int64_t(1) << 36) + 1;
  Tensor x(type({}, b.getI64Type()));
  x.ints[0] = value;
  auto results = run(R"(
    func.func @f(%x: tensor<i64>) -> tensor<f32> {
      %0 = dlc.convert %x : tensor<i64> to tensor<f32>
      return %0 : tensor<f32>
    })",
                     x);
  EXPECT_EQ((*results)[0].floats[0], static_cast<float>(value));
  EXPECT_NE(static_cast<float>(static_cast<double>(value)),
            static_cast<float>(value));
}

TEST_F(Interpreter, BytesRoundTrip) {
  Type elements[] = {b.getF32Type(),
                     b.getF64Type(),
                     b.getI32Type(),
                     b.getI64Type(),
                     b.getIntegerType(8, false),
                     b.getIntegerType(32, false),
                     b.getI1Type()};
  for (Type element : elements) {
    Tensor tensor(type({3}, element));
    for (int64_t i = 0; i < 3; ++i)
      tensor.set(i, i - 1, Mode::native);
    std::string bytes = tensor.toBytes();
    EXPECT_EQ(static_cast<int64_t>(bytes.size()), 3 * byteSize(element));
    Tensor back = Tensor::fromBytes(tensor.type, bytes);
    EXPECT_EQ(back.floats, tensor.floats);
    EXPECT_EQ(back.ints, tensor.ints);
  }
}

TEST_F(Interpreter, RefusesInputsOfAnotherType) {
  std::string error;
  ScopedDiagnosticHandler handler(
      &context, [&](Diagnostic &diagnostic) { error = diagnostic.str(); });
  EXPECT_TRUE(failed(run("func.func @f(%x: tensor<2xf32>) { return }",
                         Tensor(type({3}, b.getF32Type())))));
  EXPECT_EQ(error, "input 0 of @f is 'tensor<2xf32>', got 'tensor<3xf32>'");
}

} // namespace
