// The emitter of contractions: C = A B, perhaps for each of a batch, then an
// epilogue on the elements of C.
//
// A kernel is a grid of tiles; a tile is a strip of columns times some rows.
// Those of one call are computed together, as far as they share what is copied:
//
//   for each run of tiles (a part of a strip, or whole strips of a band):
//     for each block of k:
//       copy the block of A to scratch, if that pays (ContractionSchedule.h)
//       for each strip:
//         copy the block of the strip, if that pays
//         for each group of rows:
//           micro-kernel (ContractionKernels.h): sums (+)= A B
//           after the last block: epilogue, for each row, for each vector
//
// The micro-kernel leaves sums in scratch on the stack, which the epilogue
// reads back from the first level of the cache. It costs a load and a store an
// element of C against K multiply-adds, and in return micro-kernels know
// nothing of epilogues and neither of them is unrolled into the other. All
// products of a program share a handful of micro-kernels. They take A as rows
// that start anywhere, and B as a strip; where the elements of these come from
// is known to the packing routines and `rowStarts` alone.
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
  /// Tiles that are computed together.
  struct Run {
    Value batch;
    Value strip0, strip1;
    Value group0, group1;
    /// The tile after them.
    Value next;
  };
  /// A group of rows times a strip of columns for some k.
  struct Step {
    Value batch;
    Value strip;
    /// The strip's vectors of columns.
    Value unit0, unit1;
    Value group;
    /// The group's first row.
    Value row;
    Value k0, count;
    /// Add to the sums of the blocks before.
    Value accumulate;
    /// Where the block of A that is packed starts.
    Value panel;
    /// Where the sums start.
    Value sums;
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
  Value asOperand(Value memref);
  Value batchOf(Value batch, const FlatMatrix &matrix) {
    return mul(batch, matrix.size / p.batch);
  }
  /// The first row of a group, and the first that it adds to the result.
  Value firstRow(Value group) {
    return min(mul(group, s.groupRows), constant(p.rows - s.groupRows));
  }

  Run runAt(Value t);
  void packRows(const Run &run, Value k0, Value k1);
  void packStrip(const Step &step, Value k0, Value k1);
  void packColumns(const Step &step, Value k0, Value k1);
  void packTransposed(const Step &step, Value k0, Value k1);
  void packForDots(const Step &step, Value k0, Value k1);

  void compute(const Run &run);
  void rowStarts(const Step &step);
  void multiplyColumns(const Step &step);
  void multiplyDots(const Step &step);
  void callGemm(const Step &step, Value isLast, Value units,
                ArrayRef<int64_t> widths, GemmKernel spec, ValueRange operands);
  void clear();
  void transpose(const Step &step);
  void epilogue(const Step &step);
  void epilogueAt(const Step &step, Value m, Value n, Value at, Value mask);

  int64_t packedK() const { return std::min(p.k, s.blockK); }
  /// Elements of a group's sums for a strip.
  int64_t sumsOfGroup() const {
    return (p.swapped ? llvm::alignTo(s.groupRows, p.lanes) : s.groupRows) *
           sums.shape.row;
  }

  KernelFunction &kernel;
  OpBuilder &b;
  Location loc;
  Product p;
  Schedule s;
  ExpressionEmitter expressions;

  Value aFlat, bFlat;
  /// As micro-kernels take them: packed or in place.
  Value aOperand, bOperand, sumsOperand;
  /// Where the rows of a group start in A.
  Value starts;
  /// [group][k][row of the group].
  Scratch band;
  /// k × columns, after `lanes` rows for what comes before an overlap; or
  /// [k / lanes][column][lanes] for dots.
  Scratch strip;
  /// [strip][group][row of the group][column of the strip], or those of one
  /// group if there is one block of k; turned if the product is swapped.
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

/// A buffer of any size, for a micro-kernel.
Value ContractionEmitter::asOperand(Value memref) {
  MemRefType type = gemmOperandType(p.element);
  return b.create<memref::ReinterpretCastOp>(
      loc, type, memref, /*offset=*/0, type.getShape(), ArrayRef<int64_t>{1});
}

/// The tiles from t on.
ContractionEmitter::Run ContractionEmitter::runAt(Value t) {
  Value left = sub(kernel.tile1(), t);
  Value stripOfAll = div(t, s.tilesOfBand());
  Value tile0 = rem(t, s.tilesOfBand());
  Value tiles = min(sub(constant(s.tilesOfBand()), tile0), left);
  Value bandOfAll = div(stripOfAll, s.strips.count);
  Run run;
  run.batch = div(bandOfAll, s.bands);
  run.strip0 = rem(stripOfAll, s.strips.count);
  Value count = constant(1);
  if (s.mostStrips > 1) {
    Value whole = min(div(left, s.tilesOfBand()),
                      sub(constant(s.strips.count), run.strip0));
    whole = min(whole, constant(s.mostStrips));
    Value isWhole =
        compare(arith::CmpIPredicate::eq, tiles, constant(s.tilesOfBand()));
    count = b.create<arith::SelectOp>(loc, isWhole, whole, count);
  }
  run.strip1 = add(run.strip0, count);
  run.next = add(t, b.createOrFold<arith::MulIOp>(loc, tiles, count));
  Value bandTile0 = mul(rem(bandOfAll, s.bands), s.tilesOfBand());
  Value first = add(bandTile0, tile0);
  run.group0 = start(s.tiles, first);
  run.group1 = start(s.tiles, add(first, tiles));
  return run;
}

//===-- Packing -----------------------------------------------------------===//

/// Copies k in [k0, k1) of the run's rows. Whole vectors are copied; what is
/// too much of one, the next overwrites.
void ContractionEmitter::packRows(const Run &run, Value k0, Value k1) {
  int64_t lanes =
      std::min<int64_t>(p.lanes, llvm::bit_ceil(uint64_t(s.groupRows)));
  CopyKernel spec{p.element,
                  lanes,
                  Split{s.groupRows, lanes}.largest(),
                  /*masked=*/s.groupRows % lanes != 0,
                  {p.a.size, p.a.column, 1},
                  band.shape};
  func::FuncOp callee = getCopyKernel(module(), spec);
  Value from = add(batchOf(run.batch, p.a), mul(k0, p.a.column));
  kernel.forEach(run.group0, run.group1, 1, [&](Value group) {
    Value row = firstRow(group);
    Value to = mul(sub(group, run.group0), packedK() * s.groupRows);
    Value readable = sub(constant(p.rows), row);
    Value start = add(from, row);
    Value count = sub(k1, k0);
    call(callee, {aFlat, start, readable, band.memref, to, count});
  });
}

/// Copies k in [k0, k1) of the strip.
void ContractionEmitter::packStrip(const Step &step, Value k0, Value k1) {
  if (p.dots)
    packForDots(step, k0, k1);
  else if (p.b.column == 1)
    packColumns(step, k0, k1);
  else
    packTransposed(step, k0, k1);
}

/// The different lengths of a split's parts.
static SmallVector<int64_t> lengths(const Split &split) {
  SmallVector<int64_t> result = {split.largest()};
  if (split.smallest() != split.largest())
    result.push_back(split.smallest());
  return result;
}

void ContractionEmitter::packColumns(const Step &step, Value k0, Value k1) {
  Value column = mul(step.unit0, p.lanes);
  Value from = add(add(batchOf(step.batch, p.b), mul(k0, p.b.row)), column);
  select(sub(step.unit1, step.unit0), lengths(s.strips), [&](int64_t units) {
    CopyKernel spec{p.element,
                    p.lanes,
                    units,
                    p.columns % p.lanes != 0,
                    {p.b.size, p.b.row, 1},
                    strip.shape};
    Value readable = sub(constant(p.columns), column);
    Value count = sub(k1, k0);
    call(getCopyKernel(module(), spec),
         {bFlat, from, readable, strip.memref,
          constant(p.lanes * strip.shape.row), count});
  });
}

/// B is contiguous along k. The last vector of k may overlap the one before:
/// what is written twice is equal, and does not lie before the scratch.
void ContractionEmitter::packTransposed(const Step &step, Value k0, Value k1) {
  int64_t size = std::min(p.k, p.lanes);
  TransposeKernel spec{
      p.element, p.lanes, size, size, {p.b.size, p.b.column, 1}, strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(step.unit0, step.unit1, 1, [&](Value unit) {
    Value column = mul(unit, p.lanes);
    Value last = sub(constant(p.columns - 1), column);
    Value from = add(batchOf(step.batch, p.b), mul(column, p.b.column));
    Value to = mul(sub(unit, step.unit0), p.lanes);
    kernel.forEach(k0, k1, p.lanes, [&](Value k) {
      k = min(k, constant(p.k - size));
      Value row = add(sub(k, k0), constant(p.lanes));
      Value source = add(from, k);
      Value target = add(to, mul(row, strip.shape.row));
      call(callee, {bFlat, source, last, strip.memref, target});
    });
  });
}

void ContractionEmitter::packForDots(const Step &step, Value k0, Value k1) {
  TransposeKernel spec{
      p.element,  p.lanes, p.columns, p.columns, {p.b.size, p.b.row, 1},
      strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(k0, k1, p.lanes, [&](Value k) {
    Value from = add(batchOf(step.batch, p.b), mul(k, p.b.row));
    Value last = sub(constant(p.k - 1), k);
    Value to = mul(sub(k, k0), p.columns);
    call(callee, {bFlat, from, last, strip.memref, to});
  });
}

//===-- Multiplication ----------------------------------------------------===//

void ContractionEmitter::compute(const Run &run) {
  bool blocks = p.k > s.blockK;
  Value end = constant(p.k), size = constant(s.blockK);
  auto forEachBlock = [&](function_ref<void(Value, Value)> body) {
    if (!blocks)
      return body(constant(0), end);
    kernel.forEach(constant(0), end, s.blockK,
                   [&](Value k0) { body(k0, min(add(k0, size), end)); });
  };
  forEachBlock([&](Value k0, Value k1) {
    if (s.packsA)
      packRows(run, k0, k1);
    kernel.forEach(run.strip0, run.strip1, 1, [&](Value strip) {
      Step step;
      step.batch = run.batch;
      step.strip = strip;
      step.unit0 = start(s.strips, strip);
      step.unit1 = start(s.strips, next(strip));
      step.k0 = k0;
      step.count = sub(k1, k0);
      step.accumulate = compare(arith::CmpIPredicate::ne, k0, constant(0));
      if (s.packsB)
        packStrip(step, k0, k1);
      Value block = mul(sub(strip, run.strip0), s.groupsOfBand());
      kernel.forEach(run.group0, run.group1, 1, [&](Value group) {
        Value ofRun = sub(group, run.group0);
        step.group = group;
        step.row = firstRow(group);
        step.panel = mul(ofRun, packedK() * s.groupRows);
        step.sums =
            blocks ? mul(add(block, ofRun), sumsOfGroup()) : constant(0);
        if (p.k == 0)
          clear();
        else if (p.dots)
          multiplyDots(step);
        else
          multiplyColumns(step);
        if (!blocks)
          return epilogue(step);
        ifThenElse(compare(arith::CmpIPredicate::eq, k1, end),
                   [&] { epilogue(step); });
      });
    });
  });
}

/// Tells the micro-kernel where the group's rows start.
void ContractionEmitter::rowStarts(const Step &step) {
  Value first = step.panel;
  int64_t apart = 1;
  if (!s.packsA) {
    Value row = mul(step.row, p.a.row);
    Value k = mul(step.k0, p.a.column);
    first = add(batchOf(step.batch, p.a), add(row, k));
    apart = p.a.row;
  }
  for (int64_t row = 0; row < s.groupRows; ++row) {
    Value at = add(first, constant(row * apart));
    b.create<memref::StoreOp>(loc, at, starts, constant(row));
  }
}

void ContractionEmitter::multiplyColumns(const Step &step) {
  GemmKernel spec{p.element,          p.lanes,        s.groupRows, 0, p.lanes,
                  strip.shape.row,    sums.shape.row,
                  /*prefetches=*/true};
  rowStarts(step);
  Value bBase = constant(p.lanes * strip.shape.row);
  if (!s.packsB) {
    spec.bRow = p.b.row;
    spec.prefetches = p.b.row == sums.shape.row;
    Value k = mul(step.k0, p.b.row);
    bBase = add(batchOf(step.batch, p.b), add(k, mul(step.unit0, p.lanes)));
  }
  Value aColumn = constant(s.packsA ? s.groupRows : p.a.column);

  auto operands = [&](Value offset) {
    Value bAt = add(bBase, offset), cAt = add(step.sums, offset);
    return SmallVector<Value>{aOperand, starts,     aColumn,
                              bOperand, bAt,        sumsOperand,
                              cAt,      step.count, step.accumulate};
  };
  if (s.microUnits == s.strips.largest()) {
    Value isLast = compare(arith::CmpIPredicate::eq, step.strip,
                           constant(s.strips.count - 1));
    callGemm(step, isLast, sub(step.unit1, step.unit0), lengths(s.strips), spec,
             operands(constant(0)));
    return;
  }
  kernel.forEach(step.unit0, step.unit1, 1, [&](Value unit) {
    Value isLast =
        compare(arith::CmpIPredicate::eq, unit, constant(p.units() - 1));
    callGemm(step, isLast, constant(1), {1}, spec,
             operands(mul(sub(unit, step.unit0), p.lanes)));
  });
}

/// Calls the micro-kernel of `units` vectors, one of `widths`. The last columns
/// may fill their vector only in part: if they are read in place that takes
/// another one.
void ContractionEmitter::callGemm(const Step &step, Value isLast, Value units,
                                  ArrayRef<int64_t> widths, GemmKernel spec,
                                  ValueRange operands) {
  auto callOne = [&](int64_t width) {
    spec.units = width;
    call(getGemmKernel(module(), spec), operands);
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

void ContractionEmitter::multiplyDots(const Step &step) {
  DotKernel spec{p.element,      p.lanes,      s.groupRows,
                 p.columns,      s.dotColumns, p.k % p.lanes,
                 p.k > s.blockK, p.a,          {p.b.size, p.b.column, 1},
                 sums.shape};
  Value row = mul(step.row, p.a.row);
  Value aBase = add(batchOf(step.batch, p.a), add(row, step.k0));
  Value b = bFlat, bBase = constant(0);
  if (s.packsB) {
    spec.b = {strip.shape.size, p.lanes, p.columns};
    b = strip.memref;
  } else {
    bBase = add(batchOf(step.batch, p.b), step.k0);
  }
  Value whole = mul(div(step.count, p.lanes), p.lanes);
  call(getDotKernel(module(), spec),
       {aFlat, aBase, b, bBase, sums.memref, step.sums, whole, step.count,
        step.accumulate});
}

/// An empty sum is 0.
void ContractionEmitter::clear() {
  Value zero = b.create<arith::ConstantOp>(
      loc, b.getZeroAttr(VectorType::get({p.lanes}, p.element)));
  kernel.forEach(constant(0), constant(sumsOfGroup()), p.lanes, [&](Value i) {
    b.create<vector::StoreOp>(loc, zero, sums.memref, i);
  });
}

//===-- Epilogue ----------------------------------------------------------===//

/// A group's sums, whose rows are columns of the result ⇒ turned.
void ContractionEmitter::transpose(const Step &step) {
  TransposeKernel spec{p.element, p.lanes,    p.lanes,
                       p.lanes,   sums.shape, turned.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  for (int64_t row = 0; row < s.groupRows; row += p.lanes) {
    Value from = add(step.sums, constant(row * sums.shape.row));
    kernel.forEach(
        constant(0), constant(sums.shape.row), p.lanes, [&](Value column) {
          Value source = add(from, column);
          Value target = add(mul(column, turned.shape.row), constant(row));
          call(callee, {sums.memref, source, constant(p.lanes - 1),
                        turned.memref, target});
        });
  }
}

void ContractionEmitter::epilogue(const Step &step) {
  ExpressionEmitter::Scope scope(expressions);
  if (p.swapped)
    transpose(step);
  // The part of the result that the group adds: it may have computed rows of
  // the group before again.
  Value row0 = mul(step.group, s.groupRows);
  Value row1 = min(add(row0, constant(s.groupRows)), constant(p.rows));
  Value again = sub(row0, step.row);
  Value column0 = mul(step.unit0, p.lanes);
  Value column1 = min(mul(step.unit1, p.lanes), constant(p.columns));
  Value m0 = p.swapped ? column0 : row0, m1 = p.swapped ? column1 : row1;
  Value n0 = p.swapped ? row0 : column0, n1 = p.swapped ? row1 : column1;
  Value base = p.swapped ? again : add(step.sums, mul(again, sums.shape.row));
  int64_t fromRow = p.swapped ? turned.shape.row : sums.shape.row;

  // Whole vectors, then what is left: always as much, unless groups end
  // anywhere.
  Value whole = add(n0, mul(div(sub(n1, n0), p.lanes), p.lanes));
  int64_t tail = p.n % p.lanes;
  bool anywhere = p.swapped && p.rows > s.groupRows;
  kernel.forEach(m0, m1, 1, [&](Value m) {
    ExpressionEmitter::Scope scope(expressions);
    Value at = add(base, mul(sub(m, m0), fromRow));
    if (p.n >= p.lanes)
      kernel.forEach(n0, whole, p.lanes, [&](Value n) {
        epilogueAt(step, m, n, add(at, sub(n, n0)), {});
      });
    if (tail || anywhere)
      kernel.forEach(whole, n1, p.lanes, [&](Value n) {
        ExpressionEmitter::Scope scope(expressions);
        Value mask = anywhere ? expressions.prefixMask(p.lanes, sub(n1, n))
                              : expressions.prefixMask(p.lanes, tail);
        epilogueAt(step, m, n, add(at, sub(n, n0)), mask);
      });
  });
}

void ContractionEmitter::epilogueAt(const Step &step, Value m, Value n,
                                    Value at, Value mask) {
  ExpressionEmitter::Scope scope(expressions);
  RankedTensorType type = tensorType(p.dot.getResult());
  SmallVector<Value> index;
  if (type.getRank() == 3)
    index.push_back(step.batch);
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
  sums.shape = {0, width, 1};
  int64_t groupSums = sumsOfGroup();
  int64_t groups = p.k > s.blockK ? s.groupsOfBand() * s.mostStrips : 1;
  sums = scratch({groupSums * groups, width, 1});
  if (p.swapped) {
    // The last row is read in whole vectors from anywhere.
    int64_t height = groupSums / width;
    turned = scratch({height * width + p.lanes, height, 1});
  }
  if (s.packsA) {
    // The last copied vectors reach beyond the last group.
    int64_t size = s.groupsOfBand() * s.groupRows * packedK();
    band = scratch({size + p.lanes, s.groupRows, 1});
  }
  if (s.packsB && p.dots)
    strip = scratch(
        {int64_t(llvm::alignTo(packedK(), p.lanes)) * p.columns, p.lanes, 1});
  else if (s.packsB)
    strip = scratch({(packedK() + p.lanes) * width, width, 1});
  if (p.k && !p.dots) {
    aOperand = asOperand(s.packsA ? band.memref : aFlat);
    bOperand = asOperand(s.packsB ? strip.memref : bFlat);
    sumsOperand = asOperand(sums.memref);
    starts = b.create<memref::AllocaOp>(
        loc, MemRefType::get({s.groupRows}, b.getIndexType()));
  }

  // A run takes tiles that follow each other; they are passed by.
  kernel.forEach(kernel.tile0(), kernel.tile1(), 1, ValueRange{kernel.tile0()},
                 [&](Value t, ValueRange state) -> SmallVector<Value> {
                   Value isNext =
                       compare(arith::CmpIPredicate::eq, t, state.front());
                   auto branch = b.create<scf::IfOp>(
                       loc, TypeRange{b.getIndexType()}, isNext,
                       /*withElseRegion=*/true);
                   OpBuilder::InsertionGuard guard(b);
                   b.setInsertionPointToStart(branch.elseBlock());
                   b.create<scf::YieldOp>(loc, state);
                   b.setInsertionPointToStart(branch.thenBlock());
                   ExpressionEmitter::Scope scope(expressions);
                   Run run = runAt(t);
                   compute(run);
                   b.create<scf::YieldOp>(loc, run.next);
                   return SmallVector<Value>(branch.getResults());
                 });
  return p.batch * s.bands * s.strips.count * s.tilesOfBand();
}

FailureOr<int64_t> dlc::emitContraction(KernelFunction &kernel) {
  DotGeneralOp dot = *kernel.body().getOps<DotGeneralOp>().begin();
  if (tensorType(dot.getResult()).getNumElements() == 0)
    return 0;
  return ContractionEmitter(kernel, dot).emit();
}
