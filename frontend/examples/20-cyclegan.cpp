// Lesson 20: CycleGAN. Pictures of one kind become pictures of another, without
// pairs: what is translated forth and back must be what it was.

#include "Drawn.h"
#include "Lesson.h"

using namespace dlc;

namespace {

constexpr double cycleWeight = 10;

struct Residual : nn::Module {
  nn::Conv2d conv1, conv2;
  nn::InstanceNorm norm1, norm2;
  Residual(int64_t channels, Generator &rng)
      : Module("Residual"), conv1(channels, channels, 3, rng, {.padding = 1}),
        conv2(channels, channels, 3, rng, {.padding = 1}), norm1(channels),
        norm2(channels) {}
  Tensor forward(const Tensor &x) override {
    return x + norm2(conv2(relu(norm1(conv1(x)))));
  }
  void parts(Visitor &v) override {
    v("conv1", conv1);
    v("norm1", norm1);
    v("conv2", conv2);
    v("norm2", norm2);
  }
};

nn::Sequential translator(int64_t width, Generator &rng) {
  int64_t twice = 2 * width;
  return nn::Sequential(
      nn::Conv2d(3, width, 3, rng, {.padding = 1}), nn::ReLU(),
      nn::Conv2d(width, twice, 3, rng, {.stride = 2, .padding = 1}),
      nn::InstanceNorm(twice), nn::ReLU(), Residual(twice, rng),
      Residual(twice, rng),
      nn::ConvTranspose2d(twice, width, 4, rng, {.stride = 2, .padding = 1}),
      nn::InstanceNorm(width), nn::ReLU(),
      nn::Conv2d(width, 3, 3, rng, {.padding = 1}), nn::Tanh());
}

nn::Sequential critic(int64_t width, Generator &rng) {
  int64_t twice = 2 * width;
  return nn::Sequential(
      nn::Conv2d(3, width, 4, rng, {.stride = 2, .padding = 1}), nn::ReLU(),
      nn::Conv2d(width, twice, 4, rng, {.stride = 2, .padding = 1}), nn::ReLU(),
      nn::Conv2d(twice, 1, 3, rng, {.padding = 1}));
}

/// Squares in place of logarithms: Mao et al., "Least squares generative
/// adversarial networks" (2017).
Tensor judged(nn::Module &critic, const Tensor &x, double truth) {
  return mean(square(critic(x) - truth));
}

struct Cycle {
  nn::Sequential toB, toA, criticA, criticB;
  Cycle(int64_t width, Generator &rng)
      : toB(translator(width, rng)), toA(translator(width, rng)),
        criticA(critic(width, rng)), criticB(critic(width, rng)) {}
};

void teach(const lesson::Options &options) {
  int64_t count = options.size(256, 64, 1);
  Tensor a = drawn::discs(count, false, options.seed);
  Tensor b = drawn::discs(count, true, options.seed + 1);
  Generator rng(options.seed);
  Cycle all(options.size(16, 16, 4), rng);
  std::vector<nn::Sequential *> makers = {&all.toB, &all.toA};
  std::vector<nn::Sequential *> critics = {&all.criticA, &all.criticB};
  optim::Adam makerRule(makers, {.lr = 1e-3, .beta1 = 0.5});
  optim::Adam criticRule(critics, {.lr = 1e-3, .beta1 = 0.5});

  auto step = compile(
      [&](const Tensor &a, const Tensor &b) {
        auto makerLoss = [&](std::vector<nn::Sequential *> &) {
          Tensor fakeB = all.toB(a), fakeA = all.toA(b);
          Tensor backA = all.toA(fakeB), backB = all.toB(fakeA);
          Tensor cycled = mean(abs(backA - a)) + mean(abs(backB - b));
          Tensor loss = judged(all.criticB, fakeB, 1) +
                        judged(all.criticA, fakeA, 1) + cycleWeight * cycled;
          return std::pair(loss, cycled);
        };
        auto [losses, gradients] = valueAndGrad(makerLoss)(makers);
        auto criticLoss = [&](std::vector<nn::Sequential *> &) {
          Tensor fakeB = stopGradient(all.toB(a));
          Tensor fakeA = stopGradient(all.toA(b));
          return judged(all.criticA, a, 1) + judged(all.criticA, fakeA, 0) +
                 judged(all.criticB, b, 1) + judged(all.criticB, fakeB, 0);
        };
        auto criticGradients = grad(criticLoss)(critics);
        makerRule.update(makers, gradients);
        criticRule.update(critics, criticGradients);
        return losses.second;
      },
      {.state = {makers, critics, makerRule, criticRule}});

  data::DataLoader loader(data::TensorDataset({a, b}),
                          {.batch = options.size(16, 16, 1),
                           .shuffle = options.seed,
                           .dropLast = true});
  train::Progress progress(loader.size());
  std::vector<double> losses;
  for (int64_t epoch = 1; epoch <= options.epochs; ++epoch) {
    metrics::Average average;
    for (const std::vector<Tensor> &batch : loader) {
      average.add(step(batch[0], batch[1]).item());
      if (losses.empty())
        losses.push_back(average.value());
      progress.step(loader.position());
      if (train::Interrupt::requested())
        return;
    }
    losses.push_back(average.value());
    progress.row(
        {{"epoch", "%5.0f", double(epoch)}, {"cycle", "%9.4f", losses.back()}});
  }
  lesson::metric("cycle-loss-first", losses.front());
  lesson::metric("cycle-loss-last", losses.back());
  // A translated picture has the colours of the other kind.
  Tensor some = a[Slice(0, 8)], there = all.toB(some), back = all.toA(there);
  Tensor colours = mean(there, {0, 2, 3}) - mean(b, {0, 2, 3});
  lesson::metric("colour-error", max(abs(colours)).item());
  Tensor grid = concatenate({some, there, back}, 0) / 2 + 0.5;
  options.save("cycle.svg",
               plot::ImageGrid(transpose(grid, {0, 2, 3, 1}),
                               {.title = "A, as B, and back", .scale = 4}));
  options.save(
      "loss.svg",
      plot::Figure({.title = "Cycle loss", .xLabel = "epoch", .logY = true})
          .curve(losses));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"cyclegan", "Translating pictures without pairs.", 12},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(4);
                       teach(options);
                     });
}
