// What the rules of `scan` and `while` share.

#ifndef DLC_COMPILER_AUTODIFF_LOOPS_H
#define DLC_COMPILER_AUTODIFF_LOOPS_H

#include "Autodiff/Joint.h"
#include "Autodiff/ReverseSweep.h"

namespace dlc {

/// The edges that close a loop whose first arguments are its carries.
llvm::SmallVector<Feedback> feedbackOf(mlir::Block &body, unsigned carries);

/// Integers to which a loop adds the same in each trip. The backward loop
/// counts them down instead of keeping them.
class Counters {
public:
  /// `firstConstant` is the first argument that is the same in each trip.
  Counters(mlir::Block &body, unsigned carries, unsigned firstConstant);

  bool has(unsigned carry) const { return steps[carry] != nullptr; }
  /// The argument that is the step, if the step is one.
  std::optional<unsigned> stepArgument(unsigned carry) const;
  /// The value before a trip, given that after it.
  mlir::Value before(mlir::OpBuilder &b, unsigned carry, mlir::Value after,
                     llvm::ArrayRef<mlir::Value> arguments) const;

private:
  /// For each carry that is a counter what is added: a constant or an argument.
  llvm::SmallVector<mlir::Value> steps;
};

/// One argument after the other of a block that is being written.
class BlockWriter {
public:
  BlockWriter(mlir::Region &region, mlir::Location loc)
      : b(loc.getContext()), block(region.emplaceBlock()), loc(loc) {
    b.setInsertionPointToEnd(&block);
  }
  mlir::Value argument(mlir::Type type) { return block.addArgument(type, loc); }

  mlir::OpBuilder b;
  mlir::Block &block;

private:
  mlir::Location loc;
};

/// `type` with a leading dimension of `count`.
mlir::RankedTensorType stacked(mlir::Type type, int64_t count);

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_LOOPS_H
