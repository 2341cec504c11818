// Compiled programs on disk, so that a program starts without its compiler.

#ifndef DLC_RUNTIME_IO_PROGRAMCACHE_H
#define DLC_RUNTIME_IO_PROGRAMCACHE_H

#include "abi/Program.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dlc::runtime {

/// A folder of serialised Programs, one file a key. Any number of processes may
/// use one; a cache never fails: what goes wrong is a miss, said once on
/// stderr where the user can do something about it.
///
/// The folder holds code that will run, so it must belong to this user and be
/// writable by nobody else.
class ProgramCache {
public:
  static constexpr int64_t defaultLimit = int64_t(512) << 20;

  /// The user's: DLC_CACHE_DIR, else XDG_CACHE_HOME/dlc, else ~/.cache/dlc.
  /// Disabled where DLC_NO_CACHE is set (and not empty).
  static ProgramCache fromEnvironment();

  /// Makes the folder (mode 0700) if need be. An empty path gives a disabled
  /// cache, and so does a folder that is unsafe.
  explicit ProgramCache(std::string folder, int64_t limit = defaultLimit);

  bool enabled() const { return !folder.empty(); }
  const std::string &path() const { return folder; }

  /// The program stored under a key of any length. A damaged entry is removed.
  std::optional<Program> load(std::string_view key) const;
  /// Stores a serialised program; removes the longest unused entries where the
  /// folder then holds more than the limit.
  void store(std::string_view key, std::string_view program) const;

private:
  std::string fileOf(std::string_view key) const;
  void evict() const;

  std::string folder;
  int64_t limit;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_IO_PROGRAMCACHE_H
