// From nodes to a function: ordering, and MLIR's text form.

#ifndef DLC_FRONTEND_DETAIL_GRAPH_H
#define DLC_FRONTEND_DETAIL_GRAPH_H

#include "detail/Node.h"
#include "detail/NodeTable.h"

#include <functional>
#include <span>

namespace dlc::detail {

/// Walks over what `results` need, depth first, operands before what uses them.
/// A node for which `isArgument(node)` is true is handed to `argument(node)`
/// and not looked behind, all others to `op(node)`. The order follows from the
/// structure alone, so that equal computations give equal text.
template <typename Results, typename IsArgument, typename Argument, typename Op>
void walk(const Results &results, const IsArgument &isArgument,
          const Argument &argument, const Op &op) {
  struct Visit {
    Node *node;
    size_t next;
  };
  runtime::SmallVector<Visit, 16> stack;
  NodeTable seen;
  auto enter = [&](Node *node) {
    if (!seen.insert(node).second)
      return;
    if (isArgument(*node))
      argument(*node);
    else
      stack.push_back({node, 0});
  };
  for (const auto &result : results) {
    enter(&*result);
    while (!stack.empty()) {
      auto &[node, next] = stack.back();
      if (next < node->operands.size()) {
        enter(node->operands[next++].get());
      } else {
        op(*node);
        stack.pop_back();
      }
    }
  }
}

/// What is run at once, while somebody holds the results: those hold the rest.
struct Piece {
  runtime::SmallVector<Node *, 8> arguments, ops;
  runtime::SmallVector<Ref, 4> results;

  Region region() const;
};

/// Collects what `results` need. A node for which `isArgument` is true is not
/// looked behind.
Region collect(std::vector<Ref> results,
               const std::function<bool(const Node &)> &isArgument);

/// A function's argument beyond its type.
struct ArgumentInfo {
  std::string name;
  /// The result that may be written over it, or -1.
  int64_t donatedTo = -1;
  /// Most calls give what the last one gave.
  bool isInvariant = false;
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
