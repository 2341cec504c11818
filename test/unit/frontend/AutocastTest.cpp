// Mixed precision: what is computed in which type, and the loss's scale.

#include "Support.h"

#include <cmath>

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;

TEST(Half, RoundsToTheNearestEven) {
  // 1 + 2^-8 lies between two bf16s; the even one is 1.
  EXPECT_EQ(float(BFloat16(1 + 0x1p-8)), 1);
  EXPECT_EQ(float(BFloat16(1 + 0x3p-8)), 1 + 0x2p-7f);
  EXPECT_EQ(float(BFloat16(1 + 0x1p-8 + 0x1p-40)), 1 + 0x1p-7f);
  EXPECT_EQ(float(Float16(65504)), 65504);
  EXPECT_EQ(float(Float16(65520)), INFINITY);
  EXPECT_EQ(float(Float16(-1e300)), -INFINITY);
  EXPECT_EQ(float(Float16(0x1p-24)), 0x1p-24f);
  EXPECT_EQ(float(Float16(0x1p-25)), 0);
  EXPECT_EQ(float(Float16(0x1.8p-25)), 0x1p-24f);
  EXPECT_EQ(Float16(-0.0).bits, 0x8000);
  EXPECT_TRUE(std::isnan(float(BFloat16(NAN))));
  EXPECT_TRUE(std::isnan(float(Float16(NAN))));
}

TEST(Half, TensorsHoldThem) {
  Tensor x = tensor({BFloat16(1.5), BFloat16(-2)});
  EXPECT_EQ(x.dtype(), DType::bf16);
  EXPECT_EQ(floats((x * 2).astype(DType::f32)), (F{3, -4}));
  EXPECT_EQ(full({}, 0.5, DType::f16).item(), 0.5);
  std::ostringstream text;
  text << tensor({Float16(0.25)}) << tensor({int8_t(-3)});
  EXPECT_EQ(text.str(), "tensor<1xf16> [0.25]tensor<1xi8> [-3]");
}

TEST(Autocast, LowersContractionsAndRaisesSums) {
  Tensor x = ones({2, 2});
  Autocast cast(DType::bf16);
  Tensor product = matmul(x, x);
  EXPECT_EQ(product.dtype(), DType::bf16);
  EXPECT_EQ(sum(product).dtype(), DType::f32);
  EXPECT_EQ(softmax(product).dtype(), DType::f32);
  EXPECT_EQ((product + x).dtype(), DType::f32);
  EXPECT_EQ((x + x).dtype(), DType::f32);
  EXPECT_EQ(mse(product, x).dtype(), DType::f32);
  {
    Autocast off(DType::f32);
    EXPECT_EQ(matmul(x, x).dtype(), DType::f32);
  }
  EXPECT_EQ(matmul(x, x).dtype(), DType::bf16);
}

TEST(Autocast, EndsWithItsScope) {
  Tensor x = ones({2, 2});
  {
    Autocast cast(DType::f16);
  }
  EXPECT_EQ(matmul(x, x).dtype(), DType::f32);
  EXPECT_ERROR(Autocast cast(DType::i32), "[autocast] needs bf16, f16 or f32");
}

TEST(Autocast, ACompiledFunctionIsRecordedForEachSetting) {
  auto f = compile([](const Tensor &x) { return matmul(x, x); });
  Tensor x = ones({2, 2});
  EXPECT_EQ(f(x).dtype(), DType::f32);
  {
    Autocast cast(DType::bf16);
    EXPECT_EQ(f(x).dtype(), DType::bf16);
    f(x);
    EXPECT_EQ(f.traceCount(), 2);
  }
  EXPECT_EQ(f(x).dtype(), DType::f32);
}

TEST(Autocast, AScopeInsideIsPartOfTheRecording) {
  auto f = compile([](const Tensor &x) {
    Autocast cast(DType::bf16);
    return matmul(x, x);
  });
  Tensor x = ones({2, 2});
  f(x);
  EXPECT_EQ(f(x).dtype(), DType::bf16);
  EXPECT_EQ(f.traceCount(), 1);
}

TEST(LossScaler, GrowsAndBacksOff) {
  LossScaler scaler({.initial = 8, .interval = 2});
  EXPECT_EQ(scaler.scaled(scalar(3.0)).item(), 24);
  std::vector<Tensor> gradients{tensor({8.0f, 16.0f})};
  EXPECT_TRUE(scaler.unscale(gradients).item<int>());
  EXPECT_EQ(floats(gradients[0]), (F{1, 2}));
  EXPECT_EQ(scaler.scale.item(), 8);
  gradients[0] = tensor({8.0f});
  scaler.unscale(gradients);
  EXPECT_EQ(scaler.scale.item(), 16);
  gradients[0] = tensor({INFINITY});
  EXPECT_FALSE(scaler.unscale(gradients).item<int>());
  EXPECT_EQ(scaler.scale.item(), 8);
  EXPECT_EQ(scaler.steps.item(), 0);
  EXPECT_ERROR(LossScaler({.initial = 0}), "[loss_scaler] needs initial > 0");
}

TEST(LossScaler, UpdatesOnlyIfTheConditionHolds) {
  std::vector<Tensor> state{tensor({1.0f}), tensor({2.0f})};
  for (bool holds : {false, true})
    updateIf(tensor({holds})[0], state, [&] { state[0] = state[0] * 10; });
  EXPECT_EQ(floats(state[0]), (F{10}));
  EXPECT_EQ(floats(state[1]), (F{2}));
  EXPECT_ERROR(
      updateIf(tensor({true})[0], state, [&] { state[0] = arange(1); }),
      "[update_if] 0 changes its type");
}

} // namespace
