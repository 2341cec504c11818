#include "Lowering/GpuTurnedMap.h"

#include "IR/TurnedValues.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMemory.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

namespace {

class TurnedMap {
public:
  TurnedMap(KernelFunction &kernel, int64_t turned)
      : k(kernel), m(kernel), emitter(kernel), turned(turned),
        shape(tensorType(kernel.yields()[0]).getShape()),
        values(turnedValues(kernel.body(), turned)) {}

  int64_t emit();

private:
  /// The lines of a tile, a warp each: body(line).
  void forEachLine(function_ref<void(Value)> body);
  void fill();
  void compute();
  Value coordinate(int64_t d, Value offset, bool isClamped);
  Point pointOf(const TurnedValue &each, ArrayRef<Value> index);
  Value placeOf(size_t i, Value row, Value column);

  /// The warps of a block.
  static constexpr int64_t lines = blockThreads / turnedSide;

  KernelFunction &k;
  GpuMemory m;
  ExpressionEmitter emitter;
  int64_t turned;
  ArrayRef<int64_t> shape;
  SmallVector<TurnedValue> values;

  Value shared, line, lane;
  /// Where each value's tile begins, in bytes.
  SmallVector<int64_t> begins;
  /// The tile's first place.
  SmallVector<Value> corner;
};

} // namespace

static Type elementOf(Value tensor) {
  return tensorType(tensor).getElementType();
}

static int64_t bytesOf(Value tensor) {
  return memoryType(elementOf(tensor)).getIntOrFloatBitWidth() / 8;
}

void TurnedMap::forEachLine(function_ref<void(Value)> body) {
  k.forEach(k.constant(0), k.constant(turnedSide / lines), 1, [&](Value round) {
    ExpressionEmitter::Scope scope(emitter);
    body(m.sum({{round, lines}, {line, 1}}));
  });
}

/// Of the place so far from the corner; clamped to the last one.
Value TurnedMap::coordinate(int64_t d, Value offset, bool isClamped) {
  Value at = m.plus(corner[d], offset);
  return isClamped && shape[d] % turnedSide != 0 ? m.min(at, shape[d] - 1) : at;
}

/// Of a value where the body's place is `index`.
Point TurnedMap::pointOf(const TurnedValue &each, ArrayRef<Value> index) {
  SmallVector<Value> at;
  for (int64_t d : each.dims)
    at.push_back(d < 0 ? k.constant(0) : index[d]);
  return Point(at);
}

Value TurnedMap::placeOf(size_t i, Value row, Value column) {
  int64_t bytes = bytesOf(values[i].value);
  Value offset = m.sum({{row, turnedPitch(bytes)}, {column, bytes}});
  return m.at(shared, offset, begins[i]);
}

/// The values, as they lie in memory. Beyond the last place that one is
/// evaluated again, so that nothing is asked between the loads.
void TurnedMap::fill() {
  forEachLine([&](Value row) {
    SmallVector<Value> index = corner;
    index[turned] = coordinate(turned, lane, /*isClamped=*/true);
    index.back() = coordinate(shape.size() - 1, row, /*isClamped=*/true);
    for (auto [i, each] : llvm::enumerate(values)) {
      Value element = emitter.at(each.value, pointOf(each, index));
      element = toMemory(k.builder, k.loc(), element, elementOf(each.value));
      m.store(element, placeOf(i, row, lane));
    }
  });
}

/// The results, along the last dimension.
void TurnedMap::compute() {
  int64_t last = static_cast<int64_t>(shape.size()) - 1;
  forEachLine([&](Value column) {
    SmallVector<Value> index = corner;
    index[turned] = coordinate(turned, column, /*isClamped=*/false);
    index[last] = coordinate(last, lane, /*isClamped=*/false);
    Value inside;
    for (int64_t d : {turned, last}) {
      if (shape[d] % turnedSide == 0)
        continue;
      Value isBelow = m.isBelow(index[d], shape[d]);
      inside = inside ? m.both(inside, isBelow) : isBelow;
    }
    auto store = [&] {
      for (auto [i, each] : llvm::enumerate(values)) {
        Type element = elementOf(each.value);
        Value loaded = m.load(memoryType(element), placeOf(i, lane, column));
        emitter.bind(each.value, pointOf(each, index),
                     fromMemory(k.builder, k.loc(), loaded, element));
      }
      emitter.storeYields(shape, Point(index));
    };
    if (inside)
      when(k, inside, store);
    else
      store();
  });
}

int64_t TurnedMap::emit() {
  int64_t bytes = 0;
  for (const TurnedValue &each : values) {
    begins.push_back(bytes);
    bytes += llvm::alignTo(turnedSide * turnedPitch(bytesOf(each.value)),
                           GpuMemory::widestBytes);
  }
  shared = m.allocateShared(bytes);
  Value thread = threadId(k);
  line = m.div(thread, turnedSide);
  lane = m.rem(thread, turnedSide);
  SmallVector<int64_t> tiles(shape);
  for (int64_t *d : {&tiles[turned], &tiles.back()})
    *d = llvm::divideCeil(*d, turnedSide);
  forEachTile(k, [&](Value tile) {
    ExpressionEmitter::Scope scope(emitter);
    corner = k.delinearize(tile, tiles);
    for (Value *first : {&corner[turned], &corner.back()})
      *first = m.times(*first, turnedSide);
    fill();
    m.barrier();
    compute();
    // The block's next tile goes where this one lies.
    m.barrier();
  });
  return computeProduct(tiles);
}

int64_t dlc::emitTurnedMap(KernelFunction &kernel, int64_t turned) {
  return TurnedMap(kernel, turned).emit();
}
