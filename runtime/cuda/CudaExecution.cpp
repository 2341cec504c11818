#include "cuda/CudaExecution.h"

#include "cuda/EventTimer.h"

#include <cstdlib>
#include <optional>

namespace dlc::runtime::cuda {

namespace {

/// DLC_CUDA_WAIT: wait for each kernel, so that an error names its own.
bool waitsForEach() {
  const char *value = std::getenv("DLC_CUDA_WAIT");
  return value && *value;
}

} // namespace

CudaExecution::CudaExecution(CudaDevice &device,
                             std::shared_ptr<const CudaModule> loaded,
                             int64_t function)
    : Execution(device, loaded->program(),
                loaded->program().functions[function]),
      card(device), module(std::move(loaded)),
      graphs(device, this->function()) {}

Status CudaExecution::walk(const std::vector<Instruction> &code,
                           const Operands &operands, Profile *profile) {
  CudaDevice::Use use(card);
  if (!fault) {
    Expected<BufferRef> word = card.allocate(sizeof(GpuStatus));
    if (!word)
      return word.error();
    fault = *word;
  }
  std::optional<EventTimer> timer;
  if (profile)
    timer.emplace(card);
  bool waits = waitsForEach();
  CudaWalk walk(card, *module, operands,
                reinterpret_cast<CUdeviceptr>(fault->address()),
                timer ? &*timer : nullptr, waits);
  card.noteWork();
  Status status = walk.begin();
  // What is run once is no graph.
  bool isSetup = &code == &function().setup;
  if (status.ok())
    status = timer || waits || isSetup ? walk.code(code)
                                       : graphs.run(walk, operands);
  if (status.ok())
    status = walk.checkFault();
  if (status.ok() && timer)
    status = timer->addTo(*profile);
  return status.ok() ? card.endRun() : status;
}

} // namespace dlc::runtime::cuda
