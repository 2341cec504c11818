// Products on a GPU: a block of threads computes a tile of the result.
//
//   for each tile of 16 k (f32; 64 bytes a row), several in flight:
//     copy A's and B's parts to shared memory       (GpuContractionStaging.h)
//     each warp: its part of the result += A B       (GpuContractionMath.h)
//   sums → shared memory → the epilogue, a thread some neighbours of a row
//
// A convolution is the same loop: its rows are places, its k are taps and
// channels, and only the addresses from which A is copied differ.
//
// The epilogue takes its elements from shared memory for the reasons that it
// does so on a CPU (docs/decisions/0003): the loop over k knows nothing of it,
// it is emitted once instead of once for each accumulator, and neighbouring
// threads read and write neighbouring elements, whatever the accumulators'
// places are.
//
// Padding lies in shared memory as zeros, and its products are added like all
// others: choosing sum by sum would cost as much as adding. That is right but
// where the other factor is infinite or NaN. Then the sum is NaN, so the few
// sums that are NaN are computed once more, tap by tap, without the padding.

#ifndef DLC_COMPILER_LOWERING_GPUCONTRACTION_H
#define DLC_COMPILER_LOWERING_GPUCONTRACTION_H

#include "Lowering/Kernel.h"

#include <functional>
#include <optional>

namespace dlc {

/// One of the two matrices: `rows` × `depth`, A's rows or B's columns.
struct GpuOperand {
  /// It lies here, or the body computes it, element by element, where it is
  /// copied to shared memory (IR/Prologue.h).
  mlir::Value memory, prologue;
  mlir::Type element;
  int64_t rows, depth;
  /// Neighbouring k are neighbours in memory; else neighbouring rows are.
  bool alongDepth;
  /// So many neighbours, a power of two, start at a multiple of their size
  /// wherever a multiple of so many starts.
  int64_t unit;
  /// Arrays that a copy reads, and instructions that an element of it takes.
  int64_t arrays = 1, instructions = 1;
  /// Where a batch's matrix begins; null if all begin at 0.
  std::function<mlir::Value(mlir::Value batch)> batchPart;
  /// What follows from the row alone, and is computed once: so many values.
  int64_t rowValues = 1;
  std::function<llvm::SmallVector<mlir::Value>(mlir::Value row)> rowPart;
  /// Some elements are none but padding.
  bool isPadded = false;
  /// The position of (row, k) in memory. Sets `exists` if some elements are
  /// none but padding, which contributes nothing.
  std::function<mlir::Value(mlir::ValueRange rowPart, mlir::Value k,
                            mlir::Value &exists)>
      positionOf;
};

/// result[batch, row, column] = sum over k of a[row, k] b[column, k].
struct GpuProduct {
  /// The body's value that the sums are.
  mlir::Value result;
  int64_t batch = 1, rows, columns, depth;
  /// The sums over so many k each are added in order.
  int64_t blockDepth;
  /// Each of these sums is computed by a block of threads of its own, left in
  /// scratch memory, and added in a second step.
  bool inParts = false;
  GpuOperand a, b;
  /// A thread an element, which tiny products take, reads no reshaped views.
  bool needsTiles = false;
  /// The result's index.
  std::function<llvm::SmallVector<mlir::Value>(
      mlir::Value batch, mlir::Value row, mlir::Value column)>
      indexOf;
};

/// The product of the kernel's dot_general or convolution; none if its form is
/// another (several dimensions of a kind, groups) or it is empty.
std::optional<GpuProduct> productOf(KernelFunction &k);

/// Words of 64 bits that the sums of a product in parts need; 0 if there is
/// none.
int64_t scratchOfProducts(KernelOp kernel);

/// Emits the kernel's product in tiles, with its epilogue. Gives the number of
/// tiles; none if a thread an element is better: the product is tiny.
std::optional<int64_t> emitTiledProduct(KernelFunction &k,
                                        const GpuProduct &product);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCONTRACTION_H
