// How a product is cut into tiles, and what is copied before it is multiplied.
//
// What enters the sums, the blocks of k, follows from the shape alone. All else
// (strips, bands, tiles, the size of a micro-kernel) only decides who computes
// an element, and when.

#ifndef DLC_COMPILER_LOWERING_CONTRACTIONSCHEDULE_H
#define DLC_COMPILER_LOWERING_CONTRACTIONSCHEDULE_H

#include "IR/Dlc.h"
#include "Lowering/ContractionKernels.h"
#include "Lowering/Kernel.h"

namespace dlc {

/// `total` things in `count` parts as equal as can be.
struct Split {
  int64_t total = 1;
  int64_t count = 1;

  int64_t start(int64_t i) const { return i * total / count; }
  int64_t smallest() const { return total / count; }
  int64_t largest() const { return (total + count - 1) / count; }
  /// The different lengths of the parts.
  llvm::SmallVector<int64_t> lengths() const;
};

/// The matrices of a batch: (row, k) or (k, column).
struct OperandMatrix : FlatMatrix {
  /// What holds them; null if the body computes them (IR/Prologue.h). Then they
  /// lie nowhere, and what would be copied, and more, is evaluated.
  mlir::BlockArgument memory;
  /// Where the first one starts, and, for the batch as dimensions, from an
  /// index of each to the next.
  int64_t offset = 0;
  llvm::SmallVector<int64_t> batchShape, batchStrides;
};

/// C = A * B as a micro-kernel sees it. If the result has few columns or few
/// rows its transpose may be computed: then A is the right operand.
struct Product {
  /// `bf16Dots`: the CPU has an instruction for pairs of bf16.
  Product(DotGeneralOp dot, bool bf16Dots);

  DotGeneralOp dot;
  mlir::Type element;
  /// Elements of a logical vector: 16 f32 or 8 f64 on every machine.
  int64_t lanes;
  /// The sizes of the result and of the sums.
  int64_t batch, m, n, k;
  /// The lanes hold neighbouring k (dots), or neighbouring columns.
  bool dots = false;
  /// The rows are n, the columns m.
  bool swapped = false;
  int64_t rows, columns;
  OperandMatrix a, b;
  /// Neighbouring k are neighbours in the operand.
  bool aAlongDepth, bAlongDepth;
  bool computesA = false, computesB = false;
  /// Operands are bf16 made f32: each k is a pair of theirs
  /// (ContractionPairs.cpp).
  bool pairs = false;
  /// Reductions of its rows follow in its kernel (ContractionRows.cpp).
  bool feedsRows = false;
  /// B lies in that many strips of columns; 0: in one piece.
  int64_t packedStrips = 0;

  mlir::Value left() { return swapped ? dot.getRhs() : dot.getLhs(); }
  mlir::Value right() { return swapped ? dot.getLhs() : dot.getRhs(); }
  /// The columns in vectors.
  int64_t units() const { return (columns + lanes - 1) / lanes; }
};

/// Tiles are numbered [batch][band][strip][tile of the band]. A call computes
/// some that follow each other, and takes as many at once as can share what is
/// copied: those of a strip, or whole strips of a band. If the product feeds
/// rows there is one strip of tiles, which has all columns.
struct Schedule {
  /// `cacheBytes` is the size of a core's second level of the cache;
  /// storesSums: the sums are the result, in memory.
  Schedule(const Product &product, const VectorRegisters &registers,
           int64_t cacheBytes, bool storesSums);

  /// The k of one block of the sums.
  int64_t blockK;
  /// Vectors of columns in strips.
  Split strips;
  /// Rows come in groups of this height, one call of a micro-kernel each. The
  /// last group ends with the last row, so it may compute rows of the one
  /// before again: one height is one micro-kernel.
  int64_t groupRows;
  /// Groups in tiles.
  Split tiles;
  int64_t bands = 1;
  /// Vectors of a micro-kernel: those of its strip, or one.
  int64_t microUnits = 1;
  /// Dots: columns that are accumulated at once, k that are multiplied before
  /// the next rows, and groups of rows whose chains are summed together.
  int64_t dotColumns = 1;
  int64_t chainK = 1;
  int64_t chainGroups = 1;

  /// The groups of a band are copied, to lie contiguous for each k; or, if
  /// `bandRow` is not 0, row by row, that far apart.
  bool packsA = false;
  int64_t bandRow = 0;
  /// Groups whose rows are copied together, k by k.
  int64_t copiedGroups = 1;
  /// Strips are copied: transposed, or only because their rows lie far apart.
  bool packsB = false;
  /// Strips that are copied together, k by k.
  int64_t copiedStrips = 1;
  /// Strips whose block of k all groups of rows meet before the next: what
  /// stays in the second level of the cache.
  int64_t sharedStrips = 1;
  /// A in place is fetched ahead: each of its k takes a cache line of its own.
  bool fetchesA = false;
  /// B is fetched ahead. One row waits for nothing but loads, of which that
  /// would make twice as many; but for memory it pays.
  bool fetchesB = true;
  /// Strips computed at once at most.
  int64_t mostStrips = 1;
  /// Strips of tiles.
  int64_t tileStrips = 1;
  /// A product that feeds rows: a group's rows are complete before the next
  /// group is begun.
  bool finishesGroups = false;

  int64_t tilesOfBand() const { return tiles.count / bands; }
  /// The most groups in a band.
  int64_t groupsOfBand() const;

private:
  void chooseCopies(const Product &product);
  void cut(const Product &product, int64_t cacheBytes, bool keepsSums);
  void sizeChains(const Product &product);
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_CONTRACTIONSCHEDULE_H
