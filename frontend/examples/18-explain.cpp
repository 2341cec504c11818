// Lesson 18: explanations. A classifier of drawn sentences says which words
// decided: by gradients, by integrated gradients, by its attention; and which
// other word would have decided otherwise.

#include "Drawn.h"
#include "Lesson.h"

using namespace dlc;

namespace {

constexpr int64_t features = 32, length = 8;

/// Embeddings, one tanh layer over each pair of neighbours, attention over
/// them, a linear layer: the logit of a good mood.
struct Classifier : nn::Module {
  nn::Embedding words;
  nn::Linear pairs, score, output;
  Classifier(int64_t vocabulary, Generator &rng)
      : Module("Classifier"), words(vocabulary, features, rng),
        pairs(2 * features, features, rng), score(features, 1, rng),
        output(features, 1, rng) {}
  struct Answer {
    Tensor logit, attention;
  };
  /// From word vectors [n, length, features]: [n] and [n, length].
  Answer judge(const Tensor &x) {
    Tensor before = pad(x[{Slice(), Slice(0, -1)}], {0, 1, 0}, {0, 0, 0});
    Tensor h = tanh(pairs(concatenate({before, x}, 2)));
    Tensor attention = softmax(squeeze(score(h), 2));
    Tensor seen = sum(h * expandDims(attention, 2), 1);
    return {squeeze(output(seen), 1), attention};
  }
  Tensor forward(const Tensor &codes) override {
    return judge(words(codes)).logit;
  }
  void parts(Visitor &v) override {
    v("words", words);
    v("pairs", pairs);
    v("score", score);
    v("output", output);
  }
};

using Weights = std::vector<std::pair<std::string, double>>;

Weights label(const data::Tokens &text, const Tensor &weights) {
  std::vector<float> numbers = weights.toVector<float>();
  Weights words;
  for (size_t i = 0; i < text.size(); ++i)
    words.emplace_back(text[i], numbers[i]);
  return words;
}

void teach(const lesson::Options &options) {
  drawn::Reviews train =
      drawn::reviews(options.size(2000, 500, 16), options.seed);
  drawn::Reviews test =
      drawn::reviews(options.size(200, 60, 8), options.seed + 1);
  data::Vocabulary vocabulary(train.texts, {.reserved = {"<pad>"}});
  auto encoded = [&](const drawn::Reviews &reviews) {
    std::vector<std::vector<int32_t>> codes;
    for (const data::Tokens &text : reviews.texts)
      codes.push_back(vocabulary.encode(text));
    return data::padded(codes, length, 1);
  };
  Tensor x = encoded(train), testX = encoded(test);
  Tensor y = tensor(train.labels, {x.size(0)}).astype(DType::f32);
  Tensor testY = tensor(test.labels, {testX.size(0)});

  Generator rng(options.seed);
  Classifier model(vocabulary.size(), rng);
  optim::Adam optimizer(model, {.lr = 5e-3});
  data::DataLoader loader(
      data::TensorDataset({x, y}),
      {.batch = options.batch(50), .shuffle = options.seed});
  train::fit(model, optimizer, loader,
             [](nn::Module &model, const std::vector<Tensor> &batch) {
               return sigmoidBinaryCrossEntropy(model(batch[0]), batch[1],
                                                Reduction::mean);
             },
             {.epochs = options.epochs, .run = &options.run(), .quiet = true});
  Tensor said = (model(testX) > 0).astype(DType::i32);
  lesson::metric("test-accuracy", mean(said == testY).item());

  // The gradient of the answer with respect to each word's vector.
  Tensor vectors = model.words(testX);
  auto answer = [&](const Tensor &v) { return sum(model.judge(v).logit); };
  auto slope = compile(grad(answer));
  Tensor gradients = sum(slope(vectors) * vectors, 2);

  // Integrated from a sentence of padding: Sundararajan et al., "Axiomatic
  // attribution for deep networks" (2017). The parts add up to the whole.
  Tensor baseline = model.words(full(testX.shape(), 1, DType::i32));
  constexpr int64_t points = 200;
  Tensor total = zerosLike(vectors);
  for (int64_t i = 0; i < points; ++i) {
    double share = (double(i) + 0.5) / double(points);
    total = total + slope(baseline + share * (vectors - baseline));
    eval({total});
  }
  Tensor integrated = sum(total / double(points) * (vectors - baseline), 2);
  Tensor whole = model.judge(vectors).logit - model.judge(baseline).logit;
  lesson::metric("completeness-error",
                 max(abs(sum(integrated, 1) - whole)).item());

  // Counterfactuals: swap the word whose exchange, by the gradient, moves the
  // answer furthest to the other side, until it is there. Ebrahimi et al.,
  // "HotFlip" (2018).
  Tensor codes = testX;
  Tensor side = expandDims(1 - 2 * said.astype(DType::f32), 1);
  Tensor isWord = testX != 1;
  for (int64_t round = 0; round < 3; ++round) {
    Tensor slopes = slope(model.words(codes)) * expandDims(side, 2);
    Tensor table = model.words.table;
    Tensor gain = matmul(slopes, transpose(table)) -
                  sum(slopes * model.words(codes), 2, keepDims);
    // Neither padding nor unknown words, nor words in place of padding.
    Tensor allowed = expandDims(isWord, 2) & (arange(table.size(0)) > 1);
    gain = flatten(where(allowed, gain, -1e9), 1);
    Tensor best = argmax(gain, 1);
    Tensor place = best / table.size(0), word = best % table.size(0);
    Tensor flipped = (model(codes) > 0).astype(DType::i32) != said;
    Tensor chosen =
        (expandDims(place, 1) == arange(length)) & expandDims(!flipped, 1);
    codes = where(chosen, expandDims(word, 1), codes);
    eval({codes});
  }
  Tensor flipped = (model(codes) > 0).astype(DType::i32) != said;
  lesson::metric("counterfactuals-flipped", mean(flipped).item());

  plot::Page page("What decided?");
  page.paragraph("Red words speak for a good mood, blue ones against it.");
  Tensor attention = model.judge(vectors).attention;
  for (int64_t i = 0; i < 8; ++i) {
    const data::Tokens &text = test.texts[i];
    page.heading(test.labels[i] ? "A good review" : "A bad review");
    page.paragraph("gradient times input:");
    page.weighted(label(text, gradients[i]));
    page.paragraph("integrated gradients:");
    page.weighted(label(text, integrated[i]));
    page.paragraph("attention:").weighted(label(text, attention[i]));
    std::string other;
    std::vector<int32_t> row = codes[i].toVector<int32_t>();
    row.resize(text.size());
    for (const std::string &word : vocabulary.decode(row))
      other += word + " ";
    page.paragraph("the opposite would be: " + other);
  }
  options.save("explanations.html", page);
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"explain",
                      "Which words decided, and which would have "
                      "decided otherwise.",
                      20},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(10);
                       teach(options);
                     });
}
