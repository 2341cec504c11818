// Normalisations. epsilon is added to the variance.

#ifndef DLC_FRONTEND_OPS_NORMALIZATION_H
#define DLC_FRONTEND_OPS_NORMALIZATION_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

struct BatchNormed {
  Tensor result;
  /// Of each feature, over all other dimensions; the population's variance.
  Tensor mean, variance;
};
/// (x - mean) / sqrt(variance + epsilon) · scale + bias by feature, an index of
/// the axis; scale and bias are [features]. Ioffe and Szegedy, "Batch
/// Normalization" (2015).
BatchNormed batchNormTraining(const Tensor &x, const Tensor &scale,
                              const Tensor &bias, int64_t axis = 1,
                              double epsilon = 1e-5,
                              Loc where = Loc::current());
/// The same with mean and variance given.
Tensor batchNormInference(const Tensor &x, const Tensor &scale,
                          const Tensor &bias, const Tensor &mean,
                          const Tensor &variance, int64_t axis = 1,
                          double epsilon = 1e-5, Loc where = Loc::current());
/// Over the trailing dimensions, which scale and bias have. Ba et al., "Layer
/// Normalization" (2016).
Tensor layerNorm(const Tensor &x, const Tensor &scale, const Tensor &bias,
                 double epsilon = 1e-5, Loc where = Loc::current());
/// x / sqrt(mean x² + epsilon) · scale over the trailing dimensions that scale
/// has. Zhang and Sennrich, "Root Mean Square Layer Normalization" (2019).
Tensor rmsNorm(const Tensor &x, const Tensor &scale, double epsilon = 1e-5,
               Loc where = Loc::current());
/// Each image's groups of channels: x [N, C, spatial…], scale and bias [C]. Wu
/// and He, "Group Normalization" (2018).
Tensor groupNorm(const Tensor &x, const Tensor &scale, const Tensor &bias,
                 int64_t groups, double epsilon = 1e-5,
                 Loc where = Loc::current());
/// Each channel of each image.
Tensor instanceNorm(const Tensor &x, const Tensor &scale, const Tensor &bias,
                    double epsilon = 1e-5, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_NORMALIZATION_H
