// A block of memory of some device: what a tensor's value lies in.

#ifndef DLC_RUNTIME_DEVICE_BUFFER_H
#define DLC_RUNTIME_DEVICE_BUFFER_H

#include "abi/Status.h"

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace dlc::runtime {

class Buffer;
class Device;

/// A counted reference. A run may overwrite the buffer of a donated argument
/// only if it holds the sole one.
using BufferRef = std::shared_ptr<Buffer>;

/// Bytes aligned to a cache line (and so to any vector). Not initialised.
class Buffer {
public:
  static constexpr size_t alignment = 64;

  /// Host memory. Fails, rather than throws, where it is short. Zero bytes are
  /// fine.
  static Expected<BufferRef> allocate(int64_t bytes);

  /// Memory that its device has allocated and gets back.
  Buffer(Device &owner, std::byte *memory, int64_t bytes)
      : owner(owner), memory(memory), size(bytes) {}
  ~Buffer();
  Buffer(const Buffer &) = delete;
  Buffer &operator=(const Buffer &) = delete;

  Device &device() const { return owner; }
  bool isOnHost() const;
  int64_t bytes() const { return size; }

  /// How often the bytes may have changed since a run was first given them.
  /// What was computed from them holds while this stays.
  uint64_t writes() const { return writeCount.load(std::memory_order_relaxed); }
  /// To be called by whoever writes to a buffer that a run may have read: a run
  /// that writes a result over a donated argument, an upload. The frontend
  /// makes a new buffer for each new value, so `data` need not count.
  void noteWrite() { writeCount.fetch_add(1, std::memory_order_relaxed); }

  /// What kernels of its device are given; never null.
  std::byte *address() const { return memory; }
  /// The bytes of a buffer in host memory.
  void *data() {
    assert(isOnHost());
    return memory;
  }
  const void *data() const {
    assert(isOnHost());
    return memory;
  }
  template <typename T> T *as() { return static_cast<T *>(data()); }
  template <typename T> const T *as() const {
    return static_cast<const T *>(data());
  }

private:
  Device &owner;
  std::byte *memory;
  int64_t size;
  std::atomic<uint64_t> writeCount{0};
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_BUFFER_H
