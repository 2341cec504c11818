// Rules of windows and convolutions, by their definitions.

#include "Interpreter/Rules.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

namespace {
/// Visits the taps of a window op: f(position of the window, linear in the
/// result's shape; element of the operand, linear; or -1 in the padding).
struct Windows {
  ArrayRef<int64_t> shape, result, window, strides, dilations, low;

  template <typename F> void walkTaps(F f) const {
    SmallVector<int64_t> operandStrides = rowMajorStrides(shape);
    SmallVector<int64_t> at(result.size(), 0);
    int64_t count = ShapedType::getNumElements(result);
    int64_t taps = ShapedType::getNumElements(window);
    for (int64_t i = 0; i < count; ++i) {
      SmallVector<int64_t> tap(window.size(), 0);
      for (int64_t t = 0; t < taps; ++t) {
        int64_t element = 0;
        for (size_t d = 0; d < shape.size(); ++d) {
          int64_t x = at[d] * strides[d] + tap[d] * dilations[d] - low[d];
          if (x < 0 || x >= shape[d]) {
            element = -1;
            break;
          }
          element += x * operandStrides[d];
        }
        f(i, element);
        next(tap, window);
      }
      next(at, result);
    }
  }

private:
  static void next(SmallVectorImpl<int64_t> &index, ArrayRef<int64_t> shape) {
    for (int64_t d = int64_t(shape.size()) - 1; d >= 0; --d) {
      if (++index[d] < shape[d])
        return;
      index[d] = 0;
    }
  }
};
} // namespace

static LogicalResult reduceWindow(ReduceWindowOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Tensor &result = frame.out[0];
  TypedAttr identity = reductionIdentity(op.getKind(), x.element());
  for (int64_t i = 0; i < result.size(); ++i)
    if (auto value = dyn_cast<FloatAttr>(identity))
      result.floats[i] = value.getValueAsDouble();
    else
      result.set(i,
                 wrap(x.element(),
                      cast<IntegerAttr>(identity).getValue().getSExtValue()),
                 frame.mode);
  Windows windows{x.shape(),       result.shape(),    op.getWindow(),
                  op.getStrides(), op.getDilations(), op.getLow()};
  windows.walkTaps([&](int64_t i, int64_t element) {
    if (element < 0)
      return;
    if (x.isFloat())
      result.floats[i] =
          combineNumbers(op.getKind(), result.floats[i], x.floats[element]);
    else
      result.set(i, combineInts(op.getKind(), result.ints[i], x.ints[element]),
                 frame.mode);
  });
  for (int64_t i = 0; i < result.size() && x.isFloat(); ++i)
    result.set(i, result.floats[i], frame.mode);
  return success();
}

static LogicalResult selectAndScatter(SelectAndScatterOp op, Frame &frame) {
  const Tensor &x = *frame.in[0], &source = *frame.in[1];
  std::vector<int64_t> chosen(source.size(), -1);
  Windows windows{x.shape(),       source.shape(),    op.getWindow(),
                  op.getStrides(), op.getDilations(), op.getLow()};
  windows.walkTaps([&](int64_t i, int64_t element) {
    if (element < 0)
      return;
    int64_t &best = chosen[i];
    if (best < 0 || x.floats[element] > x.floats[best] ||
        (std::isnan(x.floats[element]) && !std::isnan(x.floats[best])))
      best = element;
  });
  Tensor &result = frame.out[0];
  for (auto [i, best] : llvm::enumerate(chosen))
    if (best >= 0)
      result.floats[best] += source.floats[i];
  for (int64_t i = 0; i < result.size(); ++i)
    result.set(i, result.floats[i], frame.mode);
  return success();
}

/// Images and filters as [N, C, spatial…] whatever the op's layout is.
static SmallVector<int64_t> channelSecond(int64_t rank, ConvolutionOp op,
                                          bool filters) {
  SmallVector<int64_t> order = {0, 1};
  if (op.getBatchLast() && !filters)
    order = {rank - 1, 0};
  if (op.getChannelsLast())
    order = filters ? SmallVector<int64_t>{rank - 1, rank - 2}
                    : SmallVector<int64_t>{0, rank - 1};
  for (int64_t d = 0; d < rank; ++d)
    if (!llvm::is_contained(order, d))
      order.push_back(d);
  return order;
}

static LogicalResult convolution(ConvolutionOp op, Frame &frame) {
  const Tensor &images = *frame.in[0], &filters = *frame.in[1];
  Tensor &result = frame.out[0];
  int64_t rank = images.shape().size();
  auto permute = [&](ArrayRef<int64_t> values, bool isFilter) {
    SmallVector<int64_t> permuted;
    for (int64_t d : channelSecond(rank, op, isFilter))
      permuted.push_back(values[d]);
    return permuted;
  };
  auto x = permute(images.shape(), false), w = permute(filters.shape(), true),
       y = permute(result.shape(), false);
  auto xs = permute(rowMajorStrides(images.shape()), false),
       ws = permute(rowMajorStrides(filters.shape()), true),
       ys = permute(rowMajorStrides(result.shape()), false);
  int64_t channels = w[1], perGroup = y[1] / op.getGroups(),
          perBatchGroup = y[1] / op.getBatchGroups();
  SmallVector<int64_t> taps(w.begin() + 2, w.end());
  SmallVector<int64_t> tapStrides(ws.begin() + 2, ws.end());
  walk(y, ys, 0, [&](int64_t linear, int64_t target) {
    SmallVector<int64_t> at(rank);
    for (int64_t d = rank - 1; d >= 0; --d) {
      at[d] = linear % y[d];
      linear /= y[d];
    }
    int64_t o = at[1], group = o / std::max<int64_t>(perGroup, 1);
    int64_t image = at[0] + o / std::max<int64_t>(perBatchGroup, 1) * y[0];
    double sum = 0;
    walk(taps, tapStrides, o * ws[0], [&](int64_t tap, int64_t weight) {
      int64_t element = image * xs[0] + group * channels * xs[1];
      for (int64_t d = rank - 1; d >= 2; --d) {
        int64_t t = tap % w[d];
        tap /= w[d];
        int64_t place = at[d] * op.getStrides()[d - 2] +
                        t * op.getFilterDilation()[d - 2] - op.getLow()[d - 2];
        int64_t dilation = op.getImageDilation()[d - 2];
        if (place < 0 || place % dilation || place / dilation >= x[d])
          return;
        element += place / dilation * xs[d];
      }
      for (int64_t c = 0; c < channels; ++c)
        sum += images.floats[element + c * xs[1]] *
               filters.floats[weight + c * ws[1]];
    });
    result.set(target, sum, frame.mode);
  });
  return success();
}

void dlc::interpreter::addWindowRules(RuleTable &table) {
  addRule(table, reduceWindow);
  addRule(table, selectAndScatter);
  addRule(table, convolution);
}
