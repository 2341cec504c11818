#include "cpu/HostMemory.h"

#include <algorithm>
#include <cstdlib>
#include <sys/mman.h>

namespace dlc::runtime {

/// Whole huge pages, so that sizes that differ by little share blocks.
static int64_t rounded(int64_t bytes) {
  constexpr int64_t page = HostMemory::hugePage;
  return (bytes + page - 1) / page * page;
}

HostMemory::~HostMemory() { shrink(0); }

std::byte *HostMemory::take(int64_t bytes) {
  if (bytes > INT64_MAX - hugePage)
    return nullptr;
  int64_t wholePages = bytes / hugePage * hugePage;
  bytes = rounded(bytes);
  std::lock_guard lock(mutex);
  auto found = std::find_if(blocks.rbegin(), blocks.rend(),
                            [&](const Block &b) { return b.bytes == bytes; });
  std::byte *memory = nullptr;
  if (found != blocks.rend()) {
    memory = found->memory;
    inBlocks -= bytes;
    blocks.erase(std::next(found).base());
  } else {
    shrink(std::max<int64_t>(0, mostInUse - inUse - bytes));
    memory = static_cast<std::byte *>(std::aligned_alloc(hugePage, bytes));
    if (!memory) {
      shrink(0);
      memory = static_cast<std::byte *>(std::aligned_alloc(hugePage, bytes));
    }
    if (!memory)
      return nullptr;
    // Advice: it may be refused. Only pages that will be used whole.
    madvise(memory, wholePages, MADV_HUGEPAGE);
  }
  inUse += bytes;
  mostInUse = std::max(mostInUse, inUse);
  return memory;
}

void HostMemory::giveBack(std::byte *memory, int64_t bytes) {
  bytes = rounded(bytes);
  std::lock_guard lock(mutex);
  inUse -= bytes;
  blocks.push_back({memory, bytes});
  inBlocks += bytes;
  shrink(mostKept);
}

int64_t HostMemory::kept() const {
  std::lock_guard lock(mutex);
  return inBlocks;
}

void HostMemory::shrink(int64_t limit) {
  auto end = blocks.begin();
  for (; inBlocks > limit; ++end) {
    std::free(end->memory);
    inBlocks -= end->bytes;
  }
  blocks.erase(blocks.begin(), end);
}

} // namespace dlc::runtime
