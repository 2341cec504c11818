// Where programs run and buffers lie: this machine's CPU, or one of its GPUs.

#ifndef DLC_RUNTIME_DEVICE_DEVICE_H
#define DLC_RUNTIME_DEVICE_DEVICE_H

#include "abi/Program.h"
#include "device/Buffer.h"

#include <memory>
#include <string>
#include <string_view>

namespace dlc::runtime {

class Execution;

/// Any number of threads may use one. A device lives as long as the process.
class Device {
public:
  virtual ~Device() = default;

  /// "cpu" or "cuda:0".
  virtual std::string name() const = 0;
  /// What the compiler must be told to compile for it: "cpu" or "cuda:sm_80".
  virtual std::string target() const = 0;
  /// What else code for it depends on; for the cache of programs.
  virtual std::string model() const = 0;

  /// Not initialised. Fails where memory is short; zero bytes are fine.
  virtual Expected<BufferRef> allocate(int64_t bytes) = 0;
  /// Fills a buffer of this device from host memory, which is free again
  /// afterwards.
  virtual Status upload(const void *source, Buffer &target) = 0;
  /// A new buffer of this device with these bytes, which may change afterwards.
  virtual Expected<BufferRef> copyOf(const void *source, int64_t bytes);
  /// Waits until the buffer is computed; then copies it to host memory.
  virtual Status download(const Buffer &source, void *target) = 0;

  /// Makes a function of a program ready to run here; an empty name means its
  /// only one. Fails where the program is for another device, needs what this
  /// one lacks, or does not validate.
  virtual Expected<std::shared_ptr<Execution>>
  load(Program program, std::string_view function) = 0;

private:
  friend class Buffer;
  virtual void release(std::byte *memory, int64_t bytes) = 0;
};

/// This machine's CPU and memory.
Device &hostDevice();

/// "cpu", "cuda" (the first GPU), "cuda:1", or "auto": the first GPU if there
/// is one that can be used, else the CPU. Opens a GPU at its first use.
Expected<Device *> findDevice(std::string_view name);

/// The buffer itself if it lies on `target`, else a copy that does.
Expected<BufferRef> moveTo(Device &target, const BufferRef &buffer);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_DEVICE_H
