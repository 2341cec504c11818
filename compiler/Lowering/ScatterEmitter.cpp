// scatter: slices put into, or added to, an operand that lies where the result
// will (the planner copies it there if it has to). Only what changes is
// touched.
//
// For scatter the operand is [batch, indexed…, window], the updates are [batch,
// rows, window]. Tiles divide the batch, the window and, where that is not
// enough, the first indexed dimension: then every tile looks at all indices and
// takes those of its range. No tile shares an element with another, and each
// walks the rows in order, so there are no atomics and one result.

#include "Lowering/Elementwise.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile.
static constexpr int64_t tileElements = 16384;
/// Columns of a tile: enough to pay for reading the indices again.
static constexpr int64_t tileColumns = 256;
/// Tiles that read the same indices, and the columns that make that worth
/// while: else they would mostly read indices.
static constexpr int64_t maxRanges = 4, minRangeColumns = 16;

namespace {
class ScatterEmitter {
public:
  ScatterEmitter(KernelFunction &k, ScatterOp op)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), op(op),
        operand(tensorType(op.getOperand())),
        updates(tensorType(op.getUpdates())), rows(updates.getDimSize(1)),
        window(updates.getDimSize(2)) {}

  int64_t run();
  int64_t runLanes();

private:
  void emitRow(Value batch, Value row, Value first, Value end,
               function_ref<void(ArrayRef<Value>)> write);
  void emitWrite(ArrayRef<Value> place, Value batch, Value row, Value column,
                 int64_t width, Value mask);
  void emitColumns(ArrayRef<Value> place, Value batch, Value row, Value lower,
                   Value upper, int64_t width);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ScatterOp op;
  RankedTensorType operand, updates;
  int64_t rows, window;
};
} // namespace

/// Calls `write` with the indices of a row, if they are inside and the first is
/// in [first, end), a range that null bounds leave out.
void ScatterEmitter::emitRow(Value batch, Value row, Value first, Value end,
                             function_ref<void(ArrayRef<Value>)> write) {
  using P = arith::CmpIPredicate;
  SmallVector<Value> place;
  Value isInside;
  for (size_t i = 0; i < op.getIndexDims().size(); ++i) {
    Value index =
        emitter.at(op.getIndices(), Point({batch, row, k.constant(i)}));
    index = b.create<arith::IndexCastOp>(loc, b.getIndexType(), index);
    place.push_back(index);
    // Unsigned: a negative index is far above the size.
    Value limit = k.constant(operand.getDimSize(i + 1));
    Value offset = index;
    if (i == 0 && first) {
      limit = b.create<arith::SubIOp>(loc, end, first);
      offset = b.create<arith::SubIOp>(loc, index, first);
    }
    Value below = b.create<arith::CmpIOp>(loc, P::ult, offset, limit);
    isInside = isInside ? b.create<arith::AndIOp>(loc, isInside, below) : below;
  }
  if (!isInside)
    return write(place);
  when(k, isInside, [&] { write(place); });
}

void ScatterEmitter::emitWrite(ArrayRef<Value> place, Value batch, Value row,
                               Value column, int64_t width, Value mask) {
  ExpressionEmitter::Scope scope(emitter);
  Type element = operand.getElementType();
  SmallVector<Value> index = {batch};
  index.append(place.begin(), place.end());
  index.push_back(column);
  Point target(index, index.size() - 1, width, mask);
  Value update =
      emitter.at(op.getUpdates(), Point({batch, row, column}, 2, width, mask));
  if (op.getMode() == ScatterMode::add) {
    Value old = emitter.load(k.output(0), element, target);
    update = emitter.combine(Reduction::add, element, old, update);
    update = roundTo(b, loc, update, element);
  }
  emitter.store(update, element, k.output(0), target);
}

void ScatterEmitter::emitColumns(ArrayRef<Value> place, Value batch, Value row,
                                 Value lower, Value upper, int64_t width) {
  // What no whole vector covers lies at the window's end.
  Value whole =
      b.create<arith::MinUIOp>(loc, upper, k.constant(window / width * width));
  k.forEach(lower, whole, width, [&](Value column) {
    emitWrite(place, batch, row, column, width, {});
  });
  if (window % width != 0)
    k.forEach(whole, upper, width, [&](Value column) {
      emitWrite(place, batch, row, column, width,
                emitter.prefixMask(width, window % width));
    });
}

int64_t ScatterEmitter::run() {
  int64_t batches = operand.getDimSize(0);
  int64_t width = window == 1 ? 1 : k.vectorWidth(window);
  int64_t chunk = std::min(window, tileColumns / width * width);
  chunk = std::max<int64_t>(1, chunk);
  int64_t chunks = llvm::divideCeil(window, chunk);
  int64_t ranges = 1, indexed = 1;
  if (!op.getIndexDims().empty())
    indexed = operand.getDimSize(1);
  if (batches * chunks == 1 && window >= minRangeColumns &&
      rows * window >= 2 * tileElements)
    ranges = std::min(indexed, maxRanges);
  int64_t perItem = std::max<int64_t>(1, rows * chunk);
  Value zero = k.constant(0), allRows = k.constant(rows);
  return k.forEachItem(
      batches * chunks * ranges, std::max<int64_t>(1, tileElements / perItem),
      [&](Value item) {
        ExpressionEmitter::Scope scope(emitter);
        SmallVector<Value> index =
            k.delinearize(item, {batches, chunks, ranges});
        Value lower = emitter.affine(index[1], chunk, 0);
        Value upper = emitter.affine(lower, 1, chunk);
        if (window % chunk != 0)
          upper = b.create<arith::MinUIOp>(loc, upper, k.constant(window));
        Value first, end;
        if (ranges > 1) {
          int64_t range = llvm::divideCeil(indexed, ranges);
          Value last = k.constant(indexed);
          first = emitter.affine(index[2], range, 0);
          first = b.create<arith::MinUIOp>(loc, first, last);
          end = emitter.affine(first, 1, range);
          end = b.create<arith::MinUIOp>(loc, end, last);
        }
        k.forEach(zero, allRows, 1, [&](Value row) {
          ExpressionEmitter::Scope scope(emitter);
          emitRow(index[0], row, first, end, [&](ArrayRef<Value> place) {
            if (width == 1)
              return emitWrite(place, index[0], row, zero, 1, {});
            emitColumns(place, index[0], row, lower, upper, width);
          });
        });
      });
}

/// A thread owns a column of the window or, if that is short, of a part of the
/// first indexed dimension.
int64_t ScatterEmitter::runLanes() {
  int64_t batches = operand.getDimSize(0), ranges = 1, indexed = 1;
  if (!op.getIndexDims().empty())
    indexed = operand.getDimSize(1);
  if (batches * window < blockThreads)
    ranges = std::min(indexed, blockThreads);
  Value zero = k.constant(0), allRows = k.constant(rows);
  return forEachElement(
      k, {batches, ranges, window}, [&](SmallVector<Value> index) {
        Value first, end;
        if (ranges > 1) {
          int64_t range = llvm::divideCeil(indexed, ranges);
          Value last = k.constant(indexed);
          first = emitter.affine(index[1], range, 0);
          first = b.create<arith::MinUIOp>(loc, first, last);
          end = emitter.affine(first, 1, range);
          end = b.create<arith::MinUIOp>(loc, end, last);
        }
        k.forEach(zero, allRows, 1, [&](Value row) {
          ExpressionEmitter::Scope scope(emitter);
          emitRow(index[0], row, first, end, [&](ArrayRef<Value> place) {
            emitWrite(place, index[0], row, index[2], 1, {});
          });
        });
      });
}

//===-- dynamic_update_slice ----------------------------------------------===//

namespace {
/// Writes a box at a run-time position.
class BoxEmitter {
public:
  BoxEmitter(KernelFunction &k, DynamicUpdateSliceOp op)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), op(op),
        type(tensorType(op.getUpdate())) {}

  int64_t run();
  int64_t runLanes();

private:
  SmallVector<Value> emitStarts();
  void emitWrite(const Point &from, ArrayRef<Value> starts);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  DynamicUpdateSliceOp op;
  RankedTensorType type;
};
} // namespace

SmallVector<Value> BoxEmitter::emitStarts() {
  auto shape = tensorType(op.getOperand()).getShape();
  SmallVector<Value> starts;
  for (auto [d, start] : llvm::enumerate(op.getStarts())) {
    int64_t room = shape[d] - type.getDimSize(d);
    starts.push_back(
        room == 0 ? k.constant(0)
                  : emitter.clampedIndex(emitter.at(start, Point()), room));
  }
  return starts;
}

void BoxEmitter::emitWrite(const Point &from, ArrayRef<Value> starts) {
  ExpressionEmitter::Scope scope(emitter);
  Point to = from;
  for (auto [c, start] : llvm::zip_equal(to.index, starts)) {
    Value sum = b.createOrFold<arith::AddIOp>(loc, c.index, start);
    c = Coordinate(sum, c.step);
  }
  emitter.store(emitter.at(op.getUpdate(), from), type.getElementType(),
                k.output(0), to);
}

int64_t BoxEmitter::run() {
  if (type.getRank() == 0)
    return k.forEachItem(1, 1, [&](Value) { emitWrite(Point(), {}); });
  ArrayRef<int64_t> rowShape = type.getShape().drop_back();
  int64_t columns = type.getShape().back(), width = k.vectorWidth(columns);
  SmallVector<Value> starts = emitStarts();
  SmallVector<int64_t> grid(rowShape);
  int64_t pieces = llvm::divideCeil(columns, tileElements);
  int64_t piece = std::clamp<int64_t>(columns, 1, tileElements);
  grid.push_back(pieces);
  int64_t items = 1;
  for (int64_t size : grid)
    items *= size;
  return k.forEachItem(items, tileElements / piece, [&](Value item) {
    ExpressionEmitter::Scope scope(emitter);
    SmallVector<Value> index = k.delinearize(item, grid);
    Value lower = emitter.affine(index.back(), piece, 0);
    Value upper = emitter.affine(lower, 1, piece);
    if (columns % piece != 0)
      upper = b.create<arith::MinUIOp>(loc, upper, k.constant(columns));
    Value whole = b.create<arith::MinUIOp>(loc, upper,
                                           k.constant(columns / width * width));
    auto write = [&](Value column, Value mask) {
      index.back() = column;
      emitWrite(Point(index, index.size() - 1, width, mask), starts);
    };
    k.forEach(lower, whole, width, [&](Value column) { write(column, {}); });
    if (columns % width != 0)
      k.forEach(whole, upper, width, [&](Value column) {
        write(column, emitter.prefixMask(width, columns % width));
      });
  });
}

int64_t BoxEmitter::runLanes() {
  SmallVector<Value> starts = emitStarts();
  return forEachElement(k, type.getShape(), [&](SmallVector<Value> index) {
    emitWrite(Point(index), starts);
  });
}

FailureOr<int64_t> dlc::emitScatter(KernelFunction &kernel) {
  for (auto scatter : kernel.body().getOps<ScatterOp>())
    return ScatterEmitter(kernel, scatter).run();
  auto update = *kernel.body().getOps<DynamicUpdateSliceOp>().begin();
  return BoxEmitter(kernel, update).run();
}

FailureOr<int64_t> dlc::emitScatterLanes(KernelFunction &kernel) {
  for (auto scatter : kernel.body().getOps<ScatterOp>())
    return ScatterEmitter(kernel, scatter).runLanes();
  auto update = *kernel.body().getOps<DynamicUpdateSliceOp>().begin();
  return BoxEmitter(kernel, update).runLanes();
}
