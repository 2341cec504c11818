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
             EmptyTapeOp, KernelOp>(op);
}

bool dlc::movesElements(Operation *op) {
  return op->hasTrait<IndexMap>() || isa<DynamicSliceOp, GatherOp>(op);
}

bool dlc::readsMemory(Operation *op) {
  return isProduct(op) || soloEmitter(op);
}

/// Channels that are read this far apart come from different cache lines,
/// which a few of them may.
static constexpr int64_t maxSpreadChannels = 8;

/// Where dimension `d` of a transposed value comes from.
static int64_t origin(Value v, int64_t d) {
  while (auto transpose = v.getDefiningOp<TransposeOp>()) {
    d = transpose.getPermutation()[d];
    v = transpose.getOperand();
  }
  return d;
}

/// Whether there are more taps than places: a filter's gradient, whose channels
/// are images.
static bool isFilterGradient(ConvolutionOp op) {
  auto count = [](ArrayRef<int64_t> sizes) {
    return ShapedType::getNumElements(sizes);
  };
  auto taps = tensorType(op.getFilters()).getShape().drop_back(2);
  auto places = tensorType(op.getResult()).getShape().drop_front().drop_back();
  return op.getGroups() == 1 && op.getBatchGroups() == 1 &&
         count(taps) > count(places);
}

/// What vectors hold must lie contiguous, what is broadcast may lie anywhere.
/// But if many channels are summed before the next tap, those of a pixel should
/// be neighbours.
Value dlc::readInMemory(Operation *user, Value v) {
  auto op = dyn_cast<ConvolutionOp>(user);
  if (!op || !(op.getChannelsLast() || op.getBatchLast()))
    return v;
  int64_t last = tensorType(op.getResult()).getRank() - 1;
  Value source = v;
  while (auto transpose = source.getDefiningOp<TransposeOp>())
    source = transpose.getOperand();
  bool isImages = v == op.getImages();
  if (op.getBatchLast()) // vectors of images
    return !isImages || origin(v, last) == last ? source : v;
  // Vectors of output channels; of summed ones, which are images.
  Value filters = op.getFilters();
  bool outputs = origin(filters, last) == last;
  bool channels =
      !outputs && isFilterGradient(op) && origin(filters, last - 1) == last;
  if (!isImages)
    return outputs || channels ? source : v;
  int64_t channel = origin(v, last);
  bool areFew = tensorType(filters).getDimSize(last - 1) <= maxSpreadChannels;
  // A filter's gradient sums them last.
  bool areOutermost = channel == 0 && outputs &&
                      origin(filters, last - 1) == 0 && isFilterGradient(op);
  bool spread = !channels && (areFew || areOutermost);
  return channel == last || spread ? source : v;
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

bool dlc::isReadInMemory(Value v) {
  SmallVector<Value> reads = {v};
  while (!reads.empty()) {
    Value read = reads.pop_back_val();
    for (Operation *user : read.getUsers()) {
      if (isa<TransposeOp>(user))
        reads.push_back(user->getResult(0));
      if (needsMemory(user) &&
          llvm::is_contained(llvm::map_range(user->getOperands(),
                                             [&](Value operand) {
                                               return readInMemory(user,
                                                                   operand);
                                             }),
                             v))
        return true;
    }
  }
  return false;
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
  if (isReadInMemory(op->getResult(0)))
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

SmallVector<Block *> dlc::blocksOf(Region &function) {
  SmallVector<Block *> blocks;
  function.walk([&](Operation *op) {
    if (isa<ScanOp, IfOp, WhileOp>(op))
      for (Region &region : op->getRegions())
        blocks.push_back(&region.front());
  });
  for (Block &block : function)
    blocks.push_back(&block);
  return blocks;
}
