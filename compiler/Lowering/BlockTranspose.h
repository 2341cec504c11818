// map kernels that transpose, by blocks in registers.

#ifndef DLC_COMPILER_LOWERING_BLOCKTRANSPOSE_H
#define DLC_COMPILER_LOWERING_BLOCKTRANSPOSE_H

#include "Lowering/Kernel.h"

#include <optional>

namespace dlc {

/// Emits the kernel, if its body reads an argument across its rows and is large
/// enough; gives the number of tiles.
std::optional<int64_t> emitBlockTranspose(KernelFunction &kernel);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_BLOCKTRANSPOSE_H
