// Our exp, log, tanh and logistic against long double, over numbers of every
// size, as compiled for this machine; and the same bits on other instruction
// sets.

#include "Codegen/Codegen.h"
#include "IR/Dlc.h"
#include "Lowering/Passes.h"
#include "cpu/Execution.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

using namespace mlir;

namespace dlc {
namespace {

constexpr int64_t samples = 1 << 16;

/// y = op(x) over `samples` numbers, compiled for `cpu` and run.
template <typename T>
std::vector<T> run(const std::string &op, const std::vector<T> &x,
                   const std::string &cpu = "") {
  std::string type = "tensor<" + std::to_string(samples) +
                     (sizeof(T) == 4 ? "xf32>" : "xf64>");
  std::string text = "func.func @f(%x: " + type + ") -> " + type +
                     " { %y = dlc.kernel map(%x) { ^bb0(%a: " + type +
                     "): %b = dlc." + op + " %a : " + type +
                     " dlc.yield %b : " + type + " } : (" + type + ") -> " +
                     type + " return %y : " + type + " }";
  DialectRegistry registry;
  registry.insert<DlcDialect, arith::ArithDialect, func::FuncDialect,
                  math::MathDialect, memref::MemRefDialect, NVVM::NVVMDialect,
                  scf::SCFDialect, vector::VectorDialect>();
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(text, &context);
  PassManager passes(&context);
  passes.addPass(createLowerKernels());
  passes.addPass(createPlanMemory());
  EXPECT_TRUE(module && succeeded(passes.run(*module)));
  TargetOptions options;
  options.cpu = cpu;
  FailureOr<std::string> bytes = emitProgram(*module, options);
  EXPECT_TRUE(succeeded(bytes));
  auto program = runtime::deserialize(*bytes);
  EXPECT_TRUE(program.ok()) << program.message();
  auto executable = runtime::Executable::load(std::move(*program));
  EXPECT_TRUE(executable.ok()) << executable.message();
  runtime::Execution execution(*executable, 0);
  auto input = runtime::Buffer::allocate(samples * sizeof(T));
  std::copy(x.begin(), x.end(), (*input)->template as<T>());
  std::vector<runtime::BufferRef> arguments{*input}, results;
  runtime::Status status = execution.run(arguments, results);
  EXPECT_TRUE(status.ok());
  const T *y = results[0]->template as<T>();
  return {y, y + samples};
}

/// Numbers whose bits are evenly spaced: all exponents, both signs, NaNs, and
/// the special ones.
template <typename T> std::vector<T> spread() {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  std::vector<T> x(samples);
  constexpr Bits step = std::numeric_limits<Bits>::max() / samples;
  for (int64_t i = 0; i < samples; ++i)
    x[i] = std::bit_cast<T>(static_cast<Bits>(i * step + i));
  constexpr T infinity = std::numeric_limits<T>::infinity();
  T special[] = {T(0),
                 T(-0.0),
                 T(1),
                 T(-1),
                 infinity,
                 -infinity,
                 T(88.722839),
                 T(88.7229),
                 T(-103.9),
                 T(-104),
                 T(709.78),
                 T(709.79),
                 T(-745.1),
                 T(-745.2),
                 T(0.625),
                 T(-0.625),
                 T(9.01),
                 T(-87.3366),
                 std::numeric_limits<T>::denorm_min(),
                 std::numeric_limits<T>::max(),
                 std::numeric_limits<T>::min(),
                 std::numeric_limits<T>::quiet_NaN()};
  std::copy(std::begin(special), std::end(special), x.begin());
  return x;
}

/// Numbers in [-limit, limit).
template <typename T> std::vector<T> within(double limit) {
  std::vector<T> x(samples);
  for (int64_t i = 0; i < samples; ++i)
    x[i] = static_cast<T>((i + 0.5) / samples * 2 * limit - limit);
  return x;
}

/// The distance in units of the last place of `want`, rounded to T.
template <typename T> double ulps(T got, long double want) {
  T rounded = static_cast<T>(want);
  if (std::isnan(rounded) || std::isnan(got))
    return std::isnan(rounded) == std::isnan(got) ? 0 : INFINITY;
  if (std::isinf(rounded) || std::isinf(got))
    return rounded == got ? 0 : INFINITY;
  int exponent = std::numeric_limits<T>::min_exponent;
  if (rounded != 0)
    std::frexp(rounded, &exponent);
  exponent = std::max(exponent, std::numeric_limits<T>::min_exponent);
  return std::fabs(static_cast<double>(
      std::ldexp(got - want, std::numeric_limits<T>::digits - exponent)));
}

template <typename T>
void expectClose(const std::string &op, double bound,
                 long double (*reference)(long double)) {
  for (const std::vector<T> &x :
       {spread<T>(), within<T>(2), within<T>(100), within<T>(720)}) {
    std::vector<T> y = run(op, x);
    double worst = 0;
    T where = 0;
    for (int64_t i = 0; i < samples; ++i)
      if (double error = ulps(y[i], reference(x[i])); error > worst) {
        worst = error;
        where = x[i];
      }
    EXPECT_LE(worst, bound) << op << " of " << where;
  }
}

long double logistic(long double x) { return 1 / (1 + expl(-x)); }

TEST(Math, SinglePrecision) {
  expectClose<float>("exponential", 1, expl);
  expectClose<float>("log", 1, logl);
  expectClose<float>("tanh", 2, tanhl);
  expectClose<float>("logistic", 2, logistic);
}

TEST(Math, DoublePrecision) {
  expectClose<double>("exponential", 2, expl);
  expectClose<double>("log", 2, logl);
  expectClose<double>("tanh", 2, tanhl);
  expectClose<double>("logistic", 2, logistic);
}

TEST(Math, KeepsTheSignOfZero) {
  std::vector<float> x(samples, -0.0f);
  EXPECT_TRUE(std::signbit(run("tanh", x)[0]));
}

TEST(Math, HasTheSameBitsOnEveryInstructionSetWithFma) {
  std::vector<float> x = within<float>(10);
  for (const char *op : {"exponential", "log", "tanh", "logistic"}) {
    std::vector<float> here = run(op, x), v3 = run(op, x, "x86-64-v3");
    for (int64_t i = 0; i < samples; ++i)
      if (!std::isnan(here[i])) {
        ASSERT_EQ(std::bit_cast<uint32_t>(here[i]),
                  std::bit_cast<uint32_t>(v3[i]))
            << op << " of " << x[i];
      }
  }
}

} // namespace
} // namespace dlc
