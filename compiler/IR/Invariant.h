// Arguments that most calls give again as they were: `dlc.invariant`. The
// frontend marks captured tensors, and the state of functions that change none.
// What follows from them alone is computed once for many calls
// (Lowering/Preparation.h).

#ifndef DLC_COMPILER_IR_INVARIANT_H
#define DLC_COMPILER_IR_INVARIANT_H

#include "mlir/IR/Value.h"

namespace dlc {

/// Whether the value is such an argument of a function.
bool isInvariant(mlir::Value value);

} // namespace dlc

#endif // DLC_COMPILER_IR_INVARIANT_H
