// map: every output element depends on its own point. Lanes run along the last
// dimension; the others form one loop of rows. Where the body concatenates,
// each piece has loops of its own (Boxes.h).

#include "Lowering/BlockTranspose.h"
#include "Lowering/Boxes.h"
#include "Lowering/ExpressionEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile: small enough for an L2 to hold several operands of it,
/// large enough to pay for its hand-out.
static constexpr int64_t tileElements = 16384;

/// Inputs of as many bytes come from beyond the second level of the cache. They
/// are asked for a page ahead of their use: where an element takes long to
/// compute, too few loads fit into the CPU's window to hide how long they take.
static constexpr int64_t prefetchedBytes = int64_t(1) << 20;
static constexpr int64_t prefetchDistance = 4096;

namespace {
class MapEmitter {
public:
  explicit MapEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k),
        shape(tensorType(k.yields()[0]).getShape()) {}
  int64_t run();

private:
  int64_t emitBox(int64_t firstTile, bool isLast);
  SmallVector<Value> rowAt(Value linear, ArrayRef<int64_t> rowShape);
  Point pointAt(ArrayRef<Value> row, Coordinate column);
  void prefetchInputs(ArrayRef<Value> row, Value column);
  void emitVector(ArrayRef<Value> row, Value column, Value mask);
  void evaluateInvariants(ArrayRef<Value> row);
  void emitRow(ArrayRef<Value> row);
  void emitPiece(ArrayRef<Value> row, Value piece);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ArrayRef<int64_t> shape;
  /// What is being emitted: a part of the iteration space.
  Box box;
  int64_t begin = 0, columns = 1, width = 1;
};
} // namespace

int64_t MapEmitter::run() {
  if (shape.empty())
    return k.forEachItem(1, 1,
                         [&](Value) { emitter.storeYields({}, Point()); });
  SmallVector<Box> boxes = splitAtPieces(k.yields(), shape);
  int64_t tiles = 0;
  for (Box &each : boxes) {
    box = each;
    tiles += emitBox(tiles, &each == &boxes.back());
  }
  return tiles;
}

int64_t MapEmitter::emitBox(int64_t firstTile, bool isLast) {
  begin = box.lower.back();
  columns = box.upper.back() - begin;
  width = k.vectorWidth(columns);
  SmallVector<int64_t> rowShape;
  int64_t rows = 1;
  for (size_t d = 0; d + 1 < shape.size(); ++d) {
    rowShape.push_back(box.upper[d] - box.lower[d]);
    rows *= rowShape.back();
  }

  // Whole rows to a tile, or whole tiles to a row.
  if (columns <= tileElements) {
    int64_t rowsPerTile = tileElements / std::max<int64_t>(1, columns);
    return k.forEachItem(
        rows, rowsPerTile, [&](Value row) { emitRow(rowAt(row, rowShape)); },
        firstTile, isLast);
  }
  int64_t pieces = llvm::divideCeil(columns, tileElements);
  return k.forEachItem(
      rows * pieces, 1,
      [&](Value item) {
        Value count = k.constant(pieces);
        Value row = b.create<arith::DivUIOp>(loc, item, count);
        SmallVector<Value> index = rowAt(row, rowShape);
        emitPiece(index, b.create<arith::RemUIOp>(loc, item, count));
      },
      firstTile, isLast);
}

/// The coordinates of a row of the box.
SmallVector<Value> MapEmitter::rowAt(Value linear, ArrayRef<int64_t> rowShape) {
  SmallVector<Value> row = k.delinearize(linear, rowShape);
  for (auto [index, lower] : llvm::zip(row, box.lower))
    index = emitter.affine(index, 1, lower);
  return row;
}

/// The point is known to lie in the box.
Point MapEmitter::pointAt(ArrayRef<Value> row, Coordinate column) {
  Point point(row);
  point.index.push_back(column);
  for (auto [d, c] : llvm::enumerate(point.index))
    if (box.lower[d] != 0 || box.upper[d] != shape[d]) {
      c.first = box.lower[d];
      c.last = box.upper[d] - 1;
    }
  return point;
}

/// Of the inputs that are read in the order of the elements.
void MapEmitter::prefetchInputs(ArrayRef<Value> row, Value column) {
  for (BlockArgument argument : k.body().getArguments()) {
    auto type = tensorType(argument);
    int64_t bits = std::max(8u, type.getElementTypeBitWidth());
    if (type.getShape() != shape || width * bits < 512 ||
        type.getNumElements() * bits < 8 * prefetchedBytes)
      continue;
    SmallVector<Value> index(row);
    index.push_back(column);
    emitter.fetchLines(argument, index, 8 * prefetchDistance / bits, width);
  }
}

void MapEmitter::emitVector(ArrayRef<Value> row, Value column, Value mask) {
  ExpressionEmitter::Scope scope(emitter);
  if (!mask)
    prefetchInputs(row, column);
  Point point =
      pointAt(row, Coordinate(column, width == 1 ? 0 : 1, begin % 4 == 0));
  point.width = width;
  point.mask = mask;
  emitter.storeYields(shape, point, begin % width == 0);
}

void MapEmitter::evaluateInvariants(ArrayRef<Value> row) {
  Point anyColumn = pointAt(row, Coordinate(Value()));
  emitter.evaluateInvariants(SmallVector<Value>(k.yields()), anyColumn);
}

void MapEmitter::emitRow(ArrayRef<Value> row) {
  ExpressionEmitter::Scope scope(emitter);
  evaluateInvariants(row);
  int64_t whole = columns / width * width;
  Value lower = k.constant(begin), upper = k.constant(begin + whole);
  if (whole == width)
    emitVector(row, lower, {});
  else if (whole != 0)
    k.forEach(lower, upper, width,
              [&](Value column) { emitVector(row, column, {}); });
  if (whole != columns)
    emitVector(row, upper, emitter.prefixMask(width, columns - whole));
}

void MapEmitter::emitPiece(ArrayRef<Value> row, Value piece) {
  ExpressionEmitter::Scope scope(emitter);
  evaluateInvariants(row);
  Value size = k.constant(tileElements);
  Value lower = b.create<arith::MulIOp>(loc, piece, size);
  if (begin != 0)
    lower = emitter.affine(lower, 1, begin);
  Value upper = b.create<arith::AddIOp>(loc, lower, size);
  upper = b.create<arith::MinUIOp>(loc, upper, k.constant(begin + columns));
  // What no whole vector covers lies at the end of the last piece.
  Value end = k.constant(begin + columns / width * width);
  Value whole = b.create<arith::MinUIOp>(loc, upper, end);
  k.forEach(lower, whole, width,
            [&](Value column) { emitVector(row, column, {}); });
  if (columns % width != 0)
    k.forEach(whole, upper, width, [&](Value column) {
      emitVector(row, column, emitter.prefixMask(width, columns % width));
    });
}

FailureOr<int64_t> dlc::emitMap(KernelFunction &kernel) {
  if (std::optional<int64_t> tiles = emitBlockTranspose(kernel))
    return *tiles;
  return MapEmitter(kernel).run();
}
