// What a bundle holds: programs, what they are given, what they should give.

#ifndef DLC_TOOLS_GPUCHECK_CASES_H
#define DLC_TOOLS_GPUCHECK_CASES_H

#include "ptx-sim/Arguments.h"

#include <string>
#include <vector>

namespace dlc::gpucheck {

using runtime::Error;
using runtime::Expected;
using runtime::Status;

/// A line of the list:
///   PROGRAM FUNCTION [--random=N] [--input=V]... [--ulp=X] [--rtol=X]
///   [--atol=X]
///   --expect=FILE.npy...
/// Files lie beside the list; arguments as `dlc run` takes them.
struct Case {
  std::string program, function;
  std::vector<std::string> inputs, expected;
  /// -1: all inputs are given.
  int64_t random = -1;
  ptxsim::Tolerance tolerance;
};

/// Empty lines and those that begin with # mean nothing.
Expected<std::vector<Case>> readCases(const std::string &path);

/// The arguments of a case, in host memory.
Expected<std::vector<runtime::BufferRef>>
argumentsOf(const Case &what, const runtime::Function &function);

} // namespace dlc::gpucheck

#endif // DLC_TOOLS_GPUCHECK_CASES_H
