// What lanes of a warp tell one another, and registers as words.

#ifndef DLC_COMPILER_LOWERING_GPUWARP_H
#define DLC_COMPILER_LOWERING_GPUWARP_H

#include "mlir/IR/Builders.h"

namespace dlc {

/// A register's value (or a vector's elements) as an integer of `bits` at
/// least, and back.
mlir::Value asWord(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                   unsigned bits);
mlir::Value fromWord(mlir::OpBuilder &b, mlir::Location loc, mlir::Value word,
                     mlir::Type type);

/// What the lane `distance` away (by exclusive or) holds; all 32 take part.
mlir::Value shuffle(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                    int64_t distance);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUWARP_H
