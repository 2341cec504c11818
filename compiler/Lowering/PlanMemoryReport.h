// The memory plan of a `dlc.program`, for people and tests.

#ifndef DLC_COMPILER_LOWERING_PLANMEMORYREPORT_H
#define DLC_COMPILER_LOWERING_PLANMEMORYREPORT_H

#include "IR/Dlc.h"
#include "Lowering/PlanMemoryArena.h"

namespace dlc {

/// The arena of one function. Steps count its launches, and the beginnings and
/// ends of its loops, in the order of the launch list.
struct MemoryPlan {
  int64_t arena = 0;
  std::vector<ArenaBlock> blocks;

  /// Reads what `dlc-plan-memory` noted on the program.
  static MemoryPlan of(ProgramOp program);
  /// Notes it.
  void noteOn(ProgramOp program) const;

  /// A line for the arena, a line for each block.
  void print(llvm::raw_ostream &os) const;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PLANMEMORYREPORT_H
