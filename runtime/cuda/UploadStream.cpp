#include "cuda/UploadStream.h"

#include <algorithm>

namespace dlc::runtime::cuda {

UploadStream::~UploadStream() {
  staging.reset();
  for (CUevent event : events)
    if (event)
      driver.cuEventDestroy_v2(event);
  if (arrived)
    driver.cuEventDestroy_v2(arrived);
  if (copies)
    driver.cuStreamDestroy_v2(copies);
}

CUresult UploadStream::prepare() {
  if (staging)
    return CUDA_SUCCESS;
  if (CUresult result = driver.cuStreamCreate(&copies, CU_STREAM_NON_BLOCKING))
    return result;
  if (CUresult result = driver.cuEventCreate(&arrived, CU_EVENT_DISABLE_TIMING))
    return result;
  staging = std::make_unique<Staging>(driver, copies);
  return CUDA_SUCCESS;
}

CUresult UploadStream::mark() {
  CUevent &event = events[(marks + 1) % kept];
  if (!event)
    if (CUresult result = driver.cuEventCreate(&event, CU_EVENT_DISABLE_TIMING))
      return result;
  if (CUresult result = driver.cuEventRecord(event, computes))
    return result;
  ++marks;
  isMarked = true;
  return CUDA_SUCCESS;
}

CUevent UploadStream::eventOf(uint64_t mark) const {
  uint64_t oldest = marks < kept ? 1 : marks - kept + 1;
  return events[std::max(mark, oldest) % kept];
}

bool UploadStream::isDone(uint64_t mark) const {
  return mark == 0 ||
         (mark <= marks && driver.cuEventQuery(eventOf(mark)) == CUDA_SUCCESS);
}

CUresult UploadStream::upload(const std::byte *source, CUdeviceptr target,
                              int64_t bytes, uint64_t after) {
  if (bytes == 0)
    return CUDA_SUCCESS;
  if (CUresult result = prepare())
    return result;
  if (after > marks)
    if (CUresult result = mark())
      return result;
  if (after > 0)
    if (CUresult result =
            driver.cuStreamWaitEvent(copies, eventOf(after), /*flags=*/0))
      return result;
  if (CUresult result = staging->upload(source, target, bytes))
    return result;
  if (CUresult result = driver.cuEventRecord(arrived, copies))
    return result;
  return driver.cuStreamWaitEvent(computes, arrived, /*flags=*/0);
}

} // namespace dlc::runtime::cuda
