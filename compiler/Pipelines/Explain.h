// `dlc explain`: what became of a function, for people.

#ifndef DLC_COMPILER_PIPELINES_EXPLAIN_H
#define DLC_COMPILER_PIPELINES_EXPLAIN_H

#include "Pipelines/Pipelines.h"

namespace dlc {

/// Prints, for each function of a module after `layout`, one row a kernel —
/// emitter, source ops and lines, bytes, flops, why it ends there — and then
/// the memory plan. The module is lowered on the way. The text is stable.
mlir::LogicalResult explain(mlir::ModuleOp module,
                            const PipelineOptions &options,
                            llvm::raw_ostream &os);

} // namespace dlc

#endif // DLC_COMPILER_PIPELINES_EXPLAIN_H
