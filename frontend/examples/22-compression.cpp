// Lesson 22: compression. A trained perceptron loses four fifths of its
// weights, or three quarters of their bits; a small one learns from a large
// one.

#include "Lesson.h"

#include <cstdio>

using namespace dlc;

namespace {

constexpr int64_t inputs = 784, classes = 10;
constexpr double sparsity = 0.8, temperature = 2;

/// A linear layer whose weights may be masked, and rounded to 8 bits with the
/// gradient passing straight through.
struct Layer {
  Tensor weight, bias, mask;
  Layer(int64_t in, int64_t out, Generator &rng)
      : weight(nn::init::kaimingUniform(rng, {in, out})), bias(zeros({out})),
        mask(ones({in, out})) {}
  /// The size of one of 255 steps.
  static Tensor stepOf(const Tensor &x) { return max(abs(x)) / 127; }
  Tensor operator()(const Tensor &x, bool quantised) const {
    Tensor w = weight * mask;
    if (!quantised)
      return matmul(x, w) + bias;
    Tensor zero = scalar(0.0f);
    Tensor x8 = fakeQuant(x, stepOf(stopGradient(x)), zero);
    Tensor w8 = fakeQuant(w, stepOf(stopGradient(w)), zero);
    return matmul(x8, w8) + bias;
  }
  void visit(Visitor &v) {
    v("weight", weight);
    v("bias", bias);
    v.buffer("mask", mask);
  }
};

struct Mlp {
  Layer first, second;
  bool quantised = false;
  Mlp(int64_t hidden, Generator &rng)
      : first(inputs, hidden, rng), second(hidden, classes, rng) {}
  Tensor operator()(const Tensor &images) const {
    Tensor x = flatten(images, 1).astype(DType::f32) / 255;
    return second(relu(first(x, quantised)), quantised);
  }
  void visit(Visitor &v) {
    v("first", first);
    v("second", second);
  }
};

struct Teacher {
  const lesson::Options &options;
  data::idx::Split split;

  double accuracy(const Mlp &model) const {
    return metrics::accuracy(model(split.test[0]), split.test[1]).item();
  }

  template <typename Loss>
  void train(Mlp &model, int64_t epochs, double rate, Loss loss) const {
    optim::Adam optimizer(model, {.lr = rate});
    data::DataLoader loader(
        split.train, {.batch = options.batch(128), .shuffle = options.seed});
    train::fit(model, optimizer, loader,
               [&](const Mlp &model, const std::vector<Tensor> &batch) {
                 return loss(model(batch[0]), batch);
               },
               {.epochs = epochs,
                .schedule = optim::cosine(rate, 0, epochs * loader.size()),
                .quiet = true});
  }
};

Tensor hard(const Tensor &logits, const std::vector<Tensor> &batch) {
  return mean(softmaxCrossEntropy(logits, batch[1]));
}

void report(const std::string &name, double accuracy, double bytes) {
  lesson::metric(name + "-accuracy", accuracy);
  lesson::metric(name + "-bytes", bytes);
}

double weightsOf(const Mlp &model) {
  return double(model.first.weight.count() + model.second.weight.count());
}

void teach(const lesson::Options &options) {
  Teacher teacher{options, lesson::images(options)};
  Generator rng(options.seed);
  Mlp large(256, rng);
  teacher.train(large, options.epochs, 2e-3, hard);
  double dense = teacher.accuracy(large);
  report("dense", dense, 4 * weightsOf(large));

  // Pruning: the smallest weights go, the others are trained a little more. A
  // weight that stays costs its value and a place of two bytes.
  Mlp pruned = large;
  for (Layer *layer : {&pruned.first, &pruned.second}) {
    auto drop = int64_t(sparsity * double(layer->weight.count()));
    layer->mask = magnitudeMask(layer->weight, drop).astype(DType::f32);
  }
  lesson::metric("pruned-untrained-accuracy", teacher.accuracy(pruned));
  teacher.train(pruned, (options.epochs + 1) / 2, 1e-3, hard);
  double kept = sum(pruned.first.mask).item() + sum(pruned.second.mask).item();
  lesson::metric("sparsity", 1 - kept / weightsOf(pruned));
  report("pruned", teacher.accuracy(pruned), 6 * kept);
  lesson::metric("pruned-loss", dense - teacher.accuracy(pruned));

  // Training in the presence of rounding, then weights of one byte each.
  Mlp quantised = large;
  quantised.quantised = true;
  teacher.train(quantised, (options.epochs + 1) / 2, 5e-4, hard);
  Mlp restored = quantised;
  double bytes = 0;
  for (Layer *layer : {&restored.first, &restored.second}) {
    double step = Layer::stepOf(layer->weight).item();
    Tensor whole = uniformQuantize(layer->weight, step);
    bytes += double(whole.count());
    layer->weight = uniformDequantize(whole, step);
  }
  report("int8", teacher.accuracy(restored), bytes);
  lesson::metric("int8-loss", dense - teacher.accuracy(restored));

  // Distillation: a small model with labels for a few images alone, and the
  // same one with none, that imitates the large one's softened answers to all.
  Generator small(options.seed + 1);
  Mlp alone(16, small), taught = alone;
  Teacher poor{options,
               {teacher.split.train.slice(
                    0, std::min<int64_t>(500, teacher.split.train.size())),
                teacher.split.test}};
  int64_t rounds = std::max<int64_t>(1, teacher.split.train.size() / 500);
  poor.train(alone, options.epochs * rounds, 2e-3, hard);
  auto softened = [&](const Tensor &logits, const std::vector<Tensor> &batch) {
    Tensor target = softmax(stopGradient(large(batch[0])) / temperature);
    Tensor loss = -sum(target * logSoftmax(logits / temperature), 1);
    return temperature * temperature * mean(loss);
  };
  teacher.train(taught, options.epochs, 2e-3, softened);
  report("small-alone", teacher.accuracy(alone), 4 * weightsOf(alone));
  report("small-taught", teacher.accuracy(taught), 4 * weightsOf(taught));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(
      argc, argv,
      {"compression", "Pruning, training for int8, and distillation.", 10},
      [](lesson::Options options) {
        options.epochs = options.epochsOr(6);
        teach(options);
      });
}
