// Rules of the ops that look elements up, place them, sort them and add them up
// on the way.

#include "Interpreter/Rules.h"

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

//===-- Gather and scatter
//-------------------------------------------------===//

namespace {
/// How gather and scatter find an element of the operand: index
/// [batch…, rows…, window…] of what is gathered ⇒ coordinates of the operand.
class Lookup {
public:
  Lookup(ArrayRef<int64_t> operand, const Tensor &indices, int64_t batchDims,
         ArrayRef<int64_t> indexDims)
      : indices(indices), strides(rowMajorStrides(indices.shape())),
        rank(operand.size()), batchDims(batchDims), indexDims(indexDims),
        rowRank(indices.shape().size() - 1) {}

  /// Not clamped yet.
  SmallVector<int64_t> coordinates(ArrayRef<int64_t> at) const {
    int64_t row = 0;
    for (int64_t d = 0; d < rowRank; ++d)
      row += at[d] * strides[d];
    SmallVector<int64_t> place(rank);
    int64_t window = rowRank;
    for (int64_t d = 0; d < rank; ++d) {
      auto *found = llvm::find(indexDims, d);
      if (d < batchDims)
        place[d] = at[d];
      else if (found != indexDims.end())
        place[d] = indices.ints[row + (found - indexDims.begin())];
      else
        place[d] = at[window++];
    }
    return place;
  }

private:
  const Tensor &indices;
  SmallVector<int64_t> strides;
  int64_t rank, batchDims;
  ArrayRef<int64_t> indexDims;
  int64_t rowRank;
};
} // namespace

static LogicalResult gather(GatherOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Lookup lookup(x.shape(), *frame.in[1], op.getBatchDims(), op.getIndexDims());
  SmallVector<int64_t> strides = rowMajorStrides(x.shape());
  walkIndices(frame.out[0].shape(), [&](int64_t i, ArrayRef<int64_t> at) {
    int64_t offset = 0;
    for (auto [d, c] : llvm::enumerate(lookup.coordinates(at)))
      offset += strides[d] * std::clamp<int64_t>(c, 0, x.shape()[d] - 1);
    copyElement(x, offset, frame.out[0], i);
  });
  return success();
}

static LogicalResult scatter(ScatterOp op, Frame &frame) {
  const Tensor &updates = *frame.in[2];
  Tensor &result = frame.out[0];
  result = *frame.in[0];
  // Sums of narrow floats are kept in f32 and rounded once, at the end.
  Type element = result.element(), sum = element;
  bool isNarrow = element.isBF16() || element.isF16();
  if (isNarrow)
    sum = Float32Type::get(op.getContext());
  Lookup lookup(result.shape(), *frame.in[1], op.getBatchDims(),
                op.getIndexDims());
  SmallVector<int64_t> strides = rowMajorStrides(result.shape());
  walkIndices(updates.shape(), [&](int64_t i, ArrayRef<int64_t> at) {
    int64_t offset = 0;
    for (auto [d, c] : llvm::enumerate(lookup.coordinates(at))) {
      if (c < 0 || c >= result.shape()[d])
        return; // dropped
      offset += strides[d] * c;
    }
    if (op.getMode() == ScatterMode::replace)
      copyElement(updates, i, result, offset);
    else if (result.isFloat())
      result.floats[offset] =
          round(sum, result.floats[offset] + updates.floats[i], frame.mode);
    else
      result.set(
          offset,
          combineInts(Reduction::add, result.ints[offset], updates.ints[i]),
          frame.mode);
  });
  for (int64_t i = 0; isNarrow && i < result.size(); ++i)
    result.set(i, result.floats[i], frame.mode);
  return success();
}

//===-- Along one dimension
//------------------------------------------------===//

/// Visits the lines of `shape` along `dimension`: f(first position), whose
/// elements are `stride` apart.
template <typename F>
static void forEachLine(ArrayRef<int64_t> shape, int64_t dimension, F f) {
  int64_t stride = 1, outer = 1, size = shape[dimension];
  for (int64_t n : shape.drop_front(dimension + 1))
    stride *= n;
  for (int64_t n : shape.take_front(dimension))
    outer *= n;
  for (int64_t o = 0; o < outer; ++o)
    for (int64_t i = 0; i < stride; ++i)
      f(o * size * stride + i, stride);
}

static LogicalResult sort(SortOp op, Frame &frame) {
  const Tensor &keys = *frame.in[0];
  int64_t size = keys.shape()[op.getDimension()];
  bool descending = op.getDescending();
  std::vector<int64_t> order(size);
  forEachLine(keys.shape(), op.getDimension(),
              [&](int64_t first, int64_t stride) {
                auto below = [&](int64_t i, int64_t j) {
                  i = first + i * stride, j = first + j * stride;
                  if (!keys.isFloat())
                    return keys.ints[i] < keys.ints[j];
                  double x = keys.floats[i], y = keys.floats[j];
                  return std::isnan(x) ? false : std::isnan(y) || x < y;
                };
                std::iota(order.begin(), order.end(), 0);
                // Of equal keys the first comes first.
                llvm::sort(order, [&](int64_t i, int64_t j) {
                  if (below(i, j) != below(j, i))
                    return descending ? below(j, i) : below(i, j);
                  return i < j;
                });
                for (auto [from, to] : llvm::zip(frame.in, frame.out))
                  for (int64_t i = 0; i < size; ++i)
                    copyElement(*from, first + order[i] * stride, to,
                                first + i * stride);
              });
  return success();
}

static LogicalResult cumulativeSum(CumulativeSumOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Tensor &result = frame.out[0];
  int64_t size = x.shape()[op.getDimension()];
  // bf16 and f16 are summed in f32, as by every op.
  Type sumType = x.element();
  if (sumType.isBF16() || sumType.isF16())
    sumType = Float32Type::get(op.getContext());
  forEachLine(x.shape(), op.getDimension(), [&](int64_t first, int64_t stride) {
    double sum = 0;
    uint64_t whole = 0;
    auto store = [&](int64_t i) {
      if (x.isFloat())
        result.set(i, sum, frame.mode);
      else
        result.set(i, static_cast<int64_t>(whole), frame.mode);
    };
    for (int64_t k = 0; k < size; ++k) {
      int64_t i = first + (op.getReverse() ? size - 1 - k : k) * stride;
      if (op.getExclusive())
        store(i);
      if (x.isFloat())
        sum = interpreter::round(sumType, sum + x.floats[i], frame.mode);
      else
        whole += static_cast<uint64_t>(x.ints[i]);
      if (!op.getExclusive())
        store(i);
    }
  });
  return success();
}

void dlc::interpreter::addIndexingRules(RuleTable &table) {
  addRule(table, gather);
  addRule(table, scatter);
  addRule(table, sort);
  addRule(table, cumulativeSum);
}
