// Tensor cores against plain sums. Matrices are filled through the fragments'
// places as the PTX manual's pictures show them.

#include "Support.h"

#include "ptx-sim/Floats.h"

using namespace dlc::ptxsim;
using namespace dlc::ptxsim::test;

namespace {

TEST(Matrix, LoadMatrixDealsRows) {
  // Element (r, c) of matrix m is 1000 m + 10 r + c.
  std::vector<uint16_t> values;
  for (int m = 0; m < 4; ++m)
    for (int r = 0; r < 8; ++r)
      for (int c = 0; c < 8; ++c)
        values.push_back(static_cast<uint16_t>(1000 * m + 10 * r + c));
  for (bool transposed : {false, true}) {
    std::string text = kernel(R"(
  shl.b32 %r1, %r0, 4;
  mov.u32 %r2, s;
  add.u32 %r1, %r2, %r1;
  mul.wide.u32 %rd10, %r0, 16;
  add.s64 %rd11, %rd0, %rd10;
  ld.global.v4.u32 {%r10, %r11, %r12, %r13}, [%rd11];
  st.shared.v4.u32 [%r1], {%r10, %r11, %r12, %r13};
  bar.sync 0;
  ldmatrix.sync.aligned.m8n8.x4)" +
                                  std::string(transposed ? ".trans" : "") +
                                  R"(.shared.b16 {%r4, %r5, %r6, %r7}, [%r1];
  add.s64 %rd12, %rd1, %rd10;
  st.global.v4.u32 [%rd12], {%r4, %r5, %r6, %r7};)",
                              ".shared .align 16 .b8 s[512];\n");
    Simulation run(text);
    run.in(values).out<uint16_t>(256).go(32);
    EXPECT_TRUE(run.faults().empty()) << run.complaints();
    std::vector<uint16_t> dealt = run.get<uint16_t>(1);
    for (int lane = 0; lane < 32; ++lane)
      for (int m = 0; m < 4; ++m)
        for (int half = 0; half < 2; ++half) {
          int row = lane / 4, column = lane % 4 * 2 + half;
          int expected = transposed ? 1000 * m + 10 * column + row
                                    : 1000 * m + 10 * row + column;
          EXPECT_EQ(dealt[8 * lane + 2 * m + half], expected);
        }
  }
}

struct Shape {
  const char *name;
  Type type;
  int k;
  /// Registers of A and of B.
  int a, b;
};

double valueA(int row, int k) { return (row * 3 + k * 5) % 11 - 5; }
double valueB(int k, int column) { return (k * 7 + column * 2) % 9 - 4; }

/// The registers of each lane, written out from the manual's formulas for
/// m16n8k16 (16 bits), m16n8k8 (16 bits) and m16n8k8, m16n8k4 (tf32).
uint32_t packedWord(Type type, double low, double high) {
  if (type == Type::tf32)
    return static_cast<uint32_t>(encodeFloat(Type::f32, low));
  return static_cast<uint32_t>(encodeFloat(type, low) | encodeFloat(type, high)
                                                            << 16);
}

TEST(Matrix, MultiplyAccumulates) {
  for (const Shape &shape :
       {Shape{"m16n8k16.row.col.f32.f16.f16.f32", Type::f16, 16, 4, 2},
        {"m16n8k8.row.col.f32.f16.f16.f32", Type::f16, 8, 2, 1},
        {"m16n8k16.row.col.f32.bf16.bf16.f32", Type::bf16, 16, 4, 2},
        {"m16n8k8.row.col.f32.bf16.bf16.f32", Type::bf16, 8, 2, 1},
        {"m16n8k8.row.col.f32.tf32.tf32.f32", Type::tf32, 8, 4, 2},
        {"m16n8k4.row.col.f32.tf32.tf32.f32", Type::tf32, 4, 2, 1}}) {
    bool isTf32 = shape.type == Type::tf32;
    std::vector<uint32_t> a, b;
    for (int lane = 0; lane < 32; ++lane) {
      int group = lane / 4, member = lane % 4;
      for (int reg = 0; reg < 4; ++reg) {
        int row = group + (reg % 2) * 8;
        int k = isTf32 ? member + reg / 2 * 4 : member * 2 + reg / 2 * 8;
        a.push_back(reg < shape.a ? packedWord(shape.type, valueA(row, k),
                                               valueA(row, k + 1))
                                  : 0);
      }
      for (int reg = 0; reg < 2; ++reg) {
        int k = isTf32 ? member + reg * 4 : member * 2 + reg * 8;
        b.push_back(reg < shape.b ? packedWord(shape.type, valueB(k, group),
                                               valueB(k + 1, group))
                                  : 0);
      }
    }
    std::string text = kernel(
        R"(
  mul.wide.u32 %rd10, %r0, 16;
  mul.wide.u32 %rd11, %r0, 8;
  add.s64 %rd12, %rd0, %rd10;
  add.s64 %rd13, %rd1, %rd11;
  add.s64 %rd14, %rd2, %rd10;
  ld.global.v4.u32 {%r1, %r2, %r3, %r4}, [%rd12];
  ld.global.v2.u32 {%r5, %r6}, [%rd13];
  mov.f32 %f1, 0f41200000;
  mma.sync.aligned.)" +
        std::string(shape.name) + " {%f10, %f11, %f12, %f13}, {" +
        (shape.a == 4 ? "%r1, %r2, %r3, %r4" : "%r1, %r2") + "}, {" +
        (shape.b == 2 ? "%r5, %r6" : "%r5") + R"(}, {%f1, %f1, %f1, %f1};
  st.global.v4.f32 [%rd14], {%f10, %f11, %f12, %f13};)");
    Simulation run(text);
    run.in(a).in(b).out<float>(128).go(32);
    EXPECT_TRUE(run.faults().empty()) << run.complaints();
    std::vector<float> results = run.get<float>(2);
    for (int row = 0; row < 16; ++row)
      for (int column = 0; column < 8; ++column) {
        double sum = 10;
        for (int k = 0; k < shape.k; ++k)
          sum += valueA(row, k) * valueB(k, column);
        int lane = row % 8 * 4 + column / 2, e = row / 8 * 2 + column % 2;
        EXPECT_EQ(results[4 * lane + e], sum)
            << shape.name << " (" << row << ", " << column << ")";
      }
  }
}

TEST(Matrix, HalfAccumulators) {
  // All ones: 16 products of 1, plus 1.
  Simulation run(kernel(R"(
  mov.u32 %r1, 1006648320; // 1 and 1
  mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f16 {%r2, %r3},
      {%r1, %r1, %r1, %r1}, {%r1, %r1}, {%r1, %r1};
  mul.wide.u32 %rd10, %r0, 8;
  add.s64 %rd11, %rd0, %rd10;
  st.global.v2.u32 [%rd11], {%r2, %r3};)"));
  run.out<uint32_t>(64).go(32);
  for (uint32_t word : run.get<uint32_t>(0))
    EXPECT_EQ(word, 0x4C404C40u); // 17
}

TEST(Matrix, NeedsAllLanes) {
  std::string text = kernel(R"(
  mov.u32 %r1, 0;
  mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f16 {%r2, %r3}, {%r1, %r1, %r1, %r1}, {%r1, %r1}, {%r1, %r1};)");
  Simulation run(text);
  run.go(16);
  expectFault(run, text, FaultKind::divergentBarrier, "mma.sync");
}

} // namespace
