// Means, norms, top-k and einsum.

#include "IR/Shapes.h"
#include "Interpreter/CompositeRules.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

std::vector<int64_t>
dlc::interpreter::reducedPositions(ArrayRef<int64_t> shape,
                                   ArrayRef<int64_t> dimensions) {
  SmallVector<int64_t> kept;
  for (auto [d, size] : llvm::enumerate(shape))
    if (!llvm::is_contained(dimensions, static_cast<int64_t>(d)))
      kept.push_back(size);
  SmallVector<int64_t> keptStrides = rowMajorStrides(kept), strides;
  size_t next = 0;
  for (size_t d = 0; d < shape.size(); ++d)
    strides.push_back(llvm::is_contained(dimensions, static_cast<int64_t>(d))
                          ? 0
                          : keptStrides[next++]);
  std::vector<int64_t> positions(ShapedType::getNumElements(shape));
  walk(shape, strides, 0,
       [&](int64_t i, int64_t position) { positions[i] = position; });
  return positions;
}

namespace {
/// An op over dimensions: where each element goes, and how many meet there.
struct Groups {
  template <typename Op>
  Groups(Op op, Frame &frame)
      : x(*frame.in[0]),
        positions(reducedPositions(x.shape(), op.getDimensions())) {
    for (int64_t d : op.getDimensions())
      count *= x.shape()[d];
  }

  /// For each group the sum of f(x, group).
  template <typename F> std::vector<double> sums(Frame &frame, F f) const {
    std::vector<double> totals(frame.out[0].size(), 0);
    for (int64_t i = 0; i < x.size(); ++i)
      totals[positions[i]] += f(x.floats[i], positions[i]);
    return totals;
  }

  const Tensor &x;
  std::vector<int64_t> positions;
  int64_t count = 1;
};
} // namespace

static std::vector<double> means(const Groups &groups, Frame &frame) {
  std::vector<double> result =
      groups.sums(frame, [](double x, int64_t) { return x; });
  for (double &sum : result)
    sum /= groups.count;
  return result;
}

static LogicalResult mean(MeanOp op, Frame &frame) {
  for (auto [i, value] : llvm::enumerate(means(Groups(op, frame), frame)))
    frame.out[0].set(i, value, frame.mode);
  return success();
}

static LogicalResult variance(VarianceOp op, Frame &frame) {
  Groups groups(op, frame);
  std::vector<double> centre = means(groups, frame);
  std::vector<double> squares = groups.sums(frame, [&](double x, int64_t g) {
    return (x - centre[g]) * (x - centre[g]);
  });
  int64_t rest = groups.count - static_cast<int64_t>(op.getCorrection());
  for (auto [i, sum] : llvm::enumerate(squares))
    frame.out[0].set(i, sum / std::max<int64_t>(rest, 0), frame.mode);
  return success();
}

static LogicalResult norm(NormOp op, Frame &frame) {
  Groups groups(op, frame);
  double order = op.getOrder().convertToDouble();
  Tensor &result = frame.out[0];
  if (order == 0) {
    auto counts =
        groups.sums(frame, [](double x, int64_t) { return x != 0 ? 1. : 0.; });
    for (auto [i, n] : llvm::enumerate(counts))
      result.set(i, n, frame.mode);
    return success();
  }
  // The extreme |x|, which the powers are taken relative to.
  bool least = order == -INFINITY;
  std::vector<double> extreme(result.size(), least ? INFINITY : 0);
  for (int64_t i = 0; i < groups.x.size(); ++i) {
    double &so = extreme[groups.positions[i]],
           size = std::fabs(groups.x.floats[i]);
    if (std::isnan(size) || (least ? size < so : size > so))
      so = std::isnan(so) ? so : size;
  }
  std::vector<double> scale = extreme;
  for (double &s : scale)
    s = s > 0 && std::isfinite(s) ? s : 1;
  std::vector<double> powers = groups.sums(frame, [&](double x, int64_t g) {
    return std::pow(std::fabs(x) / scale[g], order);
  });
  for (int64_t i = 0; i < result.size(); ++i)
    result.set(i,
               std::isinf(order) ? extreme[i]
                                 : scale[i] * std::pow(powers[i], 1 / order),
               frame.mode);
  return success();
}

static LogicalResult topK(TopKOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  int64_t n = x.shape().back(), k = op.getK();
  int64_t rows = n ? x.size() / n : 0;
  for (int64_t row = 0; row < rows; ++row) {
    auto order = sortedOrder(n, [&](int64_t i, int64_t j) {
      int64_t a = row * n + i, b = row * n + j;
      if (!x.isFloat())
        return x.ints[a] > x.ints[b];
      bool isNan = std::isnan(x.floats[a]);
      return isNan ? !std::isnan(x.floats[b]) : x.floats[a] > x.floats[b];
    });
    for (int64_t i = 0; i < k; ++i) {
      copyElement(x, row * n + order[i], frame.out[0], row * k + i);
      frame.out[1].ints[row * k + i] = order[i];
    }
  }
  return success();
}

/// By its definition: over all values of all letters, the product of the
/// operands' elements is added to the output's.
static LogicalResult einsum(EinsumOp op, Frame &frame) {
  shapes::Equation equation = shapes::parseEquation(op.getEquation().str());
  std::map<char, int64_t> sizes;
  for (auto [letters, x] : llvm::zip(equation.inputs, frame.in))
    for (auto [c, size] : llvm::zip(letters, x->shape()))
      sizes[c] = size;
  std::string letters;
  SmallVector<int64_t> space;
  for (auto [c, size] : sizes) {
    letters += c;
    space.push_back(size);
  }
  /// Strides of a tensor in the space of letters.
  auto stridesOf = [&](const std::string &own, ArrayRef<int64_t> shape) {
    SmallVector<int64_t> from = rowMajorStrides(shape),
                         strides(letters.size(), 0);
    for (auto [d, c] : llvm::enumerate(own))
      strides[letters.find(c)] += from[d];
    return strides;
  };
  SmallVector<SmallVector<int64_t>> strides;
  for (auto [own, x] : llvm::zip(equation.inputs, frame.in))
    strides.push_back(stridesOf(own, x->shape()));
  Tensor &result = frame.out[0];
  SmallVector<int64_t> out = stridesOf(equation.output, result.shape());
  walkIndices(space, [&](int64_t, ArrayRef<int64_t> index) {
    auto offset = [&](ArrayRef<int64_t> steps) {
      return std::inner_product(index.begin(), index.end(), steps.begin(),
                                int64_t(0));
    };
    double product = 1;
    for (auto [x, steps] : llvm::zip(frame.in, strides))
      product *= x->floats[offset(steps)];
    result.floats[offset(out)] += product;
  });
  for (int64_t i = 0; i < result.size(); ++i)
    result.set(i, result.floats[i], frame.mode);
  return success();
}

void dlc::interpreter::addStatisticComposites(RuleTable &table) {
  addRule(table, mean);
  addRule(table, variance);
  addRule(table, norm);
  addRule(table, topK);
  addRule(table, einsum);
}
