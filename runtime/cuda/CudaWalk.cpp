#include "cuda/CudaWalk.h"

#include "cpu/Show.h"
#include "cuda/EventTimer.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>

namespace dlc::runtime::cuda {

CudaWalk::CudaWalk(CudaDevice &device, const CudaModule &module,
                   Operands operands, CUdeviceptr fault, EventTimer *timer,
                   bool waits)
    : Walk(std::move(operands)), device(device), module(module), fault(fault),
      timer(timer), waits(waits) {}

Status CudaWalk::begin() {
  static_assert(noFault == ~uint64_t(0));
  const Driver &driver = device.api();
  Status status =
      device.check(driver.cuMemsetD32Async(fault, ~0U, 2, device.queue()),
                   "cuMemsetD32Async");
  // A kernel that was aborted may have left another count.
  constexpr size_t arrivals = offsetof(GpuStatus, arrivals);
  if (status.ok() && module.isCooperative())
    status = device.check(
        driver.cuMemsetD32Async(fault + arrivals, 0, 2, device.queue()),
        "cuMemsetD32Async");
  return status;
}

Status CudaWalk::launch(const Instruction &launch) {
  if (launch.tiles == 0)
    return {};
  // A pointer an operand, tile0, tile1, a pointer to the fault.
  values.clear();
  for (const Address &operand : launch.operands)
    values.push_back(place(operand));
  values.push_back(0);
  values.push_back(static_cast<uint64_t>(launch.tiles));
  values.push_back(fault);
  parameters.clear();
  for (uint64_t &value : values)
    parameters.push_back(&value);

  const Kernel &kernel = module.program().kernels[launch.kernel];
  EventTimer::Span span(timer, launch.kernel);
  CUresult result = put(launch);
  device.note(module, launch.kernel);
  unchecked = true;
  if (Status status = device.check(
          result, "cannot launch kernel " + kernel.name +
                      (kernel.cooperative ? ": cuLaunchCooperativeKernel"
                                          : ": cuLaunchKernel"));
      !status.ok())
    return status;
  return waits ? device.wait() : Status();
}

/// Puts a launch whose parameters are known into the stream.
CUresult CudaWalk::put(const Instruction &launch) {
  const Driver &driver = device.api();
  const Kernel &kernel = module.program().kernels[launch.kernel];
  CUfunction function = module.function(launch.kernel);
  auto blocks = static_cast<unsigned>(launch.tiles);
  auto threads = static_cast<unsigned>(kernel.threads);
  auto shared = static_cast<unsigned>(kernel.sharedBytes);
  if (kernel.cooperative)
    blocks = static_cast<unsigned>(
        std::min(launch.tiles, module.mostBlocks(launch.kernel)));
  if (kernel.cooperative && blocks > 1)
    return driver.cuLaunchCooperativeKernel(function, blocks, 1, 1, threads, 1,
                                            1, shared, device.queue(),
                                            parameters.data());
  return driver.cuLaunchKernel(function, blocks, 1, 1, threads, 1, 1, shared,
                               device.queue(), parameters.data(), nullptr);
}

Status CudaWalk::launchGraph(CUgraphExec graph,
                             const std::vector<int64_t> &kernels) {
  for (int64_t kernel : kernels)
    device.note(module, kernel);
  unchecked = true;
  return device.check(device.api().cuGraphLaunch(graph, device.queue()),
                      "cuGraphLaunch");
}

Status CudaWalk::copy(const Instruction &copy) {
  CUdeviceptr source = place(copy.operands[0]);
  CUdeviceptr target = place(copy.operands[1]);
  // A donated argument may be its own result.
  if (source == target || copy.bytes == 0)
    return {};
  EventTimer::Span span(timer, module.program().kernels.size());
  return device.check(device.api().cuMemcpyDtoDAsync_v2(
                          target, source, copy.bytes, device.queue()),
                      "cuMemcpyDtoDAsync");
}

Status CudaWalk::show(const Instruction &show) {
  std::string bytes(static_cast<size_t>(show.type.bytes()), '\0');
  if (Status status = device.copyToHost(place(show.operands[0]), bytes.data(),
                                        show.type.bytes());
      !status.ok())
    return status;
  std::string line =
      runtime::show(show.text, show.type, bytes.data(), show.summary);
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
  return {};
}

Expected<bool> CudaWalk::isTrue(const Address &predicate) {
  uint8_t value = 0;
  if (Status status = device.copyToHost(place(predicate), &value, 1);
      !status.ok())
    return status.error();
  return value != 0;
}

Expected<TapeHeader> CudaWalk::readHeader(const Address &address) {
  TapeHeader header;
  if (Status status = device.copyToHost(place(address), &header, sizeof header);
      !status.ok())
    return status.error();
  return header;
}

Status CudaWalk::writeHeader(const Address &address, const TapeHeader &header,
                             int64_t bytes) {
  return device.copyToCard(&header, place(address), bytes);
}

Expected<BufferRef> CudaWalk::allocate(int64_t bytes) {
  return device.allocate(bytes);
}

Status CudaWalk::checkFault() {
  // Kernels of a program without checks have nothing to say.
  if (!unchecked || module.program().checks.empty())
    return {};
  uint64_t word = noFault;
  if (Status status = device.copyToHost(fault, &word, sizeof word);
      !status.ok())
    return status;
  unchecked = false;
  return faultStatus(module.program(), word);
}

} // namespace dlc::runtime::cuda
