// What a program of this process is found by: bytes that say what a recording
// is. Cheaper than text: a small expression is evaluated in microseconds.

#ifndef DLC_FRONTEND_DETAIL_FINGERPRINT_H
#define DLC_FRONTEND_DETAIL_FINGERPRINT_H

#include "detail/Graph.h"

namespace dlc::detail {

/// Equal only for recordings that `write` gives the same key; the converse does
/// not hold: 1 and 1.0 may differ here. Of this process alone.
using Fingerprint = runtime::SmallVector<char, 512>;
Fingerprint fingerprint(const Region &region,
                        const std::vector<ArgumentInfo> &info);
Fingerprint fingerprint(const Piece &piece);

/// Adds the bytes of a number to it.
template <typename T> void addTo(Fingerprint &fingerprint, T value) {
  auto bytes = reinterpret_cast<const char *>(&value);
  fingerprint.append(bytes, bytes + sizeof value);
}

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_FINGERPRINT_H
