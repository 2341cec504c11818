#include <dlc/train/Fit.h>

#include <dlc/metrics.h>
#include <dlc/train/Interrupt.h>
#include <dlc/train/Progress.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>

namespace dlc::train {
namespace {

constexpr const char *checkpointName = "checkpoint.safetensors";

/// The state of a training beyond its own tensors: what `resume` needs.
struct Counters {
  /// i64 [finished epochs, optimiser steps], f64 [sum of losses of the epoch].
  Tensor counts = tensor<int64_t>({0, 0});
  Tensor lossSum = tensor<double>({0});

  void visit(Visitor &v) {
    v.buffer("counts", counts);
    v.buffer("lossSum", lossSum);
  }
};

} // namespace

double Epoch::operator[](std::string_view name) const {
  if (name == "loss")
    return loss;
  for (const auto &[measure, value] : measures)
    if (measure == name)
      return value;
  throw Error("[fit] nothing measured is named '" + std::string(name) + "'");
}

Callback earlyStopping(std::string measure, int64_t patience,
                       bool largerIsBetter, double least) {
  double best = std::numeric_limits<double>::infinity();
  int64_t since = 0;
  return [=](const Epoch &epoch) mutable {
    double value = largerIsBetter ? -epoch[measure] : epoch[measure];
    since = value < best - least ? 0 : since + 1;
    best = std::min(best, value);
    return since < patience;
  };
}

void detail::check(const FitOptions &options, Loc where) {
  auto fail = [&](const std::string &text) {
    throw Error("[fit] " + text, where);
  };
  if (options.epochs < 0)
    fail("epochs must be 0 or more, got " + std::to_string(options.epochs));
  if (options.accumulate < 1)
    fail("accumulate must be 1 or more, got " +
         std::to_string(options.accumulate));
  if (options.resume && !(options.run && options.run->exists()))
    fail("resume needs a run with a folder");
}

FitResult detail::fit(Loop loop, optim::Optimizer &optimizer,
                      data::DataLoader &loader, FitOptions options, Loc where) {
  if (loader.size() == 0)
    throw Error("[fit] the data do not fill one batch", where);
  bool saves = options.run && options.run->exists();
  std::string checkpoint = saves ? options.run->path(checkpointName) : "";
  Counters counters;
  std::vector<io::Part> parts = {{"model", loop.model},
                                 {"optimizer", optimizer},
                                 {"sums", loop.sums},
                                 {"loader", loader},
                                 {"fit", counters}};
  for (size_t i = 0; i < options.state.size(); ++i) {
    io::Part part = options.state[i];
    if (part.name.empty())
      part.name = "state" + std::to_string(i);
    parts.push_back(part);
  }
  std::error_code ignored;
  bool resumes = options.resume && std::filesystem::exists(checkpoint, ignored);
  if (resumes) {
    io::load(checkpoint, parts, where);
    options.run->reload(where);
  }
  int64_t finished = counters.counts.data<int64_t>()[0];
  int64_t steps = counters.counts.data<int64_t>()[1];
  metrics::Average losses;
  // An epoch that was left in its middle goes on.
  int64_t done = loader.position() % loader.size();
  if (resumes && done > 0)
    losses.add(counters.lossSum.data<double>()[0] / double(done), double(done));

  auto save = [&] {
    double sum = done > 0 ? losses.value() * double(done) : 0;
    counters.counts = tensor<int64_t>({finished, steps}, where);
    counters.lossSum = tensor<double>({sum}, where);
    io::save(checkpoint, parts, where);
    options.run->saveModel(loop.model, where);
  };
  auto setRate = [&](int64_t at) {
    if (options.schedule)
      optimizer.setLearningRate(options.schedule(at), where);
  };

  auto tell = [&](int64_t step, int64_t epoch) {
    if (!options.quiet)
      std::printf("interrupted after step %lld of epoch %lld%s%s\n",
                  static_cast<long long>(step), static_cast<long long>(epoch),
                  saves ? "; saved " : "", checkpoint.c_str());
  };

  FitResult result;
  Interrupt interrupt;
  Progress progress(loader.size(), options.quiet);
  loop.setMode(true);
  while (finished < options.epochs) {
    for (const std::vector<Tensor> &batch : loader) {
      setRate(options.scheduleByEpoch ? finished : steps);
      bool last = done + 1 == loader.size();
      double loss;
      if (options.accumulate == 1) {
        loss = loop.step(batch).item();
        ++steps;
      } else {
        loss = loop.accumulate(batch).item();
        if ((done + 1) % options.accumulate == 0 || last) {
          loop.apply();
          ++steps;
        }
      }
      if (!std::isfinite(loss))
        throw Error("[fit] the loss of batch " + std::to_string(done + 1) +
                        " of epoch " + std::to_string(finished + 1) + " is " +
                        std::to_string(loss),
                    where);
      losses.add(loss);
      ++done;
      progress.step(done);
      if (Interrupt::requested() && !last) {
        progress.clear();
        if (saves)
          save();
        tell(done, finished + 1);
        result.interrupted = true;
        return result;
      }
    }

    Epoch epoch{finished + 1, losses.value()};
    losses.reset();
    done = 0;
    ++finished;
    if (options.evaluate) {
      loop.setMode(false);
      epoch.measures = options.evaluate();
      loop.setMode(true);
    }
    epoch.seconds = progress.seconds();
    std::vector<Cell> cells = {{"epoch", "%5.0f", double(epoch.number)},
                               {"loss", "%9.4f", epoch.loss}};
    for (const auto &[name, value] : epoch.measures)
      cells.push_back({name, "%9.4f", value});
    Measures named;
    for (const Cell &cell : cells)
      named.emplace_back(cell.name, cell.value);
    cells.push_back({"seconds", "%7.2f", epoch.seconds});
    progress.row(cells);
    if (saves) {
      options.run->log(named, where);
      save();
    }
    result.epochs.push_back(epoch);
    if (Interrupt::requested()) {
      tell(loader.size(), finished);
      result.interrupted = true;
      return result;
    }
    bool goOn = true;
    for (const Callback &callback : options.callbacks)
      goOn &= callback(epoch);
    if (!goOn)
      break;
  }
  loop.setMode(false);
  return result;
}

} // namespace dlc::train
