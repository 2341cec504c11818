// The user's source lines in generated code.

#ifndef DLC_COMPILER_CODEGEN_LINETABLE_H
#define DLC_COMPILER_CODEGEN_LINETABLE_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Gives each function of the module, which is in the LLVM dialect, what LLVM
/// needs to say which line an instruction comes from: .loc in PTX. Functions
/// that come from no file are left alone.
void addLineTable(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_LINETABLE_H
