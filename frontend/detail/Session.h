// Programs, from recordings: in the process, on disk, or from the compiler.

#ifndef DLC_FRONTEND_DETAIL_SESSION_H
#define DLC_FRONTEND_DETAIL_SESSION_H

#include "detail/Graph.h"
#include "device/Execution.h"

#include <functional>
#include <tuple>

namespace dlc::detail {

struct Target {
  runtime::Device *device = &runtime::hostDevice();
  bool fast = false;
  bool tf32 = false;
  int64_t tapeLimit = int64_t(1) << 30;
  int64_t memoryLimit = INT64_MAX;

  /// What a program depends on beside the device: a part of all keys.
  auto settings() const { return std::tie(fast, tf32, tapeLimit, memoryLimit); }
};

/// What the process has done so far, for tests.
struct SessionCounts {
  int64_t compilations = 0;
  int64_t diskHits = 0;
};
SessionCounts sessionCounts();

/// Where tensors are made and programs run if nothing else is said: DLC_DEVICE,
/// which is read once, or the CPU.
runtime::Device &defaultDevice(Loc where);
/// A device by its name; throws "[op] cannot use cuda:0: …".
runtime::Device &findDevice(const char *op, std::string_view name, Loc where);

/// Forgets the programs of this process, so that tests can look at the disk.
void forgetPrograms();

/// The program of a piece, compiled if need be. Thread-safe. Throws what the
/// compiler says.
std::shared_ptr<runtime::Execution> load(const Piece &piece,
                                         const Target &target, Loc where);

/// Starts to load the program of a recording; the compiler works in a thread of
/// its own until what this gives is called, which waits and throws what `load`
/// throws.
using Loading = std::function<std::shared_ptr<runtime::Execution>()>;
Loading loadLater(const Region &region, const std::vector<ArgumentInfo> &info,
                  const Target &target, Loc where);

/// Runs it. `arguments` loses the buffers that became results. Throws what a
/// kernel found, at the line that the program names, and then no argument has
/// changed.
void run(runtime::Execution &execution, std::span<runtime::BufferRef> arguments,
         std::span<runtime::BufferRef> results, Loc where);

/// Computes nodes, together with everything on the way that a live handle
/// names.
void evaluate(std::span<const Ref> nodes, Loc where);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_SESSION_H
