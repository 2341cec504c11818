// What vdpbf16ps does on this machine.

#ifndef DLC_COMPILER_CODEGEN_BF16DOTS_H
#define DLC_COMPILER_CODEGEN_BF16DOTS_H

namespace dlc {

/// Whether the instruction adds a pair of products as two fused multiply-adds
/// do, that of the upper halves first (Lowering/ContractionPairs.cpp relies on
/// it). Tried on numbers by which another order, or sums that are rounded less
/// or more often, would show. The CPU must have it (avx512bf16).
bool dotsRoundAsMultiplyAdds();

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_BF16DOTS_H
