// How normalisations and pooling are drawn.

#include "Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static mlir::Attribute epsilon(Grower &g) {
  return g.builder().getF64FloatAttr(g.random.pick({1e-5, 1e-3, 0.1}));
}

static bool drawBatchNorm(Grower &g, StringRef name) {
  Value x = g.operand(floats, 1, 5);
  RankedTensorType type = tensorType(x);
  int64_t feature = g.random.below(type.getRank());
  RankedTensorType one =
      g.type(type.getDimSize(feature), type.getElementType());
  SmallVector<Value> operands = {x, g.operand(one), g.operand(one)};
  if (name == "batch_norm_inference") {
    operands.push_back(g.operand(one));
    operands.push_back(g.operand(one, Draw::positive));
  }
  return g.emit(name, operands,
                {{"feature", g.builder().getI64IntegerAttr(feature)},
                 {"epsilon", epsilon(g)}}) != nullptr;
}

/// layer_norm and rms_norm: a row is trailing dimensions.
static bool drawRowNorm(Grower &g, StringRef name) {
  Value x = g.operand(floats, 1, 5);
  RankedTensorType type = tensorType(x);
  int64_t rank = g.random.chance(0.7) ? 1 : g.random.between(1, type.getRank());
  RankedTensorType row =
      g.type(type.getShape().take_back(rank), type.getElementType());
  SmallVector<Value> operands = {x, g.operand(row)};
  if (name == "layer_norm")
    operands.push_back(g.operand(row));
  return g.emit(name, operands, {{"epsilon", epsilon(g)}}) != nullptr;
}

/// group_norm and instance_norm of [N, C, spatial…].
static bool drawChannelNorm(Grower &g, StringRef name) {
  Value x = g.operand(floats, 2, 5);
  RankedTensorType type = tensorType(x);
  RankedTensorType one = g.type(type.getDimSize(1), type.getElementType());
  SmallVector<Value> operands = {x, g.operand(one), g.operand(one)};
  SmallVector<Field> attributes = {{"epsilon", epsilon(g)}};
  if (name == "group_norm") {
    SmallVector<int64_t> divisors;
    for (int64_t i = 1; i <= type.getDimSize(1); ++i)
      if (type.getDimSize(1) % i == 0)
        divisors.push_back(i);
    if (divisors.empty())
      return false;
    int64_t groups = g.random.pick(ArrayRef<int64_t>(divisors));
    attributes.push_back({"groups", g.builder().getI64IntegerAttr(groups)});
  }
  return g.emit(name, operands, attributes) != nullptr;
}

static bool drawPool(Grower &g, StringRef name) {
  Value x = g.operand(floats, g.random.chance(0.9) ? 3 : 2, 5);
  WindowDraw w = drawWindow(g.random, tensorType(x).getShape().drop_front(2));
  Builder &b = g.builder();
  SmallVector<Field> attributes = {
      {"window", b.getDenseI64ArrayAttr(w.size)},
      {"strides", b.getDenseI64ArrayAttr(w.strides)},
      {"low", b.getDenseI64ArrayAttr(w.low)},
      {"high", b.getDenseI64ArrayAttr(w.high)}};
  if (name == "avg_pool" && g.random.chance(0.5))
    attributes.push_back({"count_padding", b.getUnitAttr()});
  return g.emit(name, x, attributes) != nullptr;
}

static bool drawGlobalAvgPool(Grower &g, StringRef name) {
  return g.emit(name, g.operand(floats, 2, 5)) != nullptr;
}

void dlc::smith::addNormalizations(SmallVectorImpl<Rule> &rules) {
  for (StringRef name : {"batch_norm_training", "batch_norm_inference"})
    rules.push_back({name, 2, drawBatchNorm});
  for (StringRef name : {"layer_norm", "rms_norm"})
    rules.push_back({name, 2, drawRowNorm});
  for (StringRef name : {"group_norm", "instance_norm"})
    rules.push_back({name, 2, drawChannelNorm});
  for (StringRef name : {"max_pool", "avg_pool"})
    rules.push_back({name, 2, drawPool});
  rules.push_back({"global_avg_pool", 2, drawGlobalAvgPool});
}
