// map kernels that read an argument across its rows. One lane at a time such a
// read costs a cache line an element; here a block of B x B elements (B the
// number of lanes) is loaded as vectors along the argument's own last dimension
// and turned in registers, in log2(B) steps of B shuffles:
//
//   a b    a e    step d swaps, in each pair of rows d apart, the lanes with
//   e f => b f    bit d of the first with those without of the second
//
// The rest of the body then sees the argument as any other. Where the last
// dimension is shorter than a vector, such as a filter's taps, it is taken
// together with those before it, which lie side by side; so is the result's,
// such as few channels, if there is no rest.

#include "Lowering/BlockTranspose.h"

#include "Lowering/ExpressionEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile.
static constexpr int64_t tileElements = 16384;
/// Ops of a body: it is emitted once for each row of a block.
static constexpr size_t maxOps = 24;

namespace {
class BlockTranspose {
public:
  explicit BlockTranspose(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k),
        shape(tensorType(k.yields()[0]).getShape()), size(k.lanes()) {}

  /// Whether the body has such a read.
  bool find();
  int64_t run();

private:
  SmallVector<int64_t> dimsOf(TransposeOp op) const;
  int64_t extentOf(ArrayRef<int64_t> dims) const;
  bool chooseAcross();
  /// Sets the coordinates along `dims` to row-major position `linear`.
  void locate(MutableArrayRef<Value> index, ArrayRef<int64_t> dims,
              Value linear);
  /// `memref` with its last `count` dimensions as one.
  Value collapsed(Value memref, ArrayRef<int64_t> shape, size_t count);
  /// Blocks and what they are made of: `first` is the first row, of `along`
  /// taken together.
  void emitRows(ArrayRef<Value> index, Value first, Value lower, Value upper,
                int64_t rows);
  void emitBlock(ArrayRef<Value> index, Value first, Value column, int64_t rows,
                 int64_t columns);
  SmallVector<Value> loadTurned(TransposeOp op, ArrayRef<Value> index,
                                Value first, int64_t rows, int64_t columns);
  Value loadRow(TransposeOp op, ArrayRef<Value> index, Value first, Value mask);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ArrayRef<int64_t> shape;
  int64_t size;
  /// What is turned, and the dimensions of the result along which it is loaded,
  /// the innermost last.
  llvm::SetVector<Operation *> turned;
  SmallVector<int64_t> along;
  /// Those along which it is stored: the last one, or several that lie side by
  /// side. In an index they stand as one number, in the last one's place.
  SmallVector<int64_t> across;
};
} // namespace

/// An argument, perhaps with padding around it.
static bool isArgument(Value v) {
  if (auto pad = v.getDefiningOp<PadOp>())
    v = pad.getOperand();
  return isa<BlockArgument>(v);
}

int64_t BlockTranspose::extentOf(ArrayRef<int64_t> dims) const {
  int64_t extent = 1;
  for (int64_t d : dims)
    extent *= shape[d];
  return extent;
}

/// The dimensions of the result that the operand's last ones are: one, or as
/// many as fill a vector. None if the last is the result's as well.
SmallVector<int64_t> BlockTranspose::dimsOf(TransposeOp op) const {
  SmallVector<int64_t> dims;
  int64_t rank = shape.size();
  for (int64_t d = rank - 1; d >= 0; --d) {
    const int64_t *found = llvm::find(op.getPermutation(), d);
    int64_t dim = found - op.getPermutation().begin();
    if (dim == rank - 1)
      break;
    dims.insert(dims.begin(), dim);
    if (extentOf(dims) >= size || !isa<BlockArgument>(op.getOperand()))
      break;
  }
  return dims;
}

bool BlockTranspose::find() {
  if (shape.size() < 2)
    return false;
  SmallVector<Value> open(k.yields());
  DenseSet<Operation *> seen;
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op || !seen.insert(op).second)
      continue;
    if (op->hasTrait<Pointwise>())
      llvm::append_range(open, op->getOperands());
    auto transpose = dyn_cast<TransposeOp>(op);
    if (!transpose || !isArgument(transpose.getOperand()) ||
        tensorType(transpose).getElementType().isInteger(1))
      continue;
    SmallVector<int64_t> dims = dimsOf(transpose);
    if (dims.empty() || (!along.empty() && dims != along))
      continue;
    along = dims;
    turned.insert(op);
  }
  return !along.empty() && extentOf(along) >= size && chooseAcross() &&
         size_t(std::distance(k.body().begin(), k.body().end())) <= maxOps;
}

/// False if too little of the result lies side by side.
bool BlockTranspose::chooseAcross() {
  int64_t dim = shape.size() - 1;
  across = {dim};
  // Only whole points of the iteration space can be evaluated.
  bool isAll = llvm::all_of(
      k.yields(), [&](Value v) { return turned.contains(v.getDefiningOp()); });
  while (isAll && extentOf(across) < size && dim > 0 &&
         !llvm::is_contained(along, dim - 1))
    across.insert(across.begin(), --dim);
  return extentOf(across) >= size;
}

void BlockTranspose::locate(MutableArrayRef<Value> index,
                            ArrayRef<int64_t> dims, Value linear) {
  SmallVector<int64_t> sizes;
  for (int64_t d : dims)
    sizes.push_back(shape[d]);
  for (auto [d, i] : llvm::zip_equal(dims, k.delinearize(linear, sizes)))
    index[d] = i;
}

Value BlockTranspose::collapsed(Value memref, ArrayRef<int64_t> shape,
                                size_t count) {
  SmallVector<int64_t> sizes(shape.drop_back(count));
  sizes.push_back(ShapedType::getNumElements(shape.take_back(count)));
  Type stored = cast<MemRefType>(memref.getType()).getElementType();
  return b.create<memref::ReinterpretCastOp>(
      loc, MemRefType::get(sizes, stored), memref, /*offset=*/0, sizes,
      computeStrides(sizes));
}

/// A vector of the operand, whose other dimensions stand at `index`.
Value BlockTranspose::loadRow(TransposeOp op, ArrayRef<Value> index,
                              Value first, Value mask) {
  SmallVector<Value> at(shape.size());
  for (auto [i, d] : llvm::enumerate(op.getPermutation()))
    at[d] = index[i];
  at.truncate(shape.size() - along.size());
  at.push_back(first);
  Point point(at, at.size() - 1, size, mask);
  if (along.size() == 1)
    return emitter.vectorAt(op.getOperand(), point);
  // The argument, with those dimensions as one.
  auto argument = cast<BlockArgument>(op.getOperand());
  auto type = tensorType(argument);
  Value memref = collapsed(k.input(argument.getArgNumber()), type.getShape(),
                           along.size());
  return emitter.load(memref, type.getElementType(), point);
}

/// The block's rows of a transpose: its operand's vectors, turned.
SmallVector<Value> BlockTranspose::loadTurned(TransposeOp op,
                                              ArrayRef<Value> index,
                                              Value first, int64_t rows,
                                              int64_t columns) {
  Value mask = rows == size ? Value() : emitter.prefixMask(size, rows);
  SmallVector<Value> vectors;
  for (int64_t t = 0; t < size; ++t) {
    if (t >= columns) { // no lane will be stored
      vectors.push_back(vectors.back());
      continue;
    }
    SmallVector<Value> at(index);
    locate(at, across, emitter.affine(index.back(), 1, t));
    vectors.push_back(loadRow(op, at, first, mask));
  }
  for (int64_t distance = 1; distance < size; distance *= 2) {
    SmallVector<int64_t> first, second;
    for (int64_t lane = 0; lane < size; ++lane) {
      bool high = lane & distance;
      first.push_back(high ? size + lane - distance : lane);
      second.push_back(high ? size + lane : lane + distance);
    }
    for (int64_t row = 0; row < size; ++row) {
      if (row & distance)
        continue;
      Value x = vectors[row], y = vectors[row + distance];
      vectors[row] = b.create<vector::ShuffleOp>(loc, x, y, first);
      vectors[row + distance] = b.create<vector::ShuffleOp>(loc, x, y, second);
    }
  }
  return vectors;
}

void BlockTranspose::emitBlock(ArrayRef<Value> index, Value first, Value column,
                               int64_t rows, int64_t columns) {
  ExpressionEmitter::Scope scope(emitter);
  SmallVector<Value> corner(index);
  corner.back() = column;
  SmallVector<SmallVector<Value>> values;
  for (Operation *op : turned)
    values.push_back(
        loadTurned(cast<TransposeOp>(op), corner, first, rows, columns));
  Value mask = columns == size ? Value() : emitter.prefixMask(size, columns);
  for (int64_t row = 0; row < rows; ++row) {
    ExpressionEmitter::Scope scope(emitter);
    SmallVector<Value> at = corner;
    locate(at, along, emitter.affine(first, 1, row));
    if (across.size() > 1) {
      at.erase(at.begin() + across.front(), std::prev(at.end()));
      Point point(at, at.size() - 1, size, mask);
      for (auto [i, v] : llvm::enumerate(k.yields())) {
        size_t which = llvm::find(turned, v.getDefiningOp()) - turned.begin();
        emitter.store(values[which][row], tensorType(v).getElementType(),
                      collapsed(k.output(i), shape, across.size()), point);
      }
      continue;
    }
    Point point(at, at.size() - 1, size, mask, /*aligned=*/true);
    for (auto [op, vectors] : llvm::zip_equal(turned, values))
      emitter.bind(op->getResult(0), point, vectors[row]);
    emitter.storeYields(shape, point);
  }
}

/// Blocks of `rows` rows from `first` on, in columns [lower, upper).
void BlockTranspose::emitRows(ArrayRef<Value> index, Value first, Value lower,
                              Value upper, int64_t rows) {
  int64_t columns = extentOf(across), rest = columns % size;
  Value whole = upper;
  if (rest != 0)
    whole = b.create<arith::MinUIOp>(loc, upper, k.constant(columns - rest));
  k.forEach(lower, whole, size,
            [&](Value column) { emitBlock(index, first, column, rows, size); });
  if (rest != 0)
    k.forEach(whole, upper, size, [&](Value column) {
      emitBlock(index, first, column, rows, rest);
    });
}

int64_t BlockTranspose::run() {
  // [the other dimensions…, blocks of rows, pieces of columns]
  SmallVector<int64_t> grid(shape);
  int64_t columns = extentOf(across);
  int64_t piece =
      std::min<int64_t>(llvm::alignTo(columns, size), tileElements / size);
  int64_t extent = extentOf(along);
  for (int64_t d : llvm::concat<int64_t>(along, across))
    grid[d] = 1;
  grid[along.front()] = llvm::divideCeil(extent, size);
  grid.back() = llvm::divideCeil(columns, piece);
  int64_t items = 1;
  for (int64_t each : grid)
    items *= each;
  int64_t rest = extent % size;
  return k.forEachItem(items, tileElements / (piece * size), [&](Value item) {
    ExpressionEmitter::Scope scope(emitter);
    SmallVector<Value> index = k.delinearize(item, grid);
    Value lower = emitter.affine(index.back(), piece, 0);
    Value upper = emitter.affine(lower, 1, piece);
    if (columns % piece != 0)
      upper = b.create<arith::MinUIOp>(loc, upper, k.constant(columns));
    Value block = index[along.front()];
    Value first = emitter.affine(block, size, 0);
    if (rest == 0)
      return emitRows(index, first, lower, upper, size);
    Value isWhole = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult,
                                            block, k.constant(extent / size));
    auto branch = b.create<scf::IfOp>(loc, isWhole, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(branch.thenBlock()->getTerminator());
    emitRows(index, first, lower, upper, size);
    b.setInsertionPoint(branch.elseBlock()->getTerminator());
    emitRows(index, first, lower, upper, rest);
  });
}

std::optional<int64_t> dlc::emitBlockTranspose(KernelFunction &kernel) {
  BlockTranspose emitter(kernel);
  if (!emitter.find())
    return std::nullopt;
  return emitter.run();
}
