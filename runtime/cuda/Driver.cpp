#include "cuda/Driver.h"

#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <unistd.h>

namespace dlc::runtime::cuda {

namespace {

constexpr const char *library = "libcuda.so.1";

/// Why cuInit failed, or found nothing, as far as one can tell from outside.
Error initError(const Driver &driver, CUresult result) {
  switch (result) {
  case CUDA_ERROR_STUB_LIBRARY:
    return Error{"libcuda.so.1 is the toolkit's stub, not NVIDIA's driver"};
  case CUDA_ERROR_SYSTEM_DRIVER_MISMATCH:
    return Error{"NVIDIA's driver library and kernel module have different "
                 "versions; restart the machine after an update of the driver"};
  case CUDA_ERROR_NOT_PERMITTED:
    return Error{"this user may not use the GPUs: " + driver.text(result)};
  default:
    break;
  }
  if (const char *visible = std::getenv("CUDA_VISIBLE_DEVICES");
      visible && result == CUDA_ERROR_NO_DEVICE)
    return Error{"no GPU can be used: CUDA_VISIBLE_DEVICES is '" +
                 std::string(visible) + "'"};
  for (const char *file : {"/dev/nvidiactl", "/dev/nvidia-uvm"})
    if (access(file, R_OK | W_OK) != 0 && errno == EACCES)
      return Error{"this user may not use the GPUs: " + std::string(file) +
                   " may not be opened"};
  if (result == CUDA_ERROR_NO_DEVICE)
    return Error{"NVIDIA's driver finds no GPU"};
  return Error{"NVIDIA's driver cannot be initialised: " + driver.text(result)};
}

} // namespace

Expected<Driver> Driver::open() {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return Error{"there is no NVIDIA driver: " + std::string(dlerror())};
  Driver driver;
#define X(name, parameters)                                                    \
  driver.name =                                                                \
      reinterpret_cast<CUresult(*) parameters>(dlsym(handle, #name));          \
  if (!driver.name)                                                            \
    return Error{"NVIDIA's driver is too old: it has no " #name};
  DLC_CUDA_DRIVER_FUNCTIONS(X)
#undef X
  if (CUresult result = driver.cuInit(0); result != CUDA_SUCCESS)
    return initError(driver, result);
  int count = 0;
  if (CUresult result = driver.cuDeviceGetCount(&count);
      result != CUDA_SUCCESS || count == 0)
    return initError(driver,
                     result != CUDA_SUCCESS ? result : CUDA_ERROR_NO_DEVICE);
  return driver;
}

Expected<const Driver *> Driver::get() {
  // Never closed: tensors of static lifetime may outlive everything else.
  static const auto *opened = new Expected<Driver>(open());
  if (!*opened)
    return opened->error();
  return &**opened;
}

std::string Driver::version() const {
  int version = 0;
  if (cuDriverGetVersion(&version) != CUDA_SUCCESS)
    return "unknown";
  return std::to_string(version / 1000) + "." +
         std::to_string(version % 1000 / 10);
}

std::string Driver::text(CUresult error) const {
  const char *name = nullptr, *text = nullptr;
  if (cuGetErrorName(error, &name) != CUDA_SUCCESS || !name)
    return "error " + std::to_string(error);
  if (cuGetErrorString(error, &text) != CUDA_SUCCESS || !text)
    return name;
  return std::string(name) + " (" + text + ")";
}

Status Driver::check(CUresult result, std::string_view call) const {
  if (result == CUDA_SUCCESS)
    return {};
  return Error{std::string(call) + ": " + text(result)};
}

} // namespace dlc::runtime::cuda
