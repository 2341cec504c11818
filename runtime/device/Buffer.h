// A block of memory of some device: what a tensor's value lies in.

#ifndef DLC_RUNTIME_DEVICE_BUFFER_H
#define DLC_RUNTIME_DEVICE_BUFFER_H

#include "abi/Status.h"

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
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_BUFFER_H
