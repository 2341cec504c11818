// The size of this machine's cache, which a compiler and the keys of what it
// compiled must see alike.

#ifndef DLC_RUNTIME_ABI_HOSTCACHE_H
#define DLC_RUNTIME_ABI_HOSTCACHE_H

#include <algorithm>
#include <cstdint>
#include <unistd.h>

namespace dlc::runtime {

/// Bytes of the second level of a core's cache where nothing is known of it.
inline constexpr int64_t usualCacheBytes = int64_t(1) << 20;

/// Bytes of this machine's, between 256 KB and 2 MB.
inline int64_t hostCacheBytes() {
  long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
  if (bytes <= 0)
    return usualCacheBytes;
  return std::clamp<int64_t>(bytes, 256 << 10, 2 << 20);
}

} // namespace dlc::runtime

#endif // DLC_RUNTIME_ABI_HOSTCACHE_H
