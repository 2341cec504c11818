// The CUDA driver: libcuda.so.1, opened with dlopen at the first use of a GPU.

#ifndef DLC_RUNTIME_CUDA_DRIVER_H
#define DLC_RUNTIME_CUDA_DRIVER_H

#include "abi/Status.h"
#include "cuda/DriverTypes.h"

#include <string>
#include <string_view>

namespace dlc::runtime::cuda {

/// All that we use of the driver: X(the symbol that the library exports, its
/// parameters). Where the API's header maps a name to a newer version, the
/// version is part of the symbol.
#define DLC_CUDA_DRIVER_FUNCTIONS(X)                                           \
  X(cuInit, (unsigned flags))                                                  \
  X(cuDriverGetVersion, (int *version))                                        \
  X(cuGetErrorName, (CUresult error, const char **name))                       \
  X(cuGetErrorString, (CUresult error, const char **text))                     \
  X(cuDeviceGetCount, (int *count))                                            \
  X(cuDeviceGet, (CUdevice * device, int ordinal))                             \
  X(cuDeviceGetName, (char *name, int length, CUdevice device))                \
  X(cuDeviceGetAttribute,                                                      \
    (int *value, CUdevice_attribute attribute, CUdevice device))               \
  X(cuDevicePrimaryCtxRetain, (CUcontext * context, CUdevice device))          \
  X(cuDevicePrimaryCtxRelease_v2, (CUdevice device))                           \
  X(cuCtxPushCurrent_v2, (CUcontext context))                                  \
  X(cuCtxPopCurrent_v2, (CUcontext * context))                                 \
  X(cuMemGetInfo_v2, (size_t *free, size_t *total))                            \
  X(cuMemAlloc_v2, (CUdeviceptr * memory, size_t bytes))                       \
  X(cuMemFree_v2, (CUdeviceptr memory))                                        \
  X(cuMemHostAlloc, (void **memory, size_t bytes, unsigned flags))             \
  X(cuMemFreeHost, (void *memory))                                             \
  X(cuMemcpyHtoDAsync_v2,                                                      \
    (CUdeviceptr target, const void *source, size_t bytes, CUstream stream))   \
  X(cuMemcpyDtoHAsync_v2,                                                      \
    (void *target, CUdeviceptr source, size_t bytes, CUstream stream))         \
  X(cuMemcpyDtoDAsync_v2,                                                      \
    (CUdeviceptr target, CUdeviceptr source, size_t bytes, CUstream stream))   \
  X(cuMemsetD32Async,                                                          \
    (CUdeviceptr target, unsigned value, size_t count, CUstream stream))       \
  X(cuStreamCreate, (CUstream * stream, unsigned flags))                       \
  X(cuStreamDestroy_v2, (CUstream stream))                                     \
  X(cuStreamSynchronize, (CUstream stream))                                    \
  X(cuStreamWaitEvent, (CUstream stream, CUevent event, unsigned flags))       \
  X(cuEventCreate, (CUevent * event, unsigned flags))                          \
  X(cuEventDestroy_v2, (CUevent event))                                        \
  X(cuEventRecord, (CUevent event, CUstream stream))                           \
  X(cuEventQuery, (CUevent event))                                             \
  X(cuEventSynchronize, (CUevent event))                                       \
  X(cuEventElapsedTime, (float *milliseconds, CUevent start, CUevent end))     \
  X(cuModuleLoadDataEx, (CUmodule * module, const void *image, unsigned count, \
                         CUjit_option *options, void **values))                \
  X(cuModuleUnload, (CUmodule module))                                         \
  X(cuModuleGetFunction,                                                       \
    (CUfunction * function, CUmodule module, const char *name))                \
  X(cuFuncGetAttribute,                                                        \
    (int *value, CUfunction_attribute attribute, CUfunction function))         \
  X(cuFuncSetAttribute,                                                        \
    (CUfunction function, CUfunction_attribute attribute, int value))          \
  X(cuLaunchKernel,                                                            \
    (CUfunction function, unsigned gridX, unsigned gridY, unsigned gridZ,      \
     unsigned blockX, unsigned blockY, unsigned blockZ, unsigned sharedBytes,  \
     CUstream stream, void **parameters, void **extra))                        \
  X(cuLaunchCooperativeKernel,                                                 \
    (CUfunction function, unsigned gridX, unsigned gridY, unsigned gridZ,      \
     unsigned blockX, unsigned blockY, unsigned blockZ, unsigned sharedBytes,  \
     CUstream stream, void **parameters))                                      \
  X(cuOccupancyMaxActiveBlocksPerMultiprocessor,                               \
    (int *blocks, CUfunction function, int threads, size_t sharedBytes))       \
  X(cuStreamBeginCapture_v2, (CUstream stream, CUstreamCaptureMode mode))      \
  X(cuStreamEndCapture, (CUstream stream, CUgraph * graph))                    \
  X(cuGraphInstantiateWithFlags,                                               \
    (CUgraphExec * graph, CUgraph source, unsigned long long flags))           \
  X(cuGraphLaunch, (CUgraphExec graph, CUstream stream))                       \
  X(cuGraphDestroy, (CUgraph graph))                                           \
  X(cuGraphExecDestroy, (CUgraphExec graph))

struct Driver {
#define X(name, parameters) CUresult(*name) parameters = nullptr;
  DLC_CUDA_DRIVER_FUNCTIONS(X)
#undef X

  /// The driver of this process, initialised. The error is one sentence: there
  /// is none, it is too old, it may not be used, it sees no GPU. What the first
  /// call finds is what all get.
  static Expected<const Driver *> get();

  /// Opens and initialises the driver.
  static Expected<Driver> open();

  /// "12.4".
  std::string version() const;
  /// "CUDA_ERROR_UNKNOWN (unknown error)".
  std::string text(CUresult error) const;
  /// Success, or "cuMemAlloc: CUDA_ERROR_… (…)".
  Status check(CUresult result, std::string_view call) const;
};

} // namespace dlc::runtime::cuda

#endif // DLC_RUNTIME_CUDA_DRIVER_H
