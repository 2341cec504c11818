// The emitter of contractions: C[b, m, n] = sum over k of A[b, m, k] B[b, k, n],
// then an epilogue on the elements of C.
//
// A kernel is a grid of tiles; a tile is a strip of columns times some rows:
//
//   for each tile:
//     pack the strip of B, unless the tile before has done so
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
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Kernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

static int64_t ceilDiv(int64_t x, int64_t y) { return (x + y - 1) / y; }

namespace {

/// The vector registers of the machine that code is made for.
struct VectorRegisters {
  int64_t bytes = 64;
  int64_t count = 32;
};

/// `total` things in `count` parts as equal as can be.
struct Split {
  int64_t total;
  int64_t count;

  int64_t start(int64_t i) const { return i * total / count; }
  int64_t smallest() const { return total / count; }
  int64_t largest() const { return ceilDiv(total, count); }
};

/// The product as a micro-kernel sees it. If the result has few columns or
/// rows, the computation may be of its transpose: then a is the right operand.
struct Product {
  explicit Product(DotGeneralOp dot);

  DotGeneralOp dot;
  Type element;
  /// Elements of a logical vector: 16 f32 or 8 f64 on every machine.
  int64_t lanes;
  int64_t batch, m, n, k;
  /// rows and columns are n and m.
  bool swapped = false;
  /// The lanes hold neighbouring k.
  bool dot1 = false;
  int64_t rows, columns;
  /// a: (row, k), b: (k, column); batches stand `a.size / batch` apart.
  FlatMatrix a, b;

  Value lhs() { return swapped ? dot.getRhs() : dot.getLhs(); }
  Value rhs() { return swapped ? dot.getLhs() : dot.getRhs(); }
  int64_t units() const { return ceilDiv(columns, lanes); }
};

Product::Product(DotGeneralOp dot) : dot(dot) {
  RankedTensorType lhs = tensorType(dot.getLhs());
  RankedTensorType rhs = tensorType(dot.getRhs());
  RankedTensorType result = tensorType(dot.getResult());
  element = result.getElementType();
  lanes = element.isF64() ? 8 : 16;
  int64_t first = dot.getLhsBatch().size(); // of the two dims of a matrix
  batch = first ? lhs.getDimSize(0) : 1;
  m = result.getDimSize(first);
  n = result.getDimSize(first + 1);
  int64_t lhsK = dot.getLhsContract().front();
  int64_t rhsK = dot.getRhsContract().front();
  k = lhs.getDimSize(lhsK);
  bool lhsAlongK = lhsK == first + 1, rhsAlongK = rhsK == first + 1;

  FlatMatrix left{lhs.getNumElements(), lhsAlongK ? k : 1, lhsAlongK ? 1 : m};
  FlatMatrix right{rhs.getNumElements(), rhsAlongK ? 1 : n, rhsAlongK ? k : 1};
  // Few columns waste lanes; few rows of a b that is contiguous along k do not
  // pay for transposing it.
  if (n <= lanes) {
    dot1 = lhsAlongK;
    swapped = !dot1;
  } else if (m <= lanes && rhsAlongK) {
    dot1 = swapped = true;
  }
  rows = m, columns = n, a = left, b = right;
  if (swapped) {
    std::swap(rows, columns);
    a = {right.size, right.column, right.row};
    b = {left.size, left.column, left.row};
  }
}

/// How the product is cut, from its shape alone but for the micro-kernel.
struct Schedule {
  Schedule(const Product &p, const VectorRegisters &registers);

  /// k of a block of the sum.
  int64_t blockK;
  /// Columns in units of `lanes`, in strips.
  Split strips;
  /// Rows (units of rows if the result's columns are rows), in tiles.
  Split tiles;
  int64_t rowGrain = 1;
  /// Neighbouring tiles form bands, whose rows of a fit the second level of
  /// the cache: a band meets all strips before the next one starts.
  int64_t bands = 1;
  /// Rows of a micro-kernel at most; units of one, if not all of a strip's.
  int64_t microRows;
  int64_t microUnits;
  /// The micro-kernels that a tile's rows are split into.
  int64_t groups;
  /// b is copied to scratch: transposed, or so that a strip is contiguous.
  bool packsB = false;
  /// The rows of a band are copied to scratch, so that they are contiguous for
  /// each k.
  bool packsA = false;
  /// A packed strip holds all k, and serves all tiles of the strip.
  bool packsAllK = false;

  int64_t perBand() const { return tiles.count / bands; }
  int64_t tileRows(const Product &p) const {
    return std::min(p.rows, tiles.largest() * rowGrain);
  }
  int64_t packedK(const Product &p) const {
    return packsAllK ? p.k : std::min(p.k, blockK);
  }
};

} // namespace

/// Bytes of scratch for packed operands.
static constexpr int64_t packLimit = 192 * 1024;

Schedule::Schedule(const Product &p, const VectorRegisters &registers)
    : blockK(p.dot1 ? 2048 : 512) {
  // A logical vector may take several registers.
  int64_t perVector = std::max<int64_t>(1, 64 / registers.bytes);
  int64_t vectors = registers.count / perVector;

  // Wide strips where few rows would leave the multipliers idle.
  int64_t stripUnits = p.rows <= 2    ? 8
                       : p.rows <= 4  ? 6
                       : p.rows <= 8  ? 3
                       : p.rows <= 14 ? 2
                                      : 3;
  if (getenv("NV")) stripUnits = atoi(getenv("NV"));
  strips = {p.units(), ceilDiv(p.units(), stripUnits)};
  if (p.dot1) {
    strips = {p.columns, 1};
    microUnits = 1;
    microRows = std::clamp<int64_t>((vectors - 6) / p.columns, 1, 8);
  } else {
    // accumulators + a row of b + one element of a
    auto fits = [&](int64_t units) {
      return (vectors - 1 - units) / units;
    };
    microUnits = fits(strips.largest()) >= 2 ? strips.largest() : 1;
    microRows = std::max<int64_t>(1, fits(microUnits));
    microRows = std::min<int64_t>(microRows, microUnits == 3 ? 8 : 16);
    if (getenv("MR")) microRows = atoi(getenv("MR"));
  }

  int64_t packedBytes = 64 * (p.dot1 ? p.columns : strips.largest());
  if (p.dot1) {
    packsB = p.b.row != 1;
    packedBytes = ceilDiv(64 * p.columns, p.lanes);
  } else {
    packsB = p.b.column != 1;
  }
  if (!p.dot1 && p.rows >= 64 && p.b.size / std::max<int64_t>(p.batch, 1) * 64 / p.lanes >= 256 * 1024) packsB = true;
  if (getenv("PACK") && !p.dot1) packsB = p.b.column != 1 || atoi(getenv("PACK"));
  packsB &= p.k > 0;
  packsAllK = packsB && p.k * packedBytes <= packLimit;

  // Enough tiles for 16 threads, and enough work in one to pay for its start.
  int64_t rowsOfTile =
      std::clamp<int64_t>(llvm::bit_floor(uint64_t(
                              8192 / std::max<int64_t>(p.k, 1))),
                          32, 256);
  if (packsB && !packsAllK)
    rowsOfTile = 256;
  if (getenv("TILE")) rowsOfTile = atoi(getenv("TILE"));
  int64_t rowBytes = p.k * 64 / p.lanes;
  if (p.dot1 && p.swapped)
    rowGrain = p.lanes;
  int64_t grains = ceilDiv(p.rows, rowGrain);
  tiles = {grains, ceilDiv(grains * rowGrain, rowsOfTile)};
  int64_t band = getenv("BAND") ? atoi(getenv("BAND")) * 1024 : 1 << 30;
  packsA = !p.dot1 && p.a.column != 1 && p.k > 0 && strips.count > 1 &&
           rowsOfTile * rowBytes <= packLimit && !getenv("NOPA");
  if (packsA)
    band = packLimit;
  int64_t perBand =
      std::max<int64_t>(1, band / std::max<int64_t>(1, rowsOfTile * rowBytes));
  bands = ceilDiv(tiles.count, perBand);
  tiles.count = llvm::alignTo(tiles.count, bands);
  groups = ceilDiv(tileRows(p), microRows);
}

namespace {

class ContractionEmitter {
public:
  ContractionEmitter(KernelFunction &kernel, DotGeneralOp dot,
          const VectorRegisters &registers)
      : kernel(kernel), b(kernel.builder), loc(kernel.loc()), p(dot),
        s(p, registers), expressions(kernel) {}

  int64_t emit();

private:
  /// The tile that is being emitted, in elements.
  struct Tile {
    Value batch;
    Value strip;
    Value unit0, unit1;
    Value row0, row1;
    /// Among the tiles of all rows; among those of its band.
    Value index, inBand;
  };

  Value constant(int64_t value) { return kernel.constant(value); }
  Value add(Value x, Value y) { return b.createOrFold<arith::AddIOp>(loc, x, y); }
  Value sub(Value x, Value y) { return b.createOrFold<arith::SubIOp>(loc, x, y); }
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
  Value equal(Value x, Value y) {
    return b.createOrFold<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, x, y);
  }
  Value start(const Split &split, Value i) {
    return div(mul(i, split.total), split.count);
  }
  /// The first row of a group in a tile of `height` rows.
  Value startOfGroup(Value group, Value height) {
    return div(b.createOrFold<arith::MulIOp>(loc, group, height), s.groups);
  }
  void call(func::FuncOp callee, ValueRange operands) {
    b.create<func::CallOp>(loc, callee, operands);
  }
  void ifThenElse(Value condition, function_ref<void()> then,
                  function_ref<void()> otherwise = {});
  /// body(c) for the one of `cases` that `selector` equals.
  void select(Value selector, ArrayRef<int64_t> cases,
              function_ref<void(int64_t)> body);

  Value flatInput(Value operand);
  Value scratch(int64_t elements);
  ModuleOp module() { return kernel.function->getParentOfType<ModuleOp>(); }

  Tile tileAt(Value t);
  void pack(const Tile &tile, Value k0, Value k1);
  void packRows(const Tile &tile);
  void packColumns(const Tile &tile, Value k0, Value k1);
  void packTransposed(const Tile &tile, Value k0, Value k1);
  void packForDots(const Tile &tile, Value k0, Value k1);
  void multiply(const Tile &tile);
  void gemm(const Tile &tile, Value group, Value row, Value height, Value k0,
            Value count, Value accumulate);
  void dots(const Tile &tile, Value row, Value height, Value k0, Value count,
            Value accumulate);
  void clear(const Tile &tile);
  void transpose(const Tile &tile);
  void epilogue(const Tile &tile);
  void epilogueAt(const Tile &tile, Value m, Value n, Value at, Value mask);

  KernelFunction &kernel;
  OpBuilder &b;
  Location loc;
  Product p;
  Schedule s;
  ExpressionEmitter expressions;

  Value aFlat, bFlat;
  /// The packed band.
  Value packedA;
  FlatMatrix packedAShape;
  /// The packed strip: k × width, after `lanes` rows that absorb an overlap.
  Value packed;
  FlatMatrix packedShape;
  /// The sums of a tile: rows × width.
  Value sums;
  FlatMatrix sumsShape;
  /// The sums transposed, if the product is swapped.
  Value turned;
  FlatMatrix turnedShape;
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
      equal(selector, constant(cases.front())), [&] { body(cases.front()); },
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

Value ContractionEmitter::scratch(int64_t elements) {
  return b.create<memref::AllocaOp>(loc, MemRefType::get({elements}, p.element),
                                    b.getI64IntegerAttr(64));
}

ContractionEmitter::Tile ContractionEmitter::tileAt(Value t) {
  Tile tile;
  Value strip = div(t, s.perBand());
  Value band = div(strip, s.strips.count);
  Value bandTile = mul(rem(band, s.bands), s.perBand());
  tile.inBand = rem(t, s.perBand());
  tile.index = add(tile.inBand, bandTile);
  tile.batch = div(band, s.bands);
  tile.strip = rem(strip, s.strips.count);
  if (p.dot1) {
    tile.unit0 = constant(0);
    tile.unit1 = constant(1);
  } else {
    tile.unit0 = start(s.strips, tile.strip);
    tile.unit1 = start(s.strips, add(tile.strip, constant(1)));
  }
  Value next = start(s.tiles, add(tile.index, constant(1)));
  tile.row0 = mul(start(s.tiles, tile.index), s.rowGrain);
  tile.row1 = min(mul(next, s.rowGrain), constant(p.rows));
  return tile;
}

//===-- Packing ------------------------------------------------------------===//

/// Copies k in [k0, k1) of the strip.
void ContractionEmitter::pack(const Tile &tile, Value k0, Value k1) {
  if (p.dot1)
    packForDots(tile, k0, k1);
  else if (p.b.column == 1)
    packColumns(tile, k0, k1);
  else
    packTransposed(tile, k0, k1);
}

/// The groups of rows of the tile's band, for all k: [group][k][microRows].
/// Whole vectors are copied; what is too much of one, the next one overwrites.
void ContractionEmitter::packRows(const Tile &tile) {
  CopyKernel spec{p.element, p.lanes, ceilDiv(s.microRows, p.lanes),
                  /*masked=*/true,
                  {p.a.size, p.a.column, 1}, packedAShape};
  func::FuncOp callee = getCopyKernel(module(), spec);
  Value firstTile = sub(tile.index, tile.inBand);
  kernel.forEach(constant(0), constant(s.perBand()), 1, [&](Value i) {
    Value row0 = start(s.tiles, add(firstTile, i));
    Value row1 = start(s.tiles, add(add(firstTile, i), constant(1)));
    kernel.forEach(constant(0), constant(s.groups), 1, [&](Value group) {
      Value row = add(row0, startOfGroup(group, sub(row1, row0)));
      Value from = add(mul(tile.batch, p.a.size / p.batch), row);
      Value to = mul(add(mul(i, s.groups), group), p.k * s.microRows);
      call(callee, {aFlat, from, sub(constant(p.rows), row), packedA, to,
                    constant(p.k)});
    });
  });
}

void ContractionEmitter::packColumns(const Tile &tile, Value k0, Value k1) {
  Value column = mul(tile.unit0, p.lanes);
  Value from = add(add(mul(tile.batch, p.b.size / p.batch), mul(k0, p.b.row)),
                   column);
  Value to = constant(p.lanes * packedShape.row);
  SmallVector<int64_t> widths = {s.strips.largest()};
  if (s.strips.smallest() != s.strips.largest())
    widths.push_back(s.strips.smallest());
  select(sub(tile.unit1, tile.unit0), widths, [&](int64_t width) {
    CopyKernel spec{p.element, p.lanes, width, p.columns % p.lanes != 0,
                    {p.b.size, p.b.row, 1}, packedShape};
    call(getCopyKernel(module(), spec),
         {bFlat, from, sub(constant(p.columns), column), packed, to,
          sub(k1, k0)});
  });
}

/// b is contiguous along k. The last vector of k may overlap the one before:
/// what it writes twice is equal, and lies after the start of the scratch.
void ContractionEmitter::packTransposed(const Tile &tile, Value k0, Value k1) {
  TransposeKernel spec{p.element, p.lanes, std::min(p.k, p.lanes),
                       std::min(p.k, p.lanes),
                       {p.b.size, p.b.column, 1}, packedShape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  Value lastK = constant(std::max<int64_t>(0, p.k - p.lanes));
  kernel.forEach(tile.unit0, tile.unit1, 1, [&](Value unit) {
    Value column = mul(unit, p.lanes);
    Value last = sub(constant(p.columns - 1), column);
    Value from = add(mul(tile.batch, p.b.size / p.batch),
                     mul(column, p.b.column));
    Value to = mul(sub(unit, tile.unit0), p.lanes);
    kernel.forEach(k0, k1, p.lanes, [&](Value k) {
      k = min(k, lastK);
      Value row = add(sub(k, k0), constant(p.lanes));
      call(callee, {bFlat, add(from, k), last, packed,
                    add(to, mul(row, packedShape.row))});
    });
  });
}

/// Vectors of neighbouring k: [k / lanes][column][lanes].
void ContractionEmitter::packForDots(const Tile &tile, Value k0, Value k1) {
  TransposeKernel spec{p.element, p.lanes, p.columns, p.columns,
                       {p.b.size, p.b.row, 1},
                       {packedShape.size, p.lanes, 1}};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(k0, k1, p.lanes, [&](Value k) {
    Value from = add(mul(tile.batch, p.b.size / p.batch), mul(k, p.b.row));
    call(callee, {bFlat, from, sub(constant(p.k - 1), k), packed,
                  mul(sub(k, k0), p.columns)});
  });
}

//===-- Multiplication -----------------------------------------------------===//

/// Every height that a group of rows of a tile has.
static SmallVector<int64_t> heights(const Product &p, const Schedule &s) {
  llvm::SetVector<int64_t> result;
  for (int64_t i = 0; i < s.tiles.count; ++i) {
    int64_t first = s.tiles.start(i) * s.rowGrain;
    int64_t last = std::min(s.tiles.start(i + 1) * s.rowGrain, p.rows);
    Split groups{last - first, s.groups};
    result.insert(groups.largest());
    result.insert(groups.smallest());
  }
  return result.takeVector();
}

/// sums = a strip of the product.
void ContractionEmitter::multiply(const Tile &tile) {
  if (p.k == 0)
    return clear(tile);
  kernel.forEach(constant(0), constant(p.k), s.blockK, [&](Value k0) {
    Value k1 = min(add(k0, constant(s.blockK)), constant(p.k));
    if (s.packsB && !s.packsAllK)
      pack(tile, k0, k1);
    Value accumulate = b.createOrFold<arith::CmpIOp>(
        loc, arith::CmpIPredicate::ne, k0, constant(0));
    Value height = sub(tile.row1, tile.row0);
    kernel.forEach(constant(0), constant(s.groups), 1, [&](Value group) {
      Value first = startOfGroup(group, height);
      Value rows = sub(startOfGroup(add(group, constant(1)), height), first);
      if (p.dot1)
        dots(tile, first, rows, k0, sub(k1, k0), accumulate);
      else
        gemm(tile, group, first, rows, k0, sub(k1, k0), accumulate);
    });
  });
}

/// A group of rows times all columns of the strip.
void ContractionEmitter::gemm(const Tile &tile, Value group, Value row,
                              Value height, Value k0, Value count,
                              Value accumulate) {
  Value aBase = add(add(mul(tile.batch, p.a.size / p.batch),
                        mul(add(tile.row0, row), p.a.row)),
                    mul(k0, p.a.column));
  FlatMatrix aShape = p.a;
  Value aFrom = aFlat;
  if (s.packsA) {
    aShape = {packedAShape.size, 1, s.microRows};
    aFrom = packedA;
    aBase = mul(add(mul(add(mul(tile.inBand, s.groups), group), p.k), k0),
                s.microRows);
  }
  FlatMatrix shape = s.packsB ? packedShape : p.b;
  Value memref = s.packsB ? packed : bFlat;
  Value bBase, firstUnit = tile.unit0;
  if (s.packsB) {
    bBase = constant(p.lanes * packedShape.row);
    if (s.packsAllK)
      bBase = add(bBase, mul(k0, packedShape.row));
  } else {
    bBase = add(add(mul(tile.batch, p.b.size / p.batch), mul(k0, p.b.row)),
                mul(firstUnit, p.lanes));
  }
  Value cBase = mul(row, sumsShape.row);

  // The last vector of an unpacked b may end early: a variant of its own,
  // named 0 below.
  int64_t lastLanes = p.columns % p.lanes;
  bool hasTail = lastLanes != 0 && !s.packsB;
  auto emit = [&](Value isLast, Value units, ArrayRef<int64_t> widths,
                  int64_t lastWidth, Value b0, Value c0) {
    SmallVector<int64_t> cases(widths);
    Value selector = units;
    if (hasTail) {
      cases.push_back(0);
      selector = b.createOrFold<arith::SelectOp>(loc, isLast, constant(0),
                                                 units);
    }
    SmallVector<int64_t> rows = heights(p, s);
    select(height, rows, [&](int64_t rows) {
      if (rows == 0)
        return;
      select(selector, cases, [&](int64_t width) {
        GemmKernel spec{p.element, p.lanes, rows, width ? width : lastWidth,
                        width ? p.lanes : lastLanes, aShape, shape, sumsShape};
        call(getGemmKernel(module(), spec),
             {aFrom, aBase, memref, b0, sums, c0, count, accumulate});
      });
    });
  };

  if (s.microUnits == s.strips.largest()) {
    llvm::SetVector<int64_t> widths;
    for (int64_t i = 0; i < s.strips.count - hasTail; ++i)
      widths.insert(s.strips.start(i + 1) - s.strips.start(i));
    int64_t lastWidth =
        s.strips.total - s.strips.start(s.strips.count - 1);
    Value isLast = equal(tile.strip, constant(s.strips.count - 1));
    emit(isLast, sub(tile.unit1, tile.unit0), widths.getArrayRef(), lastWidth,
         bBase, cBase);
    return;
  }
  kernel.forEach(tile.unit0, tile.unit1, 1, [&](Value unit) {
    Value offset = mul(sub(unit, tile.unit0), p.lanes);
    Value isLast = equal(unit, constant(p.units() - 1));
    SmallVector<int64_t> widths;
    if (!hasTail || p.units() > 1)
      widths.push_back(1);
    emit(isLast, constant(1), widths, 1, add(bBase, offset),
         add(cBase, offset));
  });
}

void ContractionEmitter::dots(const Tile &tile, Value row, Value height, Value k0,
                   Value count, Value accumulate) {
  Value aBase = add(add(mul(tile.batch, p.a.size / p.batch),
                        mul(add(tile.row0, row), p.a.row)),
                    k0);
  FlatMatrix shape{p.b.size, p.b.column, 1};
  Value memref = bFlat, bBase;
  if (s.packsB) {
    shape = {packedShape.size, p.lanes, p.columns};
    memref = packed;
    bBase = s.packsAllK ? mul(k0, p.columns) : constant(0);
  } else {
    bBase = add(mul(tile.batch, p.b.size / p.batch), k0);
  }
  Value whole = mul(div(count, p.lanes), p.lanes);
  SmallVector<int64_t> rows = heights(p, s);
  select(height, rows, [&](int64_t rows) {
    if (rows == 0)
      return;
    DotKernel spec{p.element, p.lanes, rows,  p.columns, p.columns,
                   p.k % p.lanes, p.a, shape, sumsShape};
    call(getDotKernel(module(), spec),
         {aFlat, aBase, memref, bBase, sums, mul(row, sumsShape.row), whole,
          count, accumulate});
  });
}

/// An empty sum is 0.
void ContractionEmitter::clear(const Tile &tile) {
  Value zero = b.create<arith::ConstantOp>(
      loc, b.getZeroAttr(VectorType::get({p.lanes}, p.element)));
  kernel.forEach(constant(0), constant(sumsShape.size), p.lanes, [&](Value i) {
    b.create<vector::StoreOp>(loc, zero, sums, i);
  });
}

//===-- Epilogue -----------------------------------------------------------===//

/// sums, whose rows are columns of the result ⇒ turned.
void ContractionEmitter::transpose(const Tile &tile) {
  TransposeKernel spec{p.element, p.lanes, p.lanes, p.lanes, sumsShape,
                       turnedShape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  Value lastRow = constant(sumsShape.size / sumsShape.row - 1);
  kernel.forEach(constant(0), constant(sumsShape.size / sumsShape.row), p.lanes,
                 [&](Value row) {
    kernel.forEach(constant(0), constant(sumsShape.row), p.lanes,
                   [&](Value column) {
      Value from = add(mul(row, sumsShape.row), column);
      Value to = add(mul(column, turnedShape.row), row);
      call(callee, {sums, from, lastRow, turned, to});
    });
  });
}

void ContractionEmitter::epilogue(const Tile &tile) {
  // The part of the result that the tile holds.
  Value m0 = tile.row0, m1 = tile.row1;
  Value n0 = mul(tile.unit0, p.lanes);
  Value n1 = min(mul(tile.unit1, p.lanes), constant(p.n));
  if (p.swapped) {
    m0 = mul(tile.unit0, p.lanes);
    m1 = min(mul(tile.unit1, p.lanes), constant(p.m));
    n0 = tile.row0;
    n1 = tile.row1;
  }
  int64_t row = p.swapped ? turnedShape.row : sumsShape.row;
  // Whole vectors, then what is left.
  Value whole = add(n0, mul(div(sub(n1, n0), p.lanes), p.lanes));
  kernel.forEach(m0, m1, 1, [&](Value m) {
    ExpressionEmitter::Scope scope(expressions);
    Value from = mul(sub(m, m0), row);
    if (p.n >= p.lanes)
      kernel.forEach(n0, whole, p.lanes, [&](Value n) {
        epilogueAt(tile, m, n, add(from, sub(n, n0)), {});
      });
    if (p.n % p.lanes)
      kernel.forEach(whole, n1, p.lanes, [&](Value n) {
        epilogueAt(tile, m, n, add(from, sub(n, n0)),
                   expressions.prefixMask(p.lanes, p.n % p.lanes));
      });
  });
}

void ContractionEmitter::epilogueAt(const Tile &tile, Value m, Value n, Value at,
                         Value mask) {
  ExpressionEmitter::Scope scope(expressions);
  SmallVector<Value> index;
  RankedTensorType type = tensorType(p.dot.getResult());
  if (type.getRank() == 3)
    index.push_back(tile.batch);
  index.append({m, n});
  Point point(index, type.getRank() - 1, p.lanes, mask);
  Value value = b.create<vector::LoadOp>(
      loc, VectorType::get({p.lanes}, p.element), p.swapped ? turned : sums,
      at);
  expressions.bind(p.dot.getResult(), point, value);
  expressions.storeYields(type.getShape(), point);
}

int64_t ContractionEmitter::emit() {
  if (p.k) {
    aFlat = flatInput(p.lhs());
    bFlat = flatInput(p.rhs());
  }
  int64_t width = p.dot1 ? p.lanes : s.strips.largest() * p.lanes;
  int64_t height = p.swapped ? llvm::alignTo(s.tileRows(p), p.lanes)
                             : s.tileRows(p);
  sumsShape = {height * width, width, 1};
  sums = scratch(sumsShape.size);
  if (p.swapped) {
    turnedShape = {height * width, height, 1};
    turned = scratch(turnedShape.size);
  }
  if (s.packsA) {
    int64_t groups = s.perBand() * s.groups;
    packedAShape = {groups * p.k * s.microRows + 2 * p.lanes, s.microRows, 1};
    packedA = scratch(packedAShape.size);
  }
  if (s.packsB) {
    int64_t k = s.packedK(p);
    packedShape = p.dot1
                      ? FlatMatrix{int64_t(llvm::alignTo(k, p.lanes)) *
                                       p.columns, p.lanes, p.columns}
                      : FlatMatrix{(k + p.lanes) * width, width, 1};
    packed = scratch(packedShape.size);
  }

  int64_t count = p.batch * s.strips.count * s.tiles.count;
  auto emitTile = [&](Value t) {
    ExpressionEmitter::Scope scope(expressions);
    Tile tile = tileAt(t);
    multiply(tile);
    if (p.swapped)
      transpose(tile);
    epilogue(tile);
  };
  // What a tile packs, the tiles after it use until a band or strip ends.
  SmallVector<int64_t> shared; // by so many tiles
  if (s.packsA)
    shared.push_back(s.perBand() * s.strips.count);
  if (s.packsAllK)
    shared.push_back(s.perBand());
  if (shared.empty()) {
    kernel.forEach(kernel.tile0(), kernel.tile1(), 1, emitTile);
    return count;
  }
  SmallVector<Value> none(shared.size(), constant(-1));
  kernel.forEach(kernel.tile0(), kernel.tile1(), 1, none,
                 [&](Value t, ValueRange packedFor) {
    SmallVector<Value> next;
    for (auto [tiles, last] : llvm::zip_equal(shared, packedFor)) {
      Value part = div(t, tiles);
      next.push_back(part);
      Value isNew = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne,
                                            part, last);
      ifThenElse(isNew, [&] {
        ExpressionEmitter::Scope scope(expressions);
        if (s.packsA && next.size() == 1)
          packRows(tileAt(t));
        else
          pack(tileAt(t), constant(0), constant(p.k));
      });
    }
    emitTile(t);
    return next;
  });
  return count;
}

FailureOr<int64_t> dlc::emitContraction(KernelFunction &kernel) {
  DotGeneralOp dot = *kernel.body().getOps<DotGeneralOp>().begin();
  if (tensorType(dot).getNumElements() == 0)
    return 0;
  return ContractionEmitter(kernel, dot, VectorRegisters()).emit();
}
