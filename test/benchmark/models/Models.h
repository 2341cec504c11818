// The models whose training steps and inference are timed: shapes, layers and
// batches are those of the peers' models.py.

#ifndef DLC_TEST_BENCHMARK_MODELS_MODELS_H
#define DLC_TEST_BENCHMARK_MODELS_MODELS_H

#include <dlc/dlc.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dlc::benchmark {

/// A model beside one batch of made-up data.
struct Subject {
  std::unique_ptr<nn::Module> model;
  Tensor x, y;
  /// What the model's dropout draws from.
  std::unique_ptr<Generator> rng;
  /// The loss is the mean of (model(x) - y)² / 2 in place of cross-entropy.
  bool isRegression = false;
};

struct Case {
  /// As the peers name it.
  std::string name;
  /// Of the products and convolutions of a training step: forward, weight
  /// gradient and, but for the first layer, data gradient.
  double flops;
  std::function<Subject()> make;
  bool adam = false;
};

/// Every training step of the table.
std::vector<Case> trainingCases();

/// Models that are also timed on one sample: the first of the batch.
std::vector<Case> inferenceCases();

} // namespace dlc::benchmark

#endif // DLC_TEST_BENCHMARK_MODELS_MODELS_H
