#include <dlc/metrics.h>

namespace dlc::metrics {

Tensor accuracy(const Tensor &logits, const Tensor &labels, Loc where) {
  Scope call("accuracy", where);
  Scope library = Scope::library();
  Tensor predicted = argmax(logits, -1).astype(labels.dtype());
  return mean(predicted == labels);
}

Tensor confusionMatrix(const Tensor &predicted, const Tensor &labels,
                       int64_t classes, Loc where) {
  Scope call("confusionMatrix", where);
  Scope library = Scope::library();
  Tensor rows = oneHot(flatten(labels), classes);
  Tensor columns = oneHot(flatten(predicted), classes);
  return matmul(transpose(rows), columns);
}

Tensor precision(const Tensor &confusion, Loc where) {
  Scope call("precision", where);
  Scope library = Scope::library();
  Tensor right = sum(confusion * eye(confusion.size(0)), 0);
  return right / maximum(sum(confusion, 0), 1);
}

Tensor recall(const Tensor &confusion, Loc where) {
  Scope call("recall", where);
  Scope library = Scope::library();
  Tensor right = sum(confusion * eye(confusion.size(0)), 0);
  return right / maximum(sum(confusion, 1), 1);
}

} // namespace dlc::metrics
