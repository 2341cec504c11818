#include "cpu/Executable.h"

#include "cpu/HostCpu.h"

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <utility>

namespace dlc::runtime {

namespace {

Status checkMachine(const Program &program) {
  if (program.device != "cpu")
    return Error{"the program is compiled for " + program.device +
                 "; this is the CPU runtime"};
  std::string missing;
  for (const std::string &feature : program.features)
    if (!hostCpu().has(feature))
      missing += (missing.empty() ? "" : ", ") + feature;
  if (!missing.empty())
    return Error{"the program needs CPU features that this machine (" +
                 hostCpu().name + ") lacks: " + missing +
                 "; compile it for this machine or for x86-64"};
  return {};
}

} // namespace

Expected<std::shared_ptr<const Executable>> Executable::load(Program program) {
  if (Status status = validate(program); !status.ok())
    return status.error();
  if (Status status = checkMachine(program); !status.ok())
    return status.error();

  std::shared_ptr<Executable> executable(new Executable);
  executable->source = std::move(program);
  if (Status status = executable->mapImage(); !status.ok())
    return status.error();

  std::string constants = std::exchange(executable->source.constants, {});
  Expected<BufferRef> buffer = Buffer::allocate(constants.size());
  if (!buffer)
    return buffer.error();
  std::memcpy((*buffer)->data(), constants.data(), constants.size());
  executable->constantData = *buffer;
  return std::shared_ptr<const Executable>(std::move(executable));
}

/// Memory that is first written, then executed, never both.
Status Executable::mapImage() {
  std::string image = std::exchange(source.image, {});
  if (image.empty())
    return {};
  void *memory = mmap(nullptr, image.size(), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return Error{"cannot map " + std::to_string(image.size()) +
                 " bytes of code: " + std::strerror(errno)};
  code = memory;
  codeBytes = image.size();
  std::memcpy(code, image.data(), codeBytes);
  if (mprotect(code, codeBytes, PROT_READ | PROT_EXEC) != 0)
    return Error{std::string("cannot make compiled code executable: ") +
                 std::strerror(errno)};
  return {};
}

Executable::~Executable() {
  if (code)
    munmap(code, codeBytes);
}

KernelFunction Executable::kernel(int64_t index) const {
  return reinterpret_cast<KernelFunction>(static_cast<char *>(code) +
                                          source.kernels[index].entry);
}

} // namespace dlc::runtime
