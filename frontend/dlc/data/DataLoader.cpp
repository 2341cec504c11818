#include <dlc/data/DataLoader.h>

#include "detail/SplitMix64.h"

#include <algorithm>
#include <numeric>

namespace dlc::data {

DataLoader::DataLoader(TensorDataset data, DataLoaderOptions options, Loc where)
    : dataset(std::move(data)), options(options), where(where),
      order(dataset.size()) {
  if (options.batch < 1)
    throw Error("[DataLoader] a batch must hold at least one sample, got " +
                    std::to_string(options.batch),
                where);
}

int64_t DataLoader::size() const {
  int64_t whole = dataset.size() / options.batch;
  bool rest = dataset.size() % options.batch != 0;
  return whole + (rest && !options.dropLast);
}

DataLoader::Iterator DataLoader::begin() {
  std::iota(order.begin(), order.end(), 0);
  if (options.shuffle) {
    // Fisher and Yates' shuffle.
    detail::SplitMix64 random(*options.shuffle, epoch);
    for (int64_t i = int64_t(order.size()) - 1; i > 0; --i)
      std::swap(order[i], order[random.below(i + 1)]);
  }
  ++epoch;
  return {this, 0};
}

std::vector<Tensor> DataLoader::load(int64_t position) const {
  int64_t first = position * options.batch;
  int64_t last = std::min(first + options.batch, dataset.size());
  return dataset.gather(
      std::span(order).subspan(size_t(first), size_t(last - first)), where);
}

} // namespace dlc::data
