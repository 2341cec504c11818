// How expressions read inputs and write outputs: as vectors, turned ones, in
// pieces of 16 bytes on a GPU, or element by element.

#include "Lowering/Elementwise.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuContractionMemory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace dlc;

/// Whether a GPU may read or write these neighbours in pieces of 16 bytes (or
/// all of them at once): where memory begins, and each slice of it that a loop
/// takes, follows from docs/cuda.md, "Memory".
bool ExpressionEmitter::isWide(MemRefType memory, const Point &point) const {
  if (!kernel.gpu || point.mask)
    return false;
  int64_t bytes = memory.getElementTypeBitWidth() / 8, stride = 1;
  int64_t unit = std::min<int64_t>(GpuMemory::widestBytes / bytes, point.width);
  if (kernel.inLoop && memory.getNumElements() % unit != 0)
    return false;
  for (int64_t d = memory.getRank() - 1; d >= 0;
       stride *= memory.getDimSize(d--)) {
    const Coordinate &c = point.index[d];
    APInt constant;
    int64_t divisor = c.isVector() ? 1 : c.divisor;
    if (matchPattern(c.index, m_ConstantInt(&constant)))
      divisor = constant.getSExtValue();
    if (divisor * stride % unit != 0)
      return false;
  }
  return true;
}

Value ExpressionEmitter::widePointer(Value memref, ValueRange base) {
  auto type = cast<MemRefType>(memref.getType());
  GpuMemory m(kernel, loc);
  SmallVector<std::pair<Value, int64_t>> terms;
  int64_t stride = type.getElementTypeBitWidth() / 8;
  for (int64_t d = type.getRank() - 1; d >= 0; stride *= type.getDimSize(d--))
    terms.emplace_back(base[d], stride);
  return m.at(m.globalPointer(memref), m.sum(terms));
}

/// Lanes that run backwards along the last dimension: a vector, turned.
Value ExpressionEmitter::loadReversed(Value memref, SmallVector<Value> base,
                                      const Point &point) {
  auto vector = VectorType::get(
      point.width, cast<MemRefType>(memref.getType()).getElementType());
  SmallVector<int64_t> turned;
  for (int64_t lane = point.width - 1; lane >= 0; --lane)
    turned.push_back(lane);
  base.back() = affine(base.back(), 1, 1 - point.width);
  Value loaded;
  if (point.mask) {
    Value mask =
        b.create<vector::ShuffleOp>(loc, point.mask, point.mask, turned);
    loaded = b.create<vector::MaskedLoadOp>(loc, vector, memref, base, mask,
                                            zeroLike(b, loc, vector));
  } else {
    loaded = b.create<vector::LoadOp>(loc, vector, memref, base);
  }
  return b.create<vector::ShuffleOp>(loc, loaded, loaded, turned);
}

Value ExpressionEmitter::load(Value memref, Type element, const Point &point) {
  return fromMemory(b, loc, loadStored(memref, point), element);
}

/// Elements as they lie in memory.
Value ExpressionEmitter::loadStored(Value memref, const Point &point) {
  auto type = cast<MemRefType>(memref.getType());
  SmallVector<Value> base;
  int64_t step = 0, stride = 1;
  Value offsets;
  for (int64_t d = type.getRank() - 1; d >= 0; stride *= type.getDimSize(d--)) {
    const Coordinate &c = point.index[d];
    if (!c.isVector()) {
      base.push_back(c.index);
      step += c.step * stride;
      continue;
    }
    base.push_back(constant(0));
    Value term = affine(c.index, stride, 0);
    offsets = offsets ? b.create<arith::AddIOp>(loc, offsets, term) : term;
  }
  std::reverse(base.begin(), base.end());

  Value loaded;
  if (point.isUniform()) {
    loaded = b.create<memref::LoadOp>(loc, memref, base);
  } else {
    auto vector = VectorType::get(point.width, type.getElementType());
    if (!offsets && step == -1 && point.index.back().step == -1) {
      loaded = loadReversed(memref, base, point);
    } else if (!offsets && step == 1) {
      if (point.mask)
        loaded = b.create<vector::MaskedLoadOp>(
            loc, vector, memref, base, point.mask, zeroLike(b, loc, vector));
      else if (isWide(type, point))
        loaded = GpuMemory(kernel, loc).load(vector, widePointer(memref, base));
      else
        loaded = b.create<vector::LoadOp>(loc, vector, memref, base);
    } else {
      // 32-bit offsets gather twice as many lanes at once.
      bool narrow = !offsets && step * point.width < (int64_t(1) << 31);
      Type offset = narrow ? Type(b.getI32Type()) : Type(b.getIndexType());
      if (step != 0) {
        Value regular =
            lanesOf(Coordinate(constant(0), step), point.width, offset);
        offsets =
            offsets ? b.create<arith::AddIOp>(loc, offsets, regular) : regular;
      }
      Value mask =
          point.mask ? point.mask : prefixMask(point.width, point.width);
      loaded = b.create<vector::GatherOp>(loc, vector, memref, base, offsets,
                                          mask, zeroLike(b, loc, vector));
    }
  }
  return loaded;
}

/// Whether `point` is one of the row of `bindRow`.
bool ExpressionEmitter::isInRow(Value value, const Point &point) const {
  if (value != bound.value || point.index.back().isVector())
    return false;
  auto isOfRow = [](std::tuple<const Coordinate &, Value> pair) {
    auto [c, index] = pair;
    return c.isUniform() && c.index == index;
  };
  return llvm::all_of(
      llvm::zip_equal(ArrayRef(point.index).drop_back(), bound.index), isOfRow);
}

Value ExpressionEmitter::loadFromRow(const Point &point) {
  const Coordinate &column = point.index.back();
  Point at = point;
  at.index = {
      Coordinate(b.createOrFold<arith::AddIOp>(loc, bound.start, column.index),
                 column.step)};
  return load(bound.memref, tensorType(bound.value).getElementType(), at);
}

void ExpressionEmitter::store(Value emitted, Type element, Value memref,
                              const Point &point, bool past) {
  emitted = toMemory(b, loc, emitted, element);
  auto type = cast<MemRefType>(memref.getType());
  SmallVector<Value> base;
  int64_t step = 0, stride = 1;
  for (int64_t d = type.getRank() - 1; d >= 0; stride *= type.getDimSize(d--)) {
    base.push_back(point.index[d].index);
    step += point.index[d].step * stride;
  }
  std::reverse(base.begin(), base.end());
  if (point.isUniform()) {
    b.create<memref::StoreOp>(loc, emitted, memref, base);
    return;
  }
  emitted = splatTo(b, loc, emitted, point.width);
  if (step != 1) {
    Value offsets =
        lanesOf(Coordinate(constant(0), step), point.width, b.getI32Type());
    Value mask = point.mask ? point.mask : prefixMask(point.width, point.width);
    b.create<vector::ScatterOp>(loc, memref, base, offsets, mask, emitted);
  } else if (point.mask) {
    b.create<vector::MaskedStoreOp>(loc, memref, base, point.mask, emitted);
  } else if (isWide(type, point)) {
    GpuMemory(kernel, loc).store(emitted, widePointer(memref, base));
  } else {
    constexpr int64_t line = 512;
    past &= point.width * type.getElementTypeBitWidth() % line == 0 &&
            type.getShape().back() * type.getElementTypeBitWidth() % line == 0;
    b.create<vector::StoreOp>(loc, emitted, memref, base, past);
  }
}

void ExpressionEmitter::storeYields(ArrayRef<int64_t> shape, const Point &point,
                                    bool inOrder) {
  SmallVector<std::pair<unsigned, Value>> values;
  for (auto [i, yielded] : llvm::enumerate(kernel.yields()))
    if (tensorType(yielded).getShape() == shape)
      values.emplace_back(i, at(yielded, point));
  for (auto [i, value] : values) {
    if (Operation *op = kernel.yields()[i].getDefiningOp())
      loc = op->getLoc();
    store(value, tensorType(kernel.yields()[i]).getElementType(),
          kernel.output(i), point, inOrder && kernel.streams.test(i));
  }
}
