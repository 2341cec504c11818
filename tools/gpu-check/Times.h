// What a training step takes on a card, beside what others take, and what its
// kernels are like: by the card's events and the driver's attributes, and as
// ptx-sim has counted.

#ifndef DLC_TOOLS_GPUCHECK_TIMES_H
#define DLC_TOOLS_GPUCHECK_TIMES_H

#include "gpu-check/Cases.h"

#include <map>

namespace dlc::gpucheck {

/// "cuda:0 (NVIDIA H100), cuda:sm_90, the driver is for CUDA 12.4".
void printDevice(runtime::Device &device);

/// Milliseconds of other programs' steps: by the step's name, then by theirs.
using Peers = std::map<std::string, std::map<std::string, double>>;

/// Reads lines "STEP PROGRAM MILLISECONDS"; a line that begins with # is said
/// as it is, e.g. that a program is not installed.
Expected<Peers> readPeers(const std::string &path);

/// Prints a row of the step and rows of its slowest kernels.
Status printTimes(const Case &what, const std::string &folder,
                  runtime::Execution &step, double seconds, const Peers &peers);

} // namespace dlc::gpucheck

#endif // DLC_TOOLS_GPUCHECK_TIMES_H
