// The softmax family, with the losses made of it.

#include "Interpreter/CompositeRules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

std::pair<double, double>
dlc::interpreter::maxAndSum(const Tensor &x, const Lines &lines, int64_t line) {
  double largest = -INFINITY, sum = 0;
  for (int64_t i = 0; i < lines.length; ++i) {
    double value = x.floats[lines.at(line, i)];
    if (!(largest >= value) && !std::isnan(largest))
      largest = value;
  }
  for (int64_t i = 0; i < lines.length; ++i)
    sum += std::exp(x.floats[lines.at(line, i)] - largest);
  return {largest, sum};
}

/// result = f(x - largest, sum) along the op's dimension.
template <typename Op, typename F>
static LogicalResult alongDim(Op op, Frame &frame, F f) {
  const Tensor &x = *frame.in[0];
  Lines lines(x.shape(), op.getDimension());
  for (int64_t line = 0; line < lines.count; ++line) {
    auto [largest, sum] = maxAndSum(x, lines, line);
    for (int64_t i = 0; i < lines.length; ++i) {
      int64_t at = lines.at(line, i);
      frame.out[0].set(at, f(x.floats[at] - largest, sum), frame.mode);
    }
  }
  return success();
}

static LogicalResult softmax(SoftmaxOp op, Frame &frame) {
  return alongDim(op, frame,
                  [](double x, double sum) { return std::exp(x) / sum; });
}

static LogicalResult logSoftmax(LogSoftmaxOp op, Frame &frame) {
  return alongDim(op, frame,
                  [](double x, double sum) { return x - std::log(sum); });
}

static LogicalResult logSumExp(LogSumExpOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Lines lines(x.shape(), op.getDimension());
  for (int64_t line = 0; line < lines.count; ++line) {
    auto [largest, sum] = maxAndSum(x, lines, line);
    frame.out[0].set(line,
                     std::isinf(largest) ? largest : largest + std::log(sum),
                     frame.mode);
  }
  return success();
}

static LogicalResult oneHot(OneHotOp, Frame &frame) {
  const Tensor &indices = *frame.in[0];
  int64_t classes = frame.out[0].shape().back();
  for (int64_t i = 0; i < indices.size(); ++i)
    if (int64_t index = indices.ints[i]; index >= 0 && index < classes)
      frame.out[0].set(i * classes + index, int64_t(1), frame.mode);
  return success();
}

/// The first of the best, or the first NaN.
template <typename T, typename Better>
static int64_t bestOf(const std::vector<T> &x, const Lines &lines, int64_t line,
                      Better better) {
  int64_t best = 0;
  for (int64_t i = 1; i < lines.length; ++i) {
    T value = x[lines.at(line, i)], so = x[lines.at(line, best)];
    if (better(value, so) || (value != value && so == so))
      best = i;
  }
  return best;
}

template <typename Op, typename Better>
static LogicalResult argExtremum(Op op, Frame &frame, Better better) {
  const Tensor &x = *frame.in[0];
  Lines lines(x.shape(), op.getDimension());
  for (int64_t line = 0; line < lines.count; ++line)
    frame.out[0].ints[line] = x.isFloat()
                                  ? bestOf(x.floats, lines, line, better)
                                  : bestOf(x.ints, lines, line, better);
  return success();
}

static LogicalResult argmax(ArgmaxOp op, Frame &frame) {
  return argExtremum(op, frame, [](auto x, auto y) { return x > y; });
}

static LogicalResult argmin(ArgminOp op, Frame &frame) {
  return argExtremum(op, frame, [](auto x, auto y) { return x < y; });
}

//===-- Losses ------------------------------------------------------------===//

/// The loss of each row by its label: f(row, label), 0 where it is ignored.
template <typename Op, typename F>
static LogicalResult byLabel(Op op, Frame &frame, F f) {
  const Tensor &labels = *frame.in[1];
  int64_t classes = frame.in[0]->shape().back();
  for (int64_t row = 0; row < labels.size(); ++row) {
    int64_t label = labels.ints[row];
    if (op.getIgnoreIndex() &&
        label == static_cast<int64_t>(*op.getIgnoreIndex()))
      continue;
    if (label < 0 || label >= classes)
      return indexFault(op, op->getName().stripDialect(), label, row, classes);
    frame.out[0].set(row, f(row, label), frame.mode);
  }
  return success();
}

static LogicalResult softmaxCrossEntropy(SoftmaxCrossEntropyOp op,
                                         Frame &frame) {
  const Tensor &x = *frame.in[0], &labels = *frame.in[1];
  Lines lines(x.shape(), x.shape().size() - 1);
  double smoothing = op.getSmoothing().convertToDouble();
  // -sum target · (x - largest - log sum).
  auto loss = [&](int64_t row, auto target) {
    auto [largest, sum] = maxAndSum(x, lines, row);
    double total = 0;
    for (int64_t i = 0; i < lines.length; ++i) {
      double t = target(i);
      if (smoothing != 0)
        t = (1 - smoothing) * t + smoothing / lines.length;
      double logit = x.floats[lines.at(row, i)] - largest - std::log(sum);
      // An index picks; probabilities multiply.
      if (labels.isFloat() || t != 0)
        total -= t * logit;
    }
    return total;
  };
  if (!labels.isFloat())
    return byLabel(op, frame, [&](int64_t row, int64_t label) {
      return loss(row, [&](int64_t i) { return i == label ? 1.0 : 0.0; });
    });
  for (int64_t row = 0; row < lines.count; ++row)
    frame.out[0].set(
        row,
        loss(row, [&](int64_t i) { return labels.floats[lines.at(row, i)]; }),
        frame.mode);
  return success();
}

static LogicalResult nll(NllOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  return byLabel(op, frame, [&](int64_t row, int64_t label) {
    return -x.floats[row * x.shape().back() + label];
  });
}

void dlc::interpreter::addSoftmaxComposites(RuleTable &table) {
  addRule(table, softmax);
  addRule(table, logSoftmax);
  addRule(table, logSumExp);
  addRule(table, oneHot);
  addRule(table, ::argmax);
  addRule(table, ::argmin);
  addRule(table, softmaxCrossEntropy);
  addRule(table, nll);
}
