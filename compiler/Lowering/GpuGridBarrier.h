// A barrier for all blocks of a grid whose blocks all run at the same time.
//
// One thread of each block counts its block's arrival in global memory and
// waits until all have come:
//
//   bar.sync; if (thread == 0) {
//     membar.gl; atom.add arrivals, 1
//     while (arrivals < number * blocks) nanosleep
//     membar.gl
//   } bar.sync
//
// What any thread wrote before is seen by every thread afterwards: bar.sync
// orders a block's threads, membar.gl the blocks. The count goes on from
// meeting to meeting, so nobody has to reset it in between; who leaves last
// does, so that the next grid finds 0.

#ifndef DLC_COMPILER_LOWERING_GPUGRIDBARRIER_H
#define DLC_COMPILER_LOWERING_GPUGRIDBARRIER_H

#include "mlir/IR/Builders.h"

namespace dlc {

class GpuGridBarrier {
public:
  /// The count is the i64 after the one that `fault` points to, and 0 when the
  /// grid starts (runtime/abi/Program.h).
  GpuGridBarrier(mlir::OpBuilder &b, mlir::Location loc, mlir::Value fault);

  /// Meets for the `number`th time, an index; the first is 1. All threads of
  /// all blocks must come here.
  void meet(mlir::OpBuilder &b, mlir::Value number) const;
  /// After the last one of `meetings`, an index.
  void leave(mlir::OpBuilder &b, int64_t meetings) const;

private:
  mlir::Value blocks(mlir::OpBuilder &b) const;
  mlir::Value arrive(mlir::OpBuilder &b) const;
  void onFirstThread(mlir::OpBuilder &b, llvm::function_ref<void()> body) const;

  mlir::Location loc;
  mlir::Value arrivals;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUGRIDBARRIER_H
