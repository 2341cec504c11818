// The host's random numbers: shuffles and drawn data. Integers only, so that a
// seed means the same on every machine (std::shuffle and the standard
// distributions promise no such thing).

#ifndef DLC_FRONTEND_DETAIL_SPLITMIX64_H
#define DLC_FRONTEND_DETAIL_SPLITMIX64_H

#include <cstdint>

namespace dlc::detail {

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
/// (OOPSLA 2014).
class SplitMix64 {
public:
  explicit SplitMix64(uint64_t seed) : state(seed) {}
  /// The generator of one element of a stream, e.g. of one sample or epoch.
  SplitMix64(uint64_t seed, uint64_t element)
      : state(SplitMix64(seed).next() ^ SplitMix64(~element).next()) {}

  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  /// In [0, limit), limit at most 2^32; the bias is below 2^-32.
  int64_t below(int64_t limit) {
    return static_cast<int64_t>(
        ((next() >> 32) * static_cast<uint64_t>(limit)) >> 32);
  }

  /// In [first, last].
  int64_t between(int64_t first, int64_t last) {
    return first + below(last - first + 1);
  }

private:
  uint64_t state;
};

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_SPLITMIX64_H
