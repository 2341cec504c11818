// Near angles by Cody and Waite: x - n c1 - n c2 - n c3, where c1 + c2 + c3 is
// pi / 2 to three times the precision. n c1 cancels x without an error, and the
// errors of the second step go into the low part.
//
// Far ones by Payne and Hanek: x = m 2^e with a whole m. Of the bits of 2 / pi
// those whose product with x is a multiple of 4 are skipped, and those that are
// too small to matter; what is left times m, in integers, is x / (pi / 2) mod
// 4 to 126 bits behind the point. Far angles are rare, so this is a branch, and
// it takes one lane after the other, in f64 and 64-bit integers for all types.
//
// Payne, Hanek: "Radian reduction for trigonometric functions", SIGNUM 1983.

#include "Lowering/Quadrants.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <array>
#include <cmath>

using namespace mlir;
using namespace dlc;

/// The bits of 2 / pi behind the point, after a word of zeros.
static constexpr uint64_t twoOverPi[] = {0,
                                         0xa2f9836e4e441529,
                                         0xfc2757d1f534ddc0,
                                         0xdb6295993c439041,
                                         0xfe5163abdebbc561,
                                         0xb7246e3a424dd2e0,
                                         0x06492eea09d1921c,
                                         0xfe1deb1cb129a73e,
                                         0xe88235f52ebb4484,
                                         0xe99c7026b45f7e41,
                                         0x3991d639835339f4,
                                         0x9c845f8bbdf9283b,
                                         0x1ff897ffde05980f,
                                         0xef2f118b5a0a6d1f,
                                         0x6d367ecf27cb09b7,
                                         0x4f463f669e5fea2d,
                                         0x7527bac7ebe5f17b,
                                         0x3d0739f78a5292ea,
                                         0x6bfb5fb11f8d5d08,
                                         0x56033046fc7b6bab};

namespace {
/// Arithmetic on i64 scalars.
struct Words {
  OpBuilder &b;
  Location loc;

  Value number(uint64_t n) {
    return b.create<arith::ConstantIntOp>(loc, static_cast<int64_t>(n), 64);
  }
  Value add(Value x, Value y) { return b.create<arith::AddIOp>(loc, x, y); }
  Value sub(Value x, Value y) { return b.create<arith::SubIOp>(loc, x, y); }
  Value band(Value x, uint64_t y) {
    Value mask = number(y);
    return b.create<arith::AndIOp>(loc, x, mask);
  }
  Value left(Value x, Value n) { return b.create<arith::ShLIOp>(loc, x, n); }
  Value right(Value x, Value n) { return b.create<arith::ShRUIOp>(loc, x, n); }
};
} // namespace

/// `count` words of 2 / pi from bit `start` of the table on.
static SmallVector<Value> bitsFrom(Words w, Value start, size_t count) {
  OpBuilder &b = w.b;
  Location loc = w.loc;
  Value first = w.right(start, w.number(6));
  SmallVector<Value> words;
  for (uint64_t word : twoOverPi)
    words.push_back(w.number(word));
  // Moves the words down by 16, 8, 4, 2 and 1, as the bits of `first` say.
  for (size_t distance = 16; distance > 0; distance /= 2) {
    Value bit = w.band(first, distance);
    Value zero = w.number(0);
    Value moves =
        b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, bit, zero);
    size_t needed = std::min(distance - 1 + count + 1, words.size());
    for (size_t i = 0; i < needed; ++i)
      if (i + distance < words.size())
        words[i] = b.create<arith::SelectOp>(loc, moves, words[i + distance],
                                             words[i]);
    words.resize(needed);
  }
  Value shift = w.band(start, 63);
  Value rest = w.sub(w.number(63), shift);
  SmallVector<Value> result;
  for (size_t i = 0; i < count; ++i) {
    Value high = w.left(words[i], shift);
    // In two steps, since `shift` may be 0.
    Value low = w.right(words[i + 1], w.number(1));
    low = w.right(low, rest);
    result.push_back(b.create<arith::OrIOp>(loc, high, low));
  }
  return result;
}

/// The quadrant (i64) of a far, finite f64.
static Quadrant reduceFar(OpBuilder &b, Location loc, Value x) {
  Words w{b, loc};
  Formula f(b, loc, x);
  // |x| = m 2^(exponent - 1075).
  Value raw = f.bits(f.abs(x));
  Value exponent = w.right(raw, w.number(52));
  Value fraction = w.band(raw, (uint64_t(1) << 52) - 1);
  Value m = w.add(fraction, w.number(uint64_t(1) << 52));
  // The bit of 2 / pi of weight 2^-k is skipped if m 2^e 2^-k is a multiple of
  // 4: k <= e - 2. The table begins with 64 zeros.
  Value start = w.add(exponent, w.number(uint64_t(64 - 1075 - 2)));
  SmallVector<Value> window = bitsFrom(w, start, 3);

  // The top 128 of 192 bits of the product; they count quarters of 2^126.
  Value top = b.create<arith::MulIOp>(loc, m, window[0]);
  auto middle = b.create<arith::MulUIExtendedOp>(loc, m, window[1]);
  auto lowest = b.create<arith::MulUIExtendedOp>(loc, m, window[2]);
  Value low = w.add(middle.getLow(), lowest.getHigh());
  Value carries = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, low,
                                          lowest.getHigh());
  Value carry = b.create<arith::ExtUIOp>(loc, b.getI64Type(), carries);
  Value high = w.add(w.add(top, middle.getHigh()), carry);

  // To the nearest quarter.
  Value rounded = w.add(high, w.number(uint64_t(1) << 61));
  Value quadrant = w.right(rounded, w.number(62));
  high = w.sub(high, w.left(quadrant, w.number(62)));
  auto toDouble = [&](Value integer) -> Value {
    return b.create<arith::SIToFPOp>(loc, f.type, integer);
  };
  Value first = toDouble(high);
  Value back = b.create<arith::FPToSIOp>(loc, b.getI64Type(), first);
  Value missing = toDouble(w.sub(high, back));
  // As a signed number after a shift: the conversion of unsigned ones is slow.
  Value second = toDouble(w.right(low, w.number(1)));
  Value tail = f.mul(missing, f.number(0x1p-62));
  tail = f.fma(second, f.number(0x1p-125), tail);
  Pair turns = f.fastSum(f.mul(first, f.number(0x1p-62)), tail);

  Value c1 = f.number(0x1.921fb54442d18p+0);
  Value c2 = f.number(0x1.1a62633145c07p-54);
  Pair angle = f.product(turns.hi, c1);
  Value angleLow = f.fma(turns.hi, c2, angle.lo);
  angleLow = f.fma(turns.lo, c1, angleLow);
  Pair r = f.fastSum(angle.hi, angleLow);

  Value isNegative = f.less(x, f.number(0.0));
  Value mirrored = w.sub(w.number(0), quadrant);
  return {f.select(isNegative, mirrored, quadrant),
          f.select(isNegative, f.neg(r.hi), r.hi),
          f.select(isNegative, f.neg(r.lo), r.lo)};
}

/// The same of an f32 or f64, as numbers of its own type.
static std::array<Value, 3> reduceFarLane(OpBuilder &b, Location loc, Value x) {
  if (x.getType().isF64()) {
    Quadrant q = reduceFar(b, loc, x);
    return {q.quadrant, q.hi, q.lo};
  }
  Type f32 = b.getF32Type(), f64 = b.getF64Type();
  Value wide = b.create<arith::ExtFOp>(loc, f64, x);
  Quadrant q = reduceFar(b, loc, wide);
  Value quadrant = b.create<arith::TruncIOp>(loc, b.getI32Type(), q.quadrant);
  Value hi = b.create<arith::TruncFOp>(loc, f32, q.hi);
  Value back = b.create<arith::ExtFOp>(loc, f64, hi);
  Value rest = b.create<arith::SubFOp>(loc, q.hi, back);
  rest = b.create<arith::AddFOp>(loc, rest, q.lo);
  Value lo = b.create<arith::TruncFOp>(loc, f32, rest);
  return {quadrant, hi, lo};
}

/// `near`, but far angles done again.
static Quadrant correctFar(Formula &f, Value x, Value isFar, Quadrant near) {
  OpBuilder &b = f.b;
  Location loc = f.loc;
  auto vector = dyn_cast<VectorType>(f.type);
  Value any = isFar;
  if (vector)
    any = b.create<vector::ReductionOp>(loc, vector::CombiningKind::OR, isFar);
  SmallVector<Value> values = {near.quadrant, near.hi, near.lo};
  // The results of `far` where `condition` holds.
  auto when = [&](OpBuilder &b, Location loc, Value condition,
                  ValueRange otherwise,
                  function_ref<SmallVector<Value>(OpBuilder &, Location)> far) {
    auto branch = b.create<scf::IfOp>(
        loc, condition,
        [&](OpBuilder &b, Location loc) {
          SmallVector<Value> results = far(b, loc);
          b.create<scf::YieldOp>(loc, results);
        },
        [&](OpBuilder &b, Location loc) {
          b.create<scf::YieldOp>(loc, otherwise);
        });
    return SmallVector<Value>(branch.getResults());
  };
  values = when(b, loc, any, values, [&](OpBuilder &b, Location loc) {
    if (!vector) {
      auto results = reduceFarLane(b, loc, x);
      return SmallVector<Value>(results.begin(), results.end());
    }
    Value zero = b.create<arith::ConstantIndexOp>(loc, 0);
    Value one = b.create<arith::ConstantIndexOp>(loc, 1);
    Value width =
        b.create<arith::ConstantIndexOp>(loc, vector.getNumElements());
    auto lanes = b.create<scf::ForOp>(
        loc, zero, width, one, values,
        [&](OpBuilder &b, Location loc, Value lane, ValueRange carried) {
          Value own = b.create<vector::ExtractElementOp>(loc, isFar, lane);
          SmallVector<Value> next =
              when(b, loc, own, carried, [&](OpBuilder &b, Location loc) {
                Value angle = b.create<vector::ExtractElementOp>(loc, x, lane);
                SmallVector<Value> inserted;
                for (auto [value, result] :
                     llvm::zip(carried, reduceFarLane(b, loc, angle)))
                  inserted.push_back(b.create<vector::InsertElementOp>(
                      loc, result, value, lane));
                return inserted;
              });
          b.create<scf::YieldOp>(loc, next);
        });
    return SmallVector<Value>(lanes.getResults());
  });
  return {values[0], values[1], values[2]};
}

Quadrant dlc::reduceToQuadrant(Formula &f, Value x) {
  Value quadrant;
  Value n = f.roundProduct(x, f.number(0.63661977236758134308), quadrant);
  Value c1 = f.number(0x1.921fb6p+0, 0x1.921fb54442d18p+0);
  Value c2 = f.number(-0x1.777a5cp-25, 0x1.1a62633145c07p-54);
  Value c3 = f.number(-0x1.ee59dap-50, -0x1.f1976b7ed8fbcp-110);
  Value minusN = f.neg(n);
  Value first = f.exactFma(minusN, c1, x);
  Pair second = f.product(minusN, c2);
  Pair r = f.sum(first, second.hi);
  Value lo = f.fma(minusN, c3, f.add(r.lo, second.lo));

  Value a = f.abs(x);
  Value isFinite = f.less(a, f.number(INFINITY));
  Value isNear = f.less(a, f.number(0x1p17, 0x1p30));
  Value isFar = f.both(isFinite, f.opposite(isNear));
  return correctFar(f, x, isFar, {quadrant, r.hi, lo});
}
