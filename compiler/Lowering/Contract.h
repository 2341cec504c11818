// What holds after the `lowering` stage: code for the machine, and launch
// lists.

#ifndef DLC_COMPILER_LOWERING_CONTRACT_H
#define DLC_COMPILER_LOWERING_CONTRACT_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Fails, with an error at the op, unless the module holds functions of
/// upstream dialects and `dlc.program`s, and every launch names a function
/// with an argument for each slot, at addresses inside the arena and the
/// signature.
mlir::LogicalResult verifyLoweringContract(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CONTRACT_H
