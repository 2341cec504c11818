// Runs a program for cuda on ptx-sim, which needs no card.

#ifndef DLC_TOOLS_DLC_SIMULATE_H
#define DLC_TOOLS_DLC_SIMULATE_H

#include "Interpreter/Tensor.h"
#include "abi/Program.h"
#include "llvm/Support/Error.h"

namespace dlc::tool {

class Simulation {
public:
  /// The program's only function if `name` is empty.
  static llvm::Expected<std::unique_ptr<Simulation>> load(llvm::StringRef bytes,
                                                          llvm::StringRef name);

  const runtime::Function &function() const { return *source; }

  /// The results. What the simulator finds wrong with the kernels is an error.
  llvm::Expected<llvm::SmallVector<interpreter::Tensor>>
  run(llvm::ArrayRef<interpreter::Tensor> inputs, mlir::MLIRContext *context);

private:
  runtime::Program program;
  const runtime::Function *source = nullptr;
};

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_SIMULATE_H
