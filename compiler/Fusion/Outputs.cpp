// A stored value costs a write and a read by each reader. One that its readers
// can compute in an instruction or two, from values which lie in memory anyway,
// is not stored: x - mean, (x - mean)² and (x - mean) / deviation of a
// normalisation are all computed from x where they are read. No reader reads
// more large values than before, so nothing is paid for the saved write; and
// what is kept alive longer takes the place of what is not stored.

#include "Fusion/Outputs.h"

using namespace mlir;
using namespace dlc;

/// Recomputed ops stand in a row up to this length: each reader repeats them,
/// at each index that it reads.
static constexpr unsigned maxRecomputedDepth = 8;
/// What is this many times smaller than a result is read for nothing.
static constexpr int64_t smallShare = 8;

/// Ops that make a smaller type or cost nothing beside another read, so that
/// they are computed again even where a reader reads more for it.
static bool isCheap(Operation *op) {
  return isa<CompareOp, NotOp, AndOp, OrOp, ConvertOp, NegateOp, SelectOp>(op);
}

/// Ops of one instruction.
static bool isArithmetic(Operation *op) {
  return isa<AddOp, SubtractOp, MultiplyOp, MaximumOp, MinimumOp>(op);
}

static int64_t elementsOf(Value v) { return tensorType(v).getNumElements(); }

Outputs::Outputs(Block &block, const FreeOps &free, const Groups &groups)
    : block(block), free(free), groups(groups) {
  findStored();
  findReaders();
  for (Operation &op : llvm::reverse(block))
    recompute(&op);
}

/// All values that leave their groups.
void Outputs::findStored() {
  for (GroupId id = 0; id < groups.size(); ++id)
    for (Operation *op : groups[id].ops)
      for (const Read &r : free.readsOf(op))
        if (groups.of(r.producer) != id)
          stored.insert(r.value);
  for (Operation &op : block)
    if (needsMemory(&op))
      for (Value operand : op.getOperands()) {
        Value v = readInMemory(&op, operand);
        if (Operation *producer = v.getDefiningOp();
            producer && !free.contains(producer)) {
          stored.insert(v);
          inMemory.insert(producer);
        }
      }
  // What materialised free ops read leaves its group too.
  for (Operation *op : free.materialized())
    for (const Read &r : free.readsOf(op))
      stored.insert(r.value);
}

void Outputs::findReaders() {
  for (Operation &op : block.without_terminator()) {
    bool moves = free.contains(&op) || movesElements(&op);
    for (Value operand : op.getOperands()) {
      if (moves)
        movedValues.insert(operand);
      else
        readers[operand].insert(groups.of(&op));
    }
  }
}

/// Whether what `v`, the result of a free op, is made of is small.
bool Outputs::readsLittle(Value v) const {
  int64_t size = elementsOf(v);
  SmallVector<Value> open(v.getDefiningOp()->getOperands());
  while (!open.empty()) {
    Value read = open.pop_back_val();
    if (free.contains(read.getDefiningOp()))
      llvm::append_range(open, read.getDefiningOp()->getOperands());
    else if (elementsOf(read) * smallShare > size)
      return false;
  }
  return true;
}

/// Whether every reader of `op` would read at most one large value for it.
bool Outputs::savesTraffic(Operation *op) const {
  Value result = op->getResult(0);
  if (movedValues.contains(result))
    return false;
  llvm::SmallPtrSet<Value, 4> large;
  for (Value operand : op->getOperands()) {
    if (!free.contains(operand.getDefiningOp()))
      large.insert(operand);
    else if (!readsLittle(operand))
      return false;
  }
  auto it = readers.find(result);
  return it == readers.end() || llvm::all_of(it->second, [&](GroupId reader) {
           return reader == groups.of(op) ||
                  llvm::count_if(large, [&](Value operand) {
                    auto others = readers.find(operand);
                    return !others->second.contains(reader);
                  }) <= 1;
         });
}

/// Whether the groups that read `op` can have it in their bodies.
bool Outputs::fitsReaders(Operation *op) const {
  auto it = readers.find(op->getResult(0));
  return it == readers.end() || llvm::all_of(it->second, [&](GroupId reader) {
           const Group &g = groups[reader];
           return g.emitter != Emitter::column ||
                  groups.keepsTogether(op, g.root, g.dims);
         });
}

/// Whether other groups can compute `op` from what they find in memory. A small
/// value of its own group can be stored for them; so can a large one in place
/// of `op`, if it may be recomputed in its turn.
bool Outputs::isComputable(Operation *op, unsigned steps) const {
  if (op->getNumResults() != 1 || !(isCheap(op) || isArithmetic(op)))
    return false;
  int64_t size = elementsOf(op->getResult(0));
  Value instead;
  return llvm::all_of(free.readsOf(op), [&](const Read &r) {
    if (stored.contains(r.value) || groups.of(r.producer) != groups.of(op) ||
        elementsOf(r.value) * smallShare <= size || r.value == instead)
      return true;
    if (instead || !isArithmetic(op) || steps == 1)
      return false;
    instead = r.value;
    return isComputable(r.producer, steps - 1);
  });
}

/// Leaves `op` to its readers, if that is better.
void Outputs::recompute(Operation *op) {
  unsigned steps = depth.lookup(op);
  if (steps == maxRecomputedDepth ||
      !isComputable(op, maxRecomputedDepth - steps) ||
      !stored.contains(op->getResult(0)) || inMemory.contains(op) ||
      !(isCheap(op) || savesTraffic(op)) || !fitsReaders(op))
    return;
  stored.erase(op->getResult(0));
  recomputed.insert(op);
  for (const Read &r : free.readsOf(op)) {
    stored.insert(r.value);
    unsigned &length = depth[r.producer];
    length = std::max(length, steps + 1);
  }
  llvm::SmallSet<GroupId, 4> gained = readers.lookup(op->getResult(0));
  for (Value operand : op->getOperands())
    readers[operand].insert(gained.begin(), gained.end());
  if (movedValues.contains(op->getResult(0)))
    movedValues.insert(op->operand_begin(), op->operand_end());
}
