// Lesson 12: wine. A table becomes tensors; masks pick the bad, middling and
// good wines; a threshold on one column is a first classifier, and a network
// does better.

#include "Lesson.h"

#include <cmath>
#include <iostream>

using namespace dlc;

namespace {

/// The sulfur threshold of the textbook: the mean of the middling wines.
constexpr double threshold = 141.83;
constexpr int64_t sulfur = 6, columns = 11;

/// A table with the same columns, of which only some matter.
data::Table draw(int64_t count, uint64_t seed) {
  Generator rng(seed);
  std::vector<float> numbers = normal(rng, {count, columns}).toVector<float>();
  std::vector<std::string> names;
  for (int64_t i = 0; i < columns; ++i)
    names.push_back("property " + std::to_string(i));
  names.push_back("quality");
  std::vector<std::vector<std::string>> rows;
  for (int64_t i = 0; i < count; ++i) {
    float *n = &numbers[i * columns];
    double quality = 5.8 - 0.5 * n[sulfur] + 0.7 * n[10] + 0.3 * n[0] * n[1];
    n[sulfur] = 140 + 40 * n[sulfur];
    rows.emplace_back();
    for (int64_t j = 0; j < columns; ++j)
      rows.back().push_back(std::to_string(n[j]));
    rows.back().push_back(
        std::to_string(int(std::clamp(std::round(quality), 3.0, 9.0))));
  }
  return data::Table("drawn", names, rows);
}

struct Quality {
  double matches, predicted, actual;
  double precision() const { return matches / std::max(predicted, 1.0); }
  double recall() const { return matches / std::max(actual, 1.0); }
};

Quality compare(const Tensor &predicted, const Tensor &actual) {
  return {sum(predicted & actual).item(), sum(predicted).item(),
          sum(actual).item()};
}

void report(const std::string &name, const Quality &quality) {
  lesson::metric(name + "-precision", quality.precision());
  lesson::metric(name + "-recall", quality.recall());
}

void teach(const lesson::Options &options) {
  data::Table table =
      options.data.empty()
          ? draw(options.size(4000, 1000, 100), options.seed)
          : data::readCsv(options.data + "/winequality-white.csv",
                          {.separator = ';'});
  Tensor all = table.toTensor();
  Tensor wines = all[{Slice(), Slice(0, columns)}];
  Tensor quality = all[{Slice(), columns}];
  std::cout << "wines " << wines.shape()[0] << ", first " << wines[0] << "\n";

  // Masks are tensors of booleans: a mean over some rows is a weighted mean.
  auto meanOf = [&](const Tensor &mask) {
    Tensor weights = expandDims(mask.astype(DType::f32), 1);
    return sum(wines * weights, 0) / sum(weights);
  };
  Tensor bad = quality <= 3, good = quality >= 7;
  Tensor middling = (quality > 3) & (quality < 7);
  std::cout << "bad " << sum(bad).item() << ", middling "
            << sum(middling).item() << ", good " << sum(good).item() << "\n";
  for (auto [name, mask] :
       {std::pair("bad", bad), std::pair("middling", middling),
        std::pair("good", good)})
    lesson::metric(std::string(name) + "-mean-sulfur",
                   meanOf(mask)[sulfur].item());

  // Little sulfur, good wine?
  Tensor actual = quality > 5;
  Quality simple = compare(wines[{Slice(), sulfur}] < threshold, actual);
  lesson::metric("threshold-matches", simple.matches);
  lesson::metric("threshold-predicted", simple.predicted);
  lesson::metric("threshold-actual", simple.actual);
  report("threshold-all", simple);

  // A network, judged on rows that it has not seen.
  data::TensorDataset rows({wines, actual.astype(DType::f32)});
  data::TrainTest parts = data::split(rows, 0.2, options.seed);
  data::Standardizer standardize(parts.train[0]);
  data::TensorDataset train({standardize(parts.train[0]), parts.train[1]});
  Tensor testX = standardize(parts.test[0]), testY = parts.test[1] > 0.5;

  Generator rng(options.seed);
  nn::Sequential model(nn::Linear(columns, 64, rng), nn::Tanh(),
                       nn::Linear(64, 64, rng), nn::Tanh(),
                       nn::Linear(64, 1, rng));
  optim::Adam optimizer(model, {.lr = 3e-3});
  data::DataLoader loader(
      train, {.batch = options.batch(64), .shuffle = options.seed});
  auto predicted = [&] { return squeeze(model(testX), 1) > 0; };
  train::fit(model, optimizer, loader,
             [](nn::Module &model, const std::vector<Tensor> &batch) {
               return sigmoidBinaryCrossEntropy(squeeze(model(batch[0]), 1),
                                                batch[1], Reduction::mean);
             },
             {.epochs = options.epochsOr(10),
              .evaluate = [&]() -> train::Measures {
                Quality quality = compare(predicted(), testY);
                return {{"precision", quality.precision()},
                        {"recall", quality.recall()}};
              },
              .run = &options.run()});
  report("threshold",
         compare(parts.test[0][{Slice(), sulfur}] < threshold, testY));
  report("network", compare(predicted(), testY));

  Tensor classes = metrics::confusionMatrix(predicted().astype(DType::i32),
                                            testY.astype(DType::i32), 2);
  options.save("confusion.svg",
               plot::HeatMap(classes, {.title = "Held-out wines",
                                       .xLabel = "predicted",
                                       .yLabel = "actual",
                                       .columns = {"lesser", "better"},
                                       .rows = {"lesser", "better"},
                                       .numbers = true}));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"wine",
                      "From a table to a classifier of wines (--data: a folder "
                      "with winequality-white.csv).",
                      30},
                     teach);
}
