// Philox-4x32-10 (Salmon et al. 2011): random words as a function of a key and
// of where they stand. A block is four words; element e of a draw is word
// e mod 4 of block `counter` + e / 4.

#ifndef DLC_COMPILER_LOWERING_RANDOMBITS_H
#define DLC_COMPILER_LOWERING_RANDOMBITS_H

#include "Lowering/Kernel.h"

namespace dlc {

/// `count` (a power of two, at least four) words from the first of block
/// `first` on: vector<count x i32>. `first` and `key` are i64.
mlir::Value emitConsecutiveWords(KernelFunction &kernel, mlir::Location loc,
                                 mlir::Value first, mlir::Value key,
                                 int64_t count);

/// The i32 elements at `positions` (i64s, one or a vector) of a draw whose
/// first block is `counter`.
mlir::Value emitWordsAt(KernelFunction &kernel, mlir::Location loc,
                        mlir::Value positions, mlir::Value counter,
                        mlir::Value key);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_RANDOMBITS_H
