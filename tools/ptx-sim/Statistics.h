// What predicts a kernel's speed, counted.

#ifndef DLC_TOOLS_PTXSIM_STATISTICS_H
#define DLC_TOOLS_PTXSIM_STATISTICS_H

#include "ptx-sim/Module.h"

#include <array>
#include <map>

namespace dlc::ptxsim {

/// Global memory moves in sectors of 32 bytes.
inline constexpr int64_t sectorBytes = 32;

/// A request is one instruction of one warp.
struct GlobalTraffic {
  int64_t requests = 0;
  /// Distinct sectors of each request, summed.
  int64_t sectors = 0;
  /// Bytes that lanes asked for.
  int64_t bytes = 0;
  /// The sectors that those bytes would fill if they lay together.
  int64_t idealSectors = 0;

  void operator+=(const GlobalTraffic &other);
};

struct SharedTraffic {
  int64_t requests = 0;
  /// Rounds beyond the fewest possible, because several lanes want different
  /// words of one bank.
  int64_t conflicts = 0;

  void operator+=(const SharedTraffic &other);
};

struct LineStatistics {
  GlobalTraffic loads, stores;
  SharedTraffic shared;
};

struct KernelStatistics {
  int64_t launches = 0, blocks = 0;
  /// Instructions by warps, and by lanes that took part.
  int64_t warpInstructions = 0, threadInstructions = 0;
  /// By lanes, by class.
  std::array<int64_t, classCount> byClass = {};
  GlobalTraffic loads, stores;
  int64_t atomics = 0;
  SharedTraffic shared;
  int64_t barriers = 0;
  /// Branches at which lanes of a warp part.
  int64_t divergentBranches = 0;
  /// What any kernel of this kind must move: each byte of its buffers that was
  /// touched, once read and once written.
  int64_t bytesRead = 0, bytesWritten = 0;
  /// Of all its buffers.
  int64_t bufferBytes = 0;
  /// Only instructions that access memory.
  std::map<Position, LineStatistics> lines;
};

/// A warp's request: the addresses of the lanes that take part (at most 32),
/// each of `bytes`, at most 32.
GlobalTraffic countGlobal(const uint64_t *addresses, int lanes, int bytes);
/// Shared memory has 32 banks of 4 bytes; wide accesses take two or four
/// rounds, of 16 or 8 lanes.
SharedTraffic countShared(const uint64_t *addresses, const uint8_t *lanes,
                          int count, int bytes);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_STATISTICS_H
