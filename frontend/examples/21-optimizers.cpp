// Lesson 21: optimisers side by side. The same perceptron, from the same
// weights and in the same order, with seven ways to use a gradient. (That each
// update is PyTorch's is tested in test/unit/library/optim_test.cpp.)

#include "Lesson.h"

#include <cstdio>

using namespace dlc;

namespace {

constexpr int64_t inputs = 784, hidden = 64, classes = 10;

using Make = std::function<std::unique_ptr<optim::Optimizer>(nn::Module &)>;

template <typename Optimizer, typename Options> Make with(Options options) {
  return [=](nn::Module &model) {
    return std::make_unique<Optimizer>(model, options);
  };
}

struct Entry {
  std::string name;
  Make make;
  /// Of the learning rate, over so many steps.
  std::function<optim::Schedule(int64_t steps)> schedule = {};
};

/// Rates that suit each of them on this problem.
std::vector<Entry> entries() {
  using namespace optim;
  return {
      {"sgd", with<SGD>(SGDOptions{.lr = 0.1})},
      {"momentum", with<SGD>(SGDOptions{.lr = 0.05, .momentum = 0.9})},
      {"nesterov",
       with<SGD>(SGDOptions{.lr = 0.05, .momentum = 0.9, .nesterov = true})},
      {"adagrad", with<AdaGrad>(AdaGradOptions{.lr = 0.02})},
      {"rmsprop", with<RMSProp>(RMSPropOptions{.lr = 0.001})},
      {"adam", with<Adam>(AdamOptions{.lr = 0.002})},
      {"adamw", with<AdamW>(AdamOptions{.lr = 0.002, .weightDecay = 0.05})},
      {"adamw-cosine",
       with<AdamW>(AdamOptions{.lr = 0.004, .weightDecay = 0.05}),
       [](int64_t steps) {
         int64_t warm = steps / 10 + 1;
         return warmup(warm, 0, cosine(0.004, 0, steps - warm + 1));
       }},
  };
}

void teach(const lesson::Options &options) {
  data::idx::Split split = lesson::images(options);
  plot::Figure figure({.title = "Optimisers side by side",
                       .xLabel = "epoch",
                       .yLabel = "training loss",
                       .logY = true});
  for (const Entry &entry : entries()) {
    Generator rng(options.seed);
    nn::Sequential model(nn::Flatten(), nn::Linear(inputs, hidden, rng),
                         nn::ReLU(), nn::Linear(hidden, classes, rng));
    std::unique_ptr<optim::Optimizer> optimizer = entry.make(model);
    data::DataLoader loader(
        split.train, {.batch = options.batch(128), .shuffle = options.seed});
    auto logits = [](nn::Module &model, const Tensor &images) {
      return model(images.astype(DType::f32) / 255);
    };
    int64_t steps = options.epochs * loader.size();
    train::FitResult result = train::fit(
        model, *optimizer, loader,
        [&](nn::Module &model, const std::vector<Tensor> &batch) {
          return mean(softmaxCrossEntropy(logits(model, batch[0]), batch[1]));
        },
        {.epochs = options.epochs,
         .schedule = entry.schedule ? entry.schedule(steps) : optim::Schedule(),
         .quiet = true});
    if (result.interrupted || result.epochs.empty())
      return;
    std::vector<double> losses;
    for (const train::Epoch &epoch : result.epochs)
      losses.push_back(epoch.loss);
    figure.curve(losses, entry.name);
    Tensor accuracy =
        metrics::accuracy(logits(model, split.test[0]), split.test[1]);
    lesson::metric(entry.name + "-loss", losses.back());
    lesson::metric(entry.name + "-accuracy", accuracy.item());
  }
  options.save("optimizers.svg", figure);

  plot::Figure rates(
      {.title = "Schedules", .xLabel = "step", .yLabel = "learning rate"});
  auto curve = [&](const char *name, const optim::Schedule &schedule) {
    std::vector<double> values;
    for (int64_t step = 0; step < 100; ++step)
      values.push_back(schedule(step));
    rates.curve(values, name);
  };
  curve("constant", optim::constant(0.1));
  curve("stepwise", optim::stepwise(0.1, 0.5, 25));
  curve("exponential", optim::exponential(0.1, 0.97));
  curve("polynomial", optim::polynomial(0.1, 2, 100));
  curve("cosine", optim::cosine(0.1, 0, 100));
  curve("warm-up", optim::warmup(10, 0, optim::cosine(0.1, 0, 90)));
  curve("inverse root", optim::inverseRoot(0.1, 10));
  options.save("schedules.svg", rates);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"optimizers", "Seven optimisers on the same model.", 10},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(4);
                       teach(options);
                     });
}
