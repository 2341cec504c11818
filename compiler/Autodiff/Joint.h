// A body and its gradient, first in one block, then parted into the half that
// runs forwards and the half that runs backwards.
//
// The block takes the body's arguments and a cotangent for each yielded value
// that has one. What does not depend on a cotangent could be computed in either
// half. Which of those values the forward half keeps, so that the backward half
// need not compute them again, is a minimum cut:
//
//   source --inf--> arguments that nobody keeps (a loop's carries), results of
//                   ops that are dear (contractions, reductions, loops …)
//   value  --its bytes--> value
//   operand --inf--> result of a cheap op
//   value that the backward half reads --inf--> sink
//
// Arguments that the backward half can read anyway, constants, counters and
// random draws hang on no source, so they are never kept. Nor is what a loop
// passes to its next trip, if that trip keeps it: the backward loop comes from
// there.

#ifndef DLC_COMPILER_AUTODIFF_JOINT_H
#define DLC_COMPILER_AUTODIFF_JOINT_H

#include "Autodiff/ReverseSweep.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {

class Joint {
public:
  Joint(mlir::Block &body, mlir::Location requestedAt);

  /// Finds the gradients of the arguments `inputs`, given those of the yielded
  /// values `outputs`.
  mlir::LogicalResult differentiate(llvm::ArrayRef<unsigned> outputs,
                                    llvm::ArrayRef<unsigned> inputs);
  /// The type of the gradient of inputs[i], null if nothing arrives there.
  mlir::RankedTensorType gradientType(unsigned i) const;

  /// Chooses what the forward half keeps. `free` are the arguments that the
  /// backward half can read; yielded values from `kept` on are kept anyway. The
  /// first `carries` yielded values are the next trip's first arguments.
  void part(const llvm::BitVector &free, unsigned kept = ~0u,
            unsigned carries = 0);

  mlir::ValueRange residuals() const { return cut; }
  /// The yielded value that a residual is, if it is one of those kept anyway.
  std::optional<unsigned> yieldedAs(mlir::Value residual, unsigned from) const;
  /// Whether the backward half reads an argument.
  bool reads(unsigned argument) const { return read.test(argument); }
  /// The position among the residuals of the carry's argument, if the backward
  /// half reads what the next trip keeps of it.
  std::optional<unsigned> keptByNextTrip(unsigned carry) const;

  /// Writes the forward half: what the body yields, then the residuals.
  llvm::SmallVector<mlir::Value> forward(mlir::OpBuilder &b,
                                         mlir::ValueRange arguments);
  /// Writes the backward half: the gradients of the inputs, null where nothing
  /// arrives. Arguments that are not read may be null. `next` holds, for each
  /// carry that the next trip keeps, its value there, and may be empty.
  llvm::SmallVector<mlir::Value>
  backward(mlir::OpBuilder &b, mlir::ValueRange residuals,
           llvm::ArrayRef<mlir::Value> arguments, mlir::ValueRange cotangents,
           llvm::ArrayRef<mlir::Value> next = {});

private:
  void findCut(const llvm::BitVector &free, unsigned kept);
  void findReads();
  llvm::DenseSet<mlir::Value> dependingOnCotangents();
  void write(mlir::OpBuilder &b, mlir::IRMapping &map,
             llvm::ArrayRef<mlir::Value> wanted);

  mlir::Region region;
  mlir::Block *block;
  YieldOp yield;
  mlir::Location loc, requestedAt;
  unsigned arguments;
  llvm::SmallVector<mlir::Value> gradients;
  llvm::SmallVector<mlir::Value> cut;
  llvm::BitVector read;
  /// Yielded values that the next trip keeps, and whether they are read.
  llvm::MapVector<mlir::Value, unsigned> passedOn;
  llvm::DenseSet<mlir::Value> readPassedOn;
};

} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_JOINT_H
