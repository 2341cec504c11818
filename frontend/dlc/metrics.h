// Measures of a model's quality.

#ifndef DLC_FRONTEND_METRICS_H
#define DLC_FRONTEND_METRICS_H

#include <dlc/Ops.h>

#pragma GCC visibility push(default)
namespace dlc::metrics {

/// The share of samples whose largest logit is the label's: logits
/// [batch..., classes] and integer labels [batch...] give an f32 scalar.
Tensor accuracy(const Tensor &logits, const Tensor &labels,
                Loc where = Loc::current());

} // namespace dlc::metrics
#pragma GCC visibility pop

#endif // DLC_FRONTEND_METRICS_H
