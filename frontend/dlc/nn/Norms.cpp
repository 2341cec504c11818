#include <dlc/nn/Norms.h>

namespace dlc::nn {

BatchNorm::BatchNorm(int64_t features, BatchNormOptions options, Loc where)
    : Module("BatchNorm"), scale(ones({features}, DType::f32, where)),
      bias(zeros({features}, DType::f32, where)),
      runningMean(zeros({features}, DType::f32, where)),
      runningVariance(ones({features}, DType::f32, where)), options(options) {
  if (!(options.momentum >= 0 && options.momentum <= 1))
    throw Error("[BatchNorm] the momentum must lie in [0, 1], got " +
                    std::to_string(options.momentum),
                where);
}

Tensor BatchNorm::forward(const Tensor &x) {
  Scope library = Scope::library();
  if (!isTraining())
    return batchNormInference(x, scale, bias, runningMean, runningVariance, 1,
                              options.epsilon);
  BatchNormed normed = batchNormTraining(x, scale, bias, 1, options.epsilon);
  double count = double(x.count()) / double(std::max<int64_t>(x.size(1), 1));
  double unbiased = count > 1 ? count / (count - 1) : 1;
  Tensor mean = stopGradient(normed.mean);
  Tensor variance = stopGradient(normed.variance) * unbiased;
  double keep = 1 - options.momentum;
  runningMean = keep * runningMean + options.momentum * mean;
  runningVariance = keep * runningVariance + options.momentum * variance;
  return normed.result;
}

void BatchNorm::parts(Visitor &v) {
  v("scale", scale);
  v("bias", bias);
  v.buffer("runningMean", runningMean);
  v.buffer("runningVariance", runningVariance);
}

LayerNorm::LayerNorm(Shape features, double epsilon, Loc where)
    : Module("LayerNorm"), scale(ones(features, DType::f32, where)),
      bias(zeros(features, DType::f32, where)), epsilon(epsilon) {}

Tensor LayerNorm::forward(const Tensor &x) {
  Scope library = Scope::library();
  return layerNorm(x, scale, bias, epsilon);
}

void LayerNorm::parts(Visitor &v) {
  v("scale", scale);
  v("bias", bias);
}

InstanceNorm::InstanceNorm(int64_t channels, double epsilon, Loc where)
    : Module("InstanceNorm"), scale(ones({channels}, DType::f32, where)),
      bias(zeros({channels}, DType::f32, where)), epsilon(epsilon) {}

Tensor InstanceNorm::forward(const Tensor &x) {
  Scope library = Scope::library();
  return instanceNorm(x, scale, bias, epsilon);
}

void InstanceNorm::parts(Visitor &v) {
  v("scale", scale);
  v("bias", bias);
}

} // namespace dlc::nn
