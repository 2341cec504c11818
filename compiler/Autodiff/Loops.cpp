#include "Autodiff/Loops.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

SmallVector<Feedback> dlc::feedbackOf(Block &body, unsigned carries) {
  SmallVector<Feedback> feedback;
  for (unsigned i = 0; i < carries; ++i)
    feedback.push_back(
        {body.getTerminator()->getOperand(i), body.getArgument(i)});
  return feedback;
}

Loop::Loop(Operation *op) : op(op) {
  auto scan = dyn_cast<ScanOp>(op);
  carries = scan ? scan.getNumCarries() : cast<WhileOp>(op).getNumCarries();
  firstConstant = carries + (scan ? scan.getSequences().size() : 0);
}

Region &Loop::bodyRegion() const {
  return op->getRegion(op->getNumRegions() - 1);
}

bool Loop::isReverse() const {
  auto scan = dyn_cast<ScanOp>(op);
  return scan && scan.getReverse();
}

IntegerAttr Loop::trips() const {
  auto scan = dyn_cast<ScanOp>(op);
  return scan ? scan.getTripsAttr() : IntegerAttr();
}

RankedTensorType Loop::stackOf(Type output) const {
  auto type = cast<RankedTensorType>(output);
  if (IntegerAttr count = trips()) {
    SmallVector<int64_t> shape{count.getInt()};
    llvm::append_range(shape, type.getShape());
    return type.clone(shape);
  }
  auto scan = dyn_cast<ScanOp>(op);
  int64_t most = scan ? scan.getMostTrips() : cast<WhileOp>(op).getMostTrips();
  TapeType tape = TapeType::getChecked(
      [&] { return op->emitError("[while] "); }, type.getContext(), type, most);
  return tape ? RankedTensorType::get({}, tape) : RankedTensorType();
}

RankedTensorType Loop::sliceOf(Type stack) const {
  auto type = cast<RankedTensorType>(stack);
  return trips() ? type.clone(type.getShape().drop_front())
                 : cast<TapeType>(type.getElementType()).getEntry();
}

Operation *Loop::clone(OpBuilder &b, TypeRange types, Region &body) const {
  OperationState state(op->getLoc(), op->getName(), op->getOperands(), types,
                       op->getAttrs());
  for (unsigned i = 0; i < op->getNumRegions(); ++i)
    state.addRegion();
  Operation *other = b.create(state);
  IRMapping map;
  if (isWhile())
    cast<WhileOp>(op).getCondition().cloneInto(
        &cast<WhileOp>(other).getCondition(), map);
  other->getRegions().back().takeBody(body);
  return other;
}

Counters::Counters(Block &body, unsigned carries, unsigned firstConstant)
    : steps(carries) {
  auto isFixed = [&](Value v) {
    auto argument = dyn_cast<BlockArgument>(v);
    return argument ? argument.getArgNumber() >= firstConstant
                    : isa<ConstantOp>(v.getDefiningOp());
  };
  for (unsigned i = 0; i < carries; ++i) {
    Value start = body.getArgument(i);
    auto add = body.getTerminator()->getOperand(i).getDefiningOp<AddOp>();
    if (!add || isDifferentiable(start))
      continue;
    if (add.getLhs() == start && isFixed(add.getRhs()))
      steps[i] = add.getRhs();
    else if (add.getRhs() == start && isFixed(add.getLhs()))
      steps[i] = add.getLhs();
  }
}

std::optional<unsigned> Counters::stepArgument(unsigned carry) const {
  if (auto argument = dyn_cast<BlockArgument>(steps[carry]))
    return argument.getArgNumber();
  return std::nullopt;
}

Value Counters::before(OpBuilder &b, unsigned carry, Value after,
                       ArrayRef<Value> arguments) const {
  Value step = steps[carry];
  if (auto argument = stepArgument(carry))
    step = arguments[*argument];
  else
    step = b.clone(*step.getDefiningOp())->getResult(0);
  return b.create<SubtractOp>(after.getLoc(), after, step);
}
