// Runs a compiled program on the interpreter's tensors.

#ifndef DLC_TOOLS_DLC_EXECUTE_H
#define DLC_TOOLS_DLC_EXECUTE_H

#include "Interpreter/Tensor.h"
#include "cpu/Execution.h"
#include "llvm/Support/Error.h"

namespace dlc::tool {

using interpreter::Tensor;

mlir::RankedTensorType toMLIR(const runtime::TensorType &type,
                              mlir::MLIRContext *context);
runtime::TensorType toRuntime(mlir::RankedTensorType type);

/// The program's only function if `name` is empty.
llvm::Expected<std::unique_ptr<runtime::Execution>>
load(llvm::StringRef program, llvm::StringRef name);

struct Timing {
  /// Wall time of each run.
  std::vector<double> seconds;
  /// Over all runs.
  runtime::Profile profile;
};

/// Runs `repeat` times, each time on fresh copies of the inputs, so that
/// donation takes place; the results are the last run's. Fills `timing` if it
/// is not null.
llvm::Expected<llvm::SmallVector<Tensor>>
execute(runtime::Execution &execution, llvm::ArrayRef<Tensor> inputs,
        int64_t repeat, Timing *timing, mlir::MLIRContext *context);

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_EXECUTE_H
