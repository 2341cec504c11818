// How pointwise primitives are drawn.

#include "Grower.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

/// x of one of `from`, whose numbers `kind` says where it is new.
static std::function<bool(Grower &, StringRef)>
unary(Elements from, Draw::Kind kind = Draw::plain) {
  return [=](Grower &g, StringRef name) {
    // Perhaps nothing in sight has numbers that fit.
    Value x;
    if (kind != Draw::plain && g.random.chance(0.3)) {
      Type element = g.element(from);
      x = g.fresh(g.type(g.shape(0, 4), element), kind);
    } else {
      x = g.operand(from, 0, 8, kind);
    }
    return g.emit(name, x) != nullptr;
  };
}

static std::function<bool(Grower &, StringRef)>
binary(Elements from, Draw::Kind right = Draw::plain) {
  return [=](Grower &g, StringRef name) {
    Value x = g.operand(from);
    bool isFresh = right != Draw::plain && g.random.chance(0.5);
    Value y = g.operand(tensorType(x), isFresh ? right : Draw::plain);
    // Commuted, too.
    if (right == Draw::plain && g.random.chance(0.5))
      std::swap(x, y);
    return g.emit(name, {x, y}) != nullptr;
  };
}

static bool drawCompare(Grower &g, StringRef name) {
  Value x = g.operand(numbers);
  Value y = g.operand(tensorType(x));
  auto direction = static_cast<Direction>(g.random.below(6));
  return g.emit(name, {x, y},
                {{"direction", DirectionAttr::get(g.builder().getContext(),
                                                  direction)}}) != nullptr;
}

static bool drawSelect(Grower &g, StringRef name) {
  Value x = g.operand(all);
  Value y = g.operand(tensorType(x));
  Value p = g.operand(g.type(tensorType(x).getShape(), g.element(booleans)));
  return g.emit(name, {p, x, y}) != nullptr;
}

static bool drawConvert(Grower &g, StringRef name) {
  Value x = g.operand(all);
  Type to = g.element(all);
  return g.emit(name, x, {}, g.type(tensorType(x).getShape(), to)) != nullptr;
}

static bool drawBitcast(Grower &g, StringRef name) {
  Value x = g.operand(all);
  Type from = tensorType(x).getElementType();
  Type to = g.element(all);
  return from != to &&
         g.emit(name, x, {}, g.type(tensorType(x).getShape(), to)) != nullptr;
}

static bool drawClamp(Grower &g, StringRef name) {
  Value x = g.operand(numbers);
  Value low = g.operand(tensorType(x));
  Value high = g.operand(tensorType(x));
  return g.emit(name, {low, x, high}) != nullptr;
}

static bool drawCheckIndex(Grower &g, StringRef name) {
  RankedTensorType type = g.type(g.shape(0, 3), g.element(indices));
  int64_t limit = g.random.between(1, 9);
  Value x = g.random.chance(0.5) ? g.fresh(type, Draw::below, limit)
                                 : g.operand(indices);
  Builder &b = g.builder();
  return g.emit(name, x,
                {{"limit", b.getI64IntegerAttr(limit)},
                 {"op", b.getStringAttr("smith")}}) != nullptr;
}

static bool drawAssertFinite(Grower &g, StringRef name) {
  return g.emit(name, g.operand(floats),
                {{"op", g.builder().getStringAttr("smith")}}) != nullptr;
}

static bool drawPrint(Grower &g, StringRef name) {
  Value x = g.operand(all);
  SmallVector<Field> attributes = {{"text", g.builder().getStringAttr("x")}};
  if (g.random.chance(0.5))
    attributes.push_back({"summary", g.builder().getUnitAttr()});
  return g.emit(name, x, attributes) != nullptr;
}

void dlc::smith::addElementwise(SmallVectorImpl<Rule> &rules) {
  for (StringRef name : {"negate", "abs", "sign"})
    rules.push_back({name, 2, unary(numbers)});
  for (StringRef name : {"exponential", "exponential_minus_one", "sine",
                         "cosine", "tanh", "logistic", "atan", "erf", "erfc",
                         "floor", "ceil", "round_nearest_even"})
    rules.push_back({name, 2, unary(floats)});
  for (StringRef name : {"log", "log_plus_one", "sqrt", "rsqrt"})
    rules.push_back({name, 2, unary(floats, Draw::positive)});
  rules.push_back({"is_finite", 1, unary(floats)});
  rules.push_back({"not", 2, unary(bits)});
  rules.push_back({"variable", 1, unary(all)});
  rules.push_back({"stop_gradient", 1, unary(all)});
  rules.push_back({"optimization_barrier", 1, unary(all)});
  for (StringRef name : {"add", "subtract", "multiply"})
    rules.push_back({name, 6, binary(numbers)});
  for (StringRef name : {"maximum", "minimum"})
    rules.push_back({name, 3, binary(numbers)});
  for (StringRef name : {"divide", "remainder", "power"})
    rules.push_back({name, 3, binary(numbers, Draw::positive)});
  for (StringRef name : {"and", "or", "xor"})
    rules.push_back({name, 2, binary(bits)});
  for (StringRef name : {"shift_left", "shift_right_logical"})
    rules.push_back({name, 1, binary(integers, Draw::positive)});
  rules.push_back({"compare", 5, drawCompare});
  rules.push_back({"select", 5, drawSelect});
  rules.push_back({"convert", 5, drawConvert});
  rules.push_back({"bitcast_convert", 2, drawBitcast});
  rules.push_back({"clamp", 2, drawClamp});
  rules.push_back({"check_index", 1, drawCheckIndex});
  rules.push_back({"assert_finite", 1, drawAssertFinite});
  rules.push_back({"print", 1, drawPrint});
}
