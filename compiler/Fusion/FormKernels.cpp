// Decides, once, which ops share a kernel.
//
// The idea: walk a block in order and let every op join the group of one of its
// producers when that group's emitter can compute it at the same index, else
// start a group. A contraction or a reduction thus collects its consumers (its
// epilogue); afterwards a map group with one consuming group moves into it (its
// prologue). For `relu(x·W + b)`:
//
//   %z = dot_general %x, %w        starts a contraction group
//   %c = broadcast_in_dim %b       free: cloned into whoever reads it
//   %a = add %z, %c                joins: same shape, reads %z at its own index
//   %r = maximum %a, %zero         joins; %zero, a splat, is free
//
// Joining must not make a cycle: group G may take an op that also reads group H
// only if H does not depend on G. Ancestor sets answer that.
//
// Why not greedy pattern rewriting: a decision needs the whole dependence
// graph, and a fixed walk gives the same kernels on every run.

#include "Fusion/Passes.h"
#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SparseBitVector.h"

#include <deque>

namespace dlc {
#define GEN_PASS_DEF_FORMKERNELS
#include "Fusion/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {

/// Bodies above this size compile slowly and spill; a longer chain is cut.
constexpr size_t maxOpsPerKernel = 256;
constexpr size_t maxInputsPerKernel = 48;
/// Chains of single-element ops up to this length are recomputed by readers.
constexpr unsigned maxFreeDepth = 8;
/// Concatenations of more operands are stored.
constexpr size_t maxFreeParts = 4;

ArrayRef<int64_t> shapeOf(Value v) { return tensorType(v).getShape(); }

bool isSplatConstant(Operation *op) {
  auto constant = dyn_cast<ConstantOp>(op);
  return constant && isa<SplatElementsAttr>(constant.getValue());
}

/// Sums of products, which read their operands from memory and collect what
/// follows as their epilogue.
bool isProduct(Operation *op) { return isa<DotGeneralOp, ConvolutionOp>(op); }

/// Ops that have a kernel of their own, whose emitter reads operands from
/// memory.
std::optional<Emitter> soloEmitter(Operation *op) {
  if (isa<ScatterOp, DynamicUpdateSliceOp>(op))
    return Emitter::scatter;
  if (isa<SortOp>(op))
    return Emitter::sort;
  if (isa<CumulativeSumOp>(op))
    return Emitter::cumulative;
  return std::nullopt;
}

/// Ops that are nodes of the launch list: an alias, a loop, something printed.
bool isNode(Operation *op) {
  return isa<ReshapeOp, OptimizationBarrierOp, PrintOp, ScanOp, IfOp, WhileOp>(
      op);
}

bool isIndexMap(Operation *op) {
  return op->hasTrait<IndexMap>() || isa<DynamicSliceOp, GatherOp>(op);
}

/// Ops that are computed where they are read, again by each reader. Of many
/// operands or of scattered elements that would be dear.
bool isFreeMap(Operation *op) {
  if (auto concatenate = dyn_cast<ConcatenateOp>(op))
    return concatenate.getInputs().size() <= maxFreeParts;
  if (isa<GatherOp>(op))
    return op->hasOneUse();
  return isIndexMap(op) && !isa<ReshapeOp>(op);
}

/// Ops that a kernel recomputes from their operands with a few instructions, so
/// that a stored result is not worth its memory traffic.
bool isCheap(Operation *op) {
  return isa<CompareOp, NotOp, AndOp, OrOp, ConvertOp, NegateOp, SelectOp>(op);
}

/// The dimensions [first, rank) that a row reduction removes, or none.
std::optional<int64_t> firstRowDim(ReduceOp op) {
  SmallVector<int64_t> dims(op.getDimensions());
  llvm::sort(dims);
  int64_t rank = tensorType(op.getOperand()).getRank();
  for (auto [i, d] : llvm::enumerate(dims))
    if (d != rank - int64_t(dims.size()) + int64_t(i))
      return std::nullopt;
  return rank - int64_t(dims.size());
}

using GroupId = unsigned;

struct Group {
  Emitter emitter = Emitter::map;
  /// The iteration space, and what is left of it after the reductions.
  SmallVector<int64_t> root, kept;
  SmallVector<int64_t> dims; // reduced dimensions
  SmallVector<Operation *> ops;
  llvm::SparseBitVector<> ancestors;
  bool dead = false;
  /// Scans and other ops that stay outside kernels.
  bool barrier = false;
};

/// How an op reads a value of a group: at its own index, at the kept part of
/// its index (a row's statistic), or anywhere else.
enum class Access { same, row, other };

struct Read {
  Operation *producer; // not free
  Value value;
  Access access;
};

class KernelFormer {
public:
  explicit KernelFormer(Block &block) : block(block) {}

  void run() {
    for (Operation &op : block)
      markFree(&op);
    for (Operation &op : block.without_terminator())
      if (!isFree(&op))
        place(&op);
    mergeRows();
    mergePrologues();
    emit();
  }

private:
  //===-- Free ops
  //---------------------------------------------------------===//

  /// A free op is cloned into its readers and never ends a kernel. One whose
  /// value must lie in memory (it is returned, or a contraction reads it) gets
  /// a kernel of its own.
  void markFree(Operation *op) {
    if (op->hasTrait<OpTrait::IsTerminator>())
      return;
    if (auto constant = dyn_cast<ConstantOp>(op);
        constant && !isSplatConstant(op))
      return; // stays outside, an input like any other
    bool free = isFreeMap(op) || isa<IotaOp, ConstantOp>(op);
    unsigned depth = 0;
    for (Value v : op->getOperands())
      if (auto it = freeDepth.find(v.getDefiningOp()); it != freeDepth.end())
        depth = std::max(depth, it->second);
    if (op->hasTrait<Pointwise>() && !isa<CheckIndexOp, PrintOp>(op) &&
        tensorType(op->getResult(0)).getNumElements() == 1) {
      // A scalar made of inputs and free scalars.
      free = llvm::all_of(op->getOperands(), [&](Value v) {
        return isLeaf(v) || isFree(v.getDefiningOp());
      });
      ++depth;
    }
    if (!free || depth > maxFreeDepth)
      return;
    freeDepth[op] = depth;
    if (llvm::any_of(op->getUsers(),
                     [](Operation *user) { return needsMemory(user); }))
      materialized.insert(op);
  }

  static bool readsMemory(Operation *op) {
    return isProduct(op) || soloEmitter(op);
  }

  static bool needsMemory(Operation *user) {
    return readsMemory(user) || isNode(user) ||
           user->hasTrait<OpTrait::IsTerminator>();
  }

  bool isFree(Operation *op) const { return op && freeDepth.contains(op); }

  /// A value that comes into the block from outside every kernel.
  bool isLeaf(Value v) const {
    Operation *op = v.getDefiningOp();
    return !op || isNode(op) || (isa<ConstantOp>(op) && !isFree(op));
  }

  /// What `op` reads once free ops are looked through.
  SmallVector<Read> readsOf(Operation *op) const {
    SmallVector<Read> reads;
    SmallVector<std::pair<Value, Access>> stack;
    for (Value v : op->getOperands())
      stack.push_back({v, isIndexMap(op) ? Access::other : Access::same});
    while (!stack.empty()) {
      auto [v, access] = stack.pop_back_val();
      Operation *producer = v.getDefiningOp();
      if (!producer)
        continue;
      if (!isFree(producer)) {
        reads.push_back({producer, v, access});
        continue;
      }
      Access through = isIndexMap(producer) ? Access::other : access;
      if (auto broadcast = dyn_cast<BroadcastInDimOp>(producer);
          broadcast && access == Access::same && keepsLeadingDims(broadcast))
        through = Access::row;
      for (Value operand : producer->getOperands())
        stack.push_back({operand, through});
    }
    return reads;
  }

  /// Result dims 0 … k-1 are the operand's, unchanged in size.
  static bool keepsLeadingDims(BroadcastInDimOp op) {
    auto dims = op.getDimensions();
    return llvm::equal(dims, llvm::seq<int64_t>(0, dims.size())) &&
           shapeOf(op.getResult()).take_front(dims.size()) ==
               shapeOf(op.getOperand());
  }

  //===-- Placing ops
  //------------------------------------------------------===//

  void place(Operation *op) {
    if (isNode(op) || isa<ConstantOp>(op)) {
      // An alias, a loop or a constant: a node of the graph, not a kernel.
      Group &g = start(op, Emitter::map);
      g.barrier = true;
      return;
    }
    if (std::optional<Emitter> emitter = soloEmitter(op)) {
      start(op, *emitter);
      return;
    }
    SmallVector<Read> reads = readsOf(op);
    SmallVector<GroupId> candidates;
    for (const Read &r : reads)
      if (GroupId g = groupOf.lookup(r.producer);
          !llvm::is_contained(candidates, g))
        candidates.push_back(g);
    // A contraction or a reduction first: a map group can still follow as its
    // prologue. Then the latest.
    llvm::sort(candidates, [&](GroupId a, GroupId b) {
      bool mapA = groups[a].emitter == Emitter::map,
           mapB = groups[b].emitter == Emitter::map;
      return mapA != mapB ? mapB : a > b;
    });
    if (!isProduct(op))
      for (GroupId g : candidates)
        if (canJoin(op, groups[g], g, reads)) {
          join(op, g);
          return;
        }
    if (isProduct(op)) {
      Group &g = start(op, isa<ConvolutionOp>(op) ? Emitter::window
                                                  : Emitter::contraction);
      g.root.assign(shapeOf(op->getResult(0)).begin(),
                    shapeOf(op->getResult(0)).end());
      g.kept = g.root;
    } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
      Group &g = start(op, emitterOf(reduce));
      setSpace(g, reduce);
    } else {
      Group &g = start(op, Emitter::map);
      g.root.assign(shapeOf(op->getResult(0)).begin(),
                    shapeOf(op->getResult(0)).end());
      g.kept = g.root;
    }
  }

  static Emitter emitterOf(ReduceOp op) {
    return firstRowDim(op) ? Emitter::row : Emitter::column;
  }

  static void setSpace(Group &g, ReduceOp reduce) {
    g.emitter = emitterOf(reduce);
    auto root = shapeOf(reduce.getOperand()),
         kept = shapeOf(reduce.getResult());
    g.root.assign(root.begin(), root.end());
    g.kept.assign(kept.begin(), kept.end());
    g.dims.assign(reduce.getDimensions().begin(), reduce.getDimensions().end());
    llvm::sort(g.dims);
  }

  Group &start(Operation *op, Emitter emitter) {
    groups.emplace_back();
    groups.back().emitter = emitter;
    join(op, groups.size() - 1);
    return groups.back();
  }

  void join(Operation *op, GroupId id) {
    Group &g = groups[id];
    if (auto reduce = dyn_cast<ReduceOp>(op);
        reduce && g.emitter == Emitter::map && !g.ops.empty())
      setSpace(g, reduce);
    g.ops.push_back(op);
    groupOf[op] = id;
    llvm::SparseBitVector<> gained;
    for (const Read &r : readsOf(op))
      if (GroupId h = groupOf.lookup(r.producer); h != id) {
        gained.set(h);
        gained |= groups[h].ancestors;
      }
    if (!(g.ancestors |= gained))
      return;
    for (GroupId x = id + 1; x < groups.size(); ++x)
      if (groups[x].ancestors.test(id))
        groups[x].ancestors |= gained;
  }

  /// Whether group `g` can compute `op`, given what it reads.
  bool canJoin(Operation *op, const Group &g, GroupId id,
               ArrayRef<Read> reads) {
    if (g.barrier || soloEmitter(g.ops.front()) ||
        g.ops.size() >= maxOpsPerKernel || reads.size() > maxInputsPerKernel)
      return false;
    for (const Read &r : reads)
      if (GroupId h = groupOf.lookup(r.producer);
          h != id && groups[h].ancestors.test(id))
        return false;
    ArrayRef<int64_t> root = g.root, kept = g.kept;
    if (auto reduce = dyn_cast<ReduceOp>(op)) {
      SmallVector<int64_t> dims(reduce.getDimensions());
      llvm::sort(dims);
      bool space = shapeOf(reduce.getOperand()) == root;
      bool kind = g.emitter == Emitter::map
                      // A column reduction of several dims needs them
                      // collapsed, which a prologue might forbid.
                      ? emitterOf(reduce) == Emitter::row || dims.size() == 1
                      : g.emitter == emitterOf(reduce) &&
                            ArrayRef(g.dims) == ArrayRef(dims);
      return space && kind && llvm::all_of(reads, [&](const Read &r) {
               return groupOf.lookup(r.producer) != id || readableAtRoot(r, g);
             });
    }
    if (!op->hasTrait<Pointwise>() && !isa<RngBitGeneratorOp>(op))
      return false;
    ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
    bool atRoot = shape == root, atKept = shape == kept;
    if (!atRoot && !atKept)
      return false;
    return llvm::all_of(reads, [&](const Read &r) {
      if (groupOf.lookup(r.producer) != id)
        return true;
      if (atRoot && readableAtRoot(r, g))
        return true;
      return atKept && g.emitter != Emitter::map && r.access == Access::same &&
             shapeOf(r.value) == kept;
    });
  }

  /// A value of `g` as read by an op on g's root space.
  static bool readableAtRoot(const Read &r, const Group &g) {
    if (r.access == Access::same)
      return shapeOf(r.value) == ArrayRef(g.root);
    // A row kernel has its statistics before it writes the row; a column
    // kernel has them only after its last row.
    return r.access == Access::row && g.emitter == Emitter::row &&
           shapeOf(r.value) == ArrayRef(g.kept);
  }

  //===-- Rows
  //-------------------------------------------------------------===//

  /// Merges a row group into one that reads it at its own rows: masks and
  /// weights reduced on their own start a group before the rows they meet.
  void mergeRows() {
    for (GroupId id = 0; id < groups.size(); ++id) {
      if (groups[id].emitter != Emitter::row)
        continue;
      llvm::SmallSetVector<GroupId, 8> producers;
      for (Operation *op : groups[id].ops)
        for (const Read &r : readsOf(op))
          if (GroupId p = groupOf.lookup(r.producer); p != id)
            producers.insert(p);
      for (GroupId p : producers)
        if (canMergeRows(p, id, producers.getArrayRef()))
          mergeInto(p, id);
    }
  }

  bool canMergeRows(GroupId from, GroupId into,
                    ArrayRef<GroupId> producers) const {
    const Group &p = groups[from], &c = groups[into];
    if (p.barrier || p.emitter != Emitter::row || p.root != c.root ||
        p.dims != c.dims || p.ops.size() + c.ops.size() > maxOpsPerKernel)
      return false;
    for (GroupId x : producers)
      if (x != from && groups[x].ancestors.test(from))
        return false; // a third group stands between
    ArrayRef<int64_t> root = c.root, kept = c.kept;
    for (Operation *op : c.ops)
      for (const Read &r : readsOf(op)) {
        if (groupOf.lookup(r.producer) != from)
          continue;
        bool onRoot = (isa<ReduceOp>(op) ? shapeOf(op->getOperand(0))
                                         : shapeOf(op->getResult(0))) == root;
        if (onRoot ? !readableAtRoot(r, c)
                   : r.access != Access::same || shapeOf(r.value) != kept)
          return false;
      }
    return true;
  }

  /// Moves all of a group that `into` reads; whoever read it now reads `into`.
  void mergeInto(GroupId from, GroupId into) {
    Group &p = groups[from], &c = groups[into];
    // Producers first: `ops` stays in dependence order.
    c.ops.insert(c.ops.begin(), p.ops.begin(), p.ops.end());
    for (Operation *op : p.ops)
      groupOf[op] = into;
    c.ancestors |= p.ancestors;
    c.ancestors.reset(from);
    p.ops.clear();
    p.dead = true;
    for (GroupId x = 0; x < groups.size(); ++x)
      if (x != into && groups[x].ancestors.test(from)) {
        groups[x].ancestors.reset(from);
        groups[x].ancestors.set(into);
        groups[x].ancestors |= c.ancestors;
      }
  }

  //===-- Prologues
  //--------------------------------------------------------===//

  /// Moves a map group whose values a single other group reads into that group.
  void mergePrologues() {
    for (GroupId id = groups.size(); id-- > 0;) {
      Group &g = groups[id];
      if (g.dead || g.barrier || g.emitter != Emitter::map)
        continue;
      std::optional<GroupId> consumer;
      if (hasMemoryUse(g) || !soleConsumer(id, consumer) || !consumer)
        continue;
      const Group &c = groups[*consumer];
      if (!c.barrier && c.ops.size() + g.ops.size() <= maxOpsPerKernel &&
          fitsAsPrologue(id, g, *consumer, c))
        mergeInto(id, *consumer);
    }
  }

  bool hasMemoryUse(const Group &g) const {
    for (Operation *op : g.ops)
      for (Operation *user : op->getUsers())
        if (needsMemory(user))
          return true;
    return false;
  }

  /// Finds the one group that reads values of group `id`, through free ops.
  bool soleConsumer(GroupId id, std::optional<GroupId> &consumer) const {
    SmallVector<Operation *> work(groups[id].ops.begin(), groups[id].ops.end());
    llvm::SmallPtrSet<Operation *, 16> seen;
    while (!work.empty())
      for (Operation *user : work.pop_back_val()->getUsers()) {
        if (isFree(user)) {
          if (materialized.contains(user))
            return false;
          if (seen.insert(user).second)
            work.push_back(user);
          continue;
        }
        auto it = groupOf.find(user);
        if (it == groupOf.end())
          return false; // the terminator
        if (it->second == id)
          continue;
        if (consumer && *consumer != it->second)
          return false;
        consumer = it->second;
      }
    return true;
  }

  bool fitsAsPrologue(GroupId id, const Group &g, GroupId consumerId,
                      const Group &c) const {
    ArrayRef<int64_t> root = g.root;
    bool atRoot = root == ArrayRef(c.root), atKept = root == ArrayRef(c.kept);
    if (!atRoot && !atKept)
      return false;
    if (c.emitter == Emitter::column && c.dims.size() > 1)
      return false;
    for (Operation *op : c.ops)
      for (const Read &r : readsOf(op)) {
        if (groupOf.lookup(r.producer) != id)
          continue;
        ArrayRef<int64_t> shape = isa<ReduceOp>(op) ? shapeOf(op->getOperand(0))
                                                    : shapeOf(op->getResult(0));
        bool same = r.access == Access::same && shape == root;
        bool row = r.access == Access::row && c.emitter == Emitter::row &&
                   atKept && shape == ArrayRef(c.root);
        if (isProduct(op) || (!same && !row))
          return false;
      }
    return true;
  }

  //===-- Emission
  //---------------------------------------------------------===//

  /// Values that leave their group. A cheap one whose operands leave anyway is
  /// recomputed by its readers instead.
  void findOutputs() {
    for (Group &g : groups)
      for (Operation *op : g.ops)
        for (const Read &r : readsOf(op))
          if (groupOf.lookup(r.producer) != groupOf.lookup(op))
            outputs.insert(r.value);
    llvm::SmallPtrSet<Operation *, 16> inMemory;
    for (Operation &op : block)
      if (needsMemory(&op))
        for (Value v : op.getOperands())
          if (Operation *producer = v.getDefiningOp();
              producer && !isFree(producer)) {
            outputs.insert(v);
            inMemory.insert(producer);
          }
    // What materialised free ops read leaves its group too.
    for (Operation *op : materialized)
      for (const Read &r : readsOf(op))
        outputs.insert(r.value);
    for (Operation &op : llvm::reverse(block)) {
      if (!isCheap(&op) || inMemory.contains(&op) || op.getNumResults() != 1 ||
          !outputs.contains(op.getResult(0)))
        continue;
      SmallVector<Read> reads = readsOf(&op);
      if (llvm::all_of(reads, [&](const Read &r) {
            return outputs.contains(r.value) ||
                   groupOf.lookup(r.producer) != groupOf.lookup(&op);
          })) {
        outputs.remove(op.getResult(0));
        recomputed.insert(&op);
      }
    }
  }

  void emit() {
    findOutputs();
    // Kernels in an order that respects dependences: groups are numbered by
    // their first op, but may depend on later groups.
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
        for (const Read &r : readsOf(op))
          if (GroupId h = groupOf.lookup(r.producer); h != id && !done[h])
            stack.push_back({h, false});
    }
    OpBuilder builder(block.getTerminator());
    for (GroupId id : order) {
      Group &g = groups[id];
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
  void materializeOperands(OpBuilder &b, Operation *op) {
    for (Value v : op->getOperands())
      if (Operation *producer = v.getDefiningOp();
          isFree(producer) && !memory.contains(v))
        emitKernel(b, Emitter::map, producer);
  }

  /// The value outside kernels that holds `v`.
  Value stored(Value v) const {
    auto it = memory.find(v);
    return it == memory.end() ? v : it->second;
  }

  void emitKernel(OpBuilder &b, Emitter emitter, ArrayRef<Operation *> ops) {
    for (Operation *op : ops)
      if (readsMemory(op))
        materializeOperands(b, op);

    SmallVector<Value> results;
    llvm::SmallPtrSet<Operation *, 16> members(ops.begin(), ops.end());
    for (Operation *op : ops)
      for (Value v : op->getResults())
        if (outputs.contains(v) || isFree(op))
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
      return op && (members.contains(op) || recomputed.contains(op) ||
                    (isFree(op) && !(isa<TransposeOp>(op) &&
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
        for (Value v : op->getOperands())
          if (!map.contains(v) && !members.contains(v.getDefiningOp()))
            input(v);
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
  std::string reasonToEnd(ArrayRef<Value> results,
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
        if (isa<ReduceOp>(user))
          return "feeds a reduction";
        if (soloEmitter(user))
          return "feeds a kernel of its own";
        if (isIndexMap(user))
          return "read at other indices";
        if (shapeOf(user->getResult(0)) != shapeOf(v))
          return "read by another shape";
      }
    return "joining its reader would make a cycle";
  }

  Block &block;
  llvm::DenseMap<Operation *, unsigned> freeDepth;
  llvm::SetVector<Operation *> materialized;
  std::deque<Group> groups;
  llvm::DenseMap<Operation *, GroupId> groupOf;
  llvm::SetVector<Value> outputs;
  llvm::SmallPtrSet<Operation *, 16> recomputed;
  /// A value of the old block -> the kernel result that holds it.
  llvm::DenseMap<Value, Value> memory;
};

struct FormKernels : dlc::impl::FormKernelsBase<FormKernels> {
  using FormKernelsBase::FormKernelsBase;

  void runOnOperation() override {
    // Innermost loops first, so that an outer block sees finished scans.
    SmallVector<Block *> blocks;
    getOperation()->walk([&](Operation *op) {
      if (isa<ScanOp, IfOp, WhileOp>(op))
        for (Region &region : op->getRegions())
          blocks.push_back(&region.front());
    });
    for (Block &block : getOperation().getBody())
      blocks.push_back(&block);
    for (Block *block : blocks)
      KernelFormer(*block).run();
  }
};

} // namespace
