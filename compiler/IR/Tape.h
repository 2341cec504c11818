// Tapes as values: tensors whose elements are tapes.

#ifndef DLC_COMPILER_IR_TAPE_H
#define DLC_COMPILER_IR_TAPE_H

#include "IR/Dlc.h"

namespace dlc {

/// A tape is a count of its entries, then its entries or, if it is not bounded,
/// the runtime's name for its segments.
inline constexpr int64_t tapeHeaderBytes = 64, unboundedTapeBytes = 16;

/// tensor<!dlc.tape<entry, capacity>>.
mlir::RankedTensorType tapeOf(mlir::RankedTensorType entry, int64_t capacity);

/// The type of the tape that a value is, null if it is something else, or a
/// stack of tapes.
TapeType tapeType(mlir::Value value);

/// Whether the elements, or those of a tape's entries, are floats.
bool hasFloats(mlir::Type type);

/// Whether tensors of the type name segments outside the arena.
bool holdsSegments(mlir::Type type);

/// How many bytes a tensor takes: an i1 a byte, a tape its header and what it
/// has room for.
int64_t storageBytes(mlir::RankedTensorType type);
inline int64_t storageBytes(mlir::Value value) {
  return storageBytes(tensorType(value));
}

/// Zeros of `like`'s type; of a tape, as many entries of zeros.
mlir::Value zerosLike(mlir::OpBuilder &b, mlir::Location loc, mlir::Value like);

/// x + y; of tapes of one length, entry by entry.
mlir::Value addValues(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                      mlir::Value y);

} // namespace dlc

#endif // DLC_COMPILER_IR_TAPE_H
