// Lesson 17: the Transformer. An encoder and a decoder translate; a small
// causal one continues a text.

#include "Lesson.h"

using namespace dlc;

namespace {

constexpr int64_t features = 64, heads = 4, depth = 2, steps = 32;
constexpr double dropped = 0.2;

/// Words and places as vectors, then blocks.
struct Stack : nn::Module {
  nn::Embedding words, places;
  std::vector<std::unique_ptr<nn::TransformerBlock>> blocks;
  nn::LayerNorm norm;
  Stack(int64_t vocabulary, int64_t longest,
        nn::TransformerBlockOptions options, Generator &rng)
      : Module("Stack"), words(vocabulary, features, rng),
        places(longest, features, rng), norm({features}) {
    for (int64_t i = 0; i < depth; ++i)
      blocks.push_back(std::make_unique<nn::TransformerBlock>(features, heads,
                                                              rng, options));
  }
  Tensor apply(const Tensor &codes, const Tensor &mask = {},
               const Tensor &memory = {}, const Tensor &memoryMask = {}) {
    Tensor x = words(codes) + places(arange(codes.size(1)));
    for (auto &block : blocks)
      x = block->apply(x, mask, memory, memoryMask);
    return norm(x);
  }
  Tensor forward(const Tensor &codes) override { return apply(codes); }
  void parts(Visitor &v) override {
    v("words", words);
    v("places", places);
    v("blocks", blocks);
    v("norm", norm);
  }
};

struct Translator : nn::Module {
  Stack encoder, decoder;
  nn::Linear output;
  Translator(const lesson::Pairs &pairs, Generator &rng)
      : Module("Translator"),
        encoder(pairs.fromWords.size(), pairs.source.size(1), {}, rng),
        decoder(pairs.toWords.size(), pairs.given.size(1),
                {.causal = true, .cross = true}, rng),
        output(features, pairs.toWords.size(), rng) {}
  Tensor translate(const Tensor &source, const Tensor &given) {
    Tensor mask = source != lesson::Pairs::padding;
    Tensor memory = encoder.apply(source, mask);
    return output(decoder.apply(given, {}, memory, mask));
  }
  Tensor forward(const Tensor &source) override { return encoder(source); }
  void parts(Visitor &v) override {
    v("encoder", encoder);
    v("decoder", decoder);
    v("output", output);
  }
};

void translate(const lesson::Options &options) {
  lesson::Pairs pairs = lesson::pairs(options);
  Generator rng(options.seed);
  Translator model(pairs, rng);
  optim::Adam optimizer(model, {.lr = 2e-3});
  data::DataLoader loader(
      data::TensorDataset({pairs.source, pairs.given, pairs.wanted}),
      {.batch = options.batch(10), .shuffle = options.seed});
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

  // All sentences at once, a word more each time.
  int64_t count = pairs.source.size(0), longest = pairs.given.size(1);
  Tensor written = full({count, longest}, lesson::Pairs::padding, DType::i32);
  written.set({Slice(), 0}, lesson::Pairs::begin);
  auto next = compile([&](const Tensor &written) {
    return argmax(model.translate(pairs.source, written), 2);
  });
  for (int64_t i = 0; i + 1 < longest; ++i)
    written.set({Slice(), i + 1}, next(written)[{Slice(), i}]);
  std::vector<int32_t> words = next(written).toVector<int32_t>();
  int64_t right = 0;
  for (int64_t row = 0; row < count; ++row) {
    data::Tokens text;
    for (int64_t i = 0; i < longest; ++i) {
      int32_t word = words[row * longest + i];
      if (word == lesson::Pairs::end)
        break;
      text.push_back(pairs.toWords.token(word));
    }
    right += text == pairs.to[row];
  }
  lesson::metric("pairs", double(count));
  lesson::metric("reproduced", double(right));

  // Where the first block's first head looks.
  Tensor source = pairs.source[Slice(0, 1)], given = pairs.given[Slice(0, 1)];
  Tensor mask = source != lesson::Pairs::padding;
  Tensor memory = model.encoder.apply(source, mask);
  nn::TransformerBlock &block = *model.decoder.blocks[0];
  Tensor x = model.decoder.words(given) + model.decoder.places(arange(longest));
  Tensor n = block.norm1(x);
  Tensor y = block.norm2(x + block.self.attend(n, n));
  Tensor weights = block.cross.weights(y, memory, mask);
  data::Tokens from = pairs.from[0], to = pairs.to[0];
  from.push_back("<eos>"), to.push_back("<eos>");
  Tensor shown = weights[{0, 0, Slice(0, int64_t(to.size())),
                          Slice(0, int64_t(from.size()))}];
  options.save("attention.svg",
               plot::HeatMap(shown, {.title = "Where each word looks",
                                     .columns = from,
                                     .rows = to}));
}

/// The same text as lesson 15's, the same part held out.
void continueText(const lesson::Options &options) {
  lesson::Letters letters = lesson::letters(options);
  data::TensorDataset rest = letters.rest(steps);

  Generator rng(options.seed);
  Stack body(letters.vocabulary.size(), steps,
             {.causal = true, .dropout = dropped}, rng);
  nn::Linear output(features, letters.vocabulary.size(), rng);
  std::pair<Stack *, nn::Linear *> model(&body, &output);
  auto lossOf = [&](const std::vector<Tensor> &batch) {
    Tensor logits = output(body(batch[0]));
    return mean(softmaxCrossEntropy(logits, batch[1]));
  };
  int64_t epochs = options.epochs / 8 + 1;
  data::DataLoader loader(
      data::sequences(letters.first(), steps, 3),
      {.batch = options.batch(64), .shuffle = options.seed});
  optim::AdamW optimizer(model, {.lr = 2e-3, .weightDecay = 0.1});
  train::fit(
      model, optimizer, loader,
      [&](auto &, const std::vector<Tensor> &batch) { return lossOf(batch); },
      {.epochs = epochs,
       .schedule = optim::cosine(2e-3, 0, epochs * loader.size()),
       .clipNorm = 1,
       .state = {{"rng", rng}},
       .quiet = true});
  body.eval();
  lesson::metric("held-out-loss", lossOf({rest[0], rest[1]}).item());
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"transformer",
                      "Translation and a character model (--data: a folder "
                      "with fr-en-small.txt and timemachine.txt).",
                      100},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(40);
                       translate(options);
                       continueText(options);
                     });
}
