// Lesson 14: residual networks. ResNet-20 on colour images of 32 by 32: drawn
// shapes, or CIFAR's binary files.

#include "Drawn.h"
#include "Lesson.h"

using namespace dlc;

namespace {

constexpr int64_t classes = 10;

/// Two convolutions beside a short cut. He et al., "Deep residual learning for
/// image recognition" (2016).
struct Block : nn::Module {
  nn::Conv2d conv1, conv2;
  nn::BatchNorm norm1, norm2;
  std::optional<nn::Conv2d> project;
  Block(int64_t in, int64_t out, int64_t stride, Generator &rng)
      : Module("Block"),
        conv1(in, out, 3, rng, {.stride = stride, .padding = 1, .bias = false}),
        conv2(out, out, 3, rng, {.padding = 1, .bias = false}), norm1(out),
        norm2(out) {
    if (in != out)
      project.emplace(in, out, 1, rng,
                      nn::Conv2dOptions{.stride = stride, .bias = false});
  }
  Tensor forward(const Tensor &x) override {
    Tensor y = relu(norm1(conv1(x)));
    y = norm2(conv2(y));
    return relu(y + (project ? (*project)(x) : x));
  }
  void parts(Visitor &v) override {
    v("conv1", conv1);
    v("norm1", norm1);
    v("conv2", conv2);
    v("norm2", norm2);
    v("project", project);
  }
};

/// 6n + 2 layers in three stages, of twice as many channels each; n = 3 and 16
/// channels make the ResNet-20 of the paper.
nn::Sequential resNet(int64_t n, int64_t width, Generator &rng) {
  nn::Sequential model(
      nn::Conv2d(3, width, 3, rng, {.padding = 1, .bias = false}),
      nn::BatchNorm(width), nn::ReLU());
  for (auto [in, out] :
       {std::pair(width, width), {width, 2 * width}, {2 * width, 4 * width}})
    for (int64_t i = 0; i < n; ++i)
      model.add(Block(i ? out : in, out, i || in == out ? 1 : 2, rng));
  model.add(nn::GlobalAvgPool()).add(nn::Linear(4 * width, classes, rng));
  return model;
}

/// Bytes by pixel to channels first, about -1 … 1.
Tensor planes(const Tensor &images) {
  return transpose(images, {0, 3, 1, 2}).astype(DType::f32) / 64 - 2;
}

void teach(const lesson::Options &options) {
  data::idx::Split split =
      options.data.empty()
          ? data::idx::Split{drawn::shapes(options.size(1600, 320, 8),
                                           options.seed),
                             drawn::shapes(options.size(400, 100, 8),
                                           options.seed + 1)}
          : data::cifar::load(options.data);
  Generator rng(options.seed);
  nn::Sequential model =
      resNet(options.size(3, 1), options.size(16, 16, 4), rng);
  double rate = 0.05;
  optim::SGD optimizer(model,
                       {.lr = rate, .momentum = 0.9, .weightDecay = 1e-4});
  data::DataLoader loader(
      split.train,
      {.batch = options.size(32, 32, 1),
       .shuffle = options.seed,
       .transform = data::chain({data::randomFlip(), data::randomShift(2)}),
       .prefetch = 2});
  auto accuracy = compile([&](const Tensor &images, const Tensor &labels) {
    return metrics::accuracy(model(planes(images)), labels);
  });
  auto tested = [&] {
    return lesson::meanOver(split.test, [&](const auto &batch) {
      return accuracy(batch[0], batch[1]).item();
    });
  };
  int64_t steps = options.epochs * loader.size();
  train::fit(model, optimizer, loader,
             [](nn::Module &model, const std::vector<Tensor> &batch) {
               Tensor logits = model(planes(batch[0]));
               return mean(softmaxCrossEntropy(logits, batch[1]));
             },
             {.epochs = options.epochs,
              .evaluate = [&]() -> train::Measures {
                return {{"accuracy", tested()}};
              },
              .schedule = optim::warmup(steps / 10 + 1, 0.005,
                                        optim::cosine(rate, 0, steps)),
              .run = &options.run()});
  lesson::metric("parameters", [&] {
    int64_t count = 0;
    for (const Leaf &leaf : parameters(model))
      count += leaf.tensor->count();
    return double(count);
  }());
  lesson::metric("test-accuracy", tested());

  // Running statistics: one image alone gets the answer it gets among others.
  Tensor some = planes(split.test[0][Slice(0, 8)]);
  Tensor together = model(some)[Slice(0, 1)], alone = model(some[Slice(0, 1)]);
  lesson::metric("alone-differs", max(abs(together - alone)).item());

  std::vector<std::string> labels;
  Tensor shown = split.test[0][Slice(0, 24)];
  for (int32_t guess : argmax(model(planes(shown)), 1).toVector<int32_t>())
    labels.push_back(std::to_string(guess));
  options.save(
      "predictions.svg",
      plot::ImageGrid(shown, {.title = "Predicted classes", .labels = labels}));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"resnet",
                      "ResNet-20 on drawn shapes (--data: a folder with "
                      "data_batch_1.bin … and test_batch.bin).",
                      6},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(1);
                       teach(options);
                     });
}
