// The usual training loop. Nothing in the library needs it: a loop of one's own
// over a loader and a compiled step does the same.

#ifndef DLC_FRONTEND_TRAIN_FIT_H
#define DLC_FRONTEND_TRAIN_FIT_H

#include <dlc/Transforms.h>
#include <dlc/data/DataLoader.h>
#include <dlc/optim/Clip.h>
#include <dlc/optim/Optimizer.h>
#include <dlc/optim/Schedule.h>
#include <dlc/train/Run.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::train {

/// Figures by name.
using Measures = std::vector<std::pair<std::string, double>>;

/// What is known at the end of an epoch.
struct Epoch {
  /// From 1.
  int64_t number = 0;
  /// The mean of the steps' losses.
  double loss = 0;
  /// What `FitOptions::evaluate` returned.
  Measures measures = {};
  double seconds = 0;

  /// A figure by name; "loss" is the training loss. Throws for another name.
  double operator[](std::string_view name) const;
};

/// Called after each epoch; false ends the training.
using Callback = std::function<bool(const Epoch &)>;

/// A callback that ends the training when a figure has not fallen (or risen) by
/// more than `least` for `patience` epochs.
Callback earlyStopping(std::string measure, int64_t patience,
                       bool largerIsBetter = false, double least = 0);

struct FitOptions {
  int64_t epochs = 10;
  /// Called after each epoch, the model in evaluation mode if it has one.
  std::function<Measures()> evaluate = {};
  std::vector<Callback> callbacks = {};
  /// The learning rate of each step (or epoch).
  optim::Schedule schedule = {};
  bool scheduleByEpoch = false;
  /// Bounds for the gradients.
  std::optional<double> clipNorm = {}, clipValue = {};
  /// Batches whose gradients are averaged for one step of the optimiser.
  int64_t accumulate = 1;
  /// What the loss changes besides the model, e.g. a generator of dropout
  /// masks.
  std::vector<io::Part> state = {};
  /// Where files go; none without. After each epoch, and when SIGINT ends the
  /// training, checkpoint.safetensors holds everything that training goes on
  /// from.
  Run *run = nullptr;
  /// Go on from the run's checkpoint, if there is one: the same bits as if it
  /// had never stopped.
  bool resume = false;
  bool quiet = false;
};

struct FitResult {
  std::vector<Epoch> epochs;
  /// SIGINT came: the step was finished, and the checkpoint written.
  bool interrupted = false;
};

namespace detail {

/// The loop, without the types of model and loss.
struct Loop {
  /// Adds a batch's gradients; the loss.
  std::function<Tensor(const std::vector<Tensor> &batch)> accumulate;
  /// One batch and one step; the loss.
  std::function<Tensor(const std::vector<Tensor> &batch)> step;
  /// A step with the gradients that were added.
  std::function<void()> apply;
  /// Switches between training and evaluation.
  std::function<void(bool training)> setMode;
  TreeRef model;
  std::vector<Tensor> &sums;
};

FitResult fit(Loop loop, optim::Optimizer &optimizer, data::DataLoader &loader,
              FitOptions options, Loc where);

/// Throws unless the options make sense.
void check(const FitOptions &options, Loc where);

} // namespace detail

/// Trains `model`: for each batch, the gradients of `loss(model, batch)`, a
/// scalar, and a step of the optimiser, all as one compiled function.
///
///     train::fit(model, optimizer, loader,
///                [](nn::Module &model, const std::vector<Tensor> &batch) {
///                  return mean(softmaxCrossEntropy(model(batch[0]),
///                  batch[1]));
///                },
///                {.epochs = 10});
///
/// Throws if the loader has no batches or a loss is not finite.
template <typename Model, typename Loss>
FitResult fit(Model &model, optim::Optimizer &optimizer,
              data::DataLoader &loader, Loss loss, FitOptions options = {},
              Loc where = Loc::current()) {
  detail::check(options, where);
  std::vector<Tensor> sums;
  if (options.accumulate > 1)
    for (const Leaf &leaf : parameters(model))
      sums.push_back(zerosLike(*leaf.tensor, where));

  auto gradientsOf = [&](const std::vector<Tensor> &batch) {
    return valueAndGrad([&](Model &model) { return loss(model, batch); },
                        where)(model);
  };
  auto update = [&](auto &gradients) {
    if (options.clipNorm)
      optim::clipByGlobalNorm(gradients, *options.clipNorm, where);
    if (options.clipValue)
      optim::clipByValue(gradients, *options.clipValue, where);
    optimizer.update(model, gradients, where);
  };
  CompileConfig config{.state = {model, optimizer, sums}};
  for (const io::Part &part : options.state)
    config.state.push_back(part.tree);

  auto step = compile(
      [&](const std::vector<Tensor> &batch) {
        auto [value, gradients] = gradientsOf(batch);
        update(gradients);
        return value;
      },
      config, where);
  auto accumulate = compile(
      [&](const std::vector<Tensor> &batch) {
        auto [value, gradients] = gradientsOf(batch);
        size_t i = 0;
        for (const Leaf &leaf : parameters(gradients)) {
          sums[i] = sums[i] + *leaf.tensor / double(options.accumulate);
          ++i;
        }
        return value;
      },
      config, where);
  auto apply = compile(
      [&] {
        std::vector<Tensor> gradients = sums;
        update(gradients);
        for (Tensor &sum : sums)
          sum = zerosLike(sum, where);
      },
      config, where);

  auto setMode = [&]([[maybe_unused]] bool training) {
    if constexpr (requires { model.train(training); })
      model.train(training);
  };
  return detail::fit({accumulate, step, apply, setMode, model, sums}, optimizer,
                     loader, options, where);
}

} // namespace dlc::train
#pragma GCC visibility pop

#endif // DLC_FRONTEND_TRAIN_FIT_H
