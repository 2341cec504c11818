// Each family of instructions against values computed by hand.

#include "Support.h"

#include <cmath>
#include <limits>

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

/// The instruction computes `expected` from `sources`, given as raw bits.
struct Case {
  const char *instruction;
  std::vector<uint64_t> sources;
  uint64_t expected;
};

std::string describe(const Case &c) { return c.instruction; }

/// The registers' prefix and store for a type's width.
uint64_t evaluate(const Case &c) {
  Instruction i;
  i.name = c.instruction;
  // Through the parser: operands in registers of 64 bits, which fit all.
  std::string body;
  for (size_t k = 0; k < c.sources.size(); ++k)
    body += "  ld.global.u64 %rd" + std::to_string(10 + k) + ", [%rd0+" +
            std::to_string(8 * k) + "];\n";
  body += std::string("  ") + c.instruction + " %rd20";
  for (size_t k = 0; k < c.sources.size(); ++k)
    body += ", %rd" + std::to_string(10 + k);
  body += ";\n  st.global.u64 [%rd1], %rd20;\n";
  Simulation run(kernel(body));
  run.in(c.sources).out<uint64_t>(1).go();
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
  return run.get<uint64_t>(1)[0];
}

void check(const std::vector<Case> &cases) {
  for (const Case &c : cases)
    EXPECT_EQ(evaluate(c), c.expected)
        << describe(c) << std::hex << " got 0x" << evaluate(c)
        << ", expected 0x" << c.expected;
}

uint64_t f32(float value) { return toBits(value); }
uint64_t f64(double value) { return toBits(value); }
constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float denormal = std::numeric_limits<float>::denorm_min();
constexpr uint64_t nan32 = 0x7FFFFFFF, nan64 = 0x7FF8000000000000;

TEST(Instruction, Integer) {
  check({
      {"add.s32", {0x7FFFFFFF, 1}, 0x80000000},
      {"add.u64", {~0ull, 2}, 1},
      {"add.sat.s32", {0x7FFFFFFF, 1}, 0x7FFFFFFF},
      {"sub.s16", {3, 5}, 0xFFFE},
      {"sub.sat.s32", {0x80000000, 1}, 0x80000000},
      {"mul.lo.s32", {0xFFFFFFFF, 7}, 0xFFFFFFF9},
      {"mul.hi.s32", {0xFFFFFFFF, 7}, 0xFFFFFFFF},
      {"mul.hi.u32", {0xFFFFFFFF, 7}, 6},
      {"mul.hi.u64", {~0ull, ~0ull}, ~0ull - 1},
      {"mul.hi.s64", {~0ull, ~0ull}, 0},
      {"mul.wide.u32", {0xFFFFFFFF, 0xFFFFFFFF}, 0xFFFFFFFE00000001},
      {"mul.wide.s32", {0xFFFFFFFF, 3}, ~0ull - 2},
      {"mul.wide.u16", {0xFFFF, 0xFFFF}, 0xFFFE0001},
      {"mad.lo.s32", {5, 7, 0xFFFFFFFF}, 34},
      {"mad.hi.u32", {0x80000000, 6, 1}, 4},
      {"mad.wide.s32", {0xFFFFFFFE, 3, 10}, 4},
      {"mad.lo.u64", {1ull << 40, 1ull << 20, 9}, (1ull << 60) + 9},
      {"div.s32", {0xFFFFFFF9, 2}, 0xFFFFFFFD}, // -7 / 2 = -3
      {"div.u32", {0xFFFFFFF9, 2}, 0x7FFFFFFC},
      {"div.s32", {0x80000000, 0xFFFFFFFF}, 0x80000000},
      {"rem.s64", {~0ull - 6, 4}, ~0ull - 2}, // -7 % 4 = -3
      {"rem.u32", {17, 5}, 2},
      {"abs.s32", {0xFFFFFFFD}, 3},
      {"abs.s64", {1ull << 63}, 1ull << 63},
      {"neg.s32", {1}, 0xFFFFFFFF},
      {"min.s32", {0xFFFFFFFF, 1}, 0xFFFFFFFF},
      {"min.u32", {0xFFFFFFFF, 1}, 1},
      {"max.s64", {~0ull, 1}, 1},
      {"max.u16", {0xFFFF, 1}, 0xFFFF},
  });
}

TEST(Instruction, CarryGoesFromAddToAdd) {
  Simulation run(kernel(R"(
  mov.u64 %rd10, -1;
  mov.u64 %rd11, 1;
  add.cc.u64 %rd12, %rd10, %rd11;
  addc.u64 %rd13, %rd11, %rd11;
  sub.cc.u32 %r10, 0, 1;
  subc.u32 %r11, 5, 2;
  st.global.v2.u64 [%rd0], {%rd12, %rd13};
  st.global.u32 [%rd1], %r11;)"));
  run.out<uint64_t>(2).out<uint32_t>(1).go();
  EXPECT_EQ(run.get<uint64_t>(0), (std::vector<uint64_t>{0, 3}));
  EXPECT_EQ(run.get<uint32_t>(1)[0], 2u);
}

TEST(Instruction, Bits) {
  check({
      {"and.b32", {0xF0F0, 0xFF00}, 0xF000},
      {"or.b64", {1ull << 40, 1}, (1ull << 40) | 1},
      {"xor.b16", {0xFFFF, 0x00FF}, 0xFF00},
      {"not.b32", {0}, 0xFFFFFFFFFFFFFFFF}, // the destination has 64 bits
      {"cnot.b32", {0}, 1},
      {"shl.b32", {1, 31}, 0x80000000},
      {"shl.b32", {1, 32}, 0},
      {"shr.u32", {0x80000000, 31}, 1},
      {"shr.s32", {0x80000000, 40}, 0xFFFFFFFF},
      {"shr.s64", {1ull << 63, 63}, ~0ull},
      {"shf.l.wrap.b32", {0x80000000, 1, 1}, 3},
      {"shf.r.wrap.b32", {0x80000000, 1, 33}, 0xC0000000},
      {"shf.r.clamp.b32", {0x80000000, 1, 40}, 1},
      {"lop3.b32", {0xF0, 0xCC, 0xAA, 0x80}, 0x80}, // x & y & z
      {"lop3.b32", {0xF0, 0xCC, 0xAA, 0x96}, 0x96}, // x ^ y ^ z
      {"popc.b32", {0xFF00FF}, 16},
      {"popc.b64", {~0ull}, 64},
      {"clz.b32", {1}, 31},
      {"clz.b64", {0}, 64},
      {"brev.b32", {1}, 0x80000000},
      {"bfind.u32", {0x00010000}, 16},
      {"bfind.s32", {0xFFFFFFFF}, 0xFFFFFFFF},
      {"bfind.shiftamt.u32", {0x00010000}, 15},
      {"bfe.u32", {0xABCD1234, 8, 8}, 0x12},
      {"bfe.s32", {0x0000F000, 12, 4}, 0xFFFFFFFF},
      {"bfe.u32", {0xABCD1234, 24, 16}, 0xAB},
      {"bfi.b32", {0xF, 0, 8, 4}, 0xF00},
      {"prmt.b32", {0x33221100, 0x77665544, 0x7410}, 0x77441100},
      {"prmt.b32", {0x000000F0, 0, 0x8888}, 0xFFFFFFFF},
      {"prmt.b32.f4e", {0x33221100, 0x77665544, 1}, 0x44332211},
  });
}

TEST(Instruction, Float32) {
  check({
      {"add.rn.f32", {f32(1), f32(0x1p-24f)}, f32(1)}, // a tie: to even
      {"add.rp.f32", {f32(1), f32(0x1p-30f)}, f32(1 + 0x1p-23f)},
      {"add.rz.f32", {f32(1), f32(0x1.8p-24f)}, f32(1)},
      {"sub.rm.f32", {f32(1), f32(0x1p-30f)}, f32(1 - 0x1p-24f)},
      {"add.f32", {f32(inf), f32(-inf)}, nan32},
      {"mul.rn.f32", {f32(3), f32(0.1f)}, f32(3 * 0.1f)},
      {"mul.ftz.f32", {f32(denormal), f32(2)}, 0},
      {"mul.rn.f32", {f32(denormal), f32(2)}, 2},
      {"fma.rn.f32",
       {f32(1 + 0x1p-12f), f32(1 + 0x1p-12f), f32(-1)},
       f32(0x1p-11f + 0x1p-24f)},
      {"add.sat.f32", {f32(0.75f), f32(0.5f)}, f32(1)},
      {"add.sat.f32", {nan32, f32(0.5f)}, 0},
      {"div.rn.f32", {f32(1), f32(3)}, f32(1.0f / 3)},
      {"div.rz.f32", {f32(2), f32(3)}, 0x3F2AAAAA},
      {"div.rn.f32", {f32(1), f32(0)}, f32(inf)},
      {"sqrt.rn.f32", {f32(2)}, f32(std::sqrt(2.0f))},
      {"sqrt.rn.f32", {f32(-1)}, nan32},
      {"rcp.rn.f32", {f32(3)}, f32(1.0f / 3)},
      {"rsqrt.approx.f32", {f32(4)}, f32(0.5f)},
      {"ex2.approx.f32", {f32(-3)}, f32(0.125f)},
      {"lg2.approx.f32", {f32(8)}, f32(3)},
      {"abs.f32", {f32(-2)}, f32(2)},
      {"neg.f32", {f32(0)}, f32(-0.0f)},
      {"copysign.f32", {f32(-1), f32(5)}, f32(-5)},
      {"min.f32", {nan32, f32(5)}, f32(5)},
      {"min.NaN.f32", {nan32, f32(5)}, nan32},
      {"max.f32", {f32(-0.0f), f32(0)}, f32(0)},
      {"min.f32", {f32(0), f32(-0.0f)}, f32(-0.0f)},
  });
}

TEST(Instruction, Float64) {
  check({
      {"add.rn.f64", {f64(0.1), f64(0.2)}, f64(0.1 + 0.2)},
      {"mul.rn.f64", {f64(0.1), f64(0.2)}, f64(0.1 * 0.2)},
      {"fma.rn.f64", {f64(0.1), f64(10), f64(-1)}, f64(std::fma(0.1, 10, -1))},
      {"div.rn.f64", {f64(1), f64(3)}, f64(1.0 / 3)},
      {"sqrt.rn.f64", {f64(2)}, f64(std::sqrt(2.0))},
      {"sub.f64", {f64(INFINITY), f64(INFINITY)}, nan64},
      {"max.f64", {f64(1), f64(2)}, f64(2)},
  });
}

// 1 is 0x3C00 in f16 and 0x3F80 in bf16; their last bits weigh 2^-10 and 2^-7.
TEST(Instruction, Halves) {
  check({
      {"add.rn.f16", {0x3C00, 0x1000}, 0x3C00}, // 1 + 2^-11: a tie
      {"add.rn.f16", {0x3C01, 0x1000}, 0x3C02},
      {"add.rn.f16", {0x7BFF, 0x5000}, 0x7C00},         // 65504 + 32 overflows
      {"mul.rn.f16", {0x3E00, 0x3E00}, 0x4080},         // 1.5 * 1.5
      {"fma.rn.f16", {0x3C01, 0x3C01, 0xBC02}, 0x0010}, // 2^-20 exactly
      {"fma.rn.bf16", {0x3F80, 0x3F80, 0x3F80}, 0x4000},
      // 2^15 * 2^-24 + 2^-24: the small term decides a rounding to odd.
      {"fma.rn.f16", {0x3C01, 0x3C00, 0x0001}, 0x3C01},
      {"add.rn.f16x2", {0x3C003C00, 0x40003C00}, 0x42004000},
      {"fma.rn.f16x2", {0x3C003C00, 0x40004000, 0x3C003C00}, 0x42004200},
      {"neg.f16x2", {0x3C00BC00}, 0xBC003C00},
      {"abs.bf16", {0xBF80}, 0x3F80},
      {"max.f16x2", {0x3C004000, 0x40003C00}, 0x40004000},
      {"min.f16", {0x7E00, 0x3C00}, 0x3C00},
  });
}

TEST(Instruction, Convert) {
  check({
      {"cvt.s64.s32", {0xFFFFFFFF}, ~0ull},
      {"cvt.u64.u32", {0xFFFFFFFF}, 0xFFFFFFFF},
      {"cvt.u16.u32", {0x12345678}, 0x5678},
      {"cvt.sat.u8.s32", {300}, 255},
      {"cvt.sat.s8.s32", {0xFFFFFF00}, 0xFFFFFFFFFFFFFF80},
      {"cvt.rn.f32.s32", {0xFFFFFFFF}, f32(-1)},
      {"cvt.rn.f32.u32", {16777217}, f32(16777216)},
      {"cvt.rp.f32.u32", {16777217}, f32(16777218)},
      {"cvt.rn.f32.s64", {1ull << 63}, f32(-0x1p63f)},
      {"cvt.rn.f64.u64", {~0ull}, f64(0x1p64)},
      {"cvt.rzi.s32.f32", {f32(-1.9f)}, 0xFFFFFFFFFFFFFFFF},
      {"cvt.rni.s32.f32", {f32(2.5f)}, 2},
      {"cvt.rmi.s32.f32", {f32(-0.5f)}, 0xFFFFFFFFFFFFFFFF},
      {"cvt.rpi.s32.f32", {f32(0.1f)}, 1},
      {"cvt.rzi.s32.f32", {f32(3e9f)}, 0x7FFFFFFF},
      {"cvt.rzi.u32.f32", {f32(-3)}, 0},
      {"cvt.rzi.s32.f32", {nan32}, 0},
      {"cvt.rzi.s64.f64", {nan64}, 1ull << 63},
      {"cvt.rni.f32.f32", {f32(2.5f)}, f32(2)},
      {"cvt.rzi.f32.f32", {f32(-0.5f)}, f32(-0.0f)},
      {"cvt.sat.f32.f32", {f32(7)}, f32(1)},
      {"cvt.rn.f32.f64", {f64(1 + 0x1p-24 + 0x1p-50)}, f32(1 + 0x1p-23f)},
      {"cvt.f64.f32", {f32(0.1f)}, f64(0.1f)},
      {"cvt.rn.f16.f32", {f32(1 + 0x1p-11f)}, 0x3C00},
      {"cvt.rz.f16.f32", {f32(1 + 0x1.8p-10f)}, 0x3C01},
      {"cvt.rn.f16.f32", {f32(65520)}, 0x7C00},
      {"cvt.rz.f16.f32", {f32(65520)}, 0x7BFF},
      {"cvt.rn.f16.f32", {f32(0x1p-24f)}, 1},
      {"cvt.f32.f16", {0x0001}, f32(0x1p-24f)},
      {"cvt.f32.f16", {0xFC00}, f32(-inf)},
      {"cvt.rn.bf16.f32", {f32(1 + 0x1p-8f)}, 0x3F80},
      {"cvt.rn.f16x2.f32", {f32(1), f32(2)}, 0x3C004000},
      {"cvt.rn.bf16x2.f32", {f32(1), f32(2)}, 0x3F804000},
      {"cvt.rn.relu.bf16x2.f32", {f32(-1), f32(2)}, 0x00004000},
      {"cvt.rna.tf32.f32", {f32(1 + 0x1p-11f)}, f32(1 + 0x1p-10f)},
  });
}

/// %p0 as 0 or 1.
uint32_t holds(const std::string &text) {
  Simulation run(kernel("  " + text + R"(
  selp.u32 %r1, 1, 0, %p0;
  st.global.u32 [%rd0], %r1;)"));
  run.out<uint32_t>(1).go();
  return run.get<uint32_t>(0)[0];
}

TEST(Instruction, Compare) {
  EXPECT_EQ(holds("setp.lt.s32 %p0, -1, 1;"), 1u);
  EXPECT_EQ(holds("setp.lt.u32 %p0, -1, 1;"), 0u);
  EXPECT_EQ(holds("setp.hi.u32 %p0, -1, 1;"), 1u);
  EXPECT_EQ(holds("setp.ge.s64 %p0, -1, -1;"), 1u);
  EXPECT_EQ(holds("setp.lt.f32 %p0, 0f7FFFFFFF, 0f3F800000;"), 0u);
  EXPECT_EQ(holds("setp.ltu.f32 %p0, 0f7FFFFFFF, 0f3F800000;"), 1u);
  EXPECT_EQ(holds("setp.ne.f32 %p0, 0f7FFFFFFF, 0f7FFFFFFF;"), 0u);
  EXPECT_EQ(holds("setp.neu.f32 %p0, 0f7FFFFFFF, 0f7FFFFFFF;"), 1u);
  EXPECT_EQ(holds("setp.nan.f32 %p0, 0f7FFFFFFF, 0f3F800000;"), 1u);
  EXPECT_EQ(holds("setp.num.f32 %p0, 0f7FFFFFFF, 0f3F800000;"), 0u);
  EXPECT_EQ(holds("setp.eq.f32 %p0, 0f00000000, 0f80000000;"), 1u);
  EXPECT_EQ(holds("setp.lt.s32 %p1|%p0, 1, 2;"), 0u);
  EXPECT_EQ(holds("setp.eq.s32 %p1, 1, 1; setp.lt.and.s32 %p0, 1, 2, %p1;"),
            1u);
  EXPECT_EQ(holds("setp.eq.s32 %p1, 1, 1; setp.lt.and.s32 %p0, 1, 2, !%p1;"),
            0u);
  EXPECT_EQ(holds("setp.eq.s32 %p1, 1, 2; not.pred %p0, %p1;"), 1u);
  EXPECT_EQ(holds("testp.finite.f32 %p0, 0f7F800000;"), 0u);
  EXPECT_EQ(holds("testp.subnormal.f32 %p0, 0f00000001;"), 1u);
  check({
      {"set.lt.u32.s32", {0xFFFFFFFF, 1}, 0xFFFFFFFF},
      {"set.lt.f32.u32", {0xFFFFFFFF, 1}, 0},
      {"set.gt.f32.f32", {f32(2), f32(1)}, f32(1)},
      {"slct.s32.s32", {5, 6, 0xFFFFFFFF}, 6},
      {"slct.f32.f32", {f32(5), f32(6), f32(-0.0f)}, f32(5)},
  });
}

TEST(Instruction, MoveUnpacksAndPacks) {
  Simulation run(kernel(R"(
  ld.global.u64 %rd10, [%rd0];
  mov.b64 {%r1, %r2}, %rd10;
  mov.b64 %rd11, {%r2, %r1};
  mov.b32 {%rs1, %rs2}, %r1;
  mov.b32 %r3, {%rs2, %rs1};
  st.global.u64 [%rd1], %rd11;
  st.global.u32 [%rd1+8], %r3;
  { .reg .b16 t; mov.b32 {t, %rs3}, %r2; }
  st.global.u16 [%rd1+12], %rs3;
  mov.b64 {_, %r4}, %rd10;
  st.global.u16 [%rd1+14], %r4;)"));
  run.in<uint64_t>({0x1111222233334444}).out<uint64_t>(2).go();
  EXPECT_EQ(run.get<uint64_t>(1),
            (std::vector<uint64_t>{0x3333444411112222, 0x2222111144443333}));
}

TEST(Instruction, LoadExtends) {
  Simulation run(kernel(R"(
  ld.global.s8 %r1, [%rd0];
  ld.global.u8 %r2, [%rd0];
  ld.global.s16 %rd10, [%rd0];
  ld.global.v4.u8 {%r4, %r5, %r6, %r7}, [%rd0];
  st.global.v2.u32 [%rd1], {%r1, %r2};
  st.global.u64 [%rd1+8], %rd10;
  st.global.u32 [%rd1+16], %r7;)"));
  run.in<uint32_t>({0x04FE80FF}).out<uint32_t>(6).go();
  EXPECT_EQ(run.get<uint64_t>(1)[0], 0x000000FFFFFFFFFFull);
  EXPECT_EQ(run.get<uint64_t>(1)[1], 0xFFFFFFFFFFFF80FFull);
  EXPECT_EQ(run.get<uint32_t>(1)[4], 4u);
}

TEST(Instruction, Atomics) {
  // 64 threads; what each op leaves.
  struct Atomic {
    const char *text;
    uint32_t start, expected;
  };
  for (const Atomic &c : {Atomic{"red.global.add.u32 [%rd0], 1;", 5, 69},
                          {"atom.global.add.u32 %r5, [%rd0], 2;", 0, 128},
                          {"red.global.max.s32 [%rd0], %r0;", 0, 63},
                          {"red.global.min.u32 [%rd0], %r0;", 9, 0},
                          {"red.global.or.b32 [%rd0], %r0;", 0, 63},
                          {"atom.global.and.b32 %r5, [%rd0], %r0;", 255, 0},
                          {"red.global.xor.b32 [%rd0], 1;", 1, 1},
                          {"atom.global.inc.u32 %r5, [%rd0], 9;", 0, 4},
                          {"atom.global.dec.u32 %r5, [%rd0], 9;", 0, 6},
                          {"red.global.add.f32 [%rd0], 0f3F800000;",
                           uint32_t(toBits(1.0f)), uint32_t(toBits(65.0f))}}) {
    Simulation run(kernel(std::string("  ") + c.text));
    run.in<uint32_t>({c.start}).go(64);
    EXPECT_EQ(run.get<uint32_t>(0)[0], c.expected) << c.text;
    EXPECT_TRUE(run.faults().empty()) << run.complaints();
  }
}

TEST(Instruction, CompareAndSwapGivesTheOldValue) {
  Simulation run(kernel(R"(
  atom.global.cas.b32 %r1, [%rd0], 7, 8;
  atom.global.cas.b32 %r2, [%rd0], 7, 9;
  atom.global.exch.b64 %rd10, [%rd1], 3;
  st.global.v2.u32 [%rd2], {%r1, %r2};
  st.global.u64 [%rd2+8], %rd10;)"));
  run.in<uint32_t>({7}).in<uint64_t>({1ull << 40}).out<uint64_t>(2).go();
  EXPECT_EQ(run.get<uint32_t>(0)[0], 8u);
  EXPECT_EQ(run.get<uint64_t>(1)[0], 3u);
  EXPECT_EQ(run.get<uint64_t>(2),
            (std::vector<uint64_t>{8ull << 32 | 7, 1ull << 40}));
}

TEST(Instruction, GenericAddressesReachEverySpace) {
  std::string text = kernel(R"(
  mov.u64 %rd10, s;
  cvta.shared.u64 %rd11, %rd10;
  st.u32 [%rd11], 5;
  ld.shared.u32 %r1, [s];
  mov.u64 %rd12, %SPL;
  cvta.local.u64 %rd13, depot;
  st.u32 [%rd13+4], 6;
  ld.local.u32 %r2, [depot+4];
  isspacep.shared %p1, %rd11;
  isspacep.global %p2, %rd11;
  selp.u32 %r3, 1, 0, %p1;
  selp.u32 %r4, 1, 0, %p2;
  cvta.to.shared.u64 %rd14, %rd11;
  ld.shared.u32 %r5, [%rd14];
  ld.global.u32 %r6, [table+4];
  st.global.v4.u32 [%rd0], {%r1, %r2, %r3, %r4};
  st.global.v2.u32 [%rd0+16], {%r5, %r6};)",
                            ".shared .align 4 .b8 s[8];\n"
                            ".global .align 4 .u32 table[3] = {7, 9};\n");
  text.replace(text.find("  .reg .pred"), 0,
               "  .local .align 8 .b8 depot[16];\n  .reg .b64 %SPL;\n");
  Simulation run(text);
  run.out<uint32_t>(6).go();
  EXPECT_EQ(run.get<uint32_t>(0), (std::vector<uint32_t>{5, 6, 1, 0, 5, 9}));
  EXPECT_TRUE(run.faults().empty()) << run.complaints();
}

} // namespace
