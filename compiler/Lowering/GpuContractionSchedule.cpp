#include "Lowering/GpuContractionSchedule.h"

#include "Lowering/GpuBlocks.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

/// Below so many multiply-adds a launch is mostly its own start.
static constexpr int64_t tinyWork = 1 << 12;

/// Of a multiprocessor.
static constexpr int64_t schedulers = 4;

/// Of the 255 that a thread may have; the rest is for what the loop computes.
static constexpr int64_t mostRegisters = 176;

namespace {
struct Shape {
  int64_t lanesM, lanesN, perM, perN, warpsM, warpsN;
};
} // namespace

// Larger tiles first: they win a tie.
static constexpr Shape fmaShapes[] = {
    {4, 8, 8, 8, 4, 2}, {4, 8, 8, 8, 4, 1}, {4, 8, 8, 8, 2, 2},
    {4, 8, 8, 8, 2, 1}, {4, 8, 8, 8, 1, 2}, {4, 8, 4, 4, 4, 2},
    {4, 8, 4, 4, 2, 2}, {8, 4, 8, 4, 2, 1}, {4, 8, 4, 4, 1, 2},
    {8, 4, 4, 4, 2, 1}, {4, 8, 4, 4, 2, 1}, {4, 8, 4, 4, 1, 1}};
// A chunk has two f64.
static constexpr Shape doubleShapes[] = {
    {4, 8, 4, 4, 4, 2}, {4, 8, 4, 4, 2, 2}, {8, 4, 4, 4, 2, 1},
    {4, 8, 4, 4, 2, 1}, {4, 8, 4, 2, 2, 1}, {4, 8, 4, 2, 1, 1}};
// Lanes are those of mma's result: 8 rows, 4 pairs of columns.
static constexpr Shape tensorShapes[] = {{8, 4, 8, 8, 2, 4},
                                         {8, 4, 8, 8, 2, 2},
                                         {8, 4, 4, 8, 2, 2},
                                         {8, 4, 4, 8, 2, 1},
                                         {8, 4, 4, 8, 1, 2}};

GpuMath dlc::mathOf(Type element, const GpuTarget &target) {
  if (target.sm < 80)
    return GpuMath::fma;
  if (element.isF16() || element.isBF16())
    return GpuMath::half;
  return element.isF32() && target.tf32 ? GpuMath::tf32 : GpuMath::fma;
}

bool dlc::canCopyAsync(const GpuOperand &operand, const GpuTile &tile) {
  int64_t bytes = operand.element.getIntOrFloatBitWidth() / 8;
  return !operand.prologue && bytes == tile.storedBytes() &&
         operand.unit * bytes >= 4;
}

/// In cycles, roughly: the busiest scheduler's instructions.
static double cost(const GpuProduct &p, const GpuTile &t) {
  int64_t tiles = p.batch * llvm::divideCeil(p.rows, t.rows()) *
                  llvm::divideCeil(p.columns, t.columns());
  int64_t blocks = llvm::divideCeil(tiles, processors);
  int64_t warps = llvm::divideCeil(blocks * t.warpsM * t.warpsN, schedulers);
  // A k: multiply-adds, loads from shared memory, copies into it.
  double copies =
      double(t.rows() * p.a.instructions + t.columns() * p.b.instructions) /
      t.threads();
  return warps * (t.perM * t.perN + t.perM + t.perN + copies);
}

/// Registers of a thread, roughly: its sums, a chunk of k of both operands, and
/// for each piece that it copies where that comes from and goes to, in words of
/// 64 bits, and the piece itself where it passes through registers.
static int64_t registersOf(const GpuProduct &p, const GpuTile &t) {
  int64_t ofElement = t.stored.isF64() ? 2 : 1;
  int64_t elements = t.perM * t.perN, words = 0;
  if (t.math == GpuMath::fma)
    elements += (t.perM + t.perN) * t.chunk();
  else
    elements += 2 * t.perM + t.perN; // of a step's matrices
  for (auto [operand, rows] :
       {std::pair(&p.a, t.rows()), std::pair(&p.b, t.columns())}) {
    int64_t unit = std::min(operand->unit, t.chunk());
    int64_t copies = llvm::divideCeil(rows * t.depth() / unit, t.threads());
    bool isAsync = t.async && canCopyAsync(*operand, t);
    words += copies * (operand->rowValues + 2);
    elements += isAsync ? 0 : copies * unit * operand->arrays;
  }
  return elements * ofElement + words * 2;
}

int64_t dlc::blocksTogether(const GpuProduct &product, const GpuTile &tile) {
  // A scheduler's, of warps of 32 threads; what its loop computes besides.
  constexpr int64_t ofScheduler = 16384, ofLoop = 112, enoughWarps = 4;
  int64_t ofWarp = 32 * (registersOf(product, tile) + ofLoop);
  int64_t warps = std::min(ofScheduler / ofWarp, enoughWarps) * schedulers;
  return std::max<int64_t>(1, warps * 32 / tile.threads());
}

std::optional<GpuTile> dlc::chooseTile(const GpuProduct &p,
                                       const GpuTarget &target) {
  if (!p.needsTiles && p.batch * p.rows * p.columns * p.depth < tinyWork)
    return std::nullopt;
  GpuTile tile;
  Type element = p.a.element;
  tile.math = mathOf(element, target);
  MLIRContext *context = element.getContext();
  tile.stored = element.isF64() ? element
                : tile.math == GpuMath::half
                    ? Type(IntegerType::get(context, 16))
                    : Float32Type::get(context);
  tile.async =
      target.sm >= 80 && (canCopyAsync(p.a, tile) || canCopyAsync(p.b, tile));
  tile.stages = tile.async ? 3 : 2;

  ArrayRef<Shape> shapes = tile.math != GpuMath::fma ? ArrayRef(tensorShapes)
                           : element.isF64()         ? ArrayRef(doubleShapes)
                                                     : ArrayRef(fmaShapes);
  std::optional<GpuTile> best;
  for (const Shape &s : shapes) {
    GpuTile t = tile;
    t.lanesM = s.lanesM;
    t.lanesN = s.lanesN;
    t.perM = s.perM;
    t.perN = s.perN;
    t.warpsM = s.warpsM;
    t.warpsN = s.warpsN;
    // A tile that spills is no choice, if there is another.
    auto rank = [&](const GpuTile &t) {
      int64_t excess = std::max<int64_t>(registersOf(p, t) - mostRegisters, 0);
      return std::pair(excess, cost(p, t));
    };
    if (!best || rank(t) < rank(*best))
      best = t;
  }
  return best;
}
