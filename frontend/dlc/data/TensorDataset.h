// Data in memory.

#ifndef DLC_FRONTEND_DATA_TENSORDATASET_H
#define DLC_FRONTEND_DATA_TENSORDATASET_H

#include <dlc/Ops.h>

#include <span>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::data {

/// Tensors of one leading size, e.g. inputs and labels: row i of each makes
/// sample i.
class TensorDataset {
public:
  /// Reads the tensors; throws if there are none or their sizes differ.
  explicit TensorDataset(std::vector<Tensor> fields,
                         Loc where = Loc::current());

  /// The number of samples.
  int64_t size() const { return fields[0].shape()[0]; }
  /// All samples' inputs, labels, ….
  const Tensor &operator[](size_t field) const { return fields.at(field); }

  /// The fields of some samples, in the order of `rows`.
  std::vector<Tensor> gather(std::span<const int64_t> rows,
                             Loc where = Loc::current()) const;
  /// Some samples as a dataset.
  TensorDataset select(std::span<const int64_t> rows,
                       Loc where = Loc::current()) const {
    return TensorDataset(gather(rows, where), where);
  }
  /// Samples first … last - 1.
  TensorDataset slice(int64_t first, int64_t last,
                      Loc where = Loc::current()) const;

private:
  std::vector<Tensor> fields;
};

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_TENSORDATASET_H
