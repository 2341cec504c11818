// The functions of the driver's API, as libcuda.so.1 exports them.

#include "Fake.h"

#include "cuda/Driver.h"
#include "ptx-sim/Parser.h"

#include <cstdlib>
#include <cstring>
#include <type_traits>

using namespace dlc;
using namespace dlc::runtime::cuda;

#define API extern "C" __attribute__((visibility("default"))) CUresult

namespace {

/// One call at a time; they are counted.
struct Call {
  explicit Call(const char *name = __builtin_FUNCTION()) { ++fake.calls[name]; }
  Fake *operator->() const { return &fake; }

  Fake &fake = Fake::get();
  std::lock_guard<std::recursive_mutex> lock{fake.mutex};
};

constexpr int64_t gibibyte = int64_t(1) << 30;

struct ErrorName {
  CUresult error;
  const char *name, *text;
};
constexpr ErrorName errorNames[] = {
    {CUDA_SUCCESS, "CUDA_SUCCESS", "no error"},
    {CUDA_ERROR_INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
    {CUDA_ERROR_OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
    {CUDA_ERROR_NO_DEVICE, "CUDA_ERROR_NO_DEVICE",
     "no CUDA-capable device is detected"},
    {CUDA_ERROR_INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT",
     "invalid device context"},
    {CUDA_ERROR_INVALID_PTX, "CUDA_ERROR_INVALID_PTX",
     "a PTX JIT compilation failed"},
    {CUDA_ERROR_UNSUPPORTED_PTX_VERSION, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
     "the provided PTX was compiled with an unsupported toolchain."},
    {CUDA_ERROR_ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS",
     "an illegal memory access was encountered"},
    {CUDA_ERROR_LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED",
     "unspecified launch failure"},
    {CUDA_ERROR_NOT_PERMITTED, "CUDA_ERROR_NOT_PERMITTED",
     "operation not permitted"},
    {CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED,
     "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
     "operation not permitted when stream is capturing"},
    {CUDA_ERROR_UNKNOWN, "CUDA_ERROR_UNKNOWN", "unknown error"}};

const ErrorName *find(CUresult error) {
  for (const ErrorName &each : errorNames)
    if (each.error == error)
      return &each;
  return nullptr;
}

} // namespace

//===-- Driver, devices, contexts -----------------------------------------===//

API cuInit(unsigned) {
  Call fake;
  if (auto result = static_cast<CUresult>(Fake::number("init", 0)))
    return result;
  fake->initialised = true;
  return CUDA_SUCCESS;
}

API cuDriverGetVersion(int *version) {
  *version = static_cast<int>(Fake::number("driver", 12040));
  return CUDA_SUCCESS;
}

API cuGetErrorName(CUresult error, const char **name) {
  const ErrorName *found = find(error);
  *name = found ? found->name : nullptr;
  return found ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

API cuGetErrorString(CUresult error, const char **text) {
  const ErrorName *found = find(error);
  *text = found ? found->text : nullptr;
  return found ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

API cuDeviceGetCount(int *count) {
  *count = static_cast<int>(Fake::number("devices", 1));
  return CUDA_SUCCESS;
}

API cuDeviceGet(CUdevice *device, int ordinal) {
  *device = ordinal;
  return ordinal < Fake::number("devices", 1) ? CUDA_SUCCESS
                                              : CUDA_ERROR_INVALID_DEVICE;
}

API cuDeviceGetName(char *name, int length, CUdevice) {
  std::strncpy(name, "ptx-sim", length);
  return CUDA_SUCCESS;
}

API cuDeviceGetAttribute(int *value, CUdevice_attribute attribute, CUdevice) {
  auto sm = static_cast<int>(Fake::number("sm", 80));
  switch (attribute) {
  case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR:
    *value = sm / 10;
    return CUDA_SUCCESS;
  case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR:
    *value = sm % 10;
    return CUDA_SUCCESS;
  case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN:
    *value =
        static_cast<int>(Fake::number("shared", (sm >= 90 ? 227 : 163) << 10));
    return CUDA_SUCCESS;
  case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT:
    *value = static_cast<int>(Fake::number("multiprocessors", 108));
    return CUDA_SUCCESS;
  case CU_DEVICE_ATTRIBUTE_COOPERATIVE_LAUNCH:
    *value = static_cast<int>(Fake::number("cooperative", 1));
    return CUDA_SUCCESS;
  }
  return CUDA_ERROR_INVALID_VALUE;
}

API cuDevicePrimaryCtxRetain(CUcontext *context, CUdevice) {
  Call fake;
  *context = &fake->context;
  return static_cast<CUresult>(Fake::number("retain", 0));
}

API cuDevicePrimaryCtxRelease_v2(CUdevice) {
  Call fake;
  return CUDA_SUCCESS;
}

API cuCtxPushCurrent_v2(CUcontext context) {
  if (!context)
    return CUDA_ERROR_INVALID_CONTEXT;
  ++contextDepth();
  return CUDA_SUCCESS;
}

API cuCtxPopCurrent_v2(CUcontext *context) {
  if (contextDepth() == 0)
    return CUDA_ERROR_INVALID_CONTEXT;
  --contextDepth();
  *context = &Fake::get().context;
  return CUDA_SUCCESS;
}

//===-- Memory ------------------------------------------------------------===//

API cuMemGetInfo_v2(size_t *free, size_t *total) {
  Call fake;
  *total = Fake::number("memory", gibibyte);
  *free = *total - fake->used;
  return fake->ready();
}

API cuMemAlloc_v2(CUdeviceptr *memory, size_t bytes) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  if (fake->isCapturing())
    return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  auto size = static_cast<int64_t>(bytes);
  if (size == 0)
    return CUDA_ERROR_INVALID_VALUE;
  if (size < 0 || size > Fake::number("memory", gibibyte) - fake->used)
    return CUDA_ERROR_OUT_OF_MEMORY;
  std::string name = "an allocation of " + std::to_string(bytes) + " bytes";
  *memory = fake->memory.open(
      name, std::make_shared<ptxsim::Allocation>(name, size), 0, size);
  fake->allocations[*memory] = size;
  fake->used += size;
  return CUDA_SUCCESS;
}

API cuMemFree_v2(CUdeviceptr memory) {
  Call fake;
  // What may use the memory comes first.
  if (CUresult result = fake->runAll())
    return result;
  auto found = fake->allocations.find(memory);
  if (found == fake->allocations.end())
    return CUDA_ERROR_INVALID_VALUE;
  fake->used -= found->second;
  fake->allocations.erase(found);
  fake->memory.close(memory);
  return CUDA_SUCCESS;
}

API cuMemHostAlloc(void **memory, size_t bytes, unsigned) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  *memory = std::malloc(bytes);
  return *memory ? CUDA_SUCCESS : CUDA_ERROR_OUT_OF_MEMORY;
}

API cuMemFreeHost(void *memory) {
  Call fake;
  // What may use the memory comes first.
  fake->runAll();
  std::free(memory);
  return CUDA_SUCCESS;
}

API cuMemcpyHtoDAsync_v2(CUdeviceptr target, const void *source, size_t bytes,
                         CUstream stream) {
  Call fake;
  if (!fake->find(target, static_cast<int64_t>(bytes)))
    return CUDA_ERROR_INVALID_VALUE;
  return fake->put(stream, [=] {
    return Fake::get().write(target, source, static_cast<int64_t>(bytes));
  });
}

API cuMemcpyDtoHAsync_v2(void *target, CUdeviceptr source, size_t bytes,
                         CUstream stream) {
  Call fake;
  if (!fake->find(source, static_cast<int64_t>(bytes)))
    return CUDA_ERROR_INVALID_VALUE;
  return fake->put(stream, [=] {
    return Fake::get().read(source, target, static_cast<int64_t>(bytes));
  });
}

API cuMemcpyDtoDAsync_v2(CUdeviceptr target, CUdeviceptr source, size_t bytes,
                         CUstream stream) {
  Call fake;
  auto size = static_cast<int64_t>(bytes);
  if (!fake->find(target, size) || !fake->find(source, size))
    return CUDA_ERROR_INVALID_VALUE;
  return fake->put(stream, [=]() -> CUresult {
    Fake &fake = Fake::get();
    ptxsim::Window *from = fake.find(source, size);
    ptxsim::Window *to = fake.find(target, size);
    if (!from || !to)
      return CUDA_ERROR_INVALID_VALUE;
    auto at = [](auto &bytes, CUdeviceptr address, ptxsim::Window *window) {
      return bytes.data() + (address - window->base);
    };
    ptxsim::Allocation &left = *to->allocation, &right = *from->allocation;
    std::memmove(at(left.bytes, target, to), at(right.bytes, source, from),
                 size);
    std::memmove(at(left.state, target, to), at(right.state, source, from),
                 size);
    return CUDA_SUCCESS;
  });
}

API cuMemsetD32Async(CUdeviceptr target, unsigned value, size_t count,
                     CUstream stream) {
  Call fake;
  if (target % 4 || !fake->find(target, static_cast<int64_t>(count) * 4))
    return CUDA_ERROR_INVALID_VALUE;
  return fake->put(stream, [=] {
    std::vector<unsigned> words(count, value);
    return Fake::get().write(target, words.data(),
                             static_cast<int64_t>(count) * 4);
  });
}

//===-- Streams and events ------------------------------------------------===//

API cuStreamCreate(CUstream *stream, unsigned) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  *stream = new CUstream_st;
  fake->streams.insert(*stream);
  return CUDA_SUCCESS;
}

API cuStreamDestroy_v2(CUstream stream) {
  Call fake;
  fake->run(stream, [] { return true; });
  fake->streams.erase(stream);
  delete stream;
  return CUDA_SUCCESS;
}

API cuStreamSynchronize(CUstream stream) {
  Call fake;
  return fake->run(stream, [] { return true; });
}

API cuEventCreate(CUevent *event, unsigned) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  *event = new CUevent_st;
  return CUDA_SUCCESS;
}

API cuEventDestroy_v2(CUevent event) {
  Call fake;
  if (event->pending)
    fake->run(event->stream, [=] { return event->pending > 0; });
  delete event;
  return CUDA_SUCCESS;
}

API cuEventRecord(CUevent event, CUstream stream) {
  Call fake;
  if (stream->capture)
    return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  event->stream = stream;
  ++event->pending;
  return fake->put(stream, [=] {
    event->time = std::chrono::steady_clock::now();
    --event->pending;
    ++event->done;
    return CUDA_SUCCESS;
  });
}

API cuEventQuery(CUevent event) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  return event->pending ? CUDA_ERROR_NOT_READY : CUDA_SUCCESS;
}

API cuStreamWaitEvent(CUstream stream, CUevent event, unsigned) {
  Call fake;
  // For the records so far; later ones do not count.
  int64_t wanted = event->done + event->pending;
  return fake->put(stream, [=] {
    if (event->done >= wanted)
      return CUDA_SUCCESS;
    return Fake::get().run(event->stream, [=] { return event->done < wanted; });
  });
}

API cuEventSynchronize(CUevent event) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  if (!event->pending)
    return CUDA_SUCCESS;
  // No further than to the event.
  return fake->run(event->stream, [=] { return event->pending > 0; });
}

API cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
  if (start->pending || end->pending)
    return CUDA_ERROR_INVALID_VALUE;
  std::chrono::duration<float, std::milli> time = end->time - start->time;
  *milliseconds = time.count();
  return CUDA_SUCCESS;
}

//===-- Modules and kernels -----------------------------------------------===//

API cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned count,
                       CUjit_option *options, void **values) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  std::string text = static_cast<const char *>(image);
  auto word = [&](const std::string &key) {
    size_t at = text.find(key);
    return at == std::string::npos ? "0" : text.substr(at + key.size(), 5);
  };
  if (std::stod(word(".version ")) > std::stod(Fake::setting("ptx", "99")))
    return CUDA_ERROR_UNSUPPORTED_PTX_VERSION;
  if (std::stoi(word(".target sm_")) > Fake::number("sm", 80))
    return CUDA_ERROR_INVALID_PTX;

  auto parsed = ptxsim::parsePtx(text);
  if (!parsed) {
    char *log = nullptr;
    size_t size = 0;
    for (unsigned i = 0; i < count; ++i)
      if (options[i] == CU_JIT_ERROR_LOG_BUFFER)
        log = static_cast<char *>(values[i]);
      else if (options[i] == CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES)
        size = reinterpret_cast<size_t>(values[i]);
    if (log && size > 0)
      std::strncpy(log, parsed.message().c_str(), size - 1);
    return CUDA_ERROR_INVALID_PTX;
  }
  auto loaded = std::make_unique<CUmod_st>();
  loaded->machine = std::make_unique<ptxsim::Machine>(std::move(*parsed));
  // All modules see one memory; its own variables lie there, too.
  ptxsim::Machine &machine = *loaded->machine;
  const ptxsim::Window &variables = *machine.memory.all().front();
  machine.moduleBase = fake->memory.open(variables.name, variables.allocation,
                                         0, variables.bytes);
  *module = loaded.get();
  fake->modules[*module] = std::move(loaded);
  return CUDA_SUCCESS;
}

API cuModuleUnload(CUmodule module) {
  Call fake;
  if (CUresult result = fake->runAll())
    return result;
  fake->memory.close(module->machine->moduleBase);
  fake->modules.erase(module);
  return CUDA_SUCCESS;
}

API cuModuleGetFunction(CUfunction *function, CUmodule module,
                        const char *name) {
  Call fake;
  const ptxsim::Function *code = module->machine->module().find(name);
  if (!code || !code->isEntry)
    return CUDA_ERROR_NOT_FOUND;
  CUfunc_st &entry = module->functions[name];
  entry.module = module;
  entry.code = code;
  *function = &entry;
  return CUDA_SUCCESS;
}

API cuFuncGetAttribute(int *value, CUfunction_attribute attribute,
                       CUfunction function) {
  Call fake;
  const ptxsim::Function &code = *function->code;
  const ptxsim::Module &module = function->module->machine->module();
  switch (attribute) {
  case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES:
    *value = static_cast<int>(module.sharedBytesOf(code));
    return CUDA_SUCCESS;
  case CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES:
    *value = static_cast<int>(code.localBytes);
    return CUDA_SUCCESS;
  case CU_FUNC_ATTRIBUTE_NUM_REGS:
    // Those of PTX, which has as many as it likes.
    *value = static_cast<int>(code.registers.size());
    return CUDA_SUCCESS;
  case CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES:
    *value = static_cast<int>(function->maxShared);
    return CUDA_SUCCESS;
  }
  return CUDA_ERROR_INVALID_VALUE;
}

API cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute,
                       int value) {
  Call fake;
  if (attribute != CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES ||
      value > 163 << 10)
    return CUDA_ERROR_INVALID_VALUE;
  function->maxShared = value;
  return CUDA_SUCCESS;
}

/// How many blocks of a kernel the card runs at the same time, by
/// multiprocessor.
static int64_t residentBlocks() { return Fake::number("resident", 8); }

/// Puts a launch into the stream.
static CUresult launch(Fake &fake, CUfunction function, ptxsim::Dim3 blocks,
                       ptxsim::Dim3 threads, unsigned sharedBytes,
                       CUstream stream, void **parameters, bool cooperative) {
  if (!blocks.x || !threads.x || threads.count() > 1024 ||
      sharedBytes > function->maxShared)
    return CUDA_ERROR_INVALID_VALUE;
  ptxsim::Launch grid;
  grid.kernel = function->code->name;
  grid.grid = blocks;
  grid.block = threads;
  grid.dynamicShared = sharedBytes;
  grid.cooperative = cooperative;
  // Parameters are copied by the call.
  std::vector<uint64_t> words;
  for (const ptxsim::Variable *input : function->code->inputs) {
    uint64_t word = 0;
    std::memcpy(&word, parameters[words.size()],
                std::min<size_t>(input->bytes, sizeof word));
    words.push_back(word);
  }
  grid.parameters = ptxsim::packParameters(*function->code, words);
  return fake.put(stream, [=] { return Fake::get().launch(function, grid); });
}

API cuLaunchKernel(CUfunction function, unsigned gridX, unsigned gridY,
                   unsigned gridZ, unsigned blockX, unsigned blockY,
                   unsigned blockZ, unsigned sharedBytes, CUstream stream,
                   void **parameters, void **extra) {
  Call fake;
  if (extra)
    return CUDA_ERROR_INVALID_VALUE;
  return launch(fake.fake, function, {gridX, gridY, gridZ},
                {blockX, blockY, blockZ}, sharedBytes, stream, parameters,
                /*cooperative=*/false);
}

API cuLaunchCooperativeKernel(CUfunction function, unsigned gridX,
                              unsigned gridY, unsigned gridZ, unsigned blockX,
                              unsigned blockY, unsigned blockZ,
                              unsigned sharedBytes, CUstream stream,
                              void **parameters) {
  Call fake;
  if (!Fake::number("cooperative", 1))
    return CUDA_ERROR_NOT_PERMITTED;
  if (gridX > Fake::number("multiprocessors", 108) * residentBlocks())
    return CUDA_ERROR_COOPERATIVE_LAUNCH_TOO_LARGE;
  return launch(fake.fake, function, {gridX, gridY, gridZ},
                {blockX, blockY, blockZ}, sharedBytes, stream, parameters,
                /*cooperative=*/true);
}

API cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, CUfunction, int,
                                                size_t) {
  Call fake;
  *blocks = static_cast<int>(residentBlocks());
  return fake->ready();
}

//===-- Graphs ------------------------------------------------------------===//

API cuStreamBeginCapture_v2(CUstream stream, CUstreamCaptureMode) {
  Call fake;
  if (CUresult result = fake->ready())
    return result;
  if (stream->capture)
    return CUDA_ERROR_INVALID_VALUE;
  stream->capture = std::make_unique<CUgraph_st>();
  return CUDA_SUCCESS;
}

API cuStreamEndCapture(CUstream stream, CUgraph *graph) {
  Call fake;
  if (!stream->capture)
    return CUDA_ERROR_INVALID_VALUE;
  *graph = stream->capture.release();
  return fake->ready();
}

API cuGraphInstantiateWithFlags(CUgraphExec *graph, CUgraph source,
                                unsigned long long) {
  Call fake;
  *graph = new CUgraphExec_st{source->tasks};
  return fake->ready();
}

API cuGraphLaunch(CUgraphExec graph, CUstream stream) {
  Call fake;
  for (const Task &task : graph->tasks)
    if (CUresult result = fake->put(stream, task))
      return result;
  return fake->ready();
}

API cuGraphDestroy(CUgraph graph) {
  Call fake;
  delete graph;
  return CUDA_SUCCESS;
}

API cuGraphExecDestroy(CUgraphExec graph) {
  Call fake;
  delete graph;
  return CUDA_SUCCESS;
}

//===-- For tests ---------------------------------------------------------===//

/// How often a function has been called.
extern "C" __attribute__((visibility("default"))) int64_t
fakeCudaCalls(const char *name) {
  Call fake;
  return fake->calls[name];
}

/// As in a new process.
extern "C" __attribute__((visibility("default"))) void fakeCudaReset() {
  Call fake;
  for (CUstream stream : fake->streams)
    delete stream;
  fake->streams.clear();
  fake->modules.clear();
  for (auto [memory, bytes] : fake->allocations)
    fake->memory.close(memory);
  fake->allocations.clear();
  fake->used = 0;
  fake->sticky = CUDA_SUCCESS;
  fake->initialised = false;
  fake->calls.clear();
}

// The runtime's table and these functions agree.
#define X(name, parameters)                                                    \
  static_assert(std::is_same_v<decltype(&::name), decltype(Driver::name)>);
DLC_CUDA_DRIVER_FUNCTIONS(X)
#undef X
