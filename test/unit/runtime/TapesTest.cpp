// Tapes outside the arena: their memory, and walks that use them.

#include "Support.h"

#include "device/Tapes.h"

namespace dlc::runtime::test {
namespace {

/// Counts the chunks that tapes ask for.
struct Chunks {
  std::vector<int64_t> sizes;
  Tapes tapes;

  explicit Chunks(int64_t limit = int64_t(1) << 30)
      : tapes(limit, [this](int64_t bytes) -> Status {
          sizes.push_back(bytes);
          return {};
        }) {}
};

TEST(Tapes, EntriesStayWhereTheyAreAndDoNotOverlap) {
  Chunks chunks;
  int64_t small = chunks.tapes.open(4), large = chunks.tapes.open(100);
  std::vector<TapePlace> places;
  for (int64_t i = 0; i < 20000; ++i)
    for (int64_t tape : {small, large})
      places.push_back(*chunks.tapes.append(tape, i));
  std::vector<std::tuple<size_t, int64_t, int64_t>> ranges;
  for (int64_t i = 0; i < 20000; ++i)
    for (int64_t tape : {small, large}) {
      TapePlace place = chunks.tapes.at(tape, i);
      const TapePlace &before = places[2 * i + tape];
      EXPECT_EQ(place.chunk, before.chunk);
      EXPECT_EQ(place.offset, before.offset);
      EXPECT_EQ(place.offset % 64, 0);
      int64_t end = place.offset + (tape == small ? 4 : 100);
      EXPECT_LE(end, chunks.sizes[place.chunk]);
      ranges.emplace_back(place.chunk, place.offset, end);
    }
  std::sort(ranges.begin(), ranges.end());
  for (size_t i = 1; i < ranges.size(); ++i)
    if (std::get<0>(ranges[i - 1]) == std::get<0>(ranges[i])) {
      ASSERT_LE(std::get<2>(ranges[i - 1]), std::get<1>(ranges[i]));
    }
}

TEST(Tapes, MemoryIsAboutWhatEntriesTake) {
  Chunks chunks;
  int64_t tape = chunks.tapes.open(64);
  for (int64_t i = 0; i < 100000; ++i)
    ASSERT_TRUE(chunks.tapes.append(tape, i).ok());
  int64_t total = 0;
  for (int64_t size : chunks.sizes)
    total += size;
  EXPECT_LT(total, 2 * 64 * 100000);
}

TEST(Tapes, TheLastEntryMayComeFirst) {
  Chunks chunks;
  int64_t tape = chunks.tapes.open(8);
  ASSERT_TRUE(chunks.tapes.append(tape, 999).ok());
  EXPECT_TRUE(chunks.tapes.has(tape, 1000));
  EXPECT_NE(chunks.tapes.at(tape, 0).offset, chunks.tapes.at(tape, 999).offset);
}

TEST(Tapes, TheLimitHolds) {
  Chunks chunks(4096);
  int64_t tape = chunks.tapes.open(64);
  int64_t entries = 0;
  while (chunks.tapes.append(tape, entries).ok())
    ++entries;
  EXPECT_GE(entries, 32);
  EXPECT_LE(entries, 64);
  EXPECT_EQ(messageOf(chunks.tapes.append(tape, entries)),
            "more than 4096 bytes");
}

TEST(Tapes, WhatATripMadeIsGoneAfterIt) {
  Chunks chunks;
  int64_t outer = chunks.tapes.open(64);
  TapePlace first = *chunks.tapes.append(outer, 0);
  size_t most = 0;
  for (int trip = 0; trip < 100; ++trip) {
    Tapes::Mark mark = chunks.tapes.mark();
    int64_t inner = chunks.tapes.open(1000);
    for (int64_t i = 0; i < 1000; ++i)
      ASSERT_TRUE(chunks.tapes.append(inner, i).ok());
    chunks.tapes.release(mark);
    EXPECT_FALSE(chunks.tapes.has(inner, 1));
    if (trip == 0)
      most = chunks.sizes.size();
  }
  EXPECT_EQ(chunks.sizes.size(), most);
  EXPECT_EQ(chunks.tapes.at(outer, 0).offset, first.offset);
}

TEST(Tapes, EntriesWithoutBytesNeedNoMemory) {
  Chunks chunks;
  int64_t tape = chunks.tapes.open(0);
  EXPECT_TRUE(chunks.tapes.append(tape, int64_t(1) << 40).ok());
  EXPECT_TRUE(chunks.tapes.has(tape, int64_t(1) << 40));
  EXPECT_TRUE(chunks.sizes.empty());
  EXPECT_FALSE(chunks.tapes.has(7, 1));
}

//===-- Walks -------------------------------------------------------------===//

int32_t &number(void *const *slots, int index) {
  return *static_cast<int32_t *>(slots[index]);
}

/// slot 1 = slot 0 > 0.
void isPositive(void *const *slots, int64_t, int64_t, uint64_t *) {
  *static_cast<uint8_t *>(slots[1]) = number(slots, 0) > 0;
}
void decrement(void *const *slots, int64_t, int64_t, uint64_t *) {
  --number(slots, 0);
}
/// Appends slot 0 to the digits of slot 1.
void appendDigit(void *const *slots, int64_t, int64_t, uint64_t *) {
  number(slots, 1) = number(slots, 1) * 10 + number(slots, 0);
}

Address entry(int64_t index) { return at(Address::Space::tape, index); }

/// Counts x down to 0, taping its values; then reads the tape. x is donated to
/// the result: digits of the entries in the order in which they are read.
Program countDown(bool reverse) {
  Program program;
  addKernel(program, "is_positive", isPositive);
  addKernel(program, "decrement", decrement);
  addKernel(program, "append_digit", appendDigit);
  program.constants = std::string(64, '\0');
  Function f;
  f.name = "f";
  f.arguments = {{i32({}), "x", 0}};
  f.results = {i32({})};
  f.arenaBytes = 192;
  f.tapeBytes = 4096;
  constexpr int64_t counter = 0, predicate = 64, tape = 128;
  Instruction repeat;
  repeat.kind = Instruction::Kind::repeat;
  repeat.operands = {arena(predicate)};
  repeat.trips = -1;
  repeat.text = "model.cpp:4:2";
  repeat.tapes = {{TapeUse::Role::append, arena(tape), 4}};
  repeat.condition = {launch(0, {arena(counter), arena(predicate)})};
  repeat.body = {copy(arena(counter), entry(0), 4),
                 launch(1, {arena(counter)})};
  Instruction read = loop(-1, {launch(2, {entry(0), result(0)})}, reverse);
  read.operands = {arena(tape)};
  read.tapes = {{TapeUse::Role::read, arena(tape), 4}};
  f.code = {copy(argument(0), arena(counter), 4), repeat, check(),
            copy(constant(), result(0), 4), read};
  program.functions = {f};
  return program;
}

TEST(Walk, ReadsATapeInBothDirections) {
  for (bool reverse : {false, true}) {
    std::vector<BufferRef> x = {buffer({5})}, results;
    ASSERT_EQ(messageOf(prepare(countDown(reverse))->run(x, results)), "");
    EXPECT_EQ(values(results[0])[0], reverse ? 12345 : 54321);
  }
}

TEST(Walk, ATapeMayBeEmpty) {
  std::vector<BufferRef> x = {buffer({0})}, results;
  ASSERT_EQ(messageOf(prepare(countDown(true))->run(x, results)), "");
  EXPECT_EQ(values(results[0])[0], 0);
}

TEST(Walk, ATapeOverTheLimitChangesNothing) {
  auto f = prepare(countDown(true));
  std::vector<BufferRef> x = {buffer({1000})}, results;
  EXPECT_EQ(messageOf(f->run(x, results)),
            "[while] the tape of a loop without max_trips needs more than 4096 "
            "bytes (model.cpp:4:2)");
  EXPECT_EQ(values(x[0])[0], 1000);
  EXPECT_TRUE(results.empty());
  // Nothing is left of it.
  x = {buffer({3})};
  ASSERT_EQ(messageOf(f->run(x, results)), "");
  EXPECT_EQ(values(results[0])[0], 123);
}

TEST(Walk, AHeaderThatNamesNoTapeIsAnError) {
  Program program = countDown(true);
  // The loop's count is one that nobody wrote.
  program.functions[0].code[4].tapes[0].at = arena(0);
  std::vector<BufferRef> x = {buffer({3})}, results;
  EXPECT_TRUE(contains(messageOf(prepare(program)->run(x, results)),
                       "entries, expected 3"));
}

TEST(Walk, TapesSurviveAFile) {
  Program program = countDown(true);
  std::string bytes = serialize(program);
  Expected<Program> again = deserialize(bytes);
  ASSERT_TRUE(again.ok()) << again.message();
  EXPECT_EQ(serialize(*again), bytes);
  std::vector<BufferRef> x = {buffer({4})}, results;
  ASSERT_EQ(messageOf(prepare(*again)->run(x, results)), "");
  EXPECT_EQ(values(results[0])[0], 1234);
}

} // namespace
} // namespace dlc::runtime::test
