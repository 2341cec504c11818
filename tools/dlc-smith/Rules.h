// What families of rules share.

#ifndef DLC_TOOLS_DLC_SMITH_RULES_H
#define DLC_TOOLS_DLC_SMITH_RULES_H

#include "Grower.h"

namespace dlc::smith {

/// An entry for each dimension.
struct WindowDraw {
  Shape size, strides, dilations, low, high;
};
WindowDraw drawWindow(Random &random, llvm::ArrayRef<int64_t> shape);

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_RULES_H
