#include "cpu/Execution.h"
#include "cpu/HostCpu.h"
#include "cpu/HostMemory.h"
#include "device/Device.h"

#include <cstdlib>
#include <cstring>
#include <memory>

namespace dlc::runtime {

namespace {

/// What is no larger lies behind its Buffer: one allocation, and one that the C
/// library keeps at hand.
constexpr int64_t mostBehind = int64_t(64) << 10;

/// Room for a Buffer and its count.
constexpr int64_t headBytes = 64;

/// Puts a Buffer and its count at the beginning of a block, which is freed with
/// them.
template <typename T> struct InBlock {
  using value_type = T;

  explicit InBlock(void *block) : block(block) {}
  template <typename U> InBlock(const InBlock<U> &other) : block(other.block) {}

  T *allocate(size_t) {
    static_assert(sizeof(T) <= headBytes);
    return static_cast<T *>(block);
  }
  void deallocate(T *, size_t) { std::free(block); }
  bool operator==(const InBlock &) const = default;

  void *block;
};

class HostDevice : public Device {
public:
  std::string name() const override { return "cpu"; }
  std::string target() const override { return "cpu"; }
  std::string model() const override { return hostCpu().str(); }

  Expected<BufferRef> allocate(int64_t bytes) override {
    if (bytes >= 0 && bytes <= mostBehind)
      return allocateBehind(bytes);
    constexpr int64_t unit = Buffer::alignment;
    std::byte *memory = nullptr;
    if (bytes >= HostMemory::hugePage)
      memory = large.take(bytes);
    else if (bytes >= 0)
      memory = static_cast<std::byte *>(
          std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit));
    if (!memory)
      return shortage(bytes);
    return std::make_shared<Buffer>(*this, memory, bytes);
  }

  Status upload(const void *source, Buffer &target) override {
    target.noteWrite();
    // Of no bytes the source may be null, which memcpy does not allow.
    if (target.bytes() > 0)
      std::memcpy(target.data(), source, target.bytes());
    return {};
  }
  Status download(const Buffer &source, void *target) override {
    if (source.bytes() > 0)
      std::memcpy(target, source.data(), source.bytes());
    return {};
  }

  Expected<std::shared_ptr<Execution>> load(Program program,
                                            std::string_view name) override {
    auto executable = Executable::load(std::move(program));
    if (!executable)
      return executable.error();
    Expected<int64_t> function = findFunction((*executable)->program(), name);
    if (!function)
      return function.error();
    return std::shared_ptr<Execution>(
        std::make_shared<CpuExecution>(std::move(*executable), *function));
  }

private:
  static Error shortage(int64_t bytes) {
    return {"out of memory: cannot allocate " + std::to_string(bytes) +
            " bytes"};
  }
  Expected<BufferRef> allocateBehind(int64_t bytes) {
    size_t room = bytes + Buffer::alignment;
    void *block = std::malloc(headBytes + room);
    if (!block)
      return shortage(bytes);
    void *behind = static_cast<std::byte *>(block) + headBytes;
    std::align(Buffer::alignment, bytes, behind, room);
    return BufferRef(
        std::allocate_shared<Buffer>(InBlock<Buffer>(block), *this,
                                     static_cast<std::byte *>(behind), bytes));
  }
  void release(std::byte *memory, int64_t bytes) override {
    if (bytes >= HostMemory::hugePage)
      large.giveBack(memory, bytes);
    else if (bytes > mostBehind)
      std::free(memory);
  }

  HostMemory large;
};

} // namespace

Device &hostDevice() {
  // Never destroyed: tensors of static lifetime may outlive it.
  static HostDevice *device = new HostDevice;
  return *device;
}

} // namespace dlc::runtime
