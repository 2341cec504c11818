// Runs one function of an Executable: walks its launch list.

#ifndef DLC_RUNTIME_CPU_EXECUTION_H
#define DLC_RUNTIME_CPU_EXECUTION_H

#include "cpu/Buffer.h"
#include "cpu/Executable.h"

#include <cstdint>
#include <memory>
#include <mutex>
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
/// run that starts while another is under way gets an arena of its own.
class Execution {
public:
  /// `function` indexes executable->program().functions.
  Execution(std::shared_ptr<const Executable> executable, int64_t function);

  /// Runs the function. An argument donated to a result gives its buffer to
  /// that result, and becomes null, if the reference in `arguments` is the only
  /// one; otherwise the result gets a fresh buffer and the argument keeps its
  /// bits. `results` is emptied first: it must not hold an argument back.
  ///
  /// On an error no argument has changed and `results` is empty. A fault reads
  /// "[op] index at position 17 is outside [0, 10) (file:line:column)".
  ///
  /// `profile` collects over runs; start with an empty one.
  Status run(std::vector<BufferRef> &arguments, std::vector<BufferRef> &results,
             Profile *profile = nullptr);

  const Function &function() const { return source; }

private:
  Status checkArguments(const std::vector<BufferRef> &arguments) const;
  Expected<BufferRef> takeArena();
  void returnArena(BufferRef arena);

  std::shared_ptr<const Executable> executable;
  const Function &source;
  std::mutex mutex;
  std::vector<BufferRef> idleArenas;
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_EXECUTION_H
