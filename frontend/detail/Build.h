// What the functions that record ops share: checks at the user's line, and the
// ops that bring operands together.

#ifndef DLC_FRONTEND_DETAIL_BUILD_H
#define DLC_FRONTEND_DETAIL_BUILD_H

#include "IR/Shapes.h"
#include "detail/Node.h"

namespace dlc::detail {

using Ints = std::vector<int64_t>;

//===-- Checks
//-------------------------------------------------------------===//

/// The shape, or the reason why there is none at the user's line.
Shape shapeOrFail(shapes::Result result, const char *op, Loc where,
                  std::initializer_list<const Node *> operands = {});
Shape checkedShape(const Shape &shape, const char *op, Loc where);
/// The axis, counted from the first.
int64_t checkedAxis(int64_t axis, int64_t rank, const char *op, Loc where);
void needFloat(const Ref &x, const char *op, Loc where);
void needBoolean(const Ref &x, const char *op, Loc where);
void needNumber(const Ref &x, const char *op, Loc where);
/// All have one element type.
void needSameElements(std::initializer_list<Ref> operands, const char *op,
                      Loc where);
/// A float tensor's node.
Ref floatNode(const Tensor &tensor, const char *op, Loc where);
/// Indices and labels, which are i32 or i64 in the IR.
Ref indexNode(const Tensor &tensor, const char *op, Loc where);
Ref operandNode(const Operand &x, const char *op);

//===-- Ops
//----------------------------------------------------------------===//

Ref convert(const Ref &x, DType type, Loc where);
Ref reshapeTo(const Ref &x, Shape shape, Loc where);
/// To a shape that NumPy's rules allow: dimensions are aligned at the last.
Ref broadcast(const Ref &x, const Shape &shape, Loc where);
Ref permute(const Ref &x, const Ints &permutation, Loc where);
/// A host number as a constant of a type that can hold it.
Ref constant(Scalar value, DType type, const Shape &shape, const char *op,
             Loc where);
/// Whole numbers as a constant vector, i64.
Ref wholeNumbers(const Ints &values, Loc where);
/// Elements [start, limit) of each dimension, `strides` apart.
Ref slice(const Ref &x, const Ints &start, const Ints &limit,
          const Ints &strides, const char *op, Loc where);
Ref padWith(const Ref &x, Scalar value, const Ints &low, const Ints &high,
            const Ints &interior, const char *op, Loc where);
/// Indices, which fault outside [0, limit) in the name of `op`.
Ref checkIndex(const Ref &indices, int64_t limit, const char *op, Loc where);

struct Pair {
  Ref x, y;
};
/// Brings two operands to one element type and one shape.
Pair unify(const Operand &x, const Operand &y, const char *op, Loc where);

/// An op of one operand's type.
Tensor unary(const char *op, const Ref &x, Loc where,
             Attributes attributes = {});
Tensor floatUnary(const char *op, const Tensor &tensor, Loc where,
                  Attributes attributes = {});
Tensor arithmetic(const char *op, const Operand &x, const Operand &y, Loc where,
                  Attributes attributes = {});
Tensor compare(const char *direction, const Operand &x, const Operand &y,
               Loc where);

/// 0, 1, …, n-1.
Ints counted(int64_t n);
/// The permutation that moves dimension `from` to `to`.
Ints movingAxis(int64_t rank, int64_t from, int64_t to);

//===-- Autocast
//-----------------------------------------------------------===//

/// As an operand of a contraction: in the scope's type.
Ref lowered(const Ref &x, Loc where);
/// As an operand of what sums or exponentiates: in f32.
Ref raised(const Ref &x, Loc where);
/// True in a scope.
bool isAutocasting();

} // namespace dlc::detail

#endif // DLC_FRONTEND_DETAIL_BUILD_H
