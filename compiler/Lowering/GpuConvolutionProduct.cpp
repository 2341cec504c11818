// A convolution on a GPU as a product of two matrices: its places by its taps
// and channels, of which a position is where a tap of a place meets a pixel.

#include "Lowering/GpuContractionProduct.h"

#include "IR/ElementPlaces.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

/// Columns of a group, at least, for tiles.
static constexpr int64_t fewestColumns = 2;

/// Groups of channels or of images: products of their own, side by side.
static int64_t groupsOf(ConvolutionOp op) {
  return op.getGroups() * op.getBatchGroups();
}

int64_t dlc::partOf(ConvolutionOp op) {
  ArrayRef<int64_t> shape = tensorType(op.getResult()).getShape();
  ArrayRef<int64_t> taps = tensorType(op.getFilters()).getShape().drop_back();
  int64_t groups = groupsOf(op);
  return partOf(groups, computeProduct(shape.drop_back()),
                shape.back() / groups, computeProduct(taps), /*isFree=*/true);
}

namespace {
/// A kernel's input, perhaps moved.
struct View {
  Value memory;
  SmallVector<int64_t> shape, strides;

  int64_t rank() const { return shape.size(); }
  /// The largest power of two, up to 16 bytes, that divides the size of
  /// dimension `d`, whose elements are neighbours, and the other strides.
  int64_t unitAlong(int64_t d, Type element) const {
    if (strides[d] != 1)
      return 1;
    int64_t bits = 16 / (element.getIntOrFloatBitWidth() / 8) | shape[d];
    for (int64_t i = 0; i < rank(); ++i)
      if (i != d && shape[i] != 1)
        bits |= strides[i];
    return bits & -bits;
  }
};
} // namespace

/// None if `value` is computed, or begins within its array.
static std::optional<View> viewIn(KernelFunction &k, Value value) {
  std::optional<ElementPlaces> places = placesOf(value);
  if (!places || places->offset != 0)
    return std::nullopt;
  return View{k.input(places->memory.getArgNumber()),
              SmallVector<int64_t>(tensorType(value).getShape()),
              places->strides};
}

namespace {
/// A spatial dimension in which a tap may meet padding or, between the pixels
/// of a dilated image, nothing.
struct PaddedDim {
  /// The tap's coordinate, of those of k.
  size_t tap;
  int64_t low, dilation, apart, size, stride;
};

/// The places [N, spatial…] as rows, in any order of the dimensions.
struct Places {
  SmallVector<int64_t> shape, order;

  SmallVector<Value> at(KernelFunction &k, Value row) const {
    SmallVector<int64_t> ordered;
    for (int64_t d : order)
      ordered.push_back(shape[d]);
    SmallVector<Value> place(shape.size());
    for (auto [d, coordinate] :
         llvm::zip_equal(order, k.delinearize(row, ordered)))
      place[d] = coordinate;
    return place;
  }
};
} // namespace

/// Adds the dimension's part of the position.
static void addPadded(KernelFunction &k, const PaddedDim &d, Value start,
                      Value tap, Value &position, Value &exists) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  GpuMemory m(k);
  Value at = m.sum({{start, 1}, {tap, d.dilation}});
  auto require = [&](Value condition) {
    exists = exists ? m.both(exists, condition) : condition;
  };
  if (d.apart != 1) {
    Value rest = b.create<arith::RemSIOp>(loc, at, k.constant(d.apart));
    require(m.isEqual(rest, 0));
    at = b.create<arith::DivSIOp>(loc, at, k.constant(d.apart));
  }
  require(m.isBelow(at, d.size)); // below 0 is large without a sign
  position = m.sum({{position, 1}, {at, d.stride}});
}

/// Rows are places [N, spatial…], k are [spatial…, C], columns output channels:
/// images[n, place * stride + tap * dilation - low, c] filters[tap, c, column].
static void setImages(KernelFunction &k, ConvolutionOp op, const View &images,
                      const Places &places, ArrayRef<int64_t> taps,
                      GpuOperand &a) {
  SmallVector<PaddedDim> padded;
  /// What each coordinate of a place, and of a tap, adds to the position.
  SmallVector<int64_t> placeSteps = {images.strides[0]}, tapSteps;
  for (size_t d = 1; d < places.shape.size(); ++d) {
    int64_t stride = op.getStrides()[d - 1], low = op.getLow()[d - 1],
            dilation = op.getFilterDilation()[d - 1],
            apart = op.getImageDilation()[d - 1];
    bool isPlain = low == 0 && op.getHigh()[d - 1] <= 0 && apart == 1;
    if (!isPlain)
      padded.push_back(
          {d - 1, low, dilation, apart, images.shape[d], images.strides[d]});
    placeSteps.push_back(isPlain ? stride * images.strides[d] : 0);
    tapSteps.push_back(isPlain ? dilation * images.strides[d] : 0);
  }
  tapSteps.push_back(images.strides.back());
  a.isPadded = !padded.empty();
  a.rowValues = 1 + padded.size();

  SmallVector<int64_t> strides(op.getStrides());
  a.rowPart = [=, &k](Value row) {
    GpuMemory m(k);
    SmallVector<Value> place = places.at(k, row);
    SmallVector<std::pair<Value, int64_t>> terms;
    for (auto [coordinate, step] : llvm::zip_equal(place, placeSteps))
      terms.emplace_back(coordinate, step);
    SmallVector<Value> part = {m.sum(terms)};
    for (const PaddedDim &d : padded)
      part.push_back(m.sum({{place[d.tap + 1], strides[d.tap]}}, -d.low));
    return part;
  };
  a.positionOf = [=, &k](ValueRange rowPart, Value at, Value &exists) {
    SmallVector<Value> tap = k.delinearize(at, taps);
    SmallVector<std::pair<Value, int64_t>> terms = {{rowPart[0], 1}};
    for (auto [coordinate, step] : llvm::zip_equal(tap, tapSteps))
      terms.emplace_back(coordinate, step);
    Value position = GpuMemory(k).sum(terms);
    for (auto [i, d] : llvm::enumerate(padded))
      addPadded(k, d, rowPart[i + 1], tap[d.tap], position, exists);
    return position;
  };
}

std::optional<GpuProduct> dlc::productOf(KernelFunction &k, ConvolutionOp op) {
  std::optional<View> images = viewIn(k, op.getImages()),
                      filters = viewIn(k, op.getFilters());
  if (!images || !filters || isEmpty(op.getResult()) ||
      isEmpty(op.getImages()) || isEmpty(op.getFilters()))
    return std::nullopt;
  ArrayRef<int64_t> taps = tensorType(op.getFilters()).getShape().drop_back();
  ArrayRef<int64_t> shape = tensorType(op.getResult()).getShape();
  int64_t groups = groupsOf(op), columns = shape.back() / groups;
  // A thread an element is better where a tile would be mostly empty.
  if (groups != 1 && columns < fewestColumns)
    return std::nullopt;
  int64_t channel = images->rank() - 1, column = filters->rank() - 1;
  // Those of one group.
  images->shape[0] = op.getBatchGroups() != 1 ? shape[0] : images->shape[0];
  images->shape[channel] = taps.back();
  filters->shape[column] = columns;
  // Neighbouring rows are near each other in memory.
  Places places{SmallVector<int64_t>(shape.drop_back()), {}};
  places.order = llvm::to_vector(llvm::seq<int64_t>(0, places.shape.size()));
  llvm::sort(places.order, [&](int64_t x, int64_t y) {
    return std::tuple(-images->strides[x], x) <
           std::tuple(-images->strides[y], y);
  });
  Type element = tensorType(op.getResult()).getElementType();

  GpuProduct p;
  p.result = op.getResult();
  p.batch = groups;
  p.rows = computeProduct(places.shape);
  p.columns = columns;
  p.depth = computeProduct(taps);
  // One chain, as on a CPU, or one a part.
  int64_t part = partOf(op);
  p.blockDepth = part ? part : p.depth;
  p.inParts = part != 0;

  p.a.memory = images->memory;
  p.a.element = element;
  p.a.rows = p.rows;
  p.a.depth = p.depth;
  p.a.alongDepth = images->strides[channel] == 1;
  // Windows start anywhere, so their pixels are read one by one.
  p.a.unit = p.a.alongDepth             ? images->unitAlong(channel, element)
             : places.order.back() == 0 ? images->unitAlong(0, element)
                                        : 1;
  int64_t imagesApart = op.getBatchGroups() != 1
                            ? shape[0] * images->strides[0]
                            : taps.back() * images->strides[channel];
  setImages(k, op, *images, places, taps, p.a);

  p.b.memory = filters->memory;
  p.b.element = element;
  p.b.rows = p.columns;
  p.b.depth = p.depth;
  p.b.alongDepth =
      filters->strides[column - 1] == 1 && filters->strides[column] != 1;
  p.b.unit = filters->unitAlong(column - p.b.alongDepth, element);
  int64_t filtersApart = columns * filters->strides[column];
  Walk rows, depth;
  rows.append(p.columns, filters->strides[column]);
  for (int64_t d = 0; d < column; ++d)
    depth.append(filters->shape[d], filters->strides[d]);
  setWalks(k, p.b, rows, depth);

  // Where a group begins.
  for (auto [operand, apart] :
       {std::pair(&p.a, imagesApart), std::pair(&p.b, filtersApart)})
    if (groups != 1) {
      operand->unit = std::min(operand->unit, apart & -apart);
      operand->batchPart = [&k, apart](Value group) {
        return GpuMemory(k).times(group, apart);
      };
    }

  p.indexOf = [&k, places, groups, columns](Value group, Value row,
                                            Value column) {
    SmallVector<Value> index = places.at(k, row);
    if (groups != 1)
      column = GpuMemory(k).sum({{group, columns}, {column, 1}});
    index.push_back(column);
    return index;
  };
  return p;
}
