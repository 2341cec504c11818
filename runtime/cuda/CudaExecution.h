// Runs one function of a CudaModule: walks its launch list onto the stream.

#ifndef DLC_RUNTIME_CUDA_CUDAEXECUTION_H
#define DLC_RUNTIME_CUDA_CUDAEXECUTION_H

#include "cuda/GraphCache.h"
#include "device/Execution.h"

namespace dlc::runtime::cuda {

/// `run` returns when everything is on its way, unless something must be known
/// on the host: what a check says, which branch is taken, what is printed.
class CudaExecution : public Execution {
public:
  /// `function` indexes module->program().functions.
  CudaExecution(CudaDevice &device, std::shared_ptr<const CudaModule> module,
                int64_t function);

private:
  Status walk(const std::vector<Instruction> &code, const Operands &operands,
              Profile *profile) override;
  std::byte *constants() const override { return module->constants(); }

  CudaDevice &card;
  std::shared_ptr<const CudaModule> module;
  GraphCache graphs;
  /// Where kernels say what they find wrong; made at the first run.
  BufferRef fault;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_CUDAEXECUTION_H
