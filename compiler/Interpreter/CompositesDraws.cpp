// Random draws: what is made of a generator's words.

#include "Interpreter/CompositeRules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

static double uniformOf(uint32_t bits) { return std::ldexp(bits >> 8, -24); }

static LogicalResult uniform(UniformOp, Frame &frame) {
  draw(*frame.in[0], frame, uniformOf);
  return success();
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
  draw(*frame.in[0], frame, [](uint32_t bits) {
    double u = uniformOf(bits) + std::ldexp(1, -25);
    return std::sqrt(2.0) * erfInv(2 * u - 1);
  });
  return success();
}

static LogicalResult bernoulli(BernoulliOp, Frame &frame) {
  double p = frame.in[1]->floats[0];
  draw(*frame.in[0], frame,
       [&](uint32_t bits) { return int64_t(uniformOf(bits) < p); });
  return success();
}

static LogicalResult categorical(CategoricalOp, Frame &frame) {
  const Tensor &logits = *frame.in[1];
  Tensor &result = frame.out[0];
  int64_t classes = logits.shape().back();
  int64_t rows = logits.size() / classes;
  for (int64_t i = 0; i < result.size(); ++i) {
    double largest = -INFINITY;
    for (int64_t c = 0; c < classes; ++c) {
      double u = uniformOf(randomWord(*frame.in[0], i * classes + c)) +
                 std::ldexp(1, -25);
      double score =
          logits.floats[i % rows * classes + c] - std::log(-std::log(u));
      // As argmax: the first of equal ones, the first NaN.
      if (c == 0 || score > largest ||
          (std::isnan(score) && !std::isnan(largest))) {
        largest = score;
        result.ints[i] = c;
      }
    }
  }
  return success();
}

static LogicalResult permutation(PermutationOp, Frame &frame) {
  std::vector<uint32_t> words(frame.out[0].size());
  for (size_t i = 0; i < words.size(); ++i)
    words[i] = randomWord(*frame.in[0], i);
  frame.out[0].ints = sortedOrder(
      words.size(), [&](int64_t a, int64_t b) { return words[a] < words[b]; });
  return success();
}

static LogicalResult dropout(DropoutOp op, Frame &frame) {
  double rate = op.getRate().convertToDouble();
  for (int64_t i = 0; i < frame.out[0].size(); ++i) {
    bool dropped = uniformOf(randomWord(*frame.in[1], i)) < rate;
    frame.out[0].set(i, dropped ? 0 : frame.in[0]->floats[i] / (1 - rate),
                     frame.mode);
  }
  return success();
}

void dlc::interpreter::addDrawComposites(RuleTable &table) {
  addRule(table, uniform);
  addRule(table, normal);
  addRule(table, bernoulli);
  addRule(table, categorical);
  addRule(table, permutation);
  addRule(table, dropout);
}
