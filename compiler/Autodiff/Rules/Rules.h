// How the tables of rules are written. Private to Autodiff.

#ifndef DLC_COMPILER_AUTODIFF_RULES_RULES_H
#define DLC_COMPILER_AUTODIFF_RULES_RULES_H

#include "Autodiff/ForwardSweep.h"
#include "Autodiff/ReverseSweep.h"

namespace dlc::rules {

void attachElementwise(mlir::MLIRContext *context);
void attachIndexMaps(mlir::MLIRContext *context);
void attachReductions(mlir::MLIRContext *context);
void attachWindows(mlir::MLIRContext *context);
void attachConvolution(mlir::MLIRContext *context);
void attachIndexing(mlir::MLIRContext *context);
void attachActivations(mlir::MLIRContext *context);
void attachLosses(mlir::MLIRContext *context);
void attachLayers(mlir::MLIRContext *context);
void attachControlFlow(mlir::MLIRContext *context);

template <typename Op, typename Rule>
struct VjpModel : VjpInterface::ExternalModel<VjpModel<Op, Rule>, Op> {
  mlir::LogicalResult vjp(mlir::Operation *op, Adjoint &a) const {
    return Rule{}(mlir::cast<Op>(op), a);
  }
};
template <typename Op, typename Rule>
struct JvpModel : JvpInterface::ExternalModel<JvpModel<Op, Rule>, Op> {
  mlir::LogicalResult jvp(mlir::Operation *op, Tangents &t) const {
    return Rule{}(mlir::cast<Op>(op), t);
  }
};

/// Rules that may fail.
template <typename Op, typename Rule>
void fallibleVjp(mlir::MLIRContext *context, Rule) {
  Op::template attachInterface<VjpModel<Op, Rule>>(*context);
}
template <typename Op, typename Rule>
void fallibleJvp(mlir::MLIRContext *context, Rule) {
  Op::template attachInterface<JvpModel<Op, Rule>>(*context);
}

template <typename Op, typename Rule>
void vjp(mlir::MLIRContext *context, Rule) {
  fallibleVjp<Op>(context, [](Op op, Adjoint &a) {
    Rule{}(op, a);
    return mlir::success();
  });
}
template <typename Op, typename Rule>
void jvp(mlir::MLIRContext *context, Rule) {
  fallibleJvp<Op>(context, [](Op op, Tangents &t) {
    Rule{}(op, t);
    return mlir::success();
  });
}

/// The tangents of an op that is linear in all its differentiable operands
/// together: the op of their tangents.
void linearJvp(mlir::Operation *op, Tangents &t);

/// An op that is linear in its differentiable operands.
template <typename Op, typename Rule>
void linear(mlir::MLIRContext *context, Rule) {
  vjp<Op>(context, Rule{});
  jvp<Op>(context, [](Op op, Tangents &t) { linearJvp(op, t); });
}

/// The tangents of an op of two operands that is linear in each.
void bilinearJvp(mlir::Operation *op, Tangents &t);

/// y = f(x) with a symmetric Jacobian J, such as a function of each element:
/// the rule gives J · g from (op, g, x, y), which is the gradient of x, and
/// with a tangent for g the tangent of y.
template <typename Op, typename Rule>
void symmetric(mlir::MLIRContext *context, Rule) {
  vjp<Op>(context, [](Op op, Adjoint &a) {
    Term g = a.g(), x = a.term(op->getOperand(0)), y = a.term(op->getResult(0));
    a.add(0, Rule{}(op, g, x, y));
  });
  jvp<Op>(context, [](Op op, Tangents &t) {
    if (!t.has(0))
      return;
    Term x = t.term(op->getOperand(0)), y = t.term(op->getResult(0));
    t.set(0, Rule{}(op, t.t(0), x, y));
  });
}

/// The same from (g, x, y).
template <typename Op, typename Rule>
void unary(mlir::MLIRContext *context, Rule) {
  symmetric<Op>(context,
                [](Op, Term g, Term x, Term y) { return Rule{}(g, x, y); });
}

/// z = f(x, y), elementwise: the gradients of both from (g, x, y, z), each
/// written only where it is needed. The tangent is the sum of the two, with
/// the tangents for g.
template <typename Op, typename Dx, typename Dy>
void binary(mlir::MLIRContext *context, Dx, Dy) {
  vjp<Op>(context, [](Op op, Adjoint &a) {
    Term x = a.term(op->getOperand(0)), y = a.term(op->getOperand(1)),
         z = a.term(op->getResult(0));
    if (a.needs(0))
      a.add(0, Dx{}(a.g(), x, y, z));
    if (a.needs(1))
      a.add(1, Dy{}(a.g(), x, y, z));
  });
  jvp<Op>(context, [](Op op, Tangents &t) {
    Term x = t.term(op->getOperand(0)), y = t.term(op->getOperand(1)),
         z = t.term(op->getResult(0));
    std::optional<Term> sum;
    if (t.has(0))
      sum = Dx{}(t.t(0), x, y, z);
    if (t.has(1)) {
      Term second = Dy{}(t.t(1), x, y, z);
      sum = sum ? *sum + second : second;
    }
    t.set(0, *sum);
  });
}

/// A scalar of the term's element type.
Term scalar(Term x, double value);

/// bf16 and f16 as f32, in which composites compute.
Term widened(Term x);

} // namespace dlc::rules

#endif // DLC_COMPILER_AUTODIFF_RULES_RULES_H
