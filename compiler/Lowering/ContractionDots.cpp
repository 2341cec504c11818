// Products whose lanes hold neighbouring k: those with few columns (or rows).
//
//   for each run, for each block of k:
//     transpose the block of B to scratch, unless it lies along k
//     for some groups of rows:
//       for each part of the block of k:
//         for each group: micro-kernel: chains (+)= A B
//       sums (+)= the chains' lanes; after the last block: epilogues
//
// The part of B that a part of k meets stays in the first level of the cache
// while the rows of A pass by. A chain goes on from part to part, so parts may
// follow the cache without changing a bit. Chains are summed apart from the
// micro-kernel, 16 elements of the result at once whatever their row: a tree
// over the lanes is full only if it has as many leaves.

#include "Lowering/ContractionEmitter.h"

using namespace mlir;
using namespace dlc;

/// Makes scratch for chains; gives the elements that the sums take.
int64_t ContractionEmitter::prepareDots() {
  chains = scratch({sumsOfChains() * p.lanes, p.lanes, 1});
  int64_t parts =
      blocks() ? (s.groupsOfBand() + s.chainGroups - 1) / s.chainGroups : 1;
  return parts * sumsOfChains();
}

void ContractionEmitter::computeDots(const Run &run, Value k0, Value k1) {
  if (s.packsB)
    packForDots(run, k0, k1);
  LaneSumKernel spec{p.element, p.lanes, chains.shape.size, sums.shape.size,
                     blocks()};
  func::FuncOp sumLanes = getLaneSumKernel(module(), spec);
  Value accumulate = compare(arith::CmpIPredicate::ne, k0, constant(0));
  kernel.forEach(run.group0, run.group1, s.chainGroups, [&](Value group0) {
    Value group1 = min(add(group0, constant(s.chainGroups)), run.group1);
    kernel.forEach(k0, k1, s.chainK, [&](Value from) {
      Value to = min(add(from, constant(s.chainK)), k1);
      kernel.forEach(group0, group1, 1, [&](Value group) {
        Value at = mul(sub(group, group0), sumsOfGroup() * p.lanes);
        multiplyDots(run.batch, group, at, k0, from, to);
      });
    });

    Value at = constant(0);
    if (blocks())
      at = mul(div(sub(group0, run.group0), s.chainGroups), sumsOfChains());
    Value elements = mul(sub(group1, group0), sumsOfGroup());
    Value vectors = div(add(elements, constant(p.lanes - 1)), p.lanes);
    call(sumLanes, {chains.memref, sums.memref, at, vectors, accumulate});
    afterBlocks(k1, [&] {
      kernel.forEach(group0, group1, 1, [&](Value group) {
        Step step;
        step.batch = run.batch;
        step.group = group;
        step.row = firstRow(group);
        step.unit0 = constant(0);
        step.unit1 = constant(1);
        step.sums = add(at, mul(sub(group, group0), sumsOfGroup()));
        epilogue(step);
      });
    });
  });
}

/// The chains of a group for k in [from, to), a part of the block from k0 on.
void ContractionEmitter::multiplyDots(Value batch, Value group, Value at,
                                      Value k0, Value from, Value to) {
  DotKernel spec{p.element,
                 p.lanes,
                 s.groupRows,
                 p.columns,
                 s.dotColumns,
                 p.k % p.lanes,
                 /*continues=*/s.chainK < packedK(),
                 p.a,
                 {p.b.size, p.b.column, 1},
                 chains.shape.size};
  Value row = mul(firstRow(group), p.a.row);
  Value aBase = add(batchOf(batch, p.a), add(row, from));
  Value left = aFlat, right = bFlat;
  if (p.computesA) {
    evaluateForDots(batch, group, from, to);
    spec.a = band.shape;
    left = band.memref;
    aBase = constant(0);
  }
  Value bBase = add(batchOf(batch, p.b), from);
  if (s.packsB) {
    spec.b = {strip.shape.size, p.lanes, p.columns};
    right = strip.memref;
    bBase = mul(sub(from, k0), p.columns);
  }
  Value count = sub(to, from);
  Value whole = mul(div(count, p.lanes), p.lanes);
  Value goesOn = compare(arith::CmpIPredicate::ne, from, k0);
  call(getDotKernel(module(), spec),
       {left, aBase, right, bBase, chains.memref, at, whole, count, goesOn});
}
