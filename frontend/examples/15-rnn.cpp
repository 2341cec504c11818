// Lesson 15: recurrent networks. RNN, GRU and LSTM learn to continue a text,
// character by character; gradients are clipped; the models write a sample.

#include "Lesson.h"

#include <iostream>

using namespace dlc;

namespace {

constexpr int64_t steps = 32;

struct CharModel : nn::Module {
  std::unique_ptr<nn::Recurrent> core;
  nn::Linear output;
  CharModel(std::unique_ptr<nn::Recurrent> core, int64_t hidden,
            int64_t classes, Generator &rng)
      : Module("CharModel"), core(std::move(core)),
        output(hidden, classes, rng) {}
  Tensor forward(const Tensor &codes) override {
    return output((*core)(oneHot(codes, output.weight.size(1))));
  }
  void parts(Visitor &v) override {
    v("core", *core);
    v("output", output);
  }
};

/// Continues a text, each time by the likeliest character.
std::string continued(CharModel &model, const data::Vocabulary &vocabulary,
                      const std::string &start, int64_t length) {
  int64_t classes = vocabulary.size();
  auto step =
      compile([&](const Tensor &code, const nn::Recurrent::State &state) {
        auto next = model.core->step(oneHot(code, classes), state);
        Tensor best = argmax(model.output(next[0]), 1);
        return std::pair(best, next);
      });
  std::string text;
  nn::Recurrent::State state = model.core->initial(1);
  Tensor next;
  for (int64_t i = 0; i < int64_t(start.size()) + length; ++i) {
    int32_t code = i < int64_t(start.size()) ? vocabulary[start.substr(i, 1)]
                                             : next.item<int32_t>();
    text += vocabulary.token(code);
    std::tie(next, state) = step(tensor({code}), state);
  }
  return text;
}

void teach(const lesson::Options &options) {
  lesson::Letters letters = lesson::letters(options);
  const data::Vocabulary &vocabulary = letters.vocabulary;
  data::TensorDataset rest = letters.rest(steps);
  const int64_t hidden = options.size(256, 256, 16);

  plot::Figure figure({.title = "Continuing a text",
                       .xLabel = "epoch",
                       .yLabel = "perplexity",
                       .logY = true});
  auto fit = [&](const std::string &name, auto make) {
    Generator rng(options.seed);
    // Perplexity on the text itself; held-out loss from the first 90 %.
    for (bool whole : {true, false}) {
      CharModel model(make(rng), hidden, vocabulary.size(), rng);
      optim::Adam optimizer(model, {.lr = 3e-3});
      data::DataLoader loader(
          data::sequences(whole ? letters.all() : letters.first(), steps, 7),
          {.batch = options.batch(32), .shuffle = options.seed});
      int64_t epochs = whole ? options.epochs : options.epochs / 6 + 1;
      train::FitResult result = train::fit(
          model, optimizer, loader,
          [](nn::Module &model, const std::vector<Tensor> &batch) {
            return mean(softmaxCrossEntropy(model(batch[0]), batch[1]));
          },
          {.epochs = epochs,
           .schedule = optim::cosine(3e-3, 1e-4, epochs * loader.size()),
           .clipNorm = 1,
           .quiet = true});
      if (result.interrupted || result.epochs.empty())
        return;
      if (!whole) {
        Tensor logits = model(rest[0]);
        lesson::metric(name + "-held-out-loss",
                       mean(softmaxCrossEntropy(logits, rest[1])).item());
        continue;
      }
      std::vector<double> curve;
      for (const train::Epoch &epoch : result.epochs)
        curve.push_back(metrics::perplexity(epoch.loss));
      figure.curve(curve, name);
      lesson::metric(name + "-perplexity", curve.back());
      std::cout << name << ": "
                << continued(model, vocabulary, letters.text.substr(0, 12), 60)
                << "\n";
    }
  };
  int64_t inputs = vocabulary.size();
  fit("rnn", [&](Generator &rng) {
    return std::make_unique<nn::RNN>(inputs, hidden, rng);
  });
  fit("gru", [&](Generator &rng) {
    return std::make_unique<nn::GRU>(inputs, hidden, rng);
  });
  fit("lstm", [&](Generator &rng) {
    return std::make_unique<nn::LSTM>(inputs, hidden, rng);
  });
  options.save("perplexity.svg", figure);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"rnn",
                      "Character models (--data: a folder with "
                      "timemachine.txt).",
                      120},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(1);
                       teach(options);
                     });
}
