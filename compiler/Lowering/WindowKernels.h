// The inner kernel of a convolution: a small function over flat memrefs.

#ifndef DLC_COMPILER_LOWERING_WINDOWKERNELS_H
#define DLC_COMPILER_LOWERING_WINDOWKERNELS_H

#include "Lowering/WindowSchedule.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// target[place][row][unit] (+)= the sums over all taps and channels, in the
/// window's order. Parameters:
///
///   images, where the first tap meets them for the first place and row,
///   filters, where that tap's first column lies,
///   target, where to,
///   the first column,
///   for each spatial dimension but the last: first tap, end,
///   first channel, end,
///   i1: add to target (only with hasBlocks).
struct WindowKernel {
  const Window *window;
  int64_t lanes;
  int64_t units;
  int64_t rows;
  const TileRun *places;
  /// From a place, a row to the next in target.
  int64_t placeStride, rowStride;
};
mlir::func::FuncOp createWindowKernel(mlir::ModuleOp module,
                                      llvm::StringRef name,
                                      const WindowKernel &spec);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_WINDOWKERNELS_H
