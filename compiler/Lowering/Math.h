// Our own elementary functions: the same code for f32 and f64, scalars and
// vectors, in arith and math.fma alone, so that nothing calls libm and a CPU
// and a GPU agree bit for bit. docs/reference/math.md lists their errors.

#ifndef DLC_COMPILER_LOWERING_MATH_H
#define DLC_COMPILER_LOWERING_MATH_H

#include "mlir/IR/Builders.h"

namespace dlc {

// At most 1 ulp (f32), 2 (f64).

/// e^x.
mlir::Value emitExp(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// ln x.
mlir::Value emitLog(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// 1 / sqrt x.
mlir::Value emitRsqrt(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);

// At most 2 ulp.

/// e^x - 1.
mlir::Value emitExpm1(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// ln(1 + x).
mlir::Value emitLog1p(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
mlir::Value emitTanh(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// 1 / (1 + e^-x).
mlir::Value emitLogistic(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
mlir::Value emitErf(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// 1 - erf x.
mlir::Value emitErfc(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// For x of any size.
mlir::Value emitSine(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
mlir::Value emitCosine(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
mlir::Value emitAtan(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// x^y with C99's special cases.
mlir::Value emitPower(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                      mlir::Value y);

// At most 4 ulp where |y| > 1e-30.

/// x Phi(x), Phi the normal distribution function.
mlir::Value emitGelu(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³))).
mlir::Value emitGeluTanh(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);

// Exact.

/// x - y trunc(x / y), as C's fmod.
mlir::Value emitRemainder(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                          mlir::Value y);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_MATH_H
