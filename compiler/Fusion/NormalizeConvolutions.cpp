// dlc-normalize-convolutions: brings convolutions into the one form that the
// window emitter knows, channels last and without padding:
//
//   images [N, spatial…, C], filters [spatial…, C / groups, O]
//
// Channels lie together, so that lanes hold neighbouring output channels. A
// padded or dilated image is written once, by the map kernel that transposes
// it. Filters of one tap are a product of matrices.

#include "Fusion/Passes.h"
#include "IR/Term.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

namespace dlc {
#define GEN_PASS_DEF_NORMALIZECONVOLUTIONS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// [N, C, spatial…] as [N, spatial…, C].
static SmallVector<int64_t> channelsToEnd(int64_t rank) {
  SmallVector<int64_t> order = {0};
  for (int64_t d = 2; d < rank; ++d)
    order.push_back(d);
  order.push_back(1);
  return order;
}

/// [O, C, spatial…] as [spatial…, C, O].
static SmallVector<int64_t> filtersToEnd(int64_t rank) {
  SmallVector<int64_t> order;
  for (int64_t d = 2; d < rank; ++d)
    order.push_back(d);
  order.append({1, 0});
  return order;
}

static bool allAre(ArrayRef<int64_t> values, int64_t value) {
  return llvm::all_of(values, [=](int64_t v) { return v == value; });
}

/// `images`, channels last, with the padding and dilation of the op.
static Term pad(ConvolutionOp op, Term images) {
  if (allAre(op.getLow(), 0) && allAre(op.getHigh(), 0) &&
      allAre(op.getImageDilation(), 1))
    return images;
  SmallVector<int64_t> low = {0}, high = {0}, interior = {0};
  low.append(op.getLow().begin(), op.getLow().end());
  high.append(op.getHigh().begin(), op.getHigh().end());
  for (int64_t dilation : op.getImageDilation())
    interior.push_back(dilation - 1);
  for (auto *list : {&low, &high, &interior})
    list->push_back(0);
  Type element = images.type().getElementType();
  auto scalar = RankedTensorType::get({}, element);
  Value zero = splat(images.builder(), op.getLoc(), scalar, 0);
  return images.make<PadOp>(images, zero, low, high, interior);
}

static Value normalize(ConvolutionOp op, TermBuilder &b) {
  int64_t rank = tensorType(op.getResult()).getRank(), spatial = rank - 2;
  Term images(b, op.getImages()), filters(b, op.getFilters());
  SmallVector<int64_t> order = channelsToEnd(rank);
  if (!op.getChannelsLast()) {
    images = transpose(images, order);
    filters = transpose(filters, filtersToEnd(rank));
  }
  images = pad(op, images);
  auto fromEnd = [&](Term result) -> Value {
    return op.getChannelsLast()
               ? result
               : transpose(result, invertPermutationVector(order));
  };

  // One tap: each pixel's channels times a matrix.
  ArrayRef<int64_t> taps = filters.shape().take_front(spatial);
  bool grouped = op.getGroups() != 1 || op.getBatchGroups() != 1;
  if (allAre(taps, 1) && !grouped) {
    SmallVector<int64_t> from(rank, 0), to(images.shape()), by = {1};
    by.append(op.getStrides().begin(), op.getStrides().end());
    by.push_back(1);
    if (!allAre(by, 1))
      images = images.make<SliceOp>(images, from, to, by);
    Term matrix = reshape(filters, filters.shape().take_back(2));
    return fromEnd(images.make<DotGeneralOp>(
        images, matrix, ArrayRef<int64_t>{}, ArrayRef<int64_t>{},
        ArrayRef<int64_t>{rank - 1}, ArrayRef<int64_t>{0}));
  }
  SmallVector<int64_t> zeros(spatial, 0), ones(spatial, 1);
  return fromEnd(images.make<ConvolutionOp>(
      images, filters, op.getStrides(), zeros, zeros, ones,
      op.getFilterDilation(), op.getGroups(), op.getBatchGroups(),
      /*channels_last=*/true));
}

namespace {
struct NormalizeConvolutions
    : dlc::impl::NormalizeConvolutionsBase<NormalizeConvolutions> {
  void runOnOperation() override {
    getOperation()->walk([](ConvolutionOp op) {
      bool isNormal =
          op.getChannelsLast() && allAre(op.getLow(), 0) &&
          allAre(op.getHigh(), 0) && allAre(op.getImageDilation(), 1) &&
          !allAre(tensorType(op.getFilters()).getShape().drop_back(2), 1);
      if (isNormal)
        return;
      TermBuilder b(op.getLoc(), op);
      op.replaceAllUsesWith(normalize(op, b));
      op.erase();
    });
  }
};
} // namespace
