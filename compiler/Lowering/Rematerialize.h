// Less memory for more time: values are computed again instead of kept.
//
//   %a = map(%x)          the peak of memory lies between: %a only waits
//   …                     there for its second reader
//   %b = map(%a, %g)
//
// gives %a up after its first reader and launches the kernel again before the
// second. What that kernel reads must be there by then: it is, or is computed
// again as well, down to what the function was given.
//
// Steps are chosen one after the other, each for the most relief of the peak by
// the least work, and none looks at the limit. So the plan for a smaller limit
// starts with all steps of a larger one, and never needs more memory than it.
// Source: Chen et al., "Training deep nets with sublinear memory cost" (2016)
// for recomputing segments; Kirisame et al., "Dynamic tensor rematerialization"
// (2020) for choosing by bytes over cost.

#ifndef DLC_COMPILER_LOWERING_REMATERIALIZE_H
#define DLC_COMPILER_LOWERING_REMATERIALIZE_H

#include "Lowering/PlanMemorySchedule.h"

namespace dlc {

/// Changes `function`, whose kernels have been lowered, until `arena`, which
/// plans it, gives at most `limit` bytes; the number of launches that this
/// adds. An error says how many bytes it takes at least.
mlir::FailureOr<int64_t> rematerialize(mlir::func::FuncOp function,
                                       int64_t limit,
                                       llvm::function_ref<int64_t()> arena);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_REMATERIALIZE_H
