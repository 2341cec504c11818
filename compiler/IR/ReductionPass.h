// One walk over the iteration space of a kernel with reductions.

#ifndef DLC_COMPILER_IR_REDUCTIONPASS_H
#define DLC_COMPILER_IR_REDUCTIONPASS_H

#include "IR/Dlc.h"
#include "llvm/ADT/SmallVector.h"

namespace dlc {

struct ReductionPass {
  /// What the pass reduces; none in the last pass, which stores.
  llvm::SmallVector<ReduceOp> reductions;
  /// Full-shape values that the pass evaluates at each point.
  llvm::SmallVector<mlir::Value> roots;
  /// Which of those it puts into scratch for later passes, and which it finds
  /// there.
  llvm::SmallVector<mlir::Value> keeps, finds;
};

} // namespace dlc

#endif // DLC_COMPILER_IR_REDUCTIONPASS_H
