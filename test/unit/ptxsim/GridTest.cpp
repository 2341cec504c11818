// Blocks that wait for each other: a barrier of the whole grid, written by hand
// as the compiler writes it, and what is found where a part of it is missing.

#include "Support.h"

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

/// %r1: the block; %r2: how many there are.
constexpr const char *ids = R"(
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %nctaid.x;
)";

/// Meets for the first time; the count is what %rd1 points to. A label's name
/// ends in `number`.
std::string barrier(const std::string &number = "1") {
  return R"(
  bar.sync 0;
  setp.ne.s32 %p1, %r0, 0;
  @%p1 bra met)" +
         number + R"(;
  membar.gl;
  atom.global.add.u64 %rd10, [%rd1], 1;
  mul.wide.u32 %rd11, %r2, )" +
         number + R"(;
wait)" + number +
         R"(:
  ld.volatile.global.u64 %rd12, [%rd1];
  setp.ge.u64 %p2, %rd12, %rd11;
  @%p2 bra all)" +
         number + R"(;
  nanosleep.u32 64;
  bra.uni wait)" +
         number + R"(;
all)" + number +
         R"(:
  membar.gl;
met)" + number +
         R"(:
  bar.sync 0;
)";
}

/// Loads into `to` what the thread of the same number, so many blocks further
/// on, has written to buffer 0.
std::string loadFrom(const std::string &blocks, const std::string &to) {
  return R"(
  add.u32 %r5, %r1, )" +
         blocks + R"(;
  rem.u32 %r5, %r5, %r2;
  mad.lo.u32 %r6, %r5, 64, %r0;
  mul.wide.u32 %rd22, %r6, 4;
  add.s64 %rd22, %rd0, %rd22;
  ld.global.u32 )" +
         to + ", [%rd22];\n";
}

/// Each thread writes its number in the grid plus 1 to buffer 0, and after
/// `between` what the next block's thread of the same number has written to
/// buffer 2.
std::string rotate(const std::string &between) {
  return kernel(std::string(ids) + R"(
  mad.lo.u32 %r3, %r1, 64, %r0;
  mul.wide.u32 %rd20, %r3, 4;
  add.s64 %rd21, %rd0, %rd20;
  add.u32 %r4, %r3, 1;
  st.global.u32 [%rd21], %r4;
)" + between + loadFrom("1", "%r7") +
                R"(
  add.s64 %rd23, %rd2, %rd20;
  st.global.u32 [%rd23], %r7;
)");
}

Simulation run(const std::string &text, int64_t blocks, bool cooperative,
               Limits limits = {}) {
  Simulation simulation(text, limits);
  simulation.out<uint32_t>(64 * blocks)
      .in<uint64_t>({0})
      .out<uint32_t>(64 * blocks);
  Launch launch;
  launch.kernel = "k";
  launch.grid.x = blocks;
  launch.block.x = 64;
  launch.cooperative = cooperative;
  std::vector<uint64_t> words = simulation.words;
  words.resize(4);
  launch.parameters =
      packParameters(*simulation.machine->module().find("k"), words);
  Status status = simulation.machine->launch(launch);
  EXPECT_TRUE(status.ok()) << status.message();
  return simulation;
}

TEST(Grid, BlocksMeet) {
  Simulation done = run(rotate(barrier()), 3, /*cooperative=*/true);
  EXPECT_TRUE(done.faults().empty()) << done.complaints();
  std::vector<uint32_t> expected(192);
  for (uint32_t i = 0; i < 192; ++i)
    expected[i] = (i + 64) % 192 + 1;
  EXPECT_EQ(done.get<uint32_t>(2), expected);
  EXPECT_EQ(done.get<uint64_t>(1), std::vector<uint64_t>{3});
}

TEST(Grid, BlocksMeetAgain) {
  // The second writes go over what other blocks have read before.
  std::string again = barrier() + loadFrom("2", "%r8") + barrier("2") + R"(
  add.u32 %r8, %r8, 1000;
  st.global.u32 [%rd21], %r8;
)";
  Simulation done = run(rotate(again + barrier("3")), 3, true);
  EXPECT_TRUE(done.faults().empty()) << done.complaints();
  EXPECT_EQ(done.get<uint32_t>(2)[0], 1001u);
  // Without the second, a block overwrites what another has yet to read. The
  // count that lets the other go on was seen after that: no race, but wrong.
  std::string without = again;
  without.replace(without.find(barrier("2")), barrier("2").size(), "");
  Simulation bad = run(rotate(without + barrier("2")), 3, true);
  EXPECT_NE(bad.get<uint32_t>(2), done.get<uint32_t>(2));
}

TEST(Grid, ReleaseAndAcquireAreFencesToo) {
  std::string text = barrier();
  auto replace = [&](const std::string &from, const std::string &to) {
    size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  replace("membar.gl;", "");
  replace("atom.global.add.u64 %rd10, [%rd1], 1;",
          "red.release.gpu.global.add.u64 [%rd1], 1;");
  replace("ld.volatile.global.u64", "ld.acquire.gpu.global.u64");
  replace("membar.gl;", "");
  Simulation done = run(rotate(text), 3, true);
  EXPECT_TRUE(done.faults().empty()) << done.complaints();
}

TEST(Grid, WithoutABarrierBlocksRace) {
  std::string text = rotate("bar.sync 0;");
  Simulation bad = run(text, 3, true);
  ASSERT_FALSE(bad.faults().empty());
  for (const Fault &fault : bad.faults())
    EXPECT_TRUE(fault.kind == FaultKind::race ||
                fault.kind == FaultKind::unwritten)
        << fault.text;
}

/// What is found if `part` of the barrier, its `which`-th, is left out.
std::string without(const std::string &part, int which) {
  std::string text = barrier();
  size_t at = text.find(part);
  for (; which > 0 && at != std::string::npos; --which)
    at = text.find(part, at + 1);
  EXPECT_NE(at, std::string::npos) << part;
  text.replace(at, part.size(), "");
  return rotate(text);
}

TEST(Grid, EveryPartOfTheBarrierIsNeeded) {
  struct Part {
    const char *text;
    int which;
  };
  for (Part part : {Part{"bar.sync 0;", 0}, Part{"bar.sync 0;", 1},
                    Part{"membar.gl;", 0}, Part{"membar.gl;", 1}}) {
    Simulation bad = run(without(part.text, part.which), 3, true);
    bool found = false;
    for (const Fault &fault : bad.faults())
      found |= fault.kind == FaultKind::race;
    EXPECT_TRUE(found) << part.text << " " << part.which << "\n"
                       << bad.complaints();
  }
}

TEST(Grid, WhoWaitsForBlocksThatDoNotRunWaitsForEver) {
  std::string text = rotate(barrier());
  // One block after the other: the first never sees the second.
  Simulation bad = run(text, 2, /*cooperative=*/false);
  ASSERT_FALSE(bad.faults().empty());
  const Fault &fault = bad.faults()[0];
  EXPECT_EQ(fault.kind, FaultKind::deadlock);
  EXPECT_NE(fault.text.find("kernel k, PTX line"), std::string::npos);
  EXPECT_NE(fault.text.find("a thread waits for what no block does that runs "
                            "at the same time; block (0,0,0) thread (0,0,0)"),
            std::string::npos)
      << fault.text;
}

TEST(Grid, AMissingArrivalIsADeadlock) {
  std::string text = barrier();
  size_t at = text.find("  atom.global");
  text.insert(at, "  setp.eq.u32 %p3, %r1, 1;\n  @%p3 bra wait1;\n");
  // The multiplication is skipped with it.
  size_t product = text.find("  mul.wide.u32 %rd11");
  std::string line = text.substr(product, text.find('\n', product) - product);
  text.erase(product, line.size());
  text.insert(0, line + "\n");
  Simulation bad = run(rotate(text), 3, true);
  ASSERT_FALSE(bad.faults().empty());
  for (const Fault &fault : bad.faults())
    EXPECT_EQ(fault.kind, FaultKind::deadlock) << fault.text;
  // All three blocks wait at one instruction.
  EXPECT_EQ(bad.machine->faults.total(), 3);
}

TEST(Grid, MoreBlocksThanRunAtTheSameTimeAreRefused) {
  Limits limits;
  limits.residentBlocks = 2;
  Machine machine(std::move(*parsePtx(rotate(barrier()))), limits);
  Launch launch;
  launch.kernel = "k";
  launch.grid.x = 3;
  launch.block.x = 64;
  launch.cooperative = true;
  launch.parameters.resize(32);
  Status status = machine.launch(launch);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(), "kernel 'k': of its 3 blocks, which wait for "
                              "each other, only 2 run at the same time");
}

} // namespace
