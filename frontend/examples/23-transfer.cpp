// Lesson 23: transfer. A model of drawn digits is saved; with only 100 labelled
// images of another kind (handwritten ones, or drawn ones under heavy noise),
// what it has learned beats starting anew. The few images are varied: shifted
// and made noisy.

#include "Lesson.h"

#include <cstdio>
#include <filesystem>
#include <unistd.h>

using namespace dlc;

namespace {

constexpr int64_t inputs = 784, classes = 10, labels = 100;

struct Net : nn::Module {
  nn::Linear body1, body2, head;
  explicit Net(Generator &rng)
      : Module("Net"), body1(inputs, 256, rng), body2(256, 128, rng),
        head(128, classes, rng) {}
  Tensor forward(const Tensor &images) override {
    Tensor x = flatten(images, 1).astype(DType::f32) / 255;
    return head(relu(body2(relu(body1(x)))));
  }
  void parts(Visitor &v) override {
    v("body1", body1);
    v("body2", body2);
    v("head", head);
  }
};

double accuracy(Net &model, const data::TensorDataset &data) {
  return metrics::accuracy(model(data[0]), data[1]).item();
}

void fit(Net &model, optim::Optimizer &&optimizer,
         const data::TensorDataset &data, int64_t epochs,
         const lesson::Options &options, data::Transform transform = {}) {
  data::DataLoader loader(data, {.batch = options.batch(50),
                                 .shuffle = options.seed,
                                 .transform = std::move(transform),
                                 .prefetch = 2});
  train::fit(model, optimizer, loader,
             [](nn::Module &model, const std::vector<Tensor> &batch) {
               return mean(softmaxCrossEntropy(model(batch[0]), batch[1]));
             },
             {.epochs = epochs, .quiet = true});
  model.eval();
}

void teach(const lesson::Options &options) {
  data::TensorDataset source =
      data::glyphs(options.size(10'000, 3'000, 16), options.seed + 10);
  data::idx::Split target = lesson::images(options);
  if (options.data.empty()) {
    data::Transform noise = data::randomNoise(90);
    target = {data::TensorDataset(noise({target.train[0], target.train[1]}, 1)),
              data::TensorDataset(noise({target.test[0], target.test[1]}, 2))};
  }
  data::TensorDataset few = target.train.slice(
                          0, std::min(labels, target.train.size())),
                      test = target.test;

  data::Transform vary =
      data::chain({data::randomShift(2), data::randomNoise(8)});

  // Train on drawn digits, and save.
  Generator rng(options.seed);
  Net trained(rng);
  fit(trained, optim::Adam(trained, {.lr = 1e-3}), source, options.epochs,
      options, vary);
  lesson::metric("source-accuracy", accuracy(trained, source));
  lesson::metric("untuned-accuracy", accuracy(trained, test));
  std::string file =
      options.run().exists()
          ? options.run().path("source.safetensors")
          : (std::filesystem::temp_directory_path() /
             ("dlc-transfer-" + std::to_string(getpid()) + ".safetensors"))
                .string();
  io::save(file, {trained});

  // From scratch, with 100 labels; plain, and with varied images.
  int64_t epochs = 8 * options.epochs;
  Net plain(rng), scratch = plain;
  fit(plain, optim::Adam(plain, {.lr = 1e-3}), few, epochs, options);
  lesson::metric("plain-accuracy", accuracy(plain, test));
  fit(scratch, optim::Adam(scratch, {.lr = 1e-3}), few, 2 * epochs, options,
      vary);
  double fromScratch = accuracy(scratch, test);
  lesson::metric("scratch-accuracy", fromScratch);

  // The saved model. First only its head learns, the body is frozen; then all
  // of it, the body more slowly.
  Net tuned(rng);
  io::load(file, {tuned});
  auto body = [](double factor) {
    return std::vector<optim::Group>{
        {.takes = optim::named("body"), .lrFactor = factor}};
  };
  fit(tuned, optim::Adam(tuned, {.lr = 1e-3}, body(0)), few, epochs, options,
      vary);
  lesson::metric("frozen-accuracy", accuracy(tuned, test));
  fit(tuned, optim::Adam(tuned, {.lr = 1e-3}, body(0.5)), few, 2 * epochs,
      options, vary);
  double fineTuned = accuracy(tuned, test);
  lesson::metric("fine-tuned-accuracy", fineTuned);
  lesson::metric("points-gained", 100 * (fineTuned - fromScratch));

  // What the model sees: one image, varied ten times; mirrored, too.
  std::vector<int64_t> same(10, 0);
  data::Transform all = data::chain({data::randomFlip(0.3), vary});
  options.save("varied.svg",
               plot::ImageGrid(all(few.gather(same), options.seed)[0],
                               {.title = "One image, varied", .columns = 5}));
  if (!options.run().exists())
    std::filesystem::remove(file);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"transfer", "What one task teaches for the next.", 5},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(3);
                       teach(options);
                     });
}
