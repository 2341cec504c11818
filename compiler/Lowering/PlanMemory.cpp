// Functions of kernels ⇒ launch lists: every value gets a place.
//
//   1. Order the kernels and decide who writes in place (PlanMemorySchedule.h).
//   2. Give places, from the last op to the first, so that a value's consumers
//      have theirs already: a result lies in the function's result, the next
//      carry of a scan in the carry, an output in its slice of the stack. A
//      kernel's input that dies there lies where its output will. What is left
//      becomes a block of the arena.
//   3. Count steps, and note from when to when each block lives.
//   4. Lay the blocks out (PlanMemoryArena.h) and write the launch list.
//
// Copies are left where one value must be in two places, and where a place may
// not be overwritten early enough.

#include "Lowering/PlanMemoryReport.h"
#include "Lowering/PlanMemorySchedule.h"
#include "Lowering/PlanMemoryTapes.h"

#include "IR/Tape.h"
#include "Lowering/Passes.h"
#include "Lowering/Rematerialize.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

namespace dlc {
#define GEN_PASS_DEF_PLANMEMORY
#include "Lowering/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

static int64_t bytesOf(Value value) { return storageBytes(tensorType(value)); }

namespace {

/// Where a value lies.
struct Place {
  Space space = Space::arena;
  /// Of an argument, a result, or a block of the arena.
  int64_t index = 0;
  int64_t offset = 0;
  SmallVector<int64_t, 2> strides;
  /// Holds something else until the value is written: a donated argument, the
  /// last trip's carry. No other value may be put here before.
  bool isOccupied = false;

  bool operator==(const Place &other) const {
    return space == other.space && index == other.index &&
           offset == other.offset && strides == other.strides;
  }
};

/// The constants of a module, each once, at aligned offsets in one space.
class ConstantPool {
public:
  int64_t offsetOf(DenseElementsAttr constant);
  void noteOn(ModuleOp module);

private:
  llvm::MapVector<Attribute, int64_t> offsets;
  int64_t size = 0;
};

int64_t ConstantPool::offsetOf(DenseElementsAttr constant) {
  auto [entry, isNew] =
      offsets.insert({constant, llvm::alignTo(size, arenaAlignment)});
  if (isNew)
    size = entry->second +
           storageBytes(cast<RankedTensorType>(constant.getType()));
  return entry->second;
}

/// Codegen lays the array out in the same way.
void ConstantPool::noteOn(ModuleOp module) {
  if (offsets.empty())
    return;
  auto values = llvm::to_vector(llvm::make_first_range(offsets));
  module->setAttr("dlc.constants", ArrayAttr::get(module.getContext(), values));
}

class Planner {
public:
  Planner(func::FuncOp function, const Callees &callees,
          ConstantPool &constants, int64_t tapeLimit)
      : function(function), callees(callees), constants(constants),
        tapeLimit(tapeLimit) {}

  LogicalResult verify();
  /// Orders the kernels and gives all values their places; the bytes of the
  /// arena.
  int64_t plan();
  /// Replaces the function by a program.
  void emit(int64_t recomputed);

private:
  bool isEmpty(KernelOp kernel);

  // 2. Places.
  void assignResults();
  void assign(Block &block);
  void assign(KernelOp kernel);
  void assign(ScanOp scan);
  void assign(IfOp branch);
  void assign(WhileOp loop);
  void assignYields(Operation *op, Region &region, unsigned carries);
  void assignInits(Operation *op, ValueRange inits);
  bool mayTake(const Place &place, Value input, Operation *reader);
  Place newBlock(int64_t bytes);
  Place placeOf(Value value);
  Place resultPlace(unsigned result);
  /// Where the carry, the stack's slice or the result lies that an operand of
  /// a region's yield sets.
  Place yieldPlace(Operation *op, unsigned operand, unsigned carries);

  // 3. Lifetimes.
  void count(Block &block);
  void touch(const Place &place);
  void touchAll(ValueRange values);

  // 4. The launch list.
  void emit(OpBuilder &b, Block &block);
  void emit(OpBuilder &b, ScanOp scan);
  void emit(OpBuilder &b, IfOp branch);
  void emit(OpBuilder &b, WhileOp loop);
  void emit(OpBuilder &b, EmptyTapeOp empty);
  template <typename Instruction>
  void useTapes(Instruction instruction, Operation *loop);
  void emitRegion(OpBuilder &b, Operation *op, Region &source, Region &target,
                  unsigned carries);
  void emitLaunch(OpBuilder &b, KernelOp kernel);
  void emitResults(OpBuilder &b);
  void emitCopy(OpBuilder &b, Location loc, const Place &source,
                const Place &target, int64_t bytes);
  AddressAttr address(const Place &place);

  func::FuncOp function;
  const Callees &callees;
  ConstantPool &constants;
  Schedule schedule;
  DenseMap<Value, Place> places;        // of what ops produce, by root
  DenseMap<Operation *, Place> scratch; // of kernels that need some
  /// Operands of terminators that are saved before anything is overwritten.
  DenseMap<OpOperand *, Place> saved;
  std::vector<ArenaBlock> blocks;
  int64_t step = 0;
  bool needsCheck = false;
  int64_t tapeLimit;
  bool hasSegments = false;
};

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

/// Slice t of what lies at `base`, t the counter of a loop at `depth`.
static Place sliceOf(Place base, int64_t bytes, unsigned depth) {
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
    if (bytesOf(root) > 0)
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
      saved[&operand] = newBlock(bytesOf(root));
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
      saved[&operand] = newBlock(bytesOf(root));
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
      entry->second = newBlock(bytesOf(result));
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
      places[result] = newBlock(bytesOf(result));
  assignYields(scan, scan.getBody(), scan.getNumCarries());
  assign(scan.getBody().front());
  assignInits(scan, scan.getInits());
}

void Planner::assign(IfOp branch) {
  for (Value result : branch.getResults())
    if (!places.contains(result))
      places[result] = newBlock(bytesOf(result));
  for (Region &region : branch->getRegions()) {
    assignYields(branch, region, 0);
    assign(region.front());
  }
}

void Planner::assign(WhileOp loop) {
  for (Value result : loop.getResults())
    if (!places.contains(result))
      places[result] = newBlock(bytesOf(result));
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
      places[op.getResult(0)] = newBlock(bytesOf(op.getResult(0)));
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

void Planner::count(Block &block) {
  for (Operation &op : block) {
    if (auto kernel = dyn_cast<KernelOp>(op)) {
      if (isEmpty(kernel) && !isUpdate(kernel))
        continue;
      touchAll(kernel.getInputs());
      touchAll(kernel.getResults());
      if (auto place = scratch.find(kernel); place != scratch.end())
        touch(place->second);
      ++step;
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

//===-- The launch list ---------------------------------------------------===//

AddressAttr Planner::address(const Place &place) {
  int64_t offset = place.offset, index = place.index;
  if (place.space == Space::arena) {
    offset += blocks[index].offset;
    index = 0;
  }
  return AddressAttr::get(function.getContext(), place.space, index, offset,
                          place.strides);
}

void Planner::emitCopy(OpBuilder &b, Location loc, const Place &source,
                       const Place &target, int64_t bytes) {
  if (bytes > 0 && !(source == target))
    b.create<CopyOp>(loc, address(source), address(target), bytes);
}

void Planner::emitLaunch(OpBuilder &b, KernelOp kernel) {
  if (isUpdate(kernel)) {
    Value operand = kernel.getInputs()[0], result = kernel.getResult(0);
    emitCopy(b, kernel.getLoc(), placeOf(operand), placeOf(result),
             bytesOf(operand));
  }
  if (isEmpty(kernel))
    return;
  func::FuncOp callee = callees[kernel];
  SmallVector<Attribute> slots;
  for (Value value : kernel.getOperands())
    slots.push_back(address(placeOf(value)));
  for (Value value : kernel.getResults())
    slots.push_back(address(placeOf(value)));
  if (auto place = scratch.find(kernel); place != scratch.end())
    slots.push_back(address(place->second));
  auto number = [&](StringRef name) {
    auto attr = callee->getAttrOfType<IntegerAttr>(name);
    return b.getI64IntegerAttr(attr ? attr.getInt() : 1);
  };
  b.create<LaunchOp>(
      kernel.getLoc(), FlatSymbolRefAttr::get(callee.getSymNameAttr()),
      b.getArrayAttr(slots), number("dlc.tiles"), number("dlc.work"));
  if (auto then = callee->getAttrOfType<FlatSymbolRefAttr>("dlc.then")) {
    callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(callee, then);
    b.create<LaunchOp>(kernel.getLoc(), then, b.getArrayAttr(slots),
                       number("dlc.tiles"), number("dlc.work"));
  }
}

void Planner::emit(OpBuilder &b, ScanOp scan) {
  Location loc = scan.getLoc();
  for (auto [init, carry] : llvm::zip(scan.getInits(), scan.getResults()))
    emitCopy(b, loc, placeOf(init), placeOf(carry), bytesOf(init));
  // The tapes of a loop without trips still get their counts.
  if (scan.getMostTrips() == 0 && !scan.walksTapes())
    return;
  auto loop = b.create<LoopOp>(loc, scan.getMostTrips(), scan.getReverse());
  if (scan.walksTapes())
    loop.setCountAttr(address(placeOf(scan.getSequences().front())));
  useTapes(loop, scan);
  emitRegion(b, scan, scan.getBody(), loop.getBody(), scan.getNumCarries());
}

/// The ops of a region, then the moves of what it yields.
void Planner::emitRegion(OpBuilder &b, Operation *op, Region &source,
                         Region &target, unsigned carries) {
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&target.emplaceBlock());
  Block &body = source.front();
  emit(b, body);

  // Outputs first, since they may be the last trip's carries.
  MutableArrayRef<OpOperand> yields = body.getTerminator()->getOpOperands();
  auto copyTo = [&](OpOperand &operand, const Place &source) {
    emitCopy(b, op->getLoc(), source,
             yieldPlace(op, operand.getOperandNumber(), carries),
             bytesOf(operand.get()));
  };
  for (OpOperand &output : yields.drop_front(carries))
    copyTo(output, placeOf(output.get()));
  for (OpOperand &carry : yields.take_front(carries))
    if (saved.contains(&carry))
      emitCopy(b, op->getLoc(), placeOf(carry.get()), saved[&carry],
               bytesOf(carry.get()));
  for (OpOperand &carry : yields.take_front(carries))
    copyTo(carry,
           saved.contains(&carry) ? saved[&carry] : placeOf(carry.get()));
}

void Planner::emit(OpBuilder &b, IfOp branch) {
  auto list =
      b.create<BranchOp>(branch.getLoc(), address(placeOf(branch.getPred())));
  emitRegion(b, branch, branch.getThen(), list.getThen(), 0);
  emitRegion(b, branch, branch.getOtherwise(), list.getOtherwise(), 0);
}

/// Notes on an instruction what it does with the tapes of a loop.
template <typename Instruction>
void Planner::useTapes(Instruction instruction, Operation *loop) {
  Builder b(function.getContext());
  SmallVector<Attribute> uses;
  bool appends = false;
  auto use = [&](TapeRole role, Value tape) {
    int64_t bytes = storageBytes(tapeType(tape).getEntry());
    uses.push_back(
        TapeUseAttr::get(b.getContext(), role, address(placeOf(tape)), bytes));
    appends |= role == TapeRole::append;
  };
  for (Value tape : tapesRead(loop))
    if (!tapeType(tape).isBounded())
      use(TapeRole::read, tape);
  for (Value tape : tapesMade(loop))
    use(tapeType(tape).isBounded() ? TapeRole::count : TapeRole::append, tape);
  if (!uses.empty())
    instruction.setTapesAttr(b.getArrayAttr(uses));
  if (appends) {
    hasSegments = true;
    instruction.setPlaceAttr(b.getStringAttr(userPlace(loop->getLoc())));
  }
  instruction.setScoped(endsTapesWithTrip(loop));
}

/// Their counts become zero.
void Planner::emit(OpBuilder &b, EmptyTapeOp empty) {
  RankedTensorType type = tensorType(empty);
  Place zeros, target = placeOf(empty);
  zeros.space = Space::constant;
  zeros.offset = constants.offsetOf(DenseElementsAttr::get(
      RankedTensorType::get({2}, b.getI64Type()), int64_t(0)));
  if (type.getNumElements() == 0)
    return;
  OpBuilder::InsertionGuard guard(b);
  if (type.getRank() > 0) {
    auto loop = b.create<LoopOp>(empty.getLoc(), type.getNumElements(), false);
    b.setInsertionPointToStart(&loop.getBody().emplaceBlock());
    target = sliceOf(target, storageBytes(type) / type.getNumElements(),
                     loopDepth(empty));
  }
  emitCopy(b, empty.getLoc(), zeros, target, unboundedTapeBytes);
}

void Planner::emit(OpBuilder &b, WhileOp loop) {
  Location loc = loop.getLoc();
  for (auto [init, carry] : llvm::zip(loop.getInits(), loop.getResults()))
    emitCopy(b, loc, placeOf(init), placeOf(carry), bytesOf(init));
  Value goesOn = loop.getCondition().front().getTerminator()->getOperand(0);
  auto repeat = b.create<RepeatOp>(loc, address(placeOf(goesOn)),
                                   loop.getMaxTripsAttr(), ArrayAttr(),
                                   UnitAttr(), b.getStringAttr(userPlace(loc)));
  useTapes(repeat, loop);
  {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&repeat.getCondition().emplaceBlock());
    emit(b, loop.getCondition().front());
  }
  emitRegion(b, loop, loop.getBody(), repeat.getBody(), loop.getNumCarries());
}

void Planner::emit(OpBuilder &b, Block &block) {
  for (Operation &op : block) {
    if (needsCheck && schedule.overwriters.contains(&op)) {
      b.create<CheckOp>(op.getLoc());
      needsCheck = false;
    }
    if (auto kernel = dyn_cast<KernelOp>(op))
      emitLaunch(b, kernel);
    else if (auto print = dyn_cast<PrintOp>(op))
      b.create<ShowOp>(op.getLoc(), print.getText(),
                       address(placeOf(print.getOperand())), print.getType(),
                       print.getSummary());
    else if (auto scan = dyn_cast<ScanOp>(op))
      emit(b, scan);
    else if (auto branch = dyn_cast<IfOp>(op))
      emit(b, branch);
    else if (auto loop = dyn_cast<WhileOp>(op))
      emit(b, loop);
    else if (auto empty = dyn_cast<EmptyTapeOp>(op))
      emit(b, empty);
  }
}

void Planner::emitResults(OpBuilder &b) {
  Operation *terminator = function.getBody().front().getTerminator();
  Location loc = terminator->getLoc();
  if (needsCheck)
    b.create<CheckOp>(loc);
  for (OpOperand &operand : terminator->getOpOperands())
    if (saved.contains(&operand))
      emitCopy(b, loc, placeOf(operand.get()), saved[&operand],
               bytesOf(operand.get()));
  for (OpOperand &operand : terminator->getOpOperands())
    emitCopy(b, loc,
             saved.contains(&operand) ? saved[&operand]
                                      : placeOf(operand.get()),
             resultPlace(operand.getOperandNumber()), bytesOf(operand.get()));
}

int64_t Planner::plan() {
  Block &body = function.getBody().front();
  schedule = scheduleFunction(function, callees);
  assignResults();
  assign(body);
  count(body);

  // What nothing touches, like the body of a loop of no trips, needs no memory.
  for (ArenaBlock &block : blocks)
    if (block.last < 0)
      block = ArenaBlock();
  return layOut(blocks);
}

void Planner::emit(int64_t recomputed) {
  MemoryPlan plan;
  plan.arena = this->plan();
  plan.recomputed = recomputed;
  llvm::copy_if(blocks, std::back_inserter(plan.blocks),
                [](const ArenaBlock &block) { return block.bytes > 0; });
  llvm::sort(plan.blocks, [](const ArenaBlock &a, const ArenaBlock &b) {
    return std::tie(a.first, a.offset) < std::tie(b.first, b.offset);
  });

  OpBuilder b(function);
  auto program = b.create<ProgramOp>(
      function.getLoc(), function.getSymName(), function.getFunctionType(),
      function.getArgAttrsAttr(), plan.arena, IntegerAttr());
  plan.noteOn(program);
  b.setInsertionPointToStart(&program.getBody().emplaceBlock());
  needsCheck = callees.mayFault(function);
  emit(b, function.getBody().front());
  emitResults(b);
  if (hasSegments)
    program.setTapes(tapeLimit);
  function.erase();
}

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
      auto planner = [&] {
        return Planner(function, callees, constants, tapeLimit);
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
