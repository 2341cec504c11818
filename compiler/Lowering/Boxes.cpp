#include "Lowering/Boxes.h"

#include "llvm/ADT/DenseSet.h"

#include <set>

using namespace mlir;
using namespace dlc;

/// Boxes times ops of the body: each box has code of its own.
static constexpr int64_t maxCode = 512;

namespace {
/// A value's coordinate as one of the root's: scale * root[dim] + offset. No
/// dim: it has nothing to do with the root.
struct Axis {
  int64_t dim = -1, scale = 1, offset = 0;
};
using Axes = SmallVector<Axis>;

class Cuts {
public:
  explicit Cuts(ArrayRef<int64_t> shape) : shape(shape), cuts(shape.size()) {}

  void walk(ValueRange yields);
  SmallVector<Box> boxes() const;
  size_t opCount() const { return seen.size(); }

private:
  void visit(Operation *op, const Axes &axes);
  void cut(const Axis &axis, int64_t position);
  void enter(Value value, Axes axes) { open.emplace_back(value, axes); }

  ArrayRef<int64_t> shape;
  SmallVector<std::set<int64_t>> cuts;
  SmallVector<std::pair<Value, Axes>> open;
  /// One visit an op: a value that is read in two ways is cut in one.
  DenseSet<Operation *> seen;
};
} // namespace

void Cuts::walk(ValueRange yields) {
  Axes root;
  for (size_t d = 0; d < shape.size(); ++d)
    root.push_back({int64_t(d)});
  for (Value yielded : yields)
    enter(yielded, root);
  while (!open.empty()) {
    auto [value, axes] = open.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (op && seen.insert(op).second)
      visit(op, axes);
  }
}

/// The value's elements from `position` on differ from those before.
void Cuts::cut(const Axis &axis, int64_t position) {
  if (axis.dim < 0)
    return;
  int64_t at =
      axis.scale > 0 ? position - axis.offset : axis.offset - position + 1;
  if (at > 0 && at < shape[axis.dim])
    cuts[axis.dim].insert(at);
}

void Cuts::visit(Operation *op, const Axes &axes) {
  if (op->hasTrait<Pointwise>()) {
    for (Value operand : op->getOperands())
      enter(operand, axes);
  } else if (auto concatenate = dyn_cast<ConcatenateOp>(op)) {
    int64_t dimension = concatenate.getDimension(), low = 0;
    for (Value input : concatenate.getInputs()) {
      Axes part = axes;
      part[dimension].offset -= low;
      cut(axes[dimension], low);
      low += tensorType(input).getDimSize(dimension);
      enter(input, part);
    }
  } else if (auto broadcast = dyn_cast<BroadcastInDimOp>(op)) {
    Axes operand;
    for (int64_t d : broadcast.getDimensions())
      operand.push_back(axes[d]);
    auto sizes = tensorType(broadcast.getOperand()).getShape();
    for (auto [axis, size] : llvm::zip_equal(operand, sizes))
      if (size == 1)
        axis.dim = -1;
    enter(broadcast.getOperand(), operand);
  } else if (auto transpose = dyn_cast<TransposeOp>(op)) {
    Axes operand(axes.size());
    for (auto [i, d] : llvm::enumerate(transpose.getPermutation()))
      operand[d] = axes[i];
    enter(transpose.getOperand(), operand);
  } else if (auto reverse = dyn_cast<ReverseOp>(op)) {
    Axes operand = axes;
    for (int64_t d : reverse.getDimensions()) {
      int64_t last = tensorType(reverse.getResult()).getDimSize(d) - 1;
      operand[d] = {axes[d].dim, -axes[d].scale, last - axes[d].offset};
    }
    enter(reverse.getOperand(), operand);
  } else if (auto slice = dyn_cast<SliceOp>(op)) {
    Axes operand = axes;
    for (auto [d, axis] : llvm::enumerate(operand)) {
      if (slice.getStrides()[d] != 1)
        axis.dim = -1;
      axis.offset += slice.getStart()[d];
    }
    enter(slice.getOperand(), operand);
  }
}

SmallVector<Box> Cuts::boxes() const {
  SmallVector<Box> boxes(1);
  for (size_t d = 0; d < shape.size(); ++d) {
    SmallVector<Box> finer;
    for (const Box &box : boxes) {
      int64_t lower = 0;
      auto add = [&](int64_t upper) {
        finer.push_back(box);
        finer.back().lower.push_back(lower);
        finer.back().upper.push_back(upper);
        lower = upper;
      };
      for (int64_t at : cuts[d])
        add(at);
      add(shape[d]);
    }
    boxes = std::move(finer);
  }
  return boxes;
}

SmallVector<Box> dlc::splitAtPieces(ValueRange yields,
                                    ArrayRef<int64_t> shape) {
  Cuts cuts(shape);
  cuts.walk(yields);
  SmallVector<Box> boxes = cuts.boxes();
  if (int64_t(boxes.size() * cuts.opCount()) > maxCode)
    return Cuts(shape).boxes();
  return boxes;
}
