// How activations, softmax, statistics, losses and quantisation are drawn.

#include "Grower.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static bool drawUnary(Grower &g, StringRef name) {
  return g.emit(name, g.operand(floats)) != nullptr;
}

static bool drawBinary(Grower &g, StringRef name) {
  Value x = g.operand(floats);
  Value y = g.operand(tensorType(x));
  return g.emit(name, {x, y}) != nullptr;
}

static bool drawGelu(Grower &g, StringRef name) {
  Value x = g.operand(floats);
  SmallVector<Field> attributes;
  if (g.random.chance(0.5))
    attributes.push_back({"tanh", g.builder().getUnitAttr()});
  return g.emit(name, x, attributes) != nullptr;
}

/// An activation or a loss with a number.
static std::function<bool(Grower &, StringRef)> withNumber(StringRef attribute,
                                                           bool isLoss) {
  return [=](Grower &g, StringRef name) {
    SmallVector<Value> operands = {g.operand(floats)};
    if (isLoss)
      operands.push_back(g.operand(tensorType(operands[0])));
    double number = g.random.pick({0.01, 0.5, 1.0, 1.3});
    return g.emit(name, operands,
                  {{attribute, g.builder().getF64FloatAttr(number)}}) !=
           nullptr;
  };
}

static bool drawKlDiv(Grower &g, StringRef name) {
  Value x = g.operand(floats);
  Value t = g.operand(tensorType(x), Draw::unit);
  return g.emit(name, {x, t}) != nullptr;
}

static bool drawAlong(Grower &g, StringRef name) {
  Value x = g.operand(floats, 1);
  int64_t dimension = g.random.below(tensorType(x).getRank());
  return g.emit(name, x,
                {{"dimension", g.builder().getI64IntegerAttr(dimension)}}) !=
         nullptr;
}

static bool drawStatistic(Grower &g, StringRef name) {
  Value x = g.operand(floats, g.random.chance(0.95) ? 1 : 0);
  int64_t rank = tensorType(x).getRank();
  Shape dims = rank && g.random.chance(0.6) ? Shape{g.random.below(rank)}
                                            : g.random.subset(rank);
  Builder &b = g.builder();
  SmallVector<Field> attributes = {
      {"dimensions", b.getDenseI64ArrayAttr(dims)}};
  if (name == "variance")
    attributes.push_back(
        {"correction", b.getI64IntegerAttr(g.random.pick({0, 1}))});
  if (name == "norm")
    attributes.push_back({"order", b.getF64FloatAttr(g.random.pick<double>(
                                       {2, 2, 2, 1, 3, 0, HUGE_VAL}))});
  return g.emit(name, x, attributes) != nullptr;
}

/// An equation over letters whose sizes the operands give.
static bool drawEinsum(Grower &g, StringRef name) {
  llvm::DenseMap<char, int64_t> sizes;
  std::string equation, seen;
  SmallVector<Value> operands;
  Type type;
  for (int64_t i = g.random.pick({1, 2, 2, 2, 3}); i > 0; --i) {
    Value x;
    std::string letters;
    if (operands.empty()) {
      x = g.operand(floats, 1, 4);
      type = tensorType(x).getElementType();
      for (int64_t size : tensorType(x).getShape()) {
        char letter = static_cast<char>('a' + seen.size());
        // Twice in one operand is the diagonal.
        for (char other : letters)
          if (sizes[other] == size && g.random.chance(0.15))
            letter = other;
        sizes[letter] = size;
        letters += letter;
        if (!llvm::is_contained(seen, letter))
          seen += letter;
      }
    } else {
      Shape shape;
      for (int64_t d = g.random.between(1, 3); d > 0; --d) {
        char letter = g.random.chance(0.7)
                          ? seen[g.random.below(seen.size())]
                          : static_cast<char>('a' + seen.size());
        if (!sizes.contains(letter)) {
          sizes[letter] = g.size();
          seen += letter;
        }
        letters += letter;
        shape.push_back(sizes[letter]);
      }
      x = g.operand(g.type(shape, type));
    }
    operands.push_back(x);
    equation += (equation.empty() ? "" : ",") + letters;
  }
  equation += "->";
  int64_t letters = static_cast<int64_t>(seen.size());
  SmallVector<int64_t> kept = g.random.subset(letters);
  g.random.shuffle(kept);
  for (int64_t letter : kept)
    equation += seen[letter];
  return g.emit(name, operands,
                {{"equation", g.builder().getStringAttr(equation)}}) != nullptr;
}

static bool drawCrossEntropy(Grower &g, StringRef name) {
  Value x = g.operand(floats, 1, 4);
  RankedTensorType type = tensorType(x);
  int64_t classes = type.getShape().back();
  Builder &b = g.builder();
  SmallVector<Field> attributes;
  Value labels;
  if (name != "nll" && g.random.chance(0.3)) {
    labels = g.operand(type, Draw::unit);
  } else {
    Shape shape(type.getShape().drop_back());
    labels = g.fresh(g.type(shape, g.element(indices)), Draw::below, classes);
    if (g.random.chance(0.3))
      attributes.push_back(
          {"ignore_index", b.getI64IntegerAttr(g.random.pick({0, 1, -1}))});
  }
  if (name != "nll" && g.random.chance(0.3))
    attributes.push_back({"smoothing", b.getF64FloatAttr(0.1)});
  return g.emit(name, {x, labels}, attributes) != nullptr;
}

//===-- Quantisation
//-------------------------------------------------------===//

static bool drawQuantize(Grower &g, StringRef name) {
  static constexpr Element bytes[] = {Element::i8, Element::ui8};
  Value x = g.operand(floats);
  RankedTensorType from = tensorType(x);
  Value scale = g.operand(g.scalar(from.getElementType()), Draw::positive);
  Type byte = g.element(bytes);
  Value zero = g.operand(g.scalar(byte));
  return g.emit(name, {x, scale, zero}, {}, g.type(from.getShape(), byte)) !=
         nullptr;
}

static bool drawDequantize(Grower &g, StringRef name) {
  static constexpr Element bytes[] = {Element::i8, Element::ui8};
  Value x = g.operand(bytes);
  RankedTensorType from = tensorType(x);
  Type result = g.element(floats);
  Value scale = g.operand(g.scalar(result), Draw::positive);
  Value zero = g.operand(g.scalar(from.getElementType()));
  return g.emit(name, {x, scale, zero}, {}, g.type(from.getShape(), result)) !=
         nullptr;
}

static bool drawFakeQuant(Grower &g, StringRef name) {
  Value x = g.operand(floats);
  RankedTensorType scalar = g.scalar(tensorType(x).getElementType());
  Value scale = g.operand(scalar, Draw::positive);
  Value zero = g.operand(scalar, Draw::few);
  Builder &b = g.builder();
  int64_t low = g.random.pick({-128, 0, -2});
  return g.emit(name, {x, scale, zero},
                {{"low", b.getI64IntegerAttr(low)},
                 {"high", b.getI64IntegerAttr(g.random.pick({3, 127}))}}) !=
         nullptr;
}

void dlc::smith::addComposites(SmallVectorImpl<Rule> &rules) {
  for (StringRef name : {"relu", "softplus", "silu", "hard_sigmoid"})
    rules.push_back({name, 2, drawUnary});
  for (StringRef name : {"prelu", "mse", "l1", "sigmoid_binary_cross_entropy"})
    rules.push_back({name, 2, drawBinary});
  rules.push_back({"gelu", 2, drawGelu});
  rules.push_back({"leaky_relu", 2, withNumber("slope", false)});
  rules.push_back({"elu", 2, withNumber("alpha", false)});
  rules.push_back({"huber", 2, withNumber("delta", true)});
  rules.push_back({"kl_div", 2, drawKlDiv});
  for (StringRef name : {"softmax", "log_softmax", "log_sum_exp"})
    rules.push_back({name, 3, drawAlong});
  for (StringRef name : {"mean", "variance", "norm"})
    rules.push_back({name, 3, drawStatistic});
  rules.push_back({"einsum", 3, drawEinsum});
  rules.push_back({"softmax_cross_entropy", 3, drawCrossEntropy});
  rules.push_back({"nll", 2, drawCrossEntropy});
  rules.push_back({"uniform_quantize", 2, drawQuantize});
  rules.push_back({"uniform_dequantize", 2, drawDequantize});
  rules.push_back({"fake_quant", 2, drawFakeQuant});
}
