// Setups: what depends on some arguments alone is computed when they change.

#include "Support.h"

#include "device/Device.h"

#include <atomic>
#include <thread>

namespace dlc::runtime::test {
namespace {

using Values = std::vector<int32_t>;

int32_t *ints(void *const *slots, int index) {
  return static_cast<int32_t *>(slots[index]);
}

std::atomic<int> setups = 0;

/// slot 1 = 10 * slot 0; counted. Faults where slot 0 is negative.
void tenfold(void *const *slots, int64_t, int64_t, uint64_t *fault) {
  ++setups;
  if (ints(slots, 0)[0] < 0)
    *fault = uint64_t(0) << faultPositionBits;
  for (int i = 0; i < 2; ++i)
    ints(slots, 1)[i] = 10 * ints(slots, 0)[i];
}

/// slot 2 = slot 0 + slot 1.
void add(void *const *slots, int64_t, int64_t, uint64_t *) {
  for (int i = 0; i < 2; ++i)
    ints(slots, 2)[i] = ints(slots, 0)[i] + ints(slots, 1)[i];
}

/// f(x, w) = x + 10 * w, where w is prepared by way of the arena.
Program sumOfTenfold() {
  Program program;
  addKernel(program, "tenfold", tenfold);
  addKernel(program, "add", add);
  program.checks = {{"divide", "a.cpp:1:2", Check::zeroDivisor}};
  Function f;
  f.name = "f";
  f.arguments = {{i32({2}), "x"}, {i32({2}), "w"}};
  f.results = {i32({2})};
  f.arenaBytes = 8;
  f.preparedBytes = 8;
  f.setup = {launch(0, {argument(1), arena()}), copy(arena(), prepared(), 8)};
  f.code = {launch(1, {argument(0), prepared(), result(0)})};
  program.functions = {f};
  return program;
}

/// g(w) = w + w, over w.
Program doubling() {
  Program program;
  addKernel(program, "add", add);
  Function g;
  g.name = "g";
  g.arguments = {{i32({2}), "w", 0}};
  g.results = {i32({2})};
  g.code = {launch(0, {argument(0), argument(0), result(0)})};
  program.functions = {g};
  return program;
}

class Setup : public testing::Test {
protected:
  Setup() { setups = 0; }

  /// f(x, w), or what went wrong.
  static Values run(Execution &f, const Values &x, const BufferRef &w) {
    std::vector<BufferRef> arguments = {buffer(x), w}, results;
    EXPECT_EQ(messageOf(f.run(arguments, results)), "");
    return results.empty() ? Values() : values(results[0]);
  }
};

TEST_F(Setup, RunsOnce) {
  auto f = prepare(sumOfTenfold());
  BufferRef w = buffer({1, 2});
  EXPECT_EQ(run(*f, {1, 1}, w), (Values{11, 21}));
  EXPECT_EQ(run(*f, {2, 3}, w), (Values{12, 23}));
  EXPECT_EQ(run(*f, {4, 4}, w), (Values{14, 24}));
  EXPECT_EQ(setups, 1);
}

TEST_F(Setup, RunsForEachBuffer) {
  auto f = prepare(sumOfTenfold());
  BufferRef v = buffer({1, 2}), w = buffer({1, 2});
  for (int step = 0; step < 3; ++step) {
    EXPECT_EQ(run(*f, {0, 0}, v), (Values{10, 20}));
    EXPECT_EQ(run(*f, {1, 1}, w), (Values{11, 21}));
  }
  EXPECT_EQ(setups, 2);
}

TEST_F(Setup, MoreModelsThanAreKept) {
  auto f = prepare(sumOfTenfold());
  std::vector<BufferRef> models;
  for (int i = 0; i < 9; ++i)
    models.push_back(buffer({i, i}));
  for (int step = 0; step < 2; ++step)
    for (int i = 0; i < 9; ++i)
      EXPECT_EQ(run(*f, {1, 1}, models[i]), Values(2, 10 * i + 1));
  // The last one is among those that are kept.
  int before = setups;
  run(*f, {0, 0}, models[8]);
  EXPECT_EQ(setups, before);
}

/// A new buffer may lie where one that is gone has lain.
TEST_F(Setup, RunsForBuffersAtTheSameAddress) {
  auto f = prepare(sumOfTenfold());
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(run(*f, {0, 0}, buffer({i, 2 * i})), (Values{10 * i, 20 * i}));
  EXPECT_EQ(setups, 20);
}

TEST_F(Setup, RunsAgainAfterAnotherFunctionWroteOverItsArgument) {
  auto f = prepare(sumOfTenfold()), g = prepare(doubling());
  std::vector<BufferRef> w = {buffer({1, 2})}, results;
  const void *memory = w[0]->data();
  for (int step = 0; step < 3; ++step) {
    int32_t n = 1 << step;
    EXPECT_EQ(run(*f, {5, 5}, w[0]), (Values{10 * n + 5, 20 * n + 5}));
    EXPECT_EQ(run(*f, {6, 6}, w[0]), (Values{10 * n + 6, 20 * n + 6}));
    // What was prepared holds no reference, so that w is written over.
    ASSERT_EQ(messageOf(g->run(w, results)), "");
    w.swap(results);
    EXPECT_EQ(w[0]->data(), memory);
  }
  EXPECT_EQ(setups, 3);
}

TEST_F(Setup, RunsAgainAfterAnUpload) {
  auto f = prepare(sumOfTenfold());
  BufferRef w = buffer({1, 2});
  EXPECT_EQ(run(*f, {0, 0}, w), (Values{10, 20}));
  int32_t other[] = {3, 4};
  ASSERT_TRUE(hostDevice().upload(other, *w).ok());
  EXPECT_EQ(run(*f, {0, 0}, w), (Values{30, 40}));
}

/// f(x, w) = x + 10 * w, over w itself.
TEST_F(Setup, RunsAgainAfterItsOwnFunctionWroteOverItsArgument) {
  Program program = sumOfTenfold();
  program.functions[0].arguments[1].donatedTo = 0;
  auto f = prepare(program);
  std::vector<BufferRef> arguments = {buffer({1, 1}), buffer({1, 2})}, results;
  const void *memory = arguments[1]->data();
  for (Values expected : {Values{11, 21}, Values{111, 211}}) {
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    EXPECT_EQ(results[0]->data(), memory);
    EXPECT_EQ(values(results[0]), expected);
    arguments[1] = std::move(results[0]);
  }
  EXPECT_EQ(setups, 2);
}

/// x is donated, but is w as well.
TEST_F(Setup, OneBufferGivenTwice) {
  Program program = sumOfTenfold();
  program.functions[0].arguments[0].donatedTo = 0;
  auto f = prepare(program);
  std::vector<BufferRef> arguments = {buffer({1, 2}), nullptr}, results;
  arguments[1] = arguments[0];
  for (int step = 0; step < 2; ++step) {
    ASSERT_EQ(messageOf(f->run(arguments, results)), "");
    EXPECT_EQ(values(results[0]), (Values{11, 22}));
    EXPECT_EQ(values(arguments[1]), (Values{1, 2}));
  }
  EXPECT_EQ(setups, 1);
}

TEST_F(Setup, AFaultPreparesNothing) {
  auto f = prepare(sumOfTenfold());
  BufferRef good = buffer({1, 2}), bad = buffer({-1, 2});
  EXPECT_EQ(run(*f, {0, 0}, good), (Values{10, 20}));
  std::vector<BufferRef> arguments = {buffer({0, 0}), bad};
  std::vector<BufferRef> results;
  for (int step = 0; step < 2; ++step)
    EXPECT_EQ(messageOf(f->run(arguments, results)),
              "[divide] the divisor at position 0 is zero (a.cpp:1:2)");
  EXPECT_TRUE(results.empty());
  EXPECT_EQ(setups, 3);
  EXPECT_EQ(run(*f, {1, 1}, good), (Values{11, 21}));
  EXPECT_EQ(setups, 3);
}

TEST_F(Setup, SaysWhenMemoryIsShort) {
  Program program = sumOfTenfold();
  program.functions[0].preparedBytes = INT64_MAX;
  auto f = prepare(program);
  std::vector<BufferRef> arguments = {buffer({0, 0}), buffer({1, 2})};
  std::vector<BufferRef> results;
  std::string message = messageOf(f->run(arguments, results));
  EXPECT_TRUE(contains(message, "out of memory: cannot allocate")) << message;
  EXPECT_TRUE(contains(message, "9223372036854775807 prepared")) << message;
  EXPECT_TRUE(results.empty());
  EXPECT_EQ(values(arguments[1]), (Values{1, 2}));
  EXPECT_EQ(setups, 0);
}

TEST_F(Setup, ProfilesCountItsLaunches) {
  auto f = prepare(sumOfTenfold());
  BufferRef w = buffer({1, 2});
  Profile profile;
  for (int step = 0; step < 3; ++step) {
    std::vector<BufferRef> arguments = {buffer({0, 0}), w}, results;
    ASSERT_EQ(messageOf(f->run(arguments, results, &profile)), "");
  }
  EXPECT_EQ(profile[0].launches, 1);
  EXPECT_EQ(profile[1].launches, 3);
}

/// Threads that share weights, and some that have their own.
TEST_F(Setup, ConcurrentRunsDoNotMeet) {
  auto f = prepare(sumOfTenfold());
  BufferRef shared = buffer({1, 2});
  std::atomic<int> wrong = 0;
  auto user = [&](int32_t start) {
    for (int32_t i = start; i < start + 200; ++i) {
      BufferRef own = buffer({i, i});
      bool isOwn = i % 4 == 0;
      std::vector<BufferRef> arguments = {buffer({i, i}), isOwn ? own : shared};
      std::vector<BufferRef> results;
      Values expected = isOwn ? Values(2, 11 * i) : Values{10 + i, 20 + i};
      if (!f->run(arguments, results).ok() || values(results[0]) != expected)
        ++wrong;
    }
  };
  std::vector<std::thread> users;
  for (int32_t start : {0, 1000, 2000})
    users.emplace_back(user, start);
  for (std::thread &each : users)
    each.join();
  EXPECT_EQ(wrong, 0);
}

} // namespace
} // namespace dlc::runtime::test
