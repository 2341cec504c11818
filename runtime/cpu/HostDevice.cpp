#include "cpu/Execution.h"
#include "cpu/HostCpu.h"
#include "device/Device.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace dlc::runtime {

namespace {

class HostDevice : public Device {
public:
  std::string name() const override { return "cpu"; }
  std::string target() const override { return "cpu"; }
  std::string model() const override { return hostCpu().str(); }

  Expected<BufferRef> allocate(int64_t bytes) override {
    constexpr int64_t unit = Buffer::alignment;
    void *memory = nullptr;
    if (bytes >= 0 && bytes <= INT64_MAX - unit)
      memory = std::aligned_alloc(
          unit, std::max((bytes + unit - 1) / unit * unit, unit));
    if (!memory)
      return Error{"out of memory: cannot allocate " + std::to_string(bytes) +
                   " bytes"};
    return std::make_shared<Buffer>(*this, static_cast<std::byte *>(memory),
                                    bytes);
  }

  Status upload(const void *source, Buffer &target) override {
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
  void release(std::byte *memory, int64_t) override { std::free(memory); }
};

} // namespace

Device &hostDevice() {
  // Never destroyed: tensors of static lifetime may outlive it.
  static HostDevice *device = new HostDevice;
  return *device;
}

} // namespace dlc::runtime
