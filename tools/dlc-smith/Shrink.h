// Makes a failing case small.

#ifndef DLC_TOOLS_DLC_SMITH_SHRINK_H
#define DLC_TOOLS_DLC_SMITH_SHRINK_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace dlc::smith {

/// Tries smaller cases as long as one of them still fails: fewer results, an op
/// replaced by its operand or a new argument, a region by its contents, a size
/// by a smaller one wherever it stands. Cases given to `fails` are valid IR.
mlir::OwningOpRef<mlir::ModuleOp>
shrink(mlir::ModuleOp module, llvm::function_ref<bool(mlir::ModuleOp)> fails);

/// Ops of the graph without constants and terminators.
int64_t countOps(mlir::ModuleOp module);

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_SHRINK_H
