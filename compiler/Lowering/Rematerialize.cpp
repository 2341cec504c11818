#include "Lowering/Rematerialize.h"

#include "IR/Cost.h"
#include "IR/Tape.h"

#include <optional>

using namespace mlir;
using namespace dlc;

/// What moving a byte costs in arithmetic operations.
static constexpr int64_t flopsOfByte = 8;
/// Kernels launched again for one value, at most.
static constexpr unsigned maxCone = 64;
/// Values below this part of the peak are not worth a launch.
static constexpr int64_t smallestPart = 512;

namespace {

using ValueId = int;
using NodeId = int;
constexpr ValueId alwaysThere = -1;

/// An op of the block; a copy launches the kernel `op` once more.
struct Node {
  Operation *op;
  bool isCopy = false;
  SmallVector<ValueId, 4> reads; // for each operand
  SmallVector<ValueId, 2> writes;
  /// An operand's number and that of a result which may lie over it.
  SmallVector<std::pair<unsigned, unsigned>, 2> overlays;
};

struct Stored {
  int64_t bytes;
  NodeId producer;
  /// The value that this one repeats, or itself.
  ValueId original;
};

/// A block with its values, cheap to copy and to change.
class Plan {
public:
  explicit Plan(Block &block, const DenseMap<Operation *, Operation *> &copies);

  /// How many bytes live at each step.
  std::vector<int64_t> profile() const;
  Operation *opAt(size_t step) const { return nodes[order[step]].op; }
  /// The values that wait at a step: none of its op's.
  SmallVector<ValueId> waitingAt(size_t step) const;
  /// Computes a value that waits at `step` again before its next reader. The
  /// arithmetic that this adds, or nothing where it cannot be done.
  std::optional<int64_t> recompute(ValueId value, size_t step);
  /// Makes the block so, and adds the new ops and what they repeat to `copies`.
  void apply(Block &block, DenseMap<Operation *, Operation *> &copies) const;

private:
  struct Life {
    size_t first = 0, last = 0;
  };
  std::vector<Life> lives() const;
  size_t positionOf(NodeId node) const;
  bool isRecomputable(NodeId node) const;
  ValueId provide(ValueId value, NodeId reader);
  std::optional<NodeId> launchBefore(ValueId value, NodeId reader);

  std::vector<Node> nodes;
  std::vector<Stored> values;
  std::vector<NodeId> order;
  /// Of the recomputation under way.
  size_t peak = 0;
  unsigned launched = 0;
  int64_t cost = 0;
};

} // namespace

static bool isView(Operation *op) {
  return isa<ReshapeOp, OptimizationBarrierOp>(op);
}

Plan::Plan(Block &block, const DenseMap<Operation *, Operation *> &copies) {
  DenseMap<Value, ValueId> ids;
  for (Operation &op : block) {
    if (isView(&op) || isa<ConstantOp>(op))
      continue;
    Node node{&op, false, {}, {}, {}};
    for (Value operand : op.getOperands()) {
      auto found = ids.find(rootOf(operand));
      node.reads.push_back(found == ids.end() ? alwaysThere : found->second);
    }
    NodeId id = nodes.size();
    for (OpResult result : op.getResults()) {
      if (isa<PrintOp>(op)) {
        node.writes.push_back(alwaysThere); // a view, and one more reader
        continue;
      }
      auto type = dyn_cast<RankedTensorType>(result.getType());
      // What is returned lies in the result and not in the arena.
      bool isReturned = llvm::any_of(readersOf(result), [](Operation *user) {
        return isa<func::ReturnOp>(user);
      });
      ValueId value = values.size();
      ids[result] = value;
      node.writes.push_back(value);
      ValueId original = value;
      if (Operation *source = copies.lookup(&op))
        if (auto it = ids.find(source->getResult(result.getResultNumber()));
            it != ids.end())
          original = values[it->second].original;
      values.push_back(
          {type && !isReturned ? storageBytes(type) : 0, id, original});
    }
    if (auto kernel = dyn_cast<KernelOp>(op))
      for (auto [r, result] : llvm::enumerate(kernel.getResults()))
        for (auto [i, operand] : llvm::enumerate(kernel.getInputs()))
          if (node.reads[i] != alwaysThere &&
              mayOverlay(kernel, rootOf(operand), result))
            node.overlays.push_back({i, r});
    nodes.push_back(std::move(node));
    order.push_back(id);
  }
}

std::vector<Plan::Life> Plan::lives() const {
  std::vector<Life> lives(values.size());
  for (auto [step, id] : llvm::enumerate(order)) {
    for (ValueId value : nodes[id].writes)
      if (value != alwaysThere)
        lives[value] = {step, step};
    for (ValueId value : nodes[id].reads)
      if (value != alwaysThere)
        lives[value].last = step;
  }
  return lives;
}

std::vector<int64_t> Plan::profile() const {
  std::vector<Life> lives = this->lives();
  std::vector<int64_t> live(order.size() + 1);
  for (auto [value, life] : llvm::zip_equal(values, lives)) {
    live[life.first] += value.bytes;
    live[life.last + 1] -= value.bytes;
  }
  for (size_t step = 1; step < live.size(); ++step)
    live[step] += live[step - 1];
  live.pop_back();
  // A result may lie over an input that ends there.
  for (auto [step, id] : llvm::enumerate(order)) {
    llvm::SmallDenseSet<ValueId, 4> taken;
    for (auto [input, result] : nodes[id].overlays) {
      ValueId read = nodes[id].reads[input], written = nodes[id].writes[result];
      if (lives[read].last == step && values[read].bytes > 0 &&
          values[read].bytes == values[written].bytes &&
          !taken.contains(read) && !taken.contains(written)) {
        taken.insert(read);
        taken.insert(written);
        live[step] -= values[read].bytes;
      }
    }
  }
  return live;
}

SmallVector<ValueId> Plan::waitingAt(size_t step) const {
  SmallVector<ValueId> waiting;
  for (auto [value, life] : llvm::enumerate(lives()))
    if (life.first < step && step < life.last && values[value].bytes > 0 &&
        !llvm::is_contained(nodes[order[step]].reads, ValueId(value)))
      waiting.push_back(value);
  return waiting;
}

size_t Plan::positionOf(NodeId node) const {
  return llvm::find(order, node) - order.begin();
}

bool Plan::isRecomputable(NodeId node) const {
  return isa<KernelOp>(nodes[node].op);
}

/// A node that computes `value` right before `reader`: one that does so at
/// another time and is moved, or a new copy.
std::optional<NodeId> Plan::launchBefore(ValueId value, NodeId reader) {
  size_t at = positionOf(reader);
  NodeId source = values[value].producer, node = -1;
  for (const Stored &other : values)
    if (other.original == values[value].original &&
        nodes[other.producer].isCopy && positionOf(other.producer) >= at)
      node = other.producer;
  // Nobody reads its results before.
  bool isEarly = true;
  for (NodeId earlier : ArrayRef(order).take_front(at))
    for (ValueId written : nodes[source].writes)
      isEarly &= !llvm::is_contained(nodes[earlier].reads, written);
  if (node < 0 && isEarly)
    node = source;
  if (node >= 0) {
    order.erase(order.begin() + positionOf(node));
  } else {
    if (++launched > maxCone)
      return {};
    node = nodes.size();
    Node copy = nodes[source];
    copy.isCopy = true;
    for (auto [written, result] :
         llvm::zip_equal(copy.writes, copy.op->getResults())) {
      values.push_back(
          {storageBytes(tensorType(result)), node, values[written].original});
      written = values.size() - 1;
    }
    auto kernel = cast<KernelOp>(copy.op);
    cost += flopsOf(kernel) + flopsOfByte * bytesOf(kernel);
    nodes.push_back(std::move(copy));
  }
  order.insert(order.begin() + positionOf(reader), node);
  for (size_t i = 0; i < nodes[node].reads.size(); ++i) {
    ValueId read = provide(nodes[node].reads[i], node);
    nodes[node].reads[i] = read;
  }
  return node;
}

/// The value, or one that repeats it, that is there when `reader` runs.
ValueId Plan::provide(ValueId value, NodeId reader) {
  if (value == alwaysThere || values[value].bytes == 0)
    return value;
  size_t at = positionOf(reader);
  auto isReadIn = [&](ValueId v, size_t first, size_t last) {
    for (size_t step = first; step < last; ++step)
      if (llvm::is_contained(nodes[order[step]].reads, v))
        return true;
    return false;
  };
  auto isMadeBefore = [&](ValueId v) {
    return positionOf(values[v].producer) < at;
  };
  for (ValueId v = 0; v < ValueId(values.size()); ++v)
    if (values[v].original == values[value].original && isMadeBefore(v) &&
        isReadIn(v, at + 1, order.size()))
      return v;
  // What ends after the peak is kept a little longer.
  if (isMadeBefore(value) && isReadIn(value, peak, at))
    return value;
  if (isRecomputable(values[value].producer))
    if (std::optional<NodeId> node = launchBefore(value, reader))
      for (ValueId written : nodes[*node].writes)
        if (values[written].original == values[value].original)
          return written;
  return value;
}

std::optional<int64_t> Plan::recompute(ValueId value, size_t step) {
  peak = step;
  launched = 0;
  cost = 0;
  NodeId reader = -1;
  for (size_t next = step + 1; next < order.size() && reader < 0; ++next)
    if (llvm::is_contained(nodes[order[next]].reads, value))
      reader = order[next];
  NodeId source = values[value].producer;
  if (reader < 0 || !isRecomputable(source))
    return {};
  std::optional<NodeId> node = launchBefore(value, reader);
  if (!node)
    return {};
  // All results of the kernel are there again for whoever reads them later.
  for (size_t next = positionOf(*node) + 1; next < order.size(); ++next)
    for (ValueId &read : nodes[order[next]].reads)
      for (auto [kept, again] :
           llvm::zip_equal(nodes[source].writes, nodes[*node].writes))
        if (read == kept)
          read = again;
  return cost;
}

/// `operand` with `root` in place of its own root: the views in between anew.
static Value viewOf(OpBuilder &b, Value operand, Value root) {
  auto result = dyn_cast<OpResult>(operand);
  Value source = result ? aliased(result) : Value();
  if (!source)
    return root;
  Value inner = viewOf(b, source, root);
  auto reshape = dyn_cast<ReshapeOp>(result.getOwner());
  if (!reshape)
    return inner;
  return b.create<ReshapeOp>(reshape.getLoc(), reshape.getType(), inner);
}

void Plan::apply(Block &block,
                 DenseMap<Operation *, Operation *> &copies) const {
  Operation *terminator = block.getTerminator();
  for (Operation &op : llvm::make_early_inc_range(block))
    if (isa<ConstantOp>(op))
      op.moveBefore(&block, block.begin());
  std::vector<Value> made(values.size());
  for (NodeId id : order) {
    const Node &node = nodes[id];
    OpBuilder b(terminator);
    Operation *op = node.op;
    if (node.isCopy) {
      op = b.clone(*node.op);
      Operation *original = copies.lookup(node.op);
      copies[op] = original ? original : node.op;
    } else if (op != terminator) {
      op->moveBefore(terminator);
    }
    b.setInsertionPoint(op);
    for (auto [operand, read] :
         llvm::zip_equal(op->getOpOperands(), node.reads))
      if (read != alwaysThere)
        operand.set(viewOf(b, operand.get(), made[read]));
    for (auto [written, result] :
         llvm::zip_equal(node.writes, op->getResults()))
      if (written != alwaysThere)
        made[written] = result;
  }
  // The views that stand where they stood.
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isView(&op) && op.use_empty())
      op.erase();
}

/// How much lives above nine tenths of `peak`, over all steps.
static double above(const std::vector<int64_t> &profile, int64_t peak) {
  double sum = 0;
  for (int64_t live : profile)
    sum += std::max<int64_t>(0, live - peak / 10 * 9);
  return sum;
}

/// The plan with the one recomputation that relieves the peak most for its
/// work; nothing where none does.
static std::optional<Plan> relieve(const Plan &plan) {
  std::vector<int64_t> profile = plan.profile();
  auto highest = llvm::max_element(profile);
  int64_t peak = *highest;
  size_t step = highest - profile.begin();
  double before = above(profile, peak), bestScore = 0;
  std::optional<Plan> best;
  for (ValueId value : plan.waitingAt(step)) {
    Plan next = plan;
    std::optional<int64_t> cost = next.recompute(value, step);
    if (!cost)
      continue;
    profile = next.profile();
    double relief = before - above(profile, peak);
    if (*llvm::max_element(profile) > peak || relief <= peak / smallestPart)
      continue;
    double score = relief / std::max<int64_t>(1, *cost);
    if (score > bestScore) {
      bestScore = score;
      best = std::move(next);
    }
  }
  return best;
}

FailureOr<int64_t> dlc::rematerialize(func::FuncOp function, int64_t limit,
                                      function_ref<int64_t()> arena) {
  Block &block = function.getBody().front();
  DenseMap<Operation *, Operation *> copies;
  int64_t bytes = arena(), least = bytes;
  while (bytes > limit) {
    // Planning has put the ops in their order.
    Plan plan(block, copies);
    std::optional<Plan> next = relieve(plan);
    if (!next) {
      std::vector<int64_t> profile = plan.profile();
      size_t fullest = llvm::max_element(profile) - profile.begin();
      return plan.opAt(fullest)->emitError()
             << "values between operations take " << least
             << " bytes at least, most of them here, even if they are computed "
                "again instead of kept; the memory limit is "
             << limit;
    }
    next->apply(block, copies);
    bytes = arena();
    least = std::min(least, bytes);
  }
  return copies.size();
}
