// Memory for the sets and tables of one function call. Most recordings have a
// few ops; theirs fit on the stack, and nothing is allocated.

#ifndef DLC_FRONTEND_DETAIL_SCRATCH_H
#define DLC_FRONTEND_DETAIL_SCRATCH_H

#include <cstddef>
#include <memory_resource>

namespace dlc::detail {

/// A resource of std::pmr containers that live no longer than it does.
class Scratch {
public:
  std::pmr::memory_resource *memory() { return &resource; }

private:
  alignas(std::max_align_t) std::byte first[2048];
  std::pmr::monotonic_buffer_resource resource{first, sizeof first};
};

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_SCRATCH_H
