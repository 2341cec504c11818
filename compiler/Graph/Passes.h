// The passes of the `graph` stage.

#ifndef DLC_COMPILER_GRAPH_PASSES_H
#define DLC_COMPILER_GRAPH_PASSES_H

#include "IR/Dlc.h"
#include "mlir/Pass/Pass.h"

namespace dlc {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "Graph/Passes.h.inc"
} // namespace dlc

#endif // DLC_COMPILER_GRAPH_PASSES_H
