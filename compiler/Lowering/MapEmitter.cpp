// map: every output element depends on its own point. Lanes run along the last
// dimension; the others form one loop of rows.

#include "Lowering/ExpressionEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile: small enough for an L2 to hold several operands of it,
/// large enough to pay for its hand-out.
static constexpr int64_t tileElements = 16384;

namespace {
class MapEmitter {
public:
  explicit MapEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k),
        shape(tensorType(k.yields()[0]).getShape()) {}
  int64_t run();

private:
  void emitVector(ArrayRef<Value> row, Value column, Value mask);
  void evaluateInvariants(ArrayRef<Value> row);
  void emitRow(ArrayRef<Value> row);
  void emitPiece(ArrayRef<Value> row, Value piece);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ArrayRef<int64_t> shape;
  int64_t columns = 1, width = 1;
};
} // namespace

int64_t MapEmitter::run() {
  if (shape.empty())
    return k.forEachItem(1, 1,
                         [&](Value) { emitter.storeYields({}, Point()); });
  ArrayRef<int64_t> rowShape = shape.drop_back();
  columns = shape.back();
  width = k.vectorWidth(columns);
  int64_t rows = 1;
  for (int64_t size : rowShape)
    rows *= size;

  // Whole rows to a tile, or whole tiles to a row.
  if (columns <= tileElements) {
    int64_t rowsPerTile = tileElements / std::max<int64_t>(1, columns);
    return k.forEachItem(rows, rowsPerTile, [&](Value row) {
      emitRow(k.delinearize(row, rowShape));
    });
  }
  int64_t pieces = llvm::divideCeil(columns, tileElements);
  return k.forEachItem(rows * pieces, 1, [&](Value item) {
    Value count = k.constant(pieces);
    Value row = b.create<arith::DivUIOp>(loc, item, count);
    emitPiece(k.delinearize(row, rowShape),
              b.create<arith::RemUIOp>(loc, item, count));
  });
}

void MapEmitter::emitVector(ArrayRef<Value> row, Value column, Value mask) {
  ExpressionEmitter::Scope scope(emitter);
  SmallVector<Value> index(row);
  index.push_back(column);
  emitter.storeYields(shape, Point(index, row.size(), width, mask,
                                   /*aligned=*/true));
}

void MapEmitter::evaluateInvariants(ArrayRef<Value> row) {
  Point anyColumn(row);
  anyColumn.index.push_back(Coordinate(Value()));
  emitter.evaluateInvariants(SmallVector<Value>(k.yields()), anyColumn);
}

void MapEmitter::emitRow(ArrayRef<Value> row) {
  ExpressionEmitter::Scope scope(emitter);
  evaluateInvariants(row);
  int64_t whole = columns / width * width;
  if (whole == width)
    emitVector(row, k.constant(0), {});
  else if (whole != 0)
    k.forEach(k.constant(0), k.constant(whole), width,
              [&](Value column) { emitVector(row, column, {}); });
  if (whole != columns)
    emitVector(row, k.constant(whole),
               emitter.prefixMask(width, columns - whole));
}

void MapEmitter::emitPiece(ArrayRef<Value> row, Value piece) {
  ExpressionEmitter::Scope scope(emitter);
  evaluateInvariants(row);
  Value size = k.constant(tileElements);
  Value lower = b.create<arith::MulIOp>(loc, piece, size);
  Value upper = b.create<arith::AddIOp>(loc, lower, size);
  upper = b.create<arith::MinUIOp>(loc, upper, k.constant(columns));
  // What no whole vector covers lies at the end of the last piece.
  Value whole =
      b.create<arith::MinUIOp>(loc, upper, k.constant(columns / width * width));
  k.forEach(lower, whole, width,
            [&](Value column) { emitVector(row, column, {}); });
  if (columns % width != 0)
    k.forEach(whole, upper, width, [&](Value column) {
      emitVector(row, column, emitter.prefixMask(width, columns % width));
    });
}

FailureOr<int64_t> dlc::emitMap(KernelFunction &kernel) {
  return MapEmitter(kernel).run();
}
