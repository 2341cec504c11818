// Kernels in modules that can be compiled at the same time.

#ifndef DLC_COMPILER_CODEGEN_PARTITION_H
#define DLC_COMPILER_CODEGEN_PARTITION_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace dlc {

/// Copies of the kernels and of what they call, in at most `count` modules of
/// about equal size, the largest first.
llvm::SmallVector<mlir::OwningOpRef<mlir::ModuleOp>>
partition(mlir::ModuleOp module, size_t count);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_PARTITION_H
