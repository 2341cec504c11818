// How an ExpressionEmitter sees through the ops that move elements.
//
// Element [i, j] of `reverse %x dims [1]` is %x[i, n-1-j]; of a `pad` it is the
// padding value or an element; of a `concatenate` it is an element of one of
// the operands. So asking for an element of the result becomes asking for
// elements of the operands at other points, with *masks* where a lane may fall
// outside an operand: such a lane touches no memory, and a select takes the
// other value. Lanes that are contiguous stay contiguous. Where a coordinate is
// known to stand inside one operand, nothing is left of a `concatenate`
// (MapEmitter.cpp splits its loops so that this is the rule).
//
// `gather` and `dynamic_slice` first ask for indices, and clamp them, so that
// reads stay in memory whatever the indices are.

#include "Lowering/ExpressionEmitter.h"

#include "Lowering/Elementwise.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

/// Where the lanes of a point stand inside an operand; null means everywhere.
/// Scalars and vectors are kept apart, so that what all lanes share stays
/// scalar.
struct ExpressionEmitter::Inside {
  Value scalar, lanes;
};

/// `rank` coordinates, all 0, for the same lanes.
static Point sameLanes(const Point &point, int64_t rank, Value zero) {
  Point at;
  at.width = point.width;
  at.mask = point.mask;
  at.index.assign(rank, Coordinate(zero));
  return at;
}

/// The conjunction; null is true.
Value ExpressionEmitter::both(Value lhs, Value rhs, int64_t width) {
  if (!lhs || !rhs)
    return lhs ? lhs : rhs;
  Value left = splatTo(b, loc, lhs, width), right = splatTo(b, loc, rhs, width);
  return b.create<arith::AndIOp>(loc, left, right);
}

void ExpressionEmitter::need(Frame &frame, Value value, Point at) {
  frame.dependencies.emplace_back(value, std::move(at));
}

/// Which element of its operand a broadcast_in_dim, transpose, slice or reverse
/// gives. Coordinates may be unknown (null).
Point ExpressionEmitter::movedThrough(Operation *op, const Point &point) {
  auto shape = tensorType(op->getOperand(0)).getShape();
  Point at = sameLanes(point, shape.size(), constant(0));
  auto moved = [&](size_t d, int64_t scale, int64_t offset) {
    const Coordinate &c = point.index[d];
    at.index[d] = c.index ? affine(c, scale, offset) : c;
  };
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    for (auto [i, d] : llvm::enumerate(broadcast.getDimensions()))
      if (shape[i] == tensorType(broadcast).getDimSize(d))
        at.index[i] = point.index[d];
  } else if (auto transpose = dyn_cast<TransposeOp>(op)) {
    for (auto [i, d] : llvm::enumerate(transpose.getPermutation()))
      at.index[d] = point.index[i];
  } else if (auto reverse = dyn_cast<ReverseOp>(op)) {
    at.index = point.index;
    for (int64_t d : reverse.getDimensions())
      moved(d, -1, shape[d] - 1);
  } else {
    auto slice = cast<SliceOp>(op);
    for (size_t d = 0; d < shape.size(); ++d)
      moved(d, slice.getStrides()[d], slice.getStart()[d]);
  }
  return at;
}

/// Turns at.index[dimension], a coordinate of the result, into the operand's,
/// whose `size` elements begin at `low` with `interior` others between them,
/// and notes where that is inside the operand. Elsewhere the coordinate is
/// harmless: 0, or masked.
void ExpressionEmitter::locate(Point &at, size_t dimension, int64_t low,
                               int64_t size, int64_t interior, Inside &inside) {
  using P = arith::CmpIPredicate;
  Coordinate &c = at.index[dimension];
  int64_t period = interior + 1, end = low + (size - 1) * period;
  if (period == 1 && c.isBounded() && low <= c.first && c.last <= end) {
    c = affine(c, 1, -low);
    return;
  }
  // Regular lanes stay regular: the mask keeps them from memory.
  if (period == 1 && !c.isUniform() && !c.isVector()) {
    c = affine(c, 1, -low);
    Value lanes = lanesOf(c, at.width, b.getI64Type());
    Value limit = integerLike(b, loc, lanes.getType(), size);
    Value below = b.create<arith::CmpIOp>(loc, P::ult, lanes, limit);
    inside.lanes = both(inside.lanes, below, at.width);
    return;
  }
  // A place that all lanes share is found once, and loads stay contiguous.
  int64_t width = c.isUniform() ? 1 : at.width;
  Value from = lanesOf(affine(c, 1, -low), width, b.getIndexType());
  Type type = from.getType();
  auto number = [&](int64_t n) { return integerLike(b, loc, type, n); };
  Value isElement;
  if (period != 1) {
    // Unsigned: what lies below 0 is far above the size.
    Value rest = b.create<arith::RemUIOp>(loc, from, number(period));
    isElement = b.create<arith::CmpIOp>(loc, P::eq, rest, number(0));
    Value isPositive = b.create<arith::CmpIOp>(loc, P::sge, from, number(0));
    isElement = b.create<arith::AndIOp>(loc, isElement, isPositive);
    from = b.create<arith::DivUIOp>(loc, from, number(period));
  }
  Value below = b.create<arith::CmpIOp>(loc, P::ult, from, number(size));
  isElement = both(isElement, below, width);
  c = Coordinate(b.create<arith::SelectOp>(loc, isElement, from, number(0)));
  Value &noted = isa<VectorType>(type) ? inside.lanes : inside.scalar;
  noted = both(noted, isElement, width);
}

//===-- Which elements are needed -----------------------------------------===//

void ExpressionEmitter::collectPad(PadOp op, Frame &frame) {
  need(frame, op.getValue(), Point());
  auto type = tensorType(op.getOperand());
  // An empty operand has no element to clamp to.
  if (type.getNumElements() == 0)
    return;
  Point at = frame.point;
  Inside inside;
  for (size_t d = 0; d < at.index.size(); ++d) {
    int64_t low = op.getLow()[d], high = op.getHigh()[d];
    // What only cuts off is a slice.
    if (low <= 0 && high <= 0 && op.getInterior()[d] == 0)
      at.index[d] = affine(at.index[d], 1, -low);
    else
      locate(at, d, low, type.getDimSize(d), op.getInterior()[d], inside);
  }
  if (inside.lanes)
    at.mask = both(frame.point.mask, inside.lanes, at.width);
  frame.inside = {both(inside.scalar, inside.lanes, at.width)};
  need(frame, op.getOperand(), at);
}

void ExpressionEmitter::collectConcatenate(ConcatenateOp op, Frame &frame) {
  int64_t dimension = op.getDimension(), low = 0;
  const Coordinate &c = frame.point.index[dimension];
  for (Value input : op.getInputs()) {
    int64_t size = tensorType(input).getDimSize(dimension), first = low;
    low += size;
    if (size == 0 || c.last < first || c.first >= low)
      continue;
    Point at = frame.point;
    Inside inside;
    locate(at, dimension, first, size, 0, inside);
    if (inside.lanes)
      at.mask = both(frame.point.mask, inside.lanes, at.width);
    frame.inside.push_back(both(inside.scalar, inside.lanes, at.width));
    need(frame, input, at);
  }
}

/// A run-time index as an index in [0, last].
Value ExpressionEmitter::clampedIndex(Value index, int64_t last) {
  Type type = index.getType();
  unsigned bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  last = std::min(last, APInt::getSignedMaxValue(bits).getSExtValue());
  Value zero = integerLike(b, loc, type, 0);
  Value largest = integerLike(b, loc, type, last);
  index = b.create<arith::MinSIOp>(loc, index, largest);
  index = b.create<arith::MaxSIOp>(loc, index, zero);
  return b.create<arith::IndexCastOp>(loc, likeType(type, b.getIndexType()),
                                      index);
}

void ExpressionEmitter::collectDynamicSlice(DynamicSliceOp op, Frame &frame) {
  auto shape = tensorType(op.getOperand()).getShape();
  if (frame.rounds == 0 && !shape.empty()) {
    for (Value start : op.getStarts())
      need(frame, start, Point());
    return;
  }
  if (frame.rounds != (shape.empty() ? 0 : 1))
    return;
  Point at = frame.point;
  for (auto [d, c] : llvm::enumerate(at.index)) {
    int64_t room = shape[d] - op.getSizes()[d];
    if (room == 0)
      continue;
    Value start = clampedIndex(frame.operands[d], room);
    start = splatTo(b, loc, start, c.isVector() ? at.width : 1);
    Value sum = b.create<arith::AddIOp>(loc, start, c.index);
    c = Coordinate(sum, c.step);
  }
  need(frame, op.getOperand(), at);
}

void ExpressionEmitter::collectGather(GatherOp op, Frame &frame) {
  ArrayRef<int64_t> indexDims = op.getIndexDims();
  size_t rows = tensorType(op.getIndices()).getRank() - 1;
  const Point &point = frame.point;
  if (frame.rounds == 0 && !indexDims.empty()) {
    for (size_t i = 0; i < indexDims.size(); ++i) {
      Point at = sameLanes(point, rows + 1, constant(i));
      std::copy_n(point.index.begin(), rows, at.index.begin());
      need(frame, op.getIndices(), at);
    }
    return;
  }
  if (frame.rounds != (indexDims.empty() ? 0 : 1))
    return;
  auto shape = tensorType(op.getOperand()).getShape();
  Point at = sameLanes(point, shape.size(), constant(0));
  size_t window = rows;
  for (auto [d, c] : llvm::enumerate(at.index)) {
    const int64_t *found = llvm::find(indexDims, int64_t(d));
    if (d < op.getBatchDims())
      c = point.index[d];
    else if (found == indexDims.end())
      c = point.index[window++];
    else
      c = Coordinate(clampedIndex(frame.operands[found - indexDims.begin()],
                                  shape[d] - 1));
  }
  need(frame, op.getOperand(), at);
}

/// False if the op is no index map.
bool ExpressionEmitter::collectIndexMap(Frame &frame) {
  Operation *op = frame.value.getDefiningOp();
  if (!op->hasTrait<IndexMap>() && !isa<DynamicSliceOp, GatherOp>(op))
    return false;
  if (auto slice = dyn_cast<DynamicSliceOp>(op))
    collectDynamicSlice(slice, frame);
  else if (auto gather = dyn_cast<GatherOp>(op))
    collectGather(gather, frame);
  else if (frame.rounds != 0)
    return true;
  else if (auto pad = dyn_cast<PadOp>(op))
    collectPad(pad, frame);
  else if (auto concatenate = dyn_cast<ConcatenateOp>(op))
    collectConcatenate(concatenate, frame);
  else
    need(frame, op->getOperand(0), movedThrough(op, frame.point));
  return true;
}

//===-- The element -------------------------------------------------------===//

/// `chosen` where `condition` (null: everywhere), else `other`.
static Value selectLanes(OpBuilder &b, Location loc, Value condition,
                         Value chosen, Value other, int64_t width) {
  if (!condition)
    return chosen;
  bool lanes = llvm::any_of(ValueRange{condition, chosen, other}, [](Value v) {
    return isa<VectorType>(v.getType());
  });
  Value left = splatTo(b, loc, chosen, lanes ? width : 1);
  Value right = splatTo(b, loc, other, lanes ? width : 1);
  return b.create<arith::SelectOp>(loc, condition, left, right);
}

Value ExpressionEmitter::emitIndexMap(Frame &frame) {
  Operation *op = frame.value.getDefiningOp();
  ArrayRef<Value> operands = frame.operands;
  int64_t width = frame.point.width;
  if (isa<PadOp>(op)) {
    if (operands.size() == 1)
      return operands[0];
    return selectLanes(b, loc, frame.inside[0], operands[1], operands[0],
                       width);
  }
  if (!isa<ConcatenateOp>(op))
    return operands.back();
  // Of empty inputs: no loop comes here, but its body is written.
  if (operands.empty())
    return identity(Reduction::add, tensorType(frame.value).getElementType(),
                    1);
  Value element = operands.back();
  for (size_t i = operands.size() - 1; i-- > 0;)
    element = selectLanes(b, loc, frame.inside[i], operands[i], element, width);
  return element;
}
