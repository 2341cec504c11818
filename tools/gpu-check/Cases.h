// What a bundle holds: programs, what they are given, what they should give.

#ifndef DLC_TOOLS_GPUCHECK_CASES_H
#define DLC_TOOLS_GPUCHECK_CASES_H

#include "device/Device.h"
#include "device/Execution.h"
#include "ptx-sim/Arguments.h"

#include <string>
#include <vector>

namespace dlc::gpucheck {

using runtime::Error;
using runtime::Expected;
using runtime::Status;
using Buffers = std::vector<runtime::BufferRef>;

/// A line of the list, one of
///   PROGRAM FUNCTION [--random=N] [--input=V]... [--ulp=X] [--rtol=X]
///   [--atol=X]
///   --expect=FILE.npy...
///   PROGRAM FUNCTION --steps=N --expect=FILE [--time] [--counters=FILE]
/// Files lie beside the list; arguments as `dlc run` takes them. The second
/// kind is a training step (Steps.h), perhaps timed (Times.h).
struct Case {
  std::string program, function;
  std::vector<std::string> inputs, expected;
  /// -1: all inputs are given.
  int64_t random = -1;
  ptxsim::Tolerance tolerance;
  /// How often the step runs; 0: the first kind.
  int64_t steps = 0;
  bool isTimed = false;
  /// What ptx-sim counted, or empty.
  std::string counters;

  /// "mlp main".
  std::string title() const;
};

/// Empty lines and those that begin with # mean nothing.
Expected<std::vector<Case>> readCases(const std::string &path);

/// The arguments of a case of the first kind, in host memory.
Expected<Buffers> argumentsOf(const Case &what,
                              const runtime::Function &function);

/// Copies on the device.
Expected<Buffers> copyTo(runtime::Device &device, const Buffers &buffers);

/// Reads a program and makes it ready to run.
Expected<std::shared_ptr<runtime::Execution>> load(runtime::Device &device,
                                                   const std::string &path,
                                                   const std::string &function);

/// How a case went.
struct Outcome {
  bool passed = true;
  std::string text = "same bits";
  /// The median of its runs.
  double milliseconds = 0;
};

} // namespace dlc::gpucheck

#endif // DLC_TOOLS_GPUCHECK_CASES_H
