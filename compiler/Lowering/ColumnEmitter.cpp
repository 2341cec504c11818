// column: reductions along one dimension that is not the last. Lanes run along
// the last dimension, so nothing is combined across lanes; a loop walks down
// the reduced dimension and keeps a fixed number of accumulators for each lane.
//
// One item of work is one vector of columns, whatever stands above it. What is
// left beside the whole vectors is done by narrow ones, the last with a mask: a
// mask of many lanes costs instructions at each load, and without a machine's
// masks becomes branches for each lane.

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Reductions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile.
static constexpr int64_t tileElements = 32768;

namespace {
class ColumnEmitter {
public:
  explicit ColumnEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k) {}
  FailureOr<int64_t> run();

private:
  void emitItem(Value item);
  void emitColumns(ArrayRef<Value> index, Value column, int64_t lanes,
                   Value mask);
  void emitPass(ReductionPass &pass, const Point &top);
  SmallVector<Value> step(ReductionPass &pass, const Point &point,
                          ValueRange accumulators);
  /// `top` without the reduced dimension.
  Point kept(Point top) {
    top.index.erase(top.index.begin() + reduced);
    return top;
  }

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ArrayRef<int64_t> shape;
  int64_t reduced = 0, width = 1;
  /// Accumulators a lane: a narrow vector alone would wait for each addition.
  int64_t chains = 1;
  SmallVector<ReductionPass> passes;
};
} // namespace

FailureOr<int64_t> ColumnEmitter::run() {
  ReduceOp first = *k.body().getOps<ReduceOp>().begin();
  shape = tensorType(first.getOperand()).getShape();
  reduced = first.getDimensions()[0];
  width = k.vectorWidth(shape.back());
  // Scratch would have to hold the columns: dear values are computed again.
  passes = planPasses(k.body(), shape);
  size_t sums = 1;
  for (const ReductionPass &pass : passes)
    sums = std::max(sums, pass.reductions.size());
  // Rows of a page or more: fewer visits to each page, as far as accumulators
  // stay in registers.
  if (shape.back() >= 64 * k.lanes() && width == 4 * k.lanes())
    width *= std::max<int64_t>(1, 4 / sums);
  chains = std::max<int64_t>(1, 4 * k.lanes() / width);

  int64_t items = llvm::divideCeil(shape.back(), width);
  for (auto [d, size] : llvm::enumerate(shape.drop_back()))
    if (int64_t(d) != reduced)
      items *= size;
  int64_t perItem = std::max<int64_t>(1, shape[reduced] * width);
  return k.forEachItem(items, std::max<int64_t>(1, tileElements / perItem),
                       [&](Value item) { emitItem(item); });
}

void ColumnEmitter::emitItem(Value item) {
  ExpressionEmitter::Scope scope(emitter);
  // [kept dimensions…, vectors]
  SmallVector<int64_t> grid(shape);
  grid.erase(grid.begin() + reduced);
  grid.back() = llvm::divideCeil(grid.back(), width);
  SmallVector<Value> index = k.delinearize(item, grid);
  Value column = b.createOrFold<arith::MulIOp>(loc, index.pop_back_val(),
                                               k.constant(width));
  index.insert(index.begin() + reduced, k.constant(0));

  int64_t columns = shape.back(), rest = columns % width;
  if (columns < width)
    return emitColumns(index, column, width,
                       emitter.prefixMask(width, columns));
  if (rest == 0)
    return emitColumns(index, column, width, Value());
  Value isWhole = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult,
                                          column, k.constant(columns - rest));
  auto branch = b.create<scf::IfOp>(loc, isWhole, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  emitColumns(index, column, width, Value());
  b.setInsertionPointToStart(branch.elseBlock());
  int64_t lanes = k.lanes(), end = columns / lanes * lanes;
  if (rest >= lanes)
    k.forEach(
        k.constant(columns - rest), k.constant(end), lanes,
        [&](Value narrow) { emitColumns(index, narrow, lanes, Value()); });
  if (end != columns)
    emitColumns(index, k.constant(end), lanes,
                emitter.prefixMask(lanes, columns - end));
}

/// The columns from `column` on, one to a lane.
void ColumnEmitter::emitColumns(ArrayRef<Value> index, Value column,
                                int64_t lanes, Value mask) {
  ExpressionEmitter::Scope scope(emitter);
  SmallVector<Value> position(index);
  position.push_back(column);
  SmallVector<int64_t> keptShape(shape);
  keptShape.erase(keptShape.begin() + reduced);
  Point top(position, position.size() - 1, lanes, mask, true);
  for (ReductionPass &pass : passes)
    emitPass(pass, top);
  emitter.storeYields(keptShape, kept(top));
}

SmallVector<Value> ColumnEmitter::step(ReductionPass &pass, const Point &point,
                                       ValueRange accumulators) {
  SmallVector<Value> next;
  for (auto [reduce, accumulator] :
       llvm::zip_equal(pass.reductions, accumulators))
    next.push_back(emitter.combine(
        reduce.getKind(), tensorType(reduce.getResult()).getElementType(),
        accumulator, emitter.vectorAt(reduce.getOperand(), point)));
  if (pass.reductions.empty())
    emitter.storeYields(shape, point);
  return next;
}

void ColumnEmitter::emitPass(ReductionPass &pass, const Point &top) {
  Point anyPosition = top;
  anyPosition.index[reduced] = Coordinate(Value());
  emitter.evaluateInvariants(pass.roots, anyPosition);
  size_t reductions = pass.reductions.size();
  int64_t size = shape[reduced];
  // Chain c takes elements c, c + chains, …; the chains are then added in
  // order.
  int64_t unroll = reductions == 0 || size < 2 * chains ? 1 : chains;
  SmallVector<Value> carried;
  for (int64_t c = 0; c < unroll; ++c)
    for (ReduceOp reduce : pass.reductions)
      carried.push_back(emitter.identity(
          reduce.getKind(), tensorType(reduce.getResult()).getElementType(),
          top.width));
  auto pointAt = [&](Value position) {
    Point point = top;
    point.index[reduced] = Coordinate(position);
    return point;
  };
  int64_t whole = size / unroll * unroll;
  if (whole != 0)
    carried = k.forEach(
        k.constant(0), k.constant(whole), unroll, carried,
        [&](Value position, ValueRange accumulators) {
          ExpressionEmitter::Scope scope(emitter);
          SmallVector<Value> next;
          for (int64_t c = 0; c < unroll; ++c) {
            Value element = emitter.affine(position, 1, c);
            llvm::append_range(
                next, step(pass, pointAt(element),
                           accumulators.slice(c * reductions, reductions)));
          }
          return next;
        });
  for (int64_t i = whole; i < size; ++i) {
    SmallVector<Value> next = step(pass, pointAt(k.constant(i)),
                                   ArrayRef(carried).take_front(reductions));
    std::copy(next.begin(), next.end(), carried.begin());
  }
  for (auto [r, reduce] : llvm::enumerate(pass.reductions)) {
    Type element = tensorType(reduce.getResult()).getElementType();
    Value sum = carried[r];
    for (int64_t c = 1; c < unroll; ++c)
      sum = emitter.combine(reduce.getKind(), element, sum,
                            carried[c * reductions + r]);
    emitter.bind(reduce.getResult(), kept(top), sum);
  }
}

FailureOr<int64_t> dlc::emitColumn(KernelFunction &kernel) {
  return ColumnEmitter(kernel).run();
}
