// Products of bf16 by the CPU's instruction have the bits of multiply-adds,
// whatever they are made of: numbers of any size, subnormal ones, zeros and
// infinities. On a CPU that has the instruction.

#include "ContractionHarness.h"

#include "Codegen/Bf16Dots.h"
#include "cpu/HostCpu.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace dlc::contraction {
namespace {

/// How the elements of an operand are drawn.
struct Range {
  /// The biased exponents, from the least to the largest.
  int least, largest;
  /// An infinity among them.
  bool hasInfinity = false;
};

std::vector<uint16_t> draw(int64_t count, uint32_t seed, Range range) {
  std::vector<uint16_t> x(count);
  auto next = [&] { return (seed = seed * 1664525 + 1013904223) >> 8; };
  for (uint16_t &value : x) {
    int exponent = range.least + next() % (range.largest - range.least + 1);
    value = next() % 8 ? (next() & 0x807f) | exponent << 7 : next() & 0x8000;
  }
  if (range.hasInfinity)
    x[count / 2] = 0x7f80;
  return x;
}

std::string textOf(const Shape &s) {
  auto type = [](int64_t rows, int64_t columns, const char *element) {
    return llvm::formatv("tensor<{0}x{1}x{2}>", rows, columns, element).str();
  };
  auto left = [&](const char *element) {
    return s.leftTransposed ? type(s.k, s.m, element) : type(s.m, s.k, element);
  };
  auto right = [&](const char *element) {
    return s.rightTransposed ? type(s.n, s.k, element)
                             : type(s.k, s.n, element);
  };
  const char *format = R"(
func.func @f(%x: {0}, %y: {1}) -> {4} {{
  %z = dlc.kernel contraction(%x, %y) {{
  ^bb0(%a: {0}, %b: {1}):
    %p = dlc.convert %a : {0} to {2}
    %q = dlc.convert %b : {1} to {3}
    %c = dlc.dot_general %p, %q batch [] x [] contract [{5}] x [{6}] : {2}, {3} to {4}
    dlc.yield %c : {4}
  } : ({0}, {1}) -> {4}
  return %z : {4}
})";
  return llvm::formatv(format, left("bf16"), right("bf16"), left("f32"),
                       right("f32"), type(s.m, s.n, "f32"),
                       s.leftTransposed ? 0 : 1, s.rightTransposed ? 1 : 0)
      .str();
}

std::vector<float> run(const runtime::Executable &executable, const Shape &s,
                       std::vector<uint16_t> x, std::vector<uint16_t> y,
                       int64_t parts) {
  std::vector<float> z(s.m * s.n, 77);
  void *slots[] = {x.data(), y.data(), z.data()};
  runInParts(executable, slots, parts);
  return z;
}

bool sameBits(const std::vector<float> &x, const std::vector<float> &y) {
  // Which NaN it is may differ.
  for (size_t i = 0; i < x.size(); ++i)
    if (std::memcmp(&x[i], &y[i], sizeof(float)) != 0 &&
        !(std::isnan(x[i]) && std::isnan(y[i])))
      return false;
  return true;
}

bool isSubnormal(float x) { return std::fpclassify(x) == FP_SUBNORMAL; }

class Bf16DotsTest : public testing::Test {
protected:
  void SetUp() override {
    if (!runtime::hostCpu().has("avx512bf16"))
      GTEST_SKIP() << "this CPU has no vdpbf16ps";
  }

  /// Compares the result with that of multiply-adds.
  void compare(const Shape &s, const std::vector<uint16_t> &x,
               const std::vector<uint16_t> &y, bool givesSubnormals) {
    SCOPED_TRACE(llvm::formatv("{0}x{1}x{2} {3}{4}", s.m, s.n, s.k,
                               s.leftTransposed ? "t" : "n",
                               s.rightTransposed ? "t" : "n")
                     .str());
    auto dots = compile(textOf(s), {64, 32, /*bf16Dots=*/true});
    auto plain = compile(textOf(s));
    ASSERT_TRUE(dots && plain);
    std::vector<float> expected = run(*plain, s, x, y, 1);
    EXPECT_EQ(llvm::any_of(expected, isSubnormal), givesSubnormals);
    for (int64_t parts : {1, 3, 16})
      EXPECT_TRUE(sameBits(expected, run(*dots, s, x, y, parts))) << parts;
  }

  void check(Shape s, Range left, Range right, bool givesSubnormals = false) {
    for (bool turnsLeft : {false, true})
      for (bool turnsRight : {false, true}) {
        s.leftTransposed = turnsLeft;
        s.rightTransposed = turnsRight;
        compare(s, draw(s.m * s.k, 1, left), draw(s.k * s.n, 2, right),
                givesSubnormals);
      }
  }
};

TEST_F(Bf16DotsTest, TheInstructionIsTwoMultiplyAdds) {
  EXPECT_TRUE(dotsRoundAsMultiplyAdds());
}

TEST_F(Bf16DotsTest, OfOrdinaryNumbers) {
  for (Shape s : {Shape{32, 32, 2}, Shape{33, 47, 30}, Shape{70, 100, 514},
                  Shape{257, 48, 64}, Shape{64, 130, 1100}})
    check(s, {117, 130}, {110, 137});
}

TEST_F(Bf16DotsTest, AtTheLimit) {
  // 129 * 129 - 128 * 130 = 1: the least sum of products whose exponents add up
  // to 142 is 2^-126, one less makes it subnormal.
  for (int exponent : {71, 70}) {
    uint16_t x[] = {uint16_t(71 << 7 | 1), uint16_t(71 << 7 | 0x8000)};
    uint16_t y[] = {uint16_t(exponent << 7 | 1), uint16_t(exponent << 7 | 2)};
    Shape s{40, 64, 2, /*leftTransposed=*/false, /*rightTransposed=*/true};
    std::vector<uint16_t> left, right;
    for (int64_t i = 0; i < s.m * s.k; ++i)
      left.push_back(x[i % 2]);
    for (int64_t i = 0; i < s.k * s.n; ++i)
      right.push_back(y[i % 2]);
    compare(s, left, right, /*givesSubnormals=*/exponent == 70);
  }
}

TEST_F(Bf16DotsTest, OfSmallNumbers) {
  check({40, 64, 96}, {40, 50}, {60, 70}, /*givesSubnormals=*/true);
  check({40, 64, 700}, {0, 2}, {120, 130}, /*givesSubnormals=*/true);
  check({40, 64, 96}, {1, 60}, {200, 240});
  check({40, 64, 96}, {0, 0}, {200, 240});
}

TEST_F(Bf16DotsTest, OfInfinities) {
  check({40, 64, 96}, {117, 130, true}, {117, 130});
  check({40, 64, 96}, {200, 254}, {200, 254});
}

} // namespace
} // namespace dlc::contraction
