#include "Lowering/PlanMemorySchedule.h"

#include "IR/Tape.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallBitVector.h"

#include <queue>

using namespace mlir;
using namespace dlc;

Value dlc::aliased(OpResult result) {
  if (isa<ReshapeOp, PrintOp, OptimizationBarrierOp>(result.getOwner()))
    return result.getOwner()->getOperand(result.getResultNumber());
  return {};
}

Value dlc::rootOf(Value value) {
  while (auto result = dyn_cast<OpResult>(value)) {
    Value source = aliased(result);
    if (!source)
      break;
    value = source;
  }
  return value;
}

llvm::SetVector<Operation *> dlc::readersOf(Value root) {
  llvm::SetVector<Operation *> readers;
  SmallVector<Value> worklist{root};
  while (!worklist.empty())
    for (OpOperand &use : worklist.pop_back_val().getUses()) {
      Operation *user = use.getOwner();
      if (isa<ReshapeOp, PrintOp, OptimizationBarrierOp>(user))
        worklist.push_back(user->getResult(use.getOperandNumber()));
      // A print is one more reader.
      if (!isa<ReshapeOp, OptimizationBarrierOp>(user))
        readers.insert(user);
    }
  return readers;
}

bool dlc::isUpdate(KernelOp kernel) {
  return kernel.getEmitter() == Emitter::scatter;
}

/// Whether a body argument reaches the outputs element by element alone. A
/// broadcast or transposed read would find what another element's store left.
static bool isReadBeforeWritten(KernelOp kernel, unsigned input) {
  SmallVector<Value> worklist{kernel.getBody().getArgument(input)};
  DenseSet<Value> seen;
  while (!worklist.empty()) {
    Value value = worklist.pop_back_val();
    if (!seen.insert(value).second)
      continue;
    for (Operation *user : value.getUsers()) {
      if (isa<YieldOp>(user))
        continue;
      // A row is read completely before any of it is written.
      if (isa<ReduceOp>(user) &&
          llvm::is_contained({Emitter::row, Emitter::contraction},
                             kernel.getEmitter()))
        continue;
      if (!user->hasTrait<Pointwise>())
        return false;
      worklist.append(user->result_begin(), user->result_end());
    }
  }
  return true;
}

bool dlc::mayOverlay(KernelOp kernel, Value root, Value result) {
  // Nothing but what is updated may lie there.
  if (isUpdate(kernel))
    return rootOf(kernel.getInputs()[0]) == root &&
           kernel.getBody().getArgument(0).hasOneUse() &&
           llvm::none_of(kernel.getInputs().drop_front(),
                         [&](Value input) { return rootOf(input) == root; });
  RankedTensorType type = tensorType(result);
  for (auto [i, input] : llvm::enumerate(kernel.getInputs())) {
    if (rootOf(input) != root)
      continue;
    RankedTensorType read = tensorType(input);
    if (read.getElementType() != type.getElementType() ||
        read.getNumElements() != type.getNumElements() ||
        !isReadBeforeWritten(kernel, i))
      return false;
  }
  return true;
}

func::FuncOp Callees::operator[](KernelOp kernel) const {
  auto callee = kernel->getAttrOfType<FlatSymbolRefAttr>("callee");
  return callee ? symbols.lookup<func::FuncOp>(callee.getValue())
                : func::FuncOp();
}

bool Callees::mayFault(Operation *op) const {
  return op
      ->walk([&](Operation *inner) {
        // Too many trips, or too long a tape.
        if (auto loop = dyn_cast<WhileOp>(inner); loop && loop.getMaxTrips())
          return WalkResult::interrupt();
        if (isa<ScanOp, WhileOp>(inner) &&
            llvm::any_of(inner->getResultTypes(), holdsSegments))
          return WalkResult::interrupt();
        auto kernel = dyn_cast<KernelOp>(inner);
        func::FuncOp callee = kernel ? (*this)[kernel] : func::FuncOp();
        return callee && !callee.isExternal() &&
                       !callee.getArguments().back().use_empty()
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

int64_t dlc::donatedTo(func::FuncOp function, unsigned i) {
  auto result = function.getArgAttrOfType<IntegerAttr>(i, "dlc.donate");
  return result ? result.getInt() : -1;
}

namespace {

/// The dependence graph of one block. Edges point from what runs first.
class BlockScheduler {
public:
  BlockScheduler(Block &block, Schedule &schedule);

  /// The producer of the terminator's operand writes it to its final place.
  void claim(OpOperand &operand);
  /// The same where that place holds `old` until then; only if the graph
  /// allows it, and only after the ops `before`.
  bool claimOver(OpOperand &operand, Value old,
                 ArrayRef<Operation *> before = {});

  void reorder();

private:
  bool isOpen(OpOperand &operand);
  bool reaches(Operation *from, const llvm::SetVector<Operation *> &to);
  bool mayOverwrite(OpResult result, Value old);

  Block &block;
  Schedule &schedule;
  llvm::MapVector<Operation *, SmallVector<Operation *>> successors;
  DenseSet<Value> claimed;
};

BlockScheduler::BlockScheduler(Block &block, Schedule &schedule)
    : block(block), schedule(schedule) {
  for (Operation &op : block) {
    successors[&op];
    for (Value operand : op.getOperands())
      if (Operation *producer = operand.getDefiningOp())
        successors[producer].push_back(&op);
  }
}

bool BlockScheduler::isOpen(OpOperand &operand) {
  Value root = rootOf(operand.get());
  return isa_and_nonnull<KernelOp, ScanOp, IfOp, WhileOp, EmptyTapeOp>(
             root.getDefiningOp()) &&
         !claimed.contains(root);
}

void BlockScheduler::claim(OpOperand &operand) {
  if (!isOpen(operand))
    return;
  claimed.insert(rootOf(operand.get()));
  schedule.direct.insert(&operand);
}

bool BlockScheduler::reaches(Operation *from,
                             const llvm::SetVector<Operation *> &to) {
  DenseSet<Operation *> seen;
  SmallVector<Operation *> worklist{from};
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val();
    if (!seen.insert(op).second)
      continue;
    if (to.contains(op))
      return true;
    auto next = successors.find(op);
    worklist.append(next->second.begin(), next->second.end());
  }
  return false;
}

/// Whether the producer of `result` may itself read `old` while it writes the
/// result over it.
bool BlockScheduler::mayOverwrite(OpResult result, Value old) {
  if (auto kernel = dyn_cast<KernelOp>(result.getOwner()))
    return mayOverlay(kernel, old, result);
  // A loop may start its carry from it: then both are one place.
  Operation *op = result.getOwner();
  unsigned number = result.getResultNumber(), carries = 0;
  if (auto scan = dyn_cast<ScanOp>(op))
    carries = scan.getNumCarries();
  else if (auto loop = dyn_cast<WhileOp>(op))
    carries = loop.getInits().size();
  return llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
    return rootOf(operand.get()) != old ||
           (operand.getOperandNumber() == number && number < carries);
  });
}

bool BlockScheduler::claimOver(OpOperand &operand, Value old,
                               ArrayRef<Operation *> before) {
  if (!isOpen(operand))
    return false;
  auto result = cast<OpResult>(rootOf(operand.get()));
  Operation *writer = result.getOwner();
  llvm::SetVector<Operation *> first = readersOf(old);
  if (first.remove(writer) && !mayOverwrite(result, old))
    return false;
  first.insert(before.begin(), before.end());
  if (reaches(writer, first))
    return false;
  for (Operation *op : first)
    successors[op].push_back(writer);
  claim(operand);
  return true;
}

/// Topological, otherwise in the order that is there.
void BlockScheduler::reorder() {
  DenseMap<Operation *, unsigned> position, waiting;
  SmallVector<Operation *> ops;
  for (Operation &op : block) {
    position[&op] = ops.size();
    ops.push_back(&op);
  }
  for (auto &[op, next] : successors)
    for (Operation *each : next)
      ++waiting[each];
  std::priority_queue<unsigned, std::vector<unsigned>, std::greater<>> ready;
  for (Operation *op : ops)
    if (!waiting.lookup(op))
      ready.push(position[op]);
  // The terminator has the last position, but may be ready early.
  Operation *terminator = block.getTerminator();
  while (!ready.empty()) {
    Operation *op = ops[ready.top()];
    ready.pop();
    if (op != terminator)
      op->moveBefore(terminator);
    for (Operation *next : successors[op])
      if (--waiting[next] == 0)
        ready.push(position[next]);
  }
}

} // namespace

/// A region whose first yielded values replace its first arguments.
static void scheduleRegion(Region &region, unsigned carries,
                           Schedule &schedule) {
  Block &body = region.front();
  BlockScheduler scheduler(body, schedule);
  MutableArrayRef<OpOperand> yields = body.getTerminator()->getOpOperands();
  for (OpOperand &output : yields.drop_front(carries))
    scheduler.claim(output);
  for (unsigned i = 0; i < carries; ++i)
    scheduler.claimOver(yields[i], body.getArgument(i));
  scheduler.reorder();
}

Schedule dlc::scheduleFunction(func::FuncOp function, const Callees &callees) {
  Schedule schedule;
  function.walk([&](Operation *op) {
    if (auto scan = dyn_cast<ScanOp>(op)) {
      scheduleRegion(scan.getBody(), scan.getNumCarries(), schedule);
    } else if (auto branch = dyn_cast<IfOp>(op)) {
      scheduleRegion(branch.getThen(), 0, schedule);
      scheduleRegion(branch.getOtherwise(), 0, schedule);
    } else if (auto loop = dyn_cast<WhileOp>(op)) {
      scheduleRegion(loop.getCondition(), 0, schedule);
      scheduleRegion(loop.getBody(), loop.getInits().size(), schedule);
    }
  });

  Block &body = function.getBody().front();
  BlockScheduler scheduler(body, schedule);
  SmallVector<Operation *> faulting;
  for (Operation &op : body)
    if (callees.mayFault(&op))
      faulting.push_back(&op);
  MutableArrayRef<OpOperand> results = body.getTerminator()->getOpOperands();
  llvm::SmallBitVector donated(results.size());
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    int64_t result = donatedTo(function, i);
    if (result < 0)
      continue;
    donated.set(result);
    if (scheduler.claimOver(results[result], function.getArgument(i), faulting))
      schedule.overwriters.insert(
          rootOf(results[result].get()).getDefiningOp());
  }
  for (OpOperand &result : results)
    if (!donated.test(result.getOperandNumber()))
      scheduler.claim(result);
  scheduler.reorder();
  return schedule;
}
