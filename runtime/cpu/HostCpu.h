// What this machine's CPU is and can do, asked from the CPU itself.

#ifndef DLC_RUNTIME_CPU_HOSTCPU_H
#define DLC_RUNTIME_CPU_HOSTCPU_H

#include "abi/HostCache.h"

#include <string>
#include <string_view>
#include <vector>

namespace dlc::runtime {

struct HostCpu {
  /// Vendor, family and model, e.g. "GenuineIntel-6-85": with the rest, all
  /// that a compiler chooses a schedule by.
  std::string name;
  /// Instruction set features as LLVM names them, sorted. A feature whose
  /// registers the operating system does not save is not listed.
  std::vector<std::string> features;
  /// Bytes of the second level of a core's cache.
  int64_t cacheBytes = hostCacheBytes();

  bool has(std::string_view feature) const;
  /// "GenuineIntel-6-85:1024K:aes,avx,...": a part of every cache key.
  std::string str() const;
};

/// Asked once a process.
const HostCpu &hostCpu();

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_HOSTCPU_H
