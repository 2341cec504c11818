// The bound that the interpreter computes for results of compiled code.

#ifndef DLC_COMPILER_INTERPRETER_ERRORBOUND_H
#define DLC_COMPILER_INTERPRETER_ERRORBOUND_H

#include "Interpreter/Interpreter.h"

#include <optional>

namespace dlc::interpreter {

/// An element that lies outside the bound.
struct Outlier {
  int64_t result, position;
  double got, expected, bound;
};

/// Compares results with what the interpreter gives, and measures how far they
/// may differ only where they do (Noise.h).
///
/// The samples are of several forms of one function: the one that is
/// interpreted, whose formulas may be naive, and the one that is compiled,
/// whose composites are made of primitives. The bound is twice the sum of how
/// far the samples of each form lie apart, in the end of 64; so a form that
/// computes something else does not make it wider.
class ErrorBound {
public:
  /// `expected` are the interpreter's results for `inputs` in native mode.
  ErrorBound(llvm::ArrayRef<mlir::func::FuncOp> forms,
             llvm::ArrayRef<Tensor> inputs, llvm::ArrayRef<Tensor> expected,
             Sums sums = Sums::asWritten)
      : forms(forms), inputs(inputs), expected(expected), sums(sums) {}

  /// The element that lies furthest outside, if any does. Integers that the
  /// samples agree on must be equal.
  std::optional<Outlier> check(llvm::ArrayRef<Tensor> got);

private:
  /// Of one form: the least and the largest of each element.
  struct Range {
    llvm::SmallVector<Tensor> least, most;
  };

  void sample(int64_t count);
  std::optional<Outlier> worst(llvm::ArrayRef<Tensor> got) const;
  double bound(int64_t result, int64_t position) const;

  llvm::SmallVector<mlir::func::FuncOp> forms;
  llvm::SmallVector<Tensor> inputs, expected;
  llvm::SmallVector<Range> ranges;
  Sums sums;
  int64_t samples = 0;
};

} // namespace dlc::interpreter

#endif // DLC_COMPILER_INTERPRETER_ERRORBOUND_H
