// The passes of the `autodiff` stage.

#ifndef DLC_COMPILER_AUTODIFF_PASSES_H
#define DLC_COMPILER_AUTODIFF_PASSES_H

#include "IR/Dlc.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace dlc {
#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "Autodiff/Passes.h.inc"
} // namespace dlc

#endif // DLC_COMPILER_AUTODIFF_PASSES_H
