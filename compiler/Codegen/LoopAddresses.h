// What LLVM's loop strength reduction need not take apart.

#ifndef DLC_CODEGEN_LOOPADDRESSES_H
#define DLC_CODEGEN_LOOPADDRESSES_H

#include "llvm/IR/PassManager.h"

namespace dlc {

/// Computes the invariant part of an innermost loop's addresses before the
/// loop, behind a `freeze`. Loop strength reduction tries each way to share the
/// terms of all addresses between registers: with the offsets of outer loops
/// among them that is most of the time that LLVM takes for a micro-kernel
/// (10 of 16 ms), and finds what an emitter has known: one pointer an operand.
struct HoistAddressesPass : llvm::PassInfoMixin<HoistAddressesPass> {
  llvm::PreservedAnalyses run(llvm::Function &function,
                              llvm::FunctionAnalysisManager &analyses);
};

} // namespace dlc

#endif // DLC_CODEGEN_LOOPADDRESSES_H
