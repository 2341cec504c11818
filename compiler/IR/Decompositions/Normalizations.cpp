// Normalisations: two passes, so that the variance is that of centred values.

#include "IR/Decompositions/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::decompositions;

namespace {
struct Moments {
  Moments(Term x, ArrayRef<int64_t> dims)
      : mean(meanOver(x, dims)), centred(x - spread(mean, x.shape(), dims)),
        variance(meanOver(centred * centred, dims)) {}

  Term mean, centred, variance;
};
} // namespace

/// (x - mean) / sqrt(variance + epsilon) over dimensions.
static Term normalized(Term x, ArrayRef<int64_t> dims, double epsilon) {
  Moments moments(x, dims);
  Term scale = rsqrt(moments.variance + epsilon);
  return moments.centred * spread(scale, x.shape(), dims);
}

/// x · scale + bias along one dimension.
static Term affine(Term x, Term scale, Term bias, int64_t dim) {
  Term scaled = x * broadcast(scale, x.shape(), dim);
  return scaled + broadcast(bias, x.shape(), dim);
}

/// All dimensions but one.
static Dims others(Term x, int64_t dim) {
  Dims dims = range(0, x.rank());
  llvm::erase(dims, dim);
  return dims;
}

static Terms batchNormTraining(BatchNormTrainingOp op, ArrayRef<Term> in) {
  Term x = in[0];
  int64_t feature = op.getFeature();
  Dims dims = others(x, feature);
  Moments moments(x, dims);
  Term inverse = rsqrt(moments.variance + op.getEpsilon().convertToDouble());
  Term normal = moments.centred * spread(inverse, x.shape(), dims);
  return {affine(normal, in[1], in[2], feature), moments.mean,
          moments.variance};
}

static Term batchNormInference(BatchNormInferenceOp op, ArrayRef<Term> in) {
  Term x = in[0];
  int64_t feature = op.getFeature();
  Term inverse = rsqrt(in[4] + op.getEpsilon().convertToDouble());
  Term centred = x - broadcast(in[3], x.shape(), feature);
  Term normal = centred * broadcast(inverse, x.shape(), feature);
  return affine(normal, in[1], in[2], feature);
}

static Term layerNorm(LayerNormOp op, ArrayRef<Term> in) {
  Term x = in[0];
  Dims row = range(x.rank() - in[1].rank(), x.rank());
  Term normal = normalized(x, row, op.getEpsilon().convertToDouble());
  Term scaled = normal * broadcast(in[1], x.shape(), row);
  return scaled + broadcast(in[2], x.shape(), row);
}

static Term rmsNorm(RmsNormOp op, ArrayRef<Term> in) {
  Term x = in[0];
  Dims row = range(x.rank() - in[1].rank(), x.rank());
  Term square = meanOver(x * x, row);
  Term inverse = rsqrt(square + op.getEpsilon().convertToDouble());
  Term normal = x * spread(inverse, x.shape(), row);
  return normal * broadcast(in[1], x.shape(), row);
}

/// As [N, groups, rest], where a group is a row.
static Term grouped(ArrayRef<Term> in, int64_t groups, double epsilon) {
  Term x = in[0];
  int64_t images = x.shape()[0], rest = 0;
  if (images * groups != 0)
    rest = x.type().getNumElements() / (images * groups);
  Term rows = reshape(x, {images, groups, rest});
  Term normal = reshape(normalized(rows, 2, epsilon), x.shape());
  return affine(normal, in[1], in[2], 1);
}

static Term groupNorm(GroupNormOp op, ArrayRef<Term> in) {
  return grouped(in, op.getGroups(), op.getEpsilon().convertToDouble());
}

static Term instanceNorm(InstanceNormOp op, ArrayRef<Term> in) {
  return grouped(in, in[0].shape()[1], op.getEpsilon().convertToDouble());
}

void decompositions::addNormalizations(Table &table) {
  add(table, batchNormTraining);
  add(table, batchNormInference);
  add(table, layerNorm);
  add(table, rmsNorm);
  add(table, groupNorm);
  add(table, instanceNorm);
}
