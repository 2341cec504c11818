// Measures of a model's quality.

#ifndef DLC_FRONTEND_METRICS_H
#define DLC_FRONTEND_METRICS_H

#include <dlc/Ops.h>

#include <cmath>

#pragma GCC visibility push(default)
namespace dlc::metrics {

/// The share of samples whose largest logit is the label's: logits
/// [batch..., classes] and integer labels [batch...] give an f32 scalar.
Tensor accuracy(const Tensor &logits, const Tensor &labels,
                Loc where = Loc::current());

/// How often label i was predicted as j, at [i, j], as f32: predicted classes
/// and labels, integers of one shape, give [classes, classes].
Tensor confusionMatrix(const Tensor &predicted, const Tensor &labels,
                       int64_t classes, Loc where = Loc::current());

/// Of a confusion matrix: the share of the predictions of a class that are
/// right, and the share of its samples that are found; 0 where there are none.
Tensor precision(const Tensor &confusion, Loc where = Loc::current());
Tensor recall(const Tensor &confusion, Loc where = Loc::current());

/// Of a mean cross entropy: among how many tokens the model hesitates.
inline double perplexity(double meanCrossEntropy) {
  return std::exp(meanCrossEntropy);
}

/// A mean of values with weights, e.g. of batches of different sizes.
class Average {
public:
  void add(double value, double weight = 1) {
    sum += value * weight;
    total += weight;
  }
  /// NaN of nothing.
  double value() const { return sum / total; }
  void reset() { sum = total = 0; }

private:
  double sum = 0, total = 0;
};

} // namespace dlc::metrics
#pragma GCC visibility pop

#endif // DLC_FRONTEND_METRICS_H
