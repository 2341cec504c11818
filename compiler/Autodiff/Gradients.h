// What autodiff knows about each op.

#ifndef DLC_COMPILER_AUTODIFF_GRADIENTS_H
#define DLC_COMPILER_AUTODIFF_GRADIENTS_H

#include "mlir/IR/OperationSupport.h"
#include <optional>

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace dlc {

/// Attaches the gradient rules to the ops of the dialect.
void registerGradientRules(mlir::DialectRegistry &registry);

enum class Gradient {
  /// A rule: the op implements VjpInterface.
  rule,
  /// A composite that is differentiated by its decomposition.
  decomposition,
  /// Zero by definition: a gradient ends here.
  zero,
  /// No gradient can arrive: integers, booleans, no inputs, or ops of other
  /// stages.
  none,
};

/// What is declared about an op; nothing for an op that somebody forgot.
std::optional<Gradient> gradientDeclaration(mlir::OperationName name);

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_GRADIENTS_H
