// Maps of transposed values on a GPU, in tiles of 32 x 32 places of two
// dimensions: the last one, and the turned one, along which what is transposed
// lies in memory (IR/TurnedValues.h).
//
//   each row of the tile, lanes along the turned dimension:
//     shared[value][row][lane] = the value                 (whole sectors)
//   barrier
//   each column, lanes along the last dimension:
//     value = shared[value][lane][column], the rest of the body, the results
//
// What else the body reads lies along the last dimension, or is the same for
// all lanes, and is read in the second half, as in other maps.

#ifndef DLC_COMPILER_LOWERING_GPUTURNEDMAP_H
#define DLC_COMPILER_LOWERING_GPUTURNEDMAP_H

#include "Lowering/Kernel.h"

namespace dlc {

/// Emits the map; gives the number of tiles.
int64_t emitTurnedMap(KernelFunction &kernel, int64_t turned);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUTURNEDMAP_H
