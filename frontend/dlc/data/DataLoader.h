// Batches of a dataset.

#ifndef DLC_FRONTEND_DATA_DATALOADER_H
#define DLC_FRONTEND_DATA_DATALOADER_H

#include <dlc/Tree.h>
#include <dlc/data/Sampler.h>
#include <dlc/data/TensorDataset.h>
#include <dlc/data/Transforms.h>

#include <iterator>
#include <memory>
#include <optional>

#pragma GCC visibility push(default)
namespace dlc::data {

struct DataLoaderOptions {
  int64_t batch = 1;
  /// Seed of the order, another one in each epoch; none keeps the order.
  std::optional<uint64_t> shuffle = {};
  /// Leave out a last batch that is not full.
  bool dropLast = false;
  /// The order, in place of `shuffle`; it may take samples twice or never.
  Sampler sampler = {};
  /// Applied to each batch, e.g. augmentation; seeded by `shuffle`, epoch and
  /// batch.
  Transform transform = {};
  /// So many batches are made ahead, by a thread of their own. They are the
  /// same ones.
  int64_t prefetch = 0;
};

/// A dataset cut into batches. Each `begin()` starts the next epoch:
///
///     data::DataLoader loader(train, {.batch = 256, .shuffle = 7});
///     for (int epoch = 0; epoch < 10; ++epoch)
///       for (const std::vector<Tensor> &batch : loader)
///         step(batch[0], batch[1]);
///
/// The order depends on the seed and the epoch alone, on every machine.
///
/// A loader is a tree that holds its position. After `io::load` has put another
/// one in its place, `begin()` goes on from there, in the middle of an epoch if
/// need be.
class DataLoader {
public:
  explicit DataLoader(TensorDataset dataset, DataLoaderOptions options = {},
                      Loc where = Loc::current());
  ~DataLoader();
  DataLoader(DataLoader &&);
  DataLoader &operator=(DataLoader &&);

  /// The number of batches of an epoch.
  int64_t size() const;
  /// Epochs begun before this one; batches given out in this one.
  int64_t epoch() const;
  int64_t position() const;

  class Iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::vector<Tensor>;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type *;
    using reference = value_type;

    /// The batch; once for each position.
    value_type operator*() const { return loader->load(position); }
    Iterator &operator++() {
      ++position;
      return *this;
    }
    void operator++(int) { ++position; }
    bool operator==(const Iterator &other) const {
      return position == other.position;
    }

  private:
    friend class DataLoader;
    Iterator(DataLoader *loader, int64_t position)
        : loader(loader), position(position) {}
    DataLoader *loader;
    int64_t position;
  };

  Iterator begin();
  Iterator end() { return {this, size()}; }

  void visit(Visitor &v);

private:
  struct Epoch;
  class Prefetcher;

  std::vector<Tensor> load(int64_t position);

  TensorDataset dataset;
  DataLoaderOptions options;
  Loc where;
  Sampler sampler;
  int64_t samples;
  /// i64 [epoch, batches given out]; `own` is what this loader has put there.
  Tensor state, own;
  std::shared_ptr<const Epoch> current;
  std::unique_ptr<Prefetcher> prefetcher;
};

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_DATALOADER_H
