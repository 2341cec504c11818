// cumulative: running sums along the middle dimension of [outer, length,
// inner], one element after the other, so that there is one sum whatever
// computes it. Lanes run along the inner dimension; where that is 1, several
// lines are summed at once, since one alone would wait for each addition.

#include "Lowering/Elementwise.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

/// Elements of a tile.
static constexpr int64_t tileElements = 32768;
/// Lines summed at once.
static constexpr int64_t linesAtOnce = 8;

namespace {
class CumulativeEmitter {
public:
  explicit CumulativeEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k),
        op(*k.body().getOps<CumulativeSumOp>().begin()),
        type(tensorType(op.getResult())), outer(type.getDimSize(0)),
        length(type.getDimSize(1)), inner(type.getDimSize(2)) {}

  int64_t run();
  int64_t runLanes();

private:
  void emitLines(ArrayRef<Point> lines);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  CumulativeSumOp op;
  RankedTensorType type;
  int64_t outer, length, inner;
};
} // namespace

/// Sums along each of the lines, whose middle coordinate is not set.
void CumulativeEmitter::emitLines(ArrayRef<Point> lines) {
  Type element = type.getElementType();
  auto add = [&](const Point &at, Value sum) -> Value {
    Value x = emitter.vectorAt(op.getOperand(), at);
    return emitter.combine(Reduction::add, element, sum, x);
  };
  auto store = [&](const Point &at, Value sum) {
    emitter.store(roundTo(b, loc, sum, element), element, k.output(0), at);
  };
  SmallVector<Value> zeros;
  for (const Point &line : lines)
    zeros.push_back(emitter.identity(Reduction::add, element, line.width));
  Value begin = k.constant(0), end = k.constant(length);
  k.forEach(begin, end, 1, zeros, [&](Value i, ValueRange sums) {
    ExpressionEmitter::Scope scope(emitter);
    if (op.getReverse())
      i = emitter.affine(i, -1, length - 1);
    SmallVector<Value> next;
    for (auto [line, sum] : llvm::zip_equal(lines, sums)) {
      Point at = line;
      at.index[1] = Coordinate(i);
      next.push_back(add(at, sum));
      store(at, op.getExclusive() ? sum : next.back());
    }
    return next;
  });
}

int64_t CumulativeEmitter::run() {
  Value zero = k.constant(0);
  if (inner == 1) {
    int64_t lines = outer >= linesAtOnce ? linesAtOnce : 1;
    int64_t perTile = tileElements / std::max<int64_t>(1, lines * length);
    return k.forEachItem(llvm::divideCeil(outer, lines),
                         std::max<int64_t>(1, perTile), [&](Value item) {
                           ExpressionEmitter::Scope scope(emitter);
                           SmallVector<Point> points;
                           for (int64_t line = 0; line < lines; ++line) {
                             Value row = emitter.affine(item, lines, line);
                             // The last group may sum its last line several
                             // times.
                             if (outer % lines != 0) {
                               Value last = k.constant(outer - 1);
                               row = b.create<arith::MinUIOp>(loc, row, last);
                             }
                             points.push_back(Point({row, zero, zero}));
                           }
                           emitLines(points);
                         });
  }
  int64_t width = k.vectorWidth(inner);
  int64_t columns = llvm::divideCeil(inner, width);
  int64_t perTile = tileElements / std::max<int64_t>(1, width * length);
  return k.forEachItem(
      outer * columns, std::max<int64_t>(1, perTile), [&](Value item) {
        ExpressionEmitter::Scope scope(emitter);
        SmallVector<Value> index = k.delinearize(item, {outer, columns});
        Value column = emitter.affine(index[1], width, 0);
        Value mask;
        if (inner % width != 0) {
          Value rest = emitter.affine(column, -1, inner);
          mask = emitter.prefixMask(width, rest);
        }
        emitLines(Point({index[0], zero, column}, 2, width, mask));
      });
}

int64_t CumulativeEmitter::runLanes() {
  return forEachElement(k, {outer, inner}, [&](SmallVector<Value> index) {
    emitLines(Point({index[0], k.constant(0), index[1]}));
  });
}

FailureOr<int64_t> dlc::emitCumulative(KernelFunction &kernel) {
  return CumulativeEmitter(kernel).run();
}

FailureOr<int64_t> dlc::emitCumulativeLanes(KernelFunction &kernel) {
  return CumulativeEmitter(kernel).runLanes();
}
