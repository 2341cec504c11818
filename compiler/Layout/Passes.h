// The passes of the `layout` stage.

#ifndef DLC_COMPILER_LAYOUT_PASSES_H
#define DLC_COMPILER_LAYOUT_PASSES_H

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace dlc {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "Layout/Passes.h.inc"
} // namespace dlc

#endif // DLC_COMPILER_LAYOUT_PASSES_H
