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
// Filters of one tap that meets every pixel are a product of matrices.

#include "Fusion/Passes.h"
#include "IR/Cost.h"
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
static bool prefersBatchLast(func::FuncOp function) {
  double channelsLast = 0, batchLast = 0, border = 1.25;
  bool isGrouped = false;
  function.walk([&](ConvolutionOp op) {
    if (op.getBatchLast())
      border = 1;
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

static Value normalize(ConvolutionOp op, Layout layout, TermBuilder &b) {
  int64_t rank = tensorType(op.getResult()).getRank();
  Dims before = imageOrder(layoutOf(op), rank), now = imageOrder(layout, rank);
  Term images = reordered({b, op.getImages()}, before, now);
  Term filters =
      reordered({b, op.getFilters()}, filterOrder(layoutOf(op), rank),
                filterOrder(layout, rank));
  bool isBatchLast = layout == Layout::batchLast;
  if (isProductOfMatrices(op)) {
    Dims none, first = {0}, last = {rank - 1}, second = {1};
    if (isBatchLast) {
      Term matrix = reshape(filters, filters.shape().take_front(2));
      Term y =
          matrix.make<DotGeneralOp>(matrix, images, none, none, second, first);
      return reordered(y, now, before);
    }
    Term matrix = reshape(filters, filters.shape().take_back(2));
    Term y = images.make<DotGeneralOp>(images, matrix, none, none, last, first);
    return reordered(y, now, before);
  }
  if (rank == 2) { // in groups: a dimension of one place
    Dims one = {1}, none = {0};
    Term x = reshape(images, {images.shape()[0], 1, images.shape()[1]});
    Term w = reshape(filters, {1, filters.shape()[0], filters.shape()[1]});
    Term y = x.make<ConvolutionOp>(x, w, one, none, none, one, one,
                                   op.getGroups(), op.getBatchGroups(),
                                   /*channels_last=*/true);
    return reordered(reshape(y, {y.shape()[0], y.shape()[2]}), now, before);
  }
  Term y = images.make<ConvolutionOp>(
      images, filters, op.getStrides(), op.getLow(), op.getHigh(),
      op.getImageDilation(), op.getFilterDilation(), op.getGroups(),
      op.getBatchGroups(), /*channels_last=*/!isBatchLast,
      /*batch_last=*/isBatchLast);
  return reordered(y, now, before);
}

namespace {
struct NormalizeConvolutions
    : dlc::impl::NormalizeConvolutionsBase<NormalizeConvolutions> {
  using NormalizeConvolutionsBase::NormalizeConvolutionsBase;

  void runOnOperation() override {
    getOperation()->walk([&](func::FuncOp function) {
      bool isBatchLast = batchLast && prefersBatchLast(function);
      function.walk([&](ConvolutionOp op) {
        Layout layout = isBatchLast && !isFilterGradient(op)
                            ? Layout::batchLast
                            : Layout::channelsLast;
        bool isNormal = layoutOf(op) == layout && !op.getStrides().empty() &&
                        !isProductOfMatrices(op);
        if (isNormal)
          return;
        TermBuilder b(op.getLoc(), op);
        op.replaceAllUsesWith(normalize(op, layout, b));
        op.erase();
      });
    });
  }
};
} // namespace
