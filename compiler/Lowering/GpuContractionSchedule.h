// How a product is cut into tiles for the blocks, warps and lanes of a GPU.
// None of it enters the sums of f32 and f64: it only decides who computes an
// element.

#ifndef DLC_COMPILER_LOWERING_GPUCONTRACTIONSCHEDULE_H
#define DLC_COMPILER_LOWERING_GPUCONTRACTIONSCHEDULE_H

#include "Lowering/GpuContraction.h"

namespace dlc {

/// What multiplies: scalar multiply-adds, or tensor cores on operands of 16
/// bits (mma.m16n8k16) or of f32 rounded to tf32 (mma.m16n8k8).
enum class GpuMath { fma, half, tf32 };

/// Shared memory is addressed in pieces of 16 bytes; a row of k in it has four.
inline constexpr int64_t chunkBytes = 16, depthBytes = 64;

struct GpuTile {
  GpuMath math;
  /// An operand's element in shared memory.
  mlir::Type stored;
  /// The lanes of a warp, along rows and columns of the result, and what a lane
  /// accumulates.
  int64_t lanesM, lanesN, perM, perN;
  int64_t warpsM, warpsN;
  /// Tiles of k in shared memory, of which all but one are being copied.
  int64_t stages;
  /// Copied by cp.async, or through registers.
  bool async;

  int64_t rows() const { return lanesM * perM * warpsM; }
  int64_t columns() const { return lanesN * perN * warpsN; }
  int64_t threads() const { return 32 * warpsM * warpsN; }
  int64_t storedBytes() const { return stored.getIntOrFloatBitWidth() / 8; }
  /// The k of a tile.
  int64_t depth() const { return depthBytes / storedBytes(); }
  /// The elements of a chunk.
  int64_t chunk() const { return chunkBytes / storedBytes(); }
  int64_t stageBytes() const { return (rows() + columns()) * depthBytes; }
};

/// What multiplies elements of that type.
GpuMath mathOf(mlir::Type element, const GpuTarget &target);

/// The best tile for the product on a card of that compute capability; none if
/// the product is so small that a thread an element is best.
std::optional<GpuTile> chooseTile(const GpuProduct &product,
                                  const GpuTarget &target);

/// Whether cp.async can bring the operand: as it is stored, 4 bytes at least.
bool canCopyAsync(const GpuOperand &operand, const GpuTile &tile);

/// How many blocks a multiprocessor can have at once, if none of their
/// registers are to lie in memory.
int64_t blocksTogether(const GpuProduct &product, const GpuTile &tile);

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_GPUCONTRACTIONSCHEDULE_H
