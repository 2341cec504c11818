// Ops that share a kernel move into one: `dlc.kernel`. Groups.cpp decides
// which, Outputs.cpp what they leave for each other.

#include "Fusion/Outputs.h"
#include "Fusion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {
#define GEN_PASS_DEF_FORMKERNELS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
class KernelFormer {
public:
  KernelFormer(Block &block, bool gpu)
      : block(block), free(block), groups(block, free, /*joinsRows=*/!gpu),
        outputs(block, free, groups) {}

  void run();

private:
  SmallVector<GroupId> inOrder() const;
  void emitKernel(OpBuilder &b, Emitter emitter, ArrayRef<Operation *> ops);
  void materializeOperands(OpBuilder &b, Operation *op);
  std::string reasonToEnd(ArrayRef<Value> results,
                          const llvm::SmallPtrSetImpl<Operation *> &members);
  /// The value outside kernels that holds `v`.
  Value stored(Value v) const {
    auto it = memory.find(v);
    return it == memory.end() ? v : it->second;
  }

  Block &block;
  FreeOps free;
  Groups groups;
  Outputs outputs;
  /// A value of the old block -> the kernel result that holds it.
  llvm::DenseMap<Value, Value> memory;
};
} // namespace

/// Groups in an order that respects dependences: they are numbered by their
/// first ops, but may depend on later ones.
SmallVector<GroupId> KernelFormer::inOrder() const {
  SmallVector<GroupId> order;
  llvm::SmallVector<bool> done(groups.size());
  SmallVector<std::pair<GroupId, bool>> stack;
  for (GroupId id = groups.size(); id-- > 0;)
    stack.push_back({id, false});
  while (!stack.empty()) {
    auto [id, expanded] = stack.pop_back_val();
    if (done[id] || groups[id].dead)
      continue;
    if (expanded) {
      done[id] = true;
      order.push_back(id);
      continue;
    }
    stack.push_back({id, true});
    for (Operation *op : groups[id].ops)
      for (const Read &r : free.readsOf(op))
        if (GroupId h = groups.of(r.producer); h != id && !done[h])
          stack.push_back({h, false});
  }
  return order;
}

void KernelFormer::run() {
  OpBuilder builder(block.getTerminator());
  for (GroupId id : inOrder()) {
    const Group &g = groups[id];
    if (!g.barrier) {
      emitKernel(builder, g.emitter, g.ops);
      continue;
    }
    Operation *op = g.ops.front();
    materializeOperands(builder, op);
    op->moveBefore(block.getTerminator());
    for (OpOperand &operand : op->getOpOperands())
      operand.set(stored(operand.get()));
  }
  materializeOperands(builder, block.getTerminator());
  for (OpOperand &operand : block.getTerminator()->getOpOperands())
    operand.set(stored(operand.get()));
  // What is left is dead: first ops now inside kernels and free ops, then
  // reshapes that only those read.
  for (bool barriers : {false, true})
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if (isNode(&op) == barriers && !isa<KernelOp>(op) && op.use_empty() &&
          !op.hasTrait<OpTrait::IsTerminator>())
        op.erase();
}

/// Kernels for the free ops among the operands of `op`, which lie in memory.
void KernelFormer::materializeOperands(OpBuilder &b, Operation *op) {
  for (Value operand : op->getOperands()) {
    Value v = readInMemory(op, operand);
    if (Operation *producer = v.getDefiningOp();
        free.contains(producer) && !memory.contains(v))
      emitKernel(b, Emitter::map, producer);
  }
}

void KernelFormer::emitKernel(OpBuilder &b, Emitter emitter,
                              ArrayRef<Operation *> ops) {
  for (Operation *op : ops)
    if (readsMemory(op))
      materializeOperands(b, op);

  SmallVector<Value> results;
  llvm::SmallPtrSet<Operation *, 16> members(ops.begin(), ops.end());
  for (Operation *op : ops)
    for (Value v : op->getResults())
      if (outputs.contains(v) || free.contains(op))
        results.push_back(v);
  if (results.empty())
    return; // every value is recomputed elsewhere

  SmallVector<Location> locs;
  for (Operation *op : ops)
    locs.push_back(op->getLoc());
  Location loc = b.getFusedLoc(locs);
  SmallVector<Type> types;
  for (Value v : results)
    types.push_back(v.getType());
  auto kernel =
      b.create<KernelOp>(loc, types, emitter, ValueRange(),
                         b.getStringAttr(reasonToEnd(results, members)));
  Block *body = b.createBlock(&kernel.getBody());
  IRMapping map;
  SmallVector<Value> inputs;
  llvm::MapVector<std::pair<Value, Type>, Value> arguments;

  // Clones `ops` with the free and recomputed ops they need before them.
  auto input = [&](Value v) {
    Value source = stored(v);
    // A reshape at the border is free.
    while (auto reshape = source.getDefiningOp<ReshapeOp>())
      source = stored(reshape.getOperand());
    auto [it, isNew] = arguments.insert({{source, v.getType()}, Value()});
    if (isNew) {
      inputs.push_back(source);
      it->second = body->addArgument(v.getType(), v.getLoc());
    }
    map.map(v, it->second);
  };
  auto isInside = [&](Operation *op) {
    return op && (members.contains(op) || outputs.isRecomputed(op) ||
                  (free.contains(op) && !(isa<TransposeOp>(op) &&
                                          memory.contains(op->getResult(0)))));
  };
  auto clone = [&](Operation *root) {
    SmallVector<std::pair<Operation *, bool>> stack{{root, false}};
    while (!stack.empty()) {
      auto [op, expanded] = stack.pop_back_val();
      if (map.contains(op->getResult(0)))
        continue;
      if (expanded) {
        b.clone(*op, map);
        continue;
      }
      stack.push_back({op, true});
      for (Value v : op->getOperands()) {
        if (map.contains(v))
          continue;
        if (isInside(v.getDefiningOp()))
          stack.push_back({v.getDefiningOp(), false});
        else
          input(v);
      }
    }
  };
  b.setInsertionPointToEnd(body);
  // A contraction reads its operands from memory, even those that its
  // epilogue could compute: they come first.
  for (Operation *op : ops)
    if (readsMemory(op))
      for (Value operand : op->getOperands()) {
        Value v =
            memory.contains(operand) ? operand : readInMemory(op, operand);
        if (!map.contains(v) && !members.contains(v.getDefiningOp()))
          input(v);
      }
  for (Value v : results)
    clone(v.getDefiningOp());
  SmallVector<Value> yields;
  for (Value v : results)
    yields.push_back(map.lookup(v));
  b.create<YieldOp>(loc, yields);
  kernel.getInputsMutable().assign(inputs);
  b.setInsertionPoint(block.getTerminator());
  for (auto [v, result] : llvm::zip(results, kernel.getResults()))
    memory[v] = result;
}

/// For `dlc explain`: why the first value that leaves does so.
std::string
KernelFormer::reasonToEnd(ArrayRef<Value> results,
                          const llvm::SmallPtrSetImpl<Operation *> &members) {
  for (Value v : results)
    for (Operation *user : v.getUsers()) {
      if (members.contains(user))
        continue;
      if (isa<func::ReturnOp>(user))
        return "result";
      if (isProduct(user))
        return isa<DotGeneralOp>(user) ? "feeds a contraction"
                                       : "feeds a convolution";
      if (isa<ScanOp, IfOp, WhileOp, YieldOp>(user))
        return "feeds a loop";
      if (isa<KernelOp>(user))
        return "feeds a chain of products";
      if (isa<ReduceOp>(user))
        return "feeds a reduction";
      if (soloEmitter(user))
        return "feeds a kernel of its own";
      if (movesElements(user))
        return "read at other indices";
      if (shapeOf(user->getResult(0)) != shapeOf(v))
        return "read by another shape";
    }
  return "joining its reader would make a cycle";
}

/// Several dimensions that a column kernel reduces become one in its layout.
/// Not where elements come from elsewhere, for neighbours there need not be
/// neighbours here: they are brought into the merged shape before.
static void mergeReducedDims(ReduceOp reduce) {
  auto type = tensorType(reduce.getOperand());
  SmallVector<int64_t> dims(reduce.getDimensions());
  llvm::sort(dims);
  Operation *producer = reduce.getOperand().getDefiningOp();
  if (dims.size() < 2 || dims.back() + 1 == type.getRank() || !producer ||
      isa<ReshapeOp>(producer) ||
      !(isa<IotaOp>(producer) || movesElements(producer)))
    return;
  SmallVector<int64_t> shape(type.getShape());
  for (int64_t d : llvm::reverse(ArrayRef(dims).drop_front())) {
    shape[d - 1] *= shape[d];
    shape.erase(shape.begin() + d);
  }
  OpBuilder b(reduce);
  Value merged = b.create<ReshapeOp>(reduce.getLoc(), type.clone(shape),
                                     reduce.getOperand());
  reduce.getOperandMutable().assign(merged);
  reduce.setDimensions(dims.front());
}

namespace {
struct FormKernels : dlc::impl::FormKernelsBase<FormKernels> {
  using FormKernelsBase::FormKernelsBase;

  void runOnOperation() override {
    // An outer block sees finished scans.
    for (Block *block : blocksOf(getOperation().getBody())) {
      llvm::for_each(block->getOps<ReduceOp>(), mergeReducedDims);
      KernelFormer(*block, gpu).run();
    }
  }
};

} // namespace
