// The layout of the arena: nothing overlaps, and little is wasted.

#include "Lowering/PlanMemoryArena.h"

#include <gtest/gtest.h>

namespace dlc {
namespace {

ArenaBlock block(int64_t bytes, int64_t first, int64_t last) {
  ArenaBlock result;
  result.bytes = bytes;
  result.first = first;
  result.last = last;
  return result;
}

void expectDisjoint(const std::vector<ArenaBlock> &blocks, int64_t arena) {
  for (size_t i = 0; i < blocks.size(); ++i) {
    const ArenaBlock &a = blocks[i];
    EXPECT_EQ(a.offset % arenaAlignment, 0);
    EXPECT_LE(a.offset + a.bytes, arena);
    for (size_t j = 0; j < i; ++j) {
      const ArenaBlock &b = blocks[j];
      bool together = a.first <= b.last && b.first <= a.last;
      bool overlap =
          a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;
      EXPECT_FALSE(together && overlap) << i << " and " << j;
    }
  }
}

TEST(Arena, HoldsNothing) {
  std::vector<ArenaBlock> none, empty{block(0, 0, 3)};
  EXPECT_EQ(layOut(none), 0);
  EXPECT_EQ(layOut(empty), 0);
}

TEST(Arena, BlocksThatDoNotMeetShareMemory) {
  std::vector<ArenaBlock> blocks{block(100, 0, 1), block(100, 2, 3),
                                 block(100, 4, 5)};
  EXPECT_EQ(layOut(blocks), 128);
  expectDisjoint(blocks, 128);
}

TEST(Arena, BlocksThatTouchDoNot) {
  std::vector<ArenaBlock> blocks{block(64, 0, 1), block(64, 1, 2)};
  EXPECT_EQ(layOut(blocks), 128);
  expectDisjoint(blocks, 128);
}

// The step of an MLP 784-256-256-10: activations live from the forward to the
// backward pass, gradients for a moment.
TEST(Arena, IsTightOnAnMlp) {
  constexpr int64_t hidden = 256 * 256 * 4, logits = 256 * 10 * 4;
  std::vector<ArenaBlock> blocks{block(hidden, 0, 9),  block(hidden, 1, 7),
                                 block(logits, 2, 3),  block(logits, 3, 6),
                                 block(hidden, 5, 8),  block(1024, 6, 6),
                                 block(hidden, 8, 9),  block(10240, 5, 10),
                                 block(262144, 7, 11), block(802816, 9, 11)};
  int64_t arena = layOut(blocks);
  expectDisjoint(blocks, arena);
  EXPECT_LE(arena, 1.05 * liveBytes(blocks));
}

// By size, by life, by both and as they come these take 448 bytes.
TEST(Arena, MovesForwardWhatLiesTooHigh) {
  std::vector<ArenaBlock> blocks{block(192, 5, 6), block(128, 0, 3),
                                 block(128, 3, 6), block(192, 1, 2),
                                 block(64, 2, 3)};
  int64_t arena = layOut(blocks);
  expectDisjoint(blocks, arena);
  EXPECT_EQ(arena, 384);
}

// A stack of layers with sizes and lives from a fixed sequence.
TEST(Arena, StaysNearTheBoundOnManyBlocks) {
  std::vector<ArenaBlock> blocks;
  uint64_t state = 1;
  auto next = [&](uint64_t range) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return int64_t((state >> 33) % range);
  };
  for (int64_t i = 0; i < 500; ++i)
    blocks.push_back(block(1 + next(1 << (6 + next(14))), i, i + next(30)));
  int64_t arena = layOut(blocks);
  expectDisjoint(blocks, arena);
  EXPECT_GE(arena, liveBytes(blocks));
  EXPECT_LE(arena, 1.15 * liveBytes(blocks));
}

} // namespace
} // namespace dlc
