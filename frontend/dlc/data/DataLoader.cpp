#include <dlc/data/DataLoader.h>

#include "detail/SplitMix64.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace dlc::data {

/// One epoch's batches: what a thread needs to make them.
struct DataLoader::Epoch {
  TensorDataset dataset;
  Transform transform;
  uint64_t seed;
  int64_t batch;
  uint64_t number;
  std::vector<int64_t> order;
  Loc where;

  std::vector<Tensor> load(int64_t position) const {
    int64_t first = position * batch;
    int64_t last = std::min(first + batch, int64_t(order.size()));
    std::vector<Tensor> fields = dataset.gather(
        std::span(order).subspan(size_t(first), size_t(last - first)), where);
    if (!transform)
      return fields;
    detail::SplitMix64 random(seed ^ number, uint64_t(position));
    return transform(std::move(fields), random.next());
  }
};

/// A thread that makes the batches first … last - 1 of an epoch.
class DataLoader::Prefetcher {
public:
  Prefetcher(std::shared_ptr<const Epoch> epoch, int64_t first, int64_t last,
             size_t ahead)
      : thread([=, this](std::stop_token stop) {
          for (int64_t position = first; position < last; ++position) {
            Made made;
            try {
              made.batch = epoch->load(position);
            } catch (...) {
              made.problem = std::current_exception();
            }
            std::unique_lock lock(mutex);
            if (!changed.wait(lock, stop, [&] { return ready.size() < ahead; }))
              return;
            ready.push_back(std::move(made));
            changed.notify_all();
          }
        }) {}

  /// Nothing unless it is the turn of that batch.
  std::optional<std::vector<Tensor>> take(int64_t position) {
    std::unique_lock lock(mutex);
    if (position != next)
      return {};
    changed.wait(lock, [&] { return !ready.empty(); });
    Made made = std::move(ready.front());
    ready.pop_front();
    ++next;
    changed.notify_all();
    if (made.problem)
      std::rethrow_exception(made.problem);
    return std::move(made.batch);
  }
  void startAt(int64_t position) { next = position; }

private:
  struct Made {
    std::vector<Tensor> batch;
    std::exception_ptr problem;
  };

  std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Made> ready;
  int64_t next = 0;
  // The last member: it ends before what it uses does.
  std::jthread thread;
};

DataLoader::DataLoader(TensorDataset data, DataLoaderOptions given, Loc where)
    : dataset(std::move(data)), options(std::move(given)), where(where) {
  if (options.batch < 1)
    throw Error("[DataLoader] a batch must hold at least one sample, got " +
                    std::to_string(options.batch),
                where);
  if (options.prefetch < 0)
    throw Error("[DataLoader] prefetch must be 0 or more, got " +
                    std::to_string(options.prefetch),
                where);
  sampler = options.sampler   ? options.sampler
            : options.shuffle ? shuffled(dataset.size(), *options.shuffle)
                              : sequential(dataset.size());
  samples = options.sampler ? int64_t(sampler(0).size()) : dataset.size();
  state = own = tensor<int64_t>({-1, 0}, where);
}

DataLoader::~DataLoader() = default;
DataLoader::DataLoader(DataLoader &&) = default;
DataLoader &DataLoader::operator=(DataLoader &&) = default;

int64_t DataLoader::size() const {
  int64_t whole = samples / options.batch;
  bool rest = samples % options.batch != 0;
  return whole + (rest && !options.dropLast);
}

int64_t DataLoader::epoch() const { return state.data<int64_t>()[0]; }
int64_t DataLoader::position() const { return state.data<int64_t>()[1]; }

DataLoader::Iterator DataLoader::begin() {
  int64_t number = epoch() + 1, first = 0;
  // Somebody has loaded a position: go on there.
  if (state.get() != own.get() && epoch() >= 0 && position() < size())
    number = epoch(), first = std::max<int64_t>(position(), 0);
  prefetcher.reset();
  current = std::make_shared<const Epoch>(
      Epoch{dataset, options.transform, options.shuffle.value_or(0),
            options.batch, uint64_t(number), sampler(uint64_t(number)), where});
  state = own = tensor<int64_t>({number, first}, where);
  if (options.prefetch > 0) {
    prefetcher = std::make_unique<Prefetcher>(current, first, size(),
                                              size_t(options.prefetch));
    prefetcher->startAt(first);
  }
  return {this, first};
}

std::vector<Tensor> DataLoader::load(int64_t position) {
  state = own = tensor<int64_t>({epoch(), position + 1}, where);
  if (prefetcher)
    if (auto batch = prefetcher->take(position))
      return std::move(*batch);
  return current->load(position);
}

void DataLoader::visit(Visitor &v) { v.buffer("position", state); }

} // namespace dlc::data
