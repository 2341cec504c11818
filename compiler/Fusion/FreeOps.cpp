#include "Fusion/FreeOps.h"

using namespace mlir;
using namespace dlc;

/// Chains of single-element ops up to this length are recomputed by readers.
static constexpr unsigned maxFreeDepth = 8;
/// Concatenations of more operands are stored.
static constexpr size_t maxFreeParts = 4;

static bool isSplatConstant(Operation *op) {
  auto constant = dyn_cast<ConstantOp>(op);
  return constant && isa<SplatElementsAttr>(constant.getValue());
}

std::optional<Emitter> dlc::soloEmitter(Operation *op) {
  if (isa<ScatterOp, DynamicUpdateSliceOp>(op))
    return Emitter::scatter;
  if (isa<SortOp>(op))
    return Emitter::sort;
  if (isa<CumulativeSumOp>(op))
    return Emitter::cumulative;
  return std::nullopt;
}

bool dlc::isNode(Operation *op) {
  return isa<ReshapeOp, OptimizationBarrierOp, PrintOp, ScanOp, IfOp, WhileOp,
             EmptyTapeOp>(op);
}

bool dlc::movesElements(Operation *op) {
  return op->hasTrait<IndexMap>() || isa<DynamicSliceOp, GatherOp>(op);
}

bool dlc::readsMemory(Operation *op) {
  return isProduct(op) || soloEmitter(op);
}

bool dlc::needsMemory(Operation *user) {
  return readsMemory(user) || isNode(user) ||
         user->hasTrait<OpTrait::IsTerminator>();
}

/// Ops that are computed where they are read, again by each reader. Of many
/// operands or of scattered elements that would be dear.
static bool isFreeMap(Operation *op) {
  if (auto concatenate = dyn_cast<ConcatenateOp>(op))
    return concatenate.getInputs().size() <= maxFreeParts;
  if (isa<GatherOp>(op))
    return op->hasOneUse();
  return movesElements(op) && !isa<ReshapeOp>(op);
}

FreeOps::FreeOps(Block &block) {
  for (Operation &op : block)
    mark(&op);
}

void FreeOps::mark(Operation *op) {
  if (op->hasTrait<OpTrait::IsTerminator>())
    return;
  if (auto constant = dyn_cast<ConstantOp>(op);
      constant && !isSplatConstant(op))
    return; // stays outside, an input like any other
  bool free = isFreeMap(op) || isa<IotaOp, ConstantOp>(op);
  unsigned length = 0;
  for (Value v : op->getOperands())
    if (auto it = depth.find(v.getDefiningOp()); it != depth.end())
      length = std::max(length, it->second);
  if (op->hasTrait<Pointwise>() && !isa<CheckIndexOp, PrintOp>(op) &&
      tensorType(op->getResult(0)).getNumElements() == 1) {
    // A scalar made of inputs and free scalars.
    free = llvm::all_of(op->getOperands(), [&](Value v) {
      return isLeaf(v) || contains(v.getDefiningOp());
    });
    ++length;
  }
  if (!free || length > maxFreeDepth)
    return;
  depth[op] = length;
  if (llvm::any_of(op->getUsers(),
                   [](Operation *user) { return needsMemory(user); }))
    inMemory.insert(op);
}

/// A value that comes into the block from outside every kernel.
bool FreeOps::isLeaf(Value v) const {
  Operation *op = v.getDefiningOp();
  return !op || isNode(op) || (isa<ConstantOp>(op) && !contains(op));
}

/// Result dims 0 … k-1 are the operand's, unchanged in size.
static bool keepsLeadingDims(BroadcastInDimOp op) {
  auto dims = op.getDimensions();
  return llvm::equal(dims, llvm::seq<int64_t>(0, dims.size())) &&
         shapeOf(op.getResult()).take_front(dims.size()) ==
             shapeOf(op.getOperand());
}

SmallVector<Read> FreeOps::readsOf(Operation *op) const {
  SmallVector<Read> reads;
  SmallVector<std::pair<Value, Access>> stack;
  for (Value v : op->getOperands())
    stack.push_back({v, movesElements(op) ? Access::other : Access::same});
  while (!stack.empty()) {
    auto [v, access] = stack.pop_back_val();
    Operation *producer = v.getDefiningOp();
    if (!producer)
      continue;
    if (!contains(producer)) {
      reads.push_back({producer, v, access});
      continue;
    }
    Access through = movesElements(producer) ? Access::other : access;
    if (auto broadcast = dyn_cast<BroadcastInDimOp>(producer);
        broadcast && access == Access::same && keepsLeadingDims(broadcast))
      through = Access::row;
    for (Value operand : producer->getOperands())
      stack.push_back({operand, through});
  }
  return reads;
}
