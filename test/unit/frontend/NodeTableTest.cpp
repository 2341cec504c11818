#include "detail/NodeTable.h"

#include <gtest/gtest.h>

#include <vector>

using namespace dlc::detail;

namespace {

TEST(NodeTable, FindsWhatItHolds) {
  // Only addresses are looked at.
  std::vector<char> memory(16 * 1000);
  auto node = [&](int i) {
    return reinterpret_cast<const Node *>(&memory[16 * i]);
  };
  NodeTable table;
  for (int i = 0; i < 500; ++i) {
    EXPECT_FALSE(table.contains(node(i)));
    auto [number, isNew] = table.insert(node(i), 7 * i);
    EXPECT_TRUE(isNew);
    EXPECT_EQ(*number, uint64_t(7 * i));
  }
  for (int i = 0; i < 500; ++i) {
    EXPECT_EQ(table[node(i)], uint64_t(7 * i));
    auto [number, isNew] = table.insert(node(i), 1);
    EXPECT_FALSE(isNew);
    EXPECT_EQ(*number, uint64_t(7 * i));
  }
  for (int i = 500; i < 1000; ++i)
    EXPECT_FALSE(table.contains(node(i)));
}

} // namespace
