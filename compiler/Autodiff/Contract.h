// What holds after the `autodiff` stage.

#ifndef DLC_COMPILER_AUTODIFF_CONTRACT_H
#define DLC_COMPILER_AUTODIFF_CONTRACT_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// No request is left: neither `dlc.grad` nor the marks that it looks at
/// (`dlc.variable`, `dlc.stop_gradient`).
mlir::LogicalResult verifyAutodiffContract(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_CONTRACT_H
