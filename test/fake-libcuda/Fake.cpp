#include "Fake.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace dlc::runtime::cuda {

Fake &Fake::get() {
  // Never destroyed: a program's last buffers die after its main.
  static Fake *fake = new Fake;
  return *fake;
}

int &contextDepth() {
  thread_local int depth = 0;
  return depth;
}

std::string Fake::setting(const std::string &name,
                          const std::string &otherwise) {
  const char *all = std::getenv("DLC_FAKE_CUDA");
  std::string text = "," + std::string(all ? all : "") + ",";
  std::string key = "," + name + "=";
  size_t at = text.find(key);
  if (at == std::string::npos)
    return otherwise;
  at += key.size();
  return text.substr(at, text.find(',', at) - at);
}

int64_t Fake::number(const std::string &name, int64_t otherwise) {
  return std::stoll(setting(name, std::to_string(otherwise)));
}

CUresult Fake::ready() const {
  if (!initialised)
    return CUDA_ERROR_NOT_INITIALIZED;
  if (contextDepth() == 0)
    return CUDA_ERROR_INVALID_CONTEXT;
  return sticky;
}

bool Fake::isCapturing() const {
  return std::any_of(streams.begin(), streams.end(),
                     [](CUstream stream) { return bool(stream->capture); });
}

CUresult Fake::put(CUstream stream, Task task) {
  if (CUresult result = ready())
    return result;
  if (!streams.count(stream))
    return CUDA_ERROR_INVALID_VALUE;
  if (stream->capture)
    stream->capture->tasks.push_back(std::move(task));
  else
    stream->queue.push_back(std::move(task));
  return CUDA_SUCCESS;
}

CUresult Fake::run(CUstream stream, const std::function<bool()> &more) {
  if (CUresult result = ready())
    return result;
  if (stream->capture)
    return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  while (!sticky && !stream->queue.empty() && more()) {
    Task task = std::move(stream->queue.front());
    stream->queue.pop_front();
    sticky = task();
  }
  return sticky;
}

CUresult Fake::runAll() {
  if (isCapturing())
    return CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED;
  for (CUstream stream : streams)
    if (CUresult result = run(stream, [] { return true; }))
      return result;
  return CUDA_SUCCESS;
}

ptxsim::Window *Fake::find(CUdeviceptr address, int64_t bytes) {
  ptxsim::Window *window = memory.find(address);
  if (!window || !window->isOpen || address < window->base ||
      static_cast<int64_t>(address - window->base) + bytes > window->bytes)
    return nullptr;
  return window;
}

CUresult Fake::write(CUdeviceptr target, const void *source, int64_t bytes) {
  ptxsim::Window *window = find(target, bytes);
  if (!window)
    return CUDA_ERROR_INVALID_VALUE;
  window->allocation->fill(source, bytes,
                           static_cast<int64_t>(target - window->base));
  return CUDA_SUCCESS;
}

CUresult Fake::read(CUdeviceptr source, void *target, int64_t bytes) {
  ptxsim::Window *window = find(source, bytes);
  if (!window)
    return CUDA_ERROR_INVALID_VALUE;
  auto offset = static_cast<int64_t>(source - window->base);
  const ptxsim::Allocation &allocation = *window->allocation;
  for (int64_t i = offset; i < offset + bytes; ++i)
    if (allocation.state[i] != ptxsim::ByteState::written) {
      std::fprintf(stderr,
                   "fake libcuda: byte %lld of an allocation of %lld bytes is "
                   "copied to the host, but nothing has written it\n",
                   static_cast<long long>(i),
                   static_cast<long long>(window->bytes));
      return CUDA_ERROR_LAUNCH_FAILED;
    }
  std::memcpy(target, allocation.bytes.data() + offset, bytes);
  return CUDA_SUCCESS;
}

CUresult Fake::launch(CUfunction function, const ptxsim::Launch &grid) {
  if (setting("illegal", "") == grid.kernel)
    return CUDA_ERROR_ILLEGAL_ADDRESS;
  ptxsim::Machine &machine = *function->module->machine;
  std::swap(machine.memory, memory);
  Status status = machine.launch(grid);
  std::swap(machine.memory, memory);
  if (!status.ok()) {
    std::fprintf(stderr, "fake libcuda: %s\n", status.message().c_str());
    return CUDA_ERROR_LAUNCH_FAILED;
  }
  for (const ptxsim::Fault &fault : machine.faults.faults())
    std::fprintf(stderr, "fake libcuda: %s\n", fault.text.c_str());
  if (machine.faults.empty())
    return CUDA_SUCCESS;
  return machine.faults.faults()[0].kind == ptxsim::FaultKind::outOfBounds
             ? CUDA_ERROR_ILLEGAL_ADDRESS
             : CUDA_ERROR_LAUNCH_FAILED;
}

} // namespace dlc::runtime::cuda
