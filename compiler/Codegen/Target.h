// The machine that code is made for.

#ifndef DLC_COMPILER_CODEGEN_TARGET_H
#define DLC_COMPILER_CODEGEN_TARGET_H

#include "Codegen/Codegen.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>
#include <vector>

namespace dlc {

/// A target machine for `options`, or the reason why there is none. Each thread
/// needs its own.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
makeTargetMachine(const TargetOptions &options);

bool hasFeature(const llvm::TargetMachine &machine, llvm::StringRef feature);

/// The ISA extensions that code for `machine` may use, as LLVM names them;
/// tuning flags are left out.
std::vector<std::string> isaFeatures(const llvm::TargetMachine &machine);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_TARGET_H
