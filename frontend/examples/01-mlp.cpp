// Lesson 1: train a multilayer perceptron on 28x28 images. The whole training
// step -- forward, backward and update -- is one compiled function.

#include <dlc/dlc.h>

#include <CLI/CLI.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace dlc;

namespace {

struct Options {
  std::string data;
  double lr = 0.1;
  int epochs = 10;
  uint64_t seed = 0;
  int64_t batch = 256;
  int64_t hidden = 256;
  int threads = 0;
};

volatile std::sig_atomic_t interrupted = 0;

// Prints rows of a table and, on a terminal, a bar under them that grows with
// each step.
class Progress {
public:
  explicit Progress(int64_t steps) : steps(steps) {}

  void header() const {
    std::printf("%s epoch    loss  accuracy  seconds%s\n", bold, plain);
  }

  void row(int epoch, double loss, double accuracy) {
    clear();
    std::printf("%6d  %.4f    %.4f  %7.2f\n", epoch, loss, accuracy, seconds());
    std::fflush(stdout);
    start = Clock::now();
  }

  void step(int64_t done) {
    if (!terminal)
      return;
    constexpr int width = 40;
    int filled = int(done * width / steps);
    std::printf("\r%s%.*s%s%.*s %lld/%lld", green, filled, hashes, plain,
                width - filled, dots, static_cast<long long>(done),
                static_cast<long long>(steps));
    std::fflush(stdout);
  }

  void clear() const {
    if (terminal)
      std::printf("\r\033[K");
  }

private:
  using Clock = std::chrono::steady_clock;

  double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

  static constexpr const char *hashes =
      "########################################";
  static constexpr const char *dots =
      "........................................";
  int64_t steps;
  bool terminal = isatty(STDOUT_FILENO) != 0;
  bool colour = terminal && !std::getenv("NO_COLOR");
  const char *bold = colour ? "\033[1m" : "";
  const char *green = colour ? "\033[32m" : "";
  const char *plain = colour ? "\033[0m" : "";
  Clock::time_point start = Clock::now();
};

data::idx::Split load(const Options &options) {
  if (!options.data.empty())
    return data::idx::load(options.data);
  return {data::glyphs(10'000, options.seed),
          data::glyphs(2'000, options.seed + 1)};
}

int train(const Options &options) {
  data::idx::Split split = load(options);
  data::DataLoader loader(
      split.train,
      {.batch = options.batch, .shuffle = options.seed, .dropLast = true});
  if (loader.size() == 0)
    throw Error(std::to_string(split.train.size()) +
                " training images do not fill a batch of " +
                std::to_string(options.batch));
  if (split.test.size() == 0)
    throw Error("there are no test images");
  const Shape &shape = split.train[0].shape();
  std::printf("%lld training and %lld test images of %lldx%lld\n",
              static_cast<long long>(split.train.size()),
              static_cast<long long>(split.test.size()),
              static_cast<long long>(shape[1]),
              static_cast<long long>(shape[2]));

  Generator rng(options.seed);
  nn::Sequential model(nn::Flatten(),
                       nn::Linear(shape[1] * shape[2], options.hidden, rng),
                       nn::ReLU(), nn::Linear(options.hidden, 10, rng));
  optim::SGD optimizer(model, {.lr = options.lr});

  // Images stay bytes outside; their conversion is part of the step.
  auto logits = [](nn::Module &model, const Tensor &images) {
    return model(images.astype(DType::f32) / 255);
  };
  auto step = compile(
      [&](const Tensor &images, const Tensor &labels) {
        auto loss = [&](nn::Module &model) {
          return mean(softmaxCrossEntropy(logits(model, images), labels));
        };
        auto [value, gradients] = valueAndGrad(loss)(model);
        optimizer.update(model, gradients);
        return value;
      },
      {.state = {model, optimizer}});
  auto accuracy = compile([&](const Tensor &images, const Tensor &labels) {
    return metrics::accuracy(logits(model, images), labels);
  });
  auto evaluate = [&] {
    model.eval();
    double result = accuracy(split.test[0], split.test[1]).item();
    model.train();
    return result;
  };

  Progress progress(loader.size());
  progress.header();
  double tested = options.epochs == 0 ? evaluate() : 0;
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    double sum = 0;
    int64_t done = 0;
    for (const std::vector<Tensor> &batch : loader) {
      sum += step(batch[0], batch[1]).item();
      progress.step(++done);
      if (interrupted) {
        progress.clear();
        std::printf("interrupted after step %lld of epoch %d\n",
                    static_cast<long long>(done), epoch);
        return 130;
      }
    }
    tested = evaluate();
    progress.row(epoch, sum / double(done), tested);
  }
  std::printf("test accuracy %.4f\n", tested);
  return 0;
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  CLI::App app("Trains a multilayer perceptron on images of ten classes.");
  app.option_defaults()->always_capture_default();
  app.add_option("--data", options.data,
                 "folder with MNIST's or Fashion-MNIST's IDX files, plain or "
                 ".gz (default: glyphs that the program draws)");
  app.add_option("--lr", options.lr, "learning rate");
  app.add_option("--epochs", options.epochs, "passes over the data")
      ->check(CLI::Range(0, 1'000'000));
  app.add_option("--seed", options.seed, "of weights, order and glyphs");
  app.add_option("--batch", options.batch, "images a step")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--hidden", options.hidden, "width of the hidden layer")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--threads", options.threads,
                 "threads, at most one a CPU (default: all)")
      ->check(CLI::Range(1, 1'000));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &help) {
    return app.exit(help);
  } catch (const CLI::Error &error) {
    std::fprintf(stderr, "mlp: %s\n", error.what());
    return 1;
  }

  if (options.threads)
    setenv("DLC_NUM_THREADS", std::to_string(options.threads).c_str(), 1);
  std::signal(SIGINT, [](int) { interrupted = 1; });
  try {
    return train(options);
  } catch (const Error &error) {
    std::fprintf(stderr, "mlp: %s\n", error.what());
    return 1;
  }
}
