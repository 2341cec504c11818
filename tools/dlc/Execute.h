// Runs a compiled program on the interpreter's tensors.

#ifndef DLC_TOOLS_DLC_EXECUTE_H
#define DLC_TOOLS_DLC_EXECUTE_H

#include "Interpreter/Tensor.h"
#include "device/Device.h"
#include "device/Execution.h"
#include "llvm/Support/Error.h"

namespace dlc::tool {

using interpreter::Tensor;

mlir::RankedTensorType toMLIR(const runtime::TensorType &type,
                              mlir::MLIRContext *context);
runtime::TensorType toRuntime(mlir::RankedTensorType type);

/// The program's only function if `name` is empty.
llvm::Expected<std::shared_ptr<runtime::Execution>>
load(runtime::Device &device, llvm::StringRef program, llvm::StringRef name);

/// Values that a device is given again and again.
class Arguments {
public:
  Arguments(runtime::Device &device, llvm::ArrayRef<Tensor> values);

  /// Puts a fresh copy in the place of each buffer that is missing: all of
  /// them at first, later those that a run has taken for results.
  runtime::Status fill(std::vector<runtime::BufferRef> &buffers) const;

private:
  runtime::Device &device;
  std::vector<std::string> images;
};

struct Timing {
  /// Wall time of each run.
  std::vector<double> seconds;
  /// Over all runs.
  runtime::Profile profile;
};

/// Runs `repeat` times, each time on the same inputs, of which those that are
/// donated are copied again; the results are the last run's. Fills `timing` if
/// it is not null.
llvm::Expected<llvm::SmallVector<Tensor>>
execute(runtime::Execution &execution, llvm::ArrayRef<Tensor> inputs,
        int64_t repeat, Timing *timing, mlir::MLIRContext *context);

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_EXECUTE_H
