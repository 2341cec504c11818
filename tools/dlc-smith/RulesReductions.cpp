// How reductions, contractions and windows are drawn.

#include "Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::smith;

static bool drawReduce(Grower &g, StringRef name) {
  auto kind =
      static_cast<Reduction>(g.random.pick({0, 0, 0, 1, 2, 2, 3, 4, 5}));
  bool isLogic = kind == Reduction::all || kind == Reduction::any;
  Value x = g.operand(isLogic ? Elements(booleans) : Elements(numbers),
                      g.random.chance(0.95) ? 1 : 0);
  int64_t rank = tensorType(x).getRank();
  // Mostly rows or columns.
  Shape dims = rank && g.random.chance(0.6) ? Shape{g.random.below(rank)}
                                            : g.random.subset(rank);
  return g.emit(name, x,
                {{"kind", ReductionAttr::get(g.builder().getContext(), kind)},
                 {"dimensions", g.builder().getDenseI64ArrayAttr(dims)}}) !=
         nullptr;
}

static bool drawDotGeneral(Grower &g, StringRef name) {
  Value lhs = g.operand(floats, g.random.chance(0.95) ? 1 : 0);
  RankedTensorType type = tensorType(lhs);
  int64_t rank = type.getRank();
  // The dimensions of lhs, each batch, contracted or free.
  Shape lhsBatch, lhsContract;
  for (int64_t d : g.random.permutation(rank))
    if (g.random.chance(rank > 2 ? 0.3 : 0.1))
      lhsBatch.push_back(d);
    else if (g.random.chance(0.5))
      lhsContract.push_back(d);
  // Those of rhs: the same sizes and free ones, in any order.
  Shape sizes;
  for (int64_t d : lhsBatch)
    sizes.push_back(type.getDimSize(d));
  for (int64_t d : lhsContract)
    sizes.push_back(type.getDimSize(d));
  size_t shared = sizes.size();
  for (int64_t i = g.random.pick({0, 1, 1, 1, 2}); i > 0; --i)
    sizes.push_back(g.size());
  Shape order = g.random.permutation(sizes.size());
  Shape shape(sizes.size()), rhsBatch, rhsContract;
  for (size_t i = 0; i < sizes.size(); ++i) {
    shape[order[i]] = sizes[i];
    if (i < lhsBatch.size())
      rhsBatch.push_back(order[i]);
    else if (i < shared)
      rhsContract.push_back(order[i]);
  }
  Value rhs = g.operand(g.type(shape, type.getElementType()));
  Builder &b = g.builder();
  if (g.random.chance(0.3)) {
    std::swap(lhs, rhs);
    std::swap(lhsBatch, rhsBatch);
    std::swap(lhsContract, rhsContract);
  }
  return g.emit(name, {lhs, rhs},
                {{"lhs_batch", b.getDenseI64ArrayAttr(lhsBatch)},
                 {"rhs_batch", b.getDenseI64ArrayAttr(rhsBatch)},
                 {"lhs_contract", b.getDenseI64ArrayAttr(lhsContract)},
                 {"rhs_contract", b.getDenseI64ArrayAttr(rhsContract)}}) !=
         nullptr;
}

//===-- Windows
//------------------------------------------------------------===//

WindowDraw dlc::smith::drawWindow(Random &random, ArrayRef<int64_t> shape) {
  WindowDraw w;
  for (int64_t size : shape) {
    bool isOne = random.chance(0.4);
    w.size.push_back(
        isOne ? 1 : random.between(1, std::clamp<int64_t>(size, 1, 4)));
    w.strides.push_back(isOne ? 1 : random.pick({1, 1, 2, 3}));
    w.dilations.push_back(random.pick({1, 1, 1, 2}));
    w.low.push_back(random.pick({0, 0, 0, 1, 2, -1}));
    w.high.push_back(random.pick({0, 0, 0, 1, 2, -1}));
  }
  return w;
}

static SmallVector<Field> attributesOf(Builder &b, const WindowDraw &w) {
  return {{"window", b.getDenseI64ArrayAttr(w.size)},
          {"strides", b.getDenseI64ArrayAttr(w.strides)},
          {"dilations", b.getDenseI64ArrayAttr(w.dilations)},
          {"low", b.getDenseI64ArrayAttr(w.low)},
          {"high", b.getDenseI64ArrayAttr(w.high)}};
}

static Operation *emitReduceWindow(Grower &g, Value x, const WindowDraw &w,
                                   Reduction kind) {
  SmallVector<Field> attributes = attributesOf(g.builder(), w);
  attributes.push_back(
      {"kind", ReductionAttr::get(g.builder().getContext(), kind)});
  return g.emit("reduce_window", x, attributes);
}

static bool drawReduceWindow(Grower &g, StringRef) {
  Value x = g.operand(numbers, 1, 4);
  WindowDraw w = drawWindow(g.random, tensorType(x).getShape());
  auto kind = static_cast<Reduction>(g.random.pick({0, 0, 1, 2, 2, 3}));
  return emitReduceWindow(g, x, w, kind) != nullptr;
}

static bool drawSelectAndScatter(Grower &g, StringRef name) {
  if (g.opsLeft() < 2)
    return false;
  Value x = g.operand(floats, 1, 4);
  WindowDraw w = drawWindow(g.random, tensorType(x).getShape());
  // The source has the shape of the maxima.
  Operation *maxima = emitReduceWindow(g, x, w, Reduction::max);
  if (!maxima)
    return false;
  Value source = g.operand(tensorType(maxima->getResult(0)));
  return g.emit(name, {x, source}, attributesOf(g.builder(), w)) != nullptr;
}

static bool drawConvolution(Grower &g, StringRef name) {
  Value images = g.operand(floats, 2, 5);
  RankedTensorType type = tensorType(images);
  int64_t spatial = type.getRank() - 2;
  bool last = g.random.chance(0.4), batchLast = !last && g.random.chance(0.3);
  int64_t batchDim = batchLast ? spatial + 1 : 0;
  int64_t channels = type.getDimSize(last ? spatial + 1 : batchLast ? 0 : 1);
  int64_t groups = 1, batchGroups = 1;
  if (int64_t each = g.random.pick({2, 3, 4}); g.random.chance(0.3)) {
    if (g.random.chance(0.5) && channels % each == 0 && channels)
      groups = each;
    else if (type.getDimSize(batchDim) % each == 0 && type.getDimSize(batchDim))
      batchGroups = each;
  }
  int64_t outputs = g.random.between(1, 5) * groups * batchGroups;
  Shape window, strides, low, high, imageDilation, filterDilation;
  for (int64_t d = 0; d < spatial; ++d) {
    int64_t size = type.getDimSize(last || batchLast ? d + 1 : d + 2);
    window.push_back(g.random.between(1, std::clamp<int64_t>(size, 1, 4)));
    strides.push_back(g.random.pick({1, 1, 2, 3}));
    low.push_back(g.random.pick({0, 0, 1, 2, -1}));
    high.push_back(g.random.pick({0, 0, 1, 2, -1}));
    imageDilation.push_back(g.random.pick({1, 1, 1, 2}));
    filterDilation.push_back(g.random.pick({1, 1, 1, 2}));
  }
  Shape shape;
  if (last) {
    shape = window;
    shape.push_back(channels / groups);
    shape.push_back(outputs);
  } else {
    shape = {outputs, channels / groups};
    llvm::append_range(shape, window);
  }
  Value filters = g.operand(g.type(shape, type.getElementType()));
  Builder &b = g.builder();
  SmallVector<Field> attributes = {
      {"strides", b.getDenseI64ArrayAttr(strides)},
      {"low", b.getDenseI64ArrayAttr(low)},
      {"high", b.getDenseI64ArrayAttr(high)},
      {"image_dilation", b.getDenseI64ArrayAttr(imageDilation)},
      {"filter_dilation", b.getDenseI64ArrayAttr(filterDilation)},
      {"groups", b.getI64IntegerAttr(groups)},
      {"batch_groups", b.getI64IntegerAttr(batchGroups)}};
  if (last)
    attributes.push_back({"channels_last", b.getUnitAttr()});
  if (batchLast)
    attributes.push_back({"batch_last", b.getUnitAttr()});
  return g.emit(name, {images, filters}, attributes) != nullptr;
}

static bool drawCumulativeSum(Grower &g, StringRef name) {
  Value x = g.operand(numbers, 1);
  Builder &b = g.builder();
  SmallVector<Field> attributes = {
      {"dimension",
       b.getI64IntegerAttr(g.random.below(tensorType(x).getRank()))}};
  if (g.random.chance(0.4))
    attributes.push_back({"reverse", b.getUnitAttr()});
  if (g.random.chance(0.4))
    attributes.push_back({"exclusive", b.getUnitAttr()});
  return g.emit(name, x, attributes) != nullptr;
}

void dlc::smith::addReductions(SmallVectorImpl<Rule> &rules) {
  rules.push_back({"reduce", 14, drawReduce});
  rules.push_back({"dot_general", 12, drawDotGeneral});
  rules.push_back({"reduce_window", 3, drawReduceWindow});
  rules.push_back({"select_and_scatter", 2, drawSelectAndScatter});
  rules.push_back({"convolution", 4, drawConvolution});
  rules.push_back({"cumulative_sum", 3, drawCumulativeSum});
}
