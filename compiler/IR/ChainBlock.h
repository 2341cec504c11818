// What a GPU's block of threads does of a chain, and where it keeps it.
//
// In the first step a block has some rows of one of the batch. Their scores lie
// in its shared memory, those of all keys if they are reduced:
//
//   | tiles of operands, several in flight | buffers [rows][keys] | … |
//
// In the second step, of sums over rows, it has some keys, and walks over the
// rows. Blocks' sizes do not enter any sum: they follow from the shapes and
// from the shared memory that there is. A chain for which that is too little is
// not formed.

#ifndef DLC_COMPILER_IR_CHAINBLOCK_H
#define DLC_COMPILER_IR_CHAINBLOCK_H

#include "IR/ChainPlan.h"

#include <optional>

namespace dlc {

struct ChainBlock {
  static constexpr int64_t threads = 128;
  /// Of each tile of operands, along the dimension that is contracted.
  static constexpr int64_t depthBytes = 64;

  /// Rows of scores, and the keys that are there at once: tiles of `columns`.
  int64_t rows, keys, columns;
  /// A tile of results: rows or, in the second step, keys.
  int64_t resultRows, resultColumns;
  /// Tiles of operands in flight.
  int64_t stages;

  /// Bytes from a row of a buffer, and of a result, to the next.
  int64_t pitch, resultPitch;
  /// Where buffers, results and the rows' reductions begin, and all of it.
  int64_t buffersAt, resultsAt, reducedAt, bytes;

  int64_t bufferBytes() const { return rows * pitch; }
  int64_t resultBytes() const { return resultRows * resultPitch; }
};

/// The block of a step on a GPU of that compute capability (80 is 8.0), given
/// the step's plan; none if there is too little shared memory. `tensor`: tensor
/// cores multiply, which asks for no more of it.
std::optional<ChainBlock> rowsBlock(const ChainPlan &plan, int64_t sm,
                                    bool tensor = false);
std::optional<ChainBlock> sumsBlock(const ChainPlan &plan, int64_t sm);

/// Whether a GPU can compute this body of a chain.
bool fitsGpu(mlir::Block &body, int64_t sm);

} // namespace dlc

#endif // DLC_COMPILER_IR_CHAINBLOCK_H
