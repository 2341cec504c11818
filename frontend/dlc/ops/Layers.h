// Recurrent cells and attention. A cell's weights are [gates · H, I] and
// [gates · H, H], its bias [gates · H] (PyTorch's gate order, its two biases
// added); x is [N, I], a state [N, H].

#ifndef DLC_FRONTEND_OPS_LAYERS_H
#define DLC_FRONTEND_OPS_LAYERS_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// tanh(x · Wᵀ + h · Uᵀ + b).
Tensor rnnCell(const Tensor &x, const Tensor &state, const Tensor &inputWeights,
               const Tensor &stateWeights, const Tensor &bias,
               Loc where = Loc::current());
/// (1 - z) · n + z · h with r, z = sigmoid(x Wᵀ + h Uᵀ + b) and n = tanh(x Wᵀ +
/// b + r · (h Uᵀ + c)), the candidate's bias c [H]; gates r, z, n. Cho et al.
/// (2014).
Tensor gruCell(const Tensor &x, const Tensor &state, const Tensor &inputWeights,
               const Tensor &stateWeights, const Tensor &bias,
               const Tensor &candidateBias, Loc where = Loc::current());

struct LstmState {
  Tensor state, cell;

  template <typename Visitor> void visit(Visitor &v) {
    v("state", state);
    v("cell", cell);
  }
};
/// c' = f · c + i · g and h' = o · tanh c' with i, f, o = sigmoid and g = tanh
/// of x Wᵀ + h Uᵀ + b; gates i, f, g, o. Hochreiter and Schmidhuber (1997).
LstmState lstmCell(const Tensor &x, const LstmState &state,
                   const Tensor &inputWeights, const Tensor &stateWeights,
                   const Tensor &bias, Loc where = Loc::current());

struct AttentionOptions {
  /// Boolean [batch…, Q, K] (broadcasts), false where a key is hidden.
  Tensor mask = {};
  /// Hides key j from query i where j - i > K - Q.
  bool causal = false;
  /// 1 / sqrt D where there is none.
  std::optional<double> scale = {};
};
/// softmax(scale · q kᵀ) v: q [batch…, Q, D], k [batch…, K, D], v
/// [batch…, K, E] to [batch…, Q, E]. A query that sees no key gives 0. Vaswani
/// et al., "Attention Is All You Need" (2017).
Tensor scaledDotProductAttention(const Tensor &query, const Tensor &key,
                                 const Tensor &value,
                                 const AttentionOptions &options = {},
                                 Loc where = Loc::current());
struct Attended {
  Tensor result, weights;
};
/// softmax(tanh(q + k) · w) v: q [batch…, Q, H] and k [batch…, K, H], both
/// projected already, w [H], v [batch…, K, E]; the result [batch…, Q, E] and
/// the weights [batch…, Q, K]. The mask as above. Bahdanau et al. (2015).
Attended additiveAttention(const Tensor &query, const Tensor &key,
                           const Tensor &value, const Tensor &weight,
                           const Tensor &mask = {}, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_LAYERS_H
