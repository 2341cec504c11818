// Our elementary functions against long double, over numbers of every size, as
// compiled for this machine and for one without FMA; their special values; and
// the same bits on all instruction sets with FMA. test/benchmark/math tries
// every f32.

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

/// op(inputs…) over `samples` numbers each, compiled for `cpu` and run.
template <typename T>
std::vector<T> run(const std::string &op,
                   const std::vector<std::vector<T>> &inputs,
                   const std::string &cpu = "") {
  std::string type = "tensor<" + std::to_string(samples) +
                     (sizeof(T) == 4 ? "xf32>" : "xf64>");
  std::string outer, inner, names, types, operands;
  for (size_t i = 0; i < inputs.size(); ++i) {
    std::string comma = i ? ", " : "", id = std::to_string(i);
    outer += comma + "%x" + id + ": " + type;
    inner += comma + "%a" + id + ": " + type;
    names += comma + "%x" + id;
    types += comma + type;
    operands += comma + "%a" + id;
  }
  std::string text = "func.func @f(" + outer + ") -> " + type +
                     " { %y = dlc.kernel map(" + names + ") { ^bb0(" + inner +
                     "): %b = dlc." + op + " " + operands + " : " + type +
                     " dlc.yield %b : " + type + " } : (" + types + ") -> " +
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
  runtime::CpuExecution execution(*executable, 0);
  std::vector<runtime::BufferRef> arguments, results;
  for (const std::vector<T> &input : inputs) {
    auto buffer = runtime::Buffer::allocate(samples * sizeof(T));
    std::copy(input.begin(), input.end(), (*buffer)->template as<T>());
    arguments.push_back(*buffer);
  }
  runtime::Status status = execution.run(arguments, results);
  EXPECT_TRUE(status.ok());
  const T *y = results[0]->template as<T>();
  return {y, y + samples};
}

/// op of a few numbers.
template <typename T>
std::vector<T> runFew(const std::string &op,
                      std::vector<std::vector<T>> inputs) {
  size_t count = inputs[0].size();
  for (std::vector<T> &input : inputs)
    input.resize(samples);
  std::vector<T> y = run(op, inputs);
  y.resize(count);
  return y;
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
  T special[] = {
      T(0), T(-0.0), T(1), T(-1), infinity, -infinity, T(88.722839), T(88.7229),
      T(-103.9), T(-104), T(709.78), T(709.79), T(-745.1), T(-745.2), T(0.92),
      T(-0.92), T(9.01), T(-87.3366), T(10.0545), T(27.226), T(131071.99),
      T(131072), T(0x1.921fb54442d18p0), T(0x1p30),
      // The f64 nearest to a multiple of pi / 2.
      T(0x1.6ac5b262ca1ffp849), std::numeric_limits<T>::denorm_min(),
      -std::numeric_limits<T>::denorm_min(), std::numeric_limits<T>::max(),
      std::numeric_limits<T>::lowest(), std::numeric_limits<T>::min(),
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

struct Function {
  const char *op;
  long double (*reference)(long double);
  double singleBound, doubleBound;
  /// Results of this size and below may have any error.
  long double least = 0;
};

long double rsqrt(long double x) { return 1 / sqrtl(x); }
long double logistic(long double x) { return 1 / (1 + expl(-x)); }
long double gelu(long double x) { return x * 0.5L * erfcl(-x / sqrtl(2)); }

const Function functions[] = {
    {"exponential", expl, 1, 2}, {"exponential_minus_one", expm1l, 2, 2},
    {"log", logl, 1, 2},         {"log_plus_one", log1pl, 2, 2},
    {"sqrt", sqrtl, 0.5, 0.5},   {"rsqrt", rsqrt, 1, 2},
    {"sine", sinl, 2, 2},        {"cosine", cosl, 2, 2},
    {"tanh", tanhl, 2, 2},       {"logistic", logistic, 2, 2},
    {"erf", erfl, 2, 2},         {"erfc", erfcl, 2, 2},
    {"atan", atanl, 2, 2},       {"gelu", gelu, 4, 4, 1e-30L},
};

template <typename T>
void expectClose(const Function &f, const std::string &cpu) {
  for (const std::vector<T> &x :
       {spread<T>(), within<T>(2), within<T>(100), within<T>(720)}) {
    std::vector<T> y = run<T>(f.op, {x}, cpu);
    double worst = 0;
    T where = 0;
    for (int64_t i = 0; i < samples; ++i) {
      long double want = f.reference(x[i]);
      if (std::fabs(want) <= f.least && f.least != 0)
        continue;
      if (double error = ulps(y[i], want); error > worst) {
        worst = error;
        where = x[i];
      }
      // -0 is what is rounded to it, and what -0 gives.
      if (want == 0 && y[i] == 0) {
        EXPECT_EQ(std::signbit(y[i]), std::signbit(want)) << f.op << x[i];
      }
    }
    EXPECT_LE(worst, sizeof(T) == 4 ? f.singleBound : f.doubleBound)
        << f.op << " of " << where << " on " << cpu;
  }
}

TEST(Math, SinglePrecision) {
  for (const Function &f : functions)
    for (const char *cpu : {"", "x86-64"})
      expectClose<float>(f, cpu);
}

TEST(Math, DoublePrecision) {
  for (const Function &f : functions)
    for (const char *cpu : {"", "x86-64"})
      expectClose<double>(f, cpu);
}

/// Pairs whose power is a number, and pairs of any bits.
template <typename T> std::vector<std::vector<T>> powerSamples() {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  std::vector<T> x(samples), y(samples);
  uint64_t state = 1;
  auto next = [&] {
    state = state * 6364136223846793005 + 1442695040888963407;
    return (state >> 32) * 0x100000001 ^ state;
  };
  double range = sizeof(T) == 4 ? 104 : 745;
  for (int64_t i = 0; i < samples; ++i) {
    double u = next() * 0x1p-63 - 1, v = next() * 0x1p-63 - 1;
    x[i] = static_cast<T>(std::exp(u * (i % 2 ? 80 : 1)));
    y[i] = static_cast<T>(v * range / std::log(double(x[i])));
    if (i % 8 == 0) {
      x[i] = std::bit_cast<T>(static_cast<Bits>(next()));
      y[i] = std::bit_cast<T>(static_cast<Bits>(next()));
    }
  }
  return {x, y};
}

template <typename T> void expectPowersClose(const std::string &cpu) {
  auto inputs = powerSamples<T>();
  std::vector<T> z = run<T>("power", inputs, cpu);
  for (int64_t i = 0; i < samples; ++i) {
    T x = inputs[0][i], y = inputs[1][i];
    EXPECT_LE(ulps(z[i], powl(x, y)), 2) << x << " to the power " << y;
  }
}

TEST(Math, Power) {
  for (const char *cpu : {"", "x86-64"}) {
    expectPowersClose<float>(cpu);
    expectPowersClose<double>(cpu);
  }
}

/// C99's Annex F, by trying what it distinguishes against the C library.
template <typename T> void expectSpecialPowers() {
  constexpr T infinity = std::numeric_limits<T>::infinity();
  constexpr T nan = std::numeric_limits<T>::quiet_NaN();
  const T some[] = {0,
                    1,
                    2,
                    3,
                    0.5,
                    0.25,
                    1.5,
                    0x1p23,
                    0x1p24,
                    0x1p53,
                    1e30,
                    1e-30,
                    infinity,
                    nan,
                    T(0x1p23 + 1),
                    T(0x1p22 + 0.5),
                    std::numeric_limits<T>::max(),
                    std::numeric_limits<T>::min(),
                    std::numeric_limits<T>::denorm_min()};
  std::vector<T> x, y;
  for (T a : some)
    for (T b : some)
      for (T s : {T(1), T(-1)})
        for (T t : {T(1), T(-1)}) {
          x.push_back(s * a);
          y.push_back(t * b);
        }
  std::vector<T> z = runFew<T>("power", {x, y});
  for (size_t i = 0; i < x.size(); ++i) {
    T want = std::pow(x[i], y[i]);
    EXPECT_LE(ulps(z[i], powl(x[i], y[i])), 2)
        << x[i] << " to the power " << y[i];
    if (!std::isnan(want)) {
      EXPECT_EQ(std::signbit(z[i]), std::signbit(want))
          << x[i] << " to the power " << y[i];
    }
  }
}

TEST(Math, PowerOfSpecialNumbers) {
  expectSpecialPowers<float>();
  expectSpecialPowers<double>();
}

template <typename T> void expectRemaindersExact(const std::string &cpu) {
  auto inputs = powerSamples<T>();
  std::vector<T> z = run<T>("remainder", inputs, cpu);
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  for (int64_t i = 0; i < samples; ++i) {
    T x = inputs[0][i], y = inputs[1][i], want = std::fmod(x, y);
    if (std::isnan(want)) {
      EXPECT_TRUE(std::isnan(z[i])) << x << " mod " << y;
    } else {
      ASSERT_EQ(std::bit_cast<Bits>(z[i]), std::bit_cast<Bits>(want))
          << x << " mod " << y << " on " << cpu;
    }
  }
}

TEST(Math, RemainderIsExact) {
  for (const char *cpu : {"", "x86-64"}) {
    expectRemaindersExact<float>(cpu);
    expectRemaindersExact<double>(cpu);
  }
}

template <typename T>
void expectSameBits(const char *op, const std::vector<std::vector<T>> &x) {
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  std::vector<T> here = run<T>(op, x), v3 = run<T>(op, x, "x86-64-v3");
  for (int64_t i = 0; i < samples; ++i)
    if (!std::isnan(here[i])) {
      ASSERT_EQ(std::bit_cast<Bits>(here[i]), std::bit_cast<Bits>(v3[i]))
          << op << " of " << x[0][i];
    }
}

TEST(Math, HasTheSameBitsOnEveryInstructionSetWithFma) {
  for (const Function &f : functions) {
    expectSameBits<float>(f.op, {within<float>(10)});
    expectSameBits<float>(f.op, {spread<float>()});
    expectSameBits<double>(f.op, {within<double>(10)});
    expectSameBits<double>(f.op, {spread<double>()});
  }
  expectSameBits<float>("power", powerSamples<float>());
  expectSameBits<double>("power", powerSamples<double>());
}

} // namespace
} // namespace dlc
