// Lesson 9: dropout. Two hidden layers whose units are dropped with probability
// 0.2 and 0.5 while the model is trained, never when it is used.

#include "Lesson.h"

using namespace dlc;

namespace {

constexpr double rate1 = 0.2, rate2 = 0.5, lr = 0.5;
constexpr int64_t inputs = 784, hidden = 256, classes = 10;

Tensor pixels(const Tensor &images) { return images.astype(DType::f32) / 255; }

/// Zero with probability `rate`; the rest grows, so that the mean stays.
Tensor dropped(Generator &rng, const Tensor &x, double rate) {
  Tensor kept = uniform(rng, x.shape()) >= rate;
  return where(kept, x / (1 - rate), 0);
}

struct Mlp {
  std::vector<Tensor> w, b;
  explicit Mlp(Generator &rng) {
    for (auto [in, out] : {std::pair(inputs, hidden), std::pair(hidden, hidden),
                           std::pair(hidden, classes)}) {
      w.push_back(nn::init::xavierUniform(rng, {in, out}));
      b.push_back(zeros({out}));
    }
  }
  /// Drops where there is a generator.
  Tensor operator()(const Tensor &images, Generator *rng) const {
    Tensor x = flatten(pixels(images), 1);
    Tensor h1 = relu(matmul(x, w[0]) + b[0]);
    h1 = rng ? dropped(*rng, h1, rate1) : h1;
    Tensor h2 = relu(matmul(h1, w[1]) + b[1]);
    h2 = rng ? dropped(*rng, h2, rate2) : h2;
    return matmul(h2, w[2]) + b[2];
  }
  void visit(Visitor &v) {
    v("w", w);
    v("b", b);
  }
};

void fromScratch(const lesson::Options &options,
                 const data::idx::Split &split) {
  Generator rng(options.seed);
  Mlp model(rng);
  auto step = compile(
      [&](const Tensor &images, const Tensor &labels) {
        auto loss = [&](const Mlp &model) {
          return mean(softmaxCrossEntropy(model(images, &rng), labels));
        };
        Mlp gradient = grad(loss)(model);
        for (size_t i = 0; i < model.w.size(); ++i) {
          model.w[i] = model.w[i] - lr * gradient.w[i];
          model.b[i] = model.b[i] - lr * gradient.b[i];
        }
      },
      {.state = {model, rng}});
  data::DataLoader loader(
      split.train, {.batch = options.batch(256), .shuffle = options.seed});
  for (int64_t epoch = 0; epoch < options.epochs; ++epoch)
    for (const std::vector<Tensor> &batch : loader)
      if (step(batch[0], batch[1]); train::Interrupt::requested())
        return;
  Tensor logits = model(split.test[0], nullptr);
  lesson::metric("scratch-test-accuracy",
                 metrics::accuracy(logits, split.test[1]).item());
}

void withModules(const lesson::Options &options,
                 const data::idx::Split &split) {
  Generator rng(options.seed);
  nn::Sequential model(
      nn::Flatten(), nn::Linear(inputs, hidden, rng), nn::ReLU(),
      nn::Dropout(rate1, rng), nn::Linear(hidden, hidden, rng), nn::ReLU(),
      nn::Dropout(rate2, rng), nn::Linear(hidden, classes, rng));
  optim::SGD optimizer(model, {.lr = lr});
  data::DataLoader loader(
      split.train, {.batch = options.batch(256), .shuffle = options.seed});
  auto evaluate = [&]() -> train::Measures {
    Tensor logits = model(pixels(split.test[0]));
    return {{"accuracy", metrics::accuracy(logits, split.test[1]).item()}};
  };
  train::fit(model, optimizer, loader,
             [](nn::Module &model, const std::vector<Tensor> &batch) {
               Tensor logits = model(pixels(batch[0]));
               return mean(softmaxCrossEntropy(logits, batch[1]));
             },
             {.epochs = options.epochs,
              .evaluate = evaluate,
              .state = {{"rng", rng}},
              .run = &options.run()});
  lesson::metric("modules-test-accuracy", evaluate()[0].second);

  // Trained models answer the same twice; while they are trained they do not.
  auto answers = [&] { return model(pixels(split.test[0])).toVector<float>(); };
  lesson::metric("evaluation-differs", answers() != answers());
  model.train();
  lesson::metric("training-differs", answers() != answers());
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"dropout", "Dropout, from scratch and with modules.", 10},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(6);
                       data::idx::Split split = lesson::images(options);
                       fromScratch(options, split);
                       withModules(options, split);
                     });
}
