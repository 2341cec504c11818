// The gradient of a depthwise convolution's filters on a GPU, after all rules a
// convolution whose batch is the channels, and whose long sums run over the
// places of all images:
//
//   result[0, tap, c] = sum over n, place of images[c, tap + place, n]
//                                            filters[place, n, c]
//
// There are few sums, so each is cut into parts, some rows of places of an
// image each. A thread has a part of the sums of a row of taps, for a few
// channels:
//
//   for each of the part's rows:
//     for some neighbouring places, which it reads once:
//       for each pixel that any tap sees from there, once:
//         each tap that sees it: sum += pixel * place
//
// The parts go to scratch memory; a second launch adds them in order.

#include "Lowering/GpuDepthwise.h"

#include "IR/ElementPlaces.h"
#include "IR/GpuCard.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMemory.h"
#include "Lowering/GpuVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

/// Sums of a thread, pixels that it reads of a row, and parts of a sum, at
/// most.
static constexpr int64_t mostTaps = 8, mostPixels = 16, mostParts = 128;

namespace {
class DepthwiseFilters {
public:
  explicit DepthwiseFilters(ConvolutionOp op);

  bool isDepthwise();
  /// Words of 64 bits for all parts.
  int64_t scratch() {
    return llvm::divideCeil(parts * type.getNumElements() * sumBytes(), 8);
  }
  int64_t emit(KernelFunction &k);
  int64_t addParts(KernelFunction &k);

private:
  Type sumType() {
    return type.getElementType().isF64()
               ? type.getElementType()
               : Type(Float32Type::get(type.getContext()));
  }
  int64_t sumBytes() { return sumType().getIntOrFloatBitWidth() / 8; }
  void chooseSizes();
  SmallVector<Value> addRow(KernelFunction &k, ExpressionEmitter &emitter,
                            ArrayRef<Value> tap, Value channel, Value row,
                            ValueRange sums);
  SmallVector<Value> addPlaces(KernelFunction &k, ExpressionEmitter &emitter,
                               SmallVector<Value> pixel, Value rowExists,
                               SmallVector<Value> place, ValueRange sums);
  Value pixelAt(GpuMemory &m, int64_t d, Value place, Value &exists);
  /// Of the last spatial dimension, those that the taps see from neighbours.
  int64_t pixels(int64_t neighbours) {
    return (shape[last] - 1) * op.getStrides().back() +
           (neighbours - 1) * op.getFilterDilation().back() + 1;
  }

  ConvolutionOp op;
  RankedTensorType type;
  ArrayRef<int64_t> shape, images, filters;
  /// The last spatial dimension of images and result.
  int64_t last;
  int64_t width = 1, neighbours = 1;
  /// Rows of places of all images, those of a part, and parts.
  int64_t rows = 0, rowsOfPart = 1, parts = 0;
};
} // namespace

DepthwiseFilters::DepthwiseFilters(ConvolutionOp op)
    : op(op), type(tensorType(op.getResult())), shape(type.getShape()),
      images(tensorType(op.getImages()).getShape()),
      filters(tensorType(op.getFilters()).getShape()), last(shape.size() - 2) {
  if (isDepthwise())
    chooseSizes();
}

bool DepthwiseFilters::isDepthwise() {
  // Channels are neighbours in memory, in both.
  std::optional<ElementPlaces> ofImages = placesOf(op.getImages()),
                               ofFilters = placesOf(op.getFilters());
  return last > 0 && op.getGroups() == 1 && shape[0] == 1 && shape.back() > 1 &&
         int64_t(op.getBatchGroups()) == shape.back() &&
         type.getNumElements() != 0 && computeProduct(images) != 0 &&
         computeProduct(filters) != 0 && shape[last] <= mostTaps && ofImages &&
         ofImages->strides.front() == 1 && ofFilters &&
         ofFilters->strides.back() == 1 && pixels(1) <= mostPixels &&
         llvm::all_of(op.getImageDilation(), [](int64_t d) { return d == 1; });
}

void DepthwiseFilters::chooseSizes() {
  width = threadVector(op.getFilters(), filters);
  while (width * shape[last] > 4 * mostTaps)
    width /= 2;
  neighbours = 4;
  while (filters[last - 1] % neighbours != 0 || pixels(neighbours) > mostPixels)
    neighbours /= 2;
  // Places of a row are one dimension; the others, and images, are rows.
  rows = computeProduct(filters.drop_back()) / filters[last - 1];
  int64_t threads = type.getNumElements() / shape[last] / width;
  int64_t filling = llvm::divideCeil(processors * blockThreads, threads);
  rowsOfPart = llvm::divideCeil(rows, std::min(filling, mostParts));
  parts = llvm::divideCeil(rows, rowsOfPart);
}

int64_t DepthwiseFilters::emit(KernelFunction &k) {
  // NVIDIA's assembler would spill a word or two for more of them.
  constexpr int64_t blocksTogether = 2;
  k.function->setAttr("dlc.blocks",
                      k.builder.getI64IntegerAttr(blocksTogether));
  GpuMemory m(k);
  ExpressionEmitter emitter(k);
  SmallVector<int64_t> tapRows(shape.slice(1, last - 1));
  SmallVector<int64_t> threads = {parts};
  threads.append(tapRows);
  threads.push_back(shape.back() / width);
  return forEachElement(k, threads, [&](SmallVector<Value> index) {
    Value channel = m.times(index.back(), width);
    ArrayRef<Value> tap = ArrayRef(index).drop_front().drop_back();
    Value first = m.times(index[0], rowsOfPart);
    Value end = m.min(m.plus(first, rowsOfPart), rows);
    Value zero = emitter.identity(Reduction::add, type.getElementType(), width);
    SmallVector<Value> sums =
        k.forEach(first, end, 1, SmallVector<Value>(shape[last], zero),
                  [&](Value row, ValueRange sums) {
                    ExpressionEmitter::Scope scope(emitter);
                    return addRow(k, emitter, tap, channel, row, sums);
                  });
    // [part][row of taps][tap][channel]
    Value line = index[0];
    for (auto [size, i] : llvm::zip_equal(tapRows, tap))
      line = m.sum({{line, size}, {i, 1}});
    Value at = m.sum({{line, shape[last] * shape.back()}, {channel, 1}});
    Value pointer = m.at(m.globalPointer(k.scratch()), m.times(at, sumBytes()));
    for (auto [i, sum] : llvm::enumerate(sums))
      m.store(sum, m.at(pointer, int64_t(i) * shape.back() * sumBytes()));
  });
}

/// The pixel's coordinate, and whether there is one (null: there is).
Value DepthwiseFilters::pixelAt(GpuMemory &m, int64_t d, Value place,
                                Value &exists) {
  int64_t low = op.getLow()[d - 1];
  if (low == 0 && op.getHigh()[d - 1] <= 0)
    return place;
  // Below 0 is large without a sign. What is none is read elsewhere.
  place = m.sum({{place, 1}}, -low);
  Value inside = m.isBelow(place, images[d]);
  exists = exists ? m.both(exists, inside) : inside;
  return m.select(inside, place, m.sum({}));
}

SmallVector<Value> DepthwiseFilters::addRow(KernelFunction &k,
                                            ExpressionEmitter &emitter,
                                            ArrayRef<Value> tap, Value channel,
                                            Value row, ValueRange sums) {
  GpuMemory m(k);
  // Image, and its row of places.
  SmallVector<int64_t> rowShape = {filters[last]};
  rowShape.append(filters.begin(), filters.begin() + last - 1);
  SmallVector<Value> at = k.delinearize(row, rowShape);
  SmallVector<Value> pixel = {channel}, place;
  Value rowExists;
  for (int64_t d = 1; d < last; ++d) {
    Value seen = m.sum({{tap[d - 1], op.getStrides()[d - 1]},
                        {at[d], op.getFilterDilation()[d - 1]}});
    pixel.push_back(pixelAt(m, d, seen, rowExists));
    place.push_back(at[d]);
  }
  pixel.append({Value(), at[0]});
  place.append({Value(), at[0], channel});
  return k.forEach(k.constant(0), k.constant(filters[last - 1]), neighbours,
                   sums, [&](Value first, ValueRange sums) {
                     ExpressionEmitter::Scope scope(emitter);
                     place[last - 1] = first;
                     return addPlaces(k, emitter, pixel, rowExists, place,
                                      sums);
                   });
}

SmallVector<Value>
DepthwiseFilters::addPlaces(KernelFunction &k, ExpressionEmitter &emitter,
                            SmallVector<Value> pixel, Value rowExists,
                            SmallVector<Value> place, ValueRange sums) {
  GpuMemory m(k);
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  Value first = place[last - 1];
  SmallVector<Value> factors;
  for (int64_t i = 0; i < neighbours; ++i) {
    place[last - 1] = m.plus(first, i);
    factors.push_back(
        emitter.vectorAt(op.getFilters(), vectorPoint(place, width)));
  }
  int64_t stride = op.getStrides().back(),
          dilation = op.getFilterDilation().back();
  SmallVector<Value> next(sums);
  for (int64_t p = 0; p < pixels(neighbours); ++p) {
    Value x, exists = rowExists;
    for (int64_t i = 0; i < neighbours; ++i) {
      int64_t t = (p - i * dilation) / stride;
      if (t < 0 || t >= shape[last] || t * stride + i * dilation != p)
        continue;
      if (!x) {
        pixel[last] = pixelAt(m, last, m.sum({{first, dilation}}, p), exists);
        Point point(pixel);
        point.width = width;
        point.index[0].step = width == 1 ? 0 : 1;
        point.index[0].divisor = width;
        x = emitter.vectorAt(op.getImages(), point);
      }
      Value sum = b.create<math::FmaOp>(loc, x, factors[i], next[t]);
      next[t] = exists ? m.select(exists, sum, next[t]) : sum;
    }
  }
  return next;
}

int64_t DepthwiseFilters::addParts(KernelFunction &k) {
  GpuMemory m(k);
  ExpressionEmitter emitter(k);
  int64_t bytes = sumBytes();
  Value scratch = m.globalPointer(k.scratch());
  return forEachElement(k, shape, [&](SmallVector<Value> index) {
    Value at = m.sum({});
    for (auto [size, i] : llvm::zip_equal(shape, index))
      at = m.sum({{at, size}, {i, 1}});
    Value zero = emitter.identity(Reduction::add, type.getElementType(), 1);
    Value sum = k.forEach(
        k.constant(0), k.constant(parts), 1, zero,
        [&](Value part, ValueRange total) {
          Value from =
              m.sum({{part, type.getNumElements() * bytes}, {at, bytes}});
          Value next = m.load(sumType(), m.at(scratch, from));
          return SmallVector<Value>{
              k.builder.create<arith::AddFOp>(k.loc(), total[0], next)};
        })[0];
    emitter.bind(op.getResult(), Point(index), sum);
    emitter.storeYields(shape, Point(index));
  });
}

static ConvolutionOp convolutionOf(Block &body) {
  auto all = body.getOps<ConvolutionOp>();
  return all.empty() ? ConvolutionOp() : *all.begin();
}

int64_t dlc::scratchOfDepthwiseFilters(KernelOp kernel) {
  ConvolutionOp op = convolutionOf(kernel.getBody().front());
  if (!op)
    return 0;
  DepthwiseFilters filters(op);
  return filters.isDepthwise() ? filters.scratch() : 0;
}

std::optional<int64_t> dlc::emitDepthwiseFilters(KernelFunction &k,
                                                 ConvolutionOp op) {
  DepthwiseFilters filters(op);
  if (!filters.isDepthwise())
    return std::nullopt;
  k.secondStep = [](KernelFunction &then) -> FailureOr<int64_t> {
    return DepthwiseFilters(convolutionOf(then.body())).addParts(then);
  };
  return filters.emit(k);
}
