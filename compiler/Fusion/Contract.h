// What holds after the `fusion` stage.

#ifndef DLC_COMPILER_FUSION_CONTRACT_H
#define DLC_COMPILER_FUSION_CONTRACT_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Fails, with an error at the op, unless functions and scans hold kernels,
/// scans, constants, reshapes (aliases) and nothing else.
mlir::LogicalResult verifyFusionContract(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_FUSION_CONTRACT_H
