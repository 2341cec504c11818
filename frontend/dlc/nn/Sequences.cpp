#include <dlc/nn/Sequences.h>

#include <dlc/Transforms.h>

#include <cmath>

namespace dlc::nn {

Embedding::Embedding(int64_t entries, int64_t features, Generator &rng,
                     Loc where)
    : Module("Embedding"),
      table(normal(rng, {entries, features}, 0, 1 / std::sqrt(double(features)),
                   DType::f32, where)) {}

Tensor Embedding::forward(const Tensor &indices) {
  Scope library = Scope::library();
  return embedding(table, indices);
}

void Embedding::parts(Visitor &v) { v("table", table); }

Recurrent::Recurrent(std::string kind, int64_t inputs, int64_t hidden,
                     int64_t gates, int64_t stateCount, Generator &rng,
                     Loc where)
    : Module(std::move(kind)), hidden(hidden), stateCount(stateCount) {
  double bound = 1 / std::sqrt(double(hidden));
  inputWeight =
      uniform(rng, {gates * hidden, inputs}, -bound, bound, DType::f32, where);
  stateWeight =
      uniform(rng, {gates * hidden, hidden}, -bound, bound, DType::f32, where);
  bias = uniform(rng, {gates * hidden}, -bound, bound, DType::f32, where);
}

Recurrent::State Recurrent::initial(int64_t batch, Loc where) const {
  return State(stateCount, zeros({batch, hidden}, DType::f32, where));
}

std::pair<Tensor, Recurrent::State> Recurrent::run(const Tensor &x, State state,
                                                   Loc where) {
  Scope call(name(), where);
  Scope library = Scope::library();
  auto [last, outputs] = scan(
      [&](const State &state, const Tensor &x) {
        State next = step(x, state);
        Tensor output = next[0];
        return std::pair(next, output);
      },
      state, swapAxes(x, 0, 1));
  return {swapAxes(outputs, 0, 1), last};
}

Tensor Recurrent::forward(const Tensor &x) {
  Scope library = Scope::library();
  return run(x, initial(x.size(0))).first;
}

void Recurrent::parts(Visitor &v) {
  v("inputWeight", inputWeight);
  v("stateWeight", stateWeight);
  v("bias", bias);
}

Recurrent::State RNN::step(const Tensor &x, const State &state) {
  Scope library = Scope::library();
  return {rnnCell(x, state[0], inputWeight, stateWeight, bias)};
}

GRU::GRU(int64_t inputs, int64_t hidden, Generator &rng, Loc where)
    : Recurrent("GRU", inputs, hidden, 3, 1, rng, where) {
  double bound = 1 / std::sqrt(double(hidden));
  candidateBias = uniform(rng, {hidden}, -bound, bound, DType::f32, where);
}

Recurrent::State GRU::step(const Tensor &x, const State &state) {
  Scope library = Scope::library();
  return {gruCell(x, state[0], inputWeight, stateWeight, bias, candidateBias)};
}

void GRU::parts(Visitor &v) {
  Recurrent::parts(v);
  v("candidateBias", candidateBias);
}

Recurrent::State LSTM::step(const Tensor &x, const State &state) {
  Scope library = Scope::library();
  LstmState next =
      lstmCell(x, {state[0], state[1]}, inputWeight, stateWeight, bias);
  return {next.state, next.cell};
}

MultiHeadAttention::MultiHeadAttention(int64_t features, int64_t heads,
                                       Generator &rng, bool causal, Loc where)
    : Module("MultiHeadAttention"), query(features, features, rng, {}, where),
      key(features, features, rng, {}, where),
      value(features, features, rng, {}, where),
      output(features, features, rng, {}, where), heads(heads), causal(causal) {
  if (heads < 1 || features % heads != 0)
    throw Error("[MultiHeadAttention] " + std::to_string(heads) +
                    " heads do not divide " + std::to_string(features) +
                    " features",
                where);
}

/// [N, T, features] to [N, heads, T, features / heads].
Tensor MultiHeadAttention::split(const Tensor &x) const {
  Tensor parts = reshape(x, {x.size(0), x.size(1), heads, x.size(2) / heads});
  return transpose(parts, {0, 2, 1, 3});
}

Tensor MultiHeadAttention::attend(const Tensor &queries, const Tensor &memory,
                                  const Tensor &mask, Loc where) {
  Scope call(name(), where);
  Scope library = Scope::library();
  Tensor q = split(query(queries)), k = split(key(memory));
  Tensor v = split(value(memory));
  AttentionOptions options{.causal = causal};
  if (mask.defined())
    options.mask = reshape(mask, {mask.size(0), 1, 1, mask.size(1)});
  Tensor seen = scaledDotProductAttention(q, k, v, options);
  return output(flatten(transpose(seen, {0, 2, 1, 3}), 2));
}

Tensor MultiHeadAttention::weights(const Tensor &queries, const Tensor &memory,
                                   const Tensor &mask, Loc where) {
  Scope call(name(), where);
  Scope library = Scope::library();
  Tensor q = split(query(queries)), k = split(key(memory));
  double scale = 1 / std::sqrt(double(q.size(3)));
  Tensor scores = matmul(q, swapAxes(k, 2, 3)) * scale;
  if (mask.defined()) {
    Tensor keys = reshape(mask, {mask.size(0), 1, 1, mask.size(1)});
    scores = dlc::where(keys, scores, -1e30);
  }
  if (causal) {
    Tensor seen = tril(ones({q.size(2), k.size(2)}), k.size(2) - q.size(2));
    scores = dlc::where(seen > 0, scores, -1e30);
  }
  return softmax(scores);
}

void MultiHeadAttention::parts(Visitor &v) {
  v("query", query);
  v("key", key);
  v("value", value);
  v("output", output);
}

TransformerBlock::TransformerBlock(int64_t features, int64_t heads,
                                   Generator &rng,
                                   TransformerBlockOptions options, Loc where)
    : Module("TransformerBlock"), norm1({features}), norm2({features}),
      norm3({features}), self(features, heads, rng, options.causal, where),
      cross(features, heads, rng, false, where),
      wide(features, 4 * features, rng, {}, where),
      narrow(4 * features, features, rng, {}, where),
      drop(options.dropout, rng, where), crosses(options.cross) {}

Tensor TransformerBlock::apply(const Tensor &x, const Tensor &mask,
                               const Tensor &memory, const Tensor &memoryMask,
                               Loc where) {
  Scope call(name(), where);
  Scope library = Scope::library();
  Tensor n = norm1(x);
  Tensor y = x + drop(self.attend(n, n, mask));
  if (crosses)
    y = y + drop(cross.attend(norm2(y), memory, memoryMask));
  return y + drop(narrow(relu(wide(norm3(y)))));
}

void TransformerBlock::parts(Visitor &v) {
  v("norm1", norm1);
  v("self", self);
  if (crosses) {
    v("norm2", norm2);
    v("cross", cross);
  }
  v("norm3", norm3);
  v("wide", wide);
  v("narrow", narrow);
  v("drop", drop);
}

} // namespace dlc::nn
