// Whether a product collects reductions of its rows: the loss of its logits,
// the normalisation of its sum with a residual. The result then need not go to
// memory and come back. In exchange a tile has all columns of its rows.

#include "Fusion/Groups.h"

using namespace mlir;
using namespace dlc;

/// Enough rows for the tiles of many threads.
static constexpr int64_t leastTiledRows = 512;
/// Shorter rows leave lanes idle; the results of a group of longer ones, at
/// most 16 rows, leave the cache.
static constexpr int64_t leastRowBytes = 256, mostRowBytes = 16 * 1024;

/// The k of one block of sums (docs/decisions/0003-contractions.md). Of several
/// blocks, or of a right operand that a core's cache does not hold beside the
/// results, each band of rows would have to read all parts again. The longer
/// the sums, the less is gained, too.
static constexpr int64_t mostDepth = 512;
static constexpr int64_t mostRightBytes = 1024 * 1024;
/// The same if it is copied, as it is if it is transposed, or if its rows lie a
/// multiple of this apart.
static constexpr int64_t mostCopiedBytes = 512 * 1024;
static constexpr int64_t crowdedBytes = 2048;

/// Whether `g` draws random bits for `value`, or a map that may move into it:
/// each pass over a row would draw them again.
bool Groups::isDrawn(Value value, const Group &g) const {
  llvm::SetVector<Value> reached;
  reached.insert(value);
  for (size_t i = 0; i < reached.size(); ++i) {
    Operation *op = reached[i].getDefiningOp();
    auto found = groupOf.find(op);
    if (found == groupOf.end())
      continue;
    const Group &other = groups[found->second];
    std::optional<GroupId> reader;
    if (&other != &g &&
        (other.emitter != Emitter::map || !soleConsumer(found->second, reader)))
      continue;
    if (isa<RngBitGeneratorOp>(op))
      return true;
    if (op->hasTrait<Pointwise>())
      reached.insert(op->operand_begin(), op->operand_end());
  }
  return false;
}

bool Groups::takesRows(const Group &g, ReduceOp reduce) const {
  auto dot = dyn_cast<DotGeneralOp>(g.ops.front());
  int64_t last = static_cast<int64_t>(g.root.size()) - 1;
  if (!joinsRows || !dot || reduce.getDimensions() != ArrayRef(last) ||
      tensorType(dot.getResult()).getElementTypeBitWidth() < 32)
    return false;
  RankedTensorType right = tensorType(dot.getRhs());
  int64_t alongDepth = dot.getRhsContract().front();
  int64_t depth = right.getDimSize(alongDepth);
  int64_t rowBytes = g.root.back() * right.getElementTypeBitWidth() / 8;
  int64_t rows = ShapedType::getNumElements(ArrayRef(g.root).drop_back());
  bool isCopied =
      alongDepth + 1 == right.getRank() || rowBytes % crowdedBytes == 0;
  return rows >= leastTiledRows && rowBytes >= leastRowBytes &&
         rowBytes <= mostRowBytes && depth <= mostDepth &&
         rowBytes * depth <= (isCopied ? mostCopiedBytes : mostRightBytes) &&
         !isDrawn(reduce.getOperand(), g) && !feedsColumns(dot);
}

/// Whether columns are summed of what is computed from `value` without its
/// rows' statistics. For them it has to lie in memory, or they join the kernel
/// of the rows (dlc-block-column-sums).
bool Groups::feedsColumns(Value value) const {
  llvm::SetVector<Value> reached;
  reached.insert(value);
  auto readsStatistic = [](const Read &r) { return r.access == Access::row; };
  auto sumsColumns = [](ReduceOp reduce) {
    return !llvm::is_contained(reduce.getDimensions(),
                               tensorType(reduce.getOperand()).getRank() - 1);
  };
  for (size_t i = 0; i < reached.size(); ++i)
    for (Operation *user : reached[i].getUsers()) {
      if (auto reduce = dyn_cast<ReduceOp>(user); reduce && sumsColumns(reduce))
        return true;
      if (user->hasTrait<Pointwise>() &&
          shapeOf(user->getResult(0)) == shapeOf(value) &&
          llvm::none_of(free.readsOf(user), readsStatistic))
        reached.insert(user->getResult(0));
    }
  return false;
}
