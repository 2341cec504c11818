// A walk of a launch list onto a card's stream.

#ifndef DLC_RUNTIME_CUDA_CUDAWALK_H
#define DLC_RUNTIME_CUDA_CUDAWALK_H

#include "cuda/CudaModule.h"
#include "device/Walk.h"

namespace dlc::runtime::cuda {

class EventTimer;

/// Exists within a Use of the card.
class CudaWalk : public Walk {
public:
  /// `fault` is where kernels say what they find wrong: a GpuStatus on the
  /// card. With `waits` nothing is asked for before the last kernel is done.
  CudaWalk(CudaDevice &device, const CudaModule &module, Operands operands,
           CUdeviceptr fault, EventTimer *timer, bool waits);

  /// Sets the GpuStatus to what it is while nothing is wrong.
  Status begin();
  Status checkFault() override;
  /// Puts a graph of these kernels into the stream.
  Status launchGraph(CUgraphExec graph, const std::vector<int64_t> &kernels);

private:
  Status launch(const Instruction &launch) override;
  CUresult put(const Instruction &launch);
  Status copy(const Instruction &copy) override;
  Status show(const Instruction &show) override;
  Expected<bool> isTrue(const Address &predicate) override;
  Expected<TapeHeader> readHeader(const Address &address) override;
  Status writeHeader(const Address &address, const TapeHeader &header,
                     int64_t bytes) override;
  Expected<BufferRef> allocate(int64_t bytes) override;
  CUdeviceptr place(const Address &address) const {
    return reinterpret_cast<CUdeviceptr>(resolve(address));
  }

  CudaDevice &device;
  const CudaModule &module;
  const CUdeviceptr fault;
  EventTimer *timer;
  const bool waits;
  /// Whether a kernel has run that no check has followed.
  bool unchecked = false;
  std::vector<uint64_t> values;
  std::vector<void *> parameters;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_CUDAWALK_H
