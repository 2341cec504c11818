// Products whose rows are reduced in the same kernel: the loss of logits, a
// normalisation.
//
//   for each run, which has all strips of columns:
//     for each block of k, for each few strips, for each group of rows:
//       micro-kernels: sums (+)= A B, to rows of scratch as long as the
//       result's
//     for each row: what the emitter of rows makes of it (RowEmitter.cpp)
//
// There is no epilogue besides: a bias or a residual is added where the row is
// read, in each of its passes. Where one block of k and all strips suffice for
// a group, its rows follow at once, from the first level of the cache; else
// those of a band do, which fit the second level.
//
// Sums are those of any product, and rows are reduced as any rows are, so that
// neither changes a bit.

#include "Lowering/ContractionEmitter.h"

using namespace mlir;
using namespace dlc;

/// Gives the groups whose sums are kept until their rows are complete.
int64_t ContractionEmitter::prepareRows() {
  rows.prepare();
  return s.finishesGroups ? 1 : s.groupsOfBand();
}

/// Where a group's sums start.
Value ContractionEmitter::sumsForRows(const Run &run, Value group) {
  if (s.finishesGroups)
    return constant(0);
  return mul(sub(group, run.group0), sumsOfGroup());
}

void ContractionEmitter::sumForRows(const Run &run, Step step) {
  step.sums = add(sumsForRows(run, step.group), mul(step.unit0, p.lanes));
  sumColumns(step);
}

/// The rows that a group adds: it may have computed rows of the group before
/// again.
void ContractionEmitter::finishRows(const Run &run, Value group) {
  Value row0 = mul(group, s.groupRows);
  Value row1 = min(add(row0, constant(s.groupRows)), constant(p.rows));
  Value first = firstRow(group), sumsOfFirst = sumsForRows(run, group);
  kernel.forEach(row0, row1, 1, [&](Value row) {
    ExpressionEmitter::Row given{p.dot.getResult(), sums.memref, {}, {}};
    given.start = add(sumsOfFirst, mul(sub(row, first), sums.shape.row));
    if (p.dot.getType().getRank() == 3)
      given.index.push_back(run.batch);
    given.index.push_back(row);
    rows.finishRow(given);
  });
}
