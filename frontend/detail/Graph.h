// From nodes to a function: ordering, and MLIR's text form.

#ifndef DLC_FRONTEND_DETAIL_GRAPH_H
#define DLC_FRONTEND_DETAIL_GRAPH_H

#include "detail/Node.h"

#include <functional>

namespace dlc::detail {

/// Collects what `results` need. A node for which `isArgument` is true is not
/// looked behind. The order follows from the structure alone, so that equal
/// computations give equal text.
Region collect(std::vector<Ref> results,
               const std::function<bool(const Node &)> &isArgument);

/// A function's argument beyond its type.
struct ArgumentInfo {
  std::string name;
  /// The result that may be written over it, or -1.
  int64_t donatedTo = -1;
};

/// Ops whose kernels may find a fault, which names the user's line.
bool mayFault(const Node &node);

/// The function `@main` in MLIR's generic text form. As a key, it leaves out
/// the locations, except of ops that can fail when they run: those are part of
/// what is compiled.
std::string write(const Region &region, const std::vector<ArgumentInfo> &info,
                  bool asKey);

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_GRAPH_H
