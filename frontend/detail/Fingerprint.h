// What a program of this process is found by: bytes that say what a recording
// is. Cheaper than text: a small expression is evaluated in microseconds.

#ifndef DLC_FRONTEND_DETAIL_FINGERPRINT_H
#define DLC_FRONTEND_DETAIL_FINGERPRINT_H

#include "detail/Graph.h"

namespace dlc::detail {

/// Equal only for recordings that `write` gives the same key; the converse does
/// not hold: 1 and 1.0 may differ here.
std::string fingerprint(const Region &region,
                        const std::vector<ArgumentInfo> &info);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_FINGERPRINT_H
