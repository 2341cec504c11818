// A Program for cuda made ready to run on one card: its PTX compiled by the
// driver, its constants on the card.

#ifndef DLC_RUNTIME_CUDA_CUDAMODULE_H
#define DLC_RUNTIME_CUDA_CUDAMODULE_H

#include "cuda/CudaDevice.h"

namespace dlc::runtime::cuda {

/// Immutable, so that any number of executions may share one.
class CudaModule {
public:
  /// Fails where the program is for another device or a newer card, where the
  /// driver does not know its PTX, or does not validate.
  static Expected<std::shared_ptr<const CudaModule>> load(CudaDevice &device,
                                                          Program program);
  ~CudaModule();
  CudaModule(const CudaModule &) = delete;
  CudaModule &operator=(const CudaModule &) = delete;

  /// The program; its constants live on the card instead.
  const Program &program() const { return source; }
  CUfunction function(int64_t kernel) const { return functions[kernel]; }
  /// Whether any kernel is cooperative.
  bool isCooperative() const;
  /// How many blocks of a cooperative kernel the card runs at the same time.
  int64_t mostBlocks(int64_t kernel) const { return residentBlocks[kernel]; }
  std::byte *constants() const { return constantData->address(); }

  /// "'row_2' (mlp.cpp:12)".
  std::string describe(int64_t kernel) const;

private:
  CudaModule(CudaDevice &device, Program program)
      : device(device), source(std::move(program)) {}
  Status compile();
  Status findFunctions();
  Expected<int64_t> countResidentBlocks(int64_t kernel) const;
  Status uploadConstants();

  CudaDevice &device;
  Program source;
  CUmodule module = nullptr;
  std::vector<CUfunction> functions;
  std::vector<int64_t> residentBlocks;
  BufferRef constantData;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_CUDAMODULE_H
