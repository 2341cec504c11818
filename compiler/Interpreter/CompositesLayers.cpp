// Embedding, pools, transposed convolution, recurrent cells, attention.

#include "Interpreter/CompositeRules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

static LogicalResult embedding(EmbeddingOp op, Frame &frame) {
  const Tensor &table = *frame.in[0], &indices = *frame.in[1];
  int64_t entries = table.shape()[0];
  int64_t width = entries ? table.size() / entries : 0;
  for (int64_t i = 0; i < indices.size(); ++i) {
    int64_t index = indices.ints[i];
    if (index < 0 || index >= entries)
      return indexFault(op, "embedding", index, i, entries);
    for (int64_t j = 0; j < width; ++j)
      copyElement(table, index * width + j, frame.out[0], i * width + j);
  }
  return success();
}

//===-- Windows -----------------------------------------------------------===//

/// Calls f(plane, result element, image element) for every tap of a window that
/// lies inside.
template <typename Op, typename F>
static void walkPool(Op op, Frame &frame, F f) {
  ArrayRef<int64_t> image = frame.in[0]->shape().drop_front(2),
                    result = frame.out[0].shape().drop_front(2);
  SmallVector<int64_t> strides = rowMajorStrides(image);
  int64_t planes = frame.in[0]->shape()[0] * frame.in[0]->shape()[1];
  int64_t imageSize = ShapedType::getNumElements(image),
          resultSize = ShapedType::getNumElements(result);
  for (int64_t plane = 0; plane < planes; ++plane)
    walkIndices(result, [&](int64_t i, ArrayRef<int64_t> at) {
      walkIndices(op.getWindow(), [&](int64_t, ArrayRef<int64_t> tap) {
        int64_t element = 0;
        for (size_t d = 0; d < image.size(); ++d) {
          int64_t x = at[d] * op.getStrides()[d] + tap[d] - op.getLow()[d];
          if (x < 0 || x >= image[d])
            return;
          element += x * strides[d];
        }
        f(plane * resultSize + i, plane * imageSize + element);
      });
    });
}

static LogicalResult maxPool(MaxPoolOp op, Frame &frame) {
  std::vector<double> &largest = frame.out[0].floats;
  std::fill(largest.begin(), largest.end(), -INFINITY);
  walkPool(op, frame, [&](int64_t i, int64_t element) {
    double x = frame.in[0]->floats[element];
    if (!(largest[i] >= x) && !std::isnan(largest[i]))
      largest[i] = x;
  });
  return success();
}

static LogicalResult avgPool(AvgPoolOp op, Frame &frame) {
  std::vector<double> sums(frame.out[0].size(), 0), taps(sums);
  walkPool(op, frame, [&](int64_t i, int64_t element) {
    sums[i] += frame.in[0]->floats[element];
    ++taps[i];
  });
  double all = ShapedType::getNumElements(op.getWindow());
  for (size_t i = 0; i < sums.size(); ++i)
    frame.out[0].set(i, sums[i] / (op.getCountPadding() ? all : taps[i]),
                     frame.mode);
  return success();
}

static LogicalResult globalAvgPool(GlobalAvgPoolOp, Frame &frame) {
  const Tensor &x = *frame.in[0];
  int64_t planes = frame.out[0].size(),
          size = ShapedType::getNumElements(x.shape().drop_front(2));
  for (int64_t plane = 0; plane < planes; ++plane) {
    double sum = 0;
    for (int64_t i = 0; i < size; ++i)
      sum += x.floats[plane * size + i];
    frame.out[0].set(plane, sum / size, frame.mode);
  }
  return success();
}

/// Each image element spreads its filter over the result.
static LogicalResult convTranspose(ConvTransposeOp op, Frame &frame) {
  const Tensor &x = *frame.in[0], &w = *frame.in[1];
  Tensor &y = frame.out[0];
  int64_t groups = op.getGroups(), channels = x.shape()[1],
          perGroup = channels / groups, outputs = w.shape()[1];
  ArrayRef<int64_t> image = x.shape().drop_front(2),
                    taps = w.shape().drop_front(2),
                    result = y.shape().drop_front(2);
  SmallVector<int64_t> strides = rowMajorStrides(result);
  int64_t imageSize = ShapedType::getNumElements(image),
          tapCount = ShapedType::getNumElements(taps),
          resultSize = ShapedType::getNumElements(result);
  for (int64_t plane = 0; plane < x.shape()[0] * channels; ++plane) {
    int64_t n = plane / channels, c = plane % channels;
    walkIndices(image, [&](int64_t i, ArrayRef<int64_t> at) {
      walkIndices(taps, [&](int64_t k, ArrayRef<int64_t> tap) {
        int64_t target = 0;
        for (size_t d = 0; d < image.size(); ++d) {
          int64_t p = at[d] * op.getStrides()[d] +
                      tap[d] * op.getDilation()[d] - op.getPadding()[d];
          if (p < 0 || p >= result[d])
            return;
          target += p * strides[d];
        }
        for (int64_t o = 0; o < outputs; ++o) {
          int64_t out = n * groups * outputs + c / perGroup * outputs + o;
          y.floats[out * resultSize + target] +=
              x.floats[plane * imageSize + i] *
              w.floats[(c * outputs + o) * tapCount + k];
        }
      });
    });
  }
  for (int64_t i = 0; i < y.size(); ++i)
    y.set(i, y.floats[i], frame.mode);
  return success();
}

//===-- Recurrent cells ---------------------------------------------------===//

static double sigmoid(double x) {
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// (x · wᵀ)[row, column].
static double product(const Tensor &x, const Tensor &w, int64_t row,
                      int64_t column) {
  int64_t depth = x.shape()[1];
  double sum = 0;
  for (int64_t k = 0; k < depth; ++k)
    sum += x.floats[row * depth + k] * w.floats[column * depth + k];
  return sum;
}

/// Calls f(row, unit, position) for each element of a state.
template <typename F> static void eachUnit(const Tensor &state, F f) {
  int64_t width = state.shape()[1];
  for (int64_t i = 0; i < state.size(); ++i)
    f(i / width, i % width, i);
}

static LogicalResult rnnCell(RnnCellOp, Frame &frame) {
  auto in = frame.in;
  eachUnit(*in[1], [&](int64_t row, int64_t unit, int64_t i) {
    double sum = product(*in[0], *in[2], row, unit) +
                 product(*in[1], *in[3], row, unit) + in[4]->floats[unit];
    frame.out[0].set(i, std::tanh(sum), frame.mode);
  });
  return success();
}

static LogicalResult gruCell(GruCellOp, Frame &frame) {
  auto in = frame.in;
  int64_t width = in[1]->shape()[1];
  eachUnit(*in[1], [&](int64_t row, int64_t unit, int64_t i) {
    auto input = [&](int64_t gate) {
      int64_t g = gate * width + unit;
      return product(*in[0], *in[2], row, g) + in[4]->floats[g];
    };
    auto state = [&](int64_t gate) {
      return product(*in[1], *in[3], row, gate * width + unit);
    };
    double r = sigmoid(input(0) + state(0)), z = sigmoid(input(1) + state(1));
    double n = std::tanh(input(2) + r * (state(2) + in[5]->floats[unit]));
    frame.out[0].set(i, (1 - z) * n + z * in[1]->floats[i], frame.mode);
  });
  return success();
}

static LogicalResult lstmCell(LstmCellOp, Frame &frame) {
  auto in = frame.in;
  int64_t width = in[1]->shape()[1];
  eachUnit(*in[1], [&](int64_t row, int64_t unit, int64_t i) {
    auto gate = [&](int64_t number) {
      int64_t g = number * width + unit;
      return product(*in[0], *in[3], row, g) + product(*in[1], *in[4], row, g) +
             in[5]->floats[g];
    };
    double cell = sigmoid(gate(1)) * in[2]->floats[i] +
                  sigmoid(gate(0)) * std::tanh(gate(2));
    frame.out[0].set(i, sigmoid(gate(3)) * std::tanh(cell), frame.mode);
    frame.out[1].set(i, cell, frame.mode);
  });
  return success();
}

//===-- Attention ---------------------------------------------------------===//

/// softmax of each query's scores times the values. score(batch, query, key)
/// is -inf where the key is hidden; `finish` gets the weights and their
/// log-sum-exp.
template <typename Score, typename Finish>
static void attend(Frame &frame, Score score, Finish finish) {
  const Tensor &q = *frame.in[0], &k = *frame.in[1], &v = *frame.in[2];
  int64_t rank = q.shape().size(), queries = q.shape()[rank - 2],
          keys = k.shape()[rank - 2], width = v.shape()[rank - 1];
  int64_t rows = ShapedType::getNumElements(q.shape().drop_back());
  std::vector<double> weights(keys);
  for (int64_t row = 0; row < rows; ++row) {
    int64_t batch = row / queries;
    double largest = -INFINITY, sum = 0;
    for (int64_t j = 0; j < keys; ++j) {
      weights[j] = score(batch, row, j);
      if (!(largest >= weights[j]) && !std::isnan(largest))
        largest = weights[j];
    }
    double shift = std::isfinite(largest) ? largest : 0;
    for (double &weight : weights)
      sum += weight = std::exp(weight - shift);
    for (double &weight : weights)
      weight = sum == 0 ? 0 : weight / sum;
    for (int64_t e = 0; e < width; ++e) {
      double total = 0;
      for (int64_t j = 0; j < keys; ++j)
        total += weights[j] * v.floats[(batch * keys + j) * width + e];
      frame.out[0].set(row * width + e, total, frame.mode);
    }
    finish(row, weights, shift + std::log(sum));
  }
}

static LogicalResult dotProductAttention(ScaledDotProductAttentionOp op,
                                         Frame &frame) {
  const Tensor &q = *frame.in[0], &k = *frame.in[1];
  int64_t rank = q.shape().size(), queries = q.shape()[rank - 2],
          keys = k.shape()[rank - 2], depth = q.shape()[rank - 1];
  double scale = op.getScale().convertToDouble();
  attend(
      frame,
      [&](int64_t batch, int64_t row, int64_t j) {
        bool hidden = op.getMask() && !frame.in[3]->ints[row * keys + j];
        hidden |= op.getCausal() && j - row % queries > keys - queries;
        double sum = 0;
        for (int64_t d = 0; d < depth; ++d)
          sum += q.floats[row * depth + d] *
                 k.floats[(batch * keys + j) * depth + d];
        return hidden ? -INFINITY : scale * sum;
      },
      [&](int64_t row, const std::vector<double> &, double logSum) {
        frame.out[1].set(row, logSum, frame.mode);
      });
  return success();
}

static LogicalResult additiveAttention(AdditiveAttentionOp op, Frame &frame) {
  const Tensor &q = *frame.in[0], &k = *frame.in[1], &w = *frame.in[3];
  int64_t rank = q.shape().size(), keys = k.shape()[rank - 2],
          depth = q.shape()[rank - 1];
  attend(
      frame,
      [&](int64_t batch, int64_t row, int64_t j) {
        if (op.getMask() && !frame.in[4]->ints[row * keys + j])
          return -INFINITY + 0.0;
        double sum = 0;
        for (int64_t d = 0; d < depth; ++d)
          sum +=
              w.floats[d] * std::tanh(q.floats[row * depth + d] +
                                      k.floats[(batch * keys + j) * depth + d]);
        return sum;
      },
      [&](int64_t row, const std::vector<double> &weights, double) {
        for (int64_t j = 0; j < keys; ++j)
          frame.out[1].set(row * keys + j, weights[j], frame.mode);
      });
  return success();
}

void dlc::interpreter::addLayerComposites(RuleTable &table) {
  addRule(table, embedding);
  addRule(table, maxPool);
  addRule(table, avgPool);
  addRule(table, globalAvgPool);
  addRule(table, convTranspose);
  addRule(table, rnnCell);
  addRule(table, gruCell);
  addRule(table, lstmCell);
  addRule(table, dotProductAttention);
  addRule(table, additiveAttention);
}
