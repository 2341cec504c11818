#include <dlc/metrics.h>

namespace dlc::metrics {

Tensor accuracy(const Tensor &logits, const Tensor &labels, Loc where) {
  Scope call("accuracy", where);
  Scope library = Scope::library();
  Tensor predicted = argmax(logits, -1).astype(labels.dtype());
  return mean(predicted == labels);
}

} // namespace dlc::metrics
