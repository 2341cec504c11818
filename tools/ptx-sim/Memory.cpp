#include "ptx-sim/Memory.h"

#include <algorithm>
#include <cstring>

namespace dlc::ptxsim {

void Allocation::fill(const void *data, int64_t count, int64_t offset) {
  if (count == 0)
    return;
  std::memcpy(bytes.data() + offset, data, count);
  std::fill_n(state.begin() + offset, count, ByteState::written);
}

void Allocation::grow(int64_t size) {
  if (size <= static_cast<int64_t>(bytes.size()))
    return;
  bytes.resize(size, poison);
  state.resize(size, ByteState::unwritten);
}

void Allocation::forget() {
  std::fill(bytes.begin(), bytes.end(), poison);
  std::fill(state.begin(), state.end(), ByteState::unwritten);
  log.clear();
}

uint64_t Memory::open(std::string name, std::shared_ptr<Allocation> allocation,
                      int64_t offset, int64_t bytes) {
  auto window = std::make_unique<Window>();
  window->name = std::move(name);
  window->allocation = std::move(allocation);
  window->offset = offset;
  window->bytes = bytes;
  // In the middle of its range: an access before it is found, too.
  window->base = (uint64_t(windows.size() + 1) << windowBits) +
                 (uint64_t(1) << (windowBits - 1)) +
                 static_cast<uint64_t>(offset % 4096);
  windows.push_back(std::move(window));
  return windows.back()->base;
}

Window *Memory::find(uint64_t address) {
  uint64_t index = address >> windowBits;
  return index == 0 || index > windows.size() ? nullptr
                                              : windows[index - 1].get();
}

void Memory::keep(size_t count) {
  windows.resize(std::min(count, windows.size()));
}

void Memory::close(uint64_t address) {
  if (Window *window = find(address)) {
    window->isOpen = false;
    window->allocation.reset();
  }
}

} // namespace dlc::ptxsim
