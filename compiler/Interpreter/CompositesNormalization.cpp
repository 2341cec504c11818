// Normalisations.

#include "Interpreter/CompositeRules.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

/// Mean and variance of groups of elements.
struct Moments {
  Moments(const std::vector<double> &x, const std::vector<int64_t> &group,
          int64_t groups)
      : mean(groups, 0), variance(groups, 0) {
    std::vector<int64_t> count(groups, 0);
    for (size_t i = 0; i < x.size(); ++i) {
      mean[group[i]] += x[i];
      ++count[group[i]];
    }
    for (int64_t g = 0; g < groups; ++g)
      mean[g] /= count[g];
    for (size_t i = 0; i < x.size(); ++i)
      variance[group[i]] += (x[i] - mean[group[i]]) * (x[i] - mean[group[i]]);
    for (int64_t g = 0; g < groups; ++g)
      variance[g] /= count[g];
  }

  std::vector<double> mean, variance;
};

/// The position of each element along one dimension.
static std::vector<int64_t> along(ArrayRef<int64_t> shape, int64_t dim) {
  SmallVector<int64_t> others;
  for (size_t d = 0; d < shape.size(); ++d)
    if (static_cast<int64_t>(d) != dim)
      others.push_back(d);
  return reducedPositions(shape, others);
}

/// (x - mean) / sqrt(variance + epsilon) · scale + bias, with the group of each
/// element and its place in scale and bias.
static void normalize(Frame &frame, const std::vector<double> &mean,
                      const std::vector<double> &variance,
                      const std::vector<int64_t> &group,
                      const std::vector<int64_t> &place, double epsilon) {
  const std::vector<double> &x = frame.in[0]->floats;
  for (size_t i = 0; i < x.size(); ++i) {
    double normal =
        (x[i] - mean[group[i]]) / std::sqrt(variance[group[i]] + epsilon);
    frame.out[0].set(i,
                     normal * frame.in[1]->floats[place[i]] +
                         frame.in[2]->floats[place[i]],
                     frame.mode);
  }
}

static LogicalResult batchNormTraining(BatchNormTrainingOp op, Frame &frame) {
  std::vector<int64_t> feature = along(frame.in[0]->shape(), op.getFeature());
  Moments moments(frame.in[0]->floats, feature, frame.in[1]->size());
  normalize(frame, moments.mean, moments.variance, feature, feature,
            op.getEpsilon().convertToDouble());
  for (int64_t f = 0; f < frame.out[1].size(); ++f) {
    frame.out[1].set(f, moments.mean[f], frame.mode);
    frame.out[2].set(f, moments.variance[f], frame.mode);
  }
  return success();
}

static LogicalResult batchNormInference(BatchNormInferenceOp op, Frame &frame) {
  std::vector<int64_t> feature = along(frame.in[0]->shape(), op.getFeature());
  normalize(frame, frame.in[3]->floats, frame.in[4]->floats, feature, feature,
            op.getEpsilon().convertToDouble());
  return success();
}

/// Element i's row and its place there, for rows of so many elements.
static std::pair<std::vector<int64_t>, std::vector<int64_t>>
rowsOf(int64_t count, int64_t width) {
  std::vector<int64_t> row(count), place(count);
  for (int64_t i = 0; i < count; ++i) {
    row[i] = i / width;
    place[i] = i % width;
  }
  return {row, place};
}

static LogicalResult layerNorm(LayerNormOp op, Frame &frame) {
  int64_t count = frame.in[0]->size(), width = frame.in[1]->size();
  auto [row, place] = rowsOf(count, width);
  Moments moments(frame.in[0]->floats, row, count ? count / width : 0);
  normalize(frame, moments.mean, moments.variance, row, place,
            op.getEpsilon().convertToDouble());
  return success();
}

static LogicalResult rmsNorm(RmsNormOp op, Frame &frame) {
  const std::vector<double> &x = frame.in[0]->floats;
  int64_t width = frame.in[1]->size();
  for (size_t first = 0; first < x.size(); first += width) {
    double squares = 0;
    for (int64_t i = 0; i < width; ++i)
      squares += x[first + i] * x[first + i];
    double root =
        std::sqrt(squares / width + op.getEpsilon().convertToDouble());
    for (int64_t i = 0; i < width; ++i)
      frame.out[0].set(first + i, x[first + i] / root * frame.in[1]->floats[i],
                       frame.mode);
  }
  return success();
}

static LogicalResult normalizeGroups(Frame &frame, int64_t groups,
                                     double epsilon) {
  const Tensor &x = *frame.in[0];
  int64_t rows = x.shape()[0] * groups;
  auto [row, place] = rowsOf(x.size(), x.size() ? x.size() / rows : 1);
  Moments moments(x.floats, row, rows);
  normalize(frame, moments.mean, moments.variance, row, along(x.shape(), 1),
            epsilon);
  return success();
}

static LogicalResult groupNorm(GroupNormOp op, Frame &frame) {
  return normalizeGroups(frame, op.getGroups(),
                         op.getEpsilon().convertToDouble());
}

static LogicalResult instanceNorm(InstanceNormOp op, Frame &frame) {
  return normalizeGroups(frame, frame.in[0]->shape()[1],
                         op.getEpsilon().convertToDouble());
}

void dlc::interpreter::addNormalizationComposites(RuleTable &table) {
  addRule(table, batchNormTraining);
  addRule(table, batchNormInference);
  addRule(table, layerNorm);
  addRule(table, rmsNorm);
  addRule(table, groupNorm);
  addRule(table, instanceNorm);
}
