#include "Autodiff/MinCut.h"

#include <algorithm>

using namespace dlc;

unsigned MinCut::addNode() {
  leaving.emplace_back();
  return leaving.size() - 1;
}

void MinCut::addEdge(unsigned from, unsigned to, int64_t capacity) {
  leaving[from].push_back(edges.size());
  edges.push_back({to, capacity});
  leaving[to].push_back(edges.size());
  edges.push_back({from, 0});
}

/// Each node's distance from the source over edges with capacity left.
bool MinCut::findLevels(unsigned source, unsigned sink) {
  level.assign(leaving.size(), -1);
  level[source] = 0;
  std::vector<unsigned> queue{source};
  for (size_t i = 0; i < queue.size(); ++i)
    for (unsigned e : leaving[queue[i]])
      if (edges[e].capacity > 0 && level[edges[e].to] < 0) {
        level[edges[e].to] = level[queue[i]] + 1;
        queue.push_back(edges[e].to);
      }
  return level[sink] >= 0;
}

/// Sends flow along one path that descends the levels. A path can be as long as
/// a loop's body, so nothing recurses.
bool MinCut::augment(unsigned source, unsigned sink) {
  std::vector<unsigned> path;
  unsigned node = source;
  while (node != sink) {
    unsigned &i = next[node];
    while (i < leaving[node].size()) {
      const Edge &edge = edges[leaving[node][i]];
      if (edge.capacity > 0 && level[edge.to] == level[node] + 1)
        break;
      ++i;
    }
    if (i < leaving[node].size()) {
      path.push_back(leaving[node][i]);
      node = edges[path.back()].to;
      continue;
    }
    if (path.empty())
      return false;
    node = edges[path.back() ^ 1].to;
    path.pop_back();
    ++next[node];
  }
  int64_t flow = infinite;
  for (unsigned e : path)
    flow = std::min(flow, edges[e].capacity);
  for (unsigned e : path) {
    edges[e].capacity -= flow;
    edges[e ^ 1].capacity += flow;
  }
  return true;
}

std::vector<bool> MinCut::sinkSide(unsigned source, unsigned sink) {
  while (findLevels(source, sink)) {
    next.assign(leaving.size(), 0);
    while (augment(source, sink)) {
    }
  }
  std::vector<bool> reaches(leaving.size(), false);
  reaches[sink] = true;
  std::vector<unsigned> queue{sink};
  for (size_t i = 0; i < queue.size(); ++i)
    for (unsigned e : leaving[queue[i]])
      // The reverse of an edge that leaves arrives.
      if (edges[e ^ 1].capacity > 0 && !reaches[edges[e].to]) {
        reaches[edges[e].to] = true;
        queue.push_back(edges[e].to);
      }
  return reaches;
}
