// What elements are in memory and in registers, and how they are converted.
//
// Registers hold bf16 and f16 as f32 values that the type can represent: an op
// computes in f32 and rounds its result once. bf16 is rounded by integer
// arithmetic on every target, because the instructions for it flush denormals.

#ifndef DLC_COMPILER_LOWERING_ELEMENTTYPES_H
#define DLC_COMPILER_LOWERING_ELEMENTTYPES_H

#include "mlir/IR/Builders.h"

namespace dlc {

/// The type in registers: integers lose their sign, bf16 and f16 are f32.
mlir::Type registerType(mlir::Type element);
/// The type in memory: integers lose their sign, i1 is i8, bf16 and f16 are
/// i16.
mlir::Type memoryType(mlir::Type element);

/// An element as it was loaded ⇒ as registers hold it.
mlir::Value fromMemory(mlir::OpBuilder &b, mlir::Location loc,
                       mlir::Value loaded, mlir::Type element);
/// ... and back; `value` is rounded to `element` already.
mlir::Value toMemory(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                     mlir::Type element);

/// What is computed in registers, rounded to `element`.
mlir::Value roundTo(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value,
                    mlir::Type element);

/// dlc.convert: rounds once, whatever the types.
mlir::Value emitConvert(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                        mlir::Type source, mlir::Type target);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_ELEMENTTYPES_H
