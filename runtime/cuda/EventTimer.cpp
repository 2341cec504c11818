#include "cuda/EventTimer.h"

namespace dlc::runtime::cuda {

EventTimer::~EventTimer() {
  for (const Launch &launch : launches)
    for (CUevent event : {launch.start, launch.end})
      if (event)
        device.api().cuEventDestroy_v2(event);
}

/// Null where the driver refuses: then there is no time, but the run goes on.
CUevent EventTimer::record() {
  CUevent event = nullptr;
  if (device.api().cuEventCreate(&event, 0) != CUDA_SUCCESS)
    return nullptr;
  device.api().cuEventRecord(event, device.queue());
  return event;
}

EventTimer::Span::Span(EventTimer *timer, int64_t entry) : timer(timer) {
  if (timer)
    timer->launches.push_back({entry, timer->record(), nullptr});
}

EventTimer::Span::~Span() {
  if (timer)
    timer->launches.back().end = timer->record();
}

Status EventTimer::addTo(Profile &profile) {
  if (Status status = device.wait(); !status.ok())
    return status;
  for (const Launch &launch : launches) {
    float milliseconds = 0;
    if (!launch.start || !launch.end ||
        device.api().cuEventElapsedTime(&milliseconds, launch.start,
                                        launch.end) != CUDA_SUCCESS)
      continue;
    KernelTiming &timing = profile[launch.entry];
    timing.seconds += milliseconds * 1e-3;
    ++timing.launches;
  }
  return {};
}

} // namespace dlc::runtime::cuda
