// The launch list of a function whose values have places.

#include "Lowering/PlanMemoryPlanner.h"

using namespace mlir;
using namespace dlc;

//===-- Constants ---------------------------------------------------------===//

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
             storageBytes(operand));
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
    emitCopy(b, loc, placeOf(init), placeOf(carry), storageBytes(init));
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
             storageBytes(operand.get()));
  };
  for (OpOperand &output : yields.drop_front(carries))
    copyTo(output, placeOf(output.get()));
  for (OpOperand &carry : yields.take_front(carries))
    if (saved.contains(&carry))
      emitCopy(b, op->getLoc(), placeOf(carry.get()), saved[&carry],
               storageBytes(carry.get()));
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
    emitCopy(b, loc, placeOf(init), placeOf(carry), storageBytes(init));
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

/// What runs only when the invariant arguments have changed.
void Planner::emitSetup(OpBuilder &b, ProgramOp program) {
  if (setup.empty())
    return;
  program.setPrepared(preparedBytes);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&program.getSetup().emplaceBlock());
  for (Operation *kernel : setup)
    emitLaunch(b, cast<KernelOp>(kernel));
}

void Planner::emit(OpBuilder &b, Block &block) {
  for (Operation &op : block) {
    if (setup.contains(&op))
      continue;
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
               storageBytes(operand.get()));
  for (OpOperand &operand : terminator->getOpOperands())
    emitCopy(
        b, loc,
        saved.contains(&operand) ? saved[&operand] : placeOf(operand.get()),
        resultPlace(operand.getOperandNumber()), storageBytes(operand.get()));
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
      function.getArgAttrsAttr(), plan.arena, IntegerAttr(), IntegerAttr());
  plan.noteOn(program);
  emitSetup(b, program);
  b.setInsertionPointToStart(&program.getBody().emplaceBlock());
  needsCheck = callees.mayFault(function);
  emit(b, function.getBody().front());
  emitResults(b);
  if (hasSegments)
    program.setTapes(tapeLimit);
  function.erase();
}
