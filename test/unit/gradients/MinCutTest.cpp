#include "Autodiff/MinCut.h"

#include "gtest/gtest.h"

using namespace dlc;

namespace {

TEST(MinCut, CutsTheCheapestEdges) {
  MinCut graph;
  unsigned source = graph.addNode(), a = graph.addNode(), b = graph.addNode(),
           c = graph.addNode(), sink = graph.addNode();
  graph.addEdge(source, a, 9);
  graph.addEdge(source, b, 9);
  graph.addEdge(a, c, 2);
  graph.addEdge(b, c, 3);
  graph.addEdge(c, sink, 8);
  graph.addEdge(a, sink, 1);
  std::vector<bool> late = graph.sinkSide(source, sink);
  EXPECT_EQ(late, (std::vector<bool>{false, false, false, true, true}));
}

TEST(MinCut, PrefersTheSink) {
  MinCut graph;
  unsigned source = graph.addNode(), a = graph.addNode(), b = graph.addNode(),
           sink = graph.addNode();
  graph.addEdge(source, a, 5);
  graph.addEdge(a, b, 5);
  graph.addEdge(b, sink, 5);
  EXPECT_EQ(graph.sinkSide(source, sink),
            (std::vector<bool>{false, false, false, true}));
}

/// Flow that a first path took in a wrong direction is sent back.
TEST(MinCut, UndoesFlow) {
  MinCut graph;
  unsigned source = graph.addNode(), a = graph.addNode(), b = graph.addNode(),
           sink = graph.addNode();
  graph.addEdge(source, a, 1);
  graph.addEdge(a, b, 1);
  graph.addEdge(a, sink, 1);
  graph.addEdge(source, b, 1);
  graph.addEdge(b, sink, 1);
  std::vector<bool> late = graph.sinkSide(source, sink);
  EXPECT_TRUE(late[sink]);
  EXPECT_FALSE(late[source]);
}

TEST(MinCut, LongChain) {
  MinCut graph;
  unsigned source = graph.addNode(), last = source;
  for (int i = 0; i < 100000; ++i) {
    unsigned next = graph.addNode();
    graph.addEdge(last, next, i == 500 ? 1 : 4);
    last = next;
  }
  std::vector<bool> late = graph.sinkSide(source, last);
  EXPECT_FALSE(late[500]);
  EXPECT_TRUE(late[501]);
}

} // namespace
