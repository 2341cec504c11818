// What the emitters share: the function that a dlc.kernel becomes.

#ifndef DLC_COMPILER_LOWERING_KERNEL_H
#define DLC_COMPILER_LOWERING_KERNEL_H

#include "IR/Dlc.h"
#include "Lowering/ElementTypes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallBitVector.h"
#include <functional>
#include <map>

namespace dlc {

/// The vector registers that a micro-kernel may fill.
struct VectorRegisters {
  int64_t bytes = 64;
  int64_t count = 32;
};

/// What a GPU's kernel may use.
struct GpuTarget {
  /// The compute capability: 80 is 8.0.
  int64_t sm = 80;
  /// Products of f32 may round their operands to tf32.
  bool tf32 = false;
};

/// The function under construction for one dlc.kernel:
/// (memref an input…, memref an output…, scratch?, tile0, tile1, fault).
struct KernelFunction {
  /// `function` is empty; its entry block is made here.
  KernelFunction(KernelOp kernel, mlir::func::FuncOp function, bool gpu);

  KernelOp kernel;
  mlir::func::FuncOp function;
  /// Stands at the end of the entry block at first.
  mlir::OpBuilder builder;
  /// Code for CUDA's lanes instead of a CPU's vectors.
  bool gpu;
  VectorRegisters registers;
  /// The CPU has vdpbf16ps, and it pays.
  bool bf16Dots = false;
  /// The second level of a core's cache.
  int64_t cacheBytes = 1024 * 1024;
  GpuTarget target;
  /// Operands may be slices of what lies in memory.
  bool inLoop = false;
  /// The outputs that are written past the caches: too large for them, and not
  /// read by this program.
  llvm::SmallBitVector streams;
  /// A GPU's: emits what follows in a launch of its own, once all blocks have
  /// done their part; takes the same operands.
  std::function<mlir::FailureOr<int64_t>(KernelFunction &)> secondStep;
  /// The id of each check_index in the body.
  llvm::DenseMap<mlir::Operation *, int64_t> checks;

  mlir::Location loc() const { return function->getLoc(); }
  mlir::Block &body() { return kernel.getBody().front(); }
  mlir::ValueRange yields() { return body().getTerminator()->getOperands(); }
  mlir::Value input(unsigned i) { return function.getArgument(i); }
  mlir::Value output(unsigned i) {
    return function.getArgument(body().getNumArguments() + i);
  }
  /// The memory beside its operands, where LowerKernels gives it some.
  mlir::Value scratch() { return fromEnd(4); }
  mlir::Value tile0() { return fromEnd(3); }
  mlir::Value tile1() { return fromEnd(2); }
  mlir::Value fault() { return fromEnd(1); }

  /// Logical lanes: 16, or 8 if the body holds an f64. Independent of the ISA.
  int64_t lanes();

  /// for i in [lower, upper) by step: body(i). Restores the insertion point.
  void forEach(mlir::Value lower, mlir::Value upper, int64_t step,
               llvm::function_ref<void(mlir::Value)> body);

  /// The same with values carried from trip to trip; gives the last ones.
  llvm::SmallVector<mlir::Value>
  forEach(mlir::Value lower, mlir::Value upper, int64_t step,
          mlir::ValueRange inits,
          llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value,
                                                            mlir::ValueRange)>
              body);

  /// An index constant at the function's entry, where they stand by value.
  mlir::Value constant(int64_t value);

  /// for tile in [tile0, tile1): for item in the tile: body(item). Items are
  /// [0, items), `perTile` to a tile. Gives the number of tiles. A kernel may
  /// do that several times: `first` is the first tile of these items, and
  /// `isLast` says that no tiles follow.
  int64_t forEachItem(int64_t items, int64_t perTile,
                      llvm::function_ref<void(mlir::Value)> body,
                      int64_t first = 0, bool isLast = true);

  /// The coordinates of row-major position `linear` in `shape`.
  llvm::SmallVector<mlir::Value> delinearize(mlir::Value linear,
                                             llvm::ArrayRef<int64_t> shape);

  /// "[lowering] op text": the body is not in a normal form.
  void reportInvalid(mlir::Operation *op, llvm::StringRef text);
  bool invalid = false;

  /// Lanes evaluated at once along a dimension of `size` elements: 1, 2 or 4
  /// times `lanes()`, so that independent work hides latency, unless that
  /// leaves more lanes idle or the body would not fit into registers. Up to 8
  /// times in a map that draws: a block of random words is a long chain.
  int64_t vectorWidth(int64_t size);

private:
  std::map<int64_t, mlir::Value> constants;
  mlir::Value fromEnd(unsigned i) {
    return function.getArgument(function.getNumArguments() - i);
  }
};

/// Each emits the body of `kernel.function` up to the return and gives the
/// number of its tiles, which follows from shapes alone. Errors are reported.
mlir::FailureOr<int64_t> emitMap(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitRow(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitColumn(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitContraction(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitWindow(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitScatter(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitSort(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitCumulative(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitChain(KernelFunction &kernel);

/// The same for CUDA: one thread an element of the result, one warp a row.
mlir::FailureOr<int64_t> emitMapLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitRowLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitColumnLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitContractionLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitWindowLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitScatterLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitSortLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitCumulativeLanes(KernelFunction &kernel);
mlir::FailureOr<int64_t> emitChainLanes(KernelFunction &kernel);

/// The memory that sorting needs beside the kernel's operands, and that a
/// convolution needs on the CPU; null if none.
mlir::MemRefType sortScratchOf(SortOp op, bool gpu);
mlir::MemRefType windowScratchOf(ConvolutionOp op);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_KERNEL_H
