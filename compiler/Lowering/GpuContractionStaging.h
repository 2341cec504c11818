// Copies of an operand's tile from global to shared memory.
//
// In shared memory an operand lies as it does in global memory, so that a copy
// moves up to 16 bytes and nothing is transposed:
//
// - along depth: 64 bytes of k for each row, four chunks. Chunk c of row r lies
//   at place c ^ (r / 2 % 4): eight rows at one k, which is what lanes read at
//   once, then lie in different banks, and so do the lanes of a copy.
// - along rows: the rows for each k. Scalar code reads neighbouring rows of one
//   k: no conflicts. Tensor cores read 8 (tf32: 4) k at once, so their chunks
//   are shuffled by k.
//
// What the body computes (IR/Prologue.h) passes through registers like what
// cp.async cannot copy: its arrays are loaded a tile ahead, and it is evaluated
// on its way to shared memory, so that the products between do not wait.
//
// Beyond the matrix a copy reads its last row or k again: what is computed from
// it is not used. Only tensor cores, which always add 16 (8) products, need
// zeros for the k that are not there.

#ifndef DLC_COMPILER_LOWERING_GPUCONTRACTIONSTAGING_H
#define DLC_COMPILER_LOWERING_GPUCONTRACTIONSTAGING_H

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuContractionMemory.h"
#include "Lowering/GpuContractionSchedule.h"

#include <optional>

namespace dlc {

/// Where an operand's tile lies in shared memory.
struct SharedLayout {
  SharedLayout(const GpuTile &tile, bool alongDepth, int64_t rows);
  /// Of a matrix that is in shared memory for another reason, `pitch` bytes
  /// from a row, or a k, to the next.
  SharedLayout(const GpuTile &tile, bool alongDepth, int64_t rows,
               int64_t pitch);

  bool alongDepth;
  /// Rows of the tile, and its k.
  int64_t rows, depth;
  int64_t bytes, chunk;

  /// From a row to the next, or from a k to the next.
  int64_t pitch() const { return line; }
  bool isShuffled() const { return mask != 0; }
  /// Whether lines that far from each other are shuffled alike.
  bool isRound(int64_t lines) const {
    return lines % ((mask + 1) << shift) == 0;
  }
  /// The chunk of row (along depth) or k (along rows) `line` is exclusive-or'ed
  /// with this.
  mlir::Value shuffle(GpuMemory &m, mlir::Value line) const;
  /// The same for a number; shuffle(x + y) = shuffle(x) ^ shuffle(y) if x and y
  /// have no bits in common.
  int64_t shuffle(int64_t line) const;

private:
  int64_t line;
  /// shuffle(line) = (line >> shift & mask) << left.
  int64_t shift = 0, mask = 0, left = 0;
};

class Staging {
public:
  /// Of tiles of `rows` rows, at `offset` bytes of a stage.
  Staging(KernelFunction &kernel, const GpuOperand &operand,
          const GpuTile &tile, int64_t rows, int64_t offset);

  /// Before the loop: the tile's first row, and this thread's number.
  void begin(mlir::Value batch, mlir::Value row0, mlir::Value thread);

  bool isAsync() const { return async; }
  mlir::Type element() const { return operand.element; }
  /// All k, of which a tile is a part.
  int64_t depth() const { return operand.depth; }
  /// Starts the copies of the tile of k from `k0` on.
  void copyAsync(mlir::Value k0, mlir::Value stage);
  /// The same in two halves: from global memory, and into shared memory.
  void fetch(mlir::Value k0);
  void put(mlir::Value stage);

  const SharedLayout layout;
  const int64_t offset;

private:
  /// What a thread copies at once. What a constant tells from the first copy is
  /// one: an instruction adds it, and no register holds the sum.
  struct Copy {
    llvm::SmallVector<mlir::Value> rowPart;
    mlir::Value k, shared;
    int64_t kOffset = 0, sharedOffset = 0;
  };
  /// What `fetch` leaves for `put`.
  struct Fetched {
    mlir::Value value, exists;
    /// Of a prologue, which has no value yet.
    Point point;
  };
  /// Where elements `id` of a tile, counted in copies, lie.
  struct Place {
    mlir::Value row, k;
  };
  Place placeOf(mlir::Value id);
  mlir::Value sharedAt(const Place &place);
  std::optional<std::pair<int64_t, int64_t>> distanceTo(int64_t id) const;
  llvm::SmallVector<mlir::Value> rowPartOf(mlir::Value row);
  /// Its k, of elements that are there; sets `exists` if these are others.
  mlir::Value depthOf(const Copy &copy, mlir::Value k0, mlir::Value &exists);
  /// Where it comes from; sets `exists` if the elements may be none.
  mlir::Value source(const Copy &copy, mlir::Value k0, mlir::Value &exists);
  mlir::Value load(const Copy &copy, mlir::Value k0, mlir::Value &exists);
  Point pointOf(const Copy &copy, mlir::Value k0, mlir::Value &exists);
  void whenUsed(llvm::function_ref<void()> body);
  /// A copy is a chunk of a row's k.
  bool takesChunks() const { return layout.alongDepth && unit == layout.chunk; }
  /// Copies of a line of the tile.
  int64_t line() const {
    return (layout.alongDepth ? layout.depth : layout.rows) / unit;
  }
  bool needsZeros() const {
    return tile.math != GpuMath::fma && operand.depth % layout.depth != 0;
  }

  KernelFunction &kernel;
  GpuMemory m;
  const GpuOperand &operand;
  const GpuTile &tile;
  bool async;
  /// Elements that are copied at once, at most a chunk.
  int64_t unit;
  /// Copies of all threads.
  int64_t total;
  mlir::Value batch, pointer, isUsed;
  llvm::SmallVector<Copy> copies;
  llvm::SmallVector<Fetched> fetched;
  /// What is known between `fetch` and `put`.
  std::optional<ExpressionEmitter> expressions;
};

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCONTRACTIONSTAGING_H
