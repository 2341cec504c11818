#include <dlc/nn/Init.h>

#include <cmath>

namespace dlc::nn::init {
namespace {

struct Fans {
  double in, out;
};

Fans fansOf(std::string_view name, const Shape &shape, Loc where) {
  if (shape.size() < 2)
    throw Error("[" + std::string(name) +
                    "] expected a weight of at least two dimensions, got " +
                    std::to_string(shape.size()),
                where);
  double window = 1;
  for (size_t i = 0; i + 2 < shape.size(); ++i)
    window *= double(shape[i]);
  return {window * double(shape[shape.size() - 2]),
          window * double(shape.back())};
}

} // namespace

Tensor xavierUniform(Generator &rng, const Shape &shape, double gain,
                     DType type, Loc where) {
  auto [in, out] = fansOf("xavierUniform", shape, where);
  double bound = gain * std::sqrt(6 / (in + out));
  return uniform(rng, shape, -bound, bound, type, where);
}

Tensor xavierNormal(Generator &rng, const Shape &shape, double gain, DType type,
                    Loc where) {
  auto [in, out] = fansOf("xavierNormal", shape, where);
  return normal(rng, shape, 0, gain * std::sqrt(2 / (in + out)), type, where);
}

Tensor kaimingUniform(Generator &rng, const Shape &shape, DType type,
                      Loc where) {
  double bound = std::sqrt(6 / fansOf("kaimingUniform", shape, where).in);
  return uniform(rng, shape, -bound, bound, type, where);
}

Tensor kaimingNormal(Generator &rng, const Shape &shape, DType type,
                     Loc where) {
  double deviation = std::sqrt(2 / fansOf("kaimingNormal", shape, where).in);
  return normal(rng, shape, 0, deviation, type, where);
}

} // namespace dlc::nn::init
