#include "Models.h"

#include <cmath>
#include <optional>

using namespace dlc;
using benchmark::Case;
using benchmark::Subject;

namespace {

//===-- Models ------------------------------------------------------------===//

nn::Sequential mlp(Generator &rng) {
  return nn::Sequential(nn::Linear(784, 256, rng), nn::ReLU(),
                        nn::Linear(256, 10, rng));
}

nn::Sequential mlpWithDropout(Generator &rng) {
  return nn::Sequential(nn::Linear(784, 256, rng), nn::ReLU(),
                        nn::Dropout(0.2, rng), nn::Linear(256, 256, rng),
                        nn::ReLU(), nn::Dropout(0.5, rng),
                        nn::Linear(256, 10, rng));
}

/// LeNet-5 with ReLUs.
nn::Sequential leNet(Generator &rng) {
  return nn::Sequential(
      nn::Conv2d(1, 6, 5, rng, {.padding = 2}), nn::ReLU(), nn::AvgPool2d(2),
      nn::Conv2d(6, 16, 5, rng), nn::ReLU(), nn::AvgPool2d(2), nn::Flatten(),
      nn::Linear(400, 120, rng), nn::ReLU(), nn::Linear(120, 84, rng),
      nn::ReLU(), nn::Linear(84, 10, rng));
}

/// Two convolutions beside a short cut.
struct Block : nn::Module {
  nn::Conv2d conv1, conv2;
  nn::BatchNorm norm1, norm2;
  std::optional<nn::Conv2d> project;
  std::optional<nn::BatchNorm> projectNorm;
  Block(int64_t in, int64_t out, int64_t stride, Generator &rng)
      : Module("Block"),
        conv1(in, out, 3, rng, {.stride = stride, .padding = 1, .bias = false}),
        conv2(out, out, 3, rng, {.padding = 1, .bias = false}), norm1(out),
        norm2(out) {
    if (in == out)
      return;
    project.emplace(in, out, 1, rng,
                    nn::Conv2dOptions{.stride = stride, .bias = false});
    projectNorm.emplace(out);
  }
  Tensor forward(const Tensor &x) override {
    Tensor y = relu(norm1(conv1(x)));
    y = norm2(conv2(y));
    return relu(y + (project ? (*projectNorm)((*project)(x)) : x));
  }
  void parts(Visitor &v) override {
    v("conv1", conv1);
    v("norm1", norm1);
    v("conv2", conv2);
    v("norm2", norm2);
    v("project", project);
    v("projectNorm", projectNorm);
  }
};

/// For images of 32 by 32: three stages of three blocks.
nn::Sequential resNet20(Generator &rng) {
  nn::Sequential model(nn::Conv2d(3, 16, 3, rng, {.padding = 1, .bias = false}),
                       nn::BatchNorm(16), nn::ReLU());
  for (auto [in, out] : {std::pair(16, 16), {16, 32}, {32, 64}})
    for (int64_t i = 0; i < 3; ++i)
      model.add(Block(i ? out : in, out, i || in == out ? 1 : 2, rng));
  model.add(nn::GlobalAvgPool()).add(nn::Linear(64, 10, rng));
  return model;
}

/// A score for each letter after each letter: [N, T, inputs] to [N T, classes].
struct CharModel : nn::Module {
  nn::LSTM core;
  nn::Linear output;
  CharModel(int64_t inputs, int64_t hidden, int64_t classes, Generator &rng)
      : Module("CharModel"), core(inputs, hidden, rng),
        output(hidden, classes, rng) {}
  Tensor forward(const Tensor &x) override {
    return output(flatten(core(x), 0, 1));
  }
  void parts(Visitor &v) override {
    v("core", core);
    v("output", output);
  }
};

/// Self-attention of which one product makes queries, keys and values.
struct Attention : nn::Module {
  nn::Linear project, output;
  nn::Dropout drop;
  int64_t heads;
  bool drops;
  Attention(int64_t features, int64_t heads, double rate, Generator &rng)
      : Module("Attention"), project(features, 3 * features, rng),
        output(features, features, rng), drop(rate, rng), heads(heads),
        drops(rate != 0) {}
  Tensor forward(const Tensor &x) override {
    int64_t n = x.size(0), length = x.size(1), features = x.size(2);
    Tensor split = reshape(project(x), {n, length, 3, heads, features / heads});
    split = transpose(split, {2, 0, 3, 1, 4});
    Tensor q = split[0], k = split[1], v = split[2];
    Tensor seen;
    if (drops) {
      double scale = 1 / std::sqrt(double(features / heads));
      Tensor weights = softmax(matmul(q, swapAxes(k, 2, 3)) * scale);
      seen = matmul(drop(weights), v);
    } else {
      seen = scaledDotProductAttention(q, k, v);
    }
    return output(flatten(transpose(seen, {0, 2, 1, 3}), 2));
  }
  void parts(Visitor &v) override {
    v("project", project);
    v("output", output);
    v("drop", drop);
  }
};

/// Norms stand behind the short cuts.
struct EncoderLayer : nn::Module {
  Attention attention;
  nn::LayerNorm norm1, norm2;
  nn::Linear wide, narrow;
  nn::Dropout drop;
  bool drops;
  EncoderLayer(int64_t features, int64_t heads, double rate, Generator &rng)
      : Module("EncoderLayer"), attention(features, heads, rate, rng),
        norm1({features}), norm2({features}), wide(features, 4 * features, rng),
        narrow(4 * features, features, rng), drop(rate, rng), drops(rate != 0) {
  }
  Tensor forward(const Tensor &x) override {
    auto dropped = [&](const Tensor &x) { return drops ? drop(x) : x; };
    Tensor y = norm1(x + dropped(attention(x)));
    Tensor z = narrow(dropped(relu(wide(y))));
    return norm2(y + dropped(z));
  }
  void parts(Visitor &v) override {
    v("attention", attention);
    v("norm1", norm1);
    v("norm2", norm2);
    v("wide", wide);
    v("narrow", narrow);
    v("drop", drop);
  }
};

/// Two layers, then the mean over all positions, classified.
struct Encoder : nn::Module {
  EncoderLayer first, second;
  nn::Linear output;
  Encoder(int64_t features, int64_t heads, double rate, Generator &rng)
      : Module("Encoder"), first(features, heads, rate, rng),
        second(features, heads, rate, rng), output(features, 10, rng) {}
  Tensor forward(const Tensor &x) override {
    return output(mean(second(first(x)), 1));
  }
  void parts(Visitor &v) override {
    v("first", first);
    v("second", second);
    v("output", output);
  }
};

//===-- Data --------------------------------------------------------------===//

/// About -1 … 1, without a pattern that a model could notice at once.
Tensor numbers(const Shape &shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  std::vector<float> values(count);
  uint32_t state = 1;
  for (float &value : values) {
    state = state * 1664525 + 1013904223;
    value = float(state >> 8) / float(1 << 23) - 1;
  }
  return tensor(values, shape);
}

Tensor labels(int64_t count, int64_t classes) {
  std::vector<int32_t> values(count);
  for (int64_t i = 0; i < count; ++i)
    values[i] = int32_t(i * 7 % classes);
  return tensor(values, {count});
}

Tensor oneHotLetters(int64_t batch, int64_t steps, int64_t letters) {
  std::vector<float> values(batch * steps * letters);
  for (int64_t i = 0; i < batch * steps; ++i)
    values[i * letters + i * 5 % letters] = 1;
  return tensor(values, {batch, steps, letters});
}

template <typename Make> auto with(Make make, Tensor (*x)(), Tensor (*y)()) {
  return [=] {
    Subject subject;
    subject.rng = std::make_unique<Generator>(0);
    using Model = decltype(make(*subject.rng));
    subject.model = std::make_unique<Model>(make(*subject.rng));
    subject.x = x();
    subject.y = y();
    return subject;
  };
}

/// Two flops a multiply-add of a product of n rows: twice for the first layer,
/// three times for the others.
double dense(double n, double in, double out, int products = 3) {
  return products * 2 * n * in * out;
}

Tensor digits() { return numbers({256, 784}); }
Tensor digitLabels() { return labels(256, 10); }
Tensor greyImages() { return numbers({256, 1, 28, 28}); }
Tensor colourImages() { return numbers({64, 3, 32, 32}); }
Tensor colourLabels() { return labels(64, 10); }
Tensor letters() { return oneHotLetters(32, 35, 28); }
Tensor letterLabels() { return labels(32 * 35, 28); }
Tensor sentences() { return numbers({8, 128, 256}); }
Tensor sentenceLabels() { return labels(8, 10); }

double mlpFlops() {
  double hidden = dense(256, 784, 256, 2);
  return hidden + dense(256, 256, 10);
}

double leNetFlops() {
  double first = dense(256 * 28 * 28, 25, 6, 2);
  double second = dense(256 * 10 * 10, 25 * 6, 16);
  double top = dense(256, 400, 120) + dense(256, 120, 84) + dense(256, 84, 10);
  return first + second + top;
}

double resNetFlops() {
  double sum = dense(64 * 1024, 27, 16, 2) + dense(64, 64, 10);
  sum += 6 * dense(64 * 1024, 144, 16);
  sum += dense(64 * 256, 144, 32) + 5 * dense(64 * 256, 288, 32);
  sum += dense(64 * 64, 288, 64) + 5 * dense(64 * 64, 576, 64);
  return sum + dense(64 * 256, 16, 32) + dense(64 * 64, 32, 64);
}

double lstmFlops() {
  double recurrent = dense(35 * 32, 256, 1024),
         input = dense(35 * 32, 28, 1024, 2);
  return recurrent + input + dense(35 * 32, 256, 28);
}

double encoderFlops() {
  double rows = 8 * 128;
  double heads = 3 * 2 * 2.0 * 8 * 128 * 128 * 256;
  double layer = dense(rows, 256, 256) + 2 * dense(rows, 256, 1024);
  double first = dense(rows, 256, 768, 2), second = dense(rows, 256, 768);
  return first + second + 2 * (layer + heads) + dense(8, 256, 10);
}

Subject regression() {
  Subject subject;
  subject.rng = std::make_unique<Generator>(0);
  subject.model = std::make_unique<nn::Linear>(2, 1, *subject.rng);
  subject.x = numbers({10, 2});
  subject.y = numbers({10, 1});
  subject.isRegression = true;
  return subject;
}

auto softmaxRegression = with(
    [](Generator &rng) { return nn::Sequential(nn::Linear(784, 10, rng)); },
    digits, digitLabels);
auto digitMlp = with(mlp, digits, digitLabels);
auto digitLeNet = with(leNet, greyImages, digitLabels);
auto colourResNet = with(resNet20, colourImages, colourLabels);

template <int percent> Encoder encoder(Generator &rng) {
  return Encoder(256, 4, percent / 100.0, rng);
}

} // namespace

std::vector<Case> benchmark::trainingCases() {
  auto charModel = [](Generator &rng) { return CharModel(28, 256, 28, rng); };
  return {
      {"linear_reg", 0, regression},
      {"softmax_reg", dense(256, 784, 10, 2), softmaxRegression},
      {"mlp", mlpFlops(), digitMlp},
      {"mlp_adam", mlpFlops(), digitMlp, true},
      {"mlp_dropout", mlpFlops() + dense(256, 256, 256),
       with(mlpWithDropout, digits, digitLabels)},
      {"lenet", leNetFlops(), digitLeNet},
      {"resnet20", resNetFlops(), colourResNet},
      {"lstm_char28", lstmFlops(), with(charModel, letters, letterLabels)},
      {"transformer", encoderFlops(),
       with(encoder<0>, sentences, sentenceLabels)},
      {"transformer_do0.1", encoderFlops(),
       with(encoder<10>, sentences, sentenceLabels)},
  };
}

std::vector<Case> benchmark::inferenceCases() {
  return {{"mlp_b1", 0, digitMlp},
          {"lenet_b1", 0, digitLeNet},
          {"resnet20_b1", 0, colourResNet}};
}
