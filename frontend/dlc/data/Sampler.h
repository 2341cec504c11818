// The order in which samples are taken, and how they are divided.

#ifndef DLC_FRONTEND_DATA_SAMPLER_H
#define DLC_FRONTEND_DATA_SAMPLER_H

#include <dlc/data/TensorDataset.h>

#include <functional>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::data {

/// The samples of each epoch, in order. Depends on its arguments alone.
using Sampler = std::function<std::vector<int64_t>(uint64_t epoch)>;

/// 0 … count-1.
Sampler sequential(int64_t count);
/// A permutation of 0 … count-1, another one in each epoch.
Sampler shuffled(int64_t count, uint64_t seed);
/// As many samples as there are labels, drawn with replacement so that each
/// class is equally likely.
Sampler balanced(const Tensor &labels, uint64_t seed,
                 Loc where = Loc::current());

struct TrainTest {
  TensorDataset train, test;
};

/// Divides a dataset at random: `share` of it, rounded, is for the test. Throws
/// if a part would be empty.
TrainTest split(const TensorDataset &data, double share, uint64_t seed,
                Loc where = Loc::current());

/// Cuts a dataset, in random order, into k parts whose sizes differ by at most
/// one; in fold i, part i is for the test and the others for training.
std::vector<TrainTest> kFold(const TensorDataset &data, int64_t k,
                             uint64_t seed, Loc where = Loc::current());

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_SAMPLER_H
