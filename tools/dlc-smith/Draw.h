// What the numbers of an argument or a constant are drawn from.

#ifndef DLC_TOOLS_DLC_SMITH_DRAW_H
#define DLC_TOOLS_DLC_SMITH_DRAW_H

#include "Interpreter/Tensor.h"

#include <optional>
#include <string>

namespace dlc::smith {

/// An argument carries it as the attribute `dlc.draw = "positive 17"`, so that
/// a file says everything about a case.
struct Draw {
  enum Kind {
    /// Floats in [-4, 4), integers in [-9, 9].
    plain,
    /// Floats in [1/4, 4), integers in [1, 9].
    positive,
    /// Floats in [0, 1).
    unit,
    /// Halves in [-2, 2]: ties, zeros and exact sums.
    few,
    /// Integers over their whole range.
    wide,
    /// Integers in [0, limit).
    below,
    /// Integers in [-1, limit]: some outside.
    around
  };
  Kind kind = plain;
  uint64_t seed = 0;
  int64_t limit = 1;

  std::string str() const;
  static std::optional<Draw> parse(llvm::StringRef text);

  interpreter::Tensor tensor(mlir::RankedTensorType type) const;
};

inline constexpr char drawAttr[] = "dlc.draw";

} // namespace dlc::smith

#endif // DLC_TOOLS_DLC_SMITH_DRAW_H
