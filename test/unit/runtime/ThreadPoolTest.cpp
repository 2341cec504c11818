// The pool: every tile once, on the threads it says, with the same bits.

#include "Support.h"

#include "cpu/ThreadPool.h"

#include <array>
#include <limits>
#include <sched.h>
#include <thread>

namespace dlc::runtime::test {
namespace {

ThreadPool &pool(int threads) {
  EXPECT_TRUE(setThreadCount(threads).ok());
  return **ThreadPool::get();
}

TEST(ThreadPool, RunsEveryTileOnce) {
  for (int threads : {1, 2, 3, 16, 64})
    for (int64_t tiles : {1, 2, 3, 15, 16, 17, 783}) {
      std::vector<std::atomic<int>> runs(tiles);
      pool(threads).run(tiles, muchWork, [&](int64_t first, int64_t last) {
        for (int64_t tile = first; tile < last; ++tile)
          ++runs[tile];
      });
      for (std::atomic<int> &count : runs)
        EXPECT_EQ(count, 1) << tiles << " tiles on " << threads << " threads";
    }
}

TEST(ThreadPool, EveryWorkerGetsItsShare) {
  for (int threads : {2, 3, 16}) {
    pool(1); // Start with fresh workers and counters.
    // Nobody is done before all have begun, so nobody takes another's part.
    auto launch = [&] {
      std::atomic<int> begun = 0;
      ThreadPool &all = pool(threads);
      all.run(1600, muchWork, [&](int64_t, int64_t) {
        // The system may have given fewer threads.
        for (++begun; begun < all.size();)
          std::this_thread::yield();
      });
    };
    launch();
    std::vector<int64_t> before = pool(threads).tilesRun();
    launch();
    std::vector<int64_t> after = pool(threads).tilesRun();
    ASSERT_EQ(std::ssize(after), threads);
    for (int i = 0; i < threads; ++i) {
      EXPECT_GE(after[i] - before[i], 1600 / threads);
      EXPECT_LE(after[i] - before[i], 1600 / threads + 1);
    }
  }
}

TEST(ThreadPool, ARegionRunsEveryTileOnce) {
  // Large ones, small ones, ones of few tiles.
  constexpr std::array<std::array<int64_t, 2>, 9> sizes = {{{7, muchWork},
                                                            {1, 10},
                                                            {64, muchWork},
                                                            {5, 200'000},
                                                            {1, muchWork},
                                                            {100, 10},
                                                            {16, muchWork},
                                                            {2, 140'000},
                                                            {3, muchWork}}};
  for (int threads : {1, 2, 3, 16, 64}) {
    std::vector<std::vector<std::atomic<int>>> runs;
    for (auto [tiles, work] : sizes)
      runs.emplace_back(tiles);
    auto bodyOf = [&](size_t launch) {
      return [&runs, launch](int64_t first, int64_t last) {
        for (int64_t tile = first; tile < last; ++tile)
          ++runs[launch][tile];
      };
    };
    std::vector<decltype(bodyOf(0))> bodies;
    for (size_t i = 0; i < sizes.size(); ++i)
      bodies.push_back(bodyOf(i));
    std::vector<ThreadPool::Launch> region;
    for (size_t i = 0; i < sizes.size(); ++i)
      region.emplace_back(sizes[i][0], sizes[i][1], bodies[i]);
    pool(threads).run(region);
    for (size_t i = 0; i < sizes.size(); ++i)
      for (std::atomic<int> &count : runs[i])
        EXPECT_EQ(count, 1)
            << "launch " << i << " on " << threads << " threads";
  }
}

/// Two launches that each wait until the other has begun.
TEST(ThreadPool, LaunchesOfARegionRunAtTheSameTime) {
  ThreadPool &two = pool(2);
  two.run(2, muchWork, [](int64_t, int64_t) {});
  if (two.size() < 2)
    GTEST_SKIP() << "the system gives no second thread";
  std::atomic<int> begun = 0;
  std::array<std::thread::id, 2> threads;
  auto bodyOf = [&](int launch) {
    return [&, launch](int64_t, int64_t) {
      threads[launch] = std::this_thread::get_id();
      for (++begun; begun < 2;)
        std::this_thread::yield();
    };
  };
  auto first = bodyOf(0), second = bodyOf(1);
  std::array region = {ThreadPool::Launch(1, muchWork, first),
                       ThreadPool::Launch(1, muchWork, second)};
  two.run(region);
  EXPECT_NE(threads[0], threads[1]);
}

TEST(ThreadPool, EveryNumberOfThreadsGivesTheSameBits) {
  constexpr int64_t rows = 783, columns = 255;
  std::vector<float> sums(rows), first;
  for (int threads : {1, 2, 3, 16}) {
    pool(threads).run(rows, muchWork, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; ++row) {
        float sum = 0;
        for (int64_t column = 0; column < columns; ++column)
          sum += 1.0f / static_cast<float>(row * columns + column + 1);
        sums[row] = sum;
      }
    });
    if (threads == 1)
      first = sums;
    EXPECT_EQ(sums, first) << threads << " threads";
  }
}

TEST(ThreadPool, SmallLaunchesStayOnTheirCaller) {
  std::thread::id caller = std::this_thread::get_id();
  int calls = 0;
  pool(16).run(100, 5000, [&](int64_t first, int64_t last) {
    ++calls;
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_EQ(last - first, 100);
  });
  EXPECT_EQ(calls, 1);
}

/// A worker that gets no CPU: it has the caller's, with the lowest priority.
TEST(ThreadPool, ACallerTakesThePartsOfThoseWhoDoNotRun) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(sched_getcpu(), &one);
  std::thread([&] {
    sched_param priority = {};
    ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
    ASSERT_EQ(sched_setscheduler(0, SCHED_IDLE, &priority), 0);
    pool(1); // The worker is new, and inherits both.
    pool(2).run(2, muchWork, [](int64_t, int64_t) {});
  }).join();
  std::thread([&] {
    ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
    constexpr int64_t launches = 200;
    int64_t before = pool(2).tilesRun()[0];
    std::atomic<int64_t> tiles = 0;
    for (int64_t launch = 0; launch < launches; ++launch)
      pool(2).run(2, muchWork,
                  [&](int64_t first, int64_t last) { tiles += last - first; });
    EXPECT_EQ(tiles, 2 * launches);
    EXPECT_GT(pool(2).tilesRun()[0] - before, 3 * launches / 2);
  }).join();
  pool(1); // Later workers may have any CPU.
}

TEST(ThreadPool, ASecondLaunchGoesInline) {
  ThreadPool &threads = pool(2);
  std::atomic<bool> inner = false;
  // While the pool is busy, a launch from elsewhere runs where it is called.
  threads.run(2, muchWork, [&](int64_t first, int64_t) {
    if (first == 0)
      return;
    std::thread([&] {
      std::thread::id caller = std::this_thread::get_id();
      threads.run(2, muchWork, [&](int64_t first, int64_t last) {
        inner = std::this_thread::get_id() == caller && first == 0 && last == 2;
      });
    }).join();
  });
  EXPECT_TRUE(inner);
}

TEST(ThreadPool, WorkersWakeAfterAPause) {
  std::atomic<int> tiles = 0;
  for (int pause : {0, 1, 20}) {
    std::this_thread::sleep_for(std::chrono::milliseconds(pause));
    pool(3).run(3, muchWork, [&](int64_t first, int64_t last) {
      tiles += static_cast<int>(last - first);
    });
  }
  EXPECT_EQ(tiles, 9);
}

/// Waking a thread takes longer than a short region does.
TEST(ThreadPool, OnlyWorkThatIsWorthItWakesWorkers) {
  ThreadPool &two = pool(2);
  auto piecesOf = [&](int64_t work) {
    std::atomic<int> pieces = 0;
    two.run(2, work, [&](int64_t, int64_t) { ++pieces; });
    return pieces.load();
  };
  ASSERT_LE(piecesOf(muchWork), 2);
  if (two.size() < 2)
    GTEST_SKIP() << "the system gives no second thread";
  constexpr int64_t shortWork = 1 << 20;
  bool isAsleep = false;
  for (int i = 0; i < 1000 && !isAsleep; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    isAsleep = piecesOf(shortWork) == 1;
  }
  EXPECT_TRUE(isAsleep);
  EXPECT_EQ(piecesOf(muchWork), 2);
  // Many short ones are as good as a long one.
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  bool isAwake = false;
  for (int i = 0; i < 100 && !isAwake; ++i)
    isAwake = piecesOf(shortWork) == 2;
  EXPECT_TRUE(isAwake);
}

TEST(ThreadPool, ManyLaunchesInARow) {
  for (int threads : {2, 16}) {
    std::atomic<int64_t> tiles = 0;
    for (int launch = 0; launch < 2000; ++launch)
      pool(threads).run(64, muchWork, [&](int64_t first, int64_t last) {
        tiles += last - first;
      });
    EXPECT_EQ(tiles, 2000 * 64);
  }
}

TEST(ThreadPool, HoldsItsSizeInBounds) {
  for (int count : {0, -1, 65})
    EXPECT_EQ(messageOf(setThreadCount(count)),
              "the number of threads must lie between 1 and 64, got " +
                  std::to_string(count));
  ASSERT_TRUE(setThreadCount(64).ok());
  EXPECT_EQ(*threadCount(), 64);
}

/// Halves a denormal, a tile an element.
void halve(void *const *slots, int64_t first, int64_t last, uint64_t *) {
  for (int64_t i = first; i < last; ++i)
    static_cast<volatile float *>(slots[1])[i] =
        static_cast<volatile float *>(slots[0])[i] * 0.5f;
}

/// A caller that flushes denormals and rounds down gets the same bits.
TEST(ThreadPool, KernelsRunInTheDefaultFloatEnvironment) {
  constexpr int64_t count = 64;
  Program program;
  addKernel(program, "halve", halve);
  Function f;
  f.name = "f";
  f.arguments = {{{ElementType::f32, {count}}, "x"}};
  f.results = {{ElementType::f32, {count}}};
  f.code = {launch(0, {argument(0), result(0)}, count, muchWork)};
  program.functions = {f};
  auto execution = prepare(program);

  float denormal = std::numeric_limits<float>::denorm_min();
  std::vector<float> twice(count, 2 * denormal), once(count, denormal);
  std::vector<BufferRef> x = {buffer(twice)}, results;

  pool(1);
  unsigned saved = __builtin_ia32_stmxcsr();
  constexpr unsigned flushDenormals = 0x8040, roundDown = 0x2000;
  __builtin_ia32_ldmxcsr(saved | flushDenormals | roundDown);
  pool(3); // Its workers start within this environment.
  Status status = execution->run(x, results);
  EXPECT_EQ(__builtin_ia32_stmxcsr() & (flushDenormals | roundDown),
            flushDenormals | roundDown);
  __builtin_ia32_ldmxcsr(saved);
  ASSERT_EQ(messageOf(status), "");
  EXPECT_EQ(values<float>(results[0]), once);
}

/// What DLC_NUM_THREADS does, each time in a new process.
class Environment : public testing::Test {
protected:
  Environment() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  /// Prints the number of threads or the error, and ends the process.
  [[noreturn]] static void report(const char *setting) {
    setenv("DLC_NUM_THREADS", setting, 1);
    Expected<int> count = threadCount();
    std::fprintf(stderr, "%s",
                 count ? std::to_string(*count).c_str()
                       : count.message().c_str());
    std::exit(count ? 0 : 1);
  }
};

using EnvironmentDeathTest = Environment;

TEST_F(EnvironmentDeathTest, NumThreads) {
  EXPECT_EXIT(report("1"), testing::ExitedWithCode(0), "^1$");
  for (const char *bad : {"0", "-3", "abc", "2x", " 2", "1.5"})
    EXPECT_EXIT(report(bad), testing::ExitedWithCode(1),
                "^DLC_NUM_THREADS is '" + std::string(bad) +
                    "': expected a number of threads, 1 or more$");
}

TEST_F(EnvironmentDeathTest, NumThreadsIsClamped) {
  for (std::string large : {"1000", "99999999999999999999"})
    EXPECT_EXIT(report(large.c_str()), testing::ExitedWithCode(0),
                "^dlc: DLC_NUM_THREADS is " + large +
                    "; using ([0-9]+), one for each CPU that this process may "
                    "use\n[0-9]+$");
}

TEST_F(EnvironmentDeathTest, NumThreadsIsNotNeeded) {
  EXPECT_EXIT(report(""), testing::ExitedWithCode(0), "^[1-9][0-9]*$");
}

} // namespace
} // namespace dlc::runtime::test
