// The machine's limits, measured on the spot: what speeds are compared with.

#ifndef DLC_TOOLS_PEAK_PEAK_H
#define DLC_TOOLS_PEAK_PEAK_H

#include <cstdint>

namespace dlc::peak {

/// Seconds that one flop of f32 multiply-adds takes `threads` threads together,
/// in registers, with the widest vectors this CPU has: one run of about 2 ms.
double secondsPerFlop(int threads);

/// Seconds that a byte takes to be read or written while `threads` threads copy
/// 64 MB each past the caches, again and again: one run of about 250 ms.
double secondsPerByte(int threads);

} // namespace dlc::peak

#endif // DLC_TOOLS_PEAK_PEAK_H
