// The table of evaluation rules, one an op. Private to the interpreter.

#ifndef DLC_COMPILER_INTERPRETER_RULES_H
#define DLC_COMPILER_INTERPRETER_RULES_H

#include "IR/Dlc.h"
#include "Interpreter/Tensor.h"
#include "llvm/ADT/StringMap.h"

#include <array>
#include <functional>

namespace dlc::interpreter {

/// One evaluation of one op: its operands' values and, filled with zeros, its
/// results.
struct Frame {
  llvm::ArrayRef<const Tensor *> in;
  llvm::MutableArrayRef<Tensor> out;
  Mode mode;
};

using Rule = std::function<llvm::LogicalResult(mlir::Operation *, Frame &)>;
using RuleTable = llvm::StringMap<Rule>;

/// Adds `rule(op, frame)` for an op class.
template <typename Op>
void addRule(RuleTable &table,
             llvm::LogicalResult (*rule)(Op op, Frame &frame)) {
  table[Op::getOperationName()] = [rule](mlir::Operation *op, Frame &frame) {
    return rule(mlir::cast<Op>(op), frame);
  };
}

void addElementwiseRules(RuleTable &table);
void addIndexMapRules(RuleTable &table);
void addReductionRules(RuleTable &table);
void addWindowRules(RuleTable &table);
void addIndexingRules(RuleTable &table);
void addCompositeRules(RuleTable &table);

/// The error for an index at `position` outside [0, limit); `user` names the
/// user's op. Worded as the runtime words it.
llvm::LogicalResult indexFault(mlir::Operation *op, llvm::StringRef user,
                               int64_t index, int64_t position, int64_t limit);

/// What `reduce` combines two elements to; max and min keep NaN.
double combineNumbers(Reduction kind, double x, double y);
int64_t combineInts(Reduction kind, int64_t x, int64_t y);

/// Philox-4x32-10: the four words of a block.
std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter,
                               std::array<uint32_t, 2> key);

/// Word `i` of a draw from [key, counter].
uint32_t randomWord(const Tensor &state, int64_t i);

/// Visits `shape` in row-major order: f(linear position, offset), where the
/// offset is start + sum of index[d] * strides[d].
template <typename F>
void walk(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> strides,
          int64_t start, F f) {
  int64_t count = mlir::ShapedType::getNumElements(shape);
  llvm::SmallVector<int64_t> index(shape.size(), 0);
  for (int64_t i = 0, offset = start; i < count; ++i) {
    f(i, offset);
    for (int64_t d = static_cast<int64_t>(shape.size()) - 1; d >= 0; --d) {
      offset += strides[d];
      if (++index[d] < shape[d])
        break;
      offset -= shape[d] * strides[d];
      index[d] = 0;
    }
  }
}

/// Visits `shape` in row-major order: f(linear position, index).
template <typename F> void walkIndices(llvm::ArrayRef<int64_t> shape, F f) {
  int64_t count = mlir::ShapedType::getNumElements(shape);
  llvm::SmallVector<int64_t> index(shape.size(), 0);
  for (int64_t i = 0; i < count; ++i) {
    f(i, llvm::ArrayRef<int64_t>(index));
    for (size_t d = shape.size(); d-- > 0;) {
      if (++index[d] < shape[d])
        break;
      index[d] = 0;
    }
  }
}

/// to[j] = from[i], of tensors of one element type.
void copyElement(const Tensor &from, int64_t i, Tensor &to, int64_t j);

/// Row-major strides, in elements.
llvm::SmallVector<int64_t> rowMajorStrides(llvm::ArrayRef<int64_t> shape);

} // namespace dlc::interpreter

#endif // DLC_COMPILER_INTERPRETER_RULES_H
