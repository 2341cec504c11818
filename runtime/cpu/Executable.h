// A Program made ready to run: its image mapped, its constants aligned.

#ifndef DLC_RUNTIME_CPU_EXECUTABLE_H
#define DLC_RUNTIME_CPU_EXECUTABLE_H

#include "abi/Program.h"
#include "device/Buffer.h"

#include <memory>
#include <string_view>

namespace dlc::runtime {

/// Immutable, so that any number of threads and executions may share one.
class Executable {
public:
  /// Fails where the program is for another device, needs a CPU feature that
  /// this machine lacks, or does not validate.
  static Expected<std::shared_ptr<const Executable>> load(Program program);

  ~Executable();
  Executable(const Executable &) = delete;
  Executable &operator=(const Executable &) = delete;

  /// The program without its image and constants, which live here instead.
  const Program &program() const { return source; }
  /// The function's index, or an error that lists the functions there are.
  Expected<int64_t> find(std::string_view function) const {
    return findFunction(source, function);
  }

  KernelFunction kernel(int64_t index) const;
  std::byte *constants() const { return constantData->as<std::byte>(); }

private:
  Executable() = default;
  Status mapImage();

  Program source;
  void *code = nullptr;
  size_t codeBytes = 0;
  BufferRef constantData;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_EXECUTABLE_H
