// What holds after the `autodiff` stage.

#ifndef DLC_COMPILER_AUTODIFF_CONTRACT_H
#define DLC_COMPILER_AUTODIFF_CONTRACT_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// No request is left: neither `dlc.grad` and `dlc.jvp` nor what they look at
/// (`variable`, `stop_gradient`, `checkpoint`, `custom_vjp`).
mlir::LogicalResult verifyAutodiffContract(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_CONTRACT_H
