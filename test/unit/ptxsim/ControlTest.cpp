// Branches, calls, barriers, and what lanes tell one another.

#include "Support.h"

#include <algorithm>
#include <numeric>

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

/// What each of 32 threads leaves in %r1.
std::vector<uint32_t> lanes(const std::string &body,
                            const std::string &before = "") {
  Simulation run(kernel(body + R"(
  mul.wide.u32 %rd30, %r0, 4;
  add.s64 %rd30, %rd0, %rd30;
  st.global.u32 [%rd30], %r1;)",
                        before));
  run.out<uint32_t>(32).go(32);
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  return run.get<uint32_t>(0);
}

std::vector<uint32_t> each(uint32_t (*value)(uint32_t)) {
  std::vector<uint32_t> values(32);
  for (uint32_t lane = 0; lane < 32; ++lane)
    values[lane] = value(lane);
  return values;
}

TEST(Control, LanesMeetAgainAfterABranch) {
  // The mask after the branch counts those that have come back: all.
  EXPECT_EQ(lanes(R"(
  setp.lt.u32 %p1, %r0, 10;
  @%p1 bra less;
  mov.u32 %r1, 100;
  bra.uni join;
less:
  mov.u32 %r1, 200;
join:
  activemask.b32 %r2;
  popc.b32 %r3, %r2;
  add.u32 %r1, %r1, %r3;)"),
            each([](uint32_t lane) { return lane < 10 ? 232u : 132u; }));
}

TEST(Control, LanesThatLeaveALoopWaitForTheOthers) {
  // Blocks are laid out as LLVM does: the loop's exit stands before its head.
  EXPECT_EQ(lanes(R"(
  mov.u32 %r1, 0;
  mov.u32 %r2, 0;
  bra.uni head;
done:
  activemask.b32 %r3;
  popc.b32 %r3, %r3;
  mad.lo.u32 %r1, %r3, 1000, %r1;
  bra.uni end;
head:
  add.u32 %r1, %r1, %r2;
  add.u32 %r2, %r2, 1;
  setp.gt.u32 %p1, %r2, %r0;
  @%p1 bra done;
  bra.uni head;
end:)"),
            each([](uint32_t lane) { return 32000 + lane * (lane + 1) / 2; }));
}

TEST(Control, NestedLoops) {
  EXPECT_EQ(lanes(R"(
  mov.u32 %r1, 0;
  mov.u32 %r2, 0;
outer:
  mov.u32 %r3, 0;
inner:
  add.u32 %r1, %r1, 1;
  add.u32 %r3, %r3, 1;
  setp.le.u32 %p1, %r3, %r2;
  @%p1 bra inner;
  add.u32 %r2, %r2, 1;
  and.b32 %r4, %r0, 3;
  setp.le.u32 %p2, %r2, %r4;
  @%p2 bra outer;)"),
            each([](uint32_t lane) {
              uint32_t n = (lane & 3) + 1;
              return n * (n + 1) / 2;
            }));
}

TEST(Control, GuardsSkipSingleInstructions) {
  EXPECT_EQ(lanes(R"(
  setp.lt.u32 %p1, %r0, 4;
  mov.u32 %r1, 1;
  @%p1 mov.u32 %r1, 2;
  @!%p1 add.u32 %r1, %r1, 4;)"),
            each([](uint32_t lane) { return lane < 4 ? 2u : 5u; }));
}

TEST(Control, IndexedBranches) {
  EXPECT_EQ(lanes(R"(
  and.b32 %r2, %r0, 1;
list: .branchtargets zero, one;
  brx.idx %r2, list;
zero:
  mov.u32 %r1, 7;
  bra.uni end;
one:
  mov.u32 %r1, 8;
end:)"),
            each([](uint32_t lane) { return lane % 2 ? 8u : 7u; }));
}

TEST(Control, FunctionsRecurse) {
  // Lane n computes n! modulo 2^32 by calls of different depth.
  EXPECT_EQ(lanes(R"(
  { // callseq 0, 0
  .param .b32 param0;
  st.param.b32 [param0+0], %r0;
  .param .b32 retval0;
  call.uni (retval0), factorial, (param0);
  ld.param.b32 %r1, [retval0+0];
  })",
                  R"(
.func (.param .b32 func_retval0) factorial(.param .b32 factorial_param_0)
{
  .reg .pred %p<2>;
  .reg .b32 %r<6>;
  ld.param.u32 %r1, [factorial_param_0];
  mov.u32 %r4, 1;
  setp.lt.u32 %p1, %r1, 2;
  @%p1 bra done;
  add.s32 %r2, %r1, -1;
  { .param .b32 param0;
  st.param.b32 [param0+0], %r2;
  .param .b32 retval0;
  call.uni (retval0), factorial, (param0);
  ld.param.b32 %r3, [retval0+0];
  }
  mul.lo.s32 %r4, %r3, %r1;
done:
  st.param.b32 [func_retval0+0], %r4;
  ret;
}
)"),
            each([](uint32_t lane) {
              uint32_t product = 1;
              for (uint32_t k = 2; k <= lane; ++k)
                product *= k;
              return product;
            }));
}

TEST(Control, ShuffleModes) {
  EXPECT_EQ(lanes("  shfl.sync.bfly.b32 %r1, %r0, 5, 31, -1;"),
            each([](uint32_t lane) { return lane ^ 5; }));
  EXPECT_EQ(lanes("  shfl.sync.idx.b32 %r1, %r0, 3, 31, -1;"),
            each([](uint32_t) { return 3u; }));
  EXPECT_EQ(
      lanes("  shfl.sync.down.b32 %r1, %r0, 4, 31, -1;"),
      each([](uint32_t lane) { return lane + 4 < 32 ? lane + 4 : lane; }));
  EXPECT_EQ(lanes("  shfl.sync.up.b32 %r1, %r0, 4, 0, -1;"),
            each([](uint32_t lane) { return lane < 4 ? lane : lane - 4; }));
  // Segments of 8 lanes: 0x18 in bits 8 to 12.
  EXPECT_EQ(lanes("  shfl.sync.idx.b32 %r1, %r0, 2, 6175, -1;"),
            each([](uint32_t lane) { return (lane & 24) + 2; }));
  // The predicate says whether the value came from another place in range.
  EXPECT_EQ(lanes(R"(
  shfl.sync.down.b32 %r2|%p1, %r0, 30, 31, -1;
  selp.u32 %r1, 1, 0, %p1;)"),
            each([](uint32_t lane) { return lane < 2 ? 1u : 0u; }));
}

TEST(Control, LanesWaitForThoseThatAShuffleNames) {
  // Half of the lanes come to the shuffle later than the others.
  EXPECT_EQ(
      lanes(R"(
  mov.u32 %r2, %r0;
  setp.lt.u32 %p1, %r0, 16;
  @%p1 bra meet;
  add.u32 %r2, %r2, 100;
meet:
  shfl.sync.bfly.b32 %r1, %r2, 16, 31, -1;)"),
      each([](uint32_t lane) { return lane < 16 ? lane + 116 : lane - 16; }));
}

TEST(Control, VoteMatchAndReduce) {
  EXPECT_EQ(lanes(R"(
  setp.lt.u32 %p1, %r0, 3;
  vote.sync.ballot.b32 %r1, %p1, -1;)"),
            each([](uint32_t) { return 7u; }));
  EXPECT_EQ(lanes(R"(
  setp.lt.u32 %p1, %r0, 3;
  vote.sync.any.pred %p2, %p1, -1;
  vote.sync.all.pred %p3, %p1, -1;
  vote.sync.uni.pred %p4, %p1, -1;
  selp.u32 %r1, 1, 0, %p2;
  selp.u32 %r2, 2, 0, %p3;
  selp.u32 %r3, 4, 0, %p4;
  or.b32 %r1, %r1, %r2;
  or.b32 %r1, %r1, %r3;)"),
            each([](uint32_t) { return 1u; }));
  EXPECT_EQ(
      lanes(R"(
  and.b32 %r2, %r0, 1;
  match.any.sync.b32 %r1, %r2, -1;)"),
      each([](uint32_t lane) { return lane % 2 ? 0xAAAAAAAAu : 0x55555555u; }));
  EXPECT_EQ(lanes("  redux.sync.add.u32 %r1, %r0, -1;"),
            each([](uint32_t) { return 496u; }));
}

TEST(Control, BarriersOrderWarps) {
  // Each thread writes its number and reads its neighbour's, 100 times over.
  std::string text = kernel(R"(
  mov.u32 %r1, %r0;
  mov.u32 %r5, 0;
  shl.b32 %r2, %r0, 2;
  mov.u32 %r3, s;
  add.u32 %r2, %r3, %r2;
loop:
  st.shared.u32 [%r2], %r1;
  bar.sync 0;
  add.u32 %r6, %r0, 33;
  and.b32 %r6, %r6, 127;
  shl.b32 %r6, %r6, 2;
  add.u32 %r6, %r3, %r6;
  ld.shared.u32 %r1, [%r6];
  bar.sync 0;
  add.u32 %r5, %r5, 1;
  setp.lt.u32 %p1, %r5, 100;
  @%p1 bra loop;
  mul.wide.u32 %rd30, %r0, 4;
  add.s64 %rd30, %rd0, %rd30;
  st.global.u32 [%rd30], %r1;)",
                            ".shared .align 4 .b8 s[512];\n");
  Simulation run(text);
  run.out<uint32_t>(128).go(128);
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  for (uint32_t thread = 0; thread < 128; ++thread)
    EXPECT_EQ(run.get<uint32_t>(0)[thread], (thread + 33 * 100) % 128);
  EXPECT_EQ(run.counts().barriers, 4 * 200);
}

TEST(Control, BarriersOfSomeWarps) {
  // Warps 0 and 1 meet at barrier 1, warps 2 and 3 at barrier 2.
  Simulation run(kernel(R"(
  shr.u32 %r1, %r0, 6;
  add.u32 %r1, %r1, 1;
  shl.b32 %r2, %r0, 2;
  mov.u32 %r3, s;
  add.u32 %r2, %r3, %r2;
  st.shared.u32 [%r2], %r0;
  bar.sync %r1, 64;
  xor.b32 %r4, %r2, 128;
  ld.shared.u32 %r5, [%r4];
  mul.wide.u32 %rd30, %r0, 4;
  add.s64 %rd30, %rd0, %rd30;
  st.global.u32 [%rd30], %r5;)",
                        ".shared .align 512 .b8 s[512];\n"));
  run.out<uint32_t>(128).go(128);
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  EXPECT_EQ(run.get<uint32_t>(0)[70], 102u);
}

TEST(Control, SharedVariablesAreTheirEntrys) {
  std::string text = kernel("  .shared .align 4 .b8 own[40000];\n"
                            "  st.shared.u32 [own], 1;\n"
                            "  ld.shared.u32 %r1, [own];\n"
                            "  st.global.u32 [%rd0], %r1;");
  // The memory of the second entry is not the first one's.
  std::string second = text.substr(text.find(".visible"));
  second.replace(second.find("entry k"), 7, "entry other");
  Simulation run(text + second);
  run.out<uint32_t>(1).go(1);
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  EXPECT_EQ(run.get<uint32_t>(0)[0], 1u);
}

TEST(Control, DynamicSharedMemoryFollowsTheStatic) {
  Simulation run(kernel(R"(
  st.shared.u32 [fixed], 1;
  st.shared.u32 [tail+60], 2;
  ld.shared.u32 %r1, [fixed];
  ld.shared.u32 %r2, [tail+60];
  mov.u32 %r3, %dynamic_smem_size;
  st.global.v2.u32 [%rd0], {%r1, %r2};
  st.global.u32 [%rd0+8], %r3;)",
                        ".shared .align 4 .b8 fixed[4];\n"
                        ".extern .shared .align 16 .b8 tail[];\n"));
  run.out<uint32_t>(3).go(1, 1, 64);
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  EXPECT_EQ(run.get<uint32_t>(0), (std::vector<uint32_t>{1, 2, 64}));
}

TEST(Control, CopiesArriveWhenTheyAreWaitedFor) {
  // Two groups; the first is waited for alone, then both.
  Simulation run(kernel(R"(
  mov.u32 %r1, s;
  cp.async.ca.shared.global [%r1], [%rd0], 16;
  cp.async.commit_group;
  cp.async.cg.shared.global [%r1+16], [%rd0+16], 16, 4;
  cp.async.commit_group;
  cp.async.wait_group 1;
  ld.shared.v4.u32 {%r2, %r3, %r4, %r5}, [s];
  cp.async.wait_all;
  ld.shared.v4.u32 {%r6, %r7, %r8, %r9}, [s+16];
  st.global.v4.u32 [%rd1], {%r2, %r3, %r4, %r5};
  st.global.v4.u32 [%rd1+16], {%r6, %r7, %r8, %r9};)",
                        ".shared .align 16 .b8 s[32];\n"));
  run.in<uint32_t>({1, 2, 3, 4, 5, 6, 7, 8}).out<uint32_t>(8).go();
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  EXPECT_EQ(run.get<uint32_t>(1),
            (std::vector<uint32_t>{1, 2, 3, 4, 5, 0, 0, 0}));
}

TEST(Control, SpecialRegisters) {
  Simulation run(kernel(R"(
  mov.u32 %r1, %ctaid.x;
  mov.u32 %r2, %nctaid.x;
  mov.u32 %r3, %ntid.x;
  mov.u32 %r4, %laneid;
  mad.lo.u32 %r5, %r1, %r3, %r0;
  mul.wide.u32 %rd30, %r5, 16;
  add.s64 %rd30, %rd0, %rd30;
  st.global.v4.u32 [%rd30], {%r1, %r2, %r3, %r4};)"));
  run.out<uint32_t>(4 * 3 * 40).go(40, 3);
  std::vector<uint32_t> values = run.get<uint32_t>(0);
  EXPECT_EQ(values[4 * 40 * 2], 2u);
  EXPECT_EQ(values[1], 3u);
  EXPECT_EQ(values[2], 40u);
  EXPECT_EQ(values[4 * 39 + 3], 7u);
}

} // namespace
