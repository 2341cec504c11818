// Kernels over memrefs, vectors and scf loops ⇒ the LLVM dialect.

#ifndef DLC_COMPILER_CODEGEN_LOWERTOLLVM_H
#define DLC_COMPILER_CODEGEN_LOWERTOLLVM_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// What the lowering must know of the target.
struct LoweringTarget {
  /// Has a fused multiply-add; without one `math.fma` multiplies and adds.
  /// One that is marked `dlc.exact` is computed in full.
  bool fma = true;
  /// Converts between f16 and f32.
  bool half = true;
  /// Rounds to an integral value in one instruction.
  bool rounds = true;
  bool cuda = false;
};

/// Marks LLVM's function of a GPU's kernel, whose outermost loop walks tiles,
/// or the trips of a persistent loop.
inline constexpr llvm::StringLiteral gpuKernelAttr = "dlc-gpu-kernel";

/// Rewrites `module`, which holds kernels and their helpers only, in place.
///
/// A CPU kernel becomes `void k(ptr slots, i64 tile0, i64 tile1, ptr fault)`
/// (runtime::KernelFunction); a GPU kernel keeps one parameter an operand.
mlir::LogicalResult lowerToLLVM(mlir::ModuleOp module,
                                const LoweringTarget &target);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_LOWERTOLLVM_H
