// Losses: of each element or row, or their mean or sum. Targets broadcast.

#ifndef DLC_FRONTEND_OPS_LOSSES_H
#define DLC_FRONTEND_OPS_LOSSES_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

enum class Reduction { none, mean, sum };

struct CrossEntropyOptions {
  /// Rows with this label have loss 0 and count for no mean.
  std::optional<int64_t> ignoreIndex = {};
  /// The target becomes (1 - smoothing) · target + smoothing / classes.
  double smoothing = 0;
  Reduction reduction = Reduction::none;
};
/// -log softmax(logits)[label]: logits [batch…, classes], labels [batch…] of
/// integers, result [batch…]. A label outside [0, classes) is an error when it
/// runs. Labels may be probabilities of the logits' shape instead.
Tensor softmaxCrossEntropy(const Tensor &logits, const Tensor &labels,
                           Loc where = Loc::current());
Tensor softmaxCrossEntropy(const Tensor &logits, const Tensor &labels,
                           const CrossEntropyOptions &options,
                           Loc where = Loc::current());
/// -logProbabilities[label] for each row.
Tensor nll(const Tensor &logProbabilities, const Tensor &labels,
           Reduction reduction = Reduction::none,
           std::optional<int64_t> ignoreIndex = {}, Loc where = Loc::current());
/// -t · log sigmoid(x) - (1 - t) · log(1 - sigmoid(x)), x the logit.
Tensor sigmoidBinaryCrossEntropy(const Tensor &x, const Tensor &target,
                                 Reduction reduction = Reduction::none,
                                 Loc where = Loc::current());
/// (x - t)².
Tensor mse(const Tensor &x, const Tensor &target,
           Reduction reduction = Reduction::none, Loc where = Loc::current());
/// |x - t|.
Tensor l1(const Tensor &x, const Tensor &target,
          Reduction reduction = Reduction::none, Loc where = Loc::current());
/// d²/2 where |d| <= delta, else delta · (|d| - delta/2), for d = x - t.
Tensor huber(const Tensor &x, const Tensor &target, double delta = 1,
             Reduction reduction = Reduction::none, Loc where = Loc::current());
/// t · (log t - x), x the log of a probability; 0 where t is 0.
Tensor klDiv(const Tensor &x, const Tensor &target,
             Reduction reduction = Reduction::none, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_LOSSES_H
