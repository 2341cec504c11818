#include "cpu/HostMemory.h"
#include "gtest/gtest.h"

#include <cstring>
#include <thread>
#include <vector>

using dlc::runtime::HostMemory;

namespace {

constexpr int64_t page = HostMemory::hugePage;

TEST(HostMemory, AsManyBytesComeFromTheBlockGivenBackLast) {
  HostMemory memory;
  std::byte *first = memory.take(3 * page), *second = memory.take(3 * page);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(first) % page, 0u);
  memory.giveBack(first, 3 * page);
  memory.giveBack(second, 3 * page);
  EXPECT_EQ(memory.kept(), 6 * page);
  // Another size, but as many pages.
  EXPECT_EQ(memory.take(3 * page - 100), second);
  EXPECT_EQ(memory.take(3 * page), first);
  EXPECT_EQ(memory.kept(), 0);
  memory.giveBack(second, 3 * page - 100);
  memory.giveBack(first, 3 * page);
}

/// Blocks kept and in use take no more than was in use at once.
TEST(HostMemory, WhatIsKeptMakesRoomForOtherSizes) {
  HostMemory memory;
  std::byte *a = memory.take(4 * page), *b = memory.take(2 * page);
  memory.giveBack(a, 4 * page);
  memory.giveBack(b, 2 * page);
  // Six pages were in use: one more fits beside the block given back last.
  std::byte *c = memory.take(page);
  EXPECT_EQ(memory.kept(), 2 * page);
  std::byte *d = memory.take(5 * page);
  EXPECT_EQ(memory.kept(), 0);
  memory.giveBack(c, page);
  memory.giveBack(d, 5 * page);
  EXPECT_EQ(memory.kept(), 6 * page);
}

TEST(HostMemory, ShortageIsNull) {
  HostMemory memory;
  std::byte *kept = memory.take(page);
  memory.giveBack(kept, page);
  EXPECT_EQ(memory.take(INT64_MAX), nullptr);
  EXPECT_EQ(memory.take(int64_t(1) << 60), nullptr);
  // Nothing counts as in use that was not taken.
  std::byte *again = memory.take(page);
  ASSERT_NE(again, nullptr);
  memory.giveBack(again, page);
  EXPECT_EQ(memory.kept(), page);
}

TEST(HostMemory, ThreadsShareIt) {
  HostMemory memory;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&memory, t] {
      for (int i = 0; i < 200; ++i) {
        int64_t bytes = (1 + (t + i) % 3) * page;
        std::byte *block = memory.take(bytes);
        ASSERT_NE(block, nullptr);
        std::memset(block, t, 64);
        std::this_thread::yield();
        EXPECT_EQ(block[63], std::byte(t));
        memory.giveBack(block, bytes);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_LE(memory.kept(), 4 * 3 * page);
}

} // namespace
