// Our own exp, log, tanh and logistic: the same code for f32 and f64, scalars
// and vectors, in arith and math.fma alone, so that nothing calls libm and a
// CPU and a GPU agree bit for bit.

#ifndef DLC_COMPILER_LOWERING_MATH_H
#define DLC_COMPILER_LOWERING_MATH_H

#include "mlir/IR/Builders.h"

namespace dlc {

/// e^x: at most 1 ulp (f32), 2 (f64).
mlir::Value emitExp(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// ln x: at most 1 ulp (f32), 2 (f64).
mlir::Value emitLog(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// tanh x: at most 2 ulp.
mlir::Value emitTanh(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);
/// 1 / (1 + e^-x): at most 2 ulp.
mlir::Value emitLogistic(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_MATH_H
