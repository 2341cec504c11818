// The table of decompositions, one an op. Private to Decompose.

#ifndef DLC_COMPILER_IR_DECOMPOSITIONS_RULES_H
#define DLC_COMPILER_IR_DECOMPOSITIONS_RULES_H

#include "IR/Term.h"
#include "llvm/ADT/StringMap.h"

#include <functional>

namespace dlc::decompositions {

using Terms = llvm::SmallVector<Term, 2>;

enum class Precision {
  /// bf16 and f16 operands become f32 first.
  widened,
  /// The op moves elements, or is one primitive that rounds once itself.
  stored
};

struct Rule {
  std::function<Terms(mlir::Operation *, llvm::ArrayRef<Term>)> write;
  Precision precision;
};
using Table = llvm::StringMap<Rule>;

/// Adds `rule(op, operands) -> results` for an op class.
template <typename Op>
void add(Table &table, Terms (*rule)(Op op, llvm::ArrayRef<Term> operands),
         Precision precision = Precision::widened) {
  table[Op::getOperationName()] = {
      [rule](mlir::Operation *op, llvm::ArrayRef<Term> operands) {
        return rule(mlir::cast<Op>(op), operands);
      },
      precision};
}
/// The same for an op with one result.
template <typename Op>
void add(Table &table, Term (*rule)(Op op, llvm::ArrayRef<Term> operands),
         Precision precision = Precision::widened) {
  table[Op::getOperationName()] = {
      [rule](mlir::Operation *op, llvm::ArrayRef<Term> operands) {
        return Terms{rule(mlir::cast<Op>(op), operands)};
      },
      precision};
}

void addActivations(Table &table);
void addSoftmax(Table &table);
void addStatistics(Table &table);
void addEinsum(Table &table);
void addDraws(Table &table);
void addQuantization(Table &table);
void addLosses(Table &table);
void addNormalizations(Table &table);
void addLayers(Table &table);
void addAttention(Table &table);

//===-- What several families need
//-----------------------------------------===//

using Dims = llvm::SmallVector<int64_t>;

/// The type in which a composite computes: f32 for bf16 and f16.
mlir::RankedTensorType widened(mlir::RankedTensorType type);

/// first, first + 1, …, end - 1.
inline Dims range(int64_t first, int64_t end) {
  return llvm::to_vector(llvm::seq(first, end));
}

/// 0, 1, 2 … along a dimension, of x's shape.
inline Term iotaLike(Term x, int64_t dim, mlir::Type element) {
  return x.make<IotaOp>(x.type().clone(element), dim);
}

/// A scalar, repeated.
inline Term repeated(Term scalar, llvm::ArrayRef<int64_t> shape) {
  return broadcast(scalar, shape, {});
}

/// Elements [from, to) of a dimension.
Term sliceDim(Term x, int64_t dim, int64_t from, int64_t to);

/// sum / n over dimensions, NaN where n is 0.
Term meanOver(Term x, llvm::ArrayRef<int64_t> dims);

/// -log of what softmax gives, along the last dimension: the losses' and
/// attention's common part.
struct Rows {
  explicit Rows(Term x);
  /// A value for each row, repeated along it.
  Term spread(Term rows) const {
    return dlc::spread(rows, shape.getShape(), last);
  }

  int64_t last;
  mlir::RankedTensorType shape;
  Term shifted; // x - m, m the largest x
  Term powers;  // e^(x - m)
  Term total;   // the sum of the powers
};

/// Where a new last dimension counts up to a row's index.
Term hits(Term index, llvm::ArrayRef<int64_t> shape);

/// 24 random bits for each element of a draw, as floats (exactly).
Term randomBits(Term state, mlir::RankedTensorType type);

} // namespace dlc::decompositions

#endif // DLC_COMPILER_IR_DECOMPOSITIONS_RULES_H
