// Packs right operands that would be copied to strips again and again (see
// Passes.td): by each trip of a loop, for each band of rows of a tall product,
// or by each call that is given the same weights.
//
// A product reads its right operand in strips of columns. Where the columns of
// a matrix are its memory's rows, each trip would transpose it again, and where
// its rows are long, each k of a strip lies in a page of its own. In exchange
// the loop, or the product, has a kernel before it, and memory as large as the
// operand.
//
// How an element is summed does not depend on where the operand lies, except
// where the lanes hold neighbouring k (docs/decisions/0003-contractions.md):
// those products are left alone.

#include "IR/Invariant.h"
#include "IR/PackedMatrix.h"
#include "Layout/Passes.h"

namespace dlc {
#define GEN_PASS_DEF_PACKOPERANDS
#include "Layout/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// A loop with fewer trips does not pay for a kernel of its own.
static constexpr int64_t leastTrips = 4;
/// A matrix that stays in the first level of the cache needs no packing.
static constexpr int64_t leastBytes = 16 * 1024;
/// Rows at least this far apart (bytes) are soon in as many pages.
static constexpr int64_t longRow = 1024;
/// A product of this many rows has enough bands of them to copy an operand of
/// this size, which no cache of a core holds, once for all.
static constexpr int64_t tallRows = 1024;
static constexpr int64_t tallBytes = 8 * 1024 * 1024;
/// What is packed once for many calls pays for products of so many rows: fewer
/// read the operand once as it is, more compute long in comparison. Rows of
/// less than a page are as good as strips.
static constexpr int64_t leastPreparedRows = 16, mostPreparedRows = 128;
static constexpr int64_t pageBytes = 4096;
/// A result at most this wide or high has neighbouring k in the lanes.
static constexpr int64_t mostDotColumns = 16;

/// How a matrix is packed.
struct Packing {
  Value matrix;
  /// The matrix is given as [column, row].
  bool isTransposed;
  int64_t strips;

  bool operator==(const Packing &other) const {
    return matrix == other.matrix && isTransposed == other.isTransposed &&
           strips == other.strips;
  }
};

/// The loops, the innermost first, for which `value` is a constant, and what it
/// is before them.
static Value invariantIn(Value value, SmallVectorImpl<ScanOp> &loops) {
  while (auto argument = dyn_cast<BlockArgument>(value)) {
    auto scan = dyn_cast<ScanOp>(argument.getOwner()->getParentOp());
    unsigned before =
        scan ? scan.getNumCarries() + scan.getSequences().size() : 0;
    if (!scan || argument.getArgNumber() < before)
      break;
    loops.push_back(scan);
    value = scan.getConstants()[argument.getArgNumber() - before];
  }
  return value;
}

/// The vectors of columns in a strip: as a micro-kernel of that many rows likes
/// them; 0 if no width divides the columns.
static int64_t stripUnits(int64_t rows, int64_t units) {
  SmallVector<int64_t> widths = {3, 2, 4};
  if (rows >= tallRows)
    widths = {4, 3, 2};
  else if (rows <= 2)
    widths = {8, 6, 4, 2};
  else if (rows <= 4)
    widths = {6, 4, 3, 2};
  for (int64_t width : widths)
    if (units % width == 0)
      return width;
  return 0;
}

/// How the product's right operand had better lie, if it is read often enough.
static std::optional<Packing> packingOf(KernelOp kernel, DotGeneralOp dot,
                                        SmallVectorImpl<ScanOp> &loops) {
  auto argument = dyn_cast<BlockArgument>(dot.getRhs());
  auto type = dyn_cast<RankedTensorType>(dot.getRhs().getType());
  if (!argument || !argument.hasOneUse() || type.getRank() != 2 ||
      type.getElementTypeBitWidth() < 32)
    return {};
  Value operand = kernel.getInputs()[argument.getArgNumber()];
  Value matrix = invariantIn(operand, loops);
  int64_t trips = 1;
  for (ScanOp loop : loops)
    trips *= std::max<int64_t>(loop.getMostTrips(), 1);
  auto result = tensorType(dot.getResult());
  int64_t rows = result.getDimSize(0), columns = result.getDimSize(1);
  int64_t bytes = type.getElementTypeBitWidth() / 8,
          size = type.getNumElements() * bytes;
  bool isRepeated = trips >= leastTrips && size >= leastBytes;
  bool isTransposed = dot.getRhsContract().front() == 1;
  // Each k of a strip in a page of its own; transposing goes along the pages.
  bool isTall = rows >= tallRows && size >= tallBytes && !isTransposed;
  bool isPrepared = loops.empty() && isInvariant(matrix) &&
                    size >= leastBytes && rows >= leastPreparedRows &&
                    rows <= mostPreparedRows &&
                    (isTransposed || columns * bytes >= pageBytes);
  if (!(isRepeated || isTall || isPrepared) || operand.getType() != type)
    return {};

  bool isPacked = isTransposed || columns * bytes >= longRow;
  int64_t lanes = 64 / bytes;
  if (!isPacked || columns % lanes != 0 || columns <= mostDotColumns ||
      (isTransposed && rows <= mostDotColumns))
    return {};
  int64_t units = stripUnits(rows, columns / lanes);
  if (units == 0)
    return {};
  return Packing{matrix, isTransposed, columns / lanes / units};
}

/// A kernel before `user`, a loop or the product's kernel, that writes the
/// strips.
static Value pack(const Packing &packing, Operation *user) {
  OpBuilder b(user);
  auto type = tensorType(packing.matrix);
  int64_t rows = type.getDimSize(packing.isTransposed ? 1 : 0);
  int64_t width = type.getNumElements() / rows / packing.strips;
  auto packed = type.clone({packing.strips, rows, width});
  auto kernel = b.create<KernelOp>(
      packing.matrix.getLoc(), TypeRange{packed}, Emitter::map, packing.matrix,
      b.getStringAttr(isa<ScanOp>(user)             ? "packed once for a loop"
                      : isInvariant(packing.matrix) ? "packed for many calls"
                                                    : "packed for many rows"));
  SmallVector<int64_t> given = {packing.strips, width, rows};
  SmallVector<int64_t> permutation = {0, 2, 1};
  if (!packing.isTransposed) {
    given = {rows, packing.strips, width};
    permutation = {1, 0, 2};
  }
  Block *body = b.createBlock(&kernel.getBody());
  Value matrix = body->addArgument(type.clone(given), kernel.getLoc());
  Value turned =
      b.create<TransposeOp>(kernel.getLoc(), packed, matrix, permutation);
  b.create<YieldOp>(kernel.getLoc(), turned);
  return kernel.getResult(0);
}

/// The value as the body of the innermost loop sees it.
static Value passInto(Value value, ArrayRef<ScanOp> loops) {
  for (ScanOp loop : llvm::reverse(loops)) {
    Block &body = loop.getBody().front();
    OperandRange constants = loop.getConstants();
    auto known = llvm::find(constants, value);
    if (known != constants.end()) {
      value = body.getArgument(loop.getNumCarries() +
                               loop.getSequences().size() + known.getIndex());
      continue;
    }
    loop.getConstantsMutable().append(value);
    value = body.addArgument(value.getType(), value.getLoc());
  }
  return value;
}

/// The kernel's product reads strips.
static void readStrips(KernelOp kernel, DotGeneralOp dot, Value packed) {
  OpBuilder b(dot);
  auto argument = cast<BlockArgument>(dot.getRhs());
  auto type = tensorType(packed);
  int64_t strips = type.getDimSize(0), rows = type.getDimSize(1),
          width = type.getDimSize(2);
  kernel.setOperand(argument.getArgNumber(), packed);
  argument.setType(type);
  Value turned =
      b.create<TransposeOp>(dot.getLoc(), type.clone({rows, strips, width}),
                            argument, ArrayRef<int64_t>{1, 0, 2});
  Value matrix = b.create<ReshapeOp>(
      dot.getLoc(), type.clone({rows, strips * width}), turned);
  dot.getRhsMutable().assign(matrix);
  dot.setRhsContract({0});
}

namespace {
struct PackOperands : dlc::impl::PackOperandsBase<PackOperands> {
  using PackOperandsBase::PackOperandsBase;

  void runOnOperation() override {
    SmallVector<std::pair<KernelOp, DotGeneralOp>> products;
    getOperation().walk([&](KernelOp kernel) {
      if (kernel.getEmitter() == Emitter::contraction)
        for (auto dot : kernel.getBody().getOps<DotGeneralOp>())
          products.push_back({kernel, dot});
    });
    // What several products read, behind a loop or in one block.
    SmallVector<std::pair<Packing, std::pair<Operation *, Value>>> known;
    for (auto [kernel, dot] : products) {
      SmallVector<ScanOp> loops;
      std::optional<Packing> packing = packingOf(kernel, dot, loops);
      if (!packing)
        continue;
      Operation *user = loops.empty() ? kernel : loops.back();
      Value packed;
      for (auto &[other, place] : known)
        if (other == *packing &&
            (place.first == user ||
             (loops.empty() && place.first->getBlock() == user->getBlock())))
          packed = place.second;
      if (!packed) {
        packed = pack(*packing, user);
        known.push_back({*packing, {user, packed}});
      }
      readStrips(kernel, dot, passInto(packed, loops));
    }
  }
};
} // namespace
