// Depthwise convolutions on a GPU: each output channel sees one input channel,
// so there is no product of matrices, and what is saved are loads. A thread
// computes a few channels, which it reads at once, of a few neighbours along
// the last spatial dimension:
//
//   for each row of taps:
//     its weights, once
//     for each pixel that any of the neighbours sees there, once:
//       each of them that sees it: sum += pixel * weight
//
// Each sum adds its taps in their order, as everywhere.

#ifndef DLC_COMPILER_LOWERING_GPUDEPTHWISE_H
#define DLC_COMPILER_LOWERING_GPUDEPTHWISE_H

#include "Lowering/Kernel.h"

#include <optional>

namespace dlc {

/// Emits the kernel's convolution, if it is a depthwise one of undilated
/// images; gives the number of tiles.
std::optional<int64_t> emitDepthwise(KernelFunction &k, ConvolutionOp op);

/// The same for one that is the gradient of a depthwise one's filters
/// (GpuDepthwiseFilters.cpp), and the words of 64 bits that it needs.
std::optional<int64_t> emitDepthwiseFilters(KernelFunction &k,
                                            ConvolutionOp op);
int64_t scratchOfDepthwiseFilters(KernelOp kernel);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUDEPTHWISE_H
