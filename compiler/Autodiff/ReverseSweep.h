// The reverse sweep: reverse-mode differentiation of one block.
//
// A sweep is given cotangents for some values of a block (`seed`) and asked for
// the gradients of others (`run`). Between the two lie the *active* values:
// those of floating-point type on a path from a `wrt` to a seed. Their ops are
// visited once, last first; each hands what arrived at its results on to its
// operands. A value without a gradient has none (a null Value), never a tensor
// of zeros, so that no op is written for nothing.
//
// Worked example, z = x * x + y with respect to x, seed g:
//   add       gradient of (x*x) is g; y is not active
//   multiply  gradient of x is g*x, then again g*x: their sum
//
// `dlc.grad` runs a sweep over its own block; the rule of `dlc.scan` runs one
// over a copy of the loop's body. Everything is linear in the number of ops and
// nothing recurses along a chain of ops.

#ifndef DLC_COMPILER_AUTODIFF_REVERSESWEEP_H
#define DLC_COMPILER_AUTODIFF_REVERSESWEEP_H

#include "IR/Term.h"
#include "llvm/ADT/DenseSet.h"

namespace dlc {

class ReverseSweep {
public:
  /// New ops are written at the builder's insertion point, which every seed
  /// and every active value must dominate. `request` is where the user asked.
  ReverseSweep(mlir::OpBuilder &builder, mlir::Location request)
      : builder(builder), request(request) {}

  /// Adds to a value's gradient. A null gradient adds nothing.
  void seed(mlir::Location loc, mlir::Value value, mlir::Value gradient);

  /// Finds the gradients of `wrt`. Reports an op that has no rule.
  mlir::LogicalResult run(mlir::ValueRange wrt);

  /// What has arrived at a value, or null.
  mlir::Value gradientOf(mlir::Value value) const {
    return gradients.lookup(value);
  }
  bool isActive(mlir::Value value) const { return active.contains(value); }
  mlir::Location requestedAt() const { return request; }

  /// Tells that `by` has taken the place of a value, and its gradient.
  void replaced(mlir::Value value, mlir::Value by);
  /// Tells that a value is about to die; what was computed of it uses `by`.
  void forget(mlir::Value value, mlir::Value by);

private:
  mlir::OpBuilder &builder;
  mlir::Location request;
  llvm::DenseMap<mlir::Value, mlir::Value> gradients;
  llvm::DenseSet<mlir::Value> active;
};

/// What a rule works with: the gradients of an op's results come in, those of
/// its operands go out.
class Adjoint {
public:
  Adjoint(mlir::Operation *op, mlir::OpBuilder &builder, ReverseSweep &sweep)
      : b(op->getLoc(), builder), op(op), sweep(sweep) {}

  /// Writes at the end of the sweep, with the op's location.
  TermBuilder b;

  /// The gradient of the op's only result.
  Term g() { return term(gradient(0)); }
  /// The gradient of a result, null if none has arrived.
  mlir::Value gradient(unsigned result) const {
    return sweep.gradientOf(op->getResult(result));
  }
  bool needs(unsigned operand) const {
    return sweep.isActive(op->getOperand(operand));
  }
  void add(unsigned operand, mlir::Value gradient) {
    sweep.seed(b.getLoc(), op->getOperand(operand), gradient);
  }
  Term term(mlir::Value value) { return {b, value}; }
  mlir::Location requestedAt() const { return sweep.requestedAt(); }

  /// Puts another op in the place of this one; its first results are this
  /// one's results.
  void replace(mlir::Operation *by);
  /// Puts values in the place of the results, whose gradients have been used,
  /// and erases the op.
  void replaceBy(mlir::ValueRange values);

private:
  mlir::Operation *op;
  ReverseSweep &sweep;
};

/// Whether a value can carry a gradient: a tensor of floats or tapes of them.
bool isDifferentiable(mlir::Value value);

/// An edge that closes a loop: what `yielded` is in one trip, `carry` is in the
/// next.
struct Feedback {
  mlir::Value yielded, carry;
};

/// The differentiable values of a block to which a path leads from one of
/// `from`, by ops before `end` (if it is given).
llvm::DenseSet<mlir::Value> reachedFrom(mlir::ValueRange from,
                                        mlir::Operation *end = nullptr,
                                        llvm::ArrayRef<Feedback> feedback = {});

/// Those of `within` from which a path leads to one of `to`.
llvm::DenseSet<mlir::Value> leadingTo(mlir::ValueRange to,
                                      const llvm::DenseSet<mlir::Value> &within,
                                      llvm::ArrayRef<Feedback> feedback = {});

/// The ops of a block that define the values, in the block's order.
llvm::SmallVector<mlir::Operation *>
opsOf(const llvm::DenseSet<mlir::Value> &values);

/// Whether `op` has a rule of its own. A window of products has none: it is
/// expanded first.
template <typename Interface> bool hasRule(mlir::Operation *op) {
  auto window = mlir::dyn_cast<ReduceWindowOp>(op);
  bool expands = window && window.getKind() == Reduction::mul;
  return mlir::isa<Interface>(op) && !expands;
}

/// Other ops for one that has no rule: a composite's decomposition, or another
/// formula for a primitive. Fails where there is none.
mlir::FailureOr<llvm::SmallVector<mlir::Value>>
expandForGradient(mlir::Operation *op, mlir::OpBuilder &b);

/// `reduce_window mul` as a product over its taps (Rules/Windows.cpp).
mlir::FailureOr<llvm::SmallVector<mlir::Value>>
productOfTaps(ReduceWindowOp op, mlir::OpBuilder &b);

/// Writes other ops in the place of those active ops that have no rule. Tells
/// whether there were any; `replaced` hears of their results.
bool expandActive(const llvm::DenseSet<mlir::Value> &active,
                  llvm::function_ref<bool(mlir::Operation *)> hasRule,
                  llvm::function_ref<void(mlir::Value, mlir::Value)> replaced);

} // namespace dlc

#include "Autodiff/VjpInterface.h.inc"

#endif // DLC_COMPILER_AUTODIFF_REVERSESWEEP_H
