// What the rules of `scan` and `while` share.

#ifndef DLC_COMPILER_AUTODIFF_LOOPS_H
#define DLC_COMPILER_AUTODIFF_LOOPS_H

#include "Autodiff/Joint.h"
#include "Autodiff/ReverseSweep.h"
#include "IR/Tape.h"

namespace dlc {

/// A scan or a while, whose operands are [carries, sequences, constants], as
/// the arguments of its body are, and whose results are [carries, stacks].
class Loop {
public:
  explicit Loop(mlir::Operation *op);

  mlir::Operation *operator->() const { return op; }
  mlir::Region &bodyRegion() const;
  mlir::Block &body() const { return bodyRegion().front(); }
  bool isWhile() const { return mlir::isa<WhileOp>(op); }
  bool isReverse() const;
  /// Null where it depends on values.
  mlir::IntegerAttr trips() const;
  /// What the loop makes of an output, be it a tensor of the trips or a tape.
  /// Null, and an error, if that would be too large.
  mlir::RankedTensorType stackOf(mlir::Type output) const;
  /// What a trip sees of a stack.
  mlir::RankedTensorType sliceOf(mlir::Type stack) const;
  /// The loop with another body and other results.
  mlir::Operation *clone(mlir::OpBuilder &b, mlir::TypeRange types,
                         mlir::Region &body) const;

  mlir::Operation *op;
  unsigned carries, firstConstant;
};

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

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_LOOPS_H
