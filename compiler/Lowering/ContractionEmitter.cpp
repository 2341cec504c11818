// The emitter of contractions: C = A B, perhaps for each of a batch, then an
// epilogue on the elements of C.
//
// A kernel is a grid of tiles; a tile is a strip of columns times some rows.
// Those of one call are computed together, as far as they share what is copied:
//
//   for each run of tiles (a part of a strip, or whole strips of a band):
//     for each block of k:
//       copy the block of A to scratch, if that pays (ContractionSchedule.h)
//       for each few strips, whose block stays in the second level of the
//       cache:
//         copy it, if that pays
//         for each group of rows, for each of the strips:
//           micro-kernel (ContractionKernels.h): sums (+)= A B
//           after the last block: epilogue, for each row, for each vector
//
// The micro-kernel leaves sums in scratch on the stack, which the epilogue
// reads back from the first level of the cache. It costs a load and a store an
// element of C against K multiply-adds, and in return micro-kernels know
// nothing of epilogues and neither of them is unrolled into the other. Where
// the sums are the result, it stores them there. All products of a program
// share a handful of micro-kernels. They take A as rows that start anywhere,
// and B as a strip; where the elements of these come from is known to the
// packing routines and `rowStarts` alone.
//
// The order in which an element is summed depends on shapes and layouts alone:
// blocks of 512 k, each a chain of multiply-adds from 0, added in order. Where
// C has at most `lanes` columns (rows) and A (B) is contiguous along k, the
// lanes hold neighbouring k instead: `lanes` chains, blocks of 2048, then a
// fixed tree. Nothing else, neither tiles nor registers, enters the sums.

#include "Lowering/ContractionEmitter.h"

using namespace mlir;
using namespace dlc;

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
Value ContractionEmitter::flatInput(BlockArgument argument) {
  int64_t size = tensorType(argument).getNumElements();
  return b.create<memref::ReinterpretCastOp>(
      loc, MemRefType::get({size}, p.element),
      kernel.input(argument.getArgNumber()), /*offset=*/0,
      ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
}

Value ContractionEmitter::batchOf(Value batch, const OperandMatrix &matrix) {
  Value start = constant(matrix.offset);
  for (auto [index, stride] : llvm::zip_equal(
           kernel.delinearize(batch, matrix.batchShape), matrix.batchStrides))
    start = add(start, mul(index, stride));
  return start;
}

ContractionEmitter::Scratch ContractionEmitter::scratch(FlatMatrix shape) {
  Value memref = b.create<memref::AllocaOp>(
      loc, MemRefType::get({shape.size}, p.element), b.getI64IntegerAttr(64));
  return {memref, shape};
}

/// A buffer of any size, for a micro-kernel.
Value ContractionEmitter::asOperand(Value memref) {
  MemRefType type =
      gemmOperandType(cast<MemRefType>(memref.getType()).getElementType());
  return b.create<memref::ReinterpretCastOp>(
      loc, type, memref, /*offset=*/0, type.getShape(), ArrayRef<int64_t>{1});
}

/// The tiles from t on.
ContractionEmitter::Run ContractionEmitter::runAt(Value t) {
  Value left = sub(kernel.tile1(), t);
  Value stripOfAll = div(t, s.tilesOfBand());
  Value tile0 = rem(t, s.tilesOfBand());
  Value tiles = min(sub(constant(s.tilesOfBand()), tile0), left);
  Value bandOfAll = div(stripOfAll, s.tileStrips);
  Run run;
  run.batch = div(bandOfAll, s.bands);
  run.strip0 = rem(stripOfAll, s.tileStrips);
  Value count = constant(1);
  if (s.mostStrips > 1 && s.tileStrips > 1) {
    Value whole = min(div(left, s.tilesOfBand()),
                      sub(constant(s.strips.count), run.strip0));
    whole = min(whole, constant(s.mostStrips));
    Value isWhole =
        compare(arith::CmpIPredicate::eq, tiles, constant(s.tilesOfBand()));
    count = b.create<arith::SelectOp>(loc, isWhole, whole, count);
  }
  run.strip1 = p.feedsRows ? constant(s.strips.count) : add(run.strip0, count);
  run.next = add(t, b.createOrFold<arith::MulIOp>(loc, tiles, count));
  Value bandTile0 = mul(rem(bandOfAll, s.bands), s.tilesOfBand());
  Value first = add(bandTile0, tile0);
  run.group0 = start(s.tiles, first);
  run.group1 = start(s.tiles, add(first, tiles));
  return run;
}

//===-- Multiplication ----------------------------------------------------===//

void ContractionEmitter::compute(const Run &run) {
  Value end = constant(p.k), size = constant(s.blockK);
  auto computeBlock = [&](Value k0, Value k1) {
    if (p.dots)
      computeDots(run, k0, k1);
    else
      computeColumns(run, k0, k1);
  };
  if (!blocks())
    return computeBlock(constant(0), end);
  kernel.forEach(constant(0), end, s.blockK,
                 [&](Value k0) { computeBlock(k0, min(add(k0, size), end)); });
}

/// Adds the k in [k0, k1) to a run; then its epilogue, if they are the last.
void ContractionEmitter::computeColumns(const Run &run, Value k0, Value k1) {
  if (s.packsA && s.bandRow)
    packRowByRow(run, k0, k1);
  else if (s.packsA)
    packRows(run, k0, k1);
  Step step;
  step.batch = run.batch;
  step.k0 = k0;
  step.count = sub(k1, k0);
  if (p.pairs)
    noteExponentsOfGroups(run, step.count);
  step.accumulate = compare(arith::CmpIPredicate::ne, k0, constant(0));
  kernel.forEach(run.strip0, run.strip1, s.sharedStrips, [&](Value first) {
    Value last = min(add(first, constant(s.sharedStrips)), run.strip1);
    if (s.packsB)
      packStrips(run.batch, first, last, k0, k1);
    if (p.pairs)
      noteExponentsOfStrips(first, last, step.count);
    kernel.forEach(run.group0, run.group1, 1, [&](Value group) {
      step.group = group;
      step.row = firstRow(group);
      step.panel = mul(sub(group, run.group0), panelSize());
      if (p.k)
        rowStarts(step);
      kernel.forEach(first, last, 1, [&](Value strip) {
        step.strip = strip;
        if (s.packsB)
          step.columns = mul(sub(strip, first), stripSize());
        step.unit0 = start(s.strips, strip);
        step.unit1 = start(s.strips, next(strip));
        if (p.pairs)
          step.dotsAreExact =
              dotsAreExact(sub(group, run.group0), sub(strip, first));
        if (p.feedsRows)
          sumForRows(run, step);
        else
          computeStep(run, step, k1);
      });
      if (p.feedsRows && s.finishesGroups)
        finishRows(run, group);
    });
  });
  if (p.feedsRows && !s.finishesGroups)
    afterBlocks(k1, [&] {
      kernel.forEach(run.group0, run.group1, 1,
                     [&](Value group) { finishRows(run, group); });
    });
}

/// A group of rows times a strip; then its epilogue, if the k end at k1.
void ContractionEmitter::computeStep(const Run &run, Step step, Value k1) {
  step.sums = constant(0);
  if (blocks())
    step.sums = mul(sub(step.strip, run.strip0), keptGroups() * sumsOfGroup());
  if (keptGroups() > 1)
    step.sums = add(step.sums, mul(sub(step.group, run.group0), sumsOfGroup()));
  auto throughScratch = [&] {
    sumColumns(step);
    afterBlocks(k1, [&] { epilogue(step); });
  };
  if (!storesSums())
    return throughScratch();
  auto inPlace = [&] {
    Value row = add(mul(step.batch, p.m), step.row);
    Value at = add(mul(row, p.n), mul(step.unit0, p.lanes));
    multiplyColumns(step, outputOperand, at, p.n);
  };
  if (p.rows % s.groupRows == 0)
    return inPlace();
  // The last group would add to sums of the one before again.
  ifThenElse(
      compare(arith::CmpIPredicate::eq, step.row, mul(step.group, s.groupRows)),
      inPlace, throughScratch);
}

/// A step's sums, or what they are without any k.
void ContractionEmitter::sumColumns(const Step &step) {
  if (p.k == 0)
    clear(step);
  else
    multiplyColumns(step, sumsOperand, step.sums, sums.shape.row);
}

/// Emits what follows the last block of k, which ends at p.k.
void ContractionEmitter::afterBlocks(Value k1, function_ref<void()> body) {
  if (!blocks())
    return body();
  ifThenElse(compare(arith::CmpIPredicate::eq, k1, constant(p.k)), body);
}

/// The result is the sums, which micro-kernels can store themselves.
bool ContractionEmitter::storesSums() {
  ValueRange yields = kernel.yields();
  return yields.size() == 1 && yields.front() == p.dot.getResult() && p.k > 0 &&
         !p.dots && !p.swapped && !p.feedsRows && p.n % p.lanes == 0 &&
         kernel.streams.none();
}

/// Tells the micro-kernel where the group's rows start.
void ContractionEmitter::rowStarts(const Step &step) {
  Value first = step.panel;
  int64_t apart = s.bandRow ? s.bandRow : 1;
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

/// c[base + row * cRow + column] (+)= A B of a step.
void ContractionEmitter::multiplyColumns(const Step &step, Value c, Value base,
                                         int64_t cRow) {
  GemmKernel spec{p.element, p.lanes,    s.groupRows, 0,
                  p.lanes,   s.fetchesA, s.fetchesB};
  int64_t bRow = s.packsB ? strip.shape.row : p.b.row;
  Value bBase;
  if (s.packsB) {
    bBase = add(step.columns, constant(rowsBefore() * bRow));
  } else {
    Value k = mul(step.k0, p.b.row);
    Value column = p.packedStrips ? mul(step.strip, p.k * p.b.row)
                                  : mul(step.unit0, p.lanes);
    bBase = add(batchOf(step.batch, p.b), add(k, column));
  }
  bool byColumn = s.packsA && !s.bandRow;
  Value aColumn = constant(byColumn ? s.groupRows : p.a.column);
  Value rowOfC = constant(cRow);

  auto operands = [&](Value offset) {
    Value bAt = add(bBase, offset), cAt = add(base, offset);
    return SmallVector<Value>{
        aOperand, starts, aColumn,    bOperand,       bAt, constant(bRow), c,
        cAt,      rowOfC, step.count, step.accumulate};
  };
  if (s.microUnits == s.strips.largest()) {
    Value isLast = compare(arith::CmpIPredicate::eq, step.strip,
                           constant(s.strips.count - 1));
    callGemm(step, isLast, sub(step.unit1, step.unit0), s.strips.lengths(),
             spec, operands(constant(0)));
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
  auto callBy = [&](GemmMath math, int64_t width) {
    spec.units = width;
    spec.math = math;
    call(getGemmKernel(module(), spec), operands);
  };
  auto callOne = [&](int64_t width) {
    if (!p.pairs)
      return callBy(GemmMath::multiplyAdds, width);
    ifThenElse(
        step.dotsAreExact, [&] { callBy(GemmMath::bf16Dots, width); },
        [&] { callBy(GemmMath::bf16Pairs, width); });
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

/// An empty sum is 0.
void ContractionEmitter::clear(const Step &step) {
  Value zero = b.create<arith::ConstantOp>(
      loc, b.getZeroAttr(VectorType::get({p.lanes}, p.element)));
  kernel.forEach(constant(0), constant(s.groupRows), 1, [&](Value row) {
    Value first = add(step.sums, mul(row, sums.shape.row));
    Value last = add(first, mul(sub(step.unit1, step.unit0), p.lanes));
    kernel.forEach(first, last, p.lanes, [&](Value at) {
      b.create<vector::StoreOp>(loc, zero, sums.memref, at);
    });
  });
}

//===-- Epilogue ----------------------------------------------------------===//

/// A group's sums, whose rows are columns of the result ⇒ turned.
void ContractionEmitter::transpose(const Step &step) {
  for (int64_t row = 0; row < s.groupRows; row += p.lanes) {
    TransposeKernel spec{
        p.element,        p.lanes,     std::min(p.lanes, s.groupRows - row),
        /*clamps=*/false, p.lanes,     p.lanes,
        sums.shape,       turned.shape};
    func::FuncOp callee = getTransposeKernel(module(), spec);
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
  if (p.k && !p.computesA)
    aFlat = flatInput(p.a.memory);
  if (p.k && !p.computesB)
    bFlat = flatInput(p.b.memory);
  int64_t width = p.dots ? p.columns : s.strips.largest() * p.lanes;
  int64_t sumsRow = p.feedsRows ? p.units() * p.lanes : width;
  sums.shape = {0, sumsRow, 1};
  int64_t groups = blocks() ? keptGroups() * s.mostStrips : 1;
  if (p.feedsRows)
    groups = prepareRows();
  int64_t size = p.dots ? prepareDots() : groups * sumsOfGroup();
  // The last row is read in whole vectors, from anywhere.
  sums = scratch({size + p.lanes, sumsRow, 1});
  if (p.swapped) {
    int64_t height = llvm::alignTo(s.groupRows, p.lanes);
    turned = scratch(
        {height * int64_t(llvm::alignTo(width, p.lanes)) + p.lanes, height, 1});
  }
  if (s.packsA)
    band = scratch({s.groupsOfBand() * panelSize(), s.groupRows, 1});
  else if (p.computesA && p.dots)
    band = scratch({s.groupRows * dotRow(), dotRow(), 1});
  if (p.computesB && p.dots != p.bAlongDepth)
    square = scratch({p.lanes * p.lanes, p.lanes, 1});
  if (s.packsB && p.dots)
    strip = scratch(
        {int64_t(llvm::alignTo(packedK(), p.lanes)) * p.columns, p.lanes, 1});
  else if (s.packsB)
    strip = scratch(
        {s.sharedStrips * (packedK() + rowsBefore()) * width, width, 1});
  if (p.k && !p.dots) {
    aOperand = asOperand(s.packsA ? band.memref : aFlat);
    bOperand = asOperand(s.packsB ? strip.memref : bFlat);
    sumsOperand = asOperand(sums.memref);
    if (storesSums())
      outputOperand = asOperand(kernel.output(0));
    if (p.pairs)
      preparePairs();
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
  return p.batch * s.bands * s.tileStrips * s.tilesOfBand();
}

FailureOr<int64_t> dlc::emitContraction(KernelFunction &kernel) {
  DotGeneralOp dot = *kernel.body().getOps<DotGeneralOp>().begin();
  if (tensorType(dot.getResult()).getNumElements() == 0)
    return 0;
  return ContractionEmitter(kernel, dot).emit();
}
