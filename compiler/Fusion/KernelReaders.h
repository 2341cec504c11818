// What the passes ask that move maps into the kernels that read them.

#ifndef DLC_FUSION_KERNELREADERS_H
#define DLC_FUSION_KERNELREADERS_H

#include "IR/Dlc.h"

#include <optional>

namespace dlc {

/// Elements of a row of a view, at least: shorter ones would fill cache lines
/// in part.
inline constexpr int64_t leastViewRow = 16;

/// What reads `value`, in any shape, if these are kernels of that emitter and
/// of its block.
std::optional<llvm::SmallVector<mlir::OpOperand *>>
kernelsThatRead(mlir::Value value, Emitter emitter);

/// What `value` is another shape of.
mlir::Value withoutReshapes(mlir::Value value);

} // namespace dlc

#endif // DLC_FUSION_KERNELREADERS_H
