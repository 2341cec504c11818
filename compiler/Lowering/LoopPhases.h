// Which ops of a GPU's loop may run side by side.

#ifndef DLC_COMPILER_LOWERING_LOOPPHASES_H
#define DLC_COMPILER_LOWERING_LOOPPHASES_H

#include "Lowering/LoopKernel.h"

namespace dlc {

/// The ops of the loop's body in order, in phases: no op of a phase reads or
/// writes what another one of it writes. A launch's operands are what it
/// touches (`dlc.touches`); those before `dlc.writes_from` it only reads.
llvm::SmallVector<llvm::SmallVector<mlir::Operation *>>
formPhases(const LoopKernel &kernel);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_LOOPPHASES_H
