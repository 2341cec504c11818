#include "dlc/Random.h"

#include "detail/Build.h"

namespace dlc {

using namespace detail;

namespace {

Type stateType() { return {DType::i64, {2}}; }

/// Moves the generator on by as many blocks of four words as a draw of `count`
/// words takes, and returns its state before.
Ref advance(const char *op, Generator &rng, int64_t count, Loc where) {
  Ref state = nodeOf(rng.state, op, where);
  if (state->type != stateType())
    fail(op, "needs a generator's state, got " + describe(*state), where);
  int64_t blocks = count / 4 + (count % 4 != 0);
  if (state->data) {
    // The next state is known, too: no op, no chain of them.
    runtime::BufferRef next = allocate(stateType().bytes(), where);
    auto now = static_cast<const int64_t *>(state->hostData(where));
    next->as<int64_t>()[0] = now[0];
    next->as<int64_t>()[1] = int64_t(uint64_t(now[1]) + uint64_t(blocks));
    next = moveTo(state->data->device(), next, where);
    rng.state = tensorOf(given(stateType(), std::move(next), where));
  } else {
    Ref blocksOn = make("constant", stateType(), {},
                        {{"value", Elements{{0, blocks}}}}, where);
    rng.state =
        tensorOf(make("add", stateType(), {state, blocksOn}, {}, where));
  }
  return state;
}

/// Random floats of a type.
Ref draw(const char *op, Generator &rng, const Shape &shape, DType type,
         Loc where) {
  if (!isFloat(type))
    fail(op, "draws floats, not " + std::string(str(type)), where);
  Type full{type, checkedShape(shape, op, where)};
  Ref state = advance(op, rng, full.count(), where);
  return make(op, full, {state}, {}, where);
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

Tensor randomBits(Generator &rng, const Shape &shape, Loc where) {
  const char *op = "rng_bit_generator";
  Type type{DType::u32, checkedShape(shape, op, where)};
  Ref state = advance(op, rng, type.count(), where);
  return tensorOf(make(op, type, {state}, {}, where));
}

Tensor bernoulli(Generator &rng, const Shape &shape, double probability,
                 Loc where) {
  if (!(probability >= 0 && probability <= 1))
    fail("bernoulli",
         "needs a probability in [0, 1], got " + std::to_string(probability),
         where);
  Type type{DType::boolean, checkedShape(shape, "bernoulli", where)};
  Ref state = advance("bernoulli", rng, type.count(), where);
  Ref p = splat({DType::f32, {}}, probability, where);
  return tensorOf(make("bernoulli", type, {state, p}, {}, where));
}

Tensor categorical(Generator &rng, const Tensor &logits, const Shape &samples,
                   Loc where) {
  const char *op = "categorical";
  Ref x = floatNode(logits, op, where);
  Shape shape = samples;
  if (!x->type.shape.empty())
    shape.insert(shape.end(), x->type.shape.begin(), x->type.shape.end() - 1);
  shape = shapeOrFail(shapes::categorical(x->type.shape, shape), op, where,
                      {x.get()});
  Type type{DType::i32, shape};
  Ref state = advance(op, rng, type.count() * x->type.shape.back(), where);
  return tensorOf(make(op, type, {state, x}, {}, where));
}

Tensor permutation(Generator &rng, int64_t n, Loc where) {
  Type type{DType::i32, checkedShape({n}, "permutation", where)};
  Ref state = advance("permutation", rng, n, where);
  return tensorOf(make("permutation", type, {state}, {}, where));
}

Tensor dropout(Generator &rng, const Tensor &tensor, double rate, Loc where) {
  if (!(rate >= 0 && rate < 1))
    fail("dropout", "needs a rate in [0, 1), got " + std::to_string(rate),
         where);
  Ref x = floatNode(tensor, "dropout", where);
  Ref state = advance("dropout", rng, x->type.count(), where);
  return tensorOf(
      make("dropout", x->type, {x, state}, {{"rate", rate}}, where));
}

} // namespace dlc
