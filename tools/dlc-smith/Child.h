// Runs something in a process of its own, so that it may crash or hang.

#ifndef DLC_TOOLS_DLC_SMITH_CHILD_H
#define DLC_TOOLS_DLC_SMITH_CHILD_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace dlc::smith {

/// Calls `body` in a child process and `onLine` here for each line that it
/// writes. What the child prints otherwise is lost. Returns how it ended where
/// it did not end well, "signal 11 (Segmentation fault)", else "".
std::string runInChild(llvm::function_ref<void(llvm::raw_ostream &)> body,
                       llvm::function_ref<void(llvm::StringRef)> onLine);

/// The child ends by signal 27 unless it says so again within these seconds of
/// processor time, or by signal 14 within ten times as many on the clock.
void stayAlive(unsigned seconds);

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_CHILD_H
