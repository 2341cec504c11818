// Training steps: a program runs a few times, what it makes of its state being
// its next arguments, and ends where it ended on a CPU.
//
// Arguments are small positive numbers, and 0 or 1 for integers: no variance is
// negative, no label out of range. What is expected is written by a CPU (of the
// machine that makes the bundle): some elements of each result, of a state how
// it has changed; and how far they move when the arguments move by a millionth.
// Some move far: a gradient that is all rounding, divided by its own size, is
// either sign. Results may differ by ten times as much.

#ifndef DLC_TOOLS_GPUCHECK_STEPS_H
#define DLC_TOOLS_GPUCHECK_STEPS_H

#include "gpu-check/Cases.h"

namespace dlc::gpucheck {

/// A step's arguments, in host memory; `nudge` moves each number by that share
/// of itself.
Expected<Buffers> stepArguments(const runtime::Function &function,
                                double nudge = 0);

/// Runs the step; state goes back to where it came from. `results` are those of
/// the last run, but for the state, which is in `arguments`.
Status advance(runtime::Execution &step, Buffers &arguments, Buffers &results,
               int64_t count);

/// Runs the steps and compares.
Status checkSteps(const Case &what, const std::string &folder,
                  runtime::Execution &step, Outcome &outcome);

/// Runs the steps of PROGRAM, compiled for this machine's CPU, and writes what
/// is expected; with `inputs`, the arguments too, as PROGRAM.0.npy …
Status writeSteps(const Case &what, const std::string &folder, bool inputs);

} // namespace dlc::gpucheck

#endif // DLC_TOOLS_GPUCHECK_STEPS_H
