#include <dlc/data/Sampler.h>

#include "detail/SplitMix64.h"

#include <cmath>
#include <map>
#include <numeric>

namespace dlc::data {

Sampler sequential(int64_t count) {
  return [=](uint64_t) {
    std::vector<int64_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    return order;
  };
}

Sampler shuffled(int64_t count, uint64_t seed) {
  return [=](uint64_t epoch) {
    std::vector<int64_t> order = sequential(count)(0);
    // Fisher and Yates' shuffle.
    detail::SplitMix64 random(seed, epoch);
    for (int64_t i = count - 1; i > 0; --i)
      std::swap(order[i], order[random.below(i + 1)]);
    return order;
  };
}

Sampler balanced(const Tensor &labels, uint64_t seed, Loc where) {
  Tensor codes = labels.astype(DType::i64, where);
  std::map<int64_t, std::vector<int64_t>> classes;
  int64_t row = 0;
  for (int64_t label : codes.data<int64_t>(where))
    classes[label].push_back(row++);
  if (classes.empty())
    throw Error("[balanced] there are no labels", where);
  std::vector<std::vector<int64_t>> members;
  for (auto &[label, rows] : classes)
    members.push_back(std::move(rows));
  return [=](uint64_t epoch) {
    detail::SplitMix64 random(seed, epoch);
    std::vector<int64_t> order(row);
    for (int64_t &sample : order) {
      const auto &rows = members[random.below(int64_t(members.size()))];
      sample = rows[random.below(int64_t(rows.size()))];
    }
    return order;
  };
}

TrainTest split(const TensorDataset &data, double share, uint64_t seed,
                Loc where) {
  int64_t count = data.size();
  auto held = int64_t(std::llround(share * double(count)));
  if (!(share > 0 && share < 1) || held < 1 || held >= count)
    throw Error("[split] a share of " + std::to_string(share) + " of " +
                    std::to_string(count) + " samples leaves a part empty",
                where);
  std::vector<int64_t> order = shuffled(count, seed)(0);
  std::span<const int64_t> rows = order;
  return {data.select(rows.subspan(held), where),
          data.select(rows.first(held), where)};
}

std::vector<TrainTest> kFold(const TensorDataset &data, int64_t k,
                             uint64_t seed, Loc where) {
  int64_t count = data.size();
  if (k < 2 || k > count)
    throw Error("[kFold] expected between 2 and " + std::to_string(count) +
                    " folds, got " + std::to_string(k),
                where);
  std::vector<int64_t> order = shuffled(count, seed)(0);
  std::vector<TrainTest> folds;
  for (int64_t i = 0; i < k; ++i) {
    auto first = order.begin() + count * i / k;
    auto last = order.begin() + count * (i + 1) / k;
    std::vector<int64_t> rest(order.begin(), first), part(first, last);
    rest.insert(rest.end(), last, order.end());
    folds.push_back({data.select(rest, where), data.select(part, where)});
  }
  return folds;
}

} // namespace dlc::data
