// Composites as primitives: the formula that each states (Composites.td,
// Layers.td), written with ops that have a lowering. Autodiff differentiates it
// where a composite has no rule of its own, and `fusion` puts it in the
// composite's place.

#ifndef DLC_COMPILER_IR_DECOMPOSE_H
#define DLC_COMPILER_IR_DECOMPOSE_H

#include "IR/Dlc.h"

namespace dlc {

/// What takes the place of a composite's results, written at `b`'s insertion
/// point with the op's location; fails for an op that is no composite. The op
/// itself stays. Composites of bf16 or f16 are computed in f32 and rounded
/// once.
mlir::FailureOr<llvm::SmallVector<mlir::Value>> decompose(mlir::Operation *op,
                                                          mlir::OpBuilder &b);

} // namespace dlc

#endif // DLC_COMPILER_IR_DECOMPOSE_H
