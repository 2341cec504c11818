#include "dlc/Random.h"

#include "detail/Node.h"

namespace dlc {

using namespace detail;

namespace {

Type stateType() { return {DType::i64, {2}}; }

/// Random numbers of a type, and the generator moved on by as many blocks of
/// four words as they take.
Ref draw(const char *op, Generator &rng, const Shape &shape, DType type,
         Loc where) {
  Ref state = nodeOf(rng.state, op, where);
  if (!isFloat(type))
    fail(op, "draws f32 or f64, not " + std::string(str(type)), where);
  Type full{type, zeros(shape, type, where).shape()};
  int64_t blocks = full.count() / 4 + (full.count() % 4 != 0);
  Ref numbers = make(op, full, {state}, {}, where);

  if (state->data) {
    // The next state is known, too: no op, no chain of them.
    runtime::BufferRef next = allocate(stateType().bytes(), where);
    const int64_t *now = state->data->as<int64_t>();
    next->as<int64_t>()[0] = now[0];
    next->as<int64_t>()[1] = int64_t(uint64_t(now[1]) + uint64_t(blocks));
    rng.state = tensorOf(given(stateType(), std::move(next), where));
  } else {
    Ref advance = make("constant", stateType(), {},
                       {{"value", Elements{{0, blocks}}}}, where);
    rng.state = tensorOf(make("add", stateType(), {state, advance}, {}, where));
  }
  return numbers;
}

Operand at(const Tensor &tensor, Loc where) { return {tensor, where}; }

} // namespace

Generator::Generator(uint64_t seed, Loc where)
    : state(tensor<int64_t>({int64_t(seed), 0}, where)) {}

Tensor uniform(Generator &rng, const Shape &shape, Scalar low, Scalar high,
               DType type, Loc where) {
  if (!(low.real < high.real))
    fail("uniform",
         "needs low < high, got " + std::to_string(low.real) + " and " +
             std::to_string(high.real),
         where);
  Tensor u = tensorOf(draw("uniform", rng, shape, type, where));
  if (high.real - low.real != 1)
    u = at(u, where) * Operand(high.real - low.real, where);
  if (low.real != 0)
    u = at(u, where) + Operand(low.real, where);
  return u;
}

Tensor normal(Generator &rng, const Shape &shape, Scalar mean, Scalar deviation,
              DType type, Loc where) {
  if (!(deviation.real >= 0))
    fail("normal",
         "needs a deviation of 0 or more, got " +
             std::to_string(deviation.real),
         where);
  Tensor n = tensorOf(draw("normal", rng, shape, type, where));
  if (deviation.real != 1)
    n = at(n, where) * Operand(deviation.real, where);
  if (mean.real != 0)
    n = at(n, where) + Operand(mean.real, where);
  return n;
}

Tensor bernoulli(Generator &rng, const Shape &shape, double probability,
                 Loc where) {
  if (!(probability >= 0 && probability <= 1))
    fail("bernoulli",
         "needs a probability in [0, 1], got " + std::to_string(probability),
         where);
  Tensor u = tensorOf(draw("uniform", rng, shape, DType::f32, where));
  return at(u, where) < Operand(probability, where);
}

Tensor dropout(Generator &rng, const Tensor &x, double rate, Loc where) {
  if (!(rate >= 0 && rate < 1))
    fail("dropout", "needs a rate in [0, 1), got " + std::to_string(rate),
         where);
  Tensor keep = bernoulli(rng, x.shape(where), 1 - rate, where);
  return dlc::where(keep, at(x, where) * Operand(1 / (1 - rate), where),
                    Operand(0, where), where);
}

} // namespace dlc
