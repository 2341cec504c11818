// What `print` prints: a tensor as one line of text.

#ifndef DLC_RUNTIME_CPU_SHOW_H
#define DLC_RUNTIME_CPU_SHOW_H

#include "abi/Program.h"

#include <string>
#include <string_view>

namespace dlc::runtime {

/// "logits: tensor<2x2xf32> [1, 2, 3, 4]\n", row-major; of more than 16
/// elements the first and the last three. With `summary` "logits:
/// tensor<2x2xf32> min 1, max 4, mean 2.5, not finite 0\n", over the finite
/// elements.
std::string show(std::string_view text, const TensorType &type,
                 const void *data, bool summary);

} // namespace dlc::runtime

#endif // DLC_RUNTIME_CPU_SHOW_H
