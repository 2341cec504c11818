// The order of a function's kernels, and which of them write over what they
// replace.
//
//   %w1 = dlc.kernel map(%w, %dw)        // w - lr * dw
//   %dx = dlc.kernel contraction(%dy, %w)
//   return %w1                           // %w is donated to this result
//
// The update may write over %w if every other reader of %w has run before it,
// and if it reads each element of %w no later than it writes that element. So
// "the reader runs first" becomes an edge of the dependence graph, unless the
// writer is needed by the reader. The carries of a scan follow the same rule:
// the body may write the next carry over the last one.
//
// A donated argument must survive a failed run: its writers run after every
// kernel that may report a fault.

#ifndef DLC_COMPILER_LOWERING_PLANMEMORYSCHEDULE_H
#define DLC_COMPILER_LOWERING_PLANMEMORYSCHEDULE_H

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace dlc {

/// The value whose memory the op's result is; null if the op makes one: a
/// reshape moves nothing.
mlir::Value aliased(mlir::OpResult result);

/// The value whose memory `value` is.
mlir::Value rootOf(mlir::Value value);

/// The ops that read the memory of `root`, also through reshapes.
llvm::SetVector<mlir::Operation *> readersOf(mlir::Value root);

/// Whether the kernel changes its first operand in place.
bool isUpdate(KernelOp kernel);

/// Whether a kernel's result may lie over each of its inputs that is `root`:
/// the types match, and the kernel has read an element before it writes it.
bool mayOverlay(KernelOp kernel, mlir::Value root, mlir::Value result);

/// The functions that kernels were lowered to.
class Callees {
public:
  explicit Callees(mlir::ModuleOp module) : symbols(module) {}

  /// Null if the kernel has not been lowered.
  mlir::func::FuncOp operator[](KernelOp kernel) const;
  /// Whether a kernel, here or inside a region, may report a fault, or a loop
  /// exceed its trips.
  bool mayFault(mlir::Operation *op) const;

private:
  mlir::SymbolTable symbols;
};

/// The result that function argument `i` is donated to, or -1.
int64_t donatedTo(mlir::func::FuncOp function, unsigned i);

struct Schedule {
  /// Operands of returns and yields whose producer writes them straight to
  /// where the result, carry or stack lies. The others are copied.
  llvm::DenseSet<mlir::OpOperand *> direct;
  /// Ops that write over a donated argument.
  llvm::DenseSet<mlir::Operation *> overwriters;
};

/// Reorders the function's blocks in place.
Schedule scheduleFunction(mlir::func::FuncOp function, const Callees &callees);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PLANMEMORYSCHEDULE_H
