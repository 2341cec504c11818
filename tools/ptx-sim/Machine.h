// A GPU for tests: runs grids, finds faults, counts.
//
// Blocks run one after another, those of a cooperative launch in turns, each
// until a thread of it sleeps; warps of a block in turn, lanes of a warp in
// lock step as far as they agree (ControlFlow.h).

#ifndef DLC_TOOLS_PTXSIM_MACHINE_H
#define DLC_TOOLS_PTXSIM_MACHINE_H

#include "ptx-sim/Faults.h"
#include "ptx-sim/Memory.h"
#include "ptx-sim/Statistics.h"

namespace dlc::ptxsim {

struct Dim3 {
  int64_t x = 1, y = 1, z = 1;
  int64_t count() const { return x * y * z; }
};

/// Nothing runs for ever or eats all memory.
struct Limits {
  /// Of one launch, by lanes.
  int64_t instructions = 2'000'000'000;
  int64_t sharedBytes = 228 << 10;
  /// What variables may take of it: ptxas refuses more.
  int64_t staticSharedBytes = 48 << 10;
  /// Of a cooperative launch.
  int64_t residentBlocks = 132 * 32;
  /// Of one thread.
  int64_t localBytes = 512 << 10;
  int64_t callDepth = 64;
};

struct Launch {
  std::string kernel;
  Dim3 grid, block;
  int64_t dynamicShared = 0;
  /// All blocks run at the same time. Otherwise that is not promised, and a
  /// block that waits for another waits for ever.
  bool cooperative = false;
  /// The parameters' bytes, one after another as Function::inputs has them.
  std::string parameters;
};

/// 64-bit words in the places of a function's parameters, cut to their sizes.
std::string packParameters(const Function &function,
                           const std::vector<uint64_t> &values);

class Machine {
public:
  explicit Machine(std::shared_ptr<const Module> module, Limits limits = {});

  /// Runs a grid. An error means that nothing was run; what goes wrong while
  /// it runs is in `faults`.
  Status launch(const Launch &launch);

  const Module &module() const { return *code; }

  Memory memory;
  FaultList faults;
  /// By kernel.
  std::map<std::string, KernelStatistics> statistics;
  /// Where the module's own variables lie.
  uint64_t moduleBase = 0;
  Limits limits;

private:
  std::shared_ptr<const Module> code;
};

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_MACHINE_H
