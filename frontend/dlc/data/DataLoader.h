// Batches of a dataset.

#ifndef DLC_FRONTEND_DATA_DATALOADER_H
#define DLC_FRONTEND_DATA_DATALOADER_H

#include <dlc/data/TensorDataset.h>

#include <iterator>
#include <optional>

#pragma GCC visibility push(default)
namespace dlc::data {

struct DataLoaderOptions {
  int64_t batch = 1;
  /// Seed of the order, another one in each epoch; none keeps the order.
  std::optional<uint64_t> shuffle = {};
  /// Leave out a last batch that is not full.
  bool dropLast = false;
};

/// A dataset cut into batches. Each `begin()` starts the next epoch:
///
///     data::DataLoader loader(train, {.batch = 256, .shuffle = 7});
///     for (int epoch = 0; epoch < 10; ++epoch)
///       for (const std::vector<Tensor> &batch : loader)
///         step(batch[0], batch[1]);
///
/// The order depends on the seed and the epoch alone, on every machine.
class DataLoader {
public:
  explicit DataLoader(TensorDataset dataset, DataLoaderOptions options = {},
                      Loc where = Loc::current());

  /// The number of batches of an epoch.
  int64_t size() const;

  class Iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::vector<Tensor>;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type *;
    using reference = value_type;

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
    Iterator(const DataLoader *loader, int64_t position)
        : loader(loader), position(position) {}
    const DataLoader *loader;
    int64_t position;
  };

  Iterator begin();
  Iterator end() { return {this, size()}; }

private:
  std::vector<Tensor> load(int64_t position) const;

  TensorDataset dataset;
  DataLoaderOptions options;
  Loc where;
  uint64_t epoch = 0;
  std::vector<int64_t> order;
};

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_DATALOADER_H
