// Runs one function of a program that has been loaded on a device.

#ifndef DLC_RUNTIME_DEVICE_EXECUTION_H
#define DLC_RUNTIME_DEVICE_EXECUTION_H

#include "abi/Program.h"
#include "device/Buffer.h"
#include "device/Preparations.h"
#include "device/Walk.h"

#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace dlc::runtime {

/// What one kernel took, over all its launches.
struct KernelTiming {
  std::string name;
  double seconds = 0;
  int64_t launches = 0;
};
/// By kernel index; copies stand in one more entry, at the end.
using Profile = std::vector<KernelTiming>;

/// Owns the memory that runs of one function need between their kernels. The
/// arena outlives a run and serves the next one. Any thread may call `run`; a
/// run that starts while another is under way gets an arena of its own. What
/// the function's setup prepares serves all runs of the same arguments.
///
/// Here is what is the same on every device: which arguments fit, who gives its
/// buffer to whom, what is allocated. A device adds `walk`.
class Execution {
public:
  virtual ~Execution() = default;
  Execution(const Execution &) = delete;
  Execution &operator=(const Execution &) = delete;

  /// Runs the function. An argument donated to a result gives its buffer to
  /// that result, and becomes null, if the reference in `arguments` is the only
  /// one; otherwise the result gets a fresh buffer and the argument keeps its
  /// bits. There is a place for each result; they are emptied first: they must
  /// not hold an argument back. All buffers lie on the device; a GPU may still
  /// be computing the results.
  ///
  /// On an error no argument has changed and all results are null. A fault
  /// reads "[op] index at position 17 is outside [0, 10) (file:line:column)".
  ///
  /// `profile` collects over runs; start with an empty one.
  Status run(std::span<BufferRef> arguments, std::span<BufferRef> results,
             Profile *profile = nullptr);
  /// The same; `results` gets as many places as it takes, on an error none.
  Status run(std::vector<BufferRef> &arguments, std::vector<BufferRef> &results,
             Profile *profile = nullptr);

  const Function &function() const { return source; }
  Device &device() const { return where; }

protected:
  /// Program and function live as long as what the derived class holds.
  Execution(Device &device, const Program &program, const Function &function);

  /// Runs a launch list, the function's setup or its code, and says what its
  /// last check would.
  virtual Status walk(const std::vector<Instruction> &code,
                      const Operands &operands, Profile *profile) = 0;
  /// The program's constants, on the device.
  virtual std::byte *constants() const = 0;

private:
  Status checkArguments(std::span<const BufferRef> arguments) const;
  /// Memory for a result or the arena; an error says what the plan needs.
  Expected<BufferRef> allocate(int64_t bytes) const;
  Expected<BufferRef> takeArena();
  void returnArena(BufferRef arena);
  /// What the setup prepares of the arguments, computed unless it is known; for
  /// functions with a setup.
  Status prepare(std::span<const BufferRef> arguments, Operands &operands,
                 BufferRef &prepared, Profile *profile);

  Device &where;
  const Program &program;
  const Function &source;
  /// What each argument and each result takes.
  std::vector<int64_t> argumentBytes, resultBytes;
  struct Donation {
    size_t argument, result;
  };
  std::vector<Donation> donations;
  std::mutex mutex;
  std::vector<BufferRef> idleArenas;
  Preparations preparations;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_DEVICE_EXECUTION_H
