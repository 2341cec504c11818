// The bits of a product depend neither on how its tiles are shared out nor on
// the registers that micro-kernels fill; and they are right.

#include "Codegen/Codegen.h"
#include "IR/Dlc.h"
#include "Lowering/Passes.h"
#include "cpu/Executable.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FormatVariadic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

using namespace mlir;

namespace dlc {
namespace {

struct Shape {
  int64_t m, n, k;
  /// The left operand is [k, m], the right one [n, k].
  bool leftTransposed = false, rightTransposed = false;
};

std::string kernelText(const Shape &s, const char *element) {
  auto type = [&](int64_t rows, int64_t columns) {
    return llvm::formatv("tensor<{0}x{1}x{2}>", rows, columns, element).str();
  };
  std::string x = s.leftTransposed ? type(s.k, s.m) : type(s.m, s.k);
  std::string y = s.rightTransposed ? type(s.n, s.k) : type(s.k, s.n);
  std::string z = type(s.m, s.n);
  std::string dot = llvm::formatv(
      "dlc.dot_general %a, %b batch [] x [] contract [{0}] x [{1}]"
      " : {2}, {3} to {4}",
      s.leftTransposed ? 0 : 1, s.rightTransposed ? 1 : 0, x, y, z);
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "func.func @f(%x: " << x << ", %y: " << y << ") -> " << z
     << " { %z = dlc.kernel contraction(%x, %y) { ^bb0(%a: " << x
     << ", %b: " << y << "): %c = " << dot << " dlc.yield %c : " << z
     << " } : (" << x << ", " << y << ") -> " << z << " return %z : " << z
     << " }";
  return text;
}

std::shared_ptr<const runtime::Executable>
compile(const std::string &text, int64_t vectorBytes, int64_t vectorRegisters) {
  DialectRegistry registry;
  registry.insert<DlcDialect, arith::ArithDialect, func::FuncDialect,
                  math::MathDialect, memref::MemRefDialect, NVVM::NVVMDialect,
                  scf::SCFDialect, vector::VectorDialect>();
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(text, &context);
  PassManager passes(&context);
  LowerKernelsOptions options;
  options.vectorBytes = vectorBytes;
  options.vectorRegisters = vectorRegisters;
  passes.addPass(createLowerKernels(options));
  passes.addPass(createPlanMemory());
  EXPECT_TRUE(module && succeeded(passes.run(*module)));
  FailureOr<std::string> bytes = emitProgram(*module, TargetOptions());
  EXPECT_TRUE(succeeded(bytes));
  auto program = runtime::deserialize(*bytes);
  EXPECT_TRUE(program.ok()) << program.message();
  auto executable = runtime::Executable::load(std::move(*program));
  EXPECT_TRUE(executable.ok()) << executable.message();
  return *executable;
}

template <typename T> std::vector<T> numbers(int64_t count, uint32_t seed) {
  std::vector<T> x(count);
  for (T &value : x) {
    seed = seed * 1664525 + 1013904223;
    value = static_cast<T>(seed >> 8) / (1 << 24) - T(0.5);
  }
  return x;
}

/// The kernel's result, its tiles run in `parts` calls, the last part first.
template <typename T>
std::vector<T> run(const runtime::Executable &executable,
                   const std::vector<T> &x, const std::vector<T> &y,
                   int64_t count, int64_t parts) {
  // A sum that reads what it should not becomes NaN.
  std::vector<T> z(count, std::numeric_limits<T>::quiet_NaN());
  void *slots[] = {const_cast<T *>(x.data()), const_cast<T *>(y.data()),
                   z.data()};
  const runtime::Instruction &launch =
      executable.program().functions.front().code.front();
  uint64_t fault = runtime::noFault;
  for (int64_t part = parts; part-- > 0;)
    executable.kernel(0)(slots, launch.tiles * part / parts,
                         launch.tiles * (part + 1) / parts, &fault);
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
  auto wide = compile(text, 64, 32);
  std::vector<T> z = run(*wide, x, y, s.m * s.n, 1);
  expectProduct(s, x, y, z);
  for (int64_t parts : {2, 3, 16})
    EXPECT_TRUE(sameBits(z, run(*wide, x, y, s.m * s.n, parts))) << parts;
  auto narrow = compile(text, 32, 16);
  EXPECT_TRUE(sameBits(z, run(*narrow, x, y, s.m * s.n, 3))) << "narrow";
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
// columns; few rows.
INSTANTIATE_TEST_SUITE_P(
    Shapes, ContractionTest,
    testing::Values(Shape{1, 1, 1}, Shape{3, 5, 7}, Shape{17, 33, 65},
                    Shape{70, 100, 513}, Shape{257, 83, 255},
                    Shape{40, 33, 1100}, Shape{100, 10, 784},
                    Shape{20, 3, 2100}, Shape{3, 130, 300}),
    [](const auto &info) {
      const Shape &s = info.param;
      return llvm::formatv("{0}x{1}x{2}", s.m, s.n, s.k).str();
    });

TEST(Contraction, Doubles) {
  check<double>({33, 41, 70, false, true}, "f64");
  check<double>({70, 7, 600, true, false}, "f64");
}

} // namespace
} // namespace dlc
