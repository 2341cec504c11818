// Lesson 19: adversaries. A generator learns from a critic: points in a plane,
// a convolutional pair on digits, and a Wasserstein critic with a gradient
// penalty.

#include "Lesson.h"

using namespace dlc;

namespace {

constexpr int64_t noise = 32;

/// -log sigmoid(±x): what a discriminator should say to real or made samples.
Tensor lossOf(const Tensor &answers, double truth) {
  return sigmoidBinaryCrossEntropy(answers, scalar(truth), Reduction::mean);
}

/// A step of each side; both see the same noise. The penalty of a critic is
/// that of Gulrajani et al., "Improved training of Wasserstein GANs" (2017).
struct Game {
  nn::Module &generator, &critic;
  optim::Optimizer &generatorRule, &criticRule;
  Generator &rng;
  int64_t noiseSize;
  bool wasserstein = false;
  /// Weight of the critic's squared slope at real samples, which lets the game
  /// settle: Mescheder et al., "Which training methods for GANs do actually
  /// converge?" (2018).
  double damping = 0;

  Tensor slopeAt(const Tensor &x) {
    auto answer = [&](const Tensor &x) { return sum(critic(x)); };
    return sum(square(flatten(grad(answer)(x), 1)), 1);
  }
  Tensor criticLoss(const Tensor &real, const Tensor &made) {
    if (!wasserstein) {
      Tensor loss = (lossOf(critic(real), 1) + lossOf(critic(made), 0)) / 2;
      return damping == 0 ? loss : loss + damping * mean(slopeAt(real));
    }
    Tensor share = uniform(rng, {real.size(0), 1});
    share = reshape(share, {real.size(0), 1, 1, 1});
    Tensor between = share * real + (1 - share) * made;
    Tensor length = sqrt(slopeAt(between) + 1e-12);
    return mean(critic(made)) - mean(critic(real)) +
           10 * mean(square(length - 1));
  }
  void criticStep(const Tensor &real) {
    Tensor z = normal(rng, {real.size(0), noiseSize});
    Tensor made = stopGradient(generator(z));
    auto loss = [&](nn::Module &) { return criticLoss(real, made); };
    criticRule.update(critic, grad(loss)(critic));
  }
  void generatorStep(int64_t batch) {
    Tensor z = normal(rng, {batch, noiseSize});
    auto loss = [&](nn::Module &) {
      Tensor answers = critic(generator(z));
      return wasserstein ? -mean(answers) : lossOf(answers, 1);
    };
    generatorRule.update(generator, grad(loss)(generator));
  }

  void play(const data::TensorDataset &data, int64_t batch, int64_t epochs,
            uint64_t seed, int64_t criticSteps = 1) {
    auto first = compile([&](const Tensor &real) { criticStep(real); },
                         {.state = {generator, critic, criticRule, rng}});
    auto second = compile([&] { generatorStep(batch); },
                          {.state = {generator, critic, generatorRule, rng}});
    data::DataLoader loader(
        data, {.batch = batch, .shuffle = seed, .dropLast = true});
    int64_t step = 0;
    for (int64_t epoch = 0; epoch < epochs; ++epoch)
      for (const std::vector<Tensor> &real : loader) {
        first(real[0]);
        if (++step % criticSteps == 0)
          second();
        if (train::Interrupt::requested())
          return;
      }
  }
};

Tensor covariance(const Tensor &x) {
  Tensor centred = x - mean(x, 0);
  return matmul(transpose(centred), centred) / double(x.size(0));
}

void inThePlane(const lesson::Options &options) {
  Generator rng(options.seed);
  Tensor a = tensor<float>({{1, 2}, {-0.1f, 0.5f}});
  Tensor real = matmul(normal(rng, {1024, 2}), a) + tensor({1.0f, 2.0f});
  nn::Sequential generator(nn::Linear(2, 2, rng));
  nn::Sequential critic(nn::Linear(2, 16, rng), nn::Tanh(),
                        nn::Linear(16, 16, rng), nn::Tanh(),
                        nn::Linear(16, 1, rng));
  optim::Adam generatorRule(generator, {.lr = 1e-2, .beta1 = 0.5});
  optim::Adam criticRule(critic, {.lr = 2e-2, .beta1 = 0.5});
  Game game{generator, critic, generatorRule, criticRule, rng, 2, false, 0.05};
  data::TensorDataset points({real});
  // Smaller and smaller steps: the two circle around the answer.
  for (double rate : {1.0, 0.3, 0.1}) {
    generatorRule.setLearningRate(1e-2 * rate);
    criticRule.setLearningRate(2e-2 * rate);
    game.play(points, options.batch(128), options.size(60, 60, 1),
              options.seed);
  }
  Tensor made = generator(normal(rng, {1024, 2}));
  lesson::metric("plane-mean-error",
                 max(abs(mean(made, 0) - mean(real, 0))).item());
  lesson::metric("plane-covariance-error",
                 max(abs(covariance(made) - covariance(real))).item());
  auto column = [](const Tensor &x, int64_t i) {
    Tensor one = x[{Slice(0, 300), i}];
    return one.astype(DType::f64).toVector<double>();
  };
  options.save("plane.svg",
               plot::Figure({.title = "Points, real and made"})
                   .scatter(column(real, 0), column(real, 1), "real")
                   .scatter(column(made, 0), column(made, 1), "made"));
}

/// Radford et al., "Unsupervised representation learning with deep
/// convolutional generative adversarial networks" (2016).
nn::Sequential painter(int64_t width, Generator &rng) {
  nn::ConvTranspose2dOptions twice = {.stride = 2, .padding = 1};
  return nn::Sequential(
      nn::Linear(noise, 2 * width * 7 * 7, rng),
      nn::Unflatten({2 * width, 7, 7}), nn::BatchNorm(2 * width), nn::ReLU(),
      nn::ConvTranspose2d(2 * width, width, 4, rng, twice),
      nn::BatchNorm(width), nn::ReLU(),
      nn::ConvTranspose2d(width, 1, 4, rng, twice), nn::Tanh());
}

nn::Sequential looker(int64_t width, Generator &rng) {
  nn::Conv2dOptions half = {.stride = 2, .padding = 1};
  return nn::Sequential(nn::Conv2d(1, width, 4, rng, half), nn::LeakyReLU(0.2),
                        nn::Conv2d(width, 2 * width, 4, rng, half),
                        nn::LeakyReLU(0.2), nn::Flatten(),
                        nn::Linear(2 * width * 7 * 7, 1, rng));
}

void onDigits(const lesson::Options &options, bool wasserstein) {
  data::TensorDataset all = lesson::images(options).train;
  Tensor images = all[0][Slice(0, options.size(all.size(), 512, 8))];
  Tensor real = expandDims(images.astype(DType::f32) / 127.5 - 1, 1);
  Generator rng(options.seed);
  int64_t width = options.size(16, 16, 4);
  nn::Sequential generator = painter(width, rng), critic = looker(width, rng);
  optim::Adam generatorRule(generator, {.lr = 1e-3, .beta1 = 0.5});
  optim::Adam criticRule(critic, {.lr = 4e-4, .beta1 = 0.5});
  Game game{generator, critic, generatorRule, criticRule,
            rng,       noise,  wasserstein};
  game.play(data::TensorDataset({real}), options.batch(64), options.epochs,
            options.seed, wasserstein ? 2 : 1);
  std::string name = wasserstein ? "wasserstein" : "dcgan";
  Tensor made = generator(normal(rng, {40, noise}));
  // Digits are mostly ground with a similar share of ink.
  double ink = mean((made + 1) / 2).item(), truth = mean((real + 1) / 2).item();
  lesson::metric(name + "-ink-ratio", ink / truth);
  options.save(name + ".svg", plot::ImageGrid(squeeze(made, 1) / 2 + 0.5,
                                              {.title = "Made digits"}));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"gan", "Points and digits by adversaries.", 10},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(1);
                       inThePlane(options);
                       onDigits(options, false);
                       onDigits(options, true);
                     });
}
