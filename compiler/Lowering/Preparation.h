// Which kernels of a function need not run in each call.
//
// An argument marked `dlc.invariant` is given again and again: a captured
// tensor, state of a function that changes none. What follows
// from such arguments and constants alone is the same until the caller changes
// one of them:
//
//   func @infer(%x, %w {dlc.invariant})
//     %p = dlc.kernel map(%w)               // prepared: the filters, turned
//     %y = dlc.kernel window(%x, %p)        // in each call
//     return %y
//
// The kernel of %p becomes the program's setup, and %p memory that outlives a
// run. The mark is a hint: the runtime compares what it is given with what it
// prepared (runtime/device/Preparations.h).
//
// Why here, where kernels are formed and laid out, and not as a function of its
// own split off the graph: what is worth preparing, an operand in strips,
// filters with their channels last, is made by the layouts that later passes
// choose.

#ifndef DLC_COMPILER_LOWERING_PREPARATION_H
#define DLC_COMPILER_LOWERING_PREPARATION_H

#include "Lowering/PlanMemorySchedule.h"

namespace dlc {

/// The kernels of a setup, in their order. None of them stands in a loop or a
/// branch, may find a fault, or makes what the function returns.
llvm::SetVector<mlir::Operation *> preparedKernels(mlir::func::FuncOp function,
                                                   const Callees &callees);

/// Whether a kernel outside the setup reads it.
bool outlivesSetup(mlir::Value result,
                   const llvm::SetVector<mlir::Operation *> &setup);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PREPARATION_H
