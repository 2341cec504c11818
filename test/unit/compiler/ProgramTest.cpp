// From a function of kernels to numbers: planned, compiled, loaded, run.

#include "Codegen/Codegen.h"
#include "IR/Dlc.h"
#include "Lowering/Passes.h"
#include "Lowering/PlanMemoryReport.h"
#include "cpu/Execution.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <gtest/gtest.h>

using namespace mlir;

namespace dlc {
namespace {

/// x * y + (0, 1, … 15) in four tiles; floor; n + 1, a fault from 5 on.
constexpr const char *kernels = R"(
func.func private @fma(%x: memref<64xf32>, %y: memref<64xf32>, %out: memref<64xf32>,
    %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 4 : i64} {
  %one = arith.constant 1 : index
  %lanes = arith.constant 16 : index
  %c = arith.constant dense<[0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15.]> : vector<16xf32>
  scf.for %tile = %tile0 to %tile1 step %one {
    %i = arith.muli %tile, %lanes : index
    %a = vector.load %x[%i] : memref<64xf32>, vector<16xf32>
    %b = vector.load %y[%i] : memref<64xf32>, vector<16xf32>
    %r = math.fma %a, %b, %c : vector<16xf32>
    vector.store %r, %out[%i] : memref<64xf32>, vector<16xf32>
  }
  return
}
func.func private @floor(%x: memref<64xf32>, %out: memref<64xf32>,
    %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 64 : i64} {
  %one = arith.constant 1 : index
  scf.for %i = %tile0 to %tile1 step %one {
    %a = memref.load %x[%i] : memref<64xf32>
    %r = math.floor %a : f32
    memref.store %r, %out[%i] : memref<64xf32>
  }
  return
}
func.func private @count(%x: memref<i64>, %out: memref<i64>,
    %tile0: index, %tile1: index, %fault: memref<1xi64>) attributes {dlc.tiles = 1 : i64} {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : i64
  %limit = arith.constant 5 : i64
  %a = memref.load %x[] : memref<i64>
  %bad = arith.cmpi sge, %a, %limit : i64
  scf.if %bad {
    %id = arith.constant 7 : i64
    %old = memref.atomic_rmw minu %id, %fault[%zero] : (i64, memref<1xi64>) -> i64
  }
  %r = arith.addi %a, %one : i64
  memref.store %r, %out[] : memref<i64>
  return
}
)";

class ProgramTest : public testing::Test {
protected:
  ProgramTest() {
    DialectRegistry registry;
    registry.insert<DlcDialect, arith::ArithDialect, func::FuncDialect,
                    math::MathDialect, memref::MemRefDialect, scf::SCFDialect,
                    vector::VectorDialect>();
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  OwningOpRef<ModuleOp> plan(const std::string &functions) {
    auto module = parseSourceString<ModuleOp>(
        "module attributes {dlc.checks = [{op = \"f\", limit = 5 : i64, "
        "loc = \"a.cpp:1:2\"}]} {" +
            std::string(kernels) + functions + "}",
        &context);
    PassManager passes(&context);
    passes.addPass(createPlanMemory());
    EXPECT_TRUE(module && succeeded(passes.run(*module)));
    return module;
  }

  /// Compiles for `cpu` and loads function 0.
  std::unique_ptr<runtime::Execution> load(const std::string &functions,
                                           const std::string &cpu = "") {
    OwningOpRef<ModuleOp> module = plan(functions);
    TargetOptions options;
    options.cpu = cpu;
    FailureOr<std::string> bytes = emitProgram(*module, options);
    if (failed(bytes))
      return nullptr;
    auto program = runtime::deserialize(*bytes);
    EXPECT_TRUE(program.ok()) << program.message();
    auto executable = runtime::Executable::load(std::move(*program));
    EXPECT_TRUE(executable.ok()) << executable.message();
    return std::make_unique<runtime::CpuExecution>(*executable, 0);
  }

  template <typename T>
  static runtime::BufferRef buffer(const std::vector<T> &values) {
    auto made = runtime::Buffer::allocate(values.size() * sizeof(T));
    std::copy(values.begin(), values.end(), (*made)->template as<T>());
    return *made;
  }

  MLIRContext context;
};

constexpr const char *fma = R"(
func.func @f(%x: tensor<64xf32>, %y: tensor<64xf32>) -> tensor<64xf32> {
  %0 = dlc.kernel map(%x, %y) {
  ^bb0(%a: tensor<64xf32>, %b: tensor<64xf32>):
    %c = dlc.multiply %a, %b : tensor<64xf32>
    dlc.yield %c : tensor<64xf32>
  } {callee = @fma} : (tensor<64xf32>, tensor<64xf32>) -> tensor<64xf32>
  %1 = dlc.kernel map(%0) {
  ^bb0(%a: tensor<64xf32>):
    dlc.yield %a : tensor<64xf32>
  } {callee = @floor} : (tensor<64xf32>) -> tensor<64xf32>
  return %1 : tensor<64xf32>
})";

// Constants of the code, a planned intermediate, two kernels; with FMA and the
// rounding instruction, and without.
TEST_F(ProgramTest, RunsOnEveryIsa) {
  std::vector<float> x, y;
  for (int i = 0; i < 64; ++i) {
    x.push_back(0.3f * (i - 32));
    y.push_back(i % 2 ? 1.5f : -1.5f);
  }
  for (const char *cpu : {"", "x86-64", "x86-64-v2", "x86-64-v3"}) {
    auto execution = load(fma, cpu);
    ASSERT_TRUE(execution);
    std::vector<runtime::BufferRef> arguments{buffer(x), buffer(y)}, results;
    ASSERT_TRUE(execution->run(arguments, results).ok());
    for (int i = 0; i < 64; ++i)
      EXPECT_EQ(results[0]->as<float>()[i], std::floor(x[i] * y[i] + i % 16))
          << i << " on " << cpu;
  }
}

// Rounding without an instruction keeps -0, infinities, NaN and large values.
TEST_F(ProgramTest, ExpandedFloorIsExact) {
  constexpr const char *function = R"(
func.func @f(%x: tensor<64xf32>) -> tensor<64xf32> {
  %0 = dlc.kernel map(%x) {
  ^bb0(%a: tensor<64xf32>):
    dlc.yield %a : tensor<64xf32>
  } {callee = @floor} : (tensor<64xf32>) -> tensor<64xf32>
  return %0 : tensor<64xf32>
})";
  std::vector<float> x{0.f,    -0.f,     0.5f,        -0.5f,      1e30f,
                       -1e30f, INFINITY, -INFINITY,   8388607.5f, -8388607.5f,
                       1e-40f, -1e-40f,  0.99999994f, -1.f,       2.5f,
                       -2.5f,  NAN};
  x.resize(64, 3.5f);
  auto execution = load(function, "x86-64");
  ASSERT_TRUE(execution);
  std::vector<runtime::BufferRef> arguments{buffer(x)}, results;
  ASSERT_TRUE(execution->run(arguments, results).ok());
  for (int i = 0; i < 64; ++i) {
    float expected = std::floor(x[i]), got = results[0]->as<float>()[i];
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(got));
      continue;
    }
    EXPECT_EQ(got, expected);
    EXPECT_EQ(std::signbit(got), std::signbit(expected)) << x[i];
  }
}

constexpr const char *loop = R"(
func.func @f(%n: tensor<i64> {dlc.donate = 0 : i64}) -> (tensor<i64>, tensor<3xi64>) {
  %last, %all = dlc.scan 3 init(%n) over() with() {
  ^bb0(%i: tensor<i64>):
    %next = dlc.kernel map(%i) {
    ^bb0(%a: tensor<i64>):
      dlc.yield %a : tensor<i64>
    } {callee = @count} : (tensor<i64>) -> tensor<i64>
    dlc.yield %next, %next : tensor<i64>, tensor<i64>
  } : (tensor<i64>) -> (tensor<i64>, tensor<3xi64>)
  return %last, %all : tensor<i64>, tensor<3xi64>
})";

// The carry counts, the stack keeps every count, a fault spares the argument.
TEST_F(ProgramTest, LoopsAndFaults) {
  auto execution = load(loop);
  ASSERT_TRUE(execution);
  std::vector<runtime::BufferRef> arguments{buffer<int64_t>({1})}, results;
  runtime::Status status = execution->run(arguments, results);
  ASSERT_TRUE(status.ok()) << status.message();
  EXPECT_EQ(results[0]->as<int64_t>()[0], 4);
  EXPECT_EQ(results[1]->as<int64_t>()[0], 2);
  EXPECT_EQ(results[1]->as<int64_t>()[2], 4);

  arguments = {buffer<int64_t>({4})};
  status = execution->run(arguments, results);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.message(),
            "[f] index at position 7 is outside [0, 5) (a.cpp:1:2)");
  EXPECT_EQ(arguments[0]->as<int64_t>()[0], 4);
}

TEST_F(ProgramTest, IsTheSameEveryTime) {
  OwningOpRef<ModuleOp> module = plan(fma);
  FailureOr<std::string> first = emitProgram(*module, {});
  FailureOr<std::string> second = emitProgram(*module, {});
  ASSERT_TRUE(succeeded(first) && succeeded(second));
  EXPECT_EQ(*first, *second);
}

TEST_F(ProgramTest, PlanIsReadable) {
  OwningOpRef<ModuleOp> module = plan(fma);
  std::string text;
  llvm::raw_string_ostream os(text);
  MemoryPlan::of(*module->getOps<ProgramOp>().begin()).print(os);
  // floor writes over what fma left, and both in the result.
  EXPECT_EQ(text, "arena 0 bytes, of which at most 0 live at once\n");
}

} // namespace
} // namespace dlc
