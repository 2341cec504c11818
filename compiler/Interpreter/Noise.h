// Monte Carlo arithmetic: how far compiled code may be from the interpreter.
//
// A sum has as many right values as there are orders to add in, and a
// polynomial for exp is wrong in its last bit now and then. What that does to
// the results of a whole program depends on its numbers: a cancellation
// multiplies it, a comparison makes another branch of it. So the interpreter
// measures it: it runs the program again with each such op off by a random
// amount of the size of its error, and looks how far the results move (D. S.
// Parker, "Monte Carlo Arithmetic", UCLA, 1997). What does not move has to be
// equal bit for bit. ErrorBound.h makes a bound of the samples.
//
// An op that adds up is backward stable: what it computes is the exact sum of
// operands that are off by a few units in the last place. So its operands are
// moved too, by more the more of them there are.

#ifndef DLC_COMPILER_INTERPRETER_NOISE_H
#define DLC_COMPILER_INTERPRETER_NOISE_H

#include "Interpreter/Interpreter.h"
#include "mlir/IR/Operation.h"

#include <cstdint>

namespace dlc::interpreter {

class Noise {
public:
  explicit Noise(uint64_t seed, Sums sums) : state(seed), sums(sums) {}

  /// Replaces operands by moved copies, which `storage` keeps.
  void moveOperands(mlir::Operation *op,
                    llvm::MutableArrayRef<const Tensor *> in,
                    llvm::SmallVectorImpl<Tensor> &storage);
  void moveResults(mlir::Operation *op, llvm::ArrayRef<const Tensor *> in,
                   llvm::MutableArrayRef<Tensor> out);

private:
  /// Uniform in [-1, 1).
  double next();
  /// Each finite element by up to `ulps` units in its last place.
  void move(Tensor &tensor, double ulps);
  void moveZeros(Tensor &tensor);

  uint64_t state;
  Sums sums;
};

/// The distance of `value` to its neighbour in `element`, a float type.
double unitInLastPlace(mlir::Type element, double value);

} // namespace dlc::interpreter

#endif // DLC_COMPILER_INTERPRETER_NOISE_H
