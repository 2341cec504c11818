// Sums down the columns of a large matrix are taken block by block of its rows
// (see Passes.td): by a row kernel that reads the matrix anyway, as for the
// gradients of a normalisation's scale and bias; or, where the columns are few,
// by a kernel whose tiles are the blocks, for threads to share.
//
// [M, N] becomes [M / R, R, N]; sums along R are left, and the column kernel
// adds those of the blocks. R follows from the shape, and with it the order of
// the sums.

#include "IR/BlockSums.h"
#include "Layout/Passes.h"
#include "mlir/IR/IRMapping.h"

namespace dlc {
#define GEN_PASS_DEF_BLOCKCOLUMNSUMS
#include "Layout/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Rows of a row kernel's block at most, and at least.
static constexpr int64_t mostRows = 32, leastRows = 8;
/// Columns of so few elements side by side leave threads idle: their rows are
/// cut into this many blocks at most, of this many elements at least.
static constexpr int64_t fewColumns = 512;
static constexpr int64_t mostBlocks = 64;
static constexpr int64_t blockElements = 16 * 1024;
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

/// The largest divisor of `total` from `least` to `most`; 0 if there is none.
static int64_t divisorOf(int64_t total, int64_t least, int64_t most) {
  for (int64_t size = most; size >= least; --size)
    if (total % size == 0)
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

/// The sums of a column kernel, what they are computed from, and the elements
/// of the matrix that it stores beside: they move along, for what is left walks
/// another one.
class ColumnSums {
public:
  ColumnSums(KernelOp column, ArrayRef<int64_t> matrix)
      : column(column), sums(bodyOf(column).getOps<ReduceOp>()) {
    for (OpResult result : column->getResults())
      if (tensorType(yieldOf(result)).getShape() == matrix)
        elements.push_back(result);
  }

  /// Whether all they need can be copied.
  bool collect(const Blocking &blocking);
  bool read(BlockArgument argument) const;
  /// Whether nothing but the sums reads `result`, another kernel's.
  bool readAlone(OpResult result) const;
  /// Copies them to where `b` stands; `map` holds the arguments. Gives the sums
  /// of blocks, then the elements.
  SmallVector<Value> copy(OpBuilder &b, Blocking &blocking,
                          IRMapping &map) const;
  /// What another kernel gives instead: `copy`'s values in memory.
  SmallVector<Type> types(ArrayRef<int64_t> matrix, int64_t rows) const;
  /// Has the column kernel add blocks, and nothing read its elements.
  void replaceBy(ValueRange values);

  KernelOp column;
  SmallVector<ReduceOp> sums;

private:
  Value yieldOf(OpResult result) const {
    Operation *yield = bodyOf(column).getTerminator();
    return yield->getOperand(result.getResultNumber());
  }
  void dropElements();

  bool isPart(Operation *op) const {
    return summands.contains(op) || isa<ReduceOp>(op);
  }

  SmallVector<OpResult> elements;
  /// The ops that are copied.
  llvm::SetVector<Operation *> summands;
};
} // namespace

bool ColumnSums::collect(const Blocking &blocking) {
  summands.clear(); // of a try before
  SmallVector<Value> open;
  for (ReduceOp reduce : sums) {
    // Narrower sums would be rounded block by block.
    if (tensorType(reduce.getOperand()).getElementTypeBitWidth() < 32)
      return false;
    open.push_back(reduce.getOperand());
  }
  for (OpResult result : elements)
    open.push_back(yieldOf(result));
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op)
      continue;
    if (isa<ReduceOp>(op) || !blocking.accepts(op))
      return false;
    if (summands.insert(op))
      llvm::append_range(open, op->getOperands());
  }
  return true;
}

bool ColumnSums::read(BlockArgument argument) const {
  return llvm::any_of(argument.getUsers(),
                      [&](Operation *user) { return isPart(user); });
}

bool ColumnSums::readAlone(OpResult result) const {
  return llvm::all_of(result.getUses(), [&](OpOperand &use) {
    if (use.getOwner() != column)
      return false;
    auto argument = bodyOf(column).getArgument(use.getOperandNumber());
    return llvm::all_of(argument.getUsers(),
                        [&](Operation *user) { return isPart(user); });
  });
}

SmallVector<Value> ColumnSums::copy(OpBuilder &b, Blocking &blocking,
                                    IRMapping &map) const {
  for (Operation &op : bodyOf(column))
    if (summands.contains(&op))
      blocking.copy(&op, map);
  SmallVector<Value> results;
  for (ReduceOp sum : sums)
    results.push_back(b.create<ReduceOp>(sum.getLoc(), sum.getKind(),
                                         map.lookup(sum.getOperand()),
                                         ArrayRef<int64_t>{1}));
  for (OpResult result : elements)
    results.push_back(map.lookup(yieldOf(result)));
  return results;
}

SmallVector<Type> ColumnSums::types(ArrayRef<int64_t> matrix,
                                    int64_t rows) const {
  SmallVector<Type> types;
  for (ReduceOp sum : sums)
    types.push_back(
        RankedTensorType::get({matrix[0] / rows, matrix[1]},
                              tensorType(sum.getOperand()).getElementType()));
  for (OpResult result : elements)
    types.push_back(result.getType());
  return types;
}

/// Makes the column kernel one of its other results.
void ColumnSums::dropElements() {
  if (elements.empty())
    return;
  SmallVector<OpResult> kept;
  SmallVector<Value> yields;
  SmallVector<Type> types;
  for (OpResult result : column->getResults())
    if (!llvm::is_contained(elements, result)) {
      kept.push_back(result);
      yields.push_back(yieldOf(result));
      types.push_back(result.getType());
    }
  OpBuilder b(column);
  auto smaller = b.create<KernelOp>(column.getLoc(), types, Emitter::column,
                                    column.getInputs(), column.getEndsAttr());
  smaller.getBody().takeBody(column.getBody());
  bodyOf(smaller).getTerminator()->setOperands(yields);
  for (auto [old, result] : llvm::zip_equal(kept, smaller.getResults()))
    old.replaceAllUsesWith(result);
  column.erase();
  column = smaller;
}

void ColumnSums::replaceBy(ValueRange values) {
  for (auto [value, element] :
       llvm::zip_equal(values.drop_front(sums.size()), elements))
    element.replaceAllUsesWith(value);
  dropElements();
  Block &body = bodyOf(column);
  for (auto [block, sum] :
       llvm::zip_equal(values.take_front(sums.size()), sums)) {
    column.getInputsMutable().append(block);
    sum.getOperandMutable().assign(
        body.addArgument(block.getType(), sum.getLoc()));
  }
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
    if (summands.contains(&op) && op.use_empty())
      op.erase();
  for (unsigned i = body.getNumArguments(); i-- > 0;)
    if (body.getArgument(i).use_empty()) {
      body.eraseArgument(i);
      column.getInputsMutable().erase(i);
    }
}

//===-- In a row kernel ---------------------------------------------------===//

/// Whether a value that the column kernel reads exists where `row` stands.
static bool isBefore(Value input, KernelOp row) {
  Operation *op = input.getDefiningOp();
  if (op == row)
    return true;
  while (op && op->getBlock() != row->getBlock())
    op = op->getParentOp();
  return !op || op->isBeforeInBlock(row);
}

/// Whether `row` can take the sums, and reads some of what they read.
static bool canTake(KernelOp row, const ColumnSums &sums,
                    const Blocking &blocking, ArrayRef<int64_t> matrix) {
  for (Operation &op : bodyOf(row).without_terminator())
    if (!blocking.accepts(&op))
      return false;
  bool shares = false;
  KernelOp column = sums.column;
  for (BlockArgument argument : bodyOf(column).getArguments()) {
    if (!sums.read(argument))
      continue;
    Value input = column.getInputs()[argument.getArgNumber()];
    if (!isBefore(input, row))
      return false;
    shares |= tensorType(argument).getShape() == matrix &&
              (input.getDefiningOp() == row ||
               llvm::is_contained(row.getInputs(), input));
  }
  return shares;
}

static void mergeInto(KernelOp row, ColumnSums &sums, ArrayRef<int64_t> matrix,
                      int64_t rows) {
  OpBuilder b(row);
  Blocking blocking(b, matrix, rows);
  SmallVector<OpResult> kept(llvm::make_filter_range(
      row.getResults(), [&](OpResult r) { return !sums.readAlone(r); }));
  SmallVector<Type> types(
      llvm::map_range(kept, [](OpResult result) { return result.getType(); }));
  llvm::append_range(types, sums.types(matrix, rows));
  Location loc = b.getFusedLoc({row.getLoc(), sums.column.getLoc()});
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
  for (BlockArgument argument : bodyOf(sums.column).getArguments()) {
    if (!sums.read(argument))
      continue;
    Value input = sums.column.getInputs()[argument.getArgNumber()];
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
  llvm::append_range(yields, sums.copy(b, blocking, map));
  b.create<YieldOp>(loc, yields);
  sums.replaceBy(merged.getResults().drop_front(kept.size()));
  for (auto [i, result] : llvm::enumerate(kept))
    result.replaceAllUsesWith(merged.getResult(i));
  row.erase();
}

/// Merges the sums into the last row kernel before them that can take them.
static bool mergeIntoRows(ColumnSums &sums, ArrayRef<int64_t> matrix) {
  int64_t rows = divisorOf(matrix[0], leastRows, mostRows);
  if (rows == 0 || matrix[1] < leastColumns || matrix[1] > mostColumns)
    return false;
  OpBuilder b(sums.column);
  Blocking blocking(b, matrix, rows);
  if (!sums.collect(blocking))
    return false;
  for (Operation *op = sums.column->getPrevNode(); op; op = op->getPrevNode())
    if (auto row = dyn_cast<KernelOp>(op);
        row && row.getEmitter() == Emitter::row) {
      RankedTensorType walked = matrixOf(row, 1);
      if (walked && walked.getShape() == matrix &&
          canTake(row, sums, blocking, matrix)) {
        mergeInto(row, sums, matrix, rows);
        return true;
      }
    }
  return false;
}

//===-- On their own ------------------------------------------------------===//

/// A kernel before the column kernel that sums blocks of rows.
static void split(ColumnSums &sums, ArrayRef<int64_t> matrix) {
  int64_t elements = matrix[0] * matrix[1];
  int64_t blocks =
      divisorOf(matrix[0], 2, std::min(mostBlocks, elements / blockElements));
  if (matrix[1] > fewColumns || blocks == 0)
    return;
  int64_t rows = matrix[0] / blocks;
  OpBuilder b(sums.column);
  Blocking blocking(b, matrix, rows);
  if (!sums.collect(blocking))
    return;
  auto first = b.create<KernelOp>(
      sums.column.getLoc(), sums.types(matrix, rows), Emitter::column,
      ValueRange(), b.getStringAttr("sums blocks of rows"));
  Block *body = b.createBlock(&first.getBody());
  IRMapping map;
  for (BlockArgument argument : bodyOf(sums.column).getArguments()) {
    if (!sums.read(argument))
      continue;
    map.map(argument, body->addArgument(blocking.blocked(argument.getType()),
                                        argument.getLoc()));
    first.getInputsMutable().append(
        sums.column.getInputs()[argument.getArgNumber()]);
  }
  b.create<YieldOp>(first.getLoc(), sums.copy(b, blocking, map));
  sums.replaceBy(first.getResults());
}

namespace {
struct BlockColumnSums : dlc::impl::BlockColumnSumsBase<BlockColumnSums> {
  using BlockColumnSumsBase::BlockColumnSumsBase;

  void runOnOperation() override {
    SmallVector<KernelOp> columns;
    getOperation().walk([&](KernelOp kernel) {
      if (kernel.getEmitter() == Emitter::column)
        columns.push_back(kernel);
    });
    for (KernelOp column : columns) {
      RankedTensorType type = matrixOf(column, 0);
      if (!type || type.getNumElements() < leastElements ||
          type.getDimSize(0) == type.getDimSize(1))
        continue;
      SmallVector<int64_t> matrix(type.getShape());
      ColumnSums sums(column, matrix);
      if (!mergeIntoRows(sums, matrix))
        split(sums, matrix);
    }
  }
};
} // namespace
