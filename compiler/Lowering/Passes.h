// The passes of `lowering`.

#ifndef DLC_COMPILER_LOWERING_PASSES_H
#define DLC_COMPILER_LOWERING_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

// The dialects that the passes depend on.
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace dlc {

#define GEN_PASS_DECL
#include "Lowering/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "Lowering/Passes.h.inc"

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_PASSES_H
