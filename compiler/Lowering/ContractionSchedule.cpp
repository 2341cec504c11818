#include "Lowering/ContractionSchedule.h"

#include "IR/Prologue.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace dlc;

/// Dots: bytes of B, and of chains, that stay in the first level of the cache.
static constexpr int64_t firstLevelBytes = 16 * 1024;
static constexpr int64_t chainsBytes = 8 * 1024;

/// Copying a strip pays from this many rows on.
static constexpr int64_t packedRows = 48;

/// It pays from fewer rows on where each of the strip's rows lies in a page of
/// its own.
static constexpr int64_t packedScatteredRows = 17;

/// Rows that lie a multiple of this apart share one set of the first level of
/// the cache; so many of them leave no room in it.
static constexpr int64_t pageBytes = 4096;
static constexpr int64_t leastCrowdedRows = 8;

/// What the last level of the cache is likely to hold of a matrix.
static constexpr int64_t lastLevelBytes = int64_t(8) << 20;

/// A kernel keeps one and a half of this on its thread's stack at most, however
/// large the cache is.
static constexpr int64_t mostOnStack = int64_t(1) << 20;

/// k that lie a multiple of this apart share two sets of the first level of the
/// cache: what is fetched ahead is lost before it is read.
static constexpr int64_t crowdedBytes = 2048;

/// Rows of a tile of whole rows.
static constexpr int64_t rowsOfWholeTile = 32;

static int64_t ceilDiv(int64_t x, int64_t y) { return (x + y - 1) / y; }

SmallVector<int64_t> Split::lengths() const {
  SmallVector<int64_t> result = {largest()};
  if (smallest() != largest())
    result.push_back(smallest());
  return result;
}

/// `operand` as it is given, or its transpose.
static OperandMatrix matrixOf(Value operand, bool isTransposed) {
  OperandMatrix matrix;
  RankedTensorType type = tensorType(operand);
  matrix.row = type.getShape().back();
  matrix.column = 1;
  matrix.size = type.getNumElements();
  if (std::optional<OperandView> view = viewOf(operand)) {
    matrix.memory = view->memory;
    matrix.size = tensorType(view->memory).getNumElements();
    matrix.row = view->stride;
    matrix.offset = view->offset;
    matrix.batchShape = view->batchShape;
    matrix.batchStrides = view->batchStrides;
  }
  if (isTransposed)
    std::swap(matrix.row, matrix.column);
  return matrix;
}

Product::Product(DotGeneralOp dot, bool bf16Dots) : dot(dot) {
  RankedTensorType lhs = tensorType(dot.getLhs());
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

  // Few columns leave lanes idle, and an A that is not contiguous along k fills
  // them as well. Few rows do not pay for the transposition of a B that is.
  BlockArgument packed = stripsOf(dot.getRhs());
  feedsRows = !dot->getBlock()->getOps<ReduceOp>().empty();
  if (k == 0 || packed || feedsRows) {
    // Nothing to multiply, columns in strips, or rows that must be whole.
  } else if (n <= lanes && lhsAlongK) {
    dots = true;
  } else if (n <= lanes || (n <= 3 * lanes && n < m && !lhsAlongK)) {
    swapped = true;
  } else if (m <= lanes && rhsAlongK) {
    dots = swapped = true;
  }
  rows = swapped ? n : m;
  columns = swapped ? m : n;
  a = matrixOf(left(), /*isTransposed=*/swapped ? !rhsAlongK : !lhsAlongK);
  b = matrixOf(right(), /*isTransposed=*/swapped ? lhsAlongK : rhsAlongK);
  aAlongDepth = swapped ? rhsAlongK : lhsAlongK;
  bAlongDepth = swapped ? lhsAlongK : rhsAlongK;
  if (packed) {
    b.memory = packed;
    b.row = tensorType(packed).getDimSize(2);
    packedStrips = tensorType(packed).getDimSize(0);
  }
  computesA = k != 0 && !a.memory;
  computesB = k != 0 && !b.memory;
  pairs = bf16Dots && !dots && takesPairs(rows, columns, k) &&
          widenedBf16(left()) && widenedBf16(right());
  if (pairs)
    k /= 2;
}

/// The height of a group: as many rows as the registers hold, unless the last
/// group would then compute much that the one before has computed.
static int64_t heightOf(int64_t rows, int64_t limit) {
  if (rows <= limit)
    return rows;
  int64_t best = limit;
  auto computed = [&](int64_t height) {
    return ceilDiv(rows, height) * height;
  };
  if (10 * computed(limit) <= 11 * rows)
    return limit;
  for (int64_t height = limit; 4 * height >= 3 * limit; --height)
    if (computed(height) < computed(best))
      best = height;
  return best;
}

/// The vectors of columns that a micro-kernel takes at once.
static int64_t widthOf(int64_t rows, int64_t units) {
  // Few rows take wide strips, or the multipliers would wait for each other.
  if (rows <= 14)
    return rows <= 2 ? 8 : rows <= 4 ? 6 : rows <= 8 ? 3 : 2;
  // 8 x 3 or 6 x 4, whichever leaves no narrower strip, or else computes fewer
  // rows again.
  if (units % 3 == 0 || units / ceilDiv(units, 4) < 3)
    return 3;
  return units % 4 == 0 || llvm::alignTo(rows, 6) < llvm::alignTo(rows, 8) ? 4
                                                                           : 3;
}

Schedule::Schedule(const Product &p, const VectorRegisters &registers,
                   int64_t cacheBytes, bool storesSums)
    : blockK(p.dots    ? 2048
             : p.pairs ? 256
                       : 512) {
  // The machine's registers in logical vectors.
  int64_t vectors =
      registers.count / std::max<int64_t>(1, 64 / registers.bytes);
  // Accumulators, a vector of b for each unit, and one for a.
  auto rowsBeside = [&](int64_t units) {
    return std::max<int64_t>(1, (vectors - 1 - units) / units);
  };
  if (p.dots) {
    // As square as can be: fewest loads a multiplication.
    int64_t most = std::max<int64_t>(1, std::sqrt(vectors));
    dotColumns = ceilDiv(p.columns, ceilDiv(p.columns, most));
    groupRows = heightOf(p.rows, std::min<int64_t>(rowsBeside(dotColumns), 8));
  } else {
    strips = {p.units(), ceilDiv(p.units(), widthOf(p.rows, p.units()))};
    if (p.packedStrips)
      strips.count = p.packedStrips;
    microUnits = vectors < 16 ? 1 : strips.largest();
    groupRows = heightOf(p.rows, std::min<int64_t>(rowsBeside(microUnits),
                                                   microUnits == 3 ? 8 : 16));
  }
  chooseCopies(p);
  cut(p, cacheBytes, p.k > blockK && !storesSums);
  if (p.dots)
    sizeChains(p);
}

/// What is copied, and what is read in place and fetched ahead.
void Schedule::chooseCopies(const Product &p) {
  int64_t elementBytes = 64 / p.lanes;
  auto isCrowded = [&](int64_t step) {
    return step * elementBytes % crowdedBytes == 0;
  };
  bool oneStrip = strips.count == 1 && p.columns % p.lanes == 0;
  bool isScattered = p.b.row * elementBytes >= pageBytes;
  int64_t leastRows = isScattered ? packedScatteredRows : packedRows;
  packsB = p.k > 0 && !p.packedStrips &&
           (p.computesB ||
            (p.dots ? p.b.row != 1
                    : p.b.column != 1 || (p.rows >= leastRows && !oneStrip &&
                                          isCrowded(p.b.row))));
  if (packsB && !p.computesB && p.b.column == 1 && p.columns % p.lanes == 0 &&
      p.units() % strips.count == 0 && p.b.row * elementBytes >= 2 * pageBytes)
    copiedStrips = std::min<int64_t>(strips.count, 4);

  bool readAgain = !p.dots && p.k > 0 && (strips.count > 1 || p.computesA);
  packsA = readAgain &&
           (p.computesA || (p.a.column >= p.lanes && isCrowded(p.a.column)));
  bool inOnePage =
      std::max(p.a.row, p.a.column) * elementBytes % pageBytes == 0;
  if (packsA && inOnePage)
    copiedGroups = std::max<int64_t>(1, 4 * p.lanes / groupRows);
  bool takesRows = p.computesA ? p.aAlongDepth
                               : p.a.column == 1 && p.k % p.lanes == 0 &&
                                     inOnePage && groupRows >= leastCrowdedRows;
  if (readAgain && takesRows) {
    packsA = true;
    bandRow = std::min(p.k, blockK) + p.lanes;
  }
  fetchesA = !p.dots && !packsA && p.a.column >= p.lanes;
  fetchesB = p.rows > 1 || p.k * p.columns * elementBytes > lastLevelBytes;
}

/// Tiles, bands, and the strips that meet in the cache. `keepsSums`: those of
/// one block of k stay in scratch until the next.
void Schedule::cut(const Product &p, int64_t cacheBytes, bool keepsSums) {
  // Enough tiles for 16 threads, and enough work in each to pay for its start.
  int64_t rowsOfTile = std::clamp<int64_t>(
      llvm::bit_floor(uint64_t(8192 / std::max<int64_t>(p.k, 1))), 32, 64);
  if (p.feedsRows)
    rowsOfTile = rowsOfWholeTile;
  int64_t groups = ceilDiv(p.rows, groupRows);
  tiles = {groups, std::min(groups, ceilDiv(p.rows, rowsOfTile))};

  // The strips whose block of k takes half of the second level of the cache: it
  // stays there while all rows of a band pass by. A band is bounded by what is
  // copied of A, and by the sums of several blocks.
  int64_t stripBytes = strips.largest() * 64;
  int64_t depth = std::max<int64_t>(1, std::min(p.k, blockK));
  int64_t rowBytes = depth * 64 / p.lanes;
  int64_t stackBytes = std::min(cacheBytes, mostOnStack);
  int64_t sharedBytes = (packsB ? stackBytes : cacheBytes) / 2;
  if (!p.dots)
    sharedStrips = std::clamp<int64_t>(sharedBytes / (depth * stripBytes), 1,
                                       strips.count);
  // What is turned is in a nearer cache if it is soon read: 1 % of 256x784x256.
  if (packsB && p.b.row == 1 && !p.feedsRows)
    sharedStrips = std::min<int64_t>(sharedStrips, 4);
  int64_t rowsOfBand = p.rows;
  if (packsA)
    rowsOfBand = std::min(rowsOfBand, stackBytes / rowBytes);
  finishesGroups = p.k <= blockK && sharedStrips == strips.count;
  if (p.feedsRows && !finishesGroups)
    rowsOfBand = std::min(rowsOfBand, stackBytes / 2 / (p.units() * 64));
  else if (keepsSums)
    rowsOfBand =
        std::min(rowsOfBand, stackBytes / 4 / (sharedStrips * stripBytes));
  bands = ceilDiv(tiles.count, std::max<int64_t>(1, rowsOfBand / rowsOfTile));
  tiles.count = std::min<int64_t>(llvm::alignTo(tiles.count, bands),
                                  groups / bands * bands);

  // Strips that share what is copied of A.
  int64_t sumBytes = groupsOfBand() * groupRows * stripBytes;
  mostStrips = strips.count;
  tileStrips = p.feedsRows ? 1 : strips.count;
  if (keepsSums && !p.feedsRows)
    mostStrips =
        std::clamp<int64_t>(stackBytes / 2 / sumBytes, 1, strips.count);
}

/// What stays in the first level of the cache while dots are computed: B, as
/// few equal parts of k as fit, and chains that are not yet summed.
void Schedule::sizeChains(const Product &p) {
  int64_t elementBytes = 64 / p.lanes;
  int64_t most =
      std::max(firstLevelBytes / (p.columns * elementBytes), p.lanes);
  int64_t size = std::min(p.k, blockK);
  chainK = llvm::alignTo(ceilDiv(size, ceilDiv(size, most)), p.lanes);
  int64_t chainBytes = groupRows * p.columns * 64;
  chainGroups =
      std::clamp<int64_t>(chainsBytes / chainBytes, 1, groupsOfBand());
}

int64_t Schedule::groupsOfBand() const {
  int64_t most = 0;
  for (int64_t i = 0; i < tiles.count; i += tilesOfBand())
    most = std::max(most, tiles.start(i + tilesOfBand()) - tiles.start(i));
  return most;
}
