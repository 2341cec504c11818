// dlc-normalize-convolutions: brings convolutions into the forms that the
// window emitter knows:
//
//   channels_last  images [N, spatial…, C], filters [spatial…, C / groups, O]
//   batch_last     images [C, spatial…, N], filters [O, C, spatial…]
//
// Lanes hold what comes last: neighbouring output channels, or neighbouring
// images. A vector has 16 f32, so that a network of 6 channels wastes 10 of 16
// lanes with the channels last and none with a batch of 64 last. Which is
// better is decided once for a function, so that no transposes stand between
// its convolutions.
//
// Of a large batch that lies last neighbouring pixels would lie far apart, in
// few sets of a cache. It comes in parts, which are one more spatial dimension
// of one tap:
//
//   batch_last     images [C, N / 16, spatial…, 16], filters [O, C, 1,
//   spatial…]
//
// Filters of one tap that meets every pixel are a product of matrices.

#include "Fusion/Passes.h"
#include "Fusion/TransposedView.h"
#include "IR/Cost.h"
#include "IR/ElementPlaces.h"
#include "IR/Term.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

namespace dlc {
#define GEN_PASS_DEF_NORMALIZECONVOLUTIONS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

using Dims = SmallVector<int64_t>;

static bool allAre(ArrayRef<int64_t> values, int64_t value) {
  return llvm::all_of(values, [=](int64_t v) { return v == value; });
}

//===-- Layouts -----------------------------------------------------------===//

namespace {
enum class Layout { first, channelsLast, batchLast };
} // namespace

static Layout layoutOf(ConvolutionOp op) {
  return op.getChannelsLast() ? Layout::channelsLast
         : op.getBatchLast()  ? Layout::batchLast
                              : Layout::first;
}

/// Where the dimensions of [N, C, spatial…] stand in a layout's images.
static Dims imageOrder(Layout layout, int64_t rank) {
  Dims order = {0, 1};
  if (layout == Layout::channelsLast)
    order = {0, rank - 1};
  if (layout == Layout::batchLast)
    order = {rank - 1, 0};
  for (int64_t d = 0; d < rank; ++d)
    if (!llvm::is_contained(order, d))
      order.push_back(d);
  return order;
}

/// Where those of [O, C, spatial…] stand in its filters.
static Dims filterOrder(Layout layout, int64_t rank) {
  Dims order = {0, 1};
  if (layout == Layout::channelsLast)
    order = {rank - 1, rank - 2};
  for (int64_t d = 0; d < rank; ++d)
    if (!llvm::is_contained(order, d))
      order.push_back(d);
  return order;
}

/// From an order to another, at once: for each dimension where it comes from.
static Term reordered(Term x, ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  Dims order(from.size());
  for (auto [source, target] : llvm::zip_equal(from, to))
    order[target] = source;
  return isIdentityPermutation(order) ? x : transpose(x, order);
}

static Dims shapeAs(Value v, ArrayRef<int64_t> order) {
  return applyPermutation(tensorType(v).getShape(), order);
}

//===-- Which ------------------------------------------------------------===//

/// Every pixel meets the filter's only tap, and there is no other.
static bool isProductOfMatrices(ConvolutionOp op) {
  int64_t rank = tensorType(op.getResult()).getRank();
  Dims filters = shapeAs(op.getFilters(), filterOrder(layoutOf(op), rank));
  return allAre(ArrayRef(filters).drop_front(2), 1) &&
         allAre(op.getStrides(), 1) && allAre(op.getLow(), 0) &&
         allAre(op.getHigh(), 0) && allAre(op.getImageDilation(), 1) &&
         op.getGroups() == 1 && op.getBatchGroups() == 1;
}

/// More taps than places: a filter's gradient, whose channels are images. It
/// keeps the channels last: its result has no batch.
static bool isFilterGradient(ConvolutionOp op) {
  int64_t rank = tensorType(op.getResult()).getRank();
  auto count = [](ArrayRef<int64_t> shape) {
    return ShapedType::getNumElements(shape.drop_front(2));
  };
  return count(shapeAs(op.getFilters(), filterOrder(layoutOf(op), rank))) >
         count(shapeAs(op.getResult(), imageOrder(layoutOf(op), rank)));
}

/// Whether the function's convolutions would leave so many more lanes idle with
/// the channels last that transposes at their borders pay; there are none where
/// they have the batch last already.
static bool prefersBatchLast(func::FuncOp function, bool hasBatchLast) {
  double channelsLast = 0, batchLast = 0, border = hasBatchLast ? 1 : 1.25;
  bool isGrouped = false;
  function.walk([&](ConvolutionOp op) {
    isGrouped |= op.getGroups() != 1 || op.getBatchGroups() != 1;
    if (isGrouped || isProductOfMatrices(op))
      return;
    RankedTensorType type = tensorType(op.getResult());
    int64_t lanes = type.getElementType().isF64() ? 8 : 16;
    Dims order = imageOrder(layoutOf(op), type.getRank());
    auto work = [&](int64_t inLanes) {
      inLanes = std::max<int64_t>(inLanes, 1);
      return double(flopsOf(op)) * llvm::alignTo(inLanes, lanes) / inLanes;
    };
    channelsLast += work(shapeAs(op.getResult(), order)[1]);
    batchLast += work(shapeAs(op.getImages(), order)[isFilterGradient(op)]);
  });
  return !isGrouped && batchLast > 0 && batchLast * border <= channelsLast;
}

//===-- The pass ----------------------------------------------------------===//

/// The images of a part of a batch, a vector of f32. A filter's gradient then
/// reads what lies side by side.
static constexpr int64_t partImages = 16;

/// Where the dimensions of `order` stand once `which` of them has been split:
/// the images of a part in its place, the parts as the first spatial one.
static Dims splitOrder(ArrayRef<int64_t> order, int64_t which) {
  Dims result;
  for (auto [i, at] : llvm::enumerate(order))
    result.push_back(at + (at > order[which] || int64_t(i) == which));
  result.insert(result.begin() + 2, order[which]);
  return result;
}

/// Whether vectors of a filter's gradient hold output channels, which lie side
/// by side in what it is given; then it does not mind where images lie.
static bool hasOutputsLast(ConvolutionOp op) {
  std::optional<ElementPlaces> places = placesOf(op.getFilters());
  if (!places)
    return false;
  int64_t rank = tensorType(op.getFilters()).getRank();
  return places->strides[filterOrder(layoutOf(op), rank)[0]] == 1;
}

/// Dimension `d` as parts and their images. Before a transpose, so that what is
/// read in several orders is split alike.
static Term splitDim(Term x, int64_t d) {
  if (auto op = Value(x).getDefiningOp<TransposeOp>()) {
    Dims order;
    int64_t from = op.getPermutation()[d];
    for (int64_t each : op.getPermutation()) {
      order.push_back(each + (each > from));
      if (each == from)
        order.push_back(from + 1);
    }
    return transpose(splitDim({x.builder(), op.getOperand()}, from), order);
  }
  Dims shape(x.shape());
  shape[d] /= partImages;
  shape.insert(shape.begin() + d + 1, partImages);
  return reshape(x, shape);
}

namespace {
/// A convolution in another layout.
class Normalize {
public:
  Normalize(ConvolutionOp op, Layout layout, bool splits)
      : op(op), layout(layout), rank(tensorType(op.getResult()).getRank()),
        before(imageOrder(layoutOf(op), rank)),
        filtersBefore(filterOrder(layoutOf(op), rank)),
        batch(isFilterGradient(op)), inParts(splits) {
    int64_t images = shapeAs(op.getImages(), before)[batch];
    inParts &= images > partImages && images % partImages == 0 &&
               !(batch == 1 && hasOutputsLast(op));
  }

  bool isDone() const {
    return layoutOf(op) == layout && !ConvolutionOp(op).getStrides().empty() &&
           !isProductOfMatrices(op) && !inParts;
  }
  Value run(TermBuilder &b);

private:
  bool isBatchLast() const { return layout == Layout::batchLast; }
  Term split(Term x, ArrayRef<int64_t> from, ArrayRef<int64_t> to) const {
    if (!inParts)
      return reordered(x, from, to);
    return reordered(splitDim(x, from[batch]), splitOrder(from, batch), to);
  }
  /// A result of images and, unless they are its channels, parts.
  Value merge(Term y) const;
  Value product(Term images, Term filters) const;

  ConvolutionOp op;
  Layout layout;
  int64_t rank;
  Dims before, filtersBefore;
  /// Which of images' [N, C, spatial…] is the batch.
  int64_t batch;
  /// Whether the batch is split.
  bool inParts;
};
} // namespace

Value Normalize::merge(Term y) const {
  if (!inParts)
    return reordered(y, imageOrder(layout, rank), before);
  TermBuilder &b = y.builder();
  Value apart = reordered(y, imageOrder(layout, rank + 1),
                          splitOrder(before, /*which=*/0));
  return mergeParts(b, b.getLoc(), apart, before[0]);
}

Value Normalize::product(Term images, Term filters) const {
  Dims none, first = {0}, last = {images.rank() - 1}, second = {1};
  if (isBatchLast()) {
    Term matrix = reshape(filters, filters.shape().take_front(2));
    return merge(
        matrix.make<DotGeneralOp>(matrix, images, none, none, second, first));
  }
  Term matrix = reshape(filters, filters.shape().take_back(2));
  return merge(
      images.make<DotGeneralOp>(images, matrix, none, none, last, first));
}

Value Normalize::run(TermBuilder &b) {
  int64_t newRank = rank + inParts;
  Term images = split({b, op.getImages()}, before, imageOrder(layout, newRank));
  Term filters{b, op.getFilters()};
  Dims filtersNow = filterOrder(layout, newRank);
  if (batch == 1) {
    filters = split(filters, filtersBefore, filtersNow);
  } else {
    filters = reordered(filters, filtersBefore, filterOrder(layout, rank));
    if (inParts) {
      Dims shape(filters.shape());
      shape.insert(shape.begin() + (isBatchLast() ? 2 : 0), 1);
      filters = reshape(filters, shape);
    }
  }
  if (isProductOfMatrices(op))
    return product(images, filters);
  if (rank == 2) { // in groups: a dimension of one place
    Dims one = {1}, none = {0};
    Term x = reshape(images, {images.shape()[0], 1, images.shape()[1]});
    Term w = reshape(filters, {1, filters.shape()[0], filters.shape()[1]});
    Term y = x.make<ConvolutionOp>(x, w, one, none, none, one, one,
                                   op.getGroups(), op.getBatchGroups(),
                                   /*channels_last=*/true);
    return merge(reshape(y, {y.shape()[0], y.shape()[2]}));
  }
  // The parts neither move nor are padded.
  auto with = [&](ArrayRef<int64_t> values, int64_t ofParts) {
    Dims result(values);
    if (inParts)
      result.insert(result.begin(), ofParts);
    return result;
  };
  Term y = images.make<ConvolutionOp>(
      images, filters, with(op.getStrides(), 1), with(op.getLow(), 0),
      with(op.getHigh(), 0), with(op.getImageDilation(), 1),
      with(op.getFilterDilation(), 1), op.getGroups(), op.getBatchGroups(),
      /*channels_last=*/!isBatchLast(), /*batch_last=*/isBatchLast());
  if (batch == 0)
    return merge(y);
  if (inParts) { // all have been summed
    Dims shape(y.shape());
    shape.erase(shape.begin() + 1);
    y = reshape(y, shape);
  }
  return reordered(y, imageOrder(layout, rank), before);
}

namespace {
struct NormalizeConvolutions
    : dlc::impl::NormalizeConvolutionsBase<NormalizeConvolutions> {
  using NormalizeConvolutionsBase::NormalizeConvolutionsBase;

  void runOnOperation() override {
    getOperation()->walk([&](func::FuncOp function) {
      // Then its values are not to be moved.
      bool hasBatchLast = false;
      function.walk(
          [&](ConvolutionOp op) { hasBatchLast |= op.getBatchLast(); });
      bool isBatchLast = batchLast && prefersBatchLast(function, hasBatchLast);
      function.walk([&](ConvolutionOp op) {
        Layout layout = isBatchLast && !isFilterGradient(op)
                            ? Layout::batchLast
                            : Layout::channelsLast;
        Normalize normal(op, layout, isBatchLast && !hasBatchLast);
        if (normal.isDone())
          return;
        TermBuilder b(op.getLoc(), op);
        op.replaceAllUsesWith(normal.run(b));
        op.erase();
      });
    });
  }
};
} // namespace
