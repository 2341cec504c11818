// How transposed convolutions, recurrent cells and attention are drawn.

#include "Grower.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static bool drawConvTranspose(Grower &g, StringRef name) {
  Value images = g.operand(floats, 3, 4);
  RankedTensorType type = tensorType(images);
  int64_t spatial = type.getRank() - 2, channels = type.getDimSize(1);
  int64_t groups = channels % 2 == 0 && g.random.chance(0.3) ? 2 : 1;
  Shape filters = {channels, g.random.between(1, 4)};
  Shape strides, padding, output, dilation;
  for (int64_t d = 0; d < spatial; ++d) {
    filters.push_back(g.random.between(1, 4));
    strides.push_back(g.random.pick({1, 1, 2, 3}));
    padding.push_back(g.random.pick({0, 0, 1}));
    output.push_back(g.random.pick({0, 0, 1}));
    dilation.push_back(g.random.pick({1, 1, 2}));
  }
  Builder &b = g.builder();
  Value w = g.operand(g.type(filters, type.getElementType()));
  return g.emit(name, {images, w},
                {{"strides", b.getDenseI64ArrayAttr(strides)},
                 {"padding", b.getDenseI64ArrayAttr(padding)},
                 {"output_padding", b.getDenseI64ArrayAttr(output)},
                 {"dilation", b.getDenseI64ArrayAttr(dilation)},
                 {"groups", b.getI64IntegerAttr(groups)}}) != nullptr;
}

static bool drawCell(Grower &g, StringRef name) {
  int64_t gates = name == "rnn_cell" ? 1 : name == "gru_cell" ? 3 : 4;
  Value x = g.operand(floats, 2, 2);
  RankedTensorType type = tensorType(x);
  Type element = type.getElementType();
  int64_t images = type.getDimSize(0), inputs = type.getDimSize(1);
  int64_t units = std::min<int64_t>(g.size(), 8);
  RankedTensorType state = g.type({images, units}, element);
  SmallVector<Value> operands = {x, g.operand(state)};
  if (name == "lstm_cell")
    operands.push_back(g.operand(state));
  operands.push_back(g.operand(g.type({gates * units, inputs}, element)));
  operands.push_back(g.operand(g.type({gates * units, units}, element)));
  operands.push_back(g.operand(g.type(gates * units, element)));
  if (name == "gru_cell")
    operands.push_back(g.operand(g.type(units, element)));
  return g.emit(name, operands) != nullptr;
}

static bool drawAttention(Grower &g, StringRef name) {
  bool isAdditive = name == "additive_attention";
  Value query = g.operand(floats, 2, 4);
  RankedTensorType type = tensorType(query);
  Type element = type.getElementType();
  Shape batch(type.getShape().drop_back(2));
  auto under = [&](int64_t rows, int64_t columns, Type of) {
    Shape shape = batch;
    shape.push_back(rows);
    shape.push_back(columns);
    return g.type(shape, of);
  };
  int64_t queries = type.getShape().take_back(2)[0];
  int64_t keys = g.size(), features = type.getShape().back();
  SmallVector<Value> operands = {query};
  operands.push_back(g.operand(under(keys, features, element)));
  operands.push_back(g.operand(under(keys, g.size(), element)));
  if (isAdditive)
    operands.push_back(g.operand(g.type(features, element)));
  if (g.random.chance(0.4))
    operands.push_back(g.operand(under(queries, keys, g.element(booleans))));
  Builder &b = g.builder();
  SmallVector<Field> attributes;
  if (!isAdditive) {
    attributes.push_back({"scale", b.getF64FloatAttr(0.5)});
    if (g.random.chance(0.4))
      attributes.push_back({"causal", b.getUnitAttr()});
  }
  return g.emit(name, operands, attributes) != nullptr;
}

void dlc::smith::addLayers(SmallVectorImpl<Rule> &rules) {
  rules.push_back({"conv_transpose", 2, drawConvTranspose});
  for (StringRef name : {"rnn_cell", "gru_cell", "lstm_cell"})
    rules.push_back({name, 2, drawCell});
  for (StringRef name : {"scaled_dot_product_attention", "additive_attention"})
    rules.push_back({name, 2, drawAttention});
}
