// The bits of a product depend neither on how its tiles are shared out nor on
// the registers that micro-kernels fill; and they are right.

#include "ContractionHarness.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

namespace dlc::contraction {
namespace {

/// The kernel's result, its tiles run in `parts` calls, the last part first.
template <typename T>
std::vector<T> run(const runtime::Executable &executable,
                   const std::vector<T> &x, const std::vector<T> &y,
                   int64_t count, int64_t parts) {
  // A sum that reads what it should not becomes NaN.
  std::vector<T> z(count, std::numeric_limits<T>::quiet_NaN());
  void *slots[] = {const_cast<T *>(x.data()), const_cast<T *>(y.data()),
                   z.data()};
  runInParts(executable, slots, parts);
  return z;
}

template <typename T>
void expectProduct(const Shape &s, const std::vector<T> &x,
                   const std::vector<T> &y, const std::vector<T> &z) {
  double bound = 8 * std::numeric_limits<T>::epsilon();
  for (int64_t i = 0; i < s.m; ++i)
    for (int64_t j = 0; j < s.n; ++j) {
      double sum = 0, magnitude = 0;
      for (int64_t l = 0; l < s.k; ++l) {
        double product =
            double(x[s.leftTransposed ? l * s.m + i : i * s.k + l]) *
            y[s.rightTransposed ? j * s.k + l : l * s.n + j];
        sum += product;
        magnitude += std::abs(product);
      }
      ASSERT_NEAR(sum, z[i * s.n + j], bound * magnitude)
          << "at " << i << ", " << j;
    }
}

template <typename T>
bool sameBits(const std::vector<T> &x, const std::vector<T> &y) {
  return std::memcmp(x.data(), y.data(), x.size() * sizeof(T)) == 0;
}

template <typename T> void check(const Shape &s, const char *element) {
  SCOPED_TRACE(llvm::formatv("{0}x{1}x{2} {3}{4} {5}", s.m, s.n, s.k,
                             s.leftTransposed ? "t" : "n",
                             s.rightTransposed ? "t" : "n", element)
                   .str());
  std::string text = kernelText(s, element);
  auto x = numbers<T>(s.m * s.k, 1), y = numbers<T>(s.k * s.n, 2);
  auto wide = compile(text);
  ASSERT_TRUE(wide);
  std::vector<T> z = run(*wide, x, y, s.m * s.n, 1);
  expectProduct(s, x, y, z);
  for (int64_t parts : {2, 3, 16})
    EXPECT_TRUE(sameBits(z, run(*wide, x, y, s.m * s.n, parts))) << parts;
  auto narrow = compile(text, {32, 16});
  ASSERT_TRUE(narrow);
  EXPECT_TRUE(sameBits(z, run(*narrow, x, y, s.m * s.n, 3))) << "narrow";
  auto small = compile(text, {}, /*cacheBytes=*/int64_t(64) << 10);
  ASSERT_TRUE(small);
  EXPECT_TRUE(sameBits(z, run(*small, x, y, s.m * s.n, 3))) << "small cache";
}

class ContractionTest : public testing::TestWithParam<Shape> {};

TEST_P(ContractionTest, BitsFollowFromTheShape) {
  for (bool left : {false, true})
    for (bool right : {false, true}) {
      Shape shape = GetParam();
      shape.leftTransposed = left;
      shape.rightTransposed = right;
      check<float>(shape, "f32");
    }
}

// Tails everywhere; a second block of k; strips and bands of several tiles; few
// columns, also in several parts of k and with overlapping groups; few rows;
// several strips and bands that share packed blocks; sums stored where they
// belong, the last rows' through scratch; rows of A that lie in one set of a
// cache; strips copied four at once, and groups of rows whose k lie pages
// apart; k of both operands 2 KiB apart, so that they are copied.
INSTANTIATE_TEST_SUITE_P(
    Shapes, ContractionTest,
    testing::Values(
        Shape{1, 1, 1}, Shape{3, 5, 7}, Shape{17, 33, 65}, Shape{70, 100, 513},
        Shape{257, 83, 255}, Shape{40, 33, 1100}, Shape{100, 10, 784},
        Shape{20, 3, 2100}, Shape{3, 130, 300}, Shape{300, 130, 600},
        Shape{101, 28, 600}, Shape{53, 48, 130}, Shape{33, 16, 900},
        Shape{259, 256, 10}, Shape{41, 64, 1100}, Shape{41, 112, 1024},
        Shape{40, 2176, 40}, Shape{1024, 112, 20}, Shape{512, 512, 30}),
    [](const auto &info) {
      const Shape &s = info.param;
      return llvm::formatv("{0}x{1}x{2}", s.m, s.n, s.k).str();
    });

TEST(Contraction, Doubles) {
  check<double>({33, 41, 70, false, true}, "f64");
  check<double>({70, 7, 600, true, false}, "f64");
  check<double>({70, 7, 1300, false, false}, "f64");
  check<double>({70, 20, 65, true, true}, "f64");
}

/// A product of operands that the kernel negates, one of them or both, is that
/// of the arrays.
template <typename T> void checkComputed(const Shape &s, const char *element) {
  auto x = numbers<T>(s.m * s.k, 1), y = numbers<T>(s.k * s.n, 2);
  auto plain = compile(kernelText(s, element));
  ASSERT_TRUE(plain);
  std::vector<T> z = run(*plain, x, y, s.m * s.n, 1);
  std::vector<T> negated;
  for (T value : z)
    negated.push_back(-value);
  auto expectSame = [&](bool left, bool right, VectorFile vectors,
                        int64_t cacheBytes) {
    SCOPED_TRACE(llvm::formatv("{0}x{1}x{2} {3}{4}{5}{6} {7}", s.m, s.n, s.k,
                               s.leftTransposed ? "t" : "n",
                               s.rightTransposed ? "t" : "n",
                               left ? " left" : "", right ? " right" : "",
                               element)
                     .str());
    Shape computed = s;
    computed.negatesLeft = left;
    computed.negatesRight = right;
    auto executable =
        compile(kernelText(computed, element), vectors, cacheBytes);
    ASSERT_TRUE(executable);
    for (int64_t parts : {1, 3, 16})
      EXPECT_TRUE(sameBits(left && right ? z : negated,
                           run(*executable, x, y, s.m * s.n, parts)))
          << parts;
  };
  expectSame(true, true, {}, int64_t(1) << 20);
  // A cache that makes bands of few rows.
  expectSame(true, true, {32, 16}, int64_t(1) << 17);
  if (s.leftTransposed != s.rightTransposed)
    return;
  expectSame(true, false, {}, int64_t(1) << 20);
  expectSame(false, true, {}, int64_t(1) << 20);
}

TEST(Contraction, Prologues) {
  for (Shape s : {Shape{1, 1, 1}, Shape{17, 33, 65}, Shape{3, 130, 300},
                  Shape{70, 100, 513}, Shape{100, 10, 784}, Shape{53, 48, 130},
                  Shape{300, 130, 600}})
    for (bool left : {false, true})
      for (bool right : {false, true}) {
        s.leftTransposed = left;
        s.rightTransposed = right;
        checkComputed<float>(s, "f32");
      }
  checkComputed<double>({33, 41, 70, true, true}, "f64");
  checkComputed<double>({70, 7, 600, false, true}, "f64");
}

// Strips hold the same matrix, whatever their width.
TEST(Contraction, Strips) {
  for (Shape s : {Shape{33, 128, 600}, Shape{70, 192, 40, true}}) {
    auto x = numbers<float>(s.m * s.k, 1), y = numbers<float>(s.k * s.n, 2);
    auto plain = compile(kernelText(s, "f32"));
    ASSERT_TRUE(plain);
    std::vector<float> z = run(*plain, x, y, s.m * s.n, 1);
    for (int64_t width : {16, 32, 64}) {
      std::vector<float> strips;
      for (int64_t column = 0; column < s.n; column += width)
        for (int64_t k = 0; k < s.k; ++k)
          for (int64_t i = 0; i < width; ++i)
            strips.push_back(y[k * s.n + column + i]);
      Shape packed = s;
      packed.stripWidth = width;
      for (VectorFile vectors : {VectorFile{}, VectorFile{32, 16}}) {
        auto executable = compile(kernelText(packed, "f32"), vectors);
        ASSERT_TRUE(executable);
        EXPECT_TRUE(sameBits(z, run(*executable, x, strips, s.m * s.n, 3)))
            << s.m << "x" << s.n << "x" << s.k << " in strips of " << width;
      }
    }
  }
}

} // namespace
} // namespace dlc::contraction
