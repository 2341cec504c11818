// Memory with a shadow: which bytes have been written, and who touched them.
//
// Kernels see windows: ranges of addresses, far apart, each onto some bytes of
// an allocation. Two windows may show the same bytes. So an access beyond a
// slot of the arena is found, though the arena goes on there.

#ifndef DLC_TOOLS_PTXSIM_MEMORY_H
#define DLC_TOOLS_PTXSIM_MEMORY_H

#include "ptx-sim/Races.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace dlc::ptxsim {

/// What a byte holds.
enum class ByteState : uint8_t {
  unwritten,
  written,
  /// An asynchronous copy is on its way.
  inFlight
};

/// Bytes that were never written read as 0xFF: NaN, or -1.
inline constexpr uint8_t poison = 0xFF;

struct Allocation {
  Allocation(std::string name, int64_t bytes)
      : name(std::move(name)), bytes(bytes, poison),
        state(bytes, ByteState::unwritten) {}

  /// Writes all of it.
  void fill(const void *data, int64_t count, int64_t offset = 0);
  /// Adds unwritten bytes if it has fewer.
  void grow(int64_t size);
  /// As if just allocated.
  void forget();

  std::string name;
  std::vector<uint8_t> bytes;
  std::vector<ByteState> state;
  AccessLog log;
};

/// Addresses [base, base + bytes) show allocation bytes from `offset` on.
struct Window {
  std::string name;
  std::shared_ptr<Allocation> allocation;
  int64_t offset = 0, bytes = 0;
  uint64_t base = 0;
  bool isOpen = true;
  /// Which bytes the running kernel has read (1) and written (2); empty if it
  /// has not been here.
  std::vector<uint8_t> touched;

  /// Notes an access to some bytes, counted from the window's beginning.
  void touch(int64_t begin, int64_t count, uint8_t flag) {
    if (touched.empty())
      touched.resize(bytes);
    for (int64_t i = begin; i < begin + count; ++i)
      touched[i] |= flag;
  }
};

class Memory {
public:
  /// Windows begin 2^34 bytes apart.
  static constexpr int windowBits = 34;

  /// Opens a window. Its address is aligned as `offset` is, up to 4 KiB, so
  /// that misaligned accesses are those of a real card.
  uint64_t open(std::string name, std::shared_ptr<Allocation> allocation,
                int64_t offset, int64_t bytes);
  /// The window that holds the address, or one that it has strayed from; null
  /// if it is near none.
  Window *find(uint64_t address);
  /// Closes all windows but the first `count`.
  void keep(size_t count);
  void close(uint64_t address);
  size_t count() const { return windows.size(); }
  std::vector<std::unique_ptr<Window>> &all() { return windows; }

private:
  std::vector<std::unique_ptr<Window>> windows;
};

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_MEMORY_H
