#include <dlc/data/TensorDataset.h>

#include <algorithm>
#include <memory>
#include <numeric>

namespace dlc::data {
namespace {

template <typename T>
Tensor gatherRows(const Tensor &field, std::span<const int64_t> rows,
                  Loc where) {
  Shape shape = field.shape();
  std::span<const T> from = field.data<T>(where);
  int64_t row = std::accumulate(shape.begin() + 1, shape.end(), int64_t(1),
                                std::multiplies<>());
  std::unique_ptr<T[]> to(new T[rows.size() * row]);
  for (size_t i = 0; i < rows.size(); ++i)
    std::copy_n(from.data() + rows[i] * row, row, to.get() + i * row);
  shape[0] = int64_t(rows.size());
  return tensor(std::span<const T>(to.get(), rows.size() * row), shape, where);
}

Tensor gatherRows(const Tensor &field, std::span<const int64_t> rows,
                  Loc where) {
  switch (field.dtype()) {
  case DType::f32:
    return gatherRows<float>(field, rows, where);
  case DType::f64:
    return gatherRows<double>(field, rows, where);
  case DType::i32:
    return gatherRows<int32_t>(field, rows, where);
  case DType::i64:
    return gatherRows<int64_t>(field, rows, where);
  case DType::u8:
    return gatherRows<uint8_t>(field, rows, where);
  case DType::u32:
    return gatherRows<uint32_t>(field, rows, where);
  case DType::boolean:
    return gatherRows<bool>(field, rows, where);
  case DType::i8:
    return gatherRows<int8_t>(field, rows, where);
  case DType::bf16:
    return gatherRows<BFloat16>(field, rows, where);
  case DType::f16:
    return gatherRows<Float16>(field, rows, where);
  }
  __builtin_unreachable();
}

} // namespace

TensorDataset::TensorDataset(std::vector<Tensor> tensors, Loc where)
    : fields(std::move(tensors)) {
  if (fields.empty())
    throw Error("[TensorDataset] expected at least one tensor", where);
  for (const Tensor &field : fields)
    if (field.rank() == 0)
      throw Error("[TensorDataset] a scalar has no samples", where);
    else if (field.size(0) != size())
      throw Error(
          "[TensorDataset] leading sizes differ: " + std::to_string(size()) +
              " vs " + std::to_string(field.size(0)),
          where);
  eval(fields, where);
}

std::vector<Tensor> TensorDataset::gather(std::span<const int64_t> rows,
                                          Loc where) const {
  for (int64_t row : rows)
    if (row < 0 || row >= size())
      throw Error("[TensorDataset] sample " + std::to_string(row) +
                      " does not exist; there are " + std::to_string(size()),
                  where);
  std::vector<Tensor> samples;
  for (const Tensor &field : fields)
    samples.push_back(gatherRows(field, rows, where));
  return samples;
}

TensorDataset TensorDataset::slice(int64_t first, int64_t last,
                                   Loc where) const {
  if (first < 0 || first > last || last > size())
    throw Error("[TensorDataset] no range [" + std::to_string(first) + ", " +
                    std::to_string(last) + ") in " + std::to_string(size()) +
                    " samples",
                where);
  std::vector<int64_t> rows(last - first);
  std::iota(rows.begin(), rows.end(), first);
  return select(rows, where);
}

} // namespace dlc::data
