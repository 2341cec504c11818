// The launch lists of a module ⇒ the data structures that the runtime walks.

#ifndef DLC_COMPILER_CODEGEN_BUILDPROGRAM_H
#define DLC_COMPILER_CODEGEN_BUILDPROGRAM_H

#include "abi/Program.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Everything of the Program but its code: functions, kernels by name, checks,
/// constants.
mlir::FailureOr<runtime::Program> buildProgram(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_BUILDPROGRAM_H
