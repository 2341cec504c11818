// What the results of a case have to be.

#ifndef DLC_TOOLS_DLC_SMITH_ORACLE_H
#define DLC_TOOLS_DLC_SMITH_ORACLE_H

#include "Interpreter/ErrorBound.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <optional>
#include <string>

namespace dlc::smith {

/// The numbers of the main function's arguments; none where one of them lacks
/// what they are drawn from.
std::optional<llvm::SmallVector<interpreter::Tensor>>
drawInputs(mlir::ModuleOp module);

/// Whether derivatives can be taken and are finite, if the module asks for any.
/// Says yes where autodiff fails for a reason that a user does not know of:
/// that is a failure to be found.
bool isDifferentiable(mlir::ModuleOp module);

/// Interprets the graph as it stands, with derivatives taken and nothing
/// simplified.
class Oracle {
public:
  /// Null where autodiff or the interpreter refuses (`error` then says why) or
  /// a number is not finite (`error` is empty).
  static std::unique_ptr<Oracle> make(mlir::ModuleOp module,
                                      std::string &error);

  llvm::ArrayRef<interpreter::Tensor> inputs() const { return arguments; }

  /// One line about a result outside the interpreter's bound, or "".
  std::string compare(llvm::ArrayRef<interpreter::Tensor> results);

private:
  mlir::OwningOpRef<mlir::ModuleOp> plain, fused;
  llvm::SmallVector<interpreter::Tensor> arguments, expected;
  std::optional<interpreter::ErrorBound> bound;
  bool isDerivative = false;
};

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_ORACLE_H
