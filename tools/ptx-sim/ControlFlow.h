// In which order lanes of a warp that have parted are run.

#ifndef DLC_TOOLS_PTXSIM_CONTROLFLOW_H
#define DLC_TOOLS_PTXSIM_CONTROLFLOW_H

#include "ptx-sim/Module.h"

namespace dlc::ptxsim {

/// Sets Function::rank and isLeader.
///
/// The machine runs the lanes that stand at the lowest rank. Ranks follow a
/// weak topological order (Bourdoncle 1993) of the basic blocks: a block's rank
/// is above those of all blocks that lead to it, except along a loop's back
/// edges, and a loop's blocks lie together. So both sides of a branch are run
/// before the block where they meet, and the lanes that leave a loop wait for
/// those that are still in it: lanes meet again as early as they can.
void rankBlocks(Function &function);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_CONTROLFLOW_H
