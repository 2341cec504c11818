#include "Lowering/GpuVectors.h"

#include "Lowering/Elementwise.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMemory.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace dlc;

/// Instructions of an element, roughly, times elements of a thread: what is
/// computed side by side lies in registers side by side.
static constexpr int64_t mostCost = 512;

namespace {

/// Follows a vector of neighbours from what a body yields to what it reads.
class Neighbours {
public:
  /// `dim` is the one along which the lanes of `value` stand, or -1 if all see
  /// the same element.
  void enter(Value value, int64_t dim) { open.emplace_back(value, dim); }
  /// False if something would have to be taken apart lane by lane.
  bool walk();

  /// The widest element that is read or written along the lanes.
  int64_t bytes = 1;
  int64_t cost = 0;

private:
  bool visit(Operation *op, int64_t dim);

  SmallVector<std::pair<Value, int64_t>> open;
  llvm::DenseSet<std::pair<Value, int64_t>> seen;
};

} // namespace

static int64_t bytesOf(Value tensor) {
  Type memory = memoryType(tensorType(tensor).getElementType());
  return memory.getIntOrFloatBitWidth() / 8;
}

bool Neighbours::walk() {
  while (!open.empty()) {
    auto [value, dim] = open.pop_back_val();
    if (!seen.insert({value, dim}).second)
      continue;
    if (Operation *op = value.getDefiningOp()) {
      if (!visit(op, dim))
        return false;
    } else if (dim >= 0 && dim + 1 == tensorType(value).getRank()) {
      bytes = std::max(bytes, bytesOf(value));
    }
  }
  return true;
}

bool Neighbours::visit(Operation *op, int64_t dim) {
  // What is bound, made up, or the same for all.
  if (isa<ReduceOp, DotGeneralOp, ConvolutionOp, ConstantOp, IotaOp>(op) ||
      dim < 0)
    return true;
  Value operand = op->getNumOperands() ? op->getOperand(0) : Value();
  if (op->hasTrait<Pointwise>()) {
    cost += elementCost(op);
    for (Value each : op->getOperands())
      enter(each, dim);
    return true;
  }
  if (isa<RngBitGeneratorOp>(op)) {
    cost += 16; // four words cost as much as one
    return true;
  }
  if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    int64_t from = -1;
    for (auto [i, d] : llvm::enumerate(broadcast.getDimensions()))
      if (d == dim && tensorType(operand).getDimSize(i) != 1)
        from = i;
    enter(operand, from);
    return true;
  }
  if (auto transpose = dyn_cast<TransposeOp>(op)) {
    enter(operand, transpose.getPermutation()[dim]);
    return true;
  }
  if (auto gather = dyn_cast<GatherOp>(op)) {
    // Parts of rows of the operand, which are not what is looked up.
    int64_t last = tensorType(operand).getRank() - 1;
    enter(operand, last);
    return dim >= tensorType(gather.getIndices()).getRank() - 1 &&
           !llvm::is_contained(gather.getIndexDims(), last);
  }
  enter(operand, dim);
  if (auto slice = dyn_cast<SliceOp>(op))
    return slice.getStrides()[dim] == 1;
  if (auto reverse = dyn_cast<ReverseOp>(op))
    return !llvm::is_contained(reverse.getDimensions(), dim);
  if (auto pad = dyn_cast<PadOp>(op))
    return pad.getLow()[dim] == 0 && pad.getHigh()[dim] == 0 &&
           pad.getInterior()[dim] == 0;
  if (auto concatenate = dyn_cast<ConcatenateOp>(op)) {
    for (Value each : concatenate.getInputs())
      enter(each, dim);
    return concatenate.getDimension() != uint64_t(dim);
  }
  return isa<DynamicSliceOp>(op);
}

int64_t dlc::threadVector(ValueRange roots, ArrayRef<int64_t> shape,
                          bool ragged) {
  if (shape.empty() || roots.empty())
    return 1;
  Neighbours neighbours;
  for (Value root : roots) {
    neighbours.enter(root, shape.size() - 1);
    neighbours.bytes = std::max(neighbours.bytes, bytesOf(root));
  }
  if (!neighbours.walk())
    return 1;
  int64_t width = GpuMemory::widestBytes / neighbours.bytes;
  while (width > 1 && ((!ragged && shape.back() % width != 0) ||
                       neighbours.cost * width > mostCost))
    width /= 2;
  return width;
}

int64_t dlc::fillingVector(int64_t width, int64_t elements) {
  while (width > 1 && elements < width * blockThreads * processors)
    width /= 2;
  return width;
}

Point dlc::vectorPoint(ValueRange index, int64_t width) {
  Point point(index);
  point.width = width;
  point.index.back().step = width == 1 ? 0 : 1;
  point.index.back().divisor = width;
  return point;
}

int64_t dlc::forEachVector(KernelFunction &k, ExpressionEmitter &emitter,
                           ArrayRef<int64_t> shape, int64_t width,
                           function_ref<void(const Point &)> body) {
  if (width == 1)
    return forEachElement(
        k, shape, [&](SmallVector<Value> index) { body(Point(index)); });
  GpuMemory m(k);
  int64_t whole = shape.back() / width, rest = shape.back() % width;
  SmallVector<int64_t> threads(shape);
  threads.back() = whole + rest;
  return forEachElement(k, threads, [&](SmallVector<Value> index) {
    auto emitVector = [&] {
      ExpressionEmitter::Scope scope(emitter);
      SmallVector<Value> first = index;
      first.back() = m.times(index.back(), width);
      body(vectorPoint(first, width));
    };
    if (rest == 0)
      return emitVector();
    when(k, m.isBelow(index.back(), whole), emitVector);
    when(k, m.isBelow(k.constant(whole - 1), index.back()), [&] {
      ExpressionEmitter::Scope scope(emitter);
      SmallVector<Value> element = index;
      element.back() = m.plus(index.back(), whole * (width - 1));
      body(Point(element));
    });
  });
}
