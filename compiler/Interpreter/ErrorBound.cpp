#include "Interpreter/ErrorBound.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

static bool sameBits(double x, double y) {
  return (x == y && std::signbit(x) == std::signbit(y)) ||
         (std::isnan(x) && std::isnan(y));
}

/// -0 counts as less than 0, so that a range of both is none of one.
static bool isLess(double x, double y) {
  return x < y || (x == y && std::signbit(x) && !std::signbit(y));
}

/// Widens [least, most] to hold `value`; what is not finite leaves no bound.
static void include(const Tensor &value, Tensor &least, Tensor &most) {
  for (int64_t i = 0; i < value.size(); ++i) {
    if (!value.isFloat()) {
      least.ints[i] = std::min(least.ints[i], value.ints[i]);
      most.ints[i] = std::max(most.ints[i], value.ints[i]);
      continue;
    }
    double x = value.floats[i];
    if (!std::isfinite(x)) {
      least.floats[i] = -INFINITY;
      most.floats[i] = INFINITY;
    }
    if (isLess(x, least.floats[i]))
      least.floats[i] = x;
    if (isLess(most.floats[i], x))
      most.floats[i] = x;
  }
}

/// The smallest positive number of the elements' type.
static double smallestOf(RankedTensorType type) {
  auto element = cast<FloatType>(type.getElementType());
  APFloat smallest = APFloat::getSmallest(element.getFloatSemantics());
  bool losesInfo;
  smallest.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
  return smallest.convertToDouble();
}

void ErrorBound::sample(int64_t count) {
  ranges.resize(forms.size());
  for (; samples < count; ++samples)
    for (auto [form, range] : llvm::zip_equal(forms, ranges)) {
      auto results = interpretWithNoise(form, inputs, samples, sums);
      if (failed(results))
        continue;
      if (range.least.empty()) {
        // Numbers that are equal without noise never are with it.
        auto exact = interpret(form, inputs);
        range.least = succeeded(exact) ? *exact : *results;
        range.most = range.least;
      }
      for (auto [value, least, most] :
           llvm::zip_equal(*results, range.least, range.most))
        include(value, least, most);
    }
}

double ErrorBound::bound(int64_t result, int64_t position) const {
  double sum = 0;
  for (const Range &range : ranges)
    if (!range.least.empty()) {
      const Tensor &least = range.least[result], &most = range.most[result];
      if (!least.isFloat())
        sum += least.ints[position] != most.ints[position];
      else if (double x = least.floats[position], y = most.floats[position];
               !sameBits(x, y))
        // Both zeros, or numbers that underflow: a step of the type may lie
        // between them.
        sum += std::max(2 * (y - x), smallestOf(least.type));
    }
  return sum;
}

std::optional<Outlier> ErrorBound::worst(ArrayRef<Tensor> got) const {
  std::optional<Outlier> worst;
  double excess = 0;
  for (auto [r, pair] : llvm::enumerate(llvm::zip_equal(got, expected))) {
    auto &[value, reference] = pair;
    for (int64_t i = 0; i < value.size(); ++i) {
      double x = value.asDouble(i), y = reference.asDouble(i);
      // An i64 may be more than a double holds.
      if (value.isFloat() ? sameBits(x, y) : value.ints[i] == reference.ints[i])
        continue;
      // Which zero a derivative is follows from the form that it is taken of.
      if (sums == Sums::anyOrder && value.isFloat() && x == y)
        continue;
      double limit = samples ? bound(r, i) : 0;
      double distance = std::isfinite(x) ? std::fabs(x - y) : INFINITY;
      // An integer that may be another may be any.
      if (limit > 0 && (!value.isFloat() || distance <= limit))
        continue;
      if (double over = limit > 0 ? distance / limit : INFINITY;
          !worst || over > excess) {
        excess = over;
        worst = Outlier{static_cast<int64_t>(r), i, x, y, limit};
      }
    }
  }
  return worst;
}

std::optional<Outlier> ErrorBound::check(ArrayRef<Tensor> got) {
  std::optional<Outlier> outlier = worst(got);
  // Few samples suffice mostly; many are worth their time before a complaint.
  for (int64_t count : {4, 16, 64}) {
    if (!outlier)
      break;
    sample(count);
    outlier = worst(got);
  }
  return outlier;
}
