// Lesson 11: house prices. A table with missing values and words becomes
// numbers; five folds choose between a linear model and a multilayer
// perceptron; the better one writes a submission.

#include "Drawn.h"
#include "Lesson.h"

#include <cmath>
#include <cstdio>

using namespace dlc;

namespace {

constexpr int64_t folds = 5;
const std::vector<std::string> notFeatures = {"Id", "SalePrice"};

struct Houses {
  data::Table train, test;
};

Houses load(const lesson::Options &options) {
  if (options.data.empty())
    return {drawn::houses(options.size(1200, 400, 20), options.seed),
            drawn::houses(100, options.seed + 1)};
  return {data::readCsv(options.data + "/kaggle_house_pred_train.csv"),
          data::readCsv(options.data + "/kaggle_house_pred_test.csv")};
}

/// Numbers standardised over both tables, missing ones at the mean; a column
/// for each word of the others, and one for "missing".
std::pair<Tensor, Tensor> features(const Houses &houses) {
  const data::Table &train = houses.train, &test = houses.test;
  int64_t rows = train.size() + test.size();
  std::vector<Tensor> columns;
  auto cell = [&](int64_t row, size_t column, auto get) {
    const data::Table &table = row < train.size() ? train : test;
    size_t there = table.column(train.columns()[column]);
    return get(table, row < train.size() ? row : row - train.size(), there);
  };
  for (size_t i = 0; i < train.columns().size(); ++i) {
    const std::string &name = train.columns()[i];
    if (std::count(notFeatures.begin(), notFeatures.end(), name))
      continue;
    if (train.isNumeric(i) && test.isNumeric(test.column(name))) {
      std::vector<double> all = train.numbers(i), more = test.numbers(name);
      all.insert(all.end(), more.begin(), more.end());
      Tensor column = tensor(all, {rows, 1}).astype(DType::f32);
      columns.push_back(data::Standardizer(column)(column));
      continue;
    }
    std::vector<data::Tokens> words(rows);
    for (int64_t row = 0; row < rows; ++row)
      words[row] = {cell(row, i, [](auto &table, int64_t r, size_t c) {
        return table.isMissing(r, c) ? "missing" : table.cell(r, c);
      })};
    data::Vocabulary vocabulary(words);
    std::vector<int32_t> codes;
    for (const data::Tokens &word : words)
      codes.push_back(vocabulary[word[0]]);
    columns.push_back(oneHot(tensor(codes, {rows}), vocabulary.size()));
  }
  Tensor all = concatenate(columns, 1);
  return {all[Slice(0, train.size())], all[Slice(train.size(), {})]};
}

/// The root of the mean squared error of the logarithms.
double logRmse(const Tensor &prices, const Tensor &truth) {
  Tensor error = log(maximum(prices, 1)) - log(truth);
  return sqrt(mean(square(error))).item();
}

/// Trains on prices in units that suit the model; its predictions.
struct Model {
  bool isLinear;
  nn::Sequential layers;

  Model(bool isLinear, int64_t inputs, double meanLog, Generator &rng)
      : isLinear(isLinear) {
    if (isLinear) {
      nn::Linear only(inputs, 1, rng);
      only.bias = full({1}, std::exp(meanLog) / 1e5);
      layers.add(std::move(only));
      return;
    }
    nn::Linear last(64, 1, rng);
    last.bias = full({1}, meanLog);
    layers.add(nn::Linear(inputs, 64, rng))
        .add(nn::ReLU())
        .add(nn::Dropout(0.1, rng))
        .add(std::move(last));
  }
  Tensor prices(const Tensor &x) {
    return isLinear ? layers(x) * 1e5 : exp(layers(x));
  }
  void fit(const lesson::Options &options, const data::TensorDataset &train,
           Generator &rng) {
    data::DataLoader loader(
        train, {.batch = options.batch(64), .shuffle = options.seed});
    optim::AdamW optimizer(layers, {.lr = isLinear ? 2e-3 : 3e-3,
                                    .weightDecay = isLinear ? 0.1 : 0.3});
    int64_t steps = options.epochs * loader.size();
    train::fit(layers, optimizer, loader,
               [&](nn::Module &model, const std::vector<Tensor> &batch) {
                 Tensor target = isLinear ? batch[1] / 1e5 : log(batch[1]);
                 return huber(model(batch[0]), target, 0.5, Reduction::mean);
               },
               {.epochs = options.epochs,
                .schedule = optim::cosine(optimizer.learningRate(), 0, steps),
                .state = {{"rng", rng}},
                .quiet = true});
    layers.eval();
  }
};

void teach(const lesson::Options &options) {
  Houses houses = load(options);
  auto [x, testX] = features(houses);
  Tensor y = houses.train.toTensor({"SalePrice"});
  std::printf("%lld houses, %lld features\n", static_cast<long long>(x.size(0)),
              static_cast<long long>(x.size(1)));
  double meanLog = mean(log(y)).item();

  data::TensorDataset all({x, y});
  std::map<bool, double> errors;
  for (bool isLinear : {true, false}) {
    std::string name = isLinear ? "linear" : "mlp";
    metrics::Average average;
    for (const data::TrainTest &fold : data::kFold(all, folds, options.seed)) {
      Generator rng(options.seed);
      Model model(isLinear, x.size(1), meanLog, rng);
      model.fit(options, fold.train, rng);
      average.add(logRmse(model.prices(fold.test[0]), fold.test[1]));
      std::printf("%s, fold: %.4f\n", name.c_str(),
                  logRmse(model.prices(fold.test[0]), fold.test[1]));
      if (train::Interrupt::requested())
        return;
    }
    errors[isLinear] = average.value();
    lesson::metric(name + "-log-rmse", average.value());
  }

  // The better model, trained on everything, prices the test houses.
  Generator rng(options.seed);
  Model model(errors[true] < errors[false], x.size(1), meanLog, rng);
  model.fit(options, all, rng);
  std::vector<std::vector<std::string>> rows;
  size_t id = houses.test.column("Id");
  for (float price : model.prices(testX).toVector<float>())
    rows.push_back(
        {houses.test.cell(int64_t(rows.size()), id), std::to_string(price)});
  if (options.run().exists())
    data::writeCsv(options.run().path("submission.csv"), {"Id", "SalePrice"},
                   rows);
  lesson::metric("submitted", double(rows.size()));
}

} // namespace

int main(int argc, char **argv) {
  return lesson::run(argc, argv,
                     {"house-prices",
                      "House prices from a table with gaps (--data: a folder "
                      "with kaggle_house_pred_train.csv and _test.csv).",
                      100},
                     [](lesson::Options options) {
                       options.epochs = options.epochsOr(30);
                       teach(options);
                     });
}
