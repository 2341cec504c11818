// Programs, from recordings: in the process, on disk, or from the compiler.

#ifndef DLC_FRONTEND_DETAIL_SESSION_H
#define DLC_FRONTEND_DETAIL_SESSION_H

#include "cpu/Execution.h"
#include "detail/Graph.h"

namespace dlc::detail {

struct Target {
  std::string device = "cpu";
  bool fast = false;
};

/// What the process has done so far, for tests.
struct SessionCounts {
  int64_t compilations = 0;
  int64_t diskHits = 0;
};
SessionCounts sessionCounts();

/// Forgets the programs of this process, so that tests can look at the disk.
void forgetPrograms();

/// The program of a recording, compiled if need be. Thread-safe. Throws what
/// the compiler says.
std::shared_ptr<runtime::Execution> load(const Region &region,
                                         const std::vector<ArgumentInfo> &info,
                                         const Target &target, Loc where);

/// Runs it. `arguments` loses the buffers that became results. Throws what a
/// kernel found, at the line that the program names, and then no argument has
/// changed.
std::vector<runtime::BufferRef> run(runtime::Execution &execution,
                                    std::vector<runtime::BufferRef> &arguments,
                                    Loc where);

/// Computes nodes, together with everything on the way that a live handle
/// names.
void evaluate(const std::vector<Ref> &nodes, Loc where);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_SESSION_H
