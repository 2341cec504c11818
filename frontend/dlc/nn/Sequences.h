// Layers of sequences: embeddings, recurrent networks, attention.

#ifndef DLC_FRONTEND_NN_SEQUENCES_H
#define DLC_FRONTEND_NN_SEQUENCES_H

#include <dlc/Random.h>
#include <dlc/nn/Layers.h>
#include <dlc/nn/Norms.h>

#pragma GCC visibility push(default)
namespace dlc::nn {

/// A learned vector for each number: integers [...] to [..., features]. The
/// table [entries, features] is drawn from a normal distribution of deviation
/// 1/√features.
class Embedding : public Module {
public:
  Embedding(int64_t entries, int64_t features, Generator &rng,
            Loc where = Loc::current());

  Tensor table;

protected:
  Tensor forward(const Tensor &indices) override;
  void parts(Visitor &v) override;
};

/// A recurrent network over [N, T, inputs]: the states of all steps, [N, T,
/// hidden], from a state of zeros. Weights have PyTorch's shapes and order of
/// gates, and are drawn uniformly in ±1/√hidden.
class Recurrent : public Module {
public:
  using State = std::vector<Tensor>;

  /// A state of zeros for a batch.
  State initial(int64_t batch, Loc where = Loc::current()) const;
  /// All steps from a given state; also the last state.
  std::pair<Tensor, State> run(const Tensor &x, State state,
                               Loc where = Loc::current());
  /// One step of [N, inputs]. The first tensor of a state is what the network
  /// gives out, [N, hidden].
  virtual State step(const Tensor &x, const State &state) = 0;

protected:
  Recurrent(std::string kind, int64_t inputs, int64_t hidden, int64_t gates,
            int64_t stateCount, Generator &rng, Loc where);
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

  Tensor inputWeight, stateWeight, bias;
  int64_t hidden, stateCount;
};

/// tanh units.
class RNN : public Recurrent {
public:
  RNN(int64_t inputs, int64_t hidden, Generator &rng,
      Loc where = Loc::current())
      : Recurrent("RNN", inputs, hidden, 1, 1, rng, where) {}
  State step(const Tensor &x, const State &state) override;
};

/// Gated recurrent units.
class GRU : public Recurrent {
public:
  GRU(int64_t inputs, int64_t hidden, Generator &rng,
      Loc where = Loc::current());
  State step(const Tensor &x, const State &state) override;

protected:
  void parts(Visitor &v) override;

private:
  Tensor candidateBias;
};

/// Long short-term memory; the state is {state, cell}.
class LSTM : public Recurrent {
public:
  LSTM(int64_t inputs, int64_t hidden, Generator &rng,
       Loc where = Loc::current())
      : Recurrent("LSTM", inputs, hidden, 4, 2, rng, where) {}
  State step(const Tensor &x, const State &state) override;
};

/// Attention in several subspaces at once: queries [N, Q, features] and what
/// they look at, [N, K, features]. Applied to one tensor it is self-attention.
/// Vaswani et al., "Attention is all you need" (2017).
class MultiHeadAttention : public Module {
public:
  /// Throws unless the heads divide the features. `causal` hides from each
  /// query what comes later.
  MultiHeadAttention(int64_t features, int64_t heads, Generator &rng,
                     bool causal = false, Loc where = Loc::current());

  /// `mask`: boolean [N, K], false where a key is padding; none if undefined.
  Tensor attend(const Tensor &queries, const Tensor &memory,
                const Tensor &mask = {}, Loc where = Loc::current());
  /// The weights of that, [N, heads, Q, K].
  Tensor weights(const Tensor &queries, const Tensor &memory,
                 const Tensor &mask = {}, Loc where = Loc::current());

  Linear query, key, value, output;

protected:
  Tensor forward(const Tensor &x) override { return attend(x, x); }
  void parts(Visitor &v) override;

private:
  Tensor split(const Tensor &x) const;

  int64_t heads;
  bool causal;
};

struct TransformerBlockOptions {
  /// Each position sees itself and what is before it.
  bool causal = false;
  /// Looks at an encoder's output, too.
  bool cross = false;
  double dropout = 0;
};

/// Attention, attention to an encoder's output if asked for, and two linear
/// layers four times as wide with a ReLU between; each beside a short cut, and
/// after a layer norm. `rng`, for dropout, must outlive the block.
class TransformerBlock : public Module {
public:
  TransformerBlock(int64_t features, int64_t heads, Generator &rng,
                   TransformerBlockOptions options = {},
                   Loc where = Loc::current());

  /// x [N, T, features]; the masks are those of MultiHeadAttention.
  Tensor apply(const Tensor &x, const Tensor &mask = {},
               const Tensor &memory = {}, const Tensor &memoryMask = {},
               Loc where = Loc::current());

  LayerNorm norm1, norm2, norm3;
  MultiHeadAttention self, cross;
  Linear wide, narrow;

protected:
  Tensor forward(const Tensor &x) override { return apply(x); }
  void parts(Visitor &v) override;

private:
  Dropout drop;
  bool crosses;
};

} // namespace dlc::nn
#pragma GCC visibility pop

#endif // DLC_FRONTEND_NN_SEQUENCES_H
