// Walking a launch list, with kernels written here in C++.

#include "Support.h"

#include "cpu/ThreadPool.h"

#include <atomic>
#include <set>
#include <thread>

namespace dlc::runtime::test {
namespace {

int32_t *ints(void *const *slots, int index) {
  return static_cast<int32_t *>(slots[index]);
}

/// slot 1 = slot 0 + 1, a tile an element.
void increment(void *const *slots, int64_t first, int64_t last, uint64_t *) {
  for (int64_t i = first; i < last; ++i)
    ints(slots, 1)[i] = ints(slots, 0)[i] + 1;
}

/// Faults where an element lies outside [0, 10): check 0.
void checkIndex(void *const *slots, int64_t first, int64_t last,
                uint64_t *fault) {
  for (int64_t i = first; i < last; ++i)
    if (ints(slots, 0)[i] < 0 || ints(slots, 0)[i] >= 10) {
      std::atomic_ref<uint64_t> word(*fault);
      uint64_t now = uint64_t(0) << faultPositionBits | uint64_t(i);
      for (uint64_t seen = word; now < seen;)
        word.compare_exchange_weak(seen, now);
    }
}

/// Reports check 1 at position 5.
void faultOne(void *const *, int64_t, int64_t, uint64_t *fault) {
  *fault = uint64_t(1) << faultPositionBits | 5;
}

/// slot 1 = slot 0 + slot 1.
void add(void *const *slots, int64_t, int64_t, uint64_t *) {
  *ints(slots, 1) += *ints(slots, 0);
}

/// Stores the address of slot 0 in slot 1.
void whereIs(void *const *slots, int64_t, int64_t, uint64_t *) {
  std::memcpy(slots[1], &slots[0], sizeof(void *));
}

/// f(x) = x + 1, with x donated, after x has been checked as an index.
Program checkedIncrement(int64_t count = 4) {
  Program program;
  addKernel(program, "check_index", checkIndex);
  addKernel(program, "increment", increment);
  program.checks = {{"softmax_cross_entropy", "train.cpp:3:5", 10}};
  Function f;
  f.name = "f";
  f.arguments = {{i32({count}), "x", 0}};
  f.results = {i32({count})};
  f.code = {launch(0, {argument(0)}, count, muchWork), check(),
            launch(1, {argument(0), result(0)}, count, muchWork)};
  program.functions = {f};
  return program;
}

TEST(Execution, ChecksItsArguments) {
  auto f = prepare(checkedIncrement());
  std::vector<BufferRef> arguments, results;
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "[f] expects 1 arguments, got 0");
  arguments = {nullptr};
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "[f] argument 0 ('x', tensor<4xi32>) has no buffer");
  arguments = {buffer({1, 2, 3})};
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "[f] argument 0 ('x', tensor<4xi32>) needs 16 bytes, got 12");
}

TEST(Execution, DonatesASoleReference) {
  auto f = prepare(checkedIncrement());
  std::vector<BufferRef> arguments = {buffer({1, 2, 3, 4})}, results;
  const void *memory = arguments[0]->data();
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  EXPECT_EQ(arguments[0], nullptr);
  EXPECT_EQ(results[0]->data(), memory);
  EXPECT_EQ(values(results[0]), (std::vector<int32_t>{2, 3, 4, 5}));
}

TEST(Execution, AnotherReferenceKeepsItsBits) {
  auto f = prepare(checkedIncrement());
  BufferRef old = buffer({1, 2, 3, 4});
  std::vector<BufferRef> arguments = {old}, results;
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  EXPECT_EQ(arguments[0], old);
  EXPECT_NE(results[0], old);
  EXPECT_EQ(values(old), (std::vector<int32_t>{1, 2, 3, 4}));
  EXPECT_EQ(values(results[0]), (std::vector<int32_t>{2, 3, 4, 5}));
}

TEST(Execution, PointersStayOverManySteps) {
  auto f = prepare(checkedIncrement());
  std::vector<BufferRef> state = {buffer({0, 0, 0, 0})}, results;
  const void *memory = state[0]->data();
  for (int step = 0; step < 10; ++step) {
    ASSERT_EQ(messageOf(f->run(state, results)), "");
    state.swap(results);
    EXPECT_EQ(state[0]->data(), memory);
  }
  EXPECT_EQ(values(state[0]), (std::vector<int32_t>(4, 10)));
}

TEST(Execution, OneBufferGivenTwiceIsNotDonated) {
  Program program = checkedIncrement();
  program.functions[0].arguments.push_back({i32({4}), "y", -1});
  auto f = prepare(program);
  std::vector<BufferRef> arguments = {buffer({1, 2, 3, 4}), nullptr}, results;
  arguments[1] = arguments[0];
  ASSERT_EQ(messageOf(f->run(arguments, results)), "");
  EXPECT_EQ(values(arguments[1]), (std::vector<int32_t>{1, 2, 3, 4}));
}

TEST(Execution, AFaultChangesNothing) {
  auto f = prepare(checkedIncrement());
  std::vector<BufferRef> arguments = {buffer({1, 2, 10, -1})};
  std::vector<BufferRef> results = {buffer({0})};
  EXPECT_EQ(messageOf(f->run(arguments, results)),
            "[softmax_cross_entropy] index at position 2 is outside [0, 10) "
            "(train.cpp:3:5)");
  EXPECT_TRUE(results.empty());
  EXPECT_EQ(values(arguments[0]), (std::vector<int32_t>{1, 2, 10, -1}));
  // The next run starts without the fault.
  arguments = {buffer({1, 2, 3, 4})};
  EXPECT_EQ(messageOf(f->run(arguments, results)), "");
}

TEST(Execution, TheFirstFaultWins) {
  constexpr int64_t count = 1000;
  auto f = prepare(checkedIncrement(count));
  std::vector<int32_t> labels(count, 3);
  for (int64_t at = 321; at < count; ++at)
    labels[at] = 77;
  for (int threads : {1, 2, 3, 16}) {
    ASSERT_TRUE(setThreadCount(threads).ok());
    std::vector<BufferRef> arguments = {buffer(labels)}, results;
    EXPECT_TRUE(contains(messageOf(f->run(arguments, results)),
                         "index at position 321 is outside"));
  }
}

TEST(Execution, FaultsThatNoCheckFollowsAreReported) {
  Program program = checkedIncrement();
  addKernel(program, "fault", faultOne);
  program.functions[0].code = {launch(2, {})};
  std::vector<BufferRef> arguments = {buffer({0, 0, 0, 0})}, results;
  EXPECT_EQ(messageOf(prepare(program)->run(arguments, results)),
            "a kernel reports the unknown fault 1 at position 5");
  program.checks.push_back({"divide", "", Check::zeroDivisor});
  EXPECT_EQ(messageOf(prepare(program)->run(arguments, results)),
            "[divide] the divisor at position 5 is zero");
}

/// A function that copies its argument x[i] to r[i] in some order, adding the
/// elements up on the way: r[i] = x[i] + what was added before.
Program runningSum(bool reverse) {
  Program program;
  addKernel(program, "add", add);
  Function f;
  f.name = "f";
  f.arguments = {{i32({2, 3}), "x"}};
  f.results = {i32({2, 3})};
  f.arenaBytes = 4;
  program.constants = std::string(64, '\0');
  f.code = {copy(constant(), arena(), 4),
            loop(2,
                 {loop(3, {launch(0, {argument(0, 0, {12, 4}), arena()}),
                           copy(arena(), result(0, 0, {12, 4}), 4)})},
                 reverse)};
  program.functions = {f};
  return program;
}

TEST(Execution, LoopsAddressBlocks) {
  std::vector<BufferRef> x = {buffer({1, 2, 3, 4, 5, 6})}, results;
  ASSERT_EQ(messageOf(prepare(runningSum(false))->run(x, results)), "");
  EXPECT_EQ(values(results[0]), (std::vector<int32_t>{1, 3, 6, 10, 15, 21}));
}

TEST(Execution, LoopsRunInReverse) {
  std::vector<BufferRef> x = {buffer({1, 2, 3, 4, 5, 6})}, results;
  ASSERT_EQ(messageOf(prepare(runningSum(true))->run(x, results)), "");
  EXPECT_EQ(values(results[0]), (std::vector<int32_t>{16, 18, 21, 4, 9, 15}));
}

/// r[i] = x[i] + 1 and s[i] = x[i] + 1, row by row, both in one region.
TEST(Execution, JoinedLaunchesRunTogether) {
  constexpr int64_t rows = 5, columns = 16, stride = columns * 4;
  Program program;
  addKernel(program, "increment", increment);
  Function f;
  f.name = "f";
  f.arguments = {{i32({rows, columns}), "x"}};
  f.results = {i32({rows, columns}), i32({rows, columns})};
  auto row = [&](int64_t to, int64_t tiles) {
    return launch(0, {argument(0, 0, {stride}), result(to, 0, {stride})}, tiles,
                  muchWork);
  };
  f.code = {loop(
      rows, {row(0, columns), joined(row(1, columns)), joined(row(1, 0))})};
  program.functions = {f};
  std::vector<int32_t> x(rows * columns), expected;
  for (size_t i = 0; i < x.size(); ++i)
    x[i] = static_cast<int32_t>(i);
  for (int32_t value : x)
    expected.push_back(value + 1);
  for (int threads : {1, 2, 3, 16}) {
    ASSERT_TRUE(setThreadCount(threads).ok());
    std::vector<BufferRef> arguments = {buffer(x)}, results;
    ASSERT_EQ(messageOf(prepare(program)->run(arguments, results)), "");
    EXPECT_EQ(values(results[0]), expected) << threads << " threads";
    EXPECT_EQ(values(results[1]), expected) << threads << " threads";
  }
}

TEST(Execution, LoopsMayHaveNoTrips) {
  Program program = runningSum(false);
  program.functions[0].code[1].trips = 0;
  program.functions[0].code.push_back(copy(argument(0), result(0), 24));
  std::vector<BufferRef> x = {buffer({1, 2, 3, 4, 5, 6})}, results;
  ASSERT_EQ(messageOf(prepare(program)->run(x, results)), "");
  EXPECT_EQ(values(results[0]), values(x[0]));
}

TEST(Execution, ConstantsAreAligned) {
  Program program;
  addKernel(program, "where", whereIs);
  program.constants = std::string(128, '\0');
  Function f;
  f.name = "f";
  f.results = {{ElementType::i64, {}}};
  f.code = {launch(0, {constant(64), result(0)})};
  program.functions = {f};
  std::vector<BufferRef> arguments, results;
  ASSERT_EQ(messageOf(prepare(program)->run(arguments, results)), "");
  EXPECT_EQ(values<int64_t>(results[0])[0] % 64, 0);
}

TEST(Execution, SizesMayBeZero) {
  Program program = checkedIncrement(0);
  std::vector<BufferRef> arguments = {buffer({})}, results;
  ASSERT_EQ(messageOf(prepare(program)->run(arguments, results)), "");
  EXPECT_EQ(results[0]->bytes(), 0);
  EXPECT_NE(results[0]->data(), nullptr);
}

TEST(Execution, SaysWhenMemoryIsShort) {
  Program program = checkedIncrement();
  program.functions[0].arenaBytes = INT64_MAX;
  std::vector<BufferRef> arguments = {buffer({1, 2, 3, 4})}, results;
  EXPECT_TRUE(contains(messageOf(prepare(program)->run(arguments, results)),
                       "out of memory: cannot allocate 9223372036854775807"));
  EXPECT_EQ(values(arguments[0]), (std::vector<int32_t>{1, 2, 3, 4}));
}

TEST(Execution, ProfilesByKernel) {
  auto f = prepare(runningSum(false));
  Profile profile;
  for (int run = 0; run < 2; ++run) {
    std::vector<BufferRef> x = {buffer({1, 2, 3, 4, 5, 6})}, results;
    ASSERT_EQ(messageOf(f->run(x, results, &profile)), "");
  }
  ASSERT_EQ(profile.size(), 2u);
  EXPECT_EQ(profile[0].name, "add");
  EXPECT_EQ(profile[0].launches, 12);
  EXPECT_GT(profile[0].seconds, 0);
  EXPECT_EQ(profile[1].name, "copy");
  EXPECT_EQ(profile[1].launches, 14);
}

TEST(Execution, RunsReuseTheArena) {
  Program program;
  addKernel(program, "where", whereIs);
  Function f;
  f.name = "f";
  f.results = {{ElementType::i64, {}}};
  f.arenaBytes = 1 << 20;
  f.code = {launch(0, {arena(), result(0)})};
  program.functions = {f};
  auto execution = prepare(program);
  std::set<int64_t> arenas;
  for (int run = 0; run < 5; ++run) {
    std::vector<BufferRef> arguments, results;
    ASSERT_EQ(messageOf(execution->run(arguments, results)), "");
    arenas.insert(values<int64_t>(results[0])[0]);
  }
  EXPECT_EQ(arenas.size(), 1u);
}

/// x + 1 + ... + 1, a hundred times back and forth in the arena.
TEST(Execution, ConcurrentRunsDoNotMeet) {
  constexpr int64_t count = 4096;
  Program program;
  addKernel(program, "increment", increment);
  Function f;
  f.name = "f";
  f.arguments = {{i32({count}), "x"}};
  f.results = {i32({count})};
  f.arenaBytes = 2 * count * 4;
  f.code = {copy(argument(0), arena(), count * 4),
            loop(50, {launch(0, {arena(), arena(count * 4)}, count, muchWork),
                      launch(0, {arena(count * 4), arena()}, count, muchWork)}),
            copy(arena(), result(0), count * 4)};
  program.functions = {f};
  auto execution = prepare(program);
  ASSERT_TRUE(setThreadCount(3).ok());

  std::atomic<int> wrong = 0;
  auto user = [&](int32_t start) {
    for (int run = 0; run < 20; ++run) {
      std::vector<BufferRef> arguments = {
          buffer(std::vector<int32_t>(count, start + run))};
      std::vector<BufferRef> results;
      if (!execution->run(arguments, results).ok() ||
          values(results[0]) != std::vector<int32_t>(count, start + run + 100))
        ++wrong;
    }
  };
  std::thread other(user, 1000);
  user(5);
  other.join();
  EXPECT_EQ(wrong, 0);
}

} // namespace
} // namespace dlc::runtime::test
