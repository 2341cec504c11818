#include "IR/TurnedValues.h"

#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace dlc;

/// Smaller sides leave most of a tile's lanes idle.
static constexpr int64_t leastSide = turnedSide / 2;

/// Of a block, without asking for more.
static constexpr int64_t sharedBytes = 48 << 10;

namespace {

/// Values with the dimension of the body's shape that each of their own is,
/// once each.
class Visits {
public:
  using Dims = SmallVector<int64_t>;

  void enter(Value value, Dims dims) {
    Builder b(value.getContext());
    if (seen.insert({value, b.getI64ArrayAttr(dims)}).second)
      open.push_back({value, std::move(dims)});
  }
  bool isDone() const { return open.empty(); }
  TurnedValue next() { return open.pop_back_val(); }

private:
  SmallVector<TurnedValue> open;
  DenseSet<std::pair<Value, ArrayAttr>> seen;
};

} // namespace

/// The dimension of the body's shape along which neighbours of `value` lie.
static int64_t innermost(Value value, ArrayRef<int64_t> dims) {
  ArrayRef<int64_t> shape = tensorType(value).getShape();
  for (int64_t d = dims.size() - 1; d >= 0; --d)
    if (shape[d] != 1)
      return dims[d];
  return -1;
}

/// Those of the operand of a broadcast or a transpose.
static SmallVector<int64_t> dimsBefore(Operation *op, ArrayRef<int64_t> dims) {
  ArrayRef<int64_t> shape = tensorType(op->getOperand(0)).getShape();
  SmallVector<int64_t> before(shape.size(), -1);
  if (auto transpose = dyn_cast<TransposeOp>(op)) {
    for (auto [i, d] : llvm::enumerate(transpose.getPermutation()))
      before[d] = dims[i];
    return before;
  }
  auto broadcast = cast<BroadcastInDimOp>(op);
  for (auto [i, d] : llvm::enumerate(broadcast.getDimensions()))
    if (shape[i] == tensorType(broadcast).getDimSize(d))
      before[i] = dims[d];
  return before;
}

/// The dimensions along which neighbours of what is read for `value` lie; none
/// if that is not known for all of it.
static std::optional<llvm::SmallDenseSet<int64_t>>
readsOf(Value value, ArrayRef<int64_t> dims) {
  llvm::SmallDenseSet<int64_t> along;
  Visits visits;
  visits.enter(value, Visits::Dims(dims));
  while (!visits.isDone()) {
    auto [each, at] = visits.next();
    Operation *op = each.getDefiningOp();
    if (!op) {
      along.insert(innermost(each, at));
    } else if (isa<BroadcastInDimOp, TransposeOp>(op)) {
      visits.enter(op->getOperand(0), dimsBefore(op, at));
    } else if (op->hasTrait<Pointwise>() || isa<SliceOp, ReverseOp>(op)) {
      for (Value operand : op->getOperands())
        visits.enter(operand, at);
    } else if (auto pad = dyn_cast<PadOp>(op)) {
      visits.enter(pad.getOperand(), at);
    } else if (!isa<ConstantOp, IotaOp>(op)) {
      return std::nullopt;
    }
  }
  return along;
}

/// All the transposes' operands that one meets first on the way from what is
/// yielded, and that lie along another dimension than the last.
static SmallVector<TurnedValue> transposed(Block &body) {
  SmallVector<TurnedValue> found;
  Visits visits;
  int64_t last = -1;
  for (Value yielded : body.getTerminator()->getOperands()) {
    int64_t rank = tensorType(yielded).getRank();
    last = rank - 1;
    visits.enter(yielded, llvm::to_vector(llvm::seq<int64_t>(0, rank)));
  }
  while (!visits.isDone()) {
    auto [value, dims] = visits.next();
    Operation *op = value.getDefiningOp();
    if (!op)
      continue;
    if (op->hasTrait<Pointwise>())
      for (Value operand : op->getOperands())
        visits.enter(operand, dims);
    if (!isa<BroadcastInDimOp, TransposeOp>(op))
      continue;
    Value operand = op->getOperand(0);
    Visits::Dims before = dimsBefore(op, dims);
    int64_t along = innermost(operand, before);
    bool isTurned = isa<TransposeOp>(op) && along >= 0 && along != last &&
                    llvm::is_contained(before, last);
    if (isTurned) {
      auto reads = readsOf(operand, before);
      isTurned = reads && reads->contains(along) && !reads->contains(last);
    }
    if (isTurned)
      found.push_back({operand, std::move(before)});
    else
      visits.enter(operand, std::move(before));
  }
  return found;
}

SmallVector<TurnedValue> dlc::turnedValues(Block &body, int64_t dimension) {
  SmallVector<TurnedValue> values = transposed(body);
  llvm::erase_if(values, [&](const TurnedValue &each) {
    return innermost(each.value, each.dims) != dimension;
  });
  return values;
}

std::optional<int64_t> dlc::turnedOf(KernelOp kernel) {
  auto attr = kernel->getAttrOfType<IntegerAttr>(turnedAttr);
  return attr ? std::optional(attr.getInt()) : std::nullopt;
}

bool dlc::isValidTurned(KernelOp kernel, int64_t dimension) {
  if (kernel.getEmitter() != Emitter::map || kernel.getNumResults() == 0)
    return false;
  Block &body = kernel.getBody().front();
  auto type = tensorType(body.getTerminator()->getOperand(0));
  return dimension >= 0 && dimension + 1 < type.getRank() &&
         !turnedValues(body, dimension).empty();
}

static int64_t bytesOf(Type element) {
  return llvm::divideCeil(element.getIntOrFloatBitWidth(), 8);
}

std::optional<int64_t> dlc::chooseTurned(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  if (kernel.getEmitter() != Emitter::map || kernel.getNumResults() == 0)
    return std::nullopt;
  ArrayRef<int64_t> shape =
      tensorType(body.getTerminator()->getOperand(0)).getShape();
  if (shape.size() < 2 || shape.back() < leastSide)
    return std::nullopt;
  std::optional<int64_t> best;
  int64_t most = 0;
  SmallVector<int64_t> ofTile(shape.size(), 0);
  for (const TurnedValue &each : transposed(body)) {
    int64_t along = innermost(each.value, each.dims);
    ofTile[along] +=
        turnedSide *
        turnedPitch(bytesOf(tensorType(each.value).getElementType()));
    if (shape[along] >= leastSide && ofTile[along] > most) {
      best = along;
      most = ofTile[along];
    }
  }
  return most <= sharedBytes ? best : std::nullopt;
}
