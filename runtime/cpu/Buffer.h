// A block of memory on the host: what a tensor's value lies in.

#ifndef DLC_RUNTIME_CPU_BUFFER_H
#define DLC_RUNTIME_CPU_BUFFER_H

#include "abi/Status.h"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace dlc::runtime {

class Buffer;

/// A counted reference. A run may overwrite the buffer of a donated argument
/// only if it holds the sole one.
using BufferRef = std::shared_ptr<Buffer>;

/// Bytes aligned to a cache line (and so to any vector). Not initialised.
class Buffer {
public:
  static constexpr size_t alignment = 64;

  /// Fails, rather than throws, where memory is short. Zero bytes are fine.
  static Expected<BufferRef> allocate(int64_t bytes);

  ~Buffer();
  Buffer(const Buffer &) = delete;
  Buffer &operator=(const Buffer &) = delete;

  /// Never null.
  void *data() { return memory; }
  const void *data() const { return memory; }
  template <typename T> T *as() { return static_cast<T *>(memory); }
  template <typename T> const T *as() const {
    return static_cast<const T *>(memory);
  }
  int64_t bytes() const { return size; }

private:
  Buffer(void *memory, int64_t size) : memory(memory), size(size) {}

  void *memory;
  int64_t size;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_BUFFER_H
