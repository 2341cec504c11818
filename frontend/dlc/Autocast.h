// Mixed precision: which ops compute in 16 bits, and a loss that is scaled so
// that small gradients survive there.
//
// Source: Micikevicius et al., "Mixed Precision Training", ICLR 2018.

#ifndef DLC_FRONTEND_AUTOCAST_H
#define DLC_FRONTEND_AUTOCAST_H

#include <dlc/Ops.h>
#include <dlc/Tree.h>

#include <memory>

#pragma GCC visibility push(default)
namespace dlc {

/// While it lives, on its thread, contractions (matmul, dotGeneral, einsum and
/// convolutions) of f32 take their operands as bf16 or f16 and give that type;
/// sums, means, norms, softmax, normalisation and losses of 16-bit floats are
/// computed in f32; and where the two meet, f32 wins. Parameters stay f32.
///
///     Autocast cast(DType::bf16);
///     Tensor loss = mean(softmaxCrossEntropy(model(x), y));
///
/// A compiled function is recorded anew for each setting around its call.
/// Throws for a type other than bf16, f16 and f32 (which switches it off).
class Autocast {
public:
  explicit Autocast(DType type = DType::bf16, Loc where = Loc::current());
  ~Autocast();
  Autocast(const Autocast &) = delete;
  Autocast &operator=(const Autocast &) = delete;

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

struct LossScalerOptions {
  double initial = 65536, growth = 2, backoff = 0.5;
  /// Steps without an overflow before the scale grows.
  int64_t interval = 2000;
};

/// A dynamic scale of the loss, for training in f16 (bf16 has f32's range and
/// needs none). A tree: name it in `.state`.
///
///     auto [loss, grads] = valueAndGrad([&](Model &m) {
///       return scaler.scaled(lossOf(m));
///     })(model);
///     Tensor finite = scaler.unscale(grads);
///     updateIf(finite, TreeRef(model), [&] { optimizer.update(model, grads);
///     });
class LossScaler {
public:
  explicit LossScaler(LossScalerOptions options = {},
                      Loc where = Loc::current());

  /// loss · scale, in f32.
  Tensor scaled(const Tensor &loss, Loc where = Loc::current()) const;

  /// Divides the gradients by the scale, and adapts it: times `backoff` after
  /// a step with an infinity or NaN, times `growth` after `interval` steps
  /// without. Returns whether all gradients are finite, a boolean scalar.
  Tensor unscale(TreeRef gradients, Loc where = Loc::current());

  void visit(Visitor &v) {
    v.buffer("scale", scale);
    v.buffer("steps", steps);
  }

  /// The factor, f32, and the steps since it changed, i32: scalars.
  Tensor scale, steps;

private:
  LossScalerOptions options;
};

namespace detail {
/// Each leaf becomes where(condition, its new tensor, its old one).
void keepIf(const Tensor &condition, const std::vector<Leaf> &leaves,
            const std::vector<Tensor> &before, Loc where);
} // namespace detail

/// Runs `update`, which changes the tensors of `state`, and takes the change
/// back where the condition, a boolean scalar, is false when it runs.
template <typename F>
void updateIf(const Tensor &condition, TreeRef state, F update,
              Loc where = Loc::current()) {
  std::vector<Leaf> before = leaves(state);
  std::vector<Tensor> tensors;
  for (const Leaf &leaf : before)
    tensors.push_back(*leaf.tensor);
  update();
  detail::keepIf(condition, leaves(state), tensors, where);
}

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_AUTOCAST_H
