// Lesson 6: a multilayer perceptron. Images of ten classes, with modules and
// from scratch. A training step (forward, backward, update) is one compiled
// function.

#include "Lesson.h"

#include <cstdio>

using namespace dlc;

namespace {

struct Settings {
  double lr = 0.1, batch = 256, hidden = 256, scratch = 1;
};

struct Mlp {
  Tensor w1, b1, w2, b2;
  Mlp(int64_t inputs, int64_t hidden, Generator &rng)
      : w1(normal(rng, {inputs, hidden}, 0, 0.05)), b1(zeros({hidden})),
        w2(normal(rng, {hidden, 10}, 0, 0.05)), b2(zeros({10})) {}
  Tensor operator()(const Tensor &images) const {
    Tensor x = flatten(images, 1).astype(DType::f32) / 255;
    Tensor h = maximum(matmul(x, w1) + b1, 0);
    return matmul(h, w2) + b2;
  }
  void visit(Visitor &v) {
    v("w1", w1);
    v("b1", b1);
    v("w2", w2);
    v("b2", b2);
  }
};

void fromScratch(const lesson::Options &options, const Settings &settings,
                 const data::idx::Split &split) {
  Generator rng(options.seed);
  const Shape &shape = split.train[0].shape();
  Mlp model(shape[1] * shape[2], int64_t(settings.hidden), rng);
  auto step = compile(
      [&](const Tensor &images, const Tensor &labels) {
        auto loss = [&](const Mlp &model) {
          return mean(softmaxCrossEntropy(model(images), labels));
        };
        auto [value, gradient] = valueAndGrad(loss)(model);
        std::vector<Leaf> slopes = leaves(gradient);
        for (size_t i = 0; const Leaf &leaf : leaves(model))
          *leaf.tensor = *leaf.tensor - settings.lr * *slopes[i++].tensor;
        return value;
      },
      {.state = {model}});
  data::DataLoader loader(split.train,
                          {.batch = options.batch(int64_t(settings.batch)),
                           .shuffle = options.seed,
                           .dropLast = true});
  for (int64_t epoch = 0; epoch < options.epochs; ++epoch)
    for (const std::vector<Tensor> &batch : loader)
      if (step(batch[0], batch[1]); train::Interrupt::requested())
        return;
  Tensor accuracy = metrics::accuracy(model(split.test[0]), split.test[1]);
  lesson::metric("scratch-test-accuracy", accuracy.item());
}

void teach(const lesson::Options &options, const Settings &settings) {
  data::idx::Split split = lesson::images(options);
  int64_t batch = options.batch(int64_t(settings.batch));
  if (split.train.size() < batch)
    throw Error(std::to_string(split.train.size()) +
                " training images do not fill a batch of " +
                std::to_string(batch));
  if (split.test.size() == 0)
    throw Error("there are no test images");
  const Shape &shape = split.train[0].shape();
  std::printf("%lld training and %lld test images of %lldx%lld\n",
              static_cast<long long>(split.train.size()),
              static_cast<long long>(split.test.size()),
              static_cast<long long>(shape[1]),
              static_cast<long long>(shape[2]));

  Generator rng(options.seed);
  nn::Sequential model(
      nn::Flatten(),
      nn::Linear(shape[1] * shape[2], int64_t(settings.hidden), rng),
      nn::ReLU(), nn::Linear(int64_t(settings.hidden), 10, rng));
  optim::SGD optimizer(model, {.lr = settings.lr});
  data::DataLoader loader(
      split.train, {.batch = batch, .shuffle = options.seed, .dropLast = true});

  // Images stay bytes outside; their conversion is part of the step.
  auto logits = [](nn::Module &model, const Tensor &images) {
    return model(images.astype(DType::f32) / 255);
  };
  auto accuracy = compile([&](const Tensor &images, const Tensor &labels) {
    return metrics::accuracy(logits(model, images), labels);
  });
  auto evaluate = [&]() -> train::Measures {
    return {{"accuracy", accuracy(split.test[0], split.test[1]).item()}};
  };
  train::FitResult result = train::fit(
      model, optimizer, loader,
      [&](nn::Module &model, const std::vector<Tensor> &batch) {
        return mean(softmaxCrossEntropy(logits(model, batch[0]), batch[1]));
      },
      {.epochs = options.epochs, .evaluate = evaluate, .run = &options.run()});
  if (result.interrupted)
    return;

  // The first test images, with what the model takes them for.
  int64_t shown = std::min<int64_t>(40, split.test.size());
  Tensor some = split.test[0][Slice(0, shown)];
  std::vector<std::string> labels;
  std::vector<int32_t> truth = split.test[1].toVector<int32_t>();
  Tensor predicted = argmax(logits(model, some), 1);
  for (int32_t digit : predicted.toVector<int32_t>()) {
    std::string right = std::to_string(truth[labels.size()]);
    std::string guess = std::to_string(digit);
    labels.push_back(guess == right ? guess : guess + ", not " + right);
  }
  options.save("predictions.svg", plot::ImageGrid(some, {.title = "Predictions",
                                                         .labels = labels}));
  double tested = evaluate()[0].second;
  if (settings.scratch != 0) {
    lesson::metric("modules-test-accuracy", tested);
    fromScratch(options, settings, split);
  }
  std::printf("test accuracy %.4f\n", tested);
}

} // namespace

int main(int argc, char **argv) {
  Settings settings;
  return lesson::run(
      argc, argv,
      {"mlp", "A multilayer perceptron on images of ten classes.", 10},
      [&](const lesson::Options &options) { teach(options, settings); },
      {{"--lr", "learning rate", settings.lr},
       {"--batch", "images a step", settings.batch},
       {"--hidden", "width of the hidden layer", settings.hidden},
       {"--scratch", "0: only with modules", settings.scratch}});
}
