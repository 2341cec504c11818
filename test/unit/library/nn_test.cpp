// Modules: names, modes, layers, initial values.

#include <dlc/dlc.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

using namespace dlc;

namespace {

struct Mlp : nn::Module {
  nn::Linear hidden, output;
  explicit Mlp(Generator &rng)
      : Module("Mlp"), hidden(6, 4, rng), output(4, 3, rng) {}
  Tensor forward(const Tensor &x) override { return output(relu(hidden(x))); }
  void parts(Visitor &v) override {
    v("hidden", hidden);
    v("output", output);
  }
};

std::vector<std::string> names(TreeRef tree) {
  std::vector<std::string> result;
  for (const Leaf &leaf : parameters(tree))
    result.push_back(leaf.name);
  return result;
}

TEST(Module, ParametersHavePaths) {
  Generator rng;
  Mlp mlp(rng);
  EXPECT_EQ(names(mlp),
            (std::vector<std::string>{"hidden.weight", "hidden.bias",
                                      "output.weight", "output.bias"}));
  nn::Sequential model(nn::Flatten(), nn::Linear(6, 4, rng), nn::ReLU(),
                       nn::Linear(4, 3, rng, {.bias = false}));
  EXPECT_EQ(names(model),
            (std::vector<std::string>{"1.weight", "1.bias", "3.weight"}));
}

TEST(Module, ModesReachThePartsInside) {
  Generator rng;
  nn::Sequential model(nn::Sequential(nn::Dropout(0.5, rng)), nn::ReLU());
  EXPECT_TRUE(model.isTraining());
  model.eval();
  EXPECT_FALSE(static_cast<nn::Sequential &>(model[0])[0].isTraining());
  model.train();
  EXPECT_TRUE(static_cast<nn::Sequential &>(model[0])[0].isTraining());
}

TEST(Module, CallsNameTheParts) {
  Generator rng;
  Mlp mlp(rng);
  Tensor y = mlp(zeros({2, 6}));
  EXPECT_EQ(y.shape(), (Shape{2, 3}));
  EXPECT_EQ(mlp.name(), "Mlp");
  EXPECT_EQ(mlp.hidden.name(), "hidden");
}

TEST(Module, ErrorsNameTheUsersLine) {
  Generator rng;
  nn::Sequential model(nn::Linear(6, 4, rng));
  Tensor x = zeros({2, 5});
  try {
    model(x); // the error names this line
    FAIL();
  } catch (const Error &error) {
    std::string place = "nn_test.cpp:" + std::to_string(__LINE__ - 3) + ":";
    EXPECT_NE(std::string(error.what()).find(place), std::string::npos)
        << error.what();
  }
}

TEST(Layers, LinearMultipliesAndAdds) {
  Generator rng;
  nn::Linear linear(2, 2, rng);
  linear.weight = tensor<float>({{1, 2}, {3, 4}});
  linear.bias = tensor({10.0f, 20.0f});
  Tensor y = linear(tensor<float>({{1, 1}}));
  EXPECT_EQ(y.toVector<float>(), (std::vector<float>{14, 26}));
}

TEST(Layers, Activations) {
  Tensor x = tensor({-1.0f, 0.0f, 2.0f});
  EXPECT_EQ(nn::ReLU()(x).toVector<float>(), (std::vector<float>{0, 0, 2}));
  EXPECT_NEAR(nn::Sigmoid()(x).toVector<float>()[2], 1 / (1 + std::exp(-2.0)),
              1e-6);
  EXPECT_NEAR(nn::Tanh()(x).toVector<float>()[0], std::tanh(-1.0), 1e-6);
  EXPECT_EQ(nn::Flatten()(zeros({2, 3, 4})).shape(), (Shape{2, 12}));
}

TEST(Layers, DropoutDropsInTrainingOnly) {
  Generator rng(1);
  nn::Dropout layer(0.25, rng);
  Tensor x = ones({10000});
  std::vector<float> first = layer(x).toVector<float>();
  std::vector<float> second = layer(x).toVector<float>();
  EXPECT_NE(first, second);
  auto zeroes = std::count(first.begin(), first.end(), 0.0f);
  EXPECT_NEAR(double(zeroes), 2500, 200);
  EXPECT_EQ(std::count(first.begin(), first.end(), 1 / 0.75f), 10000 - zeroes);
  layer.eval();
  EXPECT_EQ(layer(x).toVector<float>(), x.toVector<float>());
  EXPECT_THROW(nn::Dropout(1, rng), Error);
  EXPECT_THROW(nn::Dropout(NAN, rng), Error);
}

TEST(Layers, CompiledStepsDrawDifferentMasks) {
  Generator rng(1);
  nn::Dropout layer(0.5, rng);
  Tensor x = ones({1000});
  auto step = compile([&] { return layer(x); }, {.state = {rng}});
  std::vector<float> first = step().toVector<float>();
  EXPECT_NE(first, step().toVector<float>());
  EXPECT_EQ(step.traceCount(), 1);
  layer.eval();
  EXPECT_EQ(step().toVector<float>(), x.toVector<float>());
  EXPECT_EQ(step.traceCount(), 2);
}

TEST(Init, StaysInBounds) {
  Generator rng(3);
  auto largest = [](const Tensor &x) { return max(abs(x)).item(); };
  Tensor xavier = nn::init::xavierUniform(rng, {300, 100});
  EXPECT_LE(largest(xavier), std::sqrt(6.0 / 400));
  EXPECT_GT(largest(xavier), 0.99 * std::sqrt(6.0 / 400));
  // A 3x3 window multiplies both fans.
  Tensor window = nn::init::xavierUniform(rng, {3, 3, 30, 10});
  EXPECT_LE(largest(window), std::sqrt(6.0 / (9 * 40)));
  EXPECT_LE(largest(nn::init::kaimingUniform(rng, {300, 100})),
            std::sqrt(6.0 / 300));
  EXPECT_THROW(nn::init::kaimingUniform(rng, {300}), Error);
}

TEST(Init, HasTheDeviation) {
  Generator rng(3);
  auto deviation = [](const Tensor &x) { return sqrt(mean(x * x)).item(); };
  EXPECT_NEAR(deviation(nn::init::xavierNormal(rng, {300, 100})),
              std::sqrt(2.0 / 400), 0.001);
  EXPECT_NEAR(deviation(nn::init::kaimingNormal(rng, {300, 100})),
              std::sqrt(2.0 / 300), 0.001);
}

} // namespace
