// What holds after the `graph` stage.

#ifndef DLC_COMPILER_GRAPH_CONTRACT_H
#define DLC_COMPILER_GRAPH_CONTRACT_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// A module holds functions, functions hold ops of the recording: no kernels
/// and no launch lists yet, and no op that the dialect does not know. Every
/// value is a ranked, statically shaped tensor.
mlir::LogicalResult verifyGraphContract(mlir::ModuleOp module);

} // namespace dlc

#endif // DLC_COMPILER_GRAPH_CONTRACT_H
