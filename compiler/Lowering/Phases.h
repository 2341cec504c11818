// Which instructions of a launch list may run side by side.

#ifndef DLC_COMPILER_LOWERING_PHASES_H
#define DLC_COMPILER_LOWERING_PHASES_H

#include "IR/Dlc.h"
#include "mlir/IR/SymbolTable.h"

namespace dlc {

/// Splits launches and copies that follow each other in one block into phases,
/// in order: no op of a phase reads or writes what another one of it writes. A
/// launch touches its operands, each as far as the kernel's memref goes, or as
/// its `dlc.touches` says; those before `dlc.writes_from` it only reads.
llvm::SmallVector<llvm::SmallVector<mlir::Operation *>>
formPhases(llvm::ArrayRef<mlir::Operation *> ops,
           const mlir::SymbolTable &symbols);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PHASES_H
