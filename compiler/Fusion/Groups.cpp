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
// A CPU's product of many rows also collects reductions of these (ProductRows).
//
// Joining must not make a cycle: group G may take an op that also reads group H
// only if H does not depend on G. Ancestor sets answer that.
//
// Why not greedy pattern rewriting: a decision needs the whole dependence
// graph, and a fixed walk gives the same kernels on every run.

#include "Fusion/Groups.h"

using namespace mlir;
using namespace dlc;

/// Bodies above this size compile slowly and spill; a longer chain is cut.
static constexpr size_t maxOpsPerKernel = 256;
static constexpr size_t maxInputsPerKernel = 48;

/// The dimensions [first, rank) that a row reduction removes, or none.
static std::optional<int64_t> firstRowDim(ReduceOp op) {
  SmallVector<int64_t> dims(op.getDimensions());
  llvm::sort(dims);
  int64_t rank = tensorType(op.getOperand()).getRank();
  for (auto [i, d] : llvm::enumerate(dims))
    if (d != rank - int64_t(dims.size()) + int64_t(i))
      return std::nullopt;
  return rank - int64_t(dims.size());
}

static Emitter emitterOf(ReduceOp op) {
  return firstRowDim(op) ? Emitter::row : Emitter::column;
}

static void setSpace(Group &g, ReduceOp reduce) {
  if (g.emitter == Emitter::map)
    g.emitter = emitterOf(reduce);
  auto root = shapeOf(reduce.getOperand()), kept = shapeOf(reduce.getResult());
  g.root.assign(root.begin(), root.end());
  g.kept.assign(kept.begin(), kept.end());
  g.dims.assign(reduce.getDimensions().begin(), reduce.getDimensions().end());
  llvm::sort(g.dims);
}

/// A value of `g` as read by an op on g's root space.
static bool readableAtRoot(const Read &r, const Group &g) {
  if (r.access == Access::same)
    return shapeOf(r.value) == ArrayRef(g.root);
  // A row kernel has its statistics before it writes the row; a column
  // kernel has them only after its last row.
  return r.access == Access::row && g.hasRows() &&
         shapeOf(r.value) == ArrayRef(g.kept);
}

Groups::Groups(Block &block, const FreeOps &free, bool joinsRows)
    : free(free), joinsRows(joinsRows) {
  for (Operation &op : block.without_terminator())
    if (!free.contains(&op))
      place(&op);
  mergeAlike(Emitter::row);
  mergeColumns();
  mergePrologues();
  // Last: a map that several read is no prologue any more.
  mergeAlike(Emitter::map);
}

void Groups::place(Operation *op) {
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
  SmallVector<Read> reads = free.readsOf(op);
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
    setSpace(start(op, emitterOf(reduce)), reduce);
  } else {
    Group &g = start(op, Emitter::map);
    g.root.assign(shapeOf(op->getResult(0)).begin(),
                  shapeOf(op->getResult(0)).end());
    g.kept = g.root;
  }
}

Group &Groups::start(Operation *op, Emitter emitter) {
  groups.emplace_back();
  groups.back().emitter = emitter;
  join(op, groups.size() - 1);
  return groups.back();
}

void Groups::join(Operation *op, GroupId id) {
  Group &g = groups[id];
  if (auto reduce = dyn_cast<ReduceOp>(op);
      reduce && !g.ops.empty() && g.dims.empty())
    setSpace(g, reduce);
  g.ops.push_back(op);
  groupOf[op] = id;
  llvm::SparseBitVector<> gained;
  for (const Read &r : free.readsOf(op))
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
bool Groups::canJoin(Operation *op, const Group &g, GroupId id,
                     ArrayRef<Read> reads) const {
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
    bool kind = g.emitter == Emitter::map ||
                (g.emitter == emitterOf(reduce) && g.dims == dims) ||
                (g.emitter == Emitter::contraction &&
                 (g.hasRows() ? g.dims == dims : takesRows(g, reduce)));
    if (g.emitter == Emitter::map && emitterOf(reduce) == Emitter::column)
      kind = llvm::all_of(
          g.ops, [&](Operation *op) { return keepsTogether(op, root, dims); });
    return space && kind && llvm::all_of(reads, [&](const Read &r) {
             return groupOf.lookup(r.producer) != id || readableAtRoot(r, g);
           });
  }
  if (!op->hasTrait<Pointwise>() && !isa<RngBitGeneratorOp>(op))
    return false;
  ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
  bool atRoot = shape == root, atKept = shape == kept;
  if (!(atRoot || atKept) ||
      (g.emitter == Emitter::column && !keepsTogether(op, root, g.dims)))
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

/// All that `op` reads either has all of the dimensions, as it does itself, or
/// is a broadcast that has none of them.
bool Groups::keepsTogether(Operation *op, ArrayRef<int64_t> root,
                           ArrayRef<int64_t> dims) const {
  if (dims.size() < 2)
    return true;
  SmallVector<Value> open(op->getOperands());
  while (!open.empty()) {
    Value v = open.pop_back_val();
    Operation *producer = v.getDefiningOp();
    if (!free.contains(producer) || isa<ConstantOp>(producer) ||
        tensorType(v).getRank() == 0)
      continue;
    auto broadcast = dyn_cast<BroadcastInDimOp>(producer);
    if (!broadcast || llvm::is_contained(shapeOf(broadcast.getOperand()), 1) ||
        (shapeOf(v) == root &&
         llvm::any_of(broadcast.getDimensions(),
                      [&](int64_t d) { return llvm::is_contained(dims, d); })))
      return false;
    open.push_back(broadcast.getOperand());
  }
  return true;
}

//===-- Rows and maps -----------------------------------------------------===//

/// Merges row groups, or map groups, into those that read them at their own
/// places: masks and weights reduced on their own start a group before the rows
/// they meet, and the gates of a recurrent layer one each, for a loop stores
/// them too.
void Groups::mergeAlike(Emitter emitter) {
  for (GroupId id = 0; id < groups.size(); ++id) {
    bool changed = groups[id].emitter == emitter && !groups[id].barrier;
    while (changed) {
      changed = false;
      llvm::SmallSetVector<GroupId, 8> producers = producersOf(id);
      for (GroupId p : producers)
        if (!changed && canMergeAlike(p, id, producers.getArrayRef())) {
          mergeInto(p, id);
          changed = true;
        }
    }
  }
}

llvm::SmallSetVector<GroupId, 8> Groups::producersOf(GroupId id) const {
  llvm::SmallSetVector<GroupId, 8> producers;
  for (Operation *op : groups[id].ops)
    for (const Read &r : free.readsOf(op))
      if (GroupId p = groupOf.lookup(r.producer); p != id)
        producers.insert(p);
  return producers;
}

bool Groups::canMergeAlike(GroupId from, GroupId into,
                           ArrayRef<GroupId> producers) const {
  const Group &p = groups[from], &c = groups[into];
  if (p.barrier || p.emitter != c.emitter || p.root != c.root ||
      p.dims != c.dims || p.ops.size() + c.ops.size() > maxOpsPerKernel)
    return false;
  for (GroupId x : producers)
    if (x != from && groups[x].ancestors.test(from))
      return false; // a third group stands between
  ArrayRef<int64_t> root = c.root, kept = c.kept;
  for (Operation *op : c.ops)
    for (const Read &r : free.readsOf(op)) {
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

/// Moves all of a group that `into` reads, or that has nothing to do with it;
/// whoever read it now reads `into`.
void Groups::mergeInto(GroupId from, GroupId into) {
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
    if (x != into &&
        (groups[x].ancestors.test(from) || groups[x].ancestors.test(into))) {
      groups[x].ancestors.reset(from);
      groups[x].ancestors.set(into);
      groups[x].ancestors |= c.ancestors;
    }
}

//===-- Columns -----------------------------------------------------------===//

/// Merges column groups that walk down the same values: their sums then take
/// one walk. The gradients of a normalisation's scale and bias are such sums.
void Groups::mergeColumns() {
  llvm::DenseMap<Value, GroupId> walker;
  for (GroupId id = 0; id < groups.size(); ++id) {
    if (groups[id].emitter != Emitter::column || groups[id].barrier)
      continue;
    llvm::SmallSetVector<Value, 8> walked = walkedBy(id);
    for (Value v : walked)
      if (auto it = walker.find(v); it != walker.end() && it->second != id &&
                                    canMergeColumns(it->second, id)) {
        GroupId earlier = it->second;
        mergeInto(earlier, id);
        for (auto &entry : walker)
          if (entry.second == earlier)
            entry.second = id;
      }
    for (Value v : walked)
      walker[v] = id;
  }
}

/// The values of the iteration space that group `id` reads, and those from
/// which they are computed: those may be read instead.
llvm::SmallSetVector<Value, 8> Groups::walkedBy(GroupId id) const {
  const Group &g = groups[id];
  llvm::SmallSetVector<Value, 8> walked;
  auto add = [&](Value v) {
    if (shapeOf(v) == ArrayRef(g.root) && !free.contains(v.getDefiningOp()))
      walked.insert(v);
  };
  for (Operation *op : g.ops)
    for (Value operand : op->getOperands()) {
      add(operand);
      if (Operation *producer = operand.getDefiningOp();
          producer && producer->hasTrait<Pointwise>())
        llvm::for_each(producer->getOperands(), add);
    }
  return walked;
}

bool Groups::canMergeColumns(GroupId a, GroupId b) const {
  const Group &x = groups[a], &y = groups[b];
  return x.root == y.root && x.dims == y.dims && !x.ancestors.test(b) &&
         !y.ancestors.test(a) && x.ops.size() + y.ops.size() <= maxOpsPerKernel;
}

//===-- Prologues ---------------------------------------------------------===//

static bool hasMemoryUse(const Group &g) {
  for (Operation *op : g.ops)
    if (llvm::any_of(op->getResults(), isReadInMemory))
      return true;
  return false;
}

/// Moves a map group whose values a single other group reads into that group.
void Groups::mergePrologues() {
  for (GroupId id = groups.size(); id-- > 0;) {
    Group &g = groups[id];
    if (g.dead || g.barrier || g.emitter != Emitter::map)
      continue;
    std::optional<GroupId> consumer;
    if (hasMemoryUse(g) || !soleConsumer(id, consumer) || !consumer)
      continue;
    const Group &c = groups[*consumer];
    if (!c.barrier && c.ops.size() + g.ops.size() <= maxOpsPerKernel &&
        fitsAsPrologue(id, g, c))
      mergeInto(id, *consumer);
  }
}

/// Finds the one group that reads values of group `id`, through free ops.
bool Groups::soleConsumer(GroupId id, std::optional<GroupId> &consumer) const {
  SmallVector<Operation *> work(groups[id].ops.begin(), groups[id].ops.end());
  llvm::SmallPtrSet<Operation *, 16> seen;
  while (!work.empty())
    for (Operation *user : work.pop_back_val()->getUsers()) {
      if (free.contains(user)) {
        if (free.materialized().contains(user))
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

bool Groups::fitsAsPrologue(GroupId id, const Group &g, const Group &c) const {
  ArrayRef<int64_t> root = g.root;
  bool atRoot = root == ArrayRef(c.root), atKept = root == ArrayRef(c.kept);
  if (!atRoot && !atKept)
    return false;
  if (c.emitter == Emitter::column && !llvm::all_of(g.ops, [&](Operation *op) {
        return keepsTogether(op, c.root, c.dims);
      }))
    return false;
  for (Operation *op : c.ops)
    for (const Read &r : free.readsOf(op)) {
      if (groupOf.lookup(r.producer) != id)
        continue;
      ArrayRef<int64_t> shape = isa<ReduceOp>(op) ? shapeOf(op->getOperand(0))
                                                  : shapeOf(op->getResult(0));
      bool same = r.access == Access::same && shape == root;
      bool row = r.access == Access::row && c.hasRows() && atKept &&
                 shape == ArrayRef(c.root);
      if (isProduct(op) || (!same && !row))
        return false;
    }
  return true;
}
