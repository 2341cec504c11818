// Counters of kernels whose traffic is known.

#include "Support.h"

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

/// 32 lanes read 4 bytes each, `stride` bytes apart.
GlobalTraffic loads(int stride) {
  Simulation run(kernel("  mul.wide.u32 %rd10, %r0, " + std::to_string(stride) +
                        ";\n  add.s64 %rd10, %rd0, %rd10;\n"
                        "  ld.global.f32 %f1, [%rd10];"));
  run.in(std::vector<float>(32 * std::max(stride, 4) / 4, 1.0f)).go(32);
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  return run.counts().loads;
}

TEST(Statistics, SectorsOfARequest) {
  EXPECT_EQ(loads(4).sectors, 4);
  EXPECT_EQ(loads(8).sectors, 8);
  EXPECT_EQ(loads(32).sectors, 32);
  EXPECT_EQ(loads(128).sectors, 32);
  EXPECT_EQ(loads(0).sectors, 1);
  EXPECT_EQ(loads(128).idealSectors, 4);
  EXPECT_EQ(loads(4).requests, 1);
  EXPECT_EQ(loads(4).bytes, 128);
}

/// 32 lanes write 4 bytes each, `stride` bytes apart, into shared memory.
int64_t conflicts(int stride) {
  Simulation run(kernel("  mul.lo.u32 %r1, %r0, " + std::to_string(stride) +
                            ";\n  mov.u32 %r2, s;\n  add.u32 %r1, %r1, %r2;\n"
                            "  st.shared.u32 [%r1], 1;",
                        ".shared .align 16 .b8 s[8192];\n"));
  run.go(32);
  return run.counts().shared.conflicts;
}

TEST(Statistics, BankConflicts) {
  EXPECT_EQ(conflicts(4), 0);
  EXPECT_EQ(conflicts(8), 1);
  EXPECT_EQ(conflicts(64), 15);
  EXPECT_EQ(conflicts(128), 31);
  EXPECT_EQ(conflicts(132), 0); // the usual padding
}

TEST(Statistics, WideSharedAccessesTakeSeveralRoundsWithoutConflict) {
  Simulation run(kernel(R"(
  shl.b32 %r1, %r0, 4;
  mov.u32 %r2, s;
  add.u32 %r1, %r1, %r2;
  st.shared.v4.u32 [%r1], {%r0, %r0, %r0, %r0};)",
                        ".shared .align 16 .b8 s[512];\n"));
  run.go(32);
  EXPECT_EQ(run.counts().shared.requests, 1);
  EXPECT_EQ(run.counts().shared.conflicts, 0);
}

// The lanes of a quarter of a warp, whichever of them ask: five of each eight
// read a row, and the rows begin at the same bank.
TEST(Statistics, WideSharedAccessesOfSomeLanes) {
  Simulation run(kernel(R"(
  and.b32 %r1, %r0, 7;
  setp.lt.u32 %p1, %r1, 5;
  shl.b32 %r1, %r1, 4;
  shr.u32 %r3, %r0, 3;
  shl.b32 %r3, %r3, 7;
  add.u32 %r1, %r1, %r3;
  mov.u32 %r2, s;
  add.u32 %r1, %r1, %r2;
  @%p1 st.shared.v4.u32 [%r1], {%r0, %r0, %r0, %r0};)",
                        ".shared .align 16 .b8 s[512];\n"));
  run.go(32);
  EXPECT_EQ(run.counts().shared.requests, 1);
  EXPECT_EQ(run.counts().shared.conflicts, 0);
}

TEST(Statistics, InstructionsByClassAndBytes) {
  Simulation run(kernel(R"(
  mul.wide.u32 %rd10, %r0, 4;
  add.s64 %rd11, %rd0, %rd10;
  add.s64 %rd12, %rd1, %rd10;
  ld.global.f32 %f1, [%rd11];
  ld.global.f32 %f2, [%rd0];
  fma.rn.f32 %f3, %f1, %f2, %f1;
  setp.lt.u32 %p1, %r0, 8;
  @%p1 st.global.f32 [%rd12], %f3;)"));
  run.in(std::vector<float>(32, 2.0f)).out<float>(32).go(32);
  const KernelStatistics &counts = run.counts();
  auto of = [&](Class type) { return counts.byClass[static_cast<int>(type)]; };
  EXPECT_EQ(of(Class::floating), 32);
  EXPECT_EQ(of(Class::integer), 96);
  EXPECT_EQ(of(Class::global), 32 + 32 + 8);
  EXPECT_EQ(counts.stores.requests, 1);
  EXPECT_EQ(counts.stores.bytes, 32);
  EXPECT_EQ(counts.bytesRead, 128);
  EXPECT_EQ(counts.bytesWritten, 32);
  EXPECT_EQ(counts.divergentBranches, 0);
  EXPECT_EQ(counts.lines.size(), 3u);
}

} // namespace
