// Lesson 16: sequence to sequence. A gated recurrent encoder reads a sentence,
// a decoder writes its translation and, for each word, looks back with additive
// attention. What it looks at is a picture.

#include "Lesson.h"

#include <iostream>

using namespace dlc;

namespace {

constexpr int64_t features = 64;

struct Translator : nn::Module {
  nn::Embedding fromWords, toWords;
  nn::GRU encoder, decoder;
  nn::Linear query, key, output;
  nn::LayerNorm norm;
  Tensor score;
  /// What the decoder looks at.
  struct Memory {
    Tensor states, keys, mask;
  };

  Translator(int64_t from, int64_t to, Generator &rng)
      : Module("Translator"), fromWords(from, features, rng),
        toWords(to, features, rng), encoder(features, features, rng),
        decoder(2 * features, features, rng),
        query(features, features, rng, {.bias = false}),
        key(features, features, rng, {.bias = false}),
        output(features, to, rng), norm({features}),
        score(normal(rng, {features}, 0, 0.1)) {}

  std::pair<Memory, nn::Recurrent::State> encode(const Tensor &source) {
    Tensor words = fromWords(source);
    auto [states, last] = encoder.run(words, encoder.initial(source.size(0)));
    Tensor keys = key(states);
    Tensor mask = expandDims(source != lesson::Pairs::padding, 1);
    return {Memory{states, keys, mask}, last};
  }

  struct Written {
    Tensor logits, weights;
    nn::Recurrent::State state;
  };
  /// One word [n] further.
  Written write(const Tensor &word, const nn::Recurrent::State &state,
                const Memory &memory) {
    Tensor asked = query(expandDims(state[0], 1));
    Attended seen = additiveAttention(asked, memory.keys, memory.states, score,
                                      memory.mask);
    Tensor context = squeeze(seen.result, 1);
    nn::Recurrent::State next =
        decoder.step(concatenate({toWords(word), context}, 1), state);
    return {output(norm(next[0])), squeeze(seen.weights, 1), next};
  }

  /// All words, each after the true one before it: [n, words, to].
  Tensor translate(const Tensor &source, const Tensor &given) {
    auto [memory, state] = encode(source);
    auto trip = [&, &memory = memory](const nn::Recurrent::State &state,
                                      const Tensor &word) {
      Written written = write(word, state, memory);
      return std::pair(written.state, written.logits);
    };
    Tensor logits = scan(trip, state, transpose(given)).second;
    return swapAxes(logits, 0, 1);
  }
  Tensor forward(const Tensor &source) override {
    return encode(source).first.states;
  }
  void parts(Visitor &v) override {
    v("fromWords", fromWords);
    v("toWords", toWords);
    v("encoder", encoder);
    v("decoder", decoder);
    v("query", query);
    v("key", key);
    v("output", output);
    v("norm", norm);
    v("score", score);
  }
};

/// The likeliest translation, word by word, and where each word looked.
std::pair<data::Tokens, Tensor>
translated(Translator &model, const lesson::Pairs &pairs, int64_t row) {
  auto [memory, state] = model.encode(pairs.source[Slice(row, row + 1)]);
  int32_t word = lesson::Pairs::begin;
  data::Tokens words;
  std::vector<Tensor> looks;
  for (int64_t i = 0; i < pairs.given.size(1); ++i) {
    Translator::Written written = model.write(tensor({word}), state, memory);
    word = argmax(written.logits, 1).item<int32_t>();
    state = written.state;
    looks.push_back(written.weights[0]);
    if (word == lesson::Pairs::end)
      break;
    words.push_back(pairs.toWords.token(word));
  }
  return {words, stack(looks)};
}

void teach(const lesson::Options &options) {
  lesson::Pairs pairs = lesson::pairs(options);
  Generator rng(options.seed);
  Translator model(pairs.fromWords.size(), pairs.toWords.size(), rng);
  optim::Adam optimizer(model, {.lr = 5e-3});
  data::DataLoader loader(
      data::TensorDataset({pairs.source, pairs.given, pairs.wanted}),
      {.batch = options.batch(10), .shuffle = options.seed});
  train::FitResult result =
      train::fit(model, optimizer, loader,
                 [](Translator &model, const std::vector<Tensor> &batch) {
                   return softmaxCrossEntropy(
                       model.translate(batch[0], batch[1]), batch[2],
                       {.ignoreIndex = lesson::Pairs::padding,
                        .reduction = Reduction::mean});
                 },
                 {.epochs = options.epochs,
                  .clipNorm = 1,
                  .run = &options.run(),
                  .quiet = true});
  if (result.interrupted || result.epochs.empty())
    return;
  lesson::metric("loss", result.epochs.back().loss);

  int64_t right = 0;
  for (size_t i = 0; i < pairs.from.size(); ++i) {
    auto [words, looks] = translated(model, pairs, int64_t(i));
    right += words == pairs.to[i];
    if (i > 0)
      continue;
    data::Tokens from = pairs.from[0], to = words;
    from.push_back("<eos>"), to.push_back("<eos>");
    to.resize(looks.size(0), "…");
    Tensor shown = looks[{Slice(), Slice(0, int64_t(from.size()))}];
    options.save("attention.svg",
                 plot::HeatMap(shown, {.title = "Where each word looks",
                                       .columns = from,
                                       .rows = to}));
  }
  lesson::metric("pairs", double(pairs.from.size()));
  lesson::metric("reproduced", double(right));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"seq2seq",
                      "Translation with attention (--data: a folder with "
                      "fr-en-small.txt).",
                      120},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(60);
                       teach(options);
                     });
}
