// What the products of dot_generals and of convolutions on a GPU share.

#ifndef DLC_COMPILER_LOWERING_GPUCONTRACTIONPRODUCT_H
#define DLC_COMPILER_LOWERING_GPUCONTRACTIONPRODUCT_H

#include "IR/StridedDims.h"
#include "Lowering/GpuContraction.h"
#include "Lowering/GpuContractionMemory.h"

namespace dlc {

/// The sums of a contraction over so many k are added in order, as on a CPU.
inline constexpr int64_t contractionBlock = 512;

/// Indices one after the other, as positions in memory.
struct Walk : StridedDims {
  mlir::Value positionOf(KernelFunction &k, mlir::Value linear) const;
};

/// An operand whose positions are those of a walk of rows and one of k.
void setWalks(KernelFunction &k, GpuOperand &operand, Walk rows, Walk depth);

/// The k of a part: the sum's blocks as they are (contractions), or as many as
/// fill the card (convolutions, `isFree`). 0: no parts.
int64_t partOf(int64_t batch, int64_t rows, int64_t columns, int64_t depth,
               bool isFree);
int64_t partOf(DotGeneralOp op);
int64_t partOf(ConvolutionOp op);

inline bool isEmpty(mlir::Value tensor) {
  return tensorType(tensor).getNumElements() == 0;
}

/// None if each element is a thread's.
std::optional<GpuProduct> productOf(KernelFunction &k, ConvolutionOp op);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCONTRACTIONPRODUCT_H
