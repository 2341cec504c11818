// Patterns of dlc-normalize-axes for the ops that index, sort and sum up.

#ifndef DLC_COMPILER_FUSION_NORMALIZEINDEXING_H
#define DLC_COMPILER_FUSION_NORMALIZEINDEXING_H

#include "mlir/IR/PatternMatch.h"

namespace dlc {

///   scatter:              operand [batch, indexed…, window], updates [batch,
///                         rows, window]
///   dynamic_update_slice: trailing dimensions that are replaced whole are one
///   sort:                 [rows, length], along length
///   cumulative_sum:       [outer, length, inner], along length
void populateNormalizeIndexingPatterns(mlir::RewritePatternSet &patterns);

} // namespace dlc

#endif // DLC_COMPILER_FUSION_NORMALIZEINDEXING_H
