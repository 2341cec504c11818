// row: reductions along the trailing dimensions. A row is read completely, in
// as many passes as its reductions need, before its outputs are written.
//
// A reduction keeps one wide vector of accumulators; its lanes are combined in
// halves at the end. Both follow from the shape and the body alone, so the sum
// has the same bits on every instruction set and for every number of threads.
//
// Sums down the columns of a block of rows (IR/BlockSums.h) are kept beside a
// row: each row adds to them when it is written.

#include "Lowering/RowEmitter.h"

#include "IR/BlockSums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile.
static constexpr int64_t tileElements = 32768;
/// Longest row of which scratch copies are kept: an L1's worth.
static constexpr int64_t scratchElements = 8192;

/// Shortest row worth fetching ahead.
static constexpr int64_t prefetchElements = 512;

FailureOr<int64_t> RowEmitter::run() {
  findSpace();
  if (hasShortRows())
    return emitShortRows();
  planRows();
  if (!blockSums.empty())
    return emitBlocks();

  auto count = [](ArrayRef<int64_t> sizes) {
    return ShapedType::getNumElements(sizes);
  };
  int64_t columns = count(shape.drop_front(outer));
  int64_t rowsPerTile =
      std::max<int64_t>(1, tileElements / std::max<int64_t>(1, columns));
  return k.forEachItem(count(shape.take_front(outer)), rowsPerTile,
                       [&](Value row) {
                         ExpressionEmitter::Scope scope(emitter);
                         emitRow(k.delinearize(row, shape.take_front(outer)));
                       });
}

void RowEmitter::prepare() {
  findSpace();
  planRows();
}

void RowEmitter::finishRow(const ExpressionEmitter::Row &given) {
  ExpressionEmitter::Scope scope(emitter);
  emitter.bindRow(given);
  emitRow(given.index);
}

void RowEmitter::findSpace() {
  ReduceOp first;
  for (ReduceOp reduce : k.body().getOps<ReduceOp>())
    if (isBlockSum(reduce))
      blockSums.push_back(reduce);
    else if (!first)
      first = reduce;
  shape = tensorType(first.getOperand()).getShape();
  outer = shape.size() - first.getDimensions().size();
}

/// What is done with a row, one vector after the other.
void RowEmitter::planRows() {
  width = k.vectorWidth(shape.back());
  if (int64_t rest = shape.back() % width)
    tail = emitter.prefixMask(width, rest);

  // A row of one vector stays in registers.
  int64_t columns = ShapedType::getNumElements(shape.drop_front(outer));
  bool inRegisters = columns == shape.back() && columns <= width;
  bool keeps = !inRegisters && columns <= scratchElements;
  passes = planPasses(k.body(), shape,
                      [=](Value value) { return keeps && isDear(value); });
  SmallVector<int64_t> sizes(shape.drop_front(outer));
  sizes.back() = llvm::divideCeil(sizes.back(), width) * width;
  allocateScratch(sizes);
}

void RowEmitter::allocateScratch(ArrayRef<int64_t> sizes) {
  for (ReductionPass &pass : passes)
    for (Value value : pass.keeps) {
      Type element = registerType(tensorType(value).getElementType());
      scratch[value] = b.create<memref::AllocaOp>(
          loc, MemRefType::get(sizes, element), b.getI64IntegerAttr(64));
    }
}

//===-- Blocks of rows ----------------------------------------------------===//

int64_t RowEmitter::emitBlocks() {
  int64_t blocks = shape[0], rows = shape[1], columns = shape[2];
  int64_t padded = llvm::divideCeil(columns, width) * width;
  for (ReduceOp sum : blockSums) {
    Type element = tensorType(sum.getResult()).getElementType();
    scratch[sum.getResult()] = b.create<memref::AllocaOp>(
        loc, MemRefType::get({padded}, registerType(element)),
        b.getI64IntegerAttr(64));
  }
  int64_t perTile = std::max<int64_t>(1, tileElements / (rows * columns));
  return k.forEachItem(blocks, perTile, [&](Value block) {
    clearBlockSums();
    k.forEach(k.constant(0), k.constant(rows), 1, [&](Value row) {
      ExpressionEmitter::Scope scope(emitter);
      emitRow({block, row});
    });
    storeBlockSums(block);
  });
}

void RowEmitter::clearBlockSums() {
  k.forEach(k.constant(0), k.constant(shape[2]), width, [&](Value column) {
    for (ReduceOp sum : blockSums) {
      Type element = tensorType(sum.getResult()).getElementType();
      b.create<vector::StoreOp>(loc,
                                emitter.identity(sum.getKind(), element, width),
                                scratch[sum.getResult()], column);
    }
  });
}

/// Lanes beyond the end of a row add what nobody reads.
void RowEmitter::addToBlockSums(const Point &point) {
  Value column = point.index.back().index;
  for (ReduceOp sum : blockSums) {
    Type element = tensorType(sum.getResult()).getElementType();
    Value kept = scratch[sum.getResult()];
    Value before = b.create<vector::LoadOp>(
        loc, VectorType::get(width, registerType(element)), kept, column);
    Value value = emitter.vectorAt(sum.getOperand(), point);
    b.create<vector::StoreOp>(
        loc, emitter.combine(sum.getKind(), element, before, value), kept,
        column);
  }
}

void RowEmitter::storeBlockSums(Value block) {
  SmallVector<int64_t> kept = {shape[0], shape[2]};
  auto store = [&](Value column, Value mask) {
    ExpressionEmitter::Scope scope(emitter);
    Point point({block, column}, 1, width, mask, /*aligned=*/true);
    for (ReduceOp sum : blockSums) {
      Type element = tensorType(sum.getResult()).getElementType();
      emitter.bind(sum.getResult(), point,
                   b.create<vector::LoadOp>(
                       loc, VectorType::get(width, registerType(element)),
                       scratch[sum.getResult()], column));
    }
    emitter.storeYields(kept, point);
  };
  int64_t whole = shape[2] / width * width;
  if (whole != 0)
    k.forEach(k.constant(0), k.constant(whole), width,
              [&](Value column) { store(column, Value()); });
  if (whole != shape[2])
    store(k.constant(whole), tail);
}

//===-- Rows --------------------------------------------------------------===//

/// Whether rows are too short to fill a vector, so that lanes are rows, and a
/// reduction needs no other lane.
bool RowEmitter::hasShortRows() {
  auto isWide = [&](Value value) {
    auto type = tensorType(value);
    return type.getShape() != shape || type.getElementTypeBitWidth() >= 32;
  };
  Block &body = k.body();
  return shape.size() == 2 && outer == 1 && shape[1] > 0 &&
         shape[1] < k.lanes() && shape[0] >= k.lanes() &&
         shape[0] * shape[1] < (int64_t(1) << 31) &&
         body.getOps<RngBitGeneratorOp>().empty() &&
         llvm::all_of(body.getArguments(), isWide) &&
         llvm::all_of(k.yields(), isWide);
}

int64_t RowEmitter::emitShortRows() {
  width = k.lanes();
  // Lanes that lie a row apart are gathered, which is dear, too.
  passes = planPasses(k.body(), shape, [](Value value) {
    return isDear(value) || isa<BlockArgument>(value);
  });
  allocateScratch({shape[1], width});
  int64_t rows = shape[0];
  int64_t perTile = std::max<int64_t>(1, tileElements / (shape[1] * width));
  return k.forEachItem(
      llvm::divideCeil(rows, width), perTile, [&](Value group) {
        ExpressionEmitter::Scope scope(emitter);
        Value first = emitter.affine(group, width, 0);
        Value mask;
        if (rows % width != 0) {
          Value left = b.create<arith::SubIOp>(loc, k.constant(rows), first);
          mask = emitter.prefixMask(width, left);
        }
        emitSideBySide(first, mask);
      });
}

/// `width` rows, column by column.
void RowEmitter::emitSideBySide(Value firstRow, Value mask) {
  Point rows({firstRow}, 0, width, mask, /*aligned=*/true);
  for (ReductionPass &pass : passes) {
    Point point = rows;
    point.index.push_back(Value());
    emitter.evaluateInvariants(pass.roots, point);
    SmallVector<Value> sums = k.forEach(
        k.constant(0), k.constant(shape[1]), 1, identitiesOf(pass),
        [&](Value column, ValueRange accumulators) {
          ExpressionEmitter::Scope scope(emitter);
          point.index.back() = column;
          return emitStep(pass, point, {column, k.constant(0)}, accumulators);
        });
    for (auto [reduce, sum] : llvm::zip_equal(pass.reductions, sums))
      emitter.bind(reduce.getResult(), rows, sum);
  }
  emitter.storeYields(shape.take_front(outer), rows);
}

SmallVector<Value> RowEmitter::identitiesOf(ReductionPass &pass) {
  SmallVector<Value> identities;
  for (ReduceOp reduce : pass.reductions)
    identities.push_back(emitter.identity(
        reduce.getKind(), tensorType(reduce.getResult()).getElementType(),
        width));
  return identities;
}

/// What a pass does at `point`, whose kept values lie at `place` in scratch;
/// gives the next accumulators.
SmallVector<Value> RowEmitter::emitStep(ReductionPass &pass, const Point &point,
                                        ArrayRef<Value> place,
                                        ValueRange accumulators) {
  for (Value value : pass.finds) {
    auto type = VectorType::get(
        width, registerType(tensorType(value).getElementType()));
    emitter.bind(value, point,
                 b.create<vector::LoadOp>(loc, type, scratch[value], place));
  }
  SmallVector<Value> next;
  for (auto [reduce, accumulator] :
       llvm::zip_equal(pass.reductions, accumulators)) {
    Type element = tensorType(reduce.getResult()).getElementType();
    Value value = emitter.vectorAt(reduce.getOperand(), point);
    // Lanes beyond the end of a row; those of other rows harm nobody.
    if (point.mask && tail)
      value = b.create<arith::SelectOp>(
          loc, point.mask, value,
          emitter.identity(reduce.getKind(), element, width));
    next.push_back(
        emitter.combine(reduce.getKind(), element, accumulator, value));
  }
  if (pass.reductions.empty()) {
    // Before an output overwrites what they read.
    addToBlockSums(point);
    emitter.storeYields(shape, point, /*inOrder=*/true);
  }
  for (Value value : pass.keeps)
    b.create<vector::StoreOp>(loc, emitter.vectorAt(value, point),
                              scratch[value], place);
  return next;
}

void RowEmitter::emitRow(ArrayRef<Value> row) {
  for (ReductionPass &pass : passes)
    emitPass(pass, row);
  if (outer != shape.size())
    emitter.storeYields(shape.take_front(outer), Point(row));
}

SmallVector<Value> RowEmitter::scratchIndex(const Point &point) {
  SmallVector<Value> index;
  for (const Coordinate &c : ArrayRef(point.index).drop_front(outer))
    index.push_back(c.index);
  return index;
}

void RowEmitter::emitPass(ReductionPass &pass, ArrayRef<Value> row) {
  Point anyColumn(row);
  anyColumn.index.resize(shape.size(), Coordinate(Value()));
  emitter.evaluateInvariants(pass.roots, anyColumn);
  SmallVector<Value> sums = forColumns(
      row, identitiesOf(pass),
      [&](const Point &point, ValueRange accumulators) {
        if (&pass == passes.begin() && !point.mask)
          prefetchRows(point);
        return emitStep(pass, point, scratchIndex(point), accumulators);
      });
  for (auto [reduce, sum] : llvm::zip_equal(pass.reductions, sums)) {
    Type element = tensorType(reduce.getResult()).getElementType();
    emitter.bind(reduce.getResult(), Point(row),
                 emitter.combineLanes(reduce.getKind(), element, sum));
  }
}

/// A row is about a page, where the hardware's prefetcher stops: asks for the
/// same place two rows on.
void RowEmitter::prefetchRows(const Point &point) {
  size_t rank = blockSums.empty() ? 2 : 3;
  if (shape.size() != rank || outer + 1 != rank ||
      shape.back() < prefetchElements)
    return;
  SmallVector<Value> ahead;
  for (const Coordinate &c : point.index)
    ahead.push_back(c.index);
  ahead[outer - 1] = emitter.affine(ahead[outer - 1], 1, 2);
  for (BlockArgument argument : k.body().getArguments()) {
    auto type = tensorType(argument);
    if (type.getShape() != shape ||
        llvm::all_of(argument.getUsers(), llvm::IsaPred<DotGeneralOp>))
      continue;
    emitter.fetchLines(argument, ahead, 0, width);
  }
}

/// Calls `step` for every vector of the row.
SmallVector<Value> RowEmitter::forColumns(ArrayRef<Value> row, ValueRange inits,
                                          Step step) {
  ArrayRef<int64_t> columns = shape.drop_front(outer);
  int64_t size = columns.back(), whole = size / width * width;
  auto pointAt = [&](ArrayRef<Value> index, Value column, Value mask) {
    SmallVector<Value> full(row);
    full.append(index.begin(), index.end());
    full.push_back(column);
    return Point(full, full.size() - 1, width, mask, true);
  };
  auto walk = [&](ArrayRef<Value> index, ValueRange inits) {
    SmallVector<Value> carried(inits);
    if (whole == width) {
      carried = step(pointAt(index, k.constant(0), {}), carried);
    } else if (whole != 0) {
      carried =
          k.forEach(k.constant(0), k.constant(whole), width, carried,
                    [&](Value column, ValueRange accumulators) {
                      ExpressionEmitter::Scope scope(emitter);
                      return step(pointAt(index, column, {}), accumulators);
                    });
    }
    if (size != whole) {
      carried = step(pointAt(index, k.constant(whole), tail), carried);
    }
    return carried;
  };
  // A loop a dimension: lines may be short, and divisions dear.
  auto nest = [&](auto &nest, ArrayRef<Value> index,
                  ValueRange inits) -> SmallVector<Value> {
    if (index.size() + 1 == columns.size())
      return walk(index, inits);
    return k.forEach(k.constant(0), k.constant(columns[index.size()]), 1, inits,
                     [&](Value i, ValueRange accumulators) {
                       ExpressionEmitter::Scope scope(emitter);
                       SmallVector<Value> inner(index);
                       inner.push_back(i);
                       return nest(nest, inner, accumulators);
                     });
  };
  return nest(nest, {}, inits);
}

FailureOr<int64_t> dlc::emitRow(KernelFunction &kernel) {
  return RowEmitter(kernel).run();
}
