// What holds after the `layout` stage: kernels in the emitters' normal forms.

#ifndef DLC_COMPILER_LAYOUT_CONTRACT_H
#define DLC_COMPILER_LAYOUT_CONTRACT_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Fails, with an error at the op, unless every kernel is in the normal form of
/// its emitter:
///  * map: yields of one shape, no reduce, no dot_general; what its turned
///    dimension, if any, turns (IR/TurnedValues.h);
///  * row: every reduce removes the same trailing dimensions of the root;
///  * column: every reduce removes the same single, not last, dimension;
///  * contraction: one dot_general of at most one batch dimension, on body
///    arguments, the right one perhaps in strips (IR/PackedMatrix.h); the rest
///    is pointwise on its result's shape;
///  * chain: products of arguments, row operations on them, and products of
///    these with arguments (IR/Chain.h).
mlir::LogicalResult verifyLayoutContract(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_LAYOUT_CONTRACT_H
