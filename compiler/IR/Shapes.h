// Shape functions over plain shapes. The recorder, the verifiers and type
// inference call the same ones, so they agree and say the same words. No MLIR.
//
// Every function returns either a shape or the reason why there is none, worded
// to stand after "[op] ", e.g. "inner sizes differ: 3 vs 4".

#ifndef DLC_COMPILER_IR_SHAPES_H
#define DLC_COMPILER_IR_SHAPES_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dlc::shapes {

using Shape = std::vector<int64_t>;
using Dims = std::span<const int64_t>;

/// A shape, or an error text.
struct Result {
  Shape shape;
  std::string error;
  bool ok() const { return error.empty(); }
};

/// Ranks above this are refused.
inline constexpr int64_t maxRank = 8;

/// "[2, 3]".
std::string str(Dims shape);

/// The product of the sizes; -1 if it overflows 2^62 or a size is negative.
int64_t elementCount(Dims shape);

/// The shape itself, if its rank is at most 8, no size is negative and its
/// elements of 8 bytes are addressable.
Result checked(Dims shape);

/// NumPy's broadcasting of two shapes.
Result broadcast(Dims a, Dims b);

Result broadcastInDim(Dims operand, Dims dimensions, Dims result);

/// `result` may hold one -1, which is computed.
Result reshape(Dims operand, Dims result);

Result transpose(Dims operand, Dims permutation);
Result slice(Dims operand, Dims start, Dims limit, Dims strides);
Result pad(Dims operand, Dims low, Dims high, Dims interior);

/// Removes `dimensions`, which must be distinct and in range.
Result reduce(Dims operand, Dims dimensions);

Result dotGeneral(Dims lhs, Dims rhs, Dims lhsBatch, Dims rhsBatch,
                  Dims lhsContract, Dims rhsContract);

/// NumPy's matmul of rank 1 or more: the shape of the product.
Result matmul(Dims lhs, Dims rhs);

/// Loss shape of softmax_cross_entropy: logits without the last dimension.
Result softmaxCrossEntropy(Dims logits, Dims labels);

/// Argmax along a dimension, which must not be empty.
Result argmax(Dims operand, int64_t dimension);

} // namespace dlc::shapes

#endif // DLC_COMPILER_IR_SHAPES_H
