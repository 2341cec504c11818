#include "cpu/Buffer.h"

#include <algorithm>
#include <cstdlib>

namespace dlc::runtime {

Expected<BufferRef> Buffer::allocate(int64_t bytes) {
  constexpr int64_t unit = alignment;
  void *memory = nullptr;
  if (bytes >= 0 && bytes <= INT64_MAX - unit)
    memory = std::aligned_alloc(
        alignment, std::max((bytes + unit - 1) / unit * unit, unit));
  if (!memory)
    return Error{"out of memory: cannot allocate " + std::to_string(bytes) +
                 " bytes"};
  return BufferRef(new Buffer(memory, bytes));
}

Buffer::~Buffer() { std::free(memory); }

} // namespace dlc::runtime
