// The emitter of contractions: C = A B, perhaps for each of a batch, then an
// epilogue on the elements of C.
//
// A kernel is a grid of tiles; a tile is a strip of columns times some rows:
//
//   for each tile:
//     copy its band of A and its strip of B to scratch, unless the tile before
//       has done so (or it does not pay: ContractionSchedule.h)
//     for each block of k:
//       for each group of rows: micro-kernel (ContractionKernels.h)
//     for each row, for each vector of columns: epilogue
//
// The micro-kernel leaves sums in a scratch tile on the stack, which the
// epilogue reads back from the first level of the cache. It costs a load and a
// store an element of C against K multiply-adds, and in return micro-kernels
// know nothing of epilogues and neither of them is unrolled into the other.
//
// The order in which an element is summed depends on shapes and layouts alone:
// blocks of 512 k, each a chain of multiply-adds from 0, added in order. Where
// C has at most `lanes` columns (rows) and A (B) is contiguous along k, the
// lanes hold neighbouring k instead: `lanes` chains, blocks of 2048, then a
// fixed tree. Nothing else, neither tiles nor registers, enters the sums.

#include "Lowering/ContractionKernels.h"
#include "Lowering/ContractionSchedule.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Kernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <functional>

using namespace mlir;
using namespace dlc;

namespace {

class ContractionEmitter {
public:
  ContractionEmitter(KernelFunction &kernel, DotGeneralOp dot)
      : kernel(kernel), b(kernel.builder), loc(kernel.loc()), p(dot),
        s(p, kernel.registers), expressions(kernel) {}

  int64_t emit();

private:
  /// A buffer on the stack.
  struct Scratch {
    Value memref;
    FlatMatrix shape;
  };
  struct Tile {
    Value batch;
    Value strip;
    /// The strip's vectors of columns.
    Value unit0, unit1;
    Value group0, group1;
    Value row0, row1;
    /// The groups of the band that the tile belongs to.
    Value bandGroup0, bandGroup1;
  };

  Value constant(int64_t value) { return kernel.constant(value); }
  Value add(Value x, Value y) {
    return b.createOrFold<arith::AddIOp>(loc, x, y);
  }
  Value sub(Value x, Value y) {
    return b.createOrFold<arith::SubIOp>(loc, x, y);
  }
  Value mul(Value x, int64_t y) {
    return b.createOrFold<arith::MulIOp>(loc, x, constant(y));
  }
  Value div(Value x, int64_t y) {
    return b.createOrFold<arith::DivUIOp>(loc, x, constant(y));
  }
  Value rem(Value x, int64_t y) {
    return b.createOrFold<arith::RemUIOp>(loc, x, constant(y));
  }
  Value min(Value x, Value y) {
    return b.createOrFold<arith::MinSIOp>(loc, x, y);
  }
  Value next(Value x) { return add(x, constant(1)); }
  Value compare(arith::CmpIPredicate predicate, Value x, Value y) {
    return b.createOrFold<arith::CmpIOp>(loc, predicate, x, y);
  }
  Value start(const Split &split, Value i) {
    return div(mul(i, split.total), split.count);
  }
  void call(func::FuncOp callee, ValueRange operands) {
    b.create<func::CallOp>(loc, callee, operands);
  }
  void ifThenElse(Value condition, function_ref<void()> then,
                  function_ref<void()> otherwise = {});
  /// body(c) for the one of `cases` that `selector` equals.
  void select(Value selector, ArrayRef<int64_t> cases,
              function_ref<void(int64_t)> body);

  ModuleOp module() { return kernel.function->getParentOfType<ModuleOp>(); }
  Value flatInput(Value operand);
  Scratch scratch(FlatMatrix shape);
  Value batchOf(const Tile &tile, const FlatMatrix &matrix) {
    return mul(tile.batch, matrix.size / p.batch);
  }

  Tile tileAt(Value t);
  void packBand(const Tile &tile);
  void packStrip(const Tile &tile, Value k0, Value k1);
  void packColumns(const Tile &tile, Value k0, Value k1);
  void packTransposed(const Tile &tile, Value k0, Value k1);
  void packForDots(const Tile &tile, Value k0, Value k1);

  /// A group of rows times a strip of columns for some k.
  struct Step {
    Value group;
    Value row, rows;
    Value k0, count;
    /// Add to the sums of the blocks before.
    Value accumulate;
  };
  void multiply(const Tile &tile);
  void multiplyColumns(const Tile &tile, const Step &step);
  void multiplyDots(const Tile &tile, const Step &step);
  void callGemm(const Step &step, Value isLast, Value units,
                ArrayRef<int64_t> widths, GemmKernel spec, ValueRange operands);
  void clear();
  void transpose();
  void epilogue(const Tile &tile);
  void epilogueAt(const Tile &tile, Value m, Value n, Value at, Value mask);

  KernelFunction &kernel;
  OpBuilder &b;
  Location loc;
  Product p;
  Schedule s;
  ExpressionEmitter expressions;

  Value aFlat, bFlat;
  /// [group][k][row of the group].
  Scratch band;
  /// k × columns, after `lanes` rows for what comes before an overlap; or
  /// [k / lanes][column][lanes] for dots.
  Scratch strip;
  /// The sums of a tile: rows × columns; turned if the product is swapped.
  Scratch sums, turned;
};

} // namespace

void ContractionEmitter::ifThenElse(Value condition, function_ref<void()> then,
                                    function_ref<void()> otherwise) {
  OpBuilder::InsertionGuard guard(b);
  auto branch = b.create<scf::IfOp>(loc, condition, bool(otherwise));
  b.setInsertionPointToStart(branch.thenBlock());
  then();
  if (!otherwise)
    return;
  b.setInsertionPointToStart(branch.elseBlock());
  otherwise();
}

void ContractionEmitter::select(Value selector, ArrayRef<int64_t> cases,
                                function_ref<void(int64_t)> body) {
  if (cases.size() == 1)
    return body(cases.front());
  ifThenElse(
      compare(arith::CmpIPredicate::eq, selector, constant(cases.front())),
      [&] { body(cases.front()); },
      [&] { select(selector, cases.drop_front(), body); });
}

/// The memref of one of the body's arguments, as one dimension.
Value ContractionEmitter::flatInput(Value operand) {
  Value memref = kernel.input(cast<BlockArgument>(operand).getArgNumber());
  int64_t size = tensorType(operand).getNumElements();
  return b.create<memref::ReinterpretCastOp>(
      loc, MemRefType::get({size}, p.element), memref, /*offset=*/0,
      ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
}

ContractionEmitter::Scratch ContractionEmitter::scratch(FlatMatrix shape) {
  Value memref = b.create<memref::AllocaOp>(
      loc, MemRefType::get({shape.size}, p.element), b.getI64IntegerAttr(64));
  return {memref, shape};
}

ContractionEmitter::Tile ContractionEmitter::tileAt(Value t) {
  Value strip = div(t, s.tilesOfBand());
  Value band = div(strip, s.strips.count);
  Value bandTile0 = mul(rem(band, s.bands), s.tilesOfBand());
  Value bandTile1 = add(bandTile0, constant(s.tilesOfBand()));
  Value index = add(bandTile0, rem(t, s.tilesOfBand()));
  Tile tile;
  tile.batch = div(band, s.bands);
  tile.strip = rem(strip, s.strips.count);
  tile.unit0 = start(s.strips, tile.strip);
  tile.unit1 = start(s.strips, next(tile.strip));
  tile.group0 = start(s.tiles, index);
  tile.group1 = start(s.tiles, next(index));
  tile.row0 = start(s.groups, tile.group0);
  tile.row1 = start(s.groups, tile.group1);
  tile.bandGroup0 = start(s.tiles, bandTile0);
  tile.bandGroup1 = start(s.tiles, bandTile1);
  return tile;
}

//===-- Packing
//------------------------------------------------------------===//

/// Whole vectors are copied; what is too much of one, the next overwrites.
void ContractionEmitter::packBand(const Tile &tile) {
  int64_t rows = s.groups.largest();
  CopyKernel spec{p.element,
                  p.lanes,
                  Split{rows, p.lanes}.largest(),
                  /*masked=*/true,
                  {p.a.size, p.a.column, 1},
                  band.shape};
  func::FuncOp callee = getCopyKernel(module(), spec);
  kernel.forEach(tile.bandGroup0, tile.bandGroup1, 1, [&](Value group) {
    Value row = start(s.groups, group);
    call(callee, {aFlat, add(batchOf(tile, p.a), row),
                  sub(constant(p.rows), row), band.memref,
                  mul(sub(group, tile.bandGroup0), p.k * rows), constant(p.k)});
  });
}

/// Copies k in [k0, k1) of the strip.
void ContractionEmitter::packStrip(const Tile &tile, Value k0, Value k1) {
  if (p.dots)
    packForDots(tile, k0, k1);
  else if (p.b.column == 1)
    packColumns(tile, k0, k1);
  else
    packTransposed(tile, k0, k1);
}

/// The different lengths of a split's parts.
static SmallVector<int64_t> lengths(const Split &split) {
  SmallVector<int64_t> result = {split.largest()};
  if (split.smallest() != split.largest())
    result.push_back(split.smallest());
  return result;
}

void ContractionEmitter::packColumns(const Tile &tile, Value k0, Value k1) {
  Value column = mul(tile.unit0, p.lanes);
  Value from = add(add(batchOf(tile, p.b), mul(k0, p.b.row)), column);
  select(sub(tile.unit1, tile.unit0), lengths(s.strips), [&](int64_t units) {
    CopyKernel spec{p.element,
                    p.lanes,
                    units,
                    p.columns % p.lanes != 0,
                    {p.b.size, p.b.row, 1},
                    strip.shape};
    call(getCopyKernel(module(), spec),
         {bFlat, from, sub(constant(p.columns), column), strip.memref,
          constant(p.lanes * strip.shape.row), sub(k1, k0)});
  });
}

/// B is contiguous along k. The last vector of k may overlap the one before:
/// what is written twice is equal, and does not lie before the scratch.
void ContractionEmitter::packTransposed(const Tile &tile, Value k0, Value k1) {
  int64_t size = std::min(p.k, p.lanes);
  TransposeKernel spec{
      p.element, p.lanes, size, size, {p.b.size, p.b.column, 1}, strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(tile.unit0, tile.unit1, 1, [&](Value unit) {
    Value column = mul(unit, p.lanes);
    Value last = sub(constant(p.columns - 1), column);
    Value from = add(batchOf(tile, p.b), mul(column, p.b.column));
    Value to = mul(sub(unit, tile.unit0), p.lanes);
    kernel.forEach(k0, k1, p.lanes, [&](Value k) {
      k = min(k, constant(p.k - size));
      Value row = add(sub(k, k0), constant(p.lanes));
      call(callee, {bFlat, add(from, k), last, strip.memref,
                    add(to, mul(row, strip.shape.row))});
    });
  });
}

void ContractionEmitter::packForDots(const Tile &tile, Value k0, Value k1) {
  TransposeKernel spec{
      p.element,  p.lanes, p.columns, p.columns, {p.b.size, p.b.row, 1},
      strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(k0, k1, p.lanes, [&](Value k) {
    Value from = add(batchOf(tile, p.b), mul(k, p.b.row));
    call(callee, {bFlat, from, sub(constant(p.k - 1), k), strip.memref,
                  mul(sub(k, k0), p.columns)});
  });
}

//===-- Multiplication
//-----------------------------------------------------===//

/// sums = a tile of the product.
void ContractionEmitter::multiply(const Tile &tile) {
  if (p.k == 0)
    return clear();
  kernel.forEach(constant(0), constant(p.k), s.blockK, [&](Value k0) {
    Value k1 = min(add(k0, constant(s.blockK)), constant(p.k));
    if (s.packsB && !s.packsAllK)
      packStrip(tile, k0, k1);
    Step step;
    step.k0 = k0;
    step.count = sub(k1, k0);
    step.accumulate = compare(arith::CmpIPredicate::ne, k0, constant(0));
    kernel.forEach(tile.group0, tile.group1, 1, [&](Value group) {
      step.group = group;
      step.row = start(s.groups, group);
      step.rows = sub(start(s.groups, next(group)), step.row);
      if (p.dots)
        multiplyDots(tile, step);
      else
        multiplyColumns(tile, step);
    });
  });
}

void ContractionEmitter::multiplyColumns(const Tile &tile, const Step &step) {
  GemmKernel spec{p.element, p.lanes, 0,   0,         p.k > s.blockK,
                  p.lanes,   p.a,     p.b, sums.shape};
  Value a = aFlat, b = bFlat, aBase, bBase;
  if (s.packsA) {
    int64_t rows = s.groups.largest();
    Value group = sub(step.group, tile.bandGroup0);
    spec.a = {band.shape.size, 1, rows};
    a = band.memref;
    aBase = mul(add(mul(group, p.k), step.k0), rows);
  } else {
    aBase = add(batchOf(tile, p.a),
                add(mul(step.row, p.a.row), mul(step.k0, p.a.column)));
  }
  if (s.packsB) {
    Value k = s.packsAllK ? step.k0 : constant(0);
    spec.b = strip.shape;
    b = strip.memref;
    bBase = mul(add(k, constant(p.lanes)), strip.shape.row);
  } else {
    bBase = add(batchOf(tile, p.b),
                add(mul(step.k0, p.b.row), mul(tile.unit0, p.lanes)));
  }
  Value cBase = mul(sub(step.row, tile.row0), sums.shape.row);

  auto operands = [&](Value offset) {
    return SmallVector<Value>{a,           aBase,
                              b,           add(bBase, offset),
                              sums.memref, add(cBase, offset),
                              step.count,  step.accumulate};
  };
  if (s.microUnits == s.strips.largest()) {
    Value isLast = compare(arith::CmpIPredicate::eq, tile.strip,
                           constant(s.strips.count - 1));
    callGemm(step, isLast, sub(tile.unit1, tile.unit0), lengths(s.strips), spec,
             operands(constant(0)));
    return;
  }
  kernel.forEach(tile.unit0, tile.unit1, 1, [&](Value unit) {
    Value isLast =
        compare(arith::CmpIPredicate::eq, unit, constant(p.units() - 1));
    callGemm(step, isLast, constant(1), {1}, spec,
             operands(mul(sub(unit, tile.unit0), p.lanes)));
  });
}

/// Calls the micro-kernel of the step's height and of `units` vectors, one of
/// `widths`. The last columns may fill their vector only in part: if they are
/// read in place that takes another one.
void ContractionEmitter::callGemm(const Step &step, Value isLast, Value units,
                                  ArrayRef<int64_t> widths, GemmKernel spec,
                                  ValueRange operands) {
  auto callOne = [&](int64_t width) {
    select(step.rows, lengths(s.groups), [&](int64_t rows) {
      spec.rows = rows;
      spec.units = width;
      call(getGemmKernel(module(), spec), operands);
    });
  };
  int64_t tail = p.columns % p.lanes;
  if (tail == 0 || s.packsB)
    return select(units, widths, callOne);
  auto callLast = [&] {
    spec.lastLanes = tail;
    callOne(widths.front()); // the last strip is one of the widest
    spec.lastLanes = p.lanes;
  };
  if (p.units() == widths.front())
    return callLast();
  ifThenElse(isLast, callLast, [&] { select(units, widths, callOne); });
}

void ContractionEmitter::multiplyDots(const Tile &tile, const Step &step) {
  DotKernel spec{p.element,      p.lanes,      0,
                 p.columns,      s.dotColumns, p.k % p.lanes,
                 p.k > s.blockK, p.a,          {p.b.size, p.b.column, 1},
                 sums.shape};
  Value aBase = add(batchOf(tile, p.a), add(mul(step.row, p.a.row), step.k0));
  Value b = bFlat, bBase;
  if (s.packsB) {
    spec.b = {strip.shape.size, p.lanes, p.columns};
    b = strip.memref;
    bBase = s.packsAllK ? mul(step.k0, p.columns) : constant(0);
  } else {
    bBase = add(batchOf(tile, p.b), step.k0);
  }
  Value cBase = mul(sub(step.row, tile.row0), sums.shape.row);
  Value whole = mul(div(step.count, p.lanes), p.lanes);
  select(step.rows, lengths(s.groups), [&](int64_t rows) {
    spec.rows = rows;
    call(getDotKernel(module(), spec),
         {aFlat, aBase, b, bBase, sums.memref, cBase, whole, step.count,
          step.accumulate});
  });
}

/// An empty sum is 0.
void ContractionEmitter::clear() {
  Value zero = b.create<arith::ConstantOp>(
      loc, b.getZeroAttr(VectorType::get({p.lanes}, p.element)));
  kernel.forEach(constant(0), constant(sums.shape.size), p.lanes, [&](Value i) {
    b.create<vector::StoreOp>(loc, zero, sums.memref, i);
  });
}

//===-- Epilogue
//-----------------------------------------------------------===//

/// sums, whose rows are columns of the result ⇒ turned.
void ContractionEmitter::transpose() {
  TransposeKernel spec{p.element, p.lanes,    p.lanes,
                       p.lanes,   sums.shape, turned.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  int64_t rows = sums.shape.size / sums.shape.row;
  kernel.forEach(constant(0), constant(rows), p.lanes, [&](Value row) {
    kernel.forEach(
        constant(0), constant(sums.shape.row), p.lanes, [&](Value column) {
          call(callee, {sums.memref, add(mul(row, sums.shape.row), column),
                        constant(p.lanes - 1), turned.memref,
                        add(mul(column, turned.shape.row), row)});
        });
  });
}

void ContractionEmitter::epilogue(const Tile &tile) {
  // The part of the result that the tile holds.
  Value column0 = mul(tile.unit0, p.lanes);
  Value column1 = min(mul(tile.unit1, p.lanes), constant(p.columns));
  Value m0 = p.swapped ? column0 : tile.row0;
  Value m1 = p.swapped ? column1 : tile.row1;
  Value n0 = p.swapped ? tile.row0 : column0;
  Value n1 = p.swapped ? tile.row1 : column1;
  const Scratch &from = p.swapped ? turned : sums;

  // Whole vectors, then what is left: always as much, unless tiles end
  // anywhere.
  Value whole = add(n0, mul(div(sub(n1, n0), p.lanes), p.lanes));
  int64_t tail = p.n % p.lanes;
  bool anywhere = p.swapped && s.tiles.count > 1;
  kernel.forEach(m0, m1, 1, [&](Value m) {
    ExpressionEmitter::Scope scope(expressions);
    Value at = mul(sub(m, m0), from.shape.row);
    if (p.n >= p.lanes)
      kernel.forEach(n0, whole, p.lanes, [&](Value n) {
        epilogueAt(tile, m, n, add(at, sub(n, n0)), {});
      });
    if (tail || anywhere)
      kernel.forEach(whole, n1, p.lanes, [&](Value n) {
        ExpressionEmitter::Scope scope(expressions);
        Value mask = anywhere ? expressions.prefixMask(p.lanes, sub(n1, n))
                              : expressions.prefixMask(p.lanes, tail);
        epilogueAt(tile, m, n, add(at, sub(n, n0)), mask);
      });
  });
}

void ContractionEmitter::epilogueAt(const Tile &tile, Value m, Value n,
                                    Value at, Value mask) {
  ExpressionEmitter::Scope scope(expressions);
  RankedTensorType type = tensorType(p.dot.getResult());
  SmallVector<Value> index;
  if (type.getRank() == 3)
    index.push_back(tile.batch);
  index.append({m, n});
  Point point(index, type.getRank() - 1, p.lanes, mask);
  Value sum =
      b.create<vector::LoadOp>(loc, VectorType::get({p.lanes}, p.element),
                               p.swapped ? turned.memref : sums.memref, at);
  expressions.bind(p.dot.getResult(), point, sum);
  expressions.storeYields(type.getShape(), point);
}

int64_t ContractionEmitter::emit() {
  if (p.k) {
    aFlat = flatInput(p.left());
    bFlat = flatInput(p.right());
  }
  int64_t width = p.dots ? p.lanes : s.strips.largest() * p.lanes;
  int64_t height = s.rowsOfTile();
  if (p.swapped)
    height = llvm::alignTo(height, p.lanes);
  sums = scratch({height * width, width, 1});
  if (p.swapped)
    turned = scratch({height * width, height, 1});
  if (s.packsA) {
    int64_t rows = s.groups.largest();
    // The last copied vectors reach beyond the last group.
    int64_t size = s.groupsOfBand() * rows * p.k;
    band = scratch({size + int64_t(llvm::alignTo(rows, p.lanes)), rows, 1});
  }
  if (s.packsB) {
    int64_t k = s.packsAllK ? p.k : std::min(p.k, s.blockK);
    if (p.dots)
      strip =
          scratch({int64_t(llvm::alignTo(k, p.lanes)) * p.columns, p.lanes, 1});
    else
      strip = scratch({(k + p.lanes) * width, width, 1});
  }

  // What a tile packs serves the tiles after it, until a band or strip ends.
  int64_t stripTiles = s.tilesOfBand();
  int64_t bandTiles = stripTiles * s.strips.count;
  SmallVector<std::pair<int64_t, std::function<void(const Tile &)>>> packing;
  if (s.packsA)
    packing.push_back({bandTiles, [&](const Tile &tile) { packBand(tile); }});
  if (s.packsAllK)
    packing.push_back({stripTiles, [&](const Tile &tile) {
                         packStrip(tile, constant(0), constant(p.k));
                       }});
  SmallVector<Value> none(packing.size(), constant(-1));
  kernel.forEach(kernel.tile0(), kernel.tile1(), 1, none,
                 [&](Value t, ValueRange packed) -> SmallVector<Value> {
                   ExpressionEmitter::Scope scope(expressions);
                   Tile tile = tileAt(t);
                   SmallVector<Value> parts;
                   for (auto [entry, last] : llvm::zip_equal(packing, packed)) {
                     auto &[tiles, pack] = entry;
                     parts.push_back(div(t, tiles));
                     ifThenElse(
                         compare(arith::CmpIPredicate::ne, parts.back(), last),
                         [&, &pack = pack] {
                           ExpressionEmitter::Scope scope(expressions);
                           pack(tile);
                         });
                   }
                   multiply(tile);
                   if (p.swapped)
                     transpose();
                   epilogue(tile);
                   return parts;
                 });
  return p.batch * bandTiles * s.bands;
}

FailureOr<int64_t> dlc::emitContraction(KernelFunction &kernel) {
  DotGeneralOp dot = *kernel.body().getOps<DotGeneralOp>().begin();
  if (tensorType(dot.getResult()).getNumElements() == 0)
    return 0;
  return ContractionEmitter(kernel, dot).emit();
}
