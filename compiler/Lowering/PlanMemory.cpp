// Functions of kernels ⇒ launch lists: every value gets a place.
//
//   1. Order the kernels and decide who writes in place (PlanMemorySchedule.h).
//   2. Give places, from the last op to the first, so that a value's consumers
//      have theirs already: a result lies in the function's result, the next
//      carry of a scan in the carry, an output in its slice of the stack. A
//      kernel's input that dies there lies where its output will. What is left
//      becomes a block of the arena. What is prepared once for many calls
//      (Preparation.h) lies apart.
//   3. Count steps, and note from when to when each block lives.
//   4. Lay the blocks out (PlanMemoryArena.h) and write the launch list
//      (PlanMemoryLaunches.cpp).
//
// Copies are left where one value must be in two places, and where a place may
// not be overwritten early enough.

#include "Lowering/PlanMemoryPlanner.h"

#include "IR/Invariant.h"
#include "Lowering/Passes.h"
#include "Lowering/Preparation.h"
#include "Lowering/Rematerialize.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

namespace dlc {
#define GEN_PASS_DEF_PLANMEMORY
#include "Lowering/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

LogicalResult Planner::verify() {
  for (unsigned i = 0; i < function.getNumArguments(); ++i) {
    int64_t result = donatedTo(function, i);
    if (result < 0)
      continue;
    if (result >= function.getNumResults() ||
        function.getArgument(i).getType() != function.getResultTypes()[result])
      return function.emitOpError()
             << "argument " << i << " of type "
             << function.getArgument(i).getType() << " is donated to result "
             << result << ", which is not one of that type";
    if (isInvariant(function.getArgument(i)))
      return function.emitOpError()
             << "argument " << i << " is invariant, but donated to result "
             << result;
  }
  auto walked = function.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (auto kernel = dyn_cast<KernelOp>(op)) {
      if (callees[kernel])
        return WalkResult::skip();
      kernel.emitOpError() << "has not been lowered: its callee is missing";
      return WalkResult::interrupt();
    }
    if (isa<func::FuncOp, ConstantOp, ReshapeOp, OptimizationBarrierOp, PrintOp,
            EmptyTapeOp, ScanOp, IfOp, WhileOp, YieldOp, func::ReturnOp>(op))
      return WalkResult::advance();
    op->emitOpError() << "cannot stand in a launch list";
    return WalkResult::interrupt();
  });
  return failure(walked.wasInterrupted());
}

/// Nothing to run: outputs without elements.
bool Planner::isEmpty(KernelOp kernel) {
  auto tiles = callees[kernel]->getAttrOfType<IntegerAttr>("dlc.tiles");
  return tiles && tiles.getInt() == 0;
}

//===-- Places ------------------------------------------------------------===//

Place dlc::sliceOf(Place base, int64_t bytes, unsigned depth) {
  base.strides.resize(depth + 1);
  base.strides[depth] += bytes;
  return base;
}

/// Where a trip of a loop finds its part of a stack or tape that lies at
/// `base`.
static Place tripPlace(Operation *loop, Value stack, Place base) {
  TapeType tape = tapeType(stack);
  auto scan = dyn_cast<ScanOp>(loop);
  if (!tape || (scan && !scan.walksTapes())) {
    RankedTensorType type = tensorType(stack);
    // A loop of no trips has empty stacks.
    int64_t trips = std::max<int64_t>(1, type.getDimSize(0));
    return sliceOf(base, storageBytes(type) / trips, loopDepth(loop));
  }
  if (tape.isBounded()) {
    base.offset += tapeHeaderBytes;
    return sliceOf(base, storageBytes(tape.getEntry()), loopDepth(loop));
  }
  Place entry;
  entry.space = Space::tape;
  entry.index = segmentIndex(loop, stack);
  return entry;
}

Place Planner::newBlock(int64_t bytes) {
  ArenaBlock block;
  block.bytes = bytes;
  block.first = std::numeric_limits<int64_t>::max();
  block.last = -1;
  blocks.push_back(block);
  Place place;
  place.index = blocks.size() - 1;
  return place;
}

Place Planner::placeOf(Value value) {
  Value root = rootOf(value);
  if (auto constant = root.getDefiningOp<ConstantOp>()) {
    Place place;
    place.space = Space::constant;
    if (storageBytes(root) > 0)
      place.offset =
          constants.offsetOf(cast<DenseElementsAttr>(constant.getValueAttr()));
    return place;
  }
  auto argument = dyn_cast<BlockArgument>(root);
  if (!argument)
    return places.lookup(root);
  unsigned number = argument.getArgNumber();
  Operation *parent = argument.getOwner()->getParentOp();
  if (auto branch = dyn_cast<IfOp>(parent))
    return placeOf(branch.getInputs()[number]);
  if (auto loop = dyn_cast<WhileOp>(parent))
    return placeOf(number < loop.getNumCarries() ? loop.getResult(number)
                                                 : loop.getOperand(number));
  auto scan = dyn_cast<ScanOp>(parent);
  if (!scan) {
    Place place;
    place.space = Space::argument;
    place.index = number;
    return place;
  }
  if (number < scan.getNumCarries())
    return placeOf(scan.getResult(number));
  Place outer = placeOf(scan.getOperand(number));
  bool isSlice = number < scan.getNumCarries() + scan.getSequences().size();
  return isSlice ? tripPlace(scan, scan.getOperand(number), outer) : outer;
}

Place Planner::resultPlace(unsigned result) {
  Place place;
  place.space = Space::result;
  place.index = result;
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    place.isOccupied |= donatedTo(function, i) == result;
  return place;
}

Place Planner::yieldPlace(Operation *op, unsigned operand, unsigned carries) {
  Place place = placeOf(op->getResult(operand));
  if (operand < carries) {
    place.isOccupied = true;
    return place;
  }
  return isa<IfOp>(op) ? place : tripPlace(op, op->getResult(operand), place);
}

void Planner::assignResults() {
  Operation *terminator = function.getBody().front().getTerminator();
  for (OpOperand &operand : terminator->getOpOperands()) {
    unsigned result = operand.getOperandNumber();
    Value root = rootOf(operand.get());
    if (schedule.direct.contains(&operand)) {
      places[root] = resultPlace(result);
      continue;
    }
    // An argument that another result is about to overwrite.
    auto argument = dyn_cast<BlockArgument>(root);
    if (!argument)
      continue;
    int64_t target = donatedTo(function, argument.getArgNumber());
    if (target >= 0 && target != result)
      saved[&operand] = newBlock(storageBytes(root));
  }
}

/// What the setup computes for the rest of the program; what only the setup
/// reads lies in the arena.
void Planner::assignPrepared() {
  for (Operation *kernel : setup)
    for (Value result : kernel->getResults())
      if (outlivesSetup(result, setup)) {
        Place place;
        place.space = Space::prepared;
        place.offset = llvm::alignTo(preparedBytes, arenaAlignment);
        preparedBytes = place.offset + storageBytes(result);
        places[result] = place;
      }
}

void Planner::assignYields(Operation *op, Region &region, unsigned carries) {
  for (OpOperand &operand : region.front().getTerminator()->getOpOperands()) {
    unsigned number = operand.getOperandNumber();
    Value root = rootOf(operand.get());
    if (schedule.direct.contains(&operand)) {
      places[root] = yieldPlace(op, number, carries);
      continue;
    }
    // The last trip's carry goes to another one: all move at once.
    auto carry = dyn_cast<BlockArgument>(root);
    if (carry && carry.getArgNumber() < carries && number < carries &&
        carry.getArgNumber() != number)
      saved[&operand] = newBlock(storageBytes(root));
  }
}

/// Whether `input`, which `reader` reads last, may lie in the reader's place.
bool Planner::mayTake(const Place &place, Value input, Operation *reader) {
  Value root = rootOf(input);
  if (place.isOccupied || !root.getDefiningOp() || places.contains(root) ||
      isa<ConstantOp>(root.getDefiningOp()))
    return false;
  return llvm::all_of(readersOf(root), [&](Operation *op) {
    return op == reader || op->isBeforeInBlock(reader);
  });
}

void Planner::assign(KernelOp kernel) {
  if (auto bytes = callees[kernel]->getAttrOfType<IntegerAttr>("dlc.scratch"))
    scratch[kernel] = newBlock(bytes.getInt());
  for (Value result : kernel.getResults()) {
    auto [entry, isNew] = places.insert({result, {}});
    if (isNew)
      entry->second = newBlock(storageBytes(result));
    Place place = entry->second;
    for (Value input : kernel.getInputs())
      if (mayTake(place, input, kernel) &&
          mayOverlay(kernel, rootOf(input), result)) {
        places[rootOf(input)] = place;
        break;
      }
  }
}

/// A carry starts where its initial value has been computed.
void Planner::assignInits(Operation *op, ValueRange inits) {
  for (auto [init, result] : llvm::zip(inits, op->getResults())) {
    Place place = places.lookup(result);
    int64_t uses = llvm::count_if(op->getOperands(), [&](Value operand) {
      return rootOf(operand) == rootOf(init);
    });
    if (uses == 1 && mayTake(place, init, op))
      places[rootOf(init)] = place;
  }
}

void Planner::assign(ScanOp scan) {
  for (Value result : scan.getResults())
    if (!places.contains(result))
      places[result] = newBlock(storageBytes(result));
  assignYields(scan, scan.getBody(), scan.getNumCarries());
  assign(scan.getBody().front());
  assignInits(scan, scan.getInits());
}

void Planner::assign(IfOp branch) {
  for (Value result : branch.getResults())
    if (!places.contains(result))
      places[result] = newBlock(storageBytes(result));
  for (Region &region : branch->getRegions()) {
    assignYields(branch, region, 0);
    assign(region.front());
  }
}

void Planner::assign(WhileOp loop) {
  for (Value result : loop.getResults())
    if (!places.contains(result))
      places[result] = newBlock(storageBytes(result));
  assign(loop.getCondition().front());
  assignYields(loop, loop.getBody(), loop.getNumCarries());
  assign(loop.getBody().front());
  assignInits(loop, loop.getInits());
}

void Planner::assign(Block &block) {
  for (Operation &op : llvm::reverse(block)) {
    if (auto kernel = dyn_cast<KernelOp>(op))
      assign(kernel);
    else if (auto scan = dyn_cast<ScanOp>(op))
      assign(scan);
    else if (auto branch = dyn_cast<IfOp>(op))
      assign(branch);
    else if (auto loop = dyn_cast<WhileOp>(op))
      assign(loop);
    else if (isa<EmptyTapeOp>(op) && !places.contains(op.getResult(0)))
      places[op.getResult(0)] = newBlock(storageBytes(op.getResult(0)));
  }
}

//===-- Lifetimes ---------------------------------------------------------===//

void Planner::touch(const Place &place) {
  if (place.space != Space::arena)
    return;
  ArenaBlock &block = blocks[place.index];
  block.first = std::min(block.first, step);
  block.last = std::max(block.last, step);
}

void Planner::touchAll(ValueRange values) {
  for (Value value : values)
    touch(placeOf(value));
}

void Planner::count(KernelOp kernel) {
  if (isEmpty(kernel) && !isUpdate(kernel))
    return;
  touchAll(kernel.getInputs());
  touchAll(kernel.getResults());
  if (auto place = scratch.find(kernel); place != scratch.end())
    touch(place->second);
  ++step;
}

void Planner::count(Block &block) {
  for (Operation &op : block) {
    if (auto kernel = dyn_cast<KernelOp>(op)) {
      if (!setup.contains(kernel))
        count(kernel);
    } else if (isa<PrintOp, EmptyTapeOp>(op)) {
      touchAll(op.getOperands());
      touchAll(op.getResults());
      ++step;
    } else if (auto scan = dyn_cast<ScanOp>(op)) {
      // What a loop reads or writes lives from its begin to its end.
      touchAll(scan.getOperands());
      touchAll(scan.getResults());
      ++step;
      if (scan.getMostTrips() == 0)
        continue;
      count(scan.getBody().front());
      touchAll(scan.getOperands());
      touchAll(scan.getResults());
      ++step;
    } else if (isa<IfOp, WhileOp>(op)) {
      touchAll(op.getOperands());
      touchAll(op.getResults());
      ++step;
      for (Region &region : op.getRegions())
        count(region.front());
      touchAll(op.getOperands());
      touchAll(op.getResults());
      ++step;
    }
  }
  Operation *terminator = block.getTerminator();
  for (OpOperand &operand : terminator->getOpOperands()) {
    touch(placeOf(operand.get()));
    if (auto place = saved.find(&operand); place != saved.end())
      touch(place->second);
  }
}

int64_t Planner::plan() {
  Block &body = function.getBody().front();
  schedule = scheduleFunction(function, callees);
  if (prepares)
    setup = preparedKernels(function, callees);
  assignResults();
  assignPrepared();
  assign(body);
  for (Operation *kernel : setup)
    count(cast<KernelOp>(kernel));
  count(body);

  // What nothing touches, like the body of a loop of no trips, needs no memory.
  for (ArenaBlock &block : blocks)
    if (block.last < 0)
      block = ArenaBlock();
  return layOut(blocks);
}

namespace {
struct PlanMemory : dlc::impl::PlanMemoryBase<PlanMemory> {
  using PlanMemoryBase::PlanMemoryBase;

  void runOnOperation() override {
    Callees callees(getOperation());
    ConstantPool constants;
    auto isTensor = [](Type type) { return isa<RankedTensorType>(type); };
    SmallVector<func::FuncOp> functions;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function->hasAttr("dlc.tiles") && !function.isExternal() &&
          llvm::all_of(function.getArgumentTypes(), isTensor) &&
          llvm::all_of(function.getResultTypes(), isTensor))
        functions.push_back(function);
    for (func::FuncOp function : functions) {
      // What outlives a run cannot lie where other values do: a limit had
      // better leave the memory to them.
      bool prepares = memoryLimit == std::numeric_limits<int64_t>::max();
      auto planner = [&] {
        return Planner(function, callees, constants, tapeLimit, prepares);
      };
      if (failed(planner().verify()))
        return signalPassFailure();
      FailureOr<int64_t> recomputed = rematerialize(
          function, memoryLimit, [&] { return planner().plan(); });
      if (failed(recomputed))
        return signalPassFailure();
      planner().emit(*recomputed);
    }
    constants.noteOn(getOperation());
  }
};
} // namespace
