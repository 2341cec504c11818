// Lesson 5: softmax regression. The linear classifier, on images of ten
// classes; from scratch and with modules.

#include "Lesson.h"

#include <iostream>

using namespace dlc;

namespace {

constexpr int64_t inputs = 784, classes = 10;
constexpr double lr = 0.1;

Tensor pixels(const Tensor &images) {
  return flatten(images, 1).astype(DType::f32) / 255;
}

/// As the textbook defines them. The compiler recognises them together and
/// computes the loss so that it cannot overflow.
Tensor textbookSoftmax(const Tensor &x) {
  Tensor e = exp(x);
  return e / sum(e, 1, keepDims);
}
Tensor crossEntropy(const Tensor &probabilities, const Tensor &labels) {
  return -sum(oneHot(labels, classes) * log(probabilities), 1);
}

struct Softmax {
  Tensor w, b;
  Tensor operator()(const Tensor &images) const {
    return textbookSoftmax(matmul(pixels(images), w) + b);
  }
  void visit(Visitor &v) {
    v("w", w);
    v("b", b);
  }
};

void fromScratch(const lesson::Options &options,
                 const data::idx::Split &split) {
  Generator rng(options.seed);
  Softmax model{normal(rng, {inputs, classes}, 0, 0.01), zeros({classes})};
  auto step = compile(
      [&](const Tensor &images, const Tensor &labels) {
        auto loss = [&](const Softmax &model) {
          return mean(crossEntropy(model(images), labels));
        };
        auto [value, gradient] = valueAndGrad(loss)(model);
        model.w = model.w - lr * gradient.w;
        model.b = model.b - lr * gradient.b;
        return value;
      },
      {.state = {model}});
  data::DataLoader loader(
      split.train, {.batch = options.batch(256), .shuffle = options.seed});
  train::Progress progress(loader.size());
  double loss = 0;
  for (int64_t epoch = 1; epoch <= options.epochs; ++epoch) {
    metrics::Average average;
    for (const std::vector<Tensor> &batch : loader) {
      average.add(step(batch[0], batch[1]).item(), double(batch[0].size(0)));
      progress.step(loader.position());
    }
    loss = average.value();
    progress.row({{"epoch", "%5.0f", double(epoch)}, {"loss", "%9.4f", loss}});
  }
  lesson::metric("scratch-train-loss", loss);
  lesson::metric("scratch-test-accuracy",
                 metrics::accuracy(model(split.test[0]), split.test[1]).item());
}

void withModules(const lesson::Options &options,
                 const data::idx::Split &split) {
  Generator rng(options.seed);
  nn::Sequential model(nn::Flatten(), nn::Linear(inputs, classes, rng));
  optim::SGD optimizer(model, {.lr = lr});
  data::DataLoader loader(
      split.train,
      {.batch = options.batch(256), .shuffle = options.seed, .prefetch = 2});
  auto logits = [](nn::Module &model, const Tensor &images) {
    return model(images.astype(DType::f32) / 255);
  };
  train::FitResult result = train::fit(
      model, optimizer, loader,
      [&](nn::Module &model, const std::vector<Tensor> &batch) {
        return mean(softmaxCrossEntropy(logits(model, batch[0]), batch[1]));
      },
      {.epochs = options.epochs,
       .evaluate = [&]() -> train::Measures {
         Tensor scores = logits(model, split.test[0]);
         return {{"accuracy", metrics::accuracy(scores, split.test[1]).item()}};
       },
       .run = &options.run()});
  if (result.epochs.empty())
    return;
  lesson::metric("modules-train-loss", result.epochs.back().loss);
  lesson::metric("modules-test-accuracy", result.epochs.back()["accuracy"]);

  Tensor predicted = argmax(logits(model, split.test[0]), 1);
  plot::HeatMap confusion(
      metrics::confusionMatrix(predicted, split.test[1], classes),
      {.title = "Test images by class and prediction",
       .xLabel = "predicted",
       .yLabel = "class",
       .columns = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
       .rows = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
       .numbers = true});
  options.save("confusion.svg", confusion);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv,
      {"softmax-regression",
       "A linear classifier of images, from scratch and with modules.", 10},
      [](const lesson::Options &options) {
        data::idx::Split split = lesson::images(options);
        fromScratch(options, split);
        withModules(options, split);
      });
}
