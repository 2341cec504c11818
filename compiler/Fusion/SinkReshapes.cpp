// dlc-sink-reshapes: a value that is repeated within a dimension, as a mean
// pool's gradient is, is a broadcast whose dimensions a reshape merges. In the
// merged shape its elements stand at no regular places, so it would be a kernel
// of its own. The ops behind it take the broadcast's shape instead, in which
// everything is regular, and the reshape, which costs nothing in memory, comes
// last:
//
//   broadcast -> reshape -> select -> reduce   =>   broadcast -> select ->
//   reduce
//
// Only if the last dimension stays whole, since vectors run along it.

#include "Fusion/Passes.h"
#include "Fusion/Pointwise.h"
#include "mlir/IR/Builders.h"

namespace dlc {
#define GEN_PASS_DEF_SINKRESHAPES
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// For each dimension of `merged` how many of `split` make it; nothing if they
/// are not made that way.
static std::optional<SmallVector<int64_t>> groupsOf(ArrayRef<int64_t> split,
                                                    ArrayRef<int64_t> merged) {
  SmallVector<int64_t> groups;
  size_t next = 0;
  for (int64_t size : merged) {
    int64_t product = 1, count = 0;
    while (next < split.size() && (count == 0 || product < size)) {
      product *= split[next++];
      ++count;
    }
    if (product != size)
      return std::nullopt;
    groups.push_back(count);
  }
  if (next != split.size())
    return std::nullopt;
  return groups;
}

/// Whether `reshape` merges dimensions of a broadcast some of which repeat what
/// the others hold.
static bool isStart(ReshapeOp reshape) {
  auto broadcast = reshape.getOperand().getDefiningOp<BroadcastInDimOp>();
  if (!broadcast)
    return false;
  ArrayRef<int64_t> split = tensorType(broadcast.getResult()).getShape();
  auto groups = groupsOf(split, tensorType(reshape.getResult()).getShape());
  if (!groups || groups->empty() || groups->back() != 1)
    return false;
  int64_t first = 0;
  bool repeats = false;
  for (int64_t count : *groups) {
    int64_t held = 0;
    for (int64_t d = first; d < first + count; ++d)
      held += llvm::is_contained(broadcast.getDimensions(), d);
    repeats |= held > 0 && held < count;
    first += count;
  }
  return repeats;
}

namespace {
struct SinkReshapes : dlc::impl::SinkReshapesBase<SinkReshapes> {
  void runOnOperation() override {
    SmallVector<ReshapeOp> open;
    getOperation()->walk([&](ReshapeOp reshape) {
      if (isStart(reshape))
        open.push_back(reshape);
    });
    while (!open.empty()) {
      ReshapeOp reshape = open.pop_back_val();
      // A user may read it twice.
      SetVector<Operation *> users(reshape->user_begin(), reshape->user_end());
      for (Operation *user : users) {
        if (auto reduce = dyn_cast<ReduceOp>(user))
          sinkThrough(reduce, reshape);
        else if (ReshapeOp moved = sinkThrough(user, reshape))
          open.push_back(moved);
      }
      if (reshape.use_empty())
        reshape.erase();
    }
  }

  /// What can take another shape at no cost: splats, and ops that nothing else
  /// needs. What lies in memory anyway is seen in another shape.
  static bool canTakeShape(Value v) {
    Operation *op = v.getDefiningOp();
    if (!op || !op->hasTrait<Pointwise>())
      return true;
    if (!v.hasOneUse())
      // Something else wants it in memory.
      return llvm::any_of(op->getUsers(), [](Operation *user) {
        return !user->hasTrait<Pointwise>();
      });
    return isMovable(op) && llvm::all_of(op->getOperands(), canTakeShape);
  }

  static Value inShape(OpBuilder &b, Value v, ArrayRef<int64_t> shape) {
    if (Value splat = splatIn(b, v, shape))
      return splat;
    Operation *op = v.getDefiningOp();
    if (auto reshape = dyn_cast_if_present<ReshapeOp>(op))
      if (tensorType(reshape.getOperand()).getShape() == shape)
        return reshape.getOperand();
    if (op && isMovable(op) && v.hasOneUse())
      return inShape(b, op, shape);
    return b.create<ReshapeOp>(v.getLoc(), tensorType(v).clone(shape), v);
  }

  static Value inShape(OpBuilder &b, Operation *op, ArrayRef<int64_t> shape) {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(inShape(b, operand, shape));
    return moveTo(b, op, operands, shape);
  }

  /// The reshape that now follows `op`.
  static ReshapeOp sinkThrough(Operation *op, ReshapeOp reshape) {
    if (!isMovable(op) || op->getBlock() != reshape->getBlock() ||
        !llvm::all_of(op->getOperands(), canTakeShape))
      return {};
    OpBuilder b(op);
    Value moved = inShape(b, op, tensorType(reshape.getOperand()).getShape());
    auto result =
        b.create<ReshapeOp>(op->getLoc(), op->getResult(0).getType(), moved);
    op->getResult(0).replaceAllUsesWith(result);
    eraseUnused(op);
    return result;
  }

  /// The op, and what only it needed.
  static void eraseUnused(Operation *op) {
    SetVector<Operation *> producers;
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp();
          producer && producer->hasTrait<Pointwise>())
        producers.insert(producer);
    op->erase();
    for (Operation *producer : producers)
      if (producer->use_empty())
        eraseUnused(producer);
  }

  static void sinkThrough(ReduceOp reduce, ReshapeOp reshape) {
    auto groups = groupsOf(tensorType(reshape.getOperand()).getShape(),
                           tensorType(reshape.getResult()).getShape());
    SmallVector<int64_t> dims;
    int64_t first = 0;
    for (auto [d, count] : llvm::enumerate(*groups)) {
      if (llvm::is_contained(reduce.getDimensions(), int64_t(d)))
        llvm::append_range(dims, llvm::seq(first, first + count));
      first += count;
    }
    OpBuilder b(reduce);
    Value result = b.create<ReduceOp>(reduce.getLoc(), reduce.getKind(),
                                      reshape.getOperand(), dims);
    if (result.getType() != reduce.getType())
      result = b.create<ReshapeOp>(reduce.getLoc(), reduce.getType(), result);
    reduce.getResult().replaceAllUsesWith(result);
    reduce.erase();
  }
};
} // namespace
