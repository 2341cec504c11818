// Products of bf16 by the CPU's instruction for them, vdpbf16ps: to each sum of
// f32 it adds two products of neighbouring k.
//
// A pair of bf16 lies where an f32 would, and is one k to all loops: tiles,
// bands and strips are those of a product of half as many k. Only here, where
// operands are evaluated, and in the micro-kernel it is known what it is.
//
// The instruction is two fused multiply-adds of f32, that of the upper halves
// first, which round as any do; but it takes subnormals for 0 and makes them 0.
// The first k of a pair is its upper half, so the sums are the chains of all
// products, as long as nothing is subnormal. A bf16 has 8 bits: where the
// smallest elements of both operands that are not 0 have the exponents e and f,
// each product is a multiple of 2^(e + f - 14), and so is each sum of them,
// rounded or not. At least 2^-126, none is subnormal. What does not meet that
// (a group of rows, a strip, a block of k) is multiplied by multiply-adds.

#include "IR/Prologue.h"
#include "Lowering/ContractionEmitter.h"
#include "Lowering/ElementTypes.h"

using namespace mlir;
using namespace dlc;

/// What the biased exponents of two operands must add up to: those of 2^e and
/// 2^f with e + f - 14 >= -126.
static constexpr int64_t leastExponentSum = 2 * 127 - 126 + 14;

/// Stores `width` neighbouring pairs of an operand, as `evaluate` does elements
/// of others.
void ContractionEmitter::evaluatePairs(Value operand, ArrayRef<Value> index,
                                       int64_t width, Value mask, Value memref,
                                       Value target) {
  bool alongDepth = operand == p.left() ? p.aAlongDepth : p.bAlongDepth;
  Value narrow = widenedBf16(operand);
  int64_t rank = tensorType(narrow).getRank();
  SmallVector<Value> at(index.take_back(rank));
  auto halves = [&](int64_t count) {
    Point point(at, rank - 1, count, mask);
    return toMemory(b, loc, expressions.vectorAt(narrow, point),
                    tensorType(narrow).getElementType());
  };
  auto words = VectorType::get({width}, b.getI32Type());
  Value half = b.create<arith::ConstantOp>(
      loc, DenseElementsAttr::get(words, APInt(32, 16)));
  Value first, second;
  if (alongDepth) {
    at.back() = mul(at.back(), 2);
    Value both = b.create<vector::BitCastOp>(loc, words, halves(2 * width));
    first = both;
    second = b.create<arith::ShRUIOp>(loc, both, half);
  } else {
    Value &k = at[rank - 2];
    k = mul(k, 2);
    first = b.create<arith::ExtUIOp>(loc, words, halves(width));
    k = add(k, constant(1));
    second = b.create<arith::ExtUIOp>(loc, words, halves(width));
  }
  first = b.create<arith::ShLIOp>(loc, first, half);
  Value pairs =
      b.create<arith::BitcastOp>(loc, VectorType::get({width}, p.element),
                                 b.create<arith::OrIOp>(loc, first, second));
  b.create<vector::StoreOp>(loc, pairs, memref, target);
}

/// Makes room for the least exponents of a band's groups and of some strips.
void ContractionEmitter::preparePairs() {
  auto exponents = [&](int64_t count) {
    Value memref = b.create<memref::AllocaOp>(
        loc, MemRefType::get({count}, b.getI32Type()));
    return asOperand(memref);
  };
  groupExponents = exponents(s.groupsOfBand());
  stripExponents = exponents(s.sharedStrips);
}

void ContractionEmitter::noteExponentsOfGroups(const Run &run, Value count) {
  func::FuncOp callee = getLeastExponentKernel(module());
  bool byRow = s.bandRow;
  Value rows = constant(byRow ? s.groupRows : 1);
  Value pairs = byRow ? count : mul(count, s.groupRows);
  kernel.forEach(run.group0, run.group1, 1, [&](Value group) {
    Value at = sub(group, run.group0);
    call(callee, {aOperand, mul(at, panelSize()), rows, constant(s.bandRow),
                  pairs, groupExponents, at});
  });
}

void ContractionEmitter::noteExponentsOfStrips(Value strip0, Value strip1,
                                               Value count) {
  func::FuncOp callee = getLeastExponentKernel(module());
  int64_t row = strip.shape.row;
  kernel.forEach(strip0, strip1, 1, [&](Value strip) {
    Value at = sub(strip, strip0);
    Value base = add(mul(at, stripSize()), constant(rowsBefore() * row));
    Value units = sub(start(s.strips, next(strip)), start(s.strips, strip));
    call(callee, {bOperand, base, count, constant(row), mul(units, p.lanes),
                  stripExponents, at});
  });
}

/// Whether nothing can be subnormal in the sums of a step.
Value ContractionEmitter::dotsAreExact(Value group, Value strip) {
  auto number = [&](int64_t value) -> Value {
    return b.create<arith::ConstantOp>(loc, b.getI32IntegerAttr(value));
  };
  Value x = b.create<memref::LoadOp>(loc, groupExponents, group);
  Value y = b.create<memref::LoadOp>(loc, stripExponents, strip);
  Value least = b.create<arith::MinUIOp>(loc, x, y);
  Value sum = b.create<arith::AddIOp>(loc, x, y);
  return b.create<arith::AndIOp>(
      loc, compare(arith::CmpIPredicate::uge, least, number(1)),
      compare(arith::CmpIPredicate::uge, sum, number(leastExponentSum)));
}
