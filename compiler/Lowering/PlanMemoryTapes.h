// How a launch list's loops and the tapes of functions with control flow belong
// together.
//
// A trip finds its entry of a bounded tape by an address with a stride, as it
// finds its slice of a stack. The entries of other tapes lie in segments that
// only the runtime knows: an address names such a tape by its number among
// those of all loops around, outermost loop first, in each loop first those
// that it reads.

#ifndef DLC_COMPILER_LOWERING_PLANMEMORYTAPES_H
#define DLC_COMPILER_LOWERING_PLANMEMORYTAPES_H

#include "IR/Dlc.h"

namespace dlc {

/// In how many loops an op stands, whose counters addresses see. The condition
/// of a while does not count its trips.
unsigned loopDepth(mlir::Operation *op);

/// The tapes that a loop walks, and those that it makes.
mlir::ValueRange tapesRead(mlir::Operation *loop);
mlir::ValueRange tapesMade(mlir::Operation *loop);

/// The number of a tape with segments in its loop's body.
unsigned segmentIndex(mlir::Operation *loop, mlir::Value tape);

/// Whether a loop's body makes tapes with segments of which none outlives the
/// trip.
bool endsTapesWithTrip(mlir::Operation *loop);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PLANMEMORYTAPES_H
