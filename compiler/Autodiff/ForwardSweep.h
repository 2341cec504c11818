// The forward sweep: forward-mode differentiation of one block.
//
// A sweep is given tangents for some values of a block (`seed`) and asked for
// those of others (`run`). The ops between the two are visited once, first
// first. A value whose tangent is zero has none (a null Value).
//
// Worked example, z = x * x + y with respect to x along v:
//   multiply  tangent of x * x is v*x + x*v
//   add       y has no tangent, so that of z is the other's
//
// An op's tangent is written right behind the op, or behind the last of its
// operands' tangents where that stands later. So a loop and the loop of its
// tangents can become one.

#ifndef DLC_COMPILER_AUTODIFF_FORWARDSWEEP_H
#define DLC_COMPILER_AUTODIFF_FORWARDSWEEP_H

#include "IR/Term.h"
#include "llvm/ADT/DenseSet.h"

namespace dlc {

class ForwardSweep {
public:
  /// Ops from `end` on are not looked at; null for the whole block. `request`
  /// is where the user asked.
  ForwardSweep(mlir::Operation *end, mlir::Location request)
      : end(end), request(request) {}

  /// Gives a value a tangent, once.
  void seed(mlir::Value value, mlir::Value tangent);

  /// Finds the tangents of `outputs`. Reports an op that has no rule.
  mlir::LogicalResult run(mlir::ValueRange outputs);

  /// The tangent of a value, or null.
  mlir::Value tangentOf(mlir::Value value) const {
    return tangents.lookup(value);
  }
  bool isActive(mlir::Value value) const { return active.contains(value); }
  mlir::Location requestedAt() const { return request; }

  /// Tells that `by` has taken the place of a value.
  void replaced(mlir::Value value, mlir::Value by);

private:
  mlir::Operation *end;
  mlir::Location request;
  llvm::DenseMap<mlir::Value, mlir::Value> tangents;
  llvm::DenseSet<mlir::Value> active;
};

/// What a rule works with: the tangents of an op's operands come in, those of
/// its results go out.
class Tangents {
public:
  Tangents(mlir::Operation *op, mlir::OpBuilder &builder, ForwardSweep &sweep)
      : b(op->getLoc(), builder), op(op), sweep(sweep) {}

  /// Writes behind the op and its operands' tangents, with the op's location.
  TermBuilder b;

  /// The tangent of an operand, null if it has none.
  mlir::Value tangent(unsigned operand) const {
    return sweep.tangentOf(op->getOperand(operand));
  }
  /// The tangent of an operand, zeros if it has none.
  Term t(unsigned operand);
  bool has(unsigned operand) const { return tangent(operand) != nullptr; }
  void set(unsigned result, mlir::Value tangent) {
    sweep.seed(op->getResult(result), tangent);
  }
  Term term(mlir::Value value) { return {b, value}; }
  bool needs(unsigned result) const {
    return sweep.isActive(op->getResult(result));
  }
  mlir::Location requestedAt() const { return sweep.requestedAt(); }

  /// Puts the results of another op in the place of this one's and erases it,
  /// unless somebody reads them before that op.
  void replace(mlir::ValueRange values);

private:
  mlir::Operation *op;
  ForwardSweep &sweep;
};

} // namespace dlc

#include "Autodiff/JvpInterface.h.inc"

#endif // DLC_COMPILER_AUTODIFF_FORWARDSWEEP_H
