// The memory plan of a `dlc.program`, for people and tests.

#ifndef DLC_COMPILER_LOWERING_PLANMEMORYREPORT_H
#define DLC_COMPILER_LOWERING_PLANMEMORYREPORT_H

#include "IR/Dlc.h"
#include "Lowering/PlanMemoryArena.h"

namespace dlc {

/// What a loop without a bound keeps of each trip, outside the arena.
struct UnboundedTape {
  /// "file:line:column" of the loop, or "".
  std::string place;
  int64_t bytesPerTrip = 0;
};

/// The arena of one function. Steps count its launches, and the beginnings and
/// ends of its loops, in the order of the launch list.
struct MemoryPlan {
  int64_t arena = 0;
  /// What outlives a run, and the launches that are skipped for it: a kernel's
  /// name and the user's line.
  int64_t prepared = 0;
  std::vector<std::pair<std::string, std::string>> setup;
  /// Launches that compute again what did not fit the memory limit.
  int64_t recomputed = 0;
  std::vector<ArenaBlock> blocks;
  std::vector<UnboundedTape> tapes;
  /// What the tapes may take together in a run.
  int64_t tapeLimit = 0;

  /// Reads what `dlc-plan-memory` noted on the program.
  static MemoryPlan of(ProgramOp program);
  /// Notes the blocks.
  void noteOn(ProgramOp program) const;

  /// A line for the arena, a line for each block, each tape and each launch of
  /// the setup.
  void print(llvm::raw_ostream &os) const;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PLANMEMORYREPORT_H
