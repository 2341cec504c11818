// How sources and the ops that move elements are drawn.

#include "Grower.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static bool drawConstant(Grower &g, StringRef) {
  Shape shape = g.shape(0, 2);
  RankedTensorType type = g.type(shape, g.element(all));
  Draw draw{g.random.chance(0.5) ? Draw::few : Draw::plain, g.random.next()};
  interpreter::Tensor value = draw.tensor(type);
  if (value.size() > 32)
    return false;
  g.constant(value);
  return true;
}

static bool drawIota(Grower &g, StringRef name) {
  Shape shape = g.shape(1, 4);
  RankedTensorType type = g.type(shape, g.element(numbers));
  int64_t dimension = g.random.below(type.getRank());
  return g.emit(name, {},
                {{"dimension", g.builder().getI64IntegerAttr(dimension)}},
                type) != nullptr;
}

static bool drawBroadcast(Grower &g, StringRef name) {
  Value x = g.operand(all, 0, 5);
  RankedTensorType from = tensorType(x);
  int64_t rank = std::min<int64_t>(from.getRank() + g.random.between(0, 2), 8);
  Shape dims = g.random.subset(rank, from.getRank());
  Shape shape(rank);
  for (int64_t &each : shape)
    each = g.size();
  for (auto [d, each] : llvm::zip(dims, from.getShape()))
    if (each != 1 || g.random.chance(0.3))
      shape[d] = each;
  return g.emit(name, x,
                {{"dimensions", g.builder().getDenseI64ArrayAttr(dims)}},
                g.type(shape, from.getElementType())) != nullptr;
}

/// Sizes of the same product: neighbours merge, sizes split, ones come and go.
static Shape regroup(Random &random, ArrayRef<int64_t> from) {
  Shape shape;
  for (int64_t size : from)
    if (!shape.empty() && random.chance(0.4))
      shape.back() *= size;
    else
      shape.push_back(size);
  Shape result;
  for (int64_t size : shape) {
    if (random.chance(0.1))
      result.push_back(1);
    int64_t divisor = random.pick({2, 3, 4, 8});
    if (size > divisor && size % divisor == 0 && random.chance(0.4)) {
      result.push_back(divisor);
      size /= divisor;
    }
    if (size != 1 || random.chance(0.7))
      result.push_back(size);
  }
  return result;
}

static bool drawReshape(Grower &g, StringRef name) {
  Value x = g.operand(all);
  RankedTensorType from = tensorType(x);
  Shape shape = regroup(g.random, from.getShape());
  return g.emit(name, x, {}, g.type(shape, from.getElementType())) != nullptr;
}

static bool drawTranspose(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.9) ? 2 : 0);
  Shape order = g.random.permutation(tensorType(x).getRank());
  return g.emit(name, x,
                {{"permutation", g.builder().getDenseI64ArrayAttr(order)}}) !=
         nullptr;
}

static bool drawSlice(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.95) ? 1 : 0);
  Shape start, limit, strides;
  for (int64_t size : tensorType(x).getShape()) {
    bool isWhole = g.random.chance(0.4);
    start.push_back(isWhole ? 0 : g.random.below(std::max<int64_t>(size, 1)));
    limit.push_back(isWhole ? size : g.random.between(start.back(), size));
    strides.push_back(g.random.pick({1, 1, 1, 2, 3}));
    // Mostly not empty.
    if (limit.back() == start.back() && g.random.chance(0.8))
      limit.back() = std::min(start.back() + 1, size);
  }
  Builder &b = g.builder();
  return g.emit(name, x,
                {{"start", b.getDenseI64ArrayAttr(start)},
                 {"limit", b.getDenseI64ArrayAttr(limit)},
                 {"strides", b.getDenseI64ArrayAttr(strides)}}) != nullptr;
}

static bool drawPad(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.95) ? 1 : 0);
  RankedTensorType from = tensorType(x);
  Shape low, high, interior;
  for (int64_t d = 0; d < from.getRank(); ++d) {
    low.push_back(g.random.pick({0, 0, 0, 1, 2, -1}));
    high.push_back(g.random.pick({0, 0, 0, 1, 3, -1}));
    interior.push_back(g.random.pick({0, 0, 0, 0, 1, 2}));
  }
  Value value = g.operand(g.scalar(from.getElementType()));
  Builder &b = g.builder();
  return g.emit(name, {x, value},
                {{"low", b.getDenseI64ArrayAttr(low)},
                 {"high", b.getDenseI64ArrayAttr(high)},
                 {"interior", b.getDenseI64ArrayAttr(interior)}}) != nullptr;
}

static bool drawReverse(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.9) ? 1 : 0);
  Shape dims = g.random.subset(tensorType(x).getRank());
  return g.emit(name, x,
                {{"dimensions", g.builder().getDenseI64ArrayAttr(dims)}}) !=
         nullptr;
}

static bool drawConcatenate(Grower &g, StringRef name) {
  Value x = g.operand(all, 1);
  RankedTensorType from = tensorType(x);
  int64_t dimension = g.random.below(from.getRank());
  SmallVector<Value> parts = {x};
  for (int64_t i = g.random.below(4); i > 0; --i) {
    Shape shape(from.getShape());
    shape[dimension] = g.size();
    parts.push_back(g.operand(g.type(shape, from.getElementType())));
  }
  g.random.shuffle(parts);
  return g.emit(name, parts,
                {{"dimension", g.builder().getI64IntegerAttr(dimension)}}) !=
         nullptr;
}

/// A start for each dimension of x, some outside.
static void addStarts(Grower &g, ArrayRef<int64_t> shape,
                      SmallVectorImpl<Value> &operands) {
  RankedTensorType type = g.scalar(g.element(indices));
  for (int64_t size : shape)
    operands.push_back(g.random.chance(0.3)
                           ? g.operand(type)
                           : g.fresh(type, Draw::around, size));
}

static bool drawDynamicSlice(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.95) ? 1 : 0);
  ArrayRef<int64_t> shape = tensorType(x).getShape();
  Shape sizes;
  for (int64_t size : shape)
    sizes.push_back(g.random.chance(0.4)
                        ? size
                        : g.random.between(std::min<int64_t>(size, 1), size));
  SmallVector<Value> operands = {x};
  addStarts(g, shape, operands);
  return g.emit(name, operands,
                {{"sizes", g.builder().getDenseI64ArrayAttr(sizes)}}) !=
         nullptr;
}

static bool drawDynamicUpdateSlice(Grower &g, StringRef name) {
  Value x = g.operand(all, g.random.chance(0.95) ? 1 : 0);
  RankedTensorType type = tensorType(x);
  Value update = g.pick([&](RankedTensorType each) {
    return each.getElementType() == type.getElementType() &&
           each.getRank() == type.getRank() &&
           llvm::all_of(llvm::zip(each.getShape(), type.getShape()),
                        [](auto pair) {
                          auto [part, whole] = pair;
                          return part <= whole;
                        });
  });
  if (update == x || g.random.chance(0.3)) {
    Shape shape;
    for (int64_t size : type.getShape())
      shape.push_back(g.random.between(std::min<int64_t>(size, 1), size));
    update = g.operand(g.type(shape, type.getElementType()));
  }
  SmallVector<Value> operands = {x, update};
  addStarts(g, type.getShape(), operands);
  return g.emit(name, operands) != nullptr;
}

void dlc::smith::addIndexMaps(SmallVectorImpl<Rule> &rules) {
  rules.push_back({"constant", 2, drawConstant});
  rules.push_back({"iota", 3, drawIota});
  rules.push_back({"broadcast_in_dim", 6, drawBroadcast});
  rules.push_back({"reshape", 6, drawReshape});
  rules.push_back({"transpose", 8, drawTranspose});
  rules.push_back({"slice", 5, drawSlice});
  rules.push_back({"pad", 5, drawPad});
  rules.push_back({"reverse", 3, drawReverse});
  rules.push_back({"concatenate", 5, drawConcatenate});
  rules.push_back({"dynamic_slice", 3, drawDynamicSlice});
  rules.push_back({"dynamic_update_slice", 3, drawDynamicUpdateSlice});
}
