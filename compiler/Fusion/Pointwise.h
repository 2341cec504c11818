// Pointwise ops in another shape, or in another order of dimensions: what the
// passes that move reshapes and transposes behind them share.

#ifndef DLC_FUSION_POINTWISE_H
#define DLC_FUSION_POINTWISE_H

#include "IR/Dlc.h"

namespace dlc {

/// Whether `op` computes each element from one of each operand, and a user sees
/// nothing of its elements' order: no print, no position of a fault.
bool isMovable(mlir::Operation *op);

/// `op`, which is movable, on operands of `shape`.
mlir::Value moveTo(mlir::OpBuilder &b, mlir::Operation *op,
                   mlir::ValueRange operands, llvm::ArrayRef<int64_t> shape);

/// `v` in `shape`, if it is a constant of equal elements; else null.
mlir::Value splatIn(mlir::OpBuilder &b, mlir::Value v,
                    llvm::ArrayRef<int64_t> shape);

/// The same without making it.
bool isSplat(mlir::Value v);

} // namespace dlc

#endif // DLC_FUSION_POINTWISE_H
