#include "Lowering/ContractionSchedule.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace dlc;

/// Bytes of a packed strip or band at most: beside the other operand they fit
/// the second level of a cache, and a thread's stack.
static constexpr int64_t packLimit = 192 * 1024;

/// From this size on (bytes of B, rows of A), reading a strip again and again
/// from rows that lie far apart costs more than copying it once.
static constexpr int64_t scatteredBytes = 256 * 1024;
static constexpr int64_t scatteredRows = 64;

static int64_t ceilDiv(int64_t x, int64_t y) { return (x + y - 1) / y; }

Product::Product(DotGeneralOp dot) : dot(dot) {
  RankedTensorType lhs = tensorType(dot.getLhs());
  RankedTensorType rhs = tensorType(dot.getRhs());
  RankedTensorType result = tensorType(dot.getResult());
  element = result.getElementType();
  lanes = element.isF64() ? 8 : 16;
  int64_t first = dot.getLhsBatch().size(); // of a matrix's two dimensions
  batch = first ? lhs.getDimSize(0) : 1;
  m = result.getDimSize(first);
  n = result.getDimSize(first + 1);
  k = lhs.getDimSize(dot.getLhsContract().front());
  bool lhsAlongK = dot.getLhsContract().front() == first + 1;
  bool rhsAlongK = dot.getRhsContract().front() == first + 1;

  // Few columns leave lanes idle; few rows do not pay for the transposition of
  // a B that is contiguous along k.
  if (n <= lanes) {
    dots = lhsAlongK;
    swapped = !lhsAlongK;
  } else if (m <= lanes && rhsAlongK) {
    dots = swapped = true;
  }
  rows = swapped ? n : m;
  columns = swapped ? m : n;
  FlatMatrix left{lhs.getNumElements(), lhsAlongK ? k : 1, lhsAlongK ? 1 : m};
  FlatMatrix right{rhs.getNumElements(), rhsAlongK ? 1 : n, rhsAlongK ? k : 1};
  auto transposed = [](const FlatMatrix &x) {
    return FlatMatrix{x.size, x.column, x.row};
  };
  a = swapped ? transposed(right) : left;
  b = swapped ? transposed(left) : right;
}

/// The height of a group: the largest of which equal groups can be made, if it
/// is near the limit. One height is one micro-kernel to compile.
static int64_t groupRows(int64_t rows, int64_t limit) {
  for (int64_t height = limit; 4 * height >= 3 * limit; --height)
    if (rows % height == 0)
      return height;
  return limit;
}

Schedule::Schedule(const Product &p, const VectorRegisters &registers)
    : blockK(p.dots ? 2048 : 512) {
  // The machine's registers in logical vectors.
  int64_t vectors =
      registers.count / std::max<int64_t>(1, 64 / registers.bytes);
  // Accumulators, a vector of b for each unit, and one for a.
  auto rowsBeside = [&](int64_t units) {
    return std::max<int64_t>(1, (vectors - 1 - units) / units);
  };
  int64_t microRows;
  if (p.dots) {
    // As square as can be: fewest loads a multiplication.
    int64_t most = std::max<int64_t>(1, std::sqrt(vectors));
    dotColumns = ceilDiv(p.columns, ceilDiv(p.columns, most));
    microRows = std::min<int64_t>(rowsBeside(dotColumns), 8);
  } else {
    // Few rows take wide strips, or the multipliers would wait for each other.
    int64_t units = p.rows <= 2    ? 8
                    : p.rows <= 4  ? 6
                    : p.rows <= 8  ? 3
                    : p.rows <= 14 ? 2
                                   : 3;
    strips = {p.units(), ceilDiv(p.units(), units)};
    microUnits = vectors < 16 ? 1 : strips.largest();
    microRows =
        std::min<int64_t>(rowsBeside(microUnits), microUnits == 3 ? 8 : 16);
  }
  groups = {p.rows, ceilDiv(p.rows, groupRows(p.rows, microRows))};

  int64_t elementBytes = 64 / p.lanes;
  int64_t stripColumns = p.dots ? p.columns : strips.largest() * p.lanes;
  bool scattered = !p.dots && p.rows >= scatteredRows &&
                   p.k * p.columns * elementBytes >= scatteredBytes;
  packsB = p.k > 0 && (p.dots ? p.b.row != 1 : p.b.column != 1 || scattered);
  packsAllK = packsB && p.k * stripColumns * elementBytes <= packLimit;

  // Enough tiles for 16 threads, and enough work in each to pay for its start.
  int64_t rowsOfTile = 256;
  if (!packsB || packsAllK)
    rowsOfTile = std::clamp<int64_t>(
        llvm::bit_floor(uint64_t(8192 / std::max<int64_t>(p.k, 1))), 32, 64);
  tiles = {groups.count, std::min(groups.count, ceilDiv(p.rows, rowsOfTile))};

  int64_t rowBytes = p.k * elementBytes;
  packsA = !p.dots && p.a.column != 1 && p.k > 0 && strips.count > 1 &&
           rowsOfTile * rowBytes <= packLimit;
  if (packsA) {
    int64_t most = std::max<int64_t>(1, packLimit / (rowsOfTile * rowBytes));
    bands = ceilDiv(tiles.count, most);
    tiles.count = std::min<int64_t>(llvm::alignTo(tiles.count, bands),
                                    groups.count / bands * bands);
  }
}

int64_t Schedule::span(int64_t step, const Split &unit) const {
  int64_t most = 0;
  for (int64_t i = 0; i < tiles.count; i += step)
    most = std::max(most, unit.start(tiles.start(i + step)) -
                              unit.start(tiles.start(i)));
  return most;
}
