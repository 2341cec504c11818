// How a kernel with reductions walks its iteration space: in passes. Reductions
// that do not depend on one another share a pass; the last pass writes the
// outputs of full shape. Softmax takes three: max; sum of exp; divide.
//
// A value that is dear to compute (exp) and needed by several passes is kept in
// a scratch row instead of being computed again.

#ifndef DLC_COMPILER_LOWERING_REDUCTIONS_H
#define DLC_COMPILER_LOWERING_REDUCTIONS_H

#include "IR/ReductionPass.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace dlc {

/// Whether `value` takes long to compute.
bool isDear(mlir::Value value);

/// The passes over a body whose iteration space is `shape`. Values that several
/// of them need are kept if `isKept` says so.
llvm::SmallVector<ReductionPass> planPasses(
    mlir::Block &body, llvm::ArrayRef<int64_t> shape,
    llvm::function_ref<bool(mlir::Value)> isKept = [](mlir::Value) {
      return false;
    });

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_REDUCTIONS_H
