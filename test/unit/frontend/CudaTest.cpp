// Tensors and compiled functions on a GPU.

#include "Support.h"

#include "detail/Session.h"

using namespace dlc;
using namespace dlc::test;

namespace {

using F = std::vector<float>;

TEST(CudaTensor, GoesThereAndBack) {
  Tensor x = tensor({1.0f, 2.0f, 3.0f});
  EXPECT_EQ(x.device(), "cpu");
  Tensor there = x.to("cuda:0");
  EXPECT_EQ(there.device(), "cuda:0");
  EXPECT_EQ(floats(there), (F{1, 2, 3}));
  EXPECT_EQ(floats(there.to("cpu")), (F{1, 2, 3}));
  EXPECT_EQ(there.to("cuda").get(), there.get());
  EXPECT_EQ(scalar(2.0f).to("cuda").device(), "cuda:0");
}

TEST(CudaTensor, OpsAreComputedWhereTheirOperandsLie) {
  Tensor x = tensor({1.0f, 2.0f}).to("cuda:0");
  Tensor y = x * 2 + ones({2});
  EXPECT_EQ(y.device(), "cuda:0");
  EXPECT_EQ(floats(y), (F{3, 5}));
  EXPECT_EQ(&y.get()->data->device(), *runtime::findDevice("cuda:0"));
}

TEST(CudaTensor, ConstantsGoWithWhatTheyMeet) {
  Tensor ramp = arange(3).astype(DType::f32);
  Tensor there = tensor({1.0f, 1.0f, 1.0f}).to("cuda:0");
  EXPECT_EQ(floats(there + ramp), (F{1, 2, 3}));
  // Its value lies on the card now, and still belongs nowhere.
  EXPECT_EQ(floats(tensor({1.0f, 1.0f, 1.0f}) + ramp), (F{1, 2, 3}));
}

TEST(CudaTensor, OneEvaluationOnTwoDevices) {
  Tensor here = tensor({1.0f}) * 2, there = tensor({1.0f}).to("cuda") * 3;
  eval({here, there});
  EXPECT_EQ(floats(here), F{2});
  EXPECT_EQ(floats(there), F{3});
}

TEST(CudaTensor, MixingDevicesIsAnError) {
  Tensor here = tensor({1.0f, 2.0f});
  Tensor there = tensor({1.0f, 2.0f}).to("cuda:0");
  EXPECT_ERROR(here + there,
               "operands lie on two devices: tensor<2xf32> made at");
  EXPECT_ERROR(matmul(reshape(there, {1, 2}), reshape(here, {2, 1})),
               "on cuda:0");
  EXPECT_ERROR(there + here, "move one with .to()");
  EXPECT_ERROR(there + here.to("cuda:1"), ", on cuda:1;");
}

TEST(CudaTensor, ADeviceThatIsNotThere) {
  EXPECT_ERROR(
      ones({1}).to("cuda:7"),
      "[to] cannot use cuda:7: there is no cuda:7: 2 GPUs are visible");
  EXPECT_ERROR(ones({1}).to("tpu"), "unknown device 'tpu'");
  EXPECT_ERROR(compile([](const Tensor &x) { return x; }, {.device = "cuda:7"}),
               "[compile] cannot use cuda:7");
}

TEST(CudaTensor, DerivativesDoNotPassBetweenDevices) {
  auto f = [](const Tensor &x) { return sum(x.to("cuda:0")); };
  EXPECT_ERROR(grad(f)(tensor({1.0f, 2.0f})),
               "[to] a tensor that is being differentiated stays where it is");
}

TEST(CudaTensor, GradientsAreComputedWhereTheirOperandsLie) {
  Tensor slope = grad([](const Tensor &x) { return sum(x * x); })(
      tensor({1.0f, 2.0f}).to("cuda:0"));
  EXPECT_EQ(slope.device(), "cuda:0");
  EXPECT_EQ(floats(slope), (F{2, 4}));
}

TEST(CudaTensor, GeneratorsDrawTheSame) {
  Generator here(7), there(7);
  there.state = there.state.to("cuda:0");
  for (int draw = 0; draw < 3; ++draw) {
    Tensor drawn = normal(there, {5});
    EXPECT_EQ(drawn.device(), "cuda:0");
    EXPECT_EQ(floats(drawn), floats(normal(here, {5})));
  }
}

TEST(CudaCompile, CopiesArgumentsAndKeepsResults) {
  auto f = compile([](const Tensor &x, const Tensor &y) { return x + y; },
                   {.device = "cuda:0"});
  Tensor z = f(tensor({1.0f}), tensor({2.0f}).to("cuda:0"));
  EXPECT_EQ(z.device(), "cuda:0");
  EXPECT_EQ(floats(z), F{3});
}

TEST(CudaCompile, OtherCardsAreErrors) {
  auto next = [](const Tensor &x) { return x + 1; };
  Tensor first = ones({1}).to("cuda:0"), second = ones({1}).to("cuda:1");
  auto f = compile(next, {.device = "cuda:0"});
  EXPECT_ERROR(f(second), "lies on cuda:1, but is needed on cuda:0; move it");
  auto g = compile(next);
  EXPECT_ERROR(g(first), "lies on cuda:0, but is needed on cpu; move it with");
}

TEST(CudaCompile, CapturedTensorsAreCopiedOnce) {
  Tensor table = tensor({10.0f, 20.0f});
  auto f =
      compile([&](const Tensor &x) { return x + table; }, {.device = "cuda:0"});
  EXPECT_EQ(floats(f(tensor({1.0f, 2.0f}))), (F{11, 22}));
  runtime::Device &card = **runtime::findDevice("cuda:0");
  runtime::BufferRef copy = table.get()->dataOn(card, Loc::current());
  EXPECT_EQ(floats(f(tensor({3.0f, 4.0f}))), (F{13, 24}));
  EXPECT_EQ(table.get()->dataOn(card, Loc::current()), copy);
  EXPECT_EQ(table.device(), "cpu");
}

TEST(CudaCompile, StateMovesToTheCardAndStays) {
  Tensor w = tensor({1.0f, 2.0f});
  auto step = compile([&] { w = w + 1; }, {.state = {w}, .device = "cuda:0"});
  step();
  EXPECT_EQ(w.device(), "cuda:0");
  EXPECT_EQ(floats(w), (F{2, 3}));
  std::byte *address = w.get()->data->address();
  step();
  step();
  // In place.
  EXPECT_EQ(w.get()->data->address(), address);
  EXPECT_EQ(floats(w), (F{4, 5}));
}

TEST(CudaCompile, AnOlderHandleKeepsItsBits) {
  Tensor w = tensor({1.0f, 2.0f});
  auto step = compile([&] { w = w + 1; }, {.state = {w}, .device = "cuda:0"});
  step();
  Tensor before = w;
  step();
  EXPECT_EQ(floats(before), (F{2, 3}));
  EXPECT_EQ(floats(w), (F{3, 4}));
}

TEST(CudaCompile, AFailedStepChangesNothing) {
  Tensor w = tensor({1.0f, 2.0f, 3.0f});
  auto step = compile(
      [&](const Tensor &rows) {
        Tensor picked = take(w, rows, 0);
        w = w + sum(picked);
        return picked;
      },
      {.state = {w}, .device = "cuda:0"});
  // Once from host memory, once from the card's.
  for (const char *device : {"cpu", "cuda:0"}) {
    w = w.to(device);
    EXPECT_THROW(step(tensor<int32_t>({1, 3})), Error);
    EXPECT_EQ(w.device(), device);
    EXPECT_EQ(floats(w), (F{1, 2, 3}));
  }
  step(tensor<int32_t>({0, 1}));
  EXPECT_EQ(floats(w), (F{4, 5, 6}));
}

TEST(CudaCompile, TheDiskCacheKnowsTheTarget) {
  auto f = [](const Tensor &x) { return tanh(x) * 3; };
  Tensor x = tensor({0.5f});
  detail::forgetPrograms();
  detail::SessionCounts before = detail::sessionCounts();
  compile(f)(x);
  compile(f, {.device = "cuda:0"})(x);
  EXPECT_EQ(detail::sessionCounts().compilations, before.compilations + 2);
  // The second card is like the first.
  compile(f, {.device = "cuda:1"})(x);
  EXPECT_EQ(detail::sessionCounts().compilations, before.compilations + 2);
  EXPECT_EQ(detail::sessionCounts().diskHits, before.diskHits + 1);
}

/// Two layers, trained on the device; the losses.
struct Mlp {
  nn::Linear hidden, output;
  explicit Mlp(Generator &rng) : hidden(4, 16, rng), output(16, 3, rng) {}
  void visit(Visitor &v) {
    v("hidden", hidden);
    v("output", output);
  }
};

std::vector<double> train(const std::string &device, Mlp &model) {
  Generator data(3);
  auto step = compile(
      [&](const Tensor &x, const Tensor &labels) {
        auto loss = [&](Mlp &model) {
          Tensor hidden = relu(model.hidden(x));
          return mean(softmaxCrossEntropy(model.output(hidden), labels));
        };
        auto [value, gradients] = valueAndGrad(loss)(model);
        std::vector<Leaf> slopes = leaves(gradients);
        for (size_t i = 0; const Leaf &leaf : leaves(model))
          *leaf.tensor = *leaf.tensor - 0.1 * *slopes[i++].tensor;
        return value;
      },
      {.state = {model}, .device = device});
  std::vector<double> losses;
  for (int i = 0; i < 20; ++i) {
    Tensor x = normal(data, {24, 4});
    Tensor labels = argmax(x[{Slice(), Slice(0, 3)}], 1).astype(DType::i32);
    losses.push_back(step(x, labels).item());
  }
  return losses;
}

TEST(CudaCompile, TrainsAsTheCpuDoes) {
  Generator one(1), two(1);
  Mlp here(one), there(two);
  std::vector<double> expected = train("cpu", here);
  std::vector<double> losses = train("cuda:0", there);
  for (size_t i = 0; i < losses.size(); ++i)
    EXPECT_NEAR(losses[i], expected[i], 1e-5) << "step " << i;
  EXPECT_LT(losses.back(), 0.8 * losses.front());
  std::vector<Leaf> expectedLeaves = leaves(here);
  for (size_t i = 0; const Leaf &leaf : leaves(there)) {
    EXPECT_EQ(leaf.tensor->device(), "cuda:0");
    F got = floats(*leaf.tensor), want = floats(*expectedLeaves[i++].tensor);
    for (size_t k = 0; k < got.size(); ++k)
      EXPECT_NEAR(got[k], want[k], 1e-5) << leaf.name;
  }
}

} // namespace
