// The reference evaluator: what an op means, written down once more, without a
// line of the lowering. It runs a module of any stage up to `layout`.
//
// In native mode each op computes in f64 and rounds once to its declared type.
// That is exact for + - * / sqrt, comparison, selection, conversion, integers
// and random bits, so strict elementwise kernels must agree bit for bit; for
// reductions, contractions and transcendental functions it is the better of the
// two values. A composite is computed from its formula and rounded once.

#ifndef DLC_COMPILER_INTERPRETER_INTERPRETER_H
#define DLC_COMPILER_INTERPRETER_INTERPRETER_H

#include "Interpreter/Tensor.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/LogicalResult.h"

namespace dlc::interpreter {

/// The results of `function` for `inputs`, which must have its argument types.
/// A fault (an index out of range, an integer division by zero) is a located
/// error, as is an op without a rule.
llvm::FailureOr<llvm::SmallVector<Tensor>>
interpret(mlir::func::FuncOp function, llvm::ArrayRef<Tensor> inputs,
          Mode mode = Mode::native);

/// Whether `add` is exact, or stands for sums that compiled code may make in
/// another order, as autodiff does where several gradients meet.
enum class Sums { asWritten, anyOrder };

/// The same in native mode, but each op that compiled code need not compute
/// exactly is off by about as much as compiled code may be, in directions that
/// `seed` draws: a sample of what other correct code gives.
llvm::FailureOr<llvm::SmallVector<Tensor>>
interpretWithNoise(mlir::func::FuncOp function, llvm::ArrayRef<Tensor> inputs,
                   uint64_t seed, Sums sums);

/// Evaluates one op in native mode: `values` holds its operands and receives
/// its results.
llvm::LogicalResult evaluate(mlir::Operation *op,
                             llvm::DenseMap<mlir::Value, Tensor> &values);

/// Whether the op of this name ("dlc.add") can be interpreted.
bool hasRule(llvm::StringRef opName);

} // namespace dlc::interpreter

#endif // DLC_COMPILER_INTERPRETER_INTERPRETER_H
