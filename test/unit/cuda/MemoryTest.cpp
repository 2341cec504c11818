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

//===-- The stream of copies ----------------------------------------------===//

/// The run fails as soon as somebody waits for it; copies, of more than all
/// pinned pieces, do not.
TEST_F(MemoryTest, CopiesDoNotWaitForWhatIsComputed) {
  set("illegal=add");
  auto f = load(sum(2));
  std::vector<BufferRef> arguments = {onCard({1, 2}), onCard({3, 4})}, results;
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  std::vector<int32_t> many(3 * Staging::pieceBytes / 4, 7);
  BufferRef there = onCard(many);
  EXPECT_TRUE(contains(messageOf(moveTo(hostDevice(), there)),
                       "CUDA_ERROR_ILLEGAL_ADDRESS"));
}

/// Memory of a run that has been asked for goes to later copies, which wait for
/// the run; the run's bits are those of its own arguments.
TEST_F(MemoryTest, CopiesWaitForWhoUsesTheirMemory) {
  auto f = load(sum(2));
  std::vector<BufferRef> arguments = {onCard({1, 2}), onCard({10, 20})},
                         results;
  std::byte *first = arguments[0]->address(), *second = arguments[1]->address();
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  arguments.clear();
  // So many that the first have to leave the pinned pieces.
  std::vector<BufferRef> later;
  bool again = false;
  for (int32_t i = 0; i < 8; ++i) {
    later.push_back(onCard({100 + i, 200 + i}));
    again |=
        later.back()->address() == first || later.back()->address() == second;
  }
  EXPECT_TRUE(again);
  // The copies first.
  for (int32_t i = 0; i < 8; ++i)
    EXPECT_EQ(valuesOf(later[i]), (std::vector<int32_t>{100 + i, 200 + i}));
  EXPECT_EQ(valuesOf(results[0]), (std::vector<int32_t>{11, 22}));
}

/// While a run uses a batch, the next one gets a second block, and no third.
TEST_F(MemoryTest, BatchesTakeTurns) {
  auto f = load(sum(2));
  BufferRef y = onCard({10, 20});
  int64_t before = 0;
  for (int32_t i = 0; i < 12; ++i) {
    if (i == 4)
      before = calls("cuMemAlloc_v2");
    std::vector<BufferRef> arguments = {onCard({i, i}), y}, results;
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    if (i % 5 == 4) {
      EXPECT_EQ(valuesOf(results[0]), (std::vector<int32_t>{i + 10, i + 20}));
    }
  }
  EXPECT_EQ(calls("cuMemAlloc_v2"), before);
}

/// More runs than marks are kept.
TEST_F(MemoryTest, OldMarksCount) {
  auto f = load(sum(1));
  std::vector<BufferRef> arguments = {onCard({1}), onCard({2})}, results;
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  BufferRef kept = results[0], old = std::move(arguments[0]);
  arguments[0] = onCard({3});
  old.reset();
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  BufferRef one = onCard({50}), two = onCard({60});
  EXPECT_EQ(valuesOf(two), std::vector<int32_t>{60});
  EXPECT_EQ(valuesOf(one), std::vector<int32_t>{50});
  EXPECT_EQ(valuesOf(kept), std::vector<int32_t>{3});
  EXPECT_EQ(valuesOf(results[0]), std::vector<int32_t>{5});
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
