// Bounds for gradients, between `valueAndGrad` and an optimiser's step.

#ifndef DLC_FRONTEND_OPTIM_CLIP_H
#define DLC_FRONTEND_OPTIM_CLIP_H

#include <dlc/Ops.h>
#include <dlc/Tree.h>

#pragma GCC visibility push(default)
namespace dlc::optim {

/// The 2-norm of all parameters (or gradients) of a tree together, f32 or f64
/// as the first of them is.
Tensor globalNorm(TreeRef tree, Loc where = Loc::current());

/// Multiplies all gradients by min(1, limit / (norm + 1e-6)) with their global
/// norm, which is returned. Pascanu, Mikolov and Bengio, "On the difficulty of
/// training recurrent neural networks" (ICML 2013).
Tensor clipByGlobalNorm(TreeRef gradients, double limit,
                        Loc where = Loc::current());

/// Moves each element of the gradients into [-limit, limit].
void clipByValue(TreeRef gradients, double limit, Loc where = Loc::current());

} // namespace dlc::optim
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPTIM_CLIP_H
