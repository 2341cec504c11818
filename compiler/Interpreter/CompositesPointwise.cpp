// Activations, losses of elements, quantisation.

#include "Interpreter/CompositeRules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

/// Adds a rule that computes each element by f(op, x, y), with the elements of
/// the first two operands (y is 0 where there is one).
template <typename Op>
static void addMap(RuleTable &table, double (*f)(Op, double, double)) {
  table[Op::getOperationName()] = [f](Operation *op, Frame &frame) {
    for (int64_t i = 0; i < frame.out[0].size(); ++i) {
      double y = frame.in.size() > 1 ? frame.in[1]->floats[i] : 0;
      frame.out[0].set(i, f(cast<Op>(op), frame.in[0]->floats[i], y),
                       frame.mode);
    }
    return success();
  };
}

static double sigmoid(double x) {
  return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x));
}

/// log(1 + e^x).
static double softplus(double x) {
  return std::fmax(x, 0.0) + std::log1p(std::exp(-std::fabs(x)));
}

static double gelu(GeluOp op, double x) {
  if (!op.getTanh())
    return x * std::erfc(-x / std::sqrt(2.0)) / 2;
  // (1 + tanh u) / 2 without the cancellation.
  double u = std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
  return x * sigmoid(2 * u);
}

static void addActivations(RuleTable &table) {
  addMap<ReluOp>(table, [](ReluOp, double x, double) {
    return std::isnan(x) || x > 0 ? x : 0.0;
  });
  addMap<LeakyReluOp>(table, [](LeakyReluOp op, double x, double) {
    return x > 0 ? x : op.getSlope().convertToDouble() * x;
  });
  addMap<PreluOp>(table, [](PreluOp, double x, double slope) {
    return x > 0 ? x : slope * x;
  });
  addMap<EluOp>(table, [](EluOp op, double x, double) {
    return x > 0 ? x : op.getAlpha().convertToDouble() * std::expm1(x);
  });
  addMap<SoftplusOp>(table, [](SoftplusOp, double x, double) {
    return std::isnan(x) ? x : softplus(x);
  });
  addMap<GeluOp>(table,
                 [](GeluOp op, double x, double) { return gelu(op, x); });
  addMap<SiluOp>(table,
                 [](SiluOp, double x, double) { return x * sigmoid(x); });
  addMap<HardSigmoidOp>(table, [](HardSigmoidOp, double x, double) {
    double line = x / 6 + 0.5;
    return std::isnan(x) ? x : std::fmax(0.0, std::fmin(1.0, line));
  });
}

static void addLosses(RuleTable &table) {
  addMap<SigmoidBinaryCrossEntropyOp>(
      table, [](SigmoidBinaryCrossEntropyOp, double x, double t) {
        return std::isnan(x) ? x : softplus(x) - x * t;
      });
  addMap<MseOp>(table,
                [](MseOp, double x, double t) { return (x - t) * (x - t); });
  addMap<L1Op>(table,
               [](L1Op, double x, double t) { return std::fabs(x - t); });
  addMap<HuberOp>(table, [](HuberOp op, double x, double t) {
    double size = std::fabs(x - t), delta = op.getDelta().convertToDouble();
    return size <= delta ? size * size / 2 : delta * (size - delta / 2);
  });
  addMap<KlDivOp>(table, [](KlDivOp, double x, double t) {
    return t == 0 ? 0.0 : t * (std::log(t) - x);
  });
}

//===-- Quantisation ------------------------------------------------------===//

static double clamped(double x, double low, double high) {
  return std::isnan(x) ? x : std::fmax(low, std::fmin(high, x));
}

static LogicalResult uniformQuantize(UniformQuantizeOp op, Frame &frame) {
  double scale = frame.in[1]->floats[0], zero = frame.in[2]->ints[0];
  bool isUnsigned = frame.out[0].element().isUnsignedInteger();
  for (int64_t i = 0; i < frame.out[0].size(); ++i) {
    // The ratio is rounded as a division of its type is.
    double steps = std::nearbyint(round(
        frame.in[0]->element(), frame.in[0]->floats[i] / scale, frame.mode));
    double q = std::isnan(steps) ? zero : steps + zero;
    frame.out[0].set(i,
                     static_cast<int64_t>(clamped(q, isUnsigned ? 0 : -128,
                                                  isUnsigned ? 255 : 127)),
                     frame.mode);
  }
  return success();
}

static LogicalResult uniformDequantize(UniformDequantizeOp, Frame &frame) {
  double scale = frame.in[1]->floats[0];
  int64_t zero = frame.in[2]->ints[0];
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].set(i, (frame.in[0]->ints[i] - zero) * scale, frame.mode);
  return success();
}

static LogicalResult fakeQuant(FakeQuantOp op, Frame &frame) {
  double scale = frame.in[1]->floats[0], zero = frame.in[2]->floats[0];
  for (int64_t i = 0; i < frame.out[0].size(); ++i) {
    double steps = std::nearbyint(round(
        frame.in[0]->element(), frame.in[0]->floats[i] / scale, frame.mode));
    double level = clamped(steps + zero, static_cast<int64_t>(op.getLow()),
                           static_cast<int64_t>(op.getHigh()));
    frame.out[0].set(i, (level - zero) * scale, frame.mode);
  }
  return success();
}

static LogicalResult magnitudeMask(MagnitudeMaskOp op, Frame &frame) {
  const std::vector<double> &x = frame.in[0]->floats;
  auto order = sortedOrder(x.size(), [&](int64_t a, int64_t b) {
    if (std::isnan(x[a]) || std::isnan(x[b]))
      return !std::isnan(x[a]) && std::isnan(x[b]);
    return std::fabs(x[a]) < std::fabs(x[b]);
  });
  for (auto [rank, place] : llvm::enumerate(order))
    frame.out[0].ints[place] = rank >= op.getDrop();
  return success();
}

void dlc::interpreter::addPointwiseComposites(RuleTable &table) {
  addActivations(table);
  addLosses(table);
  addRule(table, uniformQuantize);
  addRule(table, uniformDequantize);
  addRule(table, fakeQuant);
  addRule(table, magnitudeMask);
}
