// Copies the blocks of A and B that are read more than once to scratch, as
// micro-kernels like to read them.

#include "Lowering/ContractionEmitter.h"

using namespace mlir;
using namespace dlc;

/// The run's groups of rows, `most` at once as far as whole vectors of their
/// rows end within the operand; the others one by one, perhaps masked. Whole
/// vectors are copied; what is too much of one, the next overwrites.
void ContractionEmitter::forEachPanel(
    const Run &run, int64_t most,
    function_ref<void(Value group, int64_t panels, bool masked)> body) {
  int64_t read = panelUnits() * panelLanes();
  int64_t whole = (p.rows - read) / s.groupRows + 1;
  int64_t together = std::min(whole, most);
  Value single = run.group0;
  if (together > 1) {
    Value end = min(run.group1, constant(whole));
    Value blocks = b.createOrFold<arith::DivSIOp>(loc, sub(end, run.group0),
                                                  constant(together));
    blocks = b.createOrFold<arith::MaxSIOp>(loc, blocks, constant(0));
    single = add(run.group0, mul(blocks, together));
    kernel.forEach(run.group0, single, together, [&](Value group) {
      body(group, together, /*masked=*/false);
    });
  }
  kernel.forEach(single, run.group1, 1, [&](Value group) {
    body(group, 1, s.groupRows % panelLanes() != 0);
  });
}

/// Copies k in [k0, k1) of the run's rows.
///
/// For each k, the rows of several groups are copied together: where k lie a
/// power of two apart they share few sets of the caches, which lose a line
/// before the next group would read its part of it.
void ContractionEmitter::packRows(const Run &run, Value k0, Value k1) {
  if (p.computesA)
    return evaluateRows(run, k0, k1);
  Value from = add(batchOf(run.batch, p.a), mul(k0, p.a.column));
  Value count = sub(k1, k0);
  auto copy = [&](Value group, int64_t panels, bool masked) {
    CopyKernel spec{p.element,
                    panelLanes(),
                    panelUnits(),
                    masked,
                    {p.a.size, p.a.column, 1},
                    band.shape,
                    panels,
                    s.groupRows,
                    panelSize()};
    Value row = firstRow(group);
    Value to = mul(sub(group, run.group0), panelSize());
    Value readable = sub(constant(p.rows), row);
    Value start = add(from, row);
    call(getCopyKernel(module(), spec),
         {aFlat, start, readable, band.memref, to, count});
  };
  forEachPanel(run, s.copiedGroups, copy);
}

/// Copies k in [k0, k1) of the run's rows as they are, but `bandRow` apart.
void ContractionEmitter::packRowByRow(const Run &run, Value k0, Value k1) {
  if (p.computesA)
    return evaluateRowByRow(run, k0, k1);
  // A "row" of the copy is a vector, a panel a row.
  CopyKernel spec{p.element,
                  p.lanes,
                  /*units=*/1,
                  /*masked=*/false,
                  {p.a.size, p.lanes, 1},
                  {band.shape.size, p.lanes, 1},
                  /*panels=*/s.groupRows,
                  /*panelColumns=*/p.a.row,
                  /*panelSize=*/s.bandRow};
  func::FuncOp callee = getCopyKernel(module(), spec);
  Value from = add(batchOf(run.batch, p.a), k0);
  Value vectors = div(sub(k1, k0), p.lanes);
  kernel.forEach(run.group0, run.group1, 1, [&](Value group) {
    Value source = add(from, mul(firstRow(group), p.a.row));
    Value target = mul(sub(group, run.group0), panelSize());
    call(callee, {aFlat, source, constant(0), band.memref, target, vectors});
  });
}

/// Copies k in [k0, k1) of some strips, `copiedStrips` at once.
void ContractionEmitter::packStrips(Value batch, Value strip0, Value strip1,
                                    Value k0, Value k1) {
  auto copy = [&](Value strip, int64_t strips) {
    Step step;
    step.batch = batch;
    step.strip = strip;
    step.columns = mul(sub(strip, strip0), stripSize());
    step.unit0 = start(s.strips, strip);
    step.unit1 = start(s.strips, next(strip));
    if (p.computesB && p.bAlongDepth)
      evaluateTransposed(step, k0, k1);
    else if (p.computesB)
      evaluateColumns(step, k0, k1);
    else if (p.b.column == 1)
      packColumns(step, k0, k1, strips);
    else
      packTransposed(step, k0, k1);
  };
  Value single = strip0;
  if (s.copiedStrips > 1) {
    Value count = sub(strip1, strip0);
    single = sub(strip1, rem(count, s.copiedStrips));
    kernel.forEach(strip0, single, s.copiedStrips,
                   [&](Value strip) { copy(strip, s.copiedStrips); });
  }
  kernel.forEach(single, strip1, 1, [&](Value strip) { copy(strip, 1); });
}

/// Copies a strip, or several of equal width together: where rows are long a
/// strip's part of one is too short for the memory to run ahead.
void ContractionEmitter::packColumns(const Step &step, Value k0, Value k1,
                                     int64_t strips) {
  Value column = mul(step.unit0, p.lanes);
  Value from = add(add(batchOf(step.batch, p.b), mul(k0, p.b.row)), column);
  Value to = add(step.columns, constant(rowsBefore() * strip.shape.row));
  select(sub(step.unit1, step.unit0), s.strips.lengths(), [&](int64_t units) {
    CopyKernel spec{p.element,
                    p.lanes,
                    units,
                    p.columns % p.lanes != 0,
                    {p.b.size, p.b.row, 1},
                    strip.shape,
                    strips,
                    strip.shape.row,
                    stripSize()};
    Value readable = sub(constant(p.columns), column);
    Value count = sub(k1, k0);
    call(getCopyKernel(module(), spec),
         {bFlat, from, readable, strip.memref, to, count});
  });
}

/// B is contiguous along k. The last vector of k may overlap the one before:
/// what is written twice is equal, and does not lie before the scratch.
void ContractionEmitter::packTransposed(const Step &step, Value k0, Value k1) {
  int64_t size = std::min(p.k, p.lanes);
  TransposeKernel spec{p.element,
                       p.lanes,
                       /*rows=*/p.lanes,
                       /*clamps=*/p.columns % p.lanes != 0,
                       size,
                       size,
                       {p.b.size, p.b.column, 1},
                       strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(step.unit0, step.unit1, 1, [&](Value unit) {
    Value column = mul(unit, p.lanes);
    Value last = sub(constant(p.columns - 1), column);
    Value from = add(batchOf(step.batch, p.b), mul(column, p.b.column));
    Value to = add(step.columns, mul(sub(unit, step.unit0), p.lanes));
    kernel.forEach(k0, k1, p.lanes, [&](Value k) {
      k = min(k, constant(p.k - size));
      Value row = add(sub(k, k0), constant(rowsBefore()));
      Value source = add(from, k);
      Value target = add(to, mul(row, strip.shape.row));
      call(callee, {bFlat, source, last, strip.memref, target});
    });
  });
}

void ContractionEmitter::packForDots(const Run &run, Value k0, Value k1) {
  if (p.computesB)
    return evaluateColumnsForDots(run.batch, k0, k1);
  TransposeKernel spec{p.element,
                       p.lanes,
                       /*rows=*/p.lanes,
                       /*clamps=*/p.k % p.lanes != 0,
                       p.columns,
                       p.columns,
                       {p.b.size, p.b.row, 1},
                       strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(k0, k1, p.lanes, [&](Value k) {
    Value from = add(batchOf(run.batch, p.b), mul(k, p.b.row));
    Value last = sub(constant(p.k - 1), k);
    Value to = mul(sub(k, k0), p.columns);
    call(callee, {bFlat, from, last, strip.memref, to});
  });
}
