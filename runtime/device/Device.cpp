#include "device/Device.h"

#include "cuda/CudaDevice.h"

#include <charconv>

namespace dlc::runtime {

Expected<Device *> findDevice(std::string_view name) {
  if (name == "cpu")
    return &hostDevice();
  if (name == "auto") {
    Expected<Device *> card = findCudaDevice(0);
    return card ? card : &hostDevice();
  }
  std::string_view rest = name;
  int ordinal = 0;
  bool known = rest.starts_with("cuda");
  if (known) {
    rest.remove_prefix(4);
    if (!rest.empty()) {
      const char *end = rest.data() + rest.size();
      auto [stop, code] = std::from_chars(rest.data() + 1, end, ordinal);
      known =
          rest[0] == ':' && code == std::errc() && stop == end && ordinal >= 0;
    }
  }
  if (!known)
    return Error{"unknown device '" + std::string(name) +
                 "': expected cpu, cuda, cuda:N or auto"};
  Expected<Device *> card = findCudaDevice(ordinal);
  if (!card)
    return Error{"cannot use " + std::string(name) + ": " + card.message()};
  return card;
}

Expected<BufferRef> Device::copyOf(const void *source, int64_t bytes) {
  Expected<BufferRef> copy = allocate(bytes);
  if (!copy)
    return copy;
  if (Status status = upload(source, **copy); !status.ok())
    return status.error();
  return copy;
}

Expected<BufferRef> moveTo(Device &target, const BufferRef &buffer) {
  Device &source = buffer->device();
  if (&source == &target)
    return buffer;
  if (!buffer->isOnHost() && &target != &hostDevice()) {
    Expected<BufferRef> host = moveTo(hostDevice(), buffer);
    return host ? moveTo(target, *host) : host;
  }
  if (buffer->isOnHost())
    return target.copyOf(buffer->data(), buffer->bytes());
  Expected<BufferRef> copy = target.allocate(buffer->bytes());
  if (!copy)
    return copy;
  if (Status status = source.download(*buffer, (*copy)->data()); !status.ok())
    return status.error();
  return copy;
}

} // namespace dlc::runtime
