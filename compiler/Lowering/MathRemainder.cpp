// fmod, exact: long division in a base as large as the type allows.

#include "Lowering/Formula.h"
#include "Lowering/Math.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <cmath>

using namespace mlir;
using namespace dlc;

/// The exponent of a >= 0, also of a denormal.
static Value exponentOf(Formula &f, Value a) {
  Value isTiny = f.less(a, f.number(0x1p-126, 0x1p-1022));
  Value grown = f.mul(a, f.number(0x1p23, 0x1p52));
  Value field = f.shiftRight(f.bits(f.select(isTiny, grown, a)), f.mantissa());
  Value zero = f.whole(0);
  Value grownBy = f.select(isTiny, f.whole(f.mantissa()), zero);
  return f.subInt(field, grownBy);
}

// One step: rest - q d 2^k, k such that the quotient q has no more bits than
// the type. The quotient may be rounded up to a whole number, then the
// difference is negative by less than d 2^k. All of this is exact.
static Value divideOnce(Formula &f, Value rest, Value d, Value exponentOfD) {
  Value zero = f.whole(0);
  Value excess = f.subInt(exponentOf(f, rest), exponentOfD);
  Value k = f.subInt(excess, f.whole(f.mantissa() - 1));
  Value isPositive =
      f.b.create<arith::CmpIOp>(f.loc, arith::CmpIPredicate::sgt, k, zero);
  Value scaled = f.scale(d, f.select(isPositive, k, zero));
  Value q = f.b.create<math::FloorOp>(f.loc, f.div(rest, scaled));
  Value next = f.exactFma(f.neg(q), scaled, rest);
  Value isNegative = f.less(next, f.number(0.0));
  return f.select(isNegative, f.add(next, scaled), next);
}

Value dlc::emitRemainder(OpBuilder &b, Location loc, Value x, Value y) {
  Formula f(b, loc, x);
  Value zero = f.number(0.0), infinity = f.number(INFINITY);
  Value a = f.abs(x), d = f.abs(y);
  Value exponentOfD = exponentOf(f, d);
  // x / 0, inf / y and NaN have no remainder.
  Value isFinite = f.less(a, infinity);
  Value hasOne = f.both(isFinite, f.less(zero, d));
  Value start = f.select(hasOne, a, zero);
  auto isOpen = [&](Formula &f, Value rest) {
    return f.both(hasOne, f.opposite(f.less(rest, d)));
  };
  auto loop = b.create<scf::WhileOp>(
      loc, TypeRange{f.type}, ValueRange{start},
      [&](OpBuilder &b, Location loc, ValueRange carried) {
        Formula inner(b, loc, x);
        Value open = isOpen(inner, carried[0]);
        if (isa<VectorType>(f.type))
          open = b.create<vector::ReductionOp>(loc, vector::CombiningKind::OR,
                                               open);
        b.create<scf::ConditionOp>(loc, open, carried);
      },
      [&](OpBuilder &b, Location loc, ValueRange carried) {
        Formula inner(b, loc, x);
        Value open = isOpen(inner, carried[0]);
        Value next = divideOnce(inner, carried[0], d, exponentOfD);
        Value rest = inner.select(open, next, carried[0]);
        b.create<scf::YieldOp>(loc, rest);
      });
  Value result = f.copySign(loop.getResult(0), x);
  Value isNumber = f.both(hasOne, f.equal(y, y));
  return f.select(isNumber, result, f.number(NAN));
}
