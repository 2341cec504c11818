// Planted faults: each is found, alone, at its line.

#include "Support.h"

#include <algorithm>

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

constexpr const char *shared = ".shared .align 16 .b8 s[512];\n";
/// %rd30 and %rd31: the places of the thread's own element in two buffers;
/// %r30: in shared memory.
constexpr const char *places = R"(
  mul.wide.u32 %rd29, %r0, 4;
  add.s64 %rd30, %rd0, %rd29;
  add.s64 %rd31, %rd1, %rd29;
  shl.b32 %r29, %r0, 2;
  mov.u32 %r30, s;
  add.u32 %r30, %r30, %r29;
)";

TEST(Fault, ReadBeyondTheEnd) {
  std::string text = kernel("  ld.global.u32 %r1, [%rd0+16];");
  Simulation run(text);
  run.in<uint32_t>({1, 2, 3, 4}).go();
  expectFault(run, text, FaultKind::outOfBounds, "ld.global.u32 %r1");
  EXPECT_EQ(run.faults()[0].text,
            "kernel k, PTX line 20: out of bounds: ld.global.u32 reads 4 bytes "
            "at offset 16 of buffer 0, which has 16 bytes; block (0,0,0) "
            "thread (0,0,0)");
}

TEST(Fault, WriteBeforeTheBeginning) {
  std::string text = kernel("  st.global.u32 [%rd0+-4], 5;");
  Simulation run(text);
  run.in<uint32_t>({1, 2}).in<uint32_t>({1, 2}).go();
  expectFault(run, text, FaultKind::outOfBounds, "st.global");
}

TEST(Fault, HalfOfAVectorIsOutside) {
  std::string text =
      kernel("  ld.global.v4.f32 {%f1, %f2, %f3, %f4}, [%rd0+16];");
  Simulation run(text);
  run.in<float>({1, 2, 3, 4, 5, 6}).go();
  expectFault(run, text, FaultKind::outOfBounds, "ld.global.v4");
}

TEST(Fault, NullPointer) {
  std::string text = kernel("  ld.global.u32 %r1, [%rd3];");
  Simulation run(text);
  run.go();
  expectFault(run, text, FaultKind::outOfBounds, "ld.global");
}

TEST(Fault, SharedMemoryEnds) {
  std::string text = kernel("  st.shared.u32 [s+512], 1;", shared);
  Simulation run(text);
  run.go();
  expectFault(run, text, FaultKind::outOfBounds, "st.shared");
}

TEST(Fault, LocalMemoryEnds) {
  std::string text = kernel("  st.local.u32 [depot+8], 1;");
  text.replace(text.find("  .reg .pred"), 0,
               "  .local .align 8 .b8 depot[8];\n");
  Simulation run(text);
  run.go();
  expectFault(run, text, FaultKind::outOfBounds, "st.local");
}

TEST(Fault, MisalignedVector) {
  std::string text = kernel("  ld.global.v2.u32 {%r1, %r2}, [%rd0+4];");
  Simulation run(text);
  run.in<uint32_t>({1, 2, 3, 4}).go();
  expectFault(run, text, FaultKind::misaligned, "ld.global.v2");
}

TEST(Fault, MisalignedAtomic) {
  std::string text = kernel("  red.global.add.u32 [%rd0+2], 1;");
  Simulation run(text);
  run.in<uint32_t>({1, 2}).go();
  expectFault(run, text, FaultKind::misaligned, "red.global");
}

TEST(Fault, UnwrittenGlobalMemory) {
  std::string text = kernel(R"(
  st.global.u16 [%rd0], 1;
  ld.global.u32 %r1, [%rd0];)");
  Simulation run(text);
  run.out<uint32_t>(1).go();
  expectFault(run, text, FaultKind::unwritten, "ld.global.u32");
  EXPECT_NE(run.faults()[0].text.find("byte 2"), std::string::npos);
}

TEST(Fault, UnwrittenSharedMemory) {
  // Block 1 does not see what block 0 wrote.
  std::string text = kernel(R"(
  mov.u32 %r1, %ctaid.x;
  setp.eq.u32 %p1, %r1, 0;
  @%p1 st.shared.u32 [s], 1;
  ld.shared.u32 %r2, [s];)",
                            shared);
  Simulation run(text);
  run.go(1, 2);
  expectFault(run, text, FaultKind::unwritten, "ld.shared");
}

TEST(Fault, UnwrittenLocalMemory) {
  std::string text = kernel("  ld.local.u32 %r1, [depot];");
  text.replace(text.find("  .reg .pred"), 0,
               "  .local .align 8 .b8 depot[8];\n");
  Simulation run(text);
  run.go();
  expectFault(run, text, FaultKind::unwritten, "ld.local");
}

TEST(Fault, MissingBarrierBeforeARead) {
  std::string text = kernel(std::string(places) + R"(
  st.shared.u32 [%r30], %r0;
  xor.b32 %r31, %r30, 128;
  ld.shared.u32 %r1, [%r31];)",
                            shared);
  Simulation run(text);
  run.go(64);
  // The first warp also reads what nothing has written yet.
  ASSERT_FALSE(run.faults().empty());
  EXPECT_TRUE(std::any_of(
      run.faults().begin(), run.faults().end(),
      [](const Fault &fault) { return fault.kind == FaultKind::race; }))
      << run.complaints();
}

TEST(Fault, MissingBarrierBeforeAWrite) {
  // Read after a barrier, then written anew without one.
  std::string text = kernel(std::string(places) + R"(
  st.shared.u32 [%r30], %r0;
  bar.sync 0;
  xor.b32 %r31, %r30, 128;
  ld.shared.u32 %r1, [%r31];
  st.shared.u32 [%r30], %r1;)",
                            shared);
  Simulation run(text);
  run.go(64);
  // Whichever comes second is named: the read of one warp or the write of the
  // other.
  ASSERT_EQ(run.faults().size(), 2u) << run.complaints();
  for (const Fault &fault : run.faults())
    EXPECT_EQ(fault.kind, FaultKind::race) << fault.text;
  EXPECT_NE(run.complaints().find("st.shared.u32 writes byte 128"),
            std::string::npos);
}

TEST(Fault, LanesOfAWarpRaceToo) {
  std::string body = std::string(places) + R"(
  st.shared.u32 [%r30], %r0;
  BARRIER
  xor.b32 %r31, %r30, 4;
  ld.shared.u32 %r1, [%r31];)";
  std::string with = body, without = body;
  with.replace(with.find("BARRIER"), 7, "bar.warp.sync -1;");
  without.replace(without.find("BARRIER"), 7, "");
  Simulation good(kernel(with, shared));
  good.go(32);
  EXPECT_TRUE(good.faults().empty()) << good.complaints();
  std::string text = kernel(without, shared);
  Simulation bad(text);
  bad.go(32);
  expectFault(bad, text, FaultKind::race, "ld.shared.u32");
}

TEST(Fault, ABarrierOfAWarpDoesNotOrderOthers) {
  std::string text = kernel(std::string(places) + R"(
  st.shared.u32 [%r30], %r0;
  bar.sync 0;
  st.shared.u32 [%r30], %r0;
  bar.warp.sync -1;
  xor.b32 %r31, %r30, 128;
  ld.shared.u32 %r1, [%r31];)",
                            shared);
  Simulation run(text);
  run.go(64);
  ASSERT_FALSE(run.faults().empty());
  for (const Fault &fault : run.faults())
    EXPECT_EQ(fault.kind, FaultKind::race) << fault.text;
}

TEST(Fault, BlocksRace) {
  // Every block writes the same element.
  std::string text = kernel("  st.global.u32 [%rd0], %r0;");
  Simulation run(text);
  run.out<uint32_t>(1).go(1, 2);
  expectFault(run, text, FaultKind::race, "st.global");
}

TEST(Fault, AtomicsDoNotRaceButPlainAccessesDo) {
  std::string text = kernel(R"(
  red.global.add.u32 [%rd0], 1;
  setp.eq.u32 %p1, %r0, 7;
  @%p1 ld.global.u32 %r1, [%rd0];)");
  Simulation run(text);
  run.in<uint32_t>({0}).go(32);
  expectFault(run, text, FaultKind::race, "ld.global.u32");
}

TEST(Fault, DivergentBarrier) {
  std::string text = kernel(R"(
  setp.lt.u32 %p1, %r0, 16;
  @%p1 bra skip;
  bar.sync 0;
skip:)");
  Simulation run(text);
  run.go(32);
  expectFault(run, text, FaultKind::divergentBarrier, "bar.sync 0");
}

TEST(Fault, BarrierThatOneWarpNeverReaches) {
  // Warp 0 waits at barrier 1 for 64 threads, warp 1 at barrier 2.
  std::string text = kernel(R"(
  shr.u32 %r1, %r0, 5;
  add.u32 %r1, %r1, 1;
  bar.sync %r1, 64;)");
  Simulation run(text);
  run.go(64);
  expectFault(run, text, FaultKind::deadlock, "bar.sync %r1");
}

TEST(Fault, ShuffleFromALaneThatIsNotThere) {
  std::string text = kernel(R"(
  setp.ge.u32 %p1, %r0, 8;
  @%p1 bra end;
  shfl.sync.idx.b32 %r1, %r0, 20, 31, 255;
end:)");
  Simulation run(text);
  run.go(32);
  expectFault(run, text, FaultKind::inactiveLane, "shfl.sync.idx");
}

TEST(Fault, LaneOutsideItsOwnMask) {
  std::string text = kernel("  shfl.sync.bfly.b32 %r1, %r0, 1, 31, 65535;");
  Simulation run(text);
  run.go(32);
  expectFault(run, text, FaultKind::inactiveLane, "shfl.sync.bfly");
}

TEST(Fault, CopyThatWasNotWaitedFor) {
  std::string text = kernel(R"(
  mov.u32 %r1, s;
  cp.async.ca.shared.global [%r1], [%rd0], 4;
  cp.async.commit_group;
  ld.shared.u32 %r2, [s];
  cp.async.wait_group 0;)",
                            shared);
  Simulation run(text);
  run.in<uint32_t>({1}).go();
  expectFault(run, text, FaultKind::inFlight, "ld.shared.u32");
}

TEST(Fault, CopyWithoutABarrierForOthers) {
  // Waiting makes a thread's own copies visible to itself alone.
  std::string text = kernel(std::string(places) + R"(
  cp.async.ca.shared.global [%r30], [%rd30], 4;
  cp.async.wait_all;
  xor.b32 %r31, %r30, 4;
  ld.shared.u32 %r2, [%r31];)",
                            shared);
  Simulation run(text);
  run.in(std::vector<uint32_t>(32, 1)).go(32);
  expectFault(run, text, FaultKind::race, "ld.shared.u32");
}

TEST(Fault, Trap) {
  std::string text = kernel("  trap;");
  Simulation run(text);
  run.go();
  expectFault(run, text, FaultKind::trap, "trap");
}

TEST(Fault, EndlessLoopsEnd) {
  std::string text = kernel("loop:\n  bra.uni loop;");
  Limits limits;
  limits.instructions = 1000;
  Simulation run(text, limits);
  run.go();
  expectFault(run, text, FaultKind::budget, "bra.uni loop");
}

TEST(Fault, EndlessRecursionEnds) {
  std::string text = kernel("  call.uni f, ();", R"(
.func f()
{
  call.uni f, ();
  ret;
}
)");
  Simulation run(text);
  run.go();
  ASSERT_EQ(run.faults().size(), 1u);
  EXPECT_NE(run.faults()[0].text.find("calls deeper"), std::string::npos);
}

TEST(Fault, NamesTheUsersLine) {
  std::string text = kernel("  .loc 1 42 7\n  ld.global.u32 %r1, [%rd0+4];",
                            ".file 1 \"model.cpp\"\n");
  Simulation run(text);
  run.in<uint32_t>({1}).go();
  ASSERT_EQ(run.faults().size(), 1u);
  EXPECT_EQ(run.faults()[0].text.find("kernel k, model.cpp:42 (PTX line"), 0u)
      << run.faults()[0].text;
}

TEST(Fault, EachIsListedOnceAndAllAreCounted) {
  Simulation run(kernel("  ld.global.u32 %r1, [%rd0+4];"));
  run.in<uint32_t>({1}).go(64);
  EXPECT_EQ(run.faults().size(), 1u);
  EXPECT_EQ(run.machine->faults.total(), 64);
}

TEST(Fault, WindowsHideWhatLiesBeside) {
  // Two windows onto one allocation: the neighbour's bytes are out of bounds.
  std::string text = kernel("  ld.global.u32 %r1, [%rd0+8];");
  Simulation run(text);
  auto arena = std::make_shared<Allocation>("arena", 16);
  std::vector<uint32_t> values(4, 1);
  arena->fill(values.data(), 16);
  run.words.push_back(run.machine->memory.open("low", arena, 0, 8));
  run.words.push_back(run.machine->memory.open("high", arena, 8, 8));
  run.go();
  expectFault(run, text, FaultKind::outOfBounds, "ld.global");
}

TEST(Fault, ImpossibleLaunchesAreRefused) {
  Expected<std::unique_ptr<Module>> module =
      parsePtx(".version 7.0\n.target sm_80\n.address_size 64\n"
               ".visible .entry k(.param .u64 p)\n.reqntid 64, 1, 1\n"
               "{ ret; }\n");
  ASSERT_TRUE(module.ok()) << module.message();
  Machine machine(std::move(*module));
  auto launch = [&](auto change) {
    Launch launch;
    launch.kernel = "k";
    launch.block.x = 64;
    launch.parameters = std::string(8, '\0');
    change(launch);
    Status status = machine.launch(launch);
    return status.ok() ? std::string() : status.message();
  };
  EXPECT_EQ(launch([](Launch &) {}), "");
  EXPECT_EQ(launch([](Launch &l) { l.kernel = "j"; }),
            "kernel 'j': there is none of that name; there are: k");
  EXPECT_EQ(launch([](Launch &l) { l.block.x = 32; }),
            "kernel 'k': it is compiled for blocks of 64 x 1 x 1 threads");
  EXPECT_EQ(launch([](Launch &l) { l.block.x = 2048; }),
            "kernel 'k': no card takes blocks of 2048 threads");
  EXPECT_EQ(launch([](Launch &l) { l.grid.y = 1 << 20; }),
            "kernel 'k': no card takes a grid of this size");
  EXPECT_EQ(launch([](Launch &l) { l.dynamicShared = 1 << 20; }),
            "kernel 'k': it needs 1048576 bytes of shared memory, of which "
            "there are 233472");
  EXPECT_EQ(launch([](Launch &l) { l.parameters = ""; }),
            "kernel 'k': its parameters have 8 bytes, got 0");
}

} // namespace
