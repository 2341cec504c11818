#include "cuda/CudaModule.h"

#include "cuda/PtxText.h"

#include <algorithm>

namespace dlc::runtime::cuda {

Expected<std::shared_ptr<const CudaModule>> CudaModule::load(CudaDevice &device,
                                                             Program program) {
  if (Status status = validate(program); !status.ok())
    return status.error();
  if (program.device != "cuda")
    return Error{"the program is compiled for " + program.device +
                 ", not for " + device.name()};
  CudaDevice::Use use(device);
  std::shared_ptr<CudaModule> module(
      new CudaModule(device, std::move(program)));
  for (auto step : {&CudaModule::compile, &CudaModule::findFunctions,
                    &CudaModule::uploadConstants})
    if (Status status = (*module.*step)(); !status.ok())
      return status.error();
  return std::shared_ptr<const CudaModule>(std::move(module));
}

CudaModule::~CudaModule() {
  if (!module)
    return;
  CudaDevice::Use use(device);
  // Its kernels may be on their way. If they failed, the driver has said so.
  if (device.wait().ok())
    device.api().cuModuleUnload(module);
}

Status CudaModule::compile() {
  if (source.kernels.empty())
    return {};
  if (int sm = ptx::target(source.image); sm > device.computeCapability())
    return Error{"the program is compiled for sm_" + std::to_string(sm) + ", " +
                 device.describe() + " needs --target=" + device.target()};
  std::string log(16 << 10, '\0');
  CUjit_option options[] = {CU_JIT_ERROR_LOG_BUFFER,
                            CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES};
  void *values[] = {log.data(), reinterpret_cast<void *>(log.size() - 1)};
  CUresult result = device.api().cuModuleLoadDataEx(
      &module, source.image.c_str(), 2, options, values);
  if (result == CUDA_ERROR_UNSUPPORTED_PTX_VERSION)
    return Error{"NVIDIA's driver (for CUDA " + device.api().version() +
                 ") is too old for PTX " + ptx::version(source.image) +
                 ", which " + device.describe() + " needs"};
  Status status = device.check(result, "cuModuleLoadDataEx");
  if (!status.ok() && log[0])
    return Error{status.message() + ": " + log.c_str()};
  return status;
}

Status CudaModule::findFunctions() {
  // More needs to be asked for.
  constexpr int64_t plainSharedBytes = 48 << 10;
  const Driver &driver = device.api();
  for (size_t i = 0; i < source.kernels.size(); ++i) {
    const Kernel &kernel = source.kernels[i];
    CUfunction function = nullptr;
    if (Status status = device.check(
            driver.cuModuleGetFunction(&function, module, kernel.name.c_str()),
            "cuModuleGetFunction '" + kernel.name + "'");
        !status.ok())
      return status;
    functions.push_back(function);
    if (kernel.sharedBytes > device.sharedBytes())
      return Error{"kernel " + describe(i) + " needs " +
                   std::to_string(kernel.sharedBytes) +
                   " bytes of shared memory, a block of " + device.describe() +
                   " has " + std::to_string(device.sharedBytes())};
    if (kernel.sharedBytes > plainSharedBytes)
      if (Status status = device.check(
              driver.cuFuncSetAttribute(
                  function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                  static_cast<int>(kernel.sharedBytes)),
              "cuFuncSetAttribute");
          !status.ok())
        return status;
    Expected<int64_t> blocks =
        kernel.cooperative ? countResidentBlocks(i) : Expected<int64_t>(0);
    if (!blocks)
      return blocks.error();
    residentBlocks.push_back(*blocks);
  }
  return {};
}

Expected<int64_t> CudaModule::countResidentBlocks(int64_t index) const {
  // One block waits for nobody.
  if (!device.isCooperative())
    return 1;
  const Kernel &kernel = source.kernels[index];
  int blocks = 0;
  if (Status status = device.check(
          device.api().cuOccupancyMaxActiveBlocksPerMultiprocessor(
              &blocks, functions[index], static_cast<int>(kernel.threads),
              static_cast<size_t>(kernel.sharedBytes)),
          "cuOccupancyMaxActiveBlocksPerMultiprocessor");
      !status.ok())
    return status.error();
  // 0 is what the launch will say, with the driver's reason.
  return std::max<int64_t>(1, blocks * device.multiprocessors());
}

bool CudaModule::isCooperative() const {
  return std::any_of(source.kernels.begin(), source.kernels.end(),
                     [](const Kernel &kernel) { return kernel.cooperative; });
}

Status CudaModule::uploadConstants() {
  std::string constants = std::exchange(source.constants, {});
  Expected<BufferRef> buffer = device.allocate(constants.size());
  if (!buffer)
    return buffer.error();
  constantData = *buffer;
  return device.upload(constants.data(), *constantData);
}

std::string CudaModule::describe(int64_t kernel) const {
  const std::string &name = source.kernels[kernel].name;
  std::string place = ptx::sourceOf(source.image, name);
  return "'" + name + "'" + (place.empty() ? "" : " (" + place + ")");
}

} // namespace dlc::runtime::cuda
