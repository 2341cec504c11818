// Activations and the softmax family.

#ifndef DLC_FRONTEND_OPS_ACTIVATIONS_H
#define DLC_FRONTEND_OPS_ACTIVATIONS_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// max(x, 0), with gradient 0 at 0.
Tensor relu(const Tensor &x, Loc where = Loc::current());
/// x where x > 0, else slope · x.
Tensor leakyRelu(const Tensor &x, double slope = 0.01,
                 Loc where = Loc::current());
/// The same with a learned slope, which broadcasts to x.
Tensor prelu(const Tensor &x, const Tensor &slope, Loc where = Loc::current());
/// x where x > 0, else alpha · (e^x - 1).
Tensor elu(const Tensor &x, double alpha = 1, Loc where = Loc::current());
/// 1 / (1 + e^-x).
Tensor sigmoid(const Tensor &x, Loc where = Loc::current());
/// max(0, min(1, x / 6 + 1 / 2)).
Tensor hardSigmoid(const Tensor &x, Loc where = Loc::current());
/// log(1 + e^x).
Tensor softplus(const Tensor &x, Loc where = Loc::current());
/// x · Phi(x), Phi the normal distribution function, or its approximation by
/// tanh. Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016).
Tensor gelu(const Tensor &x, bool tanh = false, Loc where = Loc::current());
/// x · sigmoid(x), also called swish.
Tensor silu(const Tensor &x, Loc where = Loc::current());

/// e^x / sum e^x along an axis.
Tensor softmax(const Tensor &x, int64_t axis = -1, Loc where = Loc::current());
Tensor logSoftmax(const Tensor &x, int64_t axis = -1,
                  Loc where = Loc::current());
/// log sum e^x along an axis; -inf of nothing.
Tensor logSumExp(const Tensor &x, int64_t axis = -1, bool keepDims = false,
                 Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_ACTIVATIONS_H
