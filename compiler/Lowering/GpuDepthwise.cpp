#include "Lowering/GpuDepthwise.h"

#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMemory.h"
#include "Lowering/GpuVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

/// Neighbours of a thread, and the pixels of a row that they may see: the code
/// for each is written out.
static constexpr int64_t mostNeighbours = 4, mostPixels = 16;

namespace {
class DepthwiseEmitter {
public:
  DepthwiseEmitter(KernelFunction &k, ConvolutionOp op)
      : k(k), b(k.builder), loc(k.loc()), m(k), emitter(k), op(op),
        type(tensorType(op.getResult())), shape(type.getShape()),
        taps(tensorType(op.getFilters()).getShape().drop_back(2)),
        last(taps.size()) {}

  bool isDepthwise();
  int64_t run();

private:
  void chooseSizes();
  /// Of the last spatial dimension, those that `neighbours` see of a row.
  int64_t pixels() {
    return (neighbours - 1) * op.getStrides().back() +
           (taps.back() - 1) * op.getFilterDilation().back() + 1;
  }
  void emitThread(SmallVector<Value> index);
  SmallVector<Value> addRow(ArrayRef<Value> index, Value row, ValueRange sums);
  /// The pixel's coordinate, and whether there is one (null: there is).
  Value pixelAt(int64_t d, Value place, Value &exists);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  GpuMemory m;
  ExpressionEmitter emitter;
  ConvolutionOp op;
  RankedTensorType type;
  ArrayRef<int64_t> shape;
  /// Of all spatial dimensions, the last of which is dimension `last`.
  SmallVector<int64_t> taps;
  int64_t last;
  int64_t width = 1, neighbours = 1;
};
} // namespace

bool DepthwiseEmitter::isDepthwise() {
  auto filters = tensorType(op.getFilters()).getShape();
  return last > 0 && op.getBatchGroups() == 1 && op.getGroups() > 1 &&
         int64_t(op.getGroups()) == shape.back() && filters[last] == 1 &&
         type.getNumElements() != 0 && computeProduct(taps) != 0 &&
         tensorType(op.getImages()).getNumElements() != 0 &&
         llvm::all_of(op.getImageDilation(), [](int64_t d) { return d == 1; });
}

void DepthwiseEmitter::chooseSizes() {
  SmallVector<Value> roots = {op.getImages(), op.getFilters()};
  for (Value yielded : k.yields())
    if (tensorType(yielded).getShape() == shape)
      roots.push_back(yielded);
  int64_t elements = type.getNumElements();
  width = fillingVector(threadVector(roots, shape), elements);
  neighbours = fillingVector(mostNeighbours, elements / width);
  while (neighbours > 1 && (pixels() > mostPixels || neighbours > shape[last]))
    neighbours /= 2;
}

int64_t DepthwiseEmitter::run() {
  chooseSizes();
  SmallVector<int64_t> threads(shape);
  threads[last] = llvm::divideCeil(shape[last], neighbours);
  threads.back() /= width;
  return forEachElement(k, threads, [&](SmallVector<Value> index) {
    index[last] = m.times(index[last], neighbours);
    index.back() = m.times(index.back(), width);
    emitThread(index);
  });
}

void DepthwiseEmitter::emitThread(SmallVector<Value> index) {
  int64_t rows = computeProduct(ArrayRef(taps).drop_back());
  Value zero = emitter.identity(Reduction::add, type.getElementType(), width);
  SmallVector<Value> sums = k.forEach(k.constant(0), k.constant(rows), 1,
                                      SmallVector<Value>(neighbours, zero),
                                      [&](Value row, ValueRange sums) {
                                        ExpressionEmitter::Scope scope(emitter);
                                        return addRow(index, row, sums);
                                      });
  for (auto [i, sum] : llvm::enumerate(sums)) {
    SmallVector<Value> at = index;
    at[last] = m.plus(index[last], i);
    auto store = [&, sum = sum] {
      ExpressionEmitter::Scope scope(emitter);
      Point point = vectorPoint(at, width);
      emitter.bind(op.getResult(), point, sum);
      emitter.storeYields(shape, point);
    };
    if (i == 0 || shape[last] % neighbours == 0)
      store();
    else
      when(k, m.isBelow(at[last], shape[last]), store);
  }
}

Value DepthwiseEmitter::pixelAt(int64_t d, Value place, Value &exists) {
  int64_t low = op.getLow()[d - 1];
  bool isWhole = d != last || shape[last] % neighbours == 0;
  if (low == 0 && op.getHigh()[d - 1] <= 0 && isWhole)
    return place;
  if (low != 0)
    place = b.create<arith::SubIOp>(loc, place, k.constant(low));
  // Below 0 is large without a sign. What is none is read elsewhere.
  Value inside = m.isBelow(place, tensorType(op.getImages()).getDimSize(d));
  exists = exists ? m.both(exists, inside) : inside;
  return m.select(inside, place, k.constant(0));
}

SmallVector<Value> DepthwiseEmitter::addRow(ArrayRef<Value> index, Value row,
                                            ValueRange sums) {
  SmallVector<Value> tap = k.delinearize(row, ArrayRef(taps).drop_back());
  SmallVector<Value> pixel = {index[0]}, weight = tap;
  Value rowExists;
  for (int64_t d = 1; d < last; ++d) {
    Value place = m.sum({{index[d], op.getStrides()[d - 1]},
                         {tap[d - 1], op.getFilterDilation()[d - 1]}});
    pixel.push_back(pixelAt(d, place, rowExists));
  }
  pixel.append({Value(), index.back()});
  weight.append({Value(), k.constant(0), index.back()});

  SmallVector<Value> weights;
  for (int64_t t = 0; t < taps.back(); ++t) {
    weight[last - 1] = k.constant(t);
    weights.push_back(
        emitter.vectorAt(op.getFilters(), vectorPoint(weight, width)));
  }
  int64_t stride = op.getStrides().back(),
          dilation = op.getFilterDilation().back();
  SmallVector<Value> next(sums);
  for (int64_t p = 0; p < pixels(); ++p) {
    Value x, exists = rowExists;
    for (int64_t i = 0; i < neighbours; ++i) {
      int64_t t = (p - i * stride) / dilation;
      if (t < 0 || t >= taps.back() || i * stride + t * dilation != p)
        continue;
      if (!x) {
        Value place = m.sum({{index[last], stride}}, p);
        pixel[last] = pixelAt(last, place, exists);
        x = emitter.vectorAt(op.getImages(), vectorPoint(pixel, width));
      }
      Value sum = b.create<math::FmaOp>(loc, x, weights[t], next[i]);
      next[i] = exists ? m.select(exists, sum, next[i]) : sum;
    }
  }
  return next;
}

std::optional<int64_t> dlc::emitDepthwise(KernelFunction &k, ConvolutionOp op) {
  DepthwiseEmitter emitter(k, op);
  if (!emitter.isDepthwise())
    return std::nullopt;
  return emitter.run();
}
