// Optimisers that scale each element's step by the gradients it has seen. Each
// computes what PyTorch's optimiser of that name computes.

#ifndef DLC_FRONTEND_OPTIM_ADAPTIVE_H
#define DLC_FRONTEND_OPTIM_ADAPTIVE_H

#include <dlc/optim/Optimizer.h>

#pragma GCC visibility push(default)
namespace dlc::optim {

struct AdaGradOptions {
  double lr = 0.01;
  double weightDecay = 0;
  double epsilon = 1e-10;
};

/// s = s + g², p = p - lr·g / (√s + ε). Duchi, Hazan and Singer, "Adaptive
/// subgradient methods for online learning" (JMLR 2011).
class AdaGrad : public Optimizer {
public:
  explicit AdaGrad(TreeRef model, AdaGradOptions options = {},
                   std::vector<Group> groups = {}, Loc where = Loc::current());

private:
  Tensor advance(const Step &step) override;

  double epsilon;
};

struct RMSPropOptions {
  double lr = 0.01;
  /// How much of the old mean of squares stays.
  double decay = 0.99;
  double momentum = 0;
  double weightDecay = 0;
  double epsilon = 1e-8;
};

/// s = decay·s + (1 - decay)·g², v = momentum·v + g / (√s + ε), p = p - lr·v.
/// Tieleman and Hinton, "Lecture 6.5: rmsprop" (2012).
class RMSProp : public Optimizer {
public:
  explicit RMSProp(TreeRef model, RMSPropOptions options = {},
                   std::vector<Group> groups = {}, Loc where = Loc::current());

private:
  Tensor advance(const Step &step) override;

  double decay, momentum, epsilon;
};

struct AdamOptions {
  double lr = 0.001;
  double beta1 = 0.9, beta2 = 0.999;
  /// In Adam part of the gradient, in AdamW of the step.
  double weightDecay = 0;
  double epsilon = 1e-8;
};

/// m = β₁m + (1 - β₁)g, s = β₂s + (1 - β₂)g²; with m̂ = m / (1 - β₁ᵗ) and
/// ŝ = s / (1 - β₂ᵗ) in step t, p = p - lr·m̂ / (√ŝ + ε). Kingma and Ba, "Adam:
/// a method for stochastic optimization" (ICLR 2015).
class Adam : public Optimizer {
public:
  explicit Adam(TreeRef model, AdamOptions options = {},
                std::vector<Group> groups = {}, Loc where = Loc::current());

protected:
  Adam(const char *kind, bool decayInGradient, TreeRef model,
       AdamOptions options, std::vector<Group> groups, Loc where);
  Tensor advance(const Step &step) override;

private:
  void begin() override;
  void more(Visitor &v) override;

  double beta1, beta2, epsilon;
  /// β₁ᵗ and β₂ᵗ. As f64: 1 - β₂ loses five digits of an f32.
  Tensor power1, power2;
};

/// Adam with p = p - lr·weightDecay·p before each step, in place of a penalty.
/// Loshchilov and Hutter, "Decoupled weight decay regularization" (ICLR 2019).
class AdamW : public Adam {
public:
  explicit AdamW(TreeRef model, AdamOptions options = {.weightDecay = 0.01},
                 std::vector<Group> groups = {}, Loc where = Loc::current());

private:
  Tensor advance(const Step &step) override;
};

} // namespace dlc::optim
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPTIM_ADAPTIVE_H
