// Executes a compiled Program for cuda: its PTX, walked as its launch list
// says.

#ifndef DLC_TOOLS_PTXSIM_RUNPROGRAM_H
#define DLC_TOOLS_PTXSIM_RUNPROGRAM_H

#include "abi/Program.h"
#include "device/Buffer.h"
#include "ptx-sim/Machine.h"

namespace dlc::ptxsim {

/// Runs `function` with donation, as a run that owns its arguments does. Each
/// kernel sees every operand through a window of its own, so that an access
/// beyond a slot is found though the arena goes on there. What is wrong with
/// the kernels is in machine.faults; an error is the program's own, such as an
/// index out of range.
Expected<std::vector<runtime::BufferRef>>
runProgram(const runtime::Program &program, const runtime::Function &function,
           const std::vector<runtime::BufferRef> &arguments, Machine &machine);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_RUNPROGRAM_H
