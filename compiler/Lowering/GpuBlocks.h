// How the emitters for CUDA spread work: a tile is what one block of 256
// threads does.

#ifndef DLC_COMPILER_LOWERING_GPUBLOCKS_H
#define DLC_COMPILER_LOWERING_GPUBLOCKS_H

#include "IR/GpuCard.h"
#include "Lowering/Kernel.h"

namespace dlc {

inline constexpr int64_t blockThreads = 256, warpThreads = 32;

/// Marks the kernel as one for blocks of so many threads and runs `body` for
/// each tile of this block.
void forEachTile(KernelFunction &k, llvm::function_ref<void(mlir::Value)> body,
                 int64_t threads = blockThreads);

/// One thread for each element of `shape`; gives the number of tiles.
int64_t
forEachElement(KernelFunction &k, llvm::ArrayRef<int64_t> shape,
               llvm::function_ref<void(llvm::SmallVector<mlir::Value>)> body);

/// This thread's number in its block.
mlir::Value threadId(KernelFunction &k);

/// At the begin of a loop's body: NVIDIA's assembler, which would unroll it and
/// keep the loads of all trips in registers, leaves the loop as it is. For what
/// hardly ever runs.
void keepRolled(KernelFunction &k);

/// if (condition) body().
void when(KernelFunction &k, mlir::Value condition,
          llvm::function_ref<void()> body);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUBLOCKS_H
