// Rules of the composites: their formulas in f64, rounded once.

#include "Interpreter/Rules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

/// The lines of a tensor along one dimension.
struct Lines {
  Lines(ArrayRef<int64_t> shape, int64_t dimension)
      : length(shape[dimension]),
        stride(ShapedType::getNumElements(shape.drop_front(dimension + 1))),
        count(stride *
              ShapedType::getNumElements(shape.take_front(dimension))) {}

  /// The position of element `i` of line `line`.
  int64_t at(int64_t line, int64_t i) const {
    return (line / stride * length + i) * stride + line % stride;
  }

  int64_t length, stride, count;
};

/// The largest x and sum e^(x - largest) of a line. NaN stays NaN.
static std::pair<double, double> maxAndSum(const Tensor &x, const Lines &lines,
                                           int64_t line) {
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

static LogicalResult softmaxCrossEntropy(SoftmaxCrossEntropyOp op,
                                         Frame &frame) {
  const Tensor &x = *frame.in[0], &labels = *frame.in[1];
  Lines lines(x.shape(), x.shape().size() - 1);
  for (int64_t row = 0; row < lines.count; ++row) {
    int64_t label = labels.ints[row];
    if (label < 0 || label >= lines.length)
      return indexFault(op, "softmax_cross_entropy", label, row, lines.length);
    auto [largest, sum] = maxAndSum(x, lines, row);
    frame.out[0].set(row,
                     std::log(sum) - (x.floats[lines.at(row, label)] - largest),
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

template <typename T>
static int64_t argmaxOf(const std::vector<T> &x, const Lines &lines,
                        int64_t line) {
  int64_t best = 0;
  for (int64_t i = 1; i < lines.length; ++i) {
    T value = x[lines.at(line, i)], largest = x[lines.at(line, best)];
    if (value > largest || (value != value && largest == largest))
      best = i;
  }
  return best;
}

static LogicalResult argmax(ArgmaxOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Lines lines(x.shape(), op.getDimension());
  for (int64_t line = 0; line < lines.count; ++line)
    frame.out[0].ints[line] = x.isFloat() ? argmaxOf(x.floats, lines, line)
                                          : argmaxOf(x.ints, lines, line);
  return success();
}

/// result[e] = f(word e of the draw).
template <typename F> static LogicalResult draw(Frame &frame, F f) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].set(i, f(randomWord(*frame.in[0], i)), frame.mode);
  return success();
}

static LogicalResult uniform(UniformOp, Frame &frame) {
  return draw(frame, [](uint32_t bits) { return std::ldexp(bits >> 8, -24); });
}

/// M. Giles, "Approximating the erfinv function", single precision.
static double erfInv(double x) {
  static constexpr double central[] = {
      2.81022636e-08,  3.43273939e-07, -3.5233877e-06,
      -4.39150654e-06, 0.00021858087,  -0.00125372503,
      -0.00417768164,  0.246640727,    1.50140941};
  static constexpr double tail[] = {
      -0.000200214257, 0.000100950558, 0.00134934322,
      -0.00367342844,  0.00573950773,  -0.0076224613,
      0.00943887047,   1.00167406,     2.83297682};
  double w = -std::log((1 - x) * (1 + x));
  bool isCentral = w < 5;
  w = isCentral ? w - 2.5 : std::sqrt(w) - 3;
  double p = 0;
  for (double coefficient : isCentral ? central : tail)
    p = p * w + coefficient;
  return p * x;
}

static LogicalResult normal(NormalOp, Frame &frame) {
  return draw(frame, [](uint32_t bits) {
    double u = std::ldexp(bits >> 8, -24) + std::ldexp(1, -25);
    return std::sqrt(2.0) * erfInv(2 * u - 1);
  });
}

void dlc::interpreter::addCompositeRules(RuleTable &table) {
  addRule(table, softmax);
  addRule(table, logSoftmax);
  addRule(table, softmaxCrossEntropy);
  addRule(table, oneHot);
  addRule(table, ::argmax);
  addRule(table, uniform);
  addRule(table, normal);
}
