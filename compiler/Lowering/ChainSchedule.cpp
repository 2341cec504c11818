#include "Lowering/ChainSchedule.h"

#include <algorithm>

using namespace mlir;
using namespace dlc;

/// The vectors of a block that leave the fewest lanes idle, of those whose
/// buffers fit in `blockBytes`. Narrow blocks load more for each
/// multiplication.
static int64_t unitsOf(int64_t rows, int64_t lanes, int64_t bytesOfUnit,
                       int64_t blockBytes) {
  int64_t vectors = llvm::divideCeil(rows, lanes), best = 1;
  auto cost = [&](int64_t units) {
    constexpr int64_t percent[] = {150, 115, 100, 100};
    return int64_t(llvm::divideCeil(vectors, units)) * units *
           percent[units - 1];
  };
  for (int64_t units : {2, 3, 4})
    if (units * bytesOfUnit <= blockBytes && cost(units) <= cost(best))
      best = units;
  return best;
}

ChainSchedule::ChainSchedule(KernelFunction &kernel)
    : ChainPlan(kernel.body()) {
  lanes = element.isF64() ? 8 : 16;
  // Half of the second level of the cache is left to what is read.
  units = unitsOf(rows, lanes, buffers * keys * 64, kernel.cacheBytes / 2);
  const VectorRegisters &registers = kernel.registers;
  int64_t vectors =
      registers.count / std::max<int64_t>(1, 64 / registers.bytes);
  microUnits = vectors < 16 ? 1 : units;
  groupRows = std::clamp<int64_t>((vectors - 1 - microUnits) / microUnits, 1,
                                  microUnits == 3 ? 8 : 14);
  evaluated = kernel.vectorWidth(64 * kernel.lanes()) / kernel.lanes();
  while (units % evaluated != 0)
    evaluated /= 2;
}
