// Operands that a contraction computes (IR/Prologue.h): what would be copied to
// scratch is evaluated there instead, a vector at a time, by the expressions
// that a map uses. So it has the same bits.
//
// Vectors run along the last dimension, as a map's would. Where that is not how
// micro-kernels read the operand, `lanes` of them are turned on their way.

#include "IR/Prologue.h"
#include "Lowering/ContractionEmitter.h"

using namespace mlir;
using namespace dlc;

/// Vectors that are evaluated at once, so that index arithmetic is shared.
static constexpr int64_t widestUnits = 4;
/// Rows whose parts of one k are evaluated together: cache lines are read once.
static constexpr int64_t rowsTogether = 64;

/// Stores `width` neighbours of an operand, from `index` (batch, row, column of
/// the matrix as it is given; in pairs along k if the product takes them) on.
void ContractionEmitter::evaluate(Value operand, ArrayRef<Value> index,
                                  int64_t width, Value mask, Value memref,
                                  Value target) {
  ExpressionEmitter::Scope scope(expressions);
  if (p.pairs)
    return evaluatePairs(operand, index, width, mask, memref, target);
  int64_t rank = tensorType(operand).getRank();
  Point point(index.take_back(rank), rank - 1, width, mask);
  Value value = expressions.vectorAt(operand, point);
  if (width == 1)
    b.create<memref::StoreOp>(loc, value, memref, target);
  else
    b.create<vector::StoreOp>(loc, value, memref, target);
}

/// The first `count` of a vector of k.
Value ContractionEmitter::depthMask(int64_t count) {
  int64_t elements = p.pairs ? 2 : 1;
  return expressions.prefixMask(elements * p.lanes, elements * count);
}

/// k in [k0, k1) of a row whose k are neighbours, a vector each `apart`. Where
/// k ends within a vector, the rest of it is unspecified.
void ContractionEmitter::evaluateAlongDepth(Value operand, Value batch,
                                            Value row, Value k0, Value k1,
                                            Value memref, Value target,
                                            int64_t apart) {
  auto step = [&](Value k, int64_t width, Value mask) {
    Value done = sub(k, k0);
    if (apart != p.lanes)
      done = mul(div(done, p.lanes), apart);
    evaluate(operand, {batch, row, k}, width, mask, memref, add(target, done));
  };
  int64_t units = apart == p.lanes ? widestUnits : 1;
  while (units > 1 && (p.k % (units * p.lanes) != 0 ||
                       (p.dots && s.chainK % (units * p.lanes) != 0)))
    units /= 2;
  int64_t tail = p.k % p.lanes;
  Value whole = tail ? min(k1, constant(p.k - tail)) : k1;
  kernel.forEach(k0, whole, units * p.lanes,
                 [&](Value k) { step(k, units * p.lanes, {}); });
  if (tail)
    kernel.forEach(whole, k1, p.lanes,
                   [&](Value k) { step(k, p.lanes, depthMask(tail)); });
}

//===-- A -----------------------------------------------------------------===//

/// k in [k0, k1) of the run's rows, as packRowByRow copies them.
void ContractionEmitter::evaluateRowByRow(const Run &run, Value k0, Value k1) {
  kernel.forEach(run.group0, run.group1, 1, [&](Value group) {
    Value first = firstRow(group);
    Value target = mul(sub(group, run.group0), panelSize());
    kernel.forEach(constant(0), constant(s.groupRows), 1, [&](Value row) {
      evaluateAlongDepth(p.left(), run.batch, add(first, row), k0, k1,
                         band.memref, add(target, mul(row, s.bandRow)),
                         p.lanes);
    });
  });
}

/// k in [k0, k1) of the run's rows, which are neighbours, as packRows copies
/// them.
void ContractionEmitter::evaluateRows(const Run &run, Value k0, Value k1) {
  int64_t lanes = panelLanes();
  auto panel = [&](Value group, Value k, bool masked) {
    Value row = firstRow(group);
    Value to = add(mul(sub(group, run.group0), panelSize()),
                   mul(sub(k, k0), s.groupRows));
    for (int64_t unit = 0; unit < panelUnits(); ++unit) {
      ExpressionEmitter::Scope scope(expressions);
      Value at = add(row, constant(unit * lanes)), mask;
      if (masked)
        mask = expressions.prefixMask(lanes, sub(constant(p.rows), at));
      evaluate(p.left(), {run.batch, k, at}, lanes, mask, band.memref,
               add(to, constant(unit * lanes)));
    }
  };
  forEachPanel(run, rowsTogether / s.groupRows,
               [&](Value group, int64_t panels, bool masked) {
                 kernel.forEach(k0, k1, 1, [&](Value k) {
                   for (int64_t i = 0; i < panels; ++i)
                     panel(add(group, constant(i)), k, masked);
                 });
               });
}

/// Dots: k in [from, to) of a group's rows.
void ContractionEmitter::evaluateForDots(Value batch, Value group, Value from,
                                         Value to) {
  Value first = firstRow(group);
  kernel.forEach(constant(0), constant(s.groupRows), 1, [&](Value row) {
    evaluateAlongDepth(p.left(), batch, add(first, row), from, to, band.memref,
                       mul(row, dotRow()), p.lanes);
  });
}

//===-- B -----------------------------------------------------------------===//

/// k in [k0, k1) of a strip whose columns are neighbours, as packColumns copies
/// them.
void ContractionEmitter::evaluateColumns(const Step &step, Value k0, Value k1) {
  Value first = mul(step.unit0, p.lanes);
  Value to = add(step.columns, constant(rowsBefore() * strip.shape.row));
  auto rows = [&](int64_t units, int64_t lastLanes) {
    kernel.forEach(k0, k1, 1, [&](Value k) {
      Value target = add(to, mul(sub(k, k0), strip.shape.row));
      for (int64_t unit = 0; unit < units; ++unit) {
        Value mask;
        if (unit + 1 == units && lastLanes != 0)
          mask = expressions.prefixMask(p.lanes, lastLanes);
        Value column = add(first, constant(unit * p.lanes));
        evaluate(p.right(), {step.batch, k, column}, p.lanes, mask,
                 strip.memref, add(target, constant(unit * p.lanes)));
      }
    });
  };
  int64_t tail = p.columns % p.lanes;
  auto whole = [&] {
    select(sub(step.unit1, step.unit0), s.strips.lengths(),
           [&](int64_t units) { rows(units, 0); });
  };
  if (tail == 0)
    return whole();
  // The last strip is one of the widest.
  ifThenElse(
      compare(arith::CmpIPredicate::eq, step.unit1, constant(p.units())),
      [&] { rows(s.strips.largest(), tail); }, whole);
}

/// The same where k are neighbours: `lanes` columns and k are evaluated, then
/// turned. The last k may overlap those before, as in packTransposed.
void ContractionEmitter::evaluateTransposed(const Step &step, Value k0,
                                            Value k1) {
  int64_t size = std::min(p.k, p.lanes);
  TransposeKernel spec{p.element,
                       p.lanes,
                       /*rows=*/p.lanes,
                       /*clamps=*/p.columns % p.lanes != 0,
                       /*readLanes=*/p.lanes,
                       /*writeRows=*/size,
                       square.shape,
                       strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(step.unit0, step.unit1, 1, [&](Value unit) {
    Value column = mul(unit, p.lanes);
    Value columns = min(sub(constant(p.columns), column), constant(p.lanes));
    Value to = add(step.columns, mul(sub(unit, step.unit0), p.lanes));
    kernel.forEach(k0, k1, p.lanes, [&](Value k) {
      k = min(k, constant(p.k - size));
      kernel.forEach(constant(0), columns, 1, [&](Value i) {
        Value mask;
        if (size < p.lanes)
          mask = depthMask(size);
        evaluate(p.right(), {step.batch, add(column, i), k}, p.lanes, mask,
                 square.memref, mul(i, p.lanes));
      });
      Value row = add(sub(k, k0), constant(rowsBefore()));
      Value target = add(to, mul(row, strip.shape.row));
      call(callee, {square.memref, constant(0), sub(columns, constant(1)),
                    strip.memref, target});
    });
  });
}

/// Dots: k in [k0, k1) of B, as packForDots leaves them.
void ContractionEmitter::evaluateColumnsForDots(Value batch, Value k0,
                                                Value k1) {
  if (p.bAlongDepth) {
    kernel.forEach(constant(0), constant(p.columns), 1, [&](Value column) {
      evaluateAlongDepth(p.right(), batch, column, k0, k1, strip.memref,
                         mul(column, p.lanes), p.lanes * p.columns);
    });
    return;
  }
  TransposeKernel spec{p.element,
                       p.lanes,
                       /*rows=*/p.lanes,
                       /*clamps=*/p.k % p.lanes != 0,
                       /*readLanes=*/p.lanes,
                       /*writeRows=*/p.columns,
                       square.shape,
                       strip.shape};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  kernel.forEach(k0, k1, p.lanes, [&](Value k) {
    Value rows = min(sub(constant(p.k), k), constant(p.lanes));
    kernel.forEach(constant(0), rows, 1, [&](Value i) {
      Value mask;
      if (p.columns < p.lanes)
        mask = expressions.prefixMask(p.lanes, p.columns);
      evaluate(p.right(), {batch, add(k, i), constant(0)}, p.lanes, mask,
               square.memref, mul(i, p.lanes));
    });
    Value target = mul(sub(k, k0), p.columns);
    call(callee, {square.memref, constant(0), sub(rows, constant(1)),
                  strip.memref, target});
  });
}
