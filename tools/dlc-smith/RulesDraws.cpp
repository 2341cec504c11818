// How random numbers are drawn.

#include "Grower.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static std::function<bool(Grower &, StringRef)> source(Elements from,
                                                       int64_t mostRank = 4) {
  return [=](Grower &g, StringRef name) {
    Value state = g.state();
    Shape shape = g.shape(mostRank == 1 ? 1 : 0, mostRank);
    return g.emit(name, state, {}, g.type(shape, g.element(from))) != nullptr;
  };
}

static bool drawBernoulli(Grower &g, StringRef name) {
  Value state = g.state();
  Value p = g.operand(g.scalar(g.builder().getF32Type()), Draw::unit);
  Shape shape = g.shape(0, 4);
  return g.emit(name, {state, p}, {}, g.type(shape, g.element(booleans))) !=
         nullptr;
}

static bool drawCategorical(Grower &g, StringRef name) {
  Value state = g.state();
  Value logits = g.operand(floats, 1, 3);
  Shape shape;
  if (g.random.chance(0.5))
    shape.push_back(g.random.between(1, 4));
  llvm::append_range(shape, tensorType(logits).getShape().drop_back());
  return g.emit(name, {state, logits}, {},
                g.type(shape, g.builder().getI32Type())) != nullptr;
}

static bool drawDropout(Grower &g, StringRef name) {
  Value x = g.operand(floats);
  Value state = g.state();
  double rate = g.random.pick({0.0, 0.1, 0.5, 0.9});
  return g.emit(name, {x, state},
                {{"rate", g.builder().getF64FloatAttr(rate)}}) != nullptr;
}

void dlc::smith::addDraws(SmallVectorImpl<Rule> &rules) {
  static constexpr Element words[] = {Element::ui32};
  static constexpr Element places[] = {Element::i32};
  rules.push_back({"rng_bit_generator", 2, source(words)});
  rules.push_back({"uniform", 2, source(floats)});
  rules.push_back({"normal", 2, source(floats)});
  rules.push_back({"permutation", 1, source(places, 1)});
  rules.push_back({"bernoulli", 1, drawBernoulli});
  rules.push_back({"categorical", 1, drawCategorical});
  rules.push_back({"dropout", 2, drawDropout});
}
