// Gradients and tangents of ops with regions. A loop's gradient is a loop, a
// branch's a branch; nothing is unrolled.

#ifndef DLC_COMPILER_AUTODIFF_CONTROLFLOW_H
#define DLC_COMPILER_AUTODIFF_CONTROLFLOW_H

#include "Autodiff/ForwardSweep.h"
#include "Autodiff/ReverseSweep.h"

namespace dlc {

mlir::LogicalResult scanVjp(ScanOp op, Adjoint &a);
mlir::LogicalResult ifVjp(IfOp op, Adjoint &a);
mlir::LogicalResult whileVjp(WhileOp op, Adjoint &a);
mlir::LogicalResult checkpointVjp(CheckpointOp op, Adjoint &a);
mlir::LogicalResult customVjp(CustomVjpOp op, Adjoint &a);

mlir::LogicalResult scanJvp(ScanOp op, Tangents &t);
mlir::LogicalResult ifJvp(IfOp op, Tangents &t);
mlir::LogicalResult whileJvp(WhileOp op, Tangents &t);
mlir::LogicalResult checkpointJvp(CheckpointOp op, Tangents &t);

/// Puts the ops of a region of one block, whose arguments are `arguments`, at
/// the builder's insertion point. What the block yields.
llvm::SmallVector<mlir::Value> inlineRegion(mlir::OpBuilder &b,
                                            mlir::Region &region,
                                            mlir::ValueRange arguments);

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_CONTROLFLOW_H
