// The cheapest set of edges that separates a source from a sink.

#ifndef DLC_COMPILER_AUTODIFF_MINCUT_H
#define DLC_COMPILER_AUTODIFF_MINCUT_H

#include <cstdint>
#include <vector>

namespace dlc {

class MinCut {
public:
  static constexpr int64_t infinite = int64_t(1) << 60;

  unsigned addNode();
  void addEdge(unsigned from, unsigned to, int64_t capacity);

  /// Whether each node lies on the sink's side. Of several cheapest cuts it is
  /// the one nearest to the sink. (Dinic's algorithm.)
  std::vector<bool> sinkSide(unsigned source, unsigned sink);

private:
  struct Edge {
    unsigned to;
    int64_t capacity;
  };
  bool findLevels(unsigned source, unsigned sink);
  bool augment(unsigned source, unsigned sink);

  /// Edge e and its reverse, e ^ 1, stand side by side.
  std::vector<Edge> edges;
  std::vector<std::vector<unsigned>> leaving;
  std::vector<int64_t> level;
  std::vector<unsigned> next;
};

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_MINCUT_H
