// Where intermediate values lie in the arena. No MLIR.
//
// A block lives during [first, last], steps counted along the launch list; two
// blocks may overlap in memory only if they never live at the same step. This
// is dynamic storage allocation, which is NP-hard; placing the blocks in a good
// order, each in the tightest gap that its neighbours in time leave, comes
// within a few percent of the bound that liveness sets. Several orders are
// tried; while none meets the bound, the block that lies highest moves to the
// front of its order, which mostly does.
// Source: Pisarchyk, Lee, "Efficient memory management for deep neural net
// inference" (2020), greedy by size.

#ifndef DLC_COMPILER_LOWERING_PLANMEMORYARENA_H
#define DLC_COMPILER_LOWERING_PLANMEMORYARENA_H

#include <cstdint>
#include <vector>

namespace dlc {

/// Every block starts at a multiple of a cache line.
inline constexpr int64_t arenaAlignment = 64;

struct ArenaBlock {
  int64_t bytes = 0;
  /// Both inclusive.
  int64_t first = 0, last = 0;
  /// What `layOut` decides.
  int64_t offset = 0;
};

/// Sets the offsets and gives the bytes of the arena. Blocks of size 0 get
/// offset 0 and no memory.
int64_t layOut(std::vector<ArenaBlock> &blocks);

/// The largest number of bytes that live at one step: no arena is smaller.
int64_t liveBytes(const std::vector<ArenaBlock> &blocks);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PLANMEMORYARENA_H
