// The card that is thought of where a choice must not depend on the one at
// hand.

#ifndef DLC_COMPILER_IR_GPUCARD_H
#define DLC_COMPILER_IR_GPUCARD_H

#include <cstdint>

namespace dlc {

/// Multiprocessors of the card that is thought of. Grids must not depend on the
/// card that is there, or bits would.
inline constexpr int64_t processors = 108;

} // namespace dlc

#endif // DLC_COMPILER_IR_GPUCARD_H
