// What a kernel costs: the bytes that it moves and the arithmetic that it does.

#ifndef DLC_IR_COST_H
#define DLC_IR_COST_H

#include "IR/Dlc.h"

namespace dlc {

/// Bytes of the kernel's operands and results, each once.
int64_t bytesOf(KernelOp kernel);

/// Arithmetic operations of one op: two for each multiply-add of a product or
/// convolution, one an element of what a reduction reads, one an element of
/// other results. Moving elements costs none.
int64_t flopsOf(mlir::Operation *op);

/// Those of all ops of a kernel.
int64_t flopsOf(KernelOp kernel);

} // namespace dlc

#endif // DLC_IR_COST_H
