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

  /// Fresh buffers, which a run may take for results.
  runtime::Expected<std::vector<runtime::BufferRef>> copy() const;

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

/// Runs `repeat` times, each time on fresh copies of the inputs, so that
/// donation takes place; the results are the last run's. Fills `timing` if it
/// is not null.
llvm::Expected<llvm::SmallVector<Tensor>>
execute(runtime::Execution &execution, llvm::ArrayRef<Tensor> inputs,
        int64_t repeat, Timing *timing, mlir::MLIRContext *context);

} // namespace dlc::tool

#endif // DLC_TOOLS_DLC_EXECUTE_H
