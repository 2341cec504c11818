// The parts of a `chain` kernel: products with row operations between them.
//
//   s = q kᵀ                    scores: [batch…, Q, K], of operands alone
//   p = e^(s - max s), …        between: at the same rows, reduced along K
//   o = p v                     weighs: [batch…, Q, E], a row from a row
//   dv = pᵀ g                   adds: [batch…, K, E], a sum over rows

#ifndef DLC_COMPILER_IR_CHAIN_H
#define DLC_COMPILER_IR_CHAIN_H

#include "IR/ElementPlaces.h"

#include <optional>

namespace dlc {

enum class ChainPart { scores, weighs, adds };

/// A dot_general's operand: any dimensions for the batch, one of its own, one
/// that is contracted.
struct ProductSide {
  mlir::Value value;
  llvm::ArrayRef<int64_t> batch;
  int64_t free, contracted;
};

/// The side `operand` (0 or 1) of a product; none if it has more dimensions.
std::optional<ProductSide> sideOf(DotGeneralOp dot, unsigned operand);

/// Whether a side is [batch…, …, …].
bool leadsWithBatch(const ProductSide &side);

/// Whether a chain can read a side that comes from outside, given along which
/// of its dimensions neighbours are neighbours in memory.
bool isReadable(const ProductSide &side, ChainPart part, unsigned operand,
                llvm::function_ref<bool(int64_t)> isContiguous);

/// A part of what a chain yields: a value that transposes, concatenations and
/// such reshapes put there.
struct YieldedPart {
  mlir::Value value;
  /// For each dimension of what is yielded that of the value which runs along
  /// it, or -1, and where it starts.
  llvm::SmallVector<int64_t> origin, start;
};
llvm::SmallVector<YieldedPart> partsOf(mlir::Value yielded);

/// Where dimension `d` of a value lies in what it is a transpose of.
int64_t originOf(mlir::Value v, int64_t d);

/// What a product does in its chain; none if it has no place in one.
std::optional<ChainPart> chainPartOf(DotGeneralOp dot);

} // namespace dlc

#endif // DLC_COMPILER_IR_CHAIN_H
