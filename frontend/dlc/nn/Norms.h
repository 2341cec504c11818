// Normalising layers. Each has a scale that starts at one and a bias that
// starts at zero.

#ifndef DLC_FRONTEND_NN_NORMS_H
#define DLC_FRONTEND_NN_NORMS_H

#include <dlc/nn/Module.h>

#pragma GCC visibility push(default)
namespace dlc::nn {

struct BatchNormOptions {
  double epsilon = 1e-5;
  /// How much of a batch's statistics goes into the running ones.
  double momentum = 0.1;
};

/// Normalises each feature, dimension 1 of [N, C] or [N, C, H, W]: in training
/// by the batch's mean and variance, in evaluation by running ones, which
/// training gathers (the variance unbiased, as PyTorch does). They are buffers:
/// a compiled step names the model in `.state`.
class BatchNorm : public Module {
public:
  explicit BatchNorm(int64_t features, BatchNormOptions options = {},
                     Loc where = Loc::current());

  Tensor scale, bias, runningMean, runningVariance;

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

private:
  BatchNormOptions options;
};

/// Normalises the trailing dimensions of each sample, e.g. {features}.
class LayerNorm : public Module {
public:
  explicit LayerNorm(Shape features, double epsilon = 1e-5,
                     Loc where = Loc::current());

  Tensor scale, bias;

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

private:
  double epsilon;
};

/// Normalises each channel of each image [N, C, H, W].
class InstanceNorm : public Module {
public:
  explicit InstanceNorm(int64_t channels, double epsilon = 1e-5,
                        Loc where = Loc::current());

  Tensor scale, bias;

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

private:
  double epsilon;
};

} // namespace dlc::nn
#pragma GCC visibility pop

#endif // DLC_FRONTEND_NN_NORMS_H
