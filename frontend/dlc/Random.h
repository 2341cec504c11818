// Random numbers: a key and a counter, nothing global.

#ifndef DLC_FRONTEND_RANDOM_H
#define DLC_FRONTEND_RANDOM_H

#include <dlc/Ops.h>
#include <dlc/Tree.h>

#pragma GCC visibility push(default)
namespace dlc {

/// The state of Philox-4x32-10: [key, counter] in one tensor, which is a tree,
/// so it can be named in `.state` and saved. Each draw reserves a range of the
/// counter of known length, so neither fusion nor order changes the numbers.
class Generator {
public:
  explicit Generator(uint64_t seed = 0, Loc where = Loc::current());

  void visit(Visitor &v) { v("state", state); }

  Tensor state;
};

/// Numbers in [low, high), of a float type; 24 bits each.
Tensor uniform(Generator &rng, const Shape &shape, Scalar low = 0,
               Scalar high = 1, DType type = DType::f32,
               Loc where = Loc::current());
/// Normal numbers of the given mean and standard deviation.
Tensor normal(Generator &rng, const Shape &shape, Scalar mean = 0,
              Scalar deviation = 1, DType type = DType::f32,
              Loc where = Loc::current());
/// n random words, u32: what the other draws are made of.
Tensor randomBits(Generator &rng, const Shape &shape,
                  Loc where = Loc::current());
/// True with the given probability.
Tensor bernoulli(Generator &rng, const Shape &shape, double probability,
                 Loc where = Loc::current());
/// Classes drawn from softmax(logits), i32: logits [batch…, classes] to
/// [samples…, batch…].
Tensor categorical(Generator &rng, const Tensor &logits,
                   const Shape &samples = {}, Loc where = Loc::current());
/// 0 … n-1 in random order, i32.
Tensor permutation(Generator &rng, int64_t n, Loc where = Loc::current());
/// x with each element set to 0 with probability `rate`, the others divided by
/// 1 - rate. 0 <= rate < 1.
Tensor dropout(Generator &rng, const Tensor &x, double rate,
               Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_RANDOM_H
