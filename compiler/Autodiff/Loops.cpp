#include "Autodiff/Loops.h"

using namespace mlir;
using namespace dlc;

SmallVector<Feedback> dlc::feedbackOf(Block &body, unsigned carries) {
  SmallVector<Feedback> feedback;
  for (unsigned i = 0; i < carries; ++i)
    feedback.push_back(
        {body.getTerminator()->getOperand(i), body.getArgument(i)});
  return feedback;
}

RankedTensorType dlc::stacked(Type type, int64_t count) {
  auto element = cast<RankedTensorType>(type);
  SmallVector<int64_t> shape{count};
  llvm::append_range(shape, element.getShape());
  return element.clone(shape);
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
