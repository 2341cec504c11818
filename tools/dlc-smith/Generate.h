// A seed's graph, as text.

#ifndef DLC_TOOLS_DLC_SMITH_GENERATE_H
#define DLC_TOOLS_DLC_SMITH_GENERATE_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <cstdint>

namespace dlc::smith {

/// The function that cases are about; others are called by it.
inline constexpr char mainFunction[] = "f";

/// The graph of a seed, of at most `maxOps` drawn ops: those inside regions
/// count, constants and requests for derivatives do not. Arguments carry what
/// their numbers are drawn from (Draw.h).
mlir::OwningOpRef<mlir::ModuleOp> generate(uint64_t seed, int64_t maxOps,
                                           mlir::MLIRContext *context);

/// Takes the derivatives that a graph asks for from its results: not every path
/// has a rule, and a derivative may be infinite.
void dropRequests(mlir::ModuleOp module);

/// Whether the graph asks for a derivative.
bool hasRequests(mlir::ModuleOp module);

/// Erases what no result needs: ops, functions and arguments of the main one.
void eraseUnused(mlir::ModuleOp module);

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_GENERATE_H
