// How a chain of products is cut into blocks of rows, and what of a block is
// kept where.
//
// A block is `width` rows of one of the batch. Its values lie turned in
// scratch, [keys][width]: the lanes of a vector are neighbouring rows. So a
// row's maximum and sum need no other lane, the left operand of the second
// product is where the first left it, and keys and values are read in place.
//
// Shapes alone decide how many rows a block has, since what is added up over
// rows is added block by block.

#ifndef DLC_COMPILER_LOWERING_CHAINSCHEDULE_H
#define DLC_COMPILER_LOWERING_CHAINSCHEDULE_H

#include "IR/ChainPlan.h"
#include "Lowering/Kernel.h"

namespace dlc {

struct ChainSchedule : ChainPlan {
  explicit ChainSchedule(KernelFunction &kernel);

  /// Elements of a logical vector.
  int64_t lanes;
  /// Vectors of a block, of a micro-kernel, and evaluated at once between
  /// products.
  int64_t units, microUnits, evaluated;
  /// Rows of a micro-kernel.
  int64_t groupRows;

  int64_t width() const { return units * lanes; }
  int64_t blocks() const { return (rows + width() - 1) / width(); }
  /// Rows of a buffer for `count` of them: whole groups.
  int64_t padded(int64_t count) const {
    return (count + groupRows - 1) / groupRows * groupRows;
  }
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CHAINSCHEDULE_H
