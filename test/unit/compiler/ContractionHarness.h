// A kernel that holds one product, compiled and ready to call: what the tests
// and the benchmark of contractions share.

#ifndef DLC_TEST_UNIT_COMPILER_CONTRACTIONHARNESS_H
#define DLC_TEST_UNIT_COMPILER_CONTRACTIONHARNESS_H

#include "Codegen/Codegen.h"
#include "IR/Dlc.h"
#include "Lowering/Passes.h"
#include "cpu/Executable.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FormatVariadic.h"

#include <memory>
#include <string>
#include <vector>

namespace dlc::contraction {

/// [m, k] times [k, n].
struct Shape {
  int64_t m, n, k;
  /// The left operand is [k, m], the right one [n, k].
  bool leftTransposed = false, rightTransposed = false;
  /// If not 0, the right operand is [n / stripWidth, k, stripWidth].
  int64_t stripWidth = 0;
  /// The body computes the operand: the negated argument.
  bool negatesLeft = false, negatesRight = false;
};

/// A function of a kernel (x, y) -> x y; with `update`, (x, y, w) -> w - x y
/// / 64.
inline std::string kernelText(const Shape &s, const char *element,
                              bool update = false) {
  auto type = [&](int64_t rows, int64_t columns) {
    return llvm::formatv("tensor<{0}x{1}x{2}>", rows, columns, element).str();
  };
  std::string x = s.leftTransposed ? type(s.k, s.m) : type(s.m, s.k);
  std::string y = s.rightTransposed ? type(s.n, s.k) : type(s.k, s.n);
  std::string z = type(s.m, s.n), given = y, left = "%a", right = "%b", unpack;
  if (s.stripWidth) {
    int64_t strips = s.n / s.stripWidth;
    given = llvm::formatv("tensor<{0}x{1}x{2}x{3}>", strips, s.k, s.stripWidth,
                          element);
    std::string turned = llvm::formatv("tensor<{0}x{1}x{2}x{3}>", s.k, strips,
                                       s.stripWidth, element);
    unpack = "%t = dlc.transpose %b perm [1, 0, 2] : " + given + " to " +
             turned + "\n%m = dlc.reshape %t : " + turned + " to " + y;
    right = "%m";
  }
  if (s.negatesLeft) {
    unpack += "%p = dlc.negate %a : " + x + "\n";
    left = "%p";
  }
  if (s.negatesRight) {
    unpack += "%q = dlc.negate %b : " + y + "\n";
    right = "%q";
  }
  std::string types = x + ", " + given, result = "%c", epilogue;
  if (update) {
    types += ", " + z;
    result = "%r";
    epilogue = "%s = dlc.constant dense<0.015625> : " + z +
               "\n%u = dlc.multiply %c, %s : " + z +
               "\n%r = dlc.subtract %d, %u : " + z;
  }
  const char *format = R"(
func.func @f(%x: {0}, %y: {11}{2}) -> {3} {{
  %z = dlc.kernel contraction(%x, %y{4}) {{
  ^bb0(%a: {0}, %b: {11}{5}):
    {12}
    %c = dlc.dot_general {14}, {13} batch [] x [] contract [{6}] x [{7}] : {0}, {1} to {3}
    {8}
    dlc.yield {9} : {3}
  } : ({10}) -> {3}
  return %z : {3}
})";
  return llvm::formatv(format, x, y, update ? ", %w: " + z : "", z,
                       update ? ", %w" : "", update ? ", %d: " + z : "",
                       s.leftTransposed ? 0 : 1, s.rightTransposed ? 1 : 0,
                       epilogue, result, types, given, unpack, right, left)
      .str();
}

/// Null if it does not compile, which is reported.
inline std::shared_ptr<const runtime::Executable>
compile(const std::string &text, VectorFile vectors = {},
        int64_t cacheBytes = int64_t(1) << 20) {
  using namespace mlir;
  DialectRegistry registry;
  registry.insert<DlcDialect, arith::ArithDialect, func::FuncDialect,
                  math::MathDialect, memref::MemRefDialect, NVVM::NVVMDialect,
                  scf::SCFDialect, vector::VectorDialect>();
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  auto module = parseSourceString<ModuleOp>(text, &context);
  PassManager passes(&context);
  LowerKernelsOptions options;
  options.vectorBytes = vectors.bytes;
  options.vectorRegisters = vectors.registers;
  options.bf16Dots = vectors.bf16Dots;
  options.cacheBytes = cacheBytes;
  passes.addPass(createLowerKernels(options));
  passes.addPass(createPlanMemory());
  if (!module || failed(passes.run(*module)))
    return nullptr;
  FailureOr<std::string> bytes = emitProgram(*module, TargetOptions());
  if (failed(bytes))
    return nullptr;
  auto program = runtime::deserialize(*bytes);
  if (!program.ok())
    return nullptr;
  auto executable = runtime::Executable::load(std::move(*program));
  return executable.ok() ? *executable : nullptr;
}

/// Numbers in [-0.5, 0.5).
template <typename T> std::vector<T> numbers(int64_t count, uint32_t seed) {
  std::vector<T> x(count);
  for (T &value : x) {
    seed = seed * 1664525 + 1013904223;
    value = static_cast<T>(seed >> 8) / (1 << 24) - T(0.5);
  }
  return x;
}

/// Tiles of the only kernel.
inline int64_t tilesOf(const runtime::Executable &executable) {
  return executable.program().functions.front().code.front().tiles;
}

/// Runs the only kernel's tiles in `parts` calls, the last part first.
inline void runInParts(const runtime::Executable &executable,
                       void *const *slots, int64_t parts) {
  int64_t tiles = tilesOf(executable);
  uint64_t fault = runtime::noFault;
  for (int64_t part = parts; part-- > 0;)
    executable.kernel(0)(slots, tiles * part / parts,
                         tiles * (part + 1) / parts, &fault);
}

} // namespace dlc::contraction

#endif // DLC_TEST_UNIT_COMPILER_CONTRACTIONHARNESS_H
