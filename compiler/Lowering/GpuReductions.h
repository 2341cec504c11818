// How threads share a reduction on a GPU.
//
// A block has 256 threads. `across` of them stand at different elements of the
// result, `down` at each: a team, whose members reduce every down-th element
// and then combine what they have. Neighbouring threads read neighbours in
// memory: those of a team for rows, those of different teams for columns. Where
// sizes allow it a thread takes `width` neighbours at once: of its row, or that
// many columns.
//
// A result with few elements does not fill the card that way; then `parts`
// blocks share a team's work, leave their sums in scratch memory, and a second
// kernel combines those in order. All of it follows from the shape, so bits do.

#ifndef DLC_COMPILER_LOWERING_GPUREDUCTIONS_H
#define DLC_COMPILER_LOWERING_GPUREDUCTIONS_H

#include "Lowering/Kernel.h"

#include <optional>

namespace dlc {

struct GpuTeams {
  int64_t across, down;
  int64_t parts = 1;
  /// The elements that a part reduces.
  int64_t partLength;
  int64_t width = 1;
};

/// For `kept` elements of `reduced` each. `inParts`: a second kernel may
/// follow.
GpuTeams chooseRowTeams(int64_t kept, int64_t reduced, bool inParts);
GpuTeams chooseColumnTeams(int64_t kept, int64_t reduced, bool inParts);

/// The scratch memory of a row or column kernel, in words of 64 bits: a word
/// for each reduction, part and element. 0 if it needs none.
int64_t scratchOfReductions(KernelOp kernel);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUREDUCTIONS_H
