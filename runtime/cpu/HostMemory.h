// Large blocks of host memory, which are kept for the next buffer of their
// size: the system clears what it hands out, which takes longer than most
// kernels take to fill it.

#ifndef DLC_RUNTIME_CPU_HOSTMEMORY_H
#define DLC_RUNTIME_CPU_HOSTMEMORY_H

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace dlc::runtime {

/// For any thread. What is kept never makes a process larger than its buffers
/// were at once: blocks in use and kept ones together take no more than the
/// most that was ever in use.
class HostMemory {
public:
  /// What is as large gets huge pages where the system has them: a first touch
  /// of 2 MB then is one fault, not 512.
  static constexpr int64_t hugePage = int64_t(2) << 20;
  /// The most that is kept.
  static constexpr int64_t mostKept = int64_t(1) << 30;

  ~HostMemory();

  /// A block of at least `bytes`, at least `hugePage` of them, with any
  /// content; null where memory is short.
  std::byte *take(int64_t bytes);
  /// Gives back what was taken for as many bytes.
  void giveBack(std::byte *memory, int64_t bytes);

  /// Bytes of the blocks that are kept.
  int64_t kept() const;

private:
  struct Block {
    std::byte *memory;
    int64_t bytes;
  };

  /// Frees the blocks that were kept first until the others take `limit` bytes
  /// at most.
  void shrink(int64_t limit);

  mutable std::mutex mutex;
  std::vector<Block> blocks; ///< Kept ones, the last given back last.
  int64_t inBlocks = 0, inUse = 0, mostInUse = 0;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_HOSTMEMORY_H
