// Arithmetic from which Math*.cpp builds functions: on f32 or f64, scalars or
// vectors, in arith and math.fma alone. The same code for every target, so that
// all with FMA agree bit for bit.

#ifndef DLC_COMPILER_LOWERING_FORMULA_H
#define DLC_COMPILER_LOWERING_FORMULA_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace dlc {

/// A number of twice the precision: the unevaluated sum of two.
struct Pair {
  mlir::Value hi, lo;
};

struct Formula {
  using Value = mlir::Value;
  using Coefficients = llvm::ArrayRef<double>;

  /// On values of the type of `x`.
  Formula(mlir::OpBuilder &b, mlir::Location loc, Value x);

  mlir::OpBuilder &b;
  mlir::Location loc;
  mlir::Type type;    ///< Of floats.
  mlir::Type integer; ///< Of integers as wide.
  bool isF32;

  int64_t mantissa() const { return isF32 ? 23 : 52; }
  int64_t bias() const { return isF32 ? 127 : 1023; }

  Value number(double n);
  /// One number for f32, another for f64.
  Value number(double n32, double n64) { return number(isF32 ? n32 : n64); }
  Value whole(int64_t n);

  Value add(Value x, Value y);
  Value sub(Value x, Value y);
  Value mul(Value x, Value y);
  Value div(Value x, Value y);
  Value neg(Value x);
  Value abs(Value x);
  Value sqrt(Value x);
  Value copySign(Value x, Value sign);
  /// x y + z, rounded once where the target can; else x y is rounded too.
  Value fma(Value x, Value y, Value z);
  /// x y + z, rounded once on every target: for error terms.
  Value exactFma(Value x, Value y, Value z);
  /// By Horner's rule, highest degree first.
  Value polynomial(Value x, Coefficients f32, Coefficients f64);

  /// x + y and its rounding error; |x| >= |y|, or x = 0.
  Pair fastSum(Value x, Value y);
  /// The same for any x and y.
  Pair sum(Value x, Value y);
  /// x y and its rounding error.
  Pair product(Value x, Value y);

  Value less(Value x, Value y);
  Value equal(Value x, Value y);
  Value notEqual(Value x, Value y);
  Value isNan(Value x);
  Value select(Value condition, Value x, Value y);
  Value both(Value x, Value y);
  Value either(Value x, Value y);
  Value opposite(Value x);

  Value bits(Value x);
  Value fromBits(Value x);
  Value addInt(Value x, Value y);
  Value subInt(Value x, Value y);
  Value andInt(Value x, Value y);
  Value shiftLeft(Value x, int64_t n);
  /// Copies of the sign are shifted in.
  Value shiftRight(Value x, int64_t n);
  Value equalInt(Value x, Value y);
  /// A whole number of at most 31 bits. Through 32 bits: not every instruction
  /// set converts 64-bit integers.
  Value toFloat(Value x);

  /// 2^n for an exponent in range.
  Value powerOf2(Value n);
  /// x 2^n in two steps, since the result may be a denormal.
  Value scale(Value x, Value n);
  /// x y rounded to a whole number, as a float and, in `n`, as an integer;
  /// |x y| < 2^(mantissa - 1).
  Value roundProduct(Value x, Value y, Value &n);

private:
  Value constant(mlir::Type type, mlir::Attribute value);
};

/// e^(x + extra) = 2^exponent (hi + lo) to a few bits more than the type has;
/// `extra`, if there is one, is far smaller than x. Beyond the last results
/// that are neither 0 nor inf x is clamped.
struct Exponential {
  mlir::Value exponent, hi, lo;
};
Exponential exponential(Formula &f, mlir::Value x, mlir::Value extra = {});

/// 1 / (1 + e^-(x + extra)).
mlir::Value logistic(Formula &f, mlir::Value x, mlir::Value extra = {});

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_FORMULA_H
