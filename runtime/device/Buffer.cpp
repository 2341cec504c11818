#include "device/Buffer.h"

#include "device/Device.h"

namespace dlc::runtime {

Expected<BufferRef> Buffer::allocate(int64_t bytes) {
  return hostDevice().allocate(bytes);
}

Buffer::~Buffer() { owner.release(memory, size); }

bool Buffer::isOnHost() const { return &owner == &hostDevice(); }

} // namespace dlc::runtime
