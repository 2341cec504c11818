// What a run takes of memory is what its plan says, and a little.

#include "Support.h"

#include <fstream>

namespace dlc::runtime::test {
namespace {

/// Bytes of this process in memory, by their name in /proc/self/status.
int64_t resident(const std::string &name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (int64_t kilobytes; word == name && status >> kilobytes)
      return kilobytes << 10;
  return -1;
}

/// f(x) = x by way of as much of the arena, twice.
Program copies(int64_t bytes) {
  Program program;
  Function f;
  f.name = "f";
  f.arguments = {{i32({bytes / 4}), "x"}};
  f.results = {i32({bytes / 4})};
  f.arenaBytes = 2 * bytes;
  f.code = {copy(argument(0), arena(), bytes),
            copy(arena(), arena(bytes), bytes),
            copy(arena(bytes), result(0), bytes)};
  program.functions = {f};
  return program;
}

TEST(Memory, ThePeakIsThePlanAndAConstant) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "what a sanitizer keeps counts as well";
#endif
  // Two pieces of memory at most end in a huge page of 2 MiB.
  constexpr int64_t constant = int64_t(4) << 20;
  for (int64_t bytes : {int64_t(1) << 20, int64_t(24) << 20}) {
    auto f = prepare(copies(bytes));
    std::vector<BufferRef> x = {*Buffer::allocate(bytes)}, results;
    std::memset(x[0]->data(), 1, bytes);
    // Lets the peak begin at what there is.
    std::ofstream("/proc/self/clear_refs") << "5" << std::flush;
    int64_t before = resident("VmRSS:");
    if (before < 0 || resident("VmHWM:") > before + constant)
      GTEST_SKIP() << "this system does not say";
    ASSERT_EQ(messageOf(f->run(x, results)), "");
    int64_t plan = 2 * bytes + bytes, taken = resident("VmHWM:") - before;
    EXPECT_GE(taken, plan - constant);
    EXPECT_LE(taken, plan + constant);
    // The arena stays, for the next run, and so does a result.
    results.clear();
    ASSERT_EQ(messageOf(f->run(x, results)), "");
    EXPECT_LE(resident("VmHWM:") - before, plan + constant);
  }
}

} // namespace
} // namespace dlc::runtime::test
