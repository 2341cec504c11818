// How gather, scatter and sorting are drawn.

#include "Grower.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

namespace {
/// Rows of indices into x.
struct Places {
  Value indices;
  int64_t batch;
  Shape dims;
  /// Of what is gathered there.
  Shape shape;
};
} // namespace

static Places drawPlaces(Grower &g, Value x) {
  RankedTensorType type = tensorType(x);
  int64_t rank = type.getRank();
  Places p;
  p.batch = rank && g.random.chance(0.25) ? 1 : 0;
  p.dims = g.random.subset(
      rank - p.batch,
      g.random.between(0, std::min<int64_t>(2, rank - p.batch)));
  for (int64_t &d : p.dims)
    d += p.batch;
  p.shape = Shape(type.getShape().take_front(p.batch));
  for (int64_t i = g.random.pick({0, 1, 1, 2}); i > 0; --i)
    p.shape.push_back(g.size());
  Shape rows = p.shape;
  rows.push_back(p.dims.size());
  int64_t limit = 1;
  for (int64_t d : p.dims)
    limit = std::max(limit, type.getDimSize(d));
  for (int64_t d = p.batch; d < rank; ++d)
    if (!llvm::is_contained(p.dims, d))
      p.shape.push_back(type.getDimSize(d));
  RankedTensorType index = g.type(rows, g.element(indices));
  p.indices = index.getNumElements() <= 2048
                  ? g.fresh(index, Draw::around, limit)
                  : Value();
  return p;
}

static SmallVector<Field> attributesOf(Builder &b, const Places &p) {
  return {{"batch_dims", b.getI64IntegerAttr(p.batch)},
          {"index_dims", b.getDenseI64ArrayAttr(p.dims)}};
}

static bool drawGather(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.95) ? 1 : 0, 5);
  Places p = drawPlaces(g, x);
  return p.indices &&
         g.emit(name, {x, p.indices}, attributesOf(g.builder(), p)) != nullptr;
}

static bool drawScatter(Grower &g, StringRef name) {
  bool adds = g.random.chance(0.5);
  Value x = g.operand(adds ? Elements(numbers) : Elements(all),
                      g.random.chance(0.95) ? 1 : 0, 5);
  Places p = drawPlaces(g, x);
  RankedTensorType updates = g.type(p.shape, tensorType(x).getElementType());
  if (!p.indices || updates.getNumElements() > g.maxElements)
    return false;
  SmallVector<Field> attributes = attributesOf(g.builder(), p);
  auto mode = adds ? ScatterMode::add : ScatterMode::replace;
  attributes.push_back(
      {"mode", ScatterModeAttr::get(g.builder().getContext(), mode)});
  return g.emit(name, {x, p.indices, g.operand(updates)}, attributes) !=
         nullptr;
}

static bool drawSort(Grower &g, StringRef name) {
  Value keys = g.operand(all, 1);
  RankedTensorType type = tensorType(keys);
  SmallVector<Value> operands = {keys};
  for (int64_t i = g.random.pick({0, 1, 1, 2}); i > 0; --i)
    operands.push_back(g.operand(g.type(type.getShape(), g.element(all))));
  Builder &b = g.builder();
  SmallVector<Field> attributes = {
      {"dimension", b.getI64IntegerAttr(g.random.below(type.getRank()))}};
  if (g.random.chance(0.5))
    attributes.push_back({"descending", b.getUnitAttr()});
  return g.emit(name, operands, attributes) != nullptr;
}

static bool drawArgmax(Grower &g, StringRef name) {
  Value x = g.operand(numbers, 1);
  int64_t dimension = g.random.below(tensorType(x).getRank());
  return g.emit(name, x,
                {{"dimension", g.builder().getI64IntegerAttr(dimension)}}) !=
         nullptr;
}

static bool drawTopK(Grower &g, StringRef name) {
  Value x = g.operand(numbers, 1);
  int64_t k = g.random.between(0, tensorType(x).getShape().back());
  return g.emit(name, x, {{"k", g.builder().getI64IntegerAttr(k)}}) != nullptr;
}

static bool drawOneHot(Grower &g, StringRef name) {
  Shape shape = g.shape(0, 3);
  int64_t classes = g.size();
  Value labels =
      g.random.chance(0.3)
          ? g.operand(indices, 0, 3)
          : g.fresh(g.type(shape, g.element(indices)), Draw::around, classes);
  shape = Shape(tensorType(labels).getShape());
  shape.push_back(classes);
  RankedTensorType type = g.type(shape, g.element(all));
  return g.emit(name, labels, {}, type) != nullptr;
}

static bool drawEmbedding(Grower &g, StringRef name) {
  Value table = g.operand(floats, 1, 4);
  Shape shape = g.shape(0, 3);
  RankedTensorType type = g.type(shape, g.element(indices));
  Value places =
      g.fresh(type, Draw::below, tensorType(table).getShape().front());
  return g.emit(name, {table, places}) != nullptr;
}

static bool drawMagnitudeMask(Grower &g, StringRef name) {
  Value x = g.operand(floats);
  RankedTensorType type = tensorType(x);
  int64_t drop = g.random.between(0, type.getNumElements());
  return g.emit(name, x, {{"drop", g.builder().getI64IntegerAttr(drop)}},
                g.type(type.getShape(), g.element(booleans))) != nullptr;
}

void dlc::smith::addIndexing(SmallVectorImpl<Rule> &rules) {
  rules.push_back({"gather", 3, drawGather});
  rules.push_back({"scatter", 3, drawScatter});
  rules.push_back({"sort", 3, drawSort});
  rules.push_back({"argmax", 1, drawArgmax});
  rules.push_back({"argmin", 1, drawArgmax});
  rules.push_back({"top_k", 2, drawTopK});
  rules.push_back({"one_hot", 2, drawOneHot});
  rules.push_back({"embedding", 2, drawEmbedding});
  rules.push_back({"magnitude_mask", 1, drawMagnitudeMask});
}
