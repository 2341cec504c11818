// Rules of the composites, by family. Private to the interpreter.

#ifndef DLC_COMPILER_INTERPRETER_COMPOSITERULES_H
#define DLC_COMPILER_INTERPRETER_COMPOSITERULES_H

#include "Interpreter/Rules.h"
#include "llvm/ADT/STLExtras.h"

#include <numeric>

namespace dlc::interpreter {

void addPointwiseComposites(RuleTable &table);
void addSoftmaxComposites(RuleTable &table);
void addStatisticComposites(RuleTable &table);
void addDrawComposites(RuleTable &table);
void addNormalizationComposites(RuleTable &table);
void addLayerComposites(RuleTable &table);

/// The lines of a tensor along one dimension.
struct Lines {
  Lines(llvm::ArrayRef<int64_t> shape, int64_t dimension)
      : length(shape[dimension]), stride(mlir::ShapedType::getNumElements(
                                      shape.drop_front(dimension + 1))),
        count(stride *
              mlir::ShapedType::getNumElements(shape.take_front(dimension))) {}

  /// The position of element `i` of line `line`.
  int64_t at(int64_t line, int64_t i) const {
    return (line / stride * length + i) * stride + line % stride;
  }

  int64_t length, stride, count;
};

/// The largest x and sum e^(x - largest) of a line. NaN stays NaN.
std::pair<double, double> maxAndSum(const Tensor &x, const Lines &lines,
                                    int64_t line);

/// For each element of a shape, in order: the element it becomes when
/// `dimensions` are summed away.
std::vector<int64_t> reducedPositions(llvm::ArrayRef<int64_t> shape,
                                      llvm::ArrayRef<int64_t> dimensions);

/// 0 … n-1, sorted stably. (std::stable_sort warns with clang and
/// libstdc++ 12.)
template <typename Less>
std::vector<int64_t> sortedOrder(int64_t n, Less less) {
  std::vector<int64_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](int64_t a, int64_t b) {
    return less(a, b) || (!less(b, a) && a < b);
  });
  return order;
}

/// result[e] = f(word e of the draw).
template <typename F> void draw(const Tensor &state, Frame &frame, F f) {
  for (int64_t i = 0; i < frame.out[0].size(); ++i)
    frame.out[0].set(i, f(randomWord(state, i)), frame.mode);
}

} // namespace dlc::interpreter

#endif // DLC_COMPILER_INTERPRETER_COMPOSITERULES_H
