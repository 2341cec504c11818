// Lesson 13: convolutional networks. LeNet, with ReLU, and a smaller one with
// batch normalisation.

#include "Lesson.h"

using namespace dlc;

namespace {

constexpr int64_t classes = 10;

/// [n, 28, 28] bytes to [n, 1, 28, 28] in 0 … 1.
Tensor pixels(const Tensor &images) {
  return expandDims(images.astype(DType::f32) / 255, 1);
}

/// LeCun et al., "Gradient-based learning applied to document recognition"
/// (1998), with ReLU and maxima.
nn::Sequential leNet(Generator &rng) {
  return nn::Sequential(
      nn::Conv2d(1, 6, 5, rng, {.padding = 2}), nn::ReLU(), nn::MaxPool2d(2),
      nn::Conv2d(6, 16, 5, rng), nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(),
      nn::Linear(16 * 5 * 5, 120, rng), nn::ReLU(), nn::Linear(120, 84, rng),
      nn::ReLU(), nn::Linear(84, classes, rng));
}

/// Normalised after each convolution, so that larger steps are safe.
nn::Sequential normalised(Generator &rng) {
  nn::Conv2dOptions same = {.padding = 1, .bias = false};
  return nn::Sequential(
      nn::Conv2d(1, 16, 3, rng, same), nn::BatchNorm(16), nn::ReLU(),
      nn::MaxPool2d(2), nn::Conv2d(16, 32, 3, rng, same), nn::BatchNorm(32),
      nn::ReLU(), nn::MaxPool2d(2), nn::Conv2d(32, 64, 3, rng, same),
      nn::BatchNorm(64), nn::ReLU(), nn::GlobalAvgPool(),
      nn::Linear(64, classes, rng));
}

void fit(const std::string &name, nn::Sequential model, double rate,
         const lesson::Options &options, const data::idx::Split &split,
         plot::Figure &figure) {
  optim::Adam optimizer(model, {.lr = rate});
  data::DataLoader loader(
      split.train,
      {.batch = options.batch(64), .shuffle = options.seed, .prefetch = 2});
  auto accuracy = compile([&](const Tensor &images, const Tensor &labels) {
    return metrics::accuracy(model(pixels(images)), labels);
  });
  std::vector<double> curve;
  auto evaluate = [&]() -> train::Measures {
    curve.push_back(lesson::meanOver(split.test, [&](const auto &batch) {
      return accuracy(batch[0], batch[1]).item();
    }));
    return {{"accuracy", curve.back()}};
  };
  train::fit(
      model, optimizer, loader,
      [](nn::Module &model, const std::vector<Tensor> &batch) {
        Tensor logits = model(pixels(batch[0]));
        return mean(softmaxCrossEntropy(logits, batch[1]));
      },
      {.epochs = options.epochs,
       .evaluate = evaluate,
       .schedule = optim::cosine(rate, 0, options.epochs * loader.size()),
       .run = &options.run()});
  if (curve.empty())
    return;
  figure.curve(curve, name);
  lesson::metric(name + "-test-accuracy", curve.back());
  if (name != "lenet")
    return;
  // The filters of the first layer, each scaled to 0 … 1.
  Tensor filters = static_cast<nn::Conv2d &>(model[0]).weight;
  Tensor low = min(filters, {1, 2, 3}, keepDims);
  Tensor high = max(filters, {1, 2, 3}, keepDims);
  Tensor shown = squeeze((filters - low) / (high - low), 1);
  options.save("filters.svg",
               plot::ImageGrid(shown, {.title = "LeNet's first filters",
                                       .columns = 6,
                                       .scale = 12}));
}

void teach(const lesson::Options &options) {
  data::idx::Split split = lesson::images(options);
  plot::Figure figure({.title = "Convolutional networks",
                       .xLabel = "epoch",
                       .yLabel = "test accuracy"});
  Generator rng(options.seed);
  fit("lenet", leNet(rng), 2e-3, options, split, figure);
  fit("batch-norm", normalised(rng), 5e-3, options, split, figure);
  options.save("accuracy.svg", figure);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"cnn", "LeNet, and a network with batch norm.", 10},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(1);
                       teach(options);
                     });
}
