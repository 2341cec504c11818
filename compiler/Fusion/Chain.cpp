// Finds the ops of a chain, and what belongs to them.

#include "Fusion/Chain.h"

#include "Fusion/FreeOps.h"
#include "Fusion/Pointwise.h"
#include "IR/ChainBlock.h"
#include "IR/GpuCard.h"

using namespace mlir;
using namespace dlc;

/// Ops between the products at most.
static constexpr size_t mostOps = 96;
/// Fewer rows leave lanes idle; a block of more keys fits into no cache.
static constexpr int64_t fewestRows = 16, mostKeys = 8192;

//===-- Finding -----------------------------------------------------------===//

/// Repeats rows [batch…, Q] along a last dimension.
static bool spreadsRows(BroadcastInDimOp op) {
  int64_t rank = tensorType(op.getOperand()).getRank();
  return llvm::equal(op.getDimensions(), llvm::seq<int64_t>(0, rank)) &&
         tensorType(op.getResult()).getRank() == rank + 1 &&
         shapeOf(op.getResult()).drop_back() == shapeOf(op.getOperand());
}

static bool isSimple(Operation *op) {
  return isMovable(op) && (!op->hasTrait<Composite>() || isa<GeluOp>(op));
}

static bool isWideFloat(Value v) {
  Type element = tensorType(v).getElementType();
  return element.isF32() || element.isF64();
}

/// Whether the chain can compute `op` at its rows.
bool Chain::isBetween(Operation *op) const {
  if (op->getNumResults() != 1)
    return false;
  ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
  bool atRoot = shape == ArrayRef(root);
  if (!atRoot && shape != kept())
    return false;
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return shapeOf(reduce.getOperand()) == ArrayRef(root) &&
           reduce.getDimensions() ==
               ArrayRef<int64_t>{static_cast<int64_t>(root.size()) - 1};
  if (auto dot = dyn_cast<DotGeneralOp>(op))
    return atRoot && !known.contains(dot) && sideOf(dot, 0) && sideOf(dot, 1) &&
           isWideFloat(op->getResult(0));
  return isSimple(op) || isSplat(op->getResult(0)) ||
         isa<IotaOp, BroadcastInDimOp>(op);
}

/// The ops that compute `weights` at its own rows. Once it is known which
/// depend on a product, reductions of others stay outside, as does what reads
/// the result of another chain.
OpSet Chain::reach(Value weights, const OpSet *dependent,
                   const OpSet *following) const {
  OpSet found;
  SmallVector<Value> open{weights};
  Block *block = weights.getParentBlock();
  while (!open.empty() && found.size() <= mostOps) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op || op->getBlock() != block || !isBetween(op) ||
        (following && following->contains(op)))
      continue;
    if (isa<ReduceOp>(op) && dependent && !dependent->contains(op))
      continue;
    auto broadcast = dyn_cast<BroadcastInDimOp>(op);
    if (found.insert(op) && !isa<DotGeneralOp>(op) &&
        (!broadcast || spreadsRows(broadcast)))
      llvm::append_range(open, op->getOperands());
  }
  return found;
}

SmallVector<Operation *> dlc::inOrder(const OpSet &ops) {
  auto sorted = llvm::to_vector(ops);
  llvm::sort(sorted,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return sorted;
}

bool Chain::find(DotGeneralOp sink) {
  Value weights = sink.getLhs();
  ArrayRef<int64_t> shape = shapeOf(weights);
  root.assign(shape.begin(), shape.end());
  std::optional<ProductSide> left = sideOf(sink, 0);
  if (!left || !sideOf(sink, 1) || !leadsWithBatch(*left) ||
      !isWideFloat(sink.getResult()) || root[root.size() - 2] < fewestRows ||
      root.back() < fewestRows || root.back() > mostKeys ||
      llvm::is_contained(root, 0))
    return false;
  OpSet all = reach(weights, nullptr, nullptr), dependent, following;
  auto readsOne = [](Operation *op, const OpSet &ops) {
    return llvm::any_of(op->getOperands(), [&](Value v) {
      return ops.contains(v.getDefiningOp());
    });
  };
  for (Operation *op : inOrder(all))
    if (readsOne(op, known))
      following.insert(op);
    else if (isa<DotGeneralOp>(op) || readsOne(op, dependent))
      dependent.insert(op);
  if (all.size() > mostOps)
    return false;
  for (Operation *op : inOrder(reach(weights, &dependent, &following))) {
    if (!dependent.contains(op))
      copied.insert(op);
    else if (isa<DotGeneralOp>(op))
      scores.insert(op);
    else
      between.insert(op);
  }
  sinks.insert(sink);
  return llvm::any_of(between, llvm::IsaPred<ExponentialOp>);
}

//===-- What belongs to it ------------------------------------------------===//

SmallVector<Operation *> Chain::members() const {
  OpSet all;
  for (const OpSet *part : {&scores, &between, &sinks, &after})
    all.insert(part->begin(), part->end());
  return inOrder(all);
}

SmallVector<Operation *> Chain::body() const {
  OpSet all = copied;
  for (Operation *op : members())
    all.insert(op);
  return inOrder(all);
}

/// The uses of a member's result that the kernel does not hold.
SmallVector<OpOperand *> Chain::usesOutside(Value v) const {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : v.getUses()) {
    Operation *user = use.getOwner();
    bool isCopy = copied.contains(user) &&
                  llvm::all_of(user->getUsers(), [&](Operation *reader) {
                    return isMember(reader);
                  });
    if (!isMember(user) && !isCopy)
      uses.push_back(&use);
  }
  return uses;
}

/// Reductions of what stands between, and row operations on results, such as
/// the division by a row's sum.
void Chain::growAfter() {
  llvm::DenseSet<Value> whole, rows, results;
  for (const OpSet *part : {&scores, &between})
    for (Operation *op : *part) {
      Value v = op->getResult(0);
      (shapeOf(v) == ArrayRef(root) ? whole : rows).insert(v);
    }
  for (Operation *op : sinks)
    if (ProductSide left = *sideOf(cast<DotGeneralOp>(op), 0);
        left.contracted > left.free)
      results.insert(op->getResult(0));
  /// Repeats a row's number, or one for all.
  auto isAnywhere = [&](Value v) {
    Operation *op = v.getDefiningOp();
    auto broadcast = dyn_cast_or_null<BroadcastInDimOp>(op);
    return op && (isSplat(v) || (broadcast && spreadsRows(broadcast) &&
                                 rows.contains(broadcast.getOperand())));
  };
  // A row of results is finished where the product left it.
  Type element = tensorType(sinks.front()->getResult(0)).getElementType();
  auto fitsResults = [&](Value v) {
    Type type = tensorType(v).getElementType();
    return type == element ||
           (element.isF32() && (type.isBF16() || type.isF16()));
  };
  SmallVector<Operation *> first = members();
  for (Operation *op = first.front(); op; op = op->getNextNode()) {
    auto reduce = dyn_cast<ReduceOp>(op);
    if (isMember(op) || copied.contains(op) || after.size() >= mostOps ||
        !(isSimple(op) || (reduce && isBetween(op))))
      continue;
    // All its operands are of one kind.
    auto areAll = [&](const llvm::DenseSet<Value> &kind) {
      auto isOne = [&](Value v) { return kind.contains(v); };
      return llvm::any_of(op->getOperands(), isOne) &&
             llvm::all_of(op->getOperands(),
                          [&](Value v) { return isOne(v) || isAnywhere(v); });
    };
    Value result = op->getResult(0);
    if (areAll(rows)) {
      rows.insert(result);
      after.insert(op);
    } else if (areAll(results) && !reduce && fitsResults(result)) {
      results.insert(result);
      after.insert(op);
    } else if (areAll(whole)) {
      (reduce ? rows : whole).insert(result);
      between.insert(op);
    } else {
      continue;
    }
    for (Value v : op->getOperands())
      if (isAnywhere(v))
        copied.insert(v.getDefiningOp());
  }
}

/// Nothing else reads a whole row between the products.
bool Chain::keepsRowsInside() const {
  for (const OpSet *part : {&scores, &between})
    for (Operation *op : *part) {
      Value v = op->getResult(0);
      if (shapeOf(v) != ArrayRef(root))
        continue;
      for (OpOperand &use : v.getUses()) {
        Operation *user = use.getOwner();
        bool isLeft = sinks.contains(user) && use.getOperandNumber() == 0;
        if (!between.contains(user) && !isLeft)
          return false;
      }
    }
  return true;
}

/// What a region's ops read counts too.
static bool readsAny(Operation *op, function_ref<bool(Operation *)> isOne) {
  return op
      ->walk([&](Operation *inner) {
        for (Value v : inner->getOperands())
          if (Operation *producer = v.getDefiningOp();
              producer && isOne(producer))
            return WalkResult::interrupt();
        return WalkResult::advance();
      })
      .wasInterrupted();
}

/// No path leaves the chain and comes back. Finds `later` too.
bool Chain::isConvex() {
  SmallVector<Operation *> all = members();
  auto isTainted = [&](Operation *op) {
    return isMember(op) || later.contains(op);
  };
  for (Operation *op = all.front(); op != all.back(); op = op->getNextNode())
    if (!isMember(op) && readsAny(op, isTainted))
      later.insert(op);
  for (Operation *op : body())
    for (Value v : op->getOperands())
      if (Operation *producer = v.getDefiningOp();
          producer && later.contains(producer) && !copied.contains(producer))
        return false;
  return true;
}

/// Whether blocks of 16 rows give a GPU enough to do beside the products' own
/// tiles of 64 x 64: few long rows are better computed one product after
/// another.
bool Chain::fillsGpu() const {
  constexpr int64_t rowsOfBlock = 16, tile = 64;
  int64_t batches = 1;
  for (int64_t size : ArrayRef(root).drop_back(2))
    batches *= size;
  int64_t rows = root[root.size() - 2];
  int64_t blocks = batches * llvm::divideCeil(rows, rowsOfBlock);
  int64_t tiles = batches * llvm::divideCeil(rows, tile) *
                  llvm::divideCeil(root.back(), tile);
  return 4 * blocks >= std::min(processors, tiles);
}

Value dlc::sourceOf(Value v) {
  while (auto barrier = v.getDefiningOp<OptimizationBarrierOp>())
    v = barrier.getOperand(cast<OpResult>(v).getResultNumber());
  return v;
}

TransposeOp dlc::transposeOf(Value v) {
  return sourceOf(v).getDefiningOp<TransposeOp>();
}

/// What a product with this operand does, once it is in a chain.
static ChainPart partOf(OpOperand &operand, const OpSet &sinks) {
  Operation *op = operand.getOwner();
  if (!sinks.contains(op))
    return ChainPart::scores;
  ProductSide left = *sideOf(cast<DotGeneralOp>(op), 0);
  return left.contracted > left.free ? ChainPart::weighs : ChainPart::adds;
}

/// Whether a chain can read an operand from outside as it lies there, or as
/// what it is a transpose of lies.
bool Chain::isReadHere(OpOperand &operand) const {
  unsigned number = operand.getOperandNumber();
  int64_t last = tensorType(operand.get()).getRank() - 1;
  return isReadable(*sideOf(cast<DotGeneralOp>(operand.getOwner()), number),
                    partOf(operand, sinks), number,
                    [=](int64_t d) { return d == last; });
}
bool Chain::readsTransposed(OpOperand &operand) const {
  TransposeOp transpose = transposeOf(operand.get());
  unsigned number = operand.getOperandNumber();
  int64_t last = tensorType(operand.get()).getRank() - 1;
  return transpose &&
         isReadable(*sideOf(cast<DotGeneralOp>(operand.getOwner()), number),
                    partOf(operand, sinks), number, [&](int64_t d) {
                      return transpose.getPermutation()[d] == last;
                    });
}

bool Chain::complete() {
  growAfter();
  if (!keepsRowsInside() || !isConvex())
    return false;
  Type element = tensorType(sinks.front()->getResult(0)).getElementType();
  auto isHeld = [&](Value v) {
    return isMember(v.getDefiningOp()) || copied.contains(v.getDefiningOp());
  };
  auto isEmpty = [](Value v) { return tensorType(v).getNumElements() == 0; };
  for (const OpSet *part : {&scores, &sinks})
    for (Operation *op : *part) {
      auto dot = cast<DotGeneralOp>(op);
      if (isHeld(dot.getRhs()) || (part == &scores && isHeld(dot.getLhs())) ||
          tensorType(op->getResult(0)).getElementType() != element ||
          isEmpty(op->getResult(0)) || llvm::any_of(op->getOperands(), isEmpty))
        return false;
    }
  for (const OpSet *part : {&scores, &sinks})
    for (Operation *op : *part)
      for (OpOperand &operand : op->getOpOperands())
        if (!isHeld(operand.get()) && !isReadHere(operand) &&
            !readsTransposed(operand))
          return false;
  // Random bits and the like would be stored for it, row by row.
  for (Operation *op : body())
    for (Value v : op->getOperands())
      if (isa_and_nonnull<RngBitGeneratorOp>(v.getDefiningOp()))
        return false;
  return true;
}
