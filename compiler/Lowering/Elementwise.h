// The table of elementwise ops: what one element of a result is, given the
// elements of the operands. The same for scalars and vectors.

#ifndef DLC_COMPILER_LOWERING_ELEMENTWISE_H
#define DLC_COMPILER_LOWERING_ELEMENTWISE_H

#include "IR/Dlc.h"

namespace dlc {

/// `op`, which is Pointwise and no Composite, on operands that are all scalars
/// or all vectors of one width.
mlir::Value emitElementwise(mlir::OpBuilder &b, mlir::Location loc,
                            mlir::Operation *op,
                            llvm::ArrayRef<mlir::Value> operands);

/// Roughly, the instructions that an element of `op` takes.
int64_t elementCost(mlir::Operation *op);

/// Two elements combined as `reduce` combines them.
mlir::Value emitCombine(mlir::OpBuilder &b, mlir::Location loc, Reduction kind,
                        mlir::Type element, mlir::Value lhs, mlir::Value rhs);

/// The type `element`, or a vector of it if `like` is a vector.
mlir::Type likeType(mlir::Type like, mlir::Type element);

/// A constant of `type`: a scalar, or in every lane of a vector.
mlir::Value constantLike(mlir::OpBuilder &b, mlir::Location loc,
                         mlir::Type type, mlir::Attribute value);
mlir::Value integerLike(mlir::OpBuilder &b, mlir::Location loc, mlir::Type type,
                        llvm::APInt value);
mlir::Value integerLike(mlir::OpBuilder &b, mlir::Location loc, mlir::Type type,
                        int64_t value);
mlir::Value zeroLike(mlir::OpBuilder &b, mlir::Location loc, mlir::Type type);

/// `value` in each of `width` lanes, unless it is a vector already.
mlir::Value splatTo(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                    int64_t width);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_ELEMENTWISE_H
