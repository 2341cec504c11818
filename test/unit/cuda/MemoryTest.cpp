// Memory of a card: transfers, reuse, shortage.

#include "cuda/Support.h"

#include <numeric>

namespace dlc::runtime::cuda::test {

using MemoryTest = CudaTest;

TEST_F(MemoryTest, BytesComeBack) {
  EXPECT_EQ(valuesOf(onCard({1, 2, 3})), (std::vector<int32_t>{1, 2, 3}));
  EXPECT_EQ(valuesOf(onCard({})), std::vector<int32_t>());
}

/// Larger than all pinned pieces, so that each is used again.
TEST_F(MemoryTest, LargeBuffersGoInPieces) {
  std::vector<int32_t> many(5 * Staging::pieceBytes / 4 + 7);
  std::iota(many.begin(), many.end(), 0);
  EXPECT_EQ(valuesOf(onCard(many)), many);
}

TEST_F(MemoryTest, TheSourceMayChangeAfterAnUpload) {
  BufferRef host = buffer({1, 2}), there = *card().allocate(8);
  ASSERT_EQ(messageOf(card().upload(host->data(), *there)), "");
  host->as<int32_t>()[0] = 5;
  EXPECT_EQ(valuesOf(there), (std::vector<int32_t>{1, 2}));
}

TEST_F(MemoryTest, MovingToWhereItLiesCopiesNothing) {
  BufferRef there = onCard({1});
  EXPECT_EQ(*moveTo(card(), there), there);
}

TEST_F(MemoryTest, FreedMemoryIsUsedAgain) {
  card();
  int64_t before = calls("cuMemAlloc_v2");
  for (int i = 0; i < 10; ++i)
    onCard({1, 2, i});
  EXPECT_EQ(calls("cuMemAlloc_v2"), before + 1);
}

TEST_F(MemoryTest, IdleMemoryIsGivenBackWhereItIsShort) {
  set("memory=100000");
  *card().allocate(60000);
  EXPECT_EQ(messageOf(card().allocate(90000)), "");
}

TEST_F(MemoryTest, ShortageIsAnError) {
  set("memory=100000");
  BufferRef held = *card().allocate(50000);
  EXPECT_EQ(messageOf(card().allocate(60000)),
            "out of memory on cuda:0 (ptx-sim): cannot allocate 60000 bytes, "
            "49824 of 100000 are free");
  EXPECT_EQ(messageOf(card().allocate(40000)), "");
}

TEST_F(MemoryTest, AbsurdSizesAreErrors) {
  EXPECT_TRUE(contains(messageOf(card().allocate(INT64_MAX)),
                       "cannot allocate 9223372036854775807 bytes"));
}

/// The plan stands in the error, and nothing has changed.
TEST_F(MemoryTest, ARunThatDoesNotFit) {
  set("memory=100000");
  Program program = sum(4, /*donates=*/true);
  program.functions[0].arenaBytes = 1000000;
  auto f = load(program);
  std::vector<BufferRef> arguments = {onCard({1, 2, 3, 4}),
                                      onCard({1, 1, 1, 1})};
  std::vector<BufferRef> results;
  EXPECT_TRUE(contains(messageOf(f->run(arguments, results)),
                       "[f] out of memory on cuda:0 (ptx-sim): cannot allocate "
                       "1000000 bytes"));
  EXPECT_TRUE(contains(messageOf(f->run(arguments, results)),
                       "the plan: 1000000 bytes of arena, 16 of results"));
  EXPECT_EQ(valuesOf(arguments[0]), (std::vector<int32_t>{1, 2, 3, 4}));
}

} // namespace dlc::runtime::cuda::test
