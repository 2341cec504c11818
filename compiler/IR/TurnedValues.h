// Values of a map's body that are transposed on their way to what it yields.
//
// On a GPU the lanes of a warp stand side by side along the last dimension of
// what a map writes. A value that is transposed lies along another one, the
// *turned* dimension: its neighbours would be read a sector each. A kernel that
// names a turned dimension is computed in tiles of that and the last one; what
// is transposed is evaluated with lanes along the turned dimension, as it lies
// in memory, and passes through shared memory to where it is used.
//
//   %e = dlc.exponential %x                 evaluated along [1]: x's last
//   %t = dlc.transpose %e perm [1, 0]       turned
//   %y = dlc.add %t, %z                     evaluated along [0]: y's last

#ifndef DLC_COMPILER_IR_TURNEDVALUES_H
#define DLC_COMPILER_IR_TURNEDVALUES_H

#include "IR/Dlc.h"

#include <algorithm>
#include <optional>

namespace dlc {

/// A map's turned dimension, an i64, if it has one. Made by `layout`.
inline constexpr llvm::StringLiteral turnedAttr = "dlc.turned";

/// A tile's side. Its rows in shared memory are a word longer, so that no two
/// lanes of a column meet in a bank.
inline constexpr int64_t turnedSide = 32;

/// Bytes from a row of a tile of such elements to the next.
inline int64_t turnedPitch(int64_t elementBytes) {
  return turnedSide * elementBytes + std::max<int64_t>(elementBytes, 4);
}

/// The operand of a transpose.
struct TurnedValue {
  mlir::Value value;
  /// The dimension of the body's shape that each of its own is; -1: all see its
  /// one element.
  llvm::SmallVector<int64_t> dims;
};

/// What is turned, if a map's body is computed in tiles of `dimension` and the
/// last one.
llvm::SmallVector<TurnedValue> turnedValues(mlir::Block &body,
                                            int64_t dimension);

/// The map's turned dimension, if it names one.
std::optional<int64_t> turnedOf(KernelOp kernel);

/// Whether that is a dimension of a map, not the last one, along which
/// something is turned.
bool isValidTurned(KernelOp kernel, int64_t dimension);

/// The dimension along which most of what is transposed lies; none if nothing
/// is that is worth it.
std::optional<int64_t> chooseTurned(KernelOp kernel);

} // namespace dlc

#endif // DLC_COMPILER_IR_TURNEDVALUES_H
