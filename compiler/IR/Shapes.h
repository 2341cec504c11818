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
/// low and high may be negative: they cut off, after the interior padding.
Result pad(Dims operand, Dims low, Dims high, Dims interior);
/// The operand's own shape, if `dimensions` are distinct and in range.
Result reverse(Dims operand, Dims dimensions);
/// At least one operand.
Result concatenate(std::span<const Shape> operands, int64_t dimension);
/// `starts` is how many start indices there are.
Result dynamicSlice(Dims operand, int64_t starts, Dims sizes);
Result dynamicUpdateSlice(Dims operand, Dims update, int64_t starts);

/// Removes `dimensions`, which must be distinct and in range.
Result reduce(Dims operand, Dims dimensions);

Result dotGeneral(Dims lhs, Dims rhs, Dims lhsBatch, Dims rhsBatch,
                  Dims lhsContract, Dims rhsContract);

/// NumPy's matmul of rank 1 or more: the shape of the product.
Result matmul(Dims lhs, Dims rhs);

/// The operand's own shape, if it has this dimension.
Result along(Dims operand, int64_t dimension);

/// A moving window: one entry for each dimension that it moves over.
struct Window {
  Dims size, strides, dilations, low, high;
};
Result reduceWindow(Dims operand, const Window &window);
Result selectAndScatter(Dims operand, Dims source, const Window &window);

/// Where a convolution's filters lie: one entry for each spatial dimension.
struct Taps {
  Dims strides, low, high, imageDilation, filterDilation;
};
/// images [N, C, spatial…], filters [O, C / groups, spatial…].
Result convolution(Dims images, Dims filters, const Taps &taps, int64_t groups,
                   int64_t batchGroups);

/// indices [batch…, rows…, n] for n indexed dimensions.
Result gather(Dims operand, Dims indices, int64_t batchDims, Dims indexDims);
Result scatter(Dims operand, Dims indices, Dims updates, int64_t batchDims,
               Dims indexDims);
/// Equal shapes, at least one.
Result sort(std::span<const Shape> operands, int64_t dimension);
/// The shape of the values and of the places.
Result topK(Dims operand, int64_t k);

/// The dimensions' letters of "ij,jk->ik".
struct Equation {
  std::vector<std::string> inputs;
  std::string output, error;
};
Equation parseEquation(const std::string &text);
Result einsum(const std::string &equation, std::span<const Shape> operands);

/// Draws of `categorical`: leading sample dimensions, then the logits' own
/// without the last.
Result categorical(Dims logits, Dims result);

/// Normalisations give the operand's shape.
Result batchNorm(Dims operand, Dims perFeature, int64_t feature);
/// `row` must be trailing dimensions of the operand.
Result layerNorm(Dims operand, Dims row);
Result groupNorm(Dims operand, Dims perChannel, int64_t groups);

Result embedding(Dims table, Dims indices);
/// [N, C, spatial…] under a window without dilation.
Result pool(Dims operand, Dims window, Dims strides, Dims low, Dims high);
Result globalAvgPool(Dims operand);
/// filters [C, O / groups, spatial…].
Result convTranspose(Dims images, Dims filters, Dims strides, Dims padding,
                     Dims outputPadding, Dims dilation, int64_t groups);
/// A recurrent cell of so many gates gives the state's shape.
Result cell(Dims input, Dims state, Dims inputWeights, Dims stateWeights,
            Dims bias, int64_t gates);
/// [batch…, Q, E]; `mask` may be null.
Result attention(Dims query, Dims key, Dims value, const Dims *mask);
Result additiveAttention(Dims query, Dims key, Dims value, Dims weight,
                         const Dims *mask);
/// [batch…, Q, K] of an attention.
Shape attentionWeights(Dims query, Dims key);

/// Loss shape of softmax_cross_entropy: logits without the last dimension.
Result softmaxCrossEntropy(Dims logits, Dims labels);

/// The same with probabilities for labels, of the logits' shape.
Result softTargetCrossEntropy(Dims logits, Dims labels);

/// Argmax along a dimension, which must not be empty.
Result argmax(Dims operand, int64_t dimension);

} // namespace dlc::shapes

#endif // DLC_COMPILER_IR_SHAPES_H
