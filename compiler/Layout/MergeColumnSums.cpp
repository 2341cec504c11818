// Lets a row kernel sum columns on its way (see Passes.td): the gradients of a
// normalisation's scale and bias are sums down the rows that it reads anyway.
//
// The rows are cut into blocks of neighbours, [M, N] to [M / R, R, N]. For each
// block the row kernel leaves sums along R, and the column kernel adds those of
// the blocks. R follows from the shape, and with it the order of the sums.

#include "IR/BlockSums.h"
#include "Layout/Passes.h"
#include "mlir/IR/IRMapping.h"

namespace dlc {
#define GEN_PASS_DEF_MERGECOLUMNSUMS
#include "Layout/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Rows of a block at most, and at least.
static constexpr int64_t mostRows = 32, leastRows = 8;
/// Shorter rows are not worth it, and of longer ones the sums, which are kept
/// beside a row, leave the first level of the cache.
static constexpr int64_t leastColumns = 64, mostColumns = 4096;
/// A matrix of fewer elements is found in a cache when it is read again.
static constexpr int64_t leastElements = 128 * 1024;

static Block &bodyOf(KernelOp kernel) { return kernel.getBody().front(); }

/// The matrix that a row or column kernel walks; null if it walks anything
/// else.
static RankedTensorType matrixOf(KernelOp kernel, int64_t reduced) {
  RankedTensorType matrix;
  for (ReduceOp reduce : bodyOf(kernel).getOps<ReduceOp>()) {
    auto type = tensorType(reduce.getOperand());
    if (type.getRank() != 2 || reduce.getDimensions() != ArrayRef(reduced) ||
        (matrix && matrix.getShape() != type.getShape()))
      return {};
    matrix = type;
  }
  return matrix;
}

/// The rows of a block; 0 if there are none that fit.
static int64_t rowsOfBlock(int64_t rows) {
  for (int64_t size = mostRows; size >= leastRows; --size)
    if (rows % size == 0)
      return size;
  return 0;
}

namespace {
/// Copies ops on [M, N], [M], [N] or scalars to where M is [M / R, R].
class Blocking {
public:
  Blocking(OpBuilder &b, ArrayRef<int64_t> matrix, int64_t rows)
      : b(b), matrix(matrix), rows(rows) {}

  /// Whether `copy` can copy `op`.
  bool accepts(Operation *op) const {
    auto isKnown = [&](Value v) {
      ArrayRef<int64_t> shape = tensorType(v).getShape();
      return shape.empty() || shape == matrix || shape == matrix.take_back() ||
             shape == matrix.take_front();
    };
    if (!llvm::all_of(op->getOperands(), isKnown) ||
        !llvm::all_of(op->getResults(), isKnown))
      return false;
    if (auto constant = dyn_cast<ConstantOp>(op))
      return isa<SplatElementsAttr>(constant.getValue());
    if (isa<CheckIndexOp, AssertFiniteOp, PrintOp>(op))
      return false;
    return isa<ReduceOp, BroadcastInDimOp>(op) || op->hasTrait<Pointwise>();
  }

  Type blocked(Type type) const {
    auto tensor = cast<RankedTensorType>(type);
    if (tensor.getRank() == 0 || tensor.getShape() == matrix.take_back())
      return type;
    SmallVector<int64_t> shape = {matrix[0] / rows, rows};
    llvm::append_range(shape, tensor.getShape().drop_front());
    return tensor.clone(shape);
  }

  void copy(Operation *op, IRMapping &map) {
    if (map.contains(op->getResult(0)))
      return;
    Operation *copied = b.clone(*op, map);
    for (Value result : copied->getResults())
      result.setType(blocked(result.getType()));
    if (auto constant = dyn_cast<ConstantOp>(copied))
      constant.setValueAttr(cast<SplatElementsAttr>(constant.getValue())
                                .resizeSplat(constant.getType()));
    if (auto reduce = dyn_cast<ReduceOp>(copied))
      reduce.setDimensions({2});
    auto broadcast = dyn_cast<BroadcastInDimOp>(copied);
    if (!broadcast || broadcast.getDimensions().empty())
      return;
    SmallVector<int64_t> dims;
    for (int64_t d : broadcast.getDimensions())
      d == 0 ? dims.append({0, 1}) : dims.push_back(2);
    // A broadcast of columns to columns changes nothing.
    if (tensorType(copied->getResult(0)).getRank() != 1)
      broadcast.setDimensions(dims);
  }

private:
  OpBuilder &b;
  ArrayRef<int64_t> matrix;
  int64_t rows;
};

class Merger {
public:
  Merger(KernelOp row, KernelOp column, ArrayRef<int64_t> matrix, int64_t rows)
      : row(row), column(column), matrix(matrix), rows(rows) {}

  bool canMerge();
  void merge();

private:
  bool isBefore(Value input) const;
  bool isSummed(BlockArgument argument) const;
  bool isOnlySummed(OpResult result) const;

  KernelOp row, column;
  ArrayRef<int64_t> matrix;
  int64_t rows;
  /// The ops of the column kernel that its sums need.
  llvm::SetVector<Operation *> summands;
};
} // namespace

/// Whether a value that `column` reads exists where `row` stands.
bool Merger::isBefore(Value input) const {
  Operation *op = input.getDefiningOp();
  if (op == row)
    return true;
  while (op && op->getBlock() != row->getBlock())
    op = op->getParentOp();
  return !op || op->isBeforeInBlock(row);
}

bool Merger::canMerge() {
  OpBuilder b(row);
  Blocking blocking(b, matrix, rows);
  for (Operation &op : bodyOf(row).without_terminator())
    if (!blocking.accepts(&op))
      return false;
  SmallVector<Value> open;
  for (ReduceOp reduce : bodyOf(column).getOps<ReduceOp>()) {
    // Narrower sums would be rounded block by block.
    if (tensorType(reduce.getOperand()).getElementTypeBitWidth() < 32)
      return false;
    open.push_back(reduce.getOperand());
  }
  bool shares = false;
  while (!open.empty()) {
    Value v = open.pop_back_val();
    if (auto argument = dyn_cast<BlockArgument>(v)) {
      Value input = column.getInputs()[argument.getArgNumber()];
      if (!isBefore(input))
        return false;
      shares |= tensorType(v).getShape() == matrix &&
                (input.getDefiningOp() == row ||
                 llvm::is_contained(row.getInputs(), input));
    } else if (!isa<ReduceOp>(v.getDefiningOp()) &&
               blocking.accepts(v.getDefiningOp())) {
      if (summands.insert(v.getDefiningOp()))
        llvm::append_range(open, v.getDefiningOp()->getOperands());
    } else {
      return false;
    }
  }
  return shares;
}

/// Whether the sums read an argument of the column kernel.
bool Merger::isSummed(BlockArgument argument) const {
  return llvm::any_of(argument.getUsers(), [&](Operation *user) {
    return summands.contains(user) || isa<ReduceOp>(user);
  });
}

/// Whether nothing but the sums reads a result of the row kernel.
bool Merger::isOnlySummed(OpResult result) const {
  return llvm::all_of(result.getUses(), [&](OpOperand &use) {
    if (use.getOwner() != column)
      return false;
    auto argument = bodyOf(column).getArgument(use.getOperandNumber());
    return llvm::all_of(argument.getUsers(), [&](Operation *user) {
      return summands.contains(user) || isa<ReduceOp>(user);
    });
  });
}

void Merger::merge() {
  OpBuilder b(row);
  Blocking blocking(b, matrix, rows);
  SmallVector<ReduceOp> sums(bodyOf(column).getOps<ReduceOp>());
  SmallVector<OpResult> kept(llvm::make_filter_range(
      row.getResults(), [&](OpResult r) { return !isOnlySummed(r); }));
  SmallVector<Type> types(
      llvm::map_range(kept, [](OpResult result) { return result.getType(); }));
  for (ReduceOp sum : sums)
    types.push_back(
        RankedTensorType::get({matrix[0] / rows, matrix[1]},
                              tensorType(sum.getOperand()).getElementType()));
  Location loc = b.getFusedLoc({row.getLoc(), column.getLoc()});
  auto merged = b.create<KernelOp>(loc, types, Emitter::row, row.getInputs(),
                                   row.getEndsAttr());
  Block *body = b.createBlock(&merged.getBody());
  IRMapping map;
  for (BlockArgument argument : bodyOf(row).getArguments())
    map.map(argument, body->addArgument(blocking.blocked(argument.getType()),
                                        argument.getLoc()));
  for (Operation &op : bodyOf(row).without_terminator())
    blocking.copy(&op, map);
  OperandRange yielded = bodyOf(row).getTerminator()->getOperands();
  SmallVector<Value> yields;
  for (OpResult result : kept)
    yields.push_back(map.lookup(yielded[result.getResultNumber()]));

  // What the sums read: a result of the row kernel, or an input.
  for (BlockArgument argument : bodyOf(column).getArguments()) {
    if (!isSummed(argument))
      continue;
    Value input = column.getInputs()[argument.getArgNumber()];
    Type type = blocking.blocked(argument.getType());
    if (input.getDefiningOp() == row) {
      Value known =
          map.lookup(yielded[cast<OpResult>(input).getResultNumber()]);
      if (known.getType() == type) {
        map.map(argument, known);
        continue;
      }
    }
    for (auto [i, other] : llvm::enumerate(merged.getInputs()))
      if (other == input && body->getArgument(i).getType() == type)
        map.map(argument, body->getArgument(i));
    if (map.contains(argument))
      continue;
    map.map(argument, body->addArgument(type, argument.getLoc()));
    merged.getInputsMutable().append(input);
  }
  for (Operation &op : bodyOf(column))
    if (summands.contains(&op))
      blocking.copy(&op, map);
  for (ReduceOp sum : sums)
    yields.push_back(b.create<ReduceOp>(sum.getLoc(), sum.getKind(),
                                        map.lookup(sum.getOperand()),
                                        ArrayRef<int64_t>{1}));
  b.create<YieldOp>(loc, yields);

  // The column kernel adds blocks.
  for (auto [i, sum] : llvm::enumerate(sums)) {
    Value partial = merged.getResult(kept.size() + i);
    column.getInputsMutable().append(partial);
    sum.getOperandMutable().assign(
        bodyOf(column).addArgument(partial.getType(), sum.getLoc()));
  }
  for (Operation &op :
       llvm::make_early_inc_range(llvm::reverse(bodyOf(column))))
    if (summands.contains(&op) && op.use_empty())
      op.erase();
  for (unsigned i = bodyOf(column).getNumArguments(); i-- > 0;)
    if (bodyOf(column).getArgument(i).use_empty()) {
      bodyOf(column).eraseArgument(i);
      column.getInputsMutable().erase(i);
    }
  for (auto [i, result] : llvm::enumerate(kept))
    result.replaceAllUsesWith(merged.getResult(i));
  row.erase();
}

namespace {
struct MergeColumnSums : dlc::impl::MergeColumnSumsBase<MergeColumnSums> {
  using MergeColumnSumsBase::MergeColumnSumsBase;

  void runOnOperation() override {
    SmallVector<KernelOp> columns;
    getOperation().walk([&](KernelOp kernel) {
      if (kernel.getEmitter() == Emitter::column)
        columns.push_back(kernel);
    });
    for (KernelOp column : columns)
      mergeInto(column);
  }

  /// Merges `column` into the last row kernel before it that can take it.
  static void mergeInto(KernelOp column) {
    RankedTensorType matrix = matrixOf(column, 0);
    if (!matrix)
      return;
    SmallVector<int64_t> shape(matrix.getShape());
    int64_t rows = rowsOfBlock(shape[0]);
    if (rows == 0 || shape[0] == shape[1] || shape[1] < leastColumns ||
        shape[1] > mostColumns || matrix.getNumElements() < leastElements)
      return;
    for (Operation *op = column->getPrevNode(); op; op = op->getPrevNode())
      if (auto row = dyn_cast<KernelOp>(op);
          row && row.getEmitter() == Emitter::row) {
        RankedTensorType walked = matrixOf(row, 1);
        Merger merger(row, column, shape, rows);
        if (walked && walked.getShape() == ArrayRef(shape) && merger.canMerge())
          return merger.merge();
      }
  }
};
} // namespace
