// The training loop: what it does, what it leaves, and that it can be stopped.

#include "Support.h"

#include <dlc/dlc.h>

#include <cmath>
#include <csignal>

using namespace dlc;
using test::errorOf;

namespace {

data::TensorDataset points(int64_t n = 40) {
  std::vector<float> x(n * 3), y(n);
  for (int64_t i = 0; i < n; ++i) {
    for (int64_t j = 0; j < 3; ++j)
      x[i * 3 + j] = float((i * 7 + j * 5) % 11) / 11;
    y[i] = 2 * x[i * 3] - x[i * 3 + 1];
  }
  return data::TensorDataset({tensor(x, {n, 3}), tensor(y, {n, 1})});
}

/// A model with dropout, its optimiser and its data.
struct Training {
  Generator rng{5};
  nn::Sequential model{nn::Linear(3, 8, rng), nn::Tanh(),
                       nn::Dropout(0.25, rng), nn::Linear(8, 1, rng)};
  optim::AdamW optimizer{model, {.lr = 0.01}};
  data::DataLoader loader{points(), {.batch = 8, .shuffle = 3}};

  train::FitResult fit(train::FitOptions options) {
    options.state = {{"rng", rng}};
    options.quiet = true;
    return train::fit(
        model, optimizer, loader,
        [](nn::Module &model, const std::vector<Tensor> &batch) {
          return mean(square(model(batch[0]) - batch[1]));
        },
        options);
  }
  std::vector<float> bits() {
    std::vector<float> all;
    for (const Leaf &leaf : parameters(model)) {
      std::vector<float> part = leaf.tensor->toVector<float>();
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }
};

struct Fit : test::FolderTest {};

TEST_F(Fit, LearnsAndReports) {
  Training training;
  std::vector<int64_t> seen;
  train::FitResult result =
      training.fit({.epochs = 5,
                    .evaluate = [&]() -> train::Measures {
                      EXPECT_FALSE(training.model.isTraining());
                      return {{"five", 5}};
                    },
                    .callbacks = {[&](const train::Epoch &epoch) {
                      seen.push_back(epoch.number);
                      EXPECT_EQ(epoch["five"], 5);
                      return epoch.number < 4;
                    }}});
  EXPECT_EQ(seen, (std::vector<int64_t>{1, 2, 3, 4}));
  ASSERT_EQ(result.epochs.size(), 4u);
  EXPECT_LT(result.epochs[3].loss, result.epochs[0].loss);
  EXPECT_EQ(errorOf([&] { result.epochs[0]["six"]; }),
            "[fit] nothing measured is named 'six'");
}

TEST_F(Fit, ResumesWithTheSameBits) {
  Training whole;
  whole.fit({.epochs = 5});

  train::Run run(path("run"), {{"lr", "0.01"}, {"name", "x"}});
  Training first;
  first.fit({.epochs = 3, .run = &run});
  Training second; // fresh weights, another process as it were
  second.rng = Generator(99);
  train::Run again(path("run"));
  second.fit({.epochs = 5, .run = &again, .resume = true});
  EXPECT_EQ(second.bits(), whole.bits());
  EXPECT_EQ(second.rng.state.toVector<int64_t>(),
            whole.rng.state.toVector<int64_t>());

  std::string lines = read("run/metrics.jsonl");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 5);
  EXPECT_TRUE(lines.starts_with("{\"epoch\":1.0,\"loss\":")) << lines;
  EXPECT_NE(read("run/curve.svg").find("<path"), std::string::npos);
  Training loaded;
  io::load(path("run/model.safetensors"), {loaded.model});
  EXPECT_EQ(loaded.bits(), whole.bits());
}

TEST_F(Fit, SigintFinishesTheStepAndLosesNothing) {
  Training whole;
  whole.fit({.epochs = 2});

  train::Run run(path("run"));
  Training first;
  int64_t batches = 0;
  // SIGINT comes while the third batch is made.
  first.loader = data::DataLoader(
      points(), {.batch = 8,
                 .shuffle = 3,
                 .transform = [&](std::vector<Tensor> batch, uint64_t) {
                   if (++batches == 3)
                     std::raise(SIGINT);
                   return batch;
                 }});
  EXPECT_TRUE(first.fit({.epochs = 2, .run = &run}).interrupted);
  EXPECT_EQ(batches, 3);
  EXPECT_NE(first.bits(), whole.bits());
  Training second;
  train::FitResult rest =
      second.fit({.epochs = 2, .run = &run, .resume = true});
  EXPECT_FALSE(rest.interrupted);
  EXPECT_EQ(rest.epochs.size(), 2u);
  EXPECT_EQ(second.bits(), whole.bits());
}

TEST_F(Fit, AccumulatesAndClips) {
  // Four batches of 8 are one of 32.
  auto trained = [](train::FitOptions options, int64_t batch) {
    Training training;
    training.model.eval();
    training.loader = data::DataLoader(points(32), {.batch = batch});
    nn::Sequential plain(nn::Linear(3, 1, training.rng));
    optim::SGD optimizer(plain, {.lr = 0.1});
    options.quiet = true;
    train::fit(
        plain, optimizer, training.loader,
        [](nn::Module &model, const std::vector<Tensor> &batch) {
          return mean(square(model(batch[0]) - batch[1]));
        },
        options);
    return static_cast<nn::Linear &>(plain[0]).weight.toVector<float>();
  };
  std::vector<float> whole = trained({.epochs = 3}, 32);
  std::vector<float> pieces = trained({.epochs = 3, .accumulate = 4}, 8);
  for (size_t i = 0; i < whole.size(); ++i)
    EXPECT_NEAR(pieces[i], whole[i], 1e-6);

  std::vector<float> start = trained({.epochs = 0}, 32);
  std::vector<float> clipped = trained({.epochs = 1, .clipNorm = 1e-3}, 32);
  double moved = 0;
  for (size_t i = 0; i < start.size(); ++i)
    moved += std::pow(double(clipped[i]) - start[i], 2);
  EXPECT_LE(std::sqrt(moved), 1.01e-4);
  EXPECT_GT(moved, 0);
}

TEST_F(Fit, FollowsASchedule) {
  Training training;
  std::vector<double> rates;
  training.fit({.epochs = 3,
                .callbacks = {[&](const train::Epoch &) {
                  rates.push_back(training.optimizer.learningRate());
                  return true;
                }},
                .schedule = optim::exponential(1, 0.5),
                .scheduleByEpoch = true});
  EXPECT_EQ(rates, (std::vector<double>{1, 0.5, 0.25}));
}

TEST_F(Fit, StopsEarly) {
  train::Callback stop = train::earlyStopping("loss", 2);
  std::vector<bool> goesOn;
  for (double loss : {3.0, 2.0, 2.5, 1.0, 1.0, 1.5})
    goesOn.push_back(stop({.loss = loss}));
  EXPECT_EQ(goesOn, (std::vector<bool>{true, true, true, true, true, false}));
}

TEST_F(Fit, RejectsWhatCannotBe) {
  Training training;
  EXPECT_EQ(errorOf([&] { training.fit({.epochs = -1}); }),
            "[fit] epochs must be 0 or more, got -1");
  EXPECT_EQ(errorOf([&] { training.fit({.accumulate = 0}); }),
            "[fit] accumulate must be 1 or more, got 0");
  EXPECT_EQ(errorOf([&] { training.fit({.resume = true}); }),
            "[fit] resume needs a run with a folder");
  EXPECT_EQ(errorOf([&] {
              training.fit({.schedule = optim::constant(1e30)});
            }).substr(0, 36),
            "[fit] the loss of batch 2 of epoch 1");
  training.loader = data::DataLoader(points(4), {.batch = 8, .dropLast = true});
  EXPECT_EQ(errorOf([&] { training.fit({}); }),
            "[fit] the data do not fill one batch");
  EXPECT_EQ(errorOf([&] { train::Run(write("file", "") + "/x"); }),
            "[train] cannot make '" + path("file") + "/x': Not a directory");
}

} // namespace
