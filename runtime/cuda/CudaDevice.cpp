#include "cuda/CudaDevice.h"

#include "cuda/CudaExecution.h"
#include "cuda/CudaModule.h"

#include <algorithm>
#include <cassert>

namespace dlc::runtime::cuda {

namespace {

CUdeviceptr addressOf(const Buffer &buffer) {
  return reinterpret_cast<CUdeviceptr>(buffer.address());
}

/// Few sizes, each a multiple of what the driver aligns to: freed memory finds
/// a taker.
int64_t blockBytes(int64_t bytes) {
  constexpr int64_t unit = 512;
  return std::max((bytes + unit - 1) / unit * unit, unit);
}

/// Errors in the course of a kernel: no call on the context succeeds any more.
bool isKernelError(CUresult result) {
  switch (result) {
  case CUDA_ERROR_ILLEGAL_ADDRESS:
  case CUDA_ERROR_LAUNCH_TIMEOUT:
  case CUDA_ERROR_ASSERT:
  case CUDA_ERROR_HARDWARE_STACK_ERROR:
  case CUDA_ERROR_ILLEGAL_INSTRUCTION:
  case CUDA_ERROR_MISALIGNED_ADDRESS:
  case CUDA_ERROR_INVALID_ADDRESS_SPACE:
  case CUDA_ERROR_INVALID_PC:
  case CUDA_ERROR_LAUNCH_FAILED:
    return true;
  default:
    return false;
  }
}

} // namespace

CudaDevice::CudaDevice(const Driver &driver, int ordinal, CUdevice device)
    : driver(driver), ordinal(ordinal), device(device) {}

Expected<std::unique_ptr<CudaDevice>> CudaDevice::open(const Driver &driver,
                                                       int ordinal) {
  std::string name = "cuda:" + std::to_string(ordinal);
  int count = 0;
  if (Status status =
          driver.check(driver.cuDeviceGetCount(&count), "cuDeviceGetCount");
      !status.ok())
    return Error{name + ": " + status.message()};
  if (ordinal >= count)
    return Error{"there is no " + name + ": " + std::to_string(count) +
                 (count == 1 ? " GPU is" : " GPUs are") + " visible"};
  CUdevice device = 0;
  if (Status status =
          driver.check(driver.cuDeviceGet(&device, ordinal), "cuDeviceGet");
      !status.ok())
    return Error{name + ": " + status.message()};
  std::unique_ptr<CudaDevice> opened(new CudaDevice(driver, ordinal, device));
  if (Status status = opened->prepare(); !status.ok())
    return status.error();
  return opened;
}

Status CudaDevice::prepare() {
  char text[256] = "";
  int major = 0, minor = 0;
  auto attribute = [&](int &value, CUdevice_attribute which) {
    return check(driver.cuDeviceGetAttribute(&value, which, device),
                 "cuDeviceGetAttribute");
  };
  if (Status status = check(driver.cuDeviceGetName(text, sizeof text, device),
                            "cuDeviceGetName");
      !status.ok())
    return status;
  cardName = text;
  for (auto [value, which] :
       {std::pair(&major, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
        std::pair(&minor, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
        std::pair(&shared,
                  CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
        std::pair(&processors, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
        std::pair(&cooperative, CU_DEVICE_ATTRIBUTE_COOPERATIVE_LAUNCH)})
    if (Status status = attribute(*value, which); !status.ok())
      return status;
  capability = major * 10 + minor;
  constexpr int oldest = 75;
  if (capability < oldest)
    return Error{describe() + " has compute capability " +
                 std::to_string(major) + "." + std::to_string(minor) +
                 ", dlc needs 7.5 or newer"};

  CUresult retained = driver.cuDevicePrimaryCtxRetain(&context, device);
  if (retained == CUDA_ERROR_DEVICE_UNAVAILABLE)
    return Error{describe() + " is in use by another process and in exclusive "
                              "mode, or may not compute"};
  if (Status status = check(retained, "cuDevicePrimaryCtxRetain"); !status.ok())
    return status;
  Use use(*this);
  if (Status status =
          check(driver.cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING),
                "cuStreamCreate");
      !status.ok())
    return status;
  staging = std::make_unique<Staging>(driver, stream);
  uploads = std::make_unique<UploadStream>(driver, stream);
  return {};
}

CudaDevice::~CudaDevice() {
  if (!context)
    return;
  if (stream) {
    Use use(*this);
    trim();
    uploads.reset();
    staging.reset();
    driver.cuStreamDestroy_v2(stream);
  }
  driver.cuDevicePrimaryCtxRelease_v2(device);
}

CudaDevice::Use::Use(CudaDevice &device) : device(device), lock(device.mutex) {
  device.driver.cuCtxPushCurrent_v2(device.context);
}

CudaDevice::Use::~Use() {
  CUcontext popped = nullptr;
  device.driver.cuCtxPopCurrent_v2(&popped);
}

std::string CudaDevice::name() const {
  return "cuda:" + std::to_string(ordinal);
}

std::string CudaDevice::describe() const {
  return name() + " (" + cardName + ")";
}

std::string CudaDevice::target() const {
  // PTX for an older card runs on a newer one, if a block may have as much
  // shared memory there: a newer card may have less.
  struct Known {
    int sm, sharedKiB;
  };
  static constexpr Known targets[] = {{75, 64},  {80, 163}, {86, 99},
                                      {87, 163}, {89, 99},  {90, 227}};
  int best = 0;
  for (Known known : targets)
    if (known.sm <= capability &&
        (best == 0 || known.sharedKiB << 10 <= shared))
      best = known.sm;
  return "cuda:sm_" + std::to_string(best);
}

//===-- Memory
//-------------------------------------------------------------===//

Expected<CUdeviceptr> CudaDevice::allocateBlock(int64_t bytes) {
  int64_t size =
      bytes <= INT64_MAX / 2 ? blockBytes(std::max<int64_t>(bytes, 0)) : bytes;
  CUdeviceptr memory = 0;
  CUresult result = driver.cuMemAlloc_v2(&memory, size);
  if (result == CUDA_ERROR_OUT_OF_MEMORY) {
    trim();
    result = driver.cuMemAlloc_v2(&memory, size);
  }
  if (result == CUDA_ERROR_OUT_OF_MEMORY) {
    size_t free = 0, total = 0;
    driver.cuMemGetInfo_v2(&free, &total);
    return Error{"out of memory on " + describe() + ": cannot allocate " +
                 std::to_string(bytes) + " bytes, " + std::to_string(free) +
                 " of " + std::to_string(total) + " are free"};
  }
  if (Status status = check(result, "cuMemAlloc"); !status.ok())
    return status.error();
  return memory;
}

Expected<BufferRef> CudaDevice::allocate(int64_t bytes) {
  Use use(*this);
  CUdeviceptr memory = 0;
  if (auto found = idle.find(blockBytes(
          std::max<int64_t>(std::min<int64_t>(bytes, INT64_MAX / 2), 0)));
      found != idle.end()) {
    memory = found->second.memory;
    idle.erase(found);
  } else {
    Expected<CUdeviceptr> block = allocateBlock(bytes);
    if (!block)
      return block.error();
    memory = *block;
  }
  return std::make_shared<Buffer>(*this, reinterpret_cast<std::byte *>(memory),
                                  bytes);
}

Expected<BufferRef> CudaDevice::copyOf(const void *source, int64_t bytes) {
  Use use(*this);
  int64_t size = blockBytes(bytes);
  // What has been free for longest.
  auto [begin, end] = idle.equal_range(size);
  auto best = std::min_element(begin, end, [](const auto &x, const auto &y) {
    return x.second.mark < y.second.mark;
  });
  Idle target{0, 0};
  if (best != end &&
      (uploads->isDone(best->second.mark) || !doubled.insert(size).second)) {
    target = best->second;
    idle.erase(best);
  } else {
    Expected<CUdeviceptr> block = allocateBlock(bytes);
    if (!block)
      return block.error();
    target.memory = *block;
  }
  auto buffer = std::make_shared<Buffer>(
      *this, reinterpret_cast<std::byte *>(target.memory), bytes);
  if (Status status =
          check(uploads->upload(static_cast<const std::byte *>(source),
                                target.memory, bytes, target.mark),
                "cuMemcpyHtoDAsync");
      !status.ok())
    return status.error();
  return buffer;
}

void CudaDevice::release(std::byte *memory, int64_t bytes) {
  std::lock_guard lock(mutex);
  idle.emplace(blockBytes(bytes), Idle{reinterpret_cast<CUdeviceptr>(memory),
                                       uploads->lastMark()});
}

void CudaDevice::trim() {
  if (!wait().ok())
    return;
  for (auto [size, block] : idle)
    driver.cuMemFree_v2(block.memory);
  idle.clear();
  doubled.clear();
}

Status CudaDevice::endRun() { return check(uploads->mark(), "cuEventRecord"); }

Status CudaDevice::upload(const void *source, Buffer &target) {
  assert(&target.device() == this);
  target.noteWrite();
  Use use(*this);
  return copyToCard(source, addressOf(target), target.bytes());
}

Status CudaDevice::download(const Buffer &source, void *target) {
  assert(&source.device() == this);
  Use use(*this);
  return copyToHost(addressOf(source), target, source.bytes());
}

Status CudaDevice::copyToCard(const void *source, CUdeviceptr target,
                              int64_t bytes) {
  uploads->noteWork();
  return check(
      staging->upload(static_cast<const std::byte *>(source), target, bytes),
      "cuMemcpyHtoDAsync");
}

Status CudaDevice::copyToHost(CUdeviceptr source, void *target, int64_t bytes) {
  Status status =
      check(staging->download(source, static_cast<std::byte *>(target), bytes),
            "cuMemcpyDtoHAsync");
  // What was asked for before has been done, too.
  if (status.ok() && bytes > 0)
    launched.clear();
  return status;
}

Status CudaDevice::wait() {
  Status status =
      check(driver.cuStreamSynchronize(stream), "cuStreamSynchronize");
  if (status.ok())
    launched.clear();
  return status;
}

//===-- Programs
//-----------------------------------------------------------===//

Expected<std::shared_ptr<Execution>> CudaDevice::load(Program program,
                                                      std::string_view name) {
  auto module = CudaModule::load(*this, std::move(program));
  if (!module)
    return module.error();
  Expected<int64_t> function = findFunction((*module)->program(), name);
  if (!function)
    return function.error();
  return std::shared_ptr<Execution>(
      std::make_shared<CudaExecution>(*this, std::move(*module), *function));
}

void CudaDevice::note(const CudaModule &module, int64_t kernel) {
  Launched entry{&module, kernel};
  if (std::find(launched.begin(), launched.end(), entry) == launched.end())
    launched.push_back(entry);
}

//===-- Errors
//-------------------------------------------------------------===//

Status CudaDevice::check(CUresult result, std::string_view call) {
  if (!lost.empty())
    return Error{lost};
  if (result == CUDA_SUCCESS)
    return {};
  if (isKernelError(result))
    return kernelError(result);
  return Error{describe() + ": " + driver.check(result, call).message()};
}

Error CudaDevice::kernelError(CUresult result) {
  std::string text = describe() + ": " + driver.text(result);
  constexpr size_t listed = 8;
  if (launched.size() == 1) {
    text += " in kernel " + launched[0].module->describe(launched[0].kernel);
  } else if (!launched.empty()) {
    text += " in one of " + std::to_string(launched.size()) + " kernels: ";
    for (size_t i = 0; i < std::min(launched.size(), listed); ++i)
      text +=
          (i ? ", " : "") + launched[i].module->describe(launched[i].kernel);
    text += launched.size() > listed ? ", ...; " : "; ";
    text += "DLC_CUDA_WAIT=1 waits for each, and so names the one";
  }
  lost = describe() + " is lost to this process since an earlier error: " +
         driver.text(result);
  return Error{text};
}

} // namespace dlc::runtime::cuda

namespace dlc::runtime {

Expected<Device *> findCudaDevice(int ordinal) {
  static std::mutex mutex;
  // Never destroyed: tensors of static lifetime may outlive them.
  static auto *devices = new std::map<int, std::unique_ptr<cuda::CudaDevice>>;
  std::lock_guard lock(mutex);
  if (auto found = devices->find(ordinal); found != devices->end())
    return static_cast<Device *>(found->second.get());
  Expected<const cuda::Driver *> driver = cuda::Driver::get();
  if (!driver)
    return driver.error();
  auto device = cuda::CudaDevice::open(**driver, ordinal);
  if (!device)
    return device.error();
  return static_cast<Device *>(
      devices->emplace(ordinal, std::move(*device)).first->second.get());
}

} // namespace dlc::runtime
