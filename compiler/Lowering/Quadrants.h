// An angle of any size as a multiple of pi / 2 and a rest.

#ifndef DLC_COMPILER_LOWERING_QUADRANTS_H
#define DLC_COMPILER_LOWERING_QUADRANTS_H

#include "Lowering/Formula.h"

namespace dlc {

/// x = quadrant · pi / 2 + hi + lo, |hi| <= pi / 4 and a little; `quadrant` is
/// an integer mod 4.
struct Quadrant {
  mlir::Value quadrant, hi, lo;
};

/// NaN for inf and NaN.
Quadrant reduceToQuadrant(Formula &f, mlir::Value x);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_QUADRANTS_H
