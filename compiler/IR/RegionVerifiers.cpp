// Requests to autodiff, ops with regions: arguments and yields; setups.

#include "IR/Tape.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace dlc;

LogicalResult GradOp::verify() {
  if (getOutputs().getTypes() != getCotangents().getTypes())
    return emitOpError("needs one cotangent of each output's type");
  if (getWrt().getTypes() != getGradients().getTypes())
    return emitOpError("needs one result of each wrt's type");
  for (Value v : getOperands())
    if (v.getParentBlock() != (*this)->getBlock())
      return emitOpError("operands must stand in the op's own block");
  return success();
}

LogicalResult JvpOp::verify() {
  if (getWrt().getTypes() != getTangents().getTypes())
    return emitOpError("needs one tangent of each wrt's type");
  if (getOutputs().getTypes() != getResultTypes())
    return emitOpError("needs one result of each output's type");
  for (Value v : getOperands())
    if (v.getParentBlock() != (*this)->getBlock())
      return emitOpError("operands must stand in the op's own block");
  return success();
}

/// What a loop stacks, or takes apart: tensors of a leading dimension of the
/// trips, or tapes.
static bool stacks(Type stack, Type element, std::optional<uint64_t> trips,
                   int64_t capacity) {
  auto s = cast<RankedTensorType>(stack), e = cast<RankedTensorType>(element);
  if (!trips)
    return s == tapeOf(e, capacity);
  return s.getRank() == e.getRank() + 1 && s.getDimSize(0) == int64_t(*trips) &&
         s.getShape().drop_front() == e.getShape() &&
         s.getElementType() == e.getElementType();
}

int64_t ScanOp::getMostTrips() {
  if (getTrips())
    return *getTrips();
  TapeType tape = tapeType(getSequences().front());
  return tape ? tape.getCapacity() : -1;
}

LogicalResult ScanOp::verify() {
  if (getTrips() && int64_t(*getTrips()) < 0)
    return emitOpError() << "trip count " << int64_t(*getTrips())
                         << " is negative";
  if (walksTapes() && getSequences().empty())
    return emitOpError("needs a trip count or a tape");
  int64_t capacity = getMostTrips();
  std::string what =
      walksTapes() ? "tapes" : std::to_string(*getTrips()) + " of";
  Block &body = getBody().front();
  auto yield = cast<YieldOp>(body.getTerminator());
  unsigned carries = getNumCarries();
  if (getNumResults() < carries)
    return emitOpError("needs a result for every carry");
  if (body.getNumArguments() != getNumOperands())
    return emitOpError() << "body needs " << getNumOperands()
                         << " arguments, has " << body.getNumArguments();
  if (yield.getNumOperands() != getNumResults())
    return emitOpError() << "body must yield " << getNumResults()
                         << " values, yields " << yield.getNumOperands();
  for (unsigned i = 0; i < carries; ++i) {
    Type type = getInits()[i].getType();
    if (body.getArgument(i).getType() != type ||
        yield.getOperand(i).getType() != type || getResult(i).getType() != type)
      return emitOpError() << "carry " << i << " changes its type: starts as "
                           << type << ", becomes "
                           << yield.getOperand(i).getType();
  }
  for (auto [i, sequence] : llvm::enumerate(getSequences()))
    if (!stacks(sequence.getType(), body.getArgument(carries + i).getType(),
                getTrips(), capacity))
      return emitOpError() << "sequence " << i << " of type "
                           << sequence.getType() << " does not slice into "
                           << what << " "
                           << body.getArgument(carries + i).getType();
  unsigned first = carries + getSequences().size();
  for (auto [i, constant] : llvm::enumerate(getConstants()))
    if (constant.getType() != body.getArgument(first + i).getType())
      return emitOpError() << "constant " << i << " of type "
                           << constant.getType() << " enters the body as "
                           << body.getArgument(first + i).getType();
  for (unsigned i = carries; i < getNumResults(); ++i)
    if (!stacks(getResult(i).getType(), yield.getOperand(i).getType(),
                getTrips(), capacity))
      return emitOpError() << "result " << i << " of type "
                           << getResult(i).getType() << " does not stack "
                           << what << " " << yield.getOperand(i).getType();
  return success();
}

LogicalResult KernelOp::verify() {
  Block &body = getBody().front();
  auto yield = cast<YieldOp>(body.getTerminator());
  auto match = [&](Type a, Type b) {
    auto x = cast<RankedTensorType>(a), y = cast<RankedTensorType>(b);
    return x.getElementType() == y.getElementType() &&
           x.getNumElements() == y.getNumElements();
  };
  if (body.getNumArguments() != getNumOperands() ||
      yield.getNumOperands() != getNumResults())
    return emitOpError("body's arguments and yielded values must match the "
                       "operands and results in number");
  for (auto [arg, input] : llvm::zip(body.getArguments(), getInputs()))
    if (!match(arg.getType(), input.getType()))
      return emitOpError() << "operand of type " << input.getType()
                           << " enters the body as " << arg.getType();
  for (auto [value, result] : llvm::zip(yield.getOperands(), getResults()))
    if (!match(value.getType(), result.getType()))
      return emitOpError() << "yielded " << value.getType() << " leaves as "
                           << result.getType();
  return success();
}

//===-- Regions
//------------------------------------------------------------===//

/// The region's arguments and yielded values have these types.
static LogicalResult verifyRegion(Operation *op, Region &region,
                                  const char *what, TypeRange arguments,
                                  TypeRange results) {
  Block &body = region.front();
  if (body.getArgumentTypes() != arguments)
    return op->emitOpError()
           << what << " needs " << arguments.size() << " arguments ("
           << arguments << "), has (" << body.getArgumentTypes() << ")";
  TypeRange yielded = body.getTerminator()->getOperandTypes();
  if (yielded != results)
    return op->emitOpError() << what << " must yield (" << results
                             << "), yields (" << yielded << ")";
  return success();
}

LogicalResult IfOp::verify() {
  if (tensorType(getPred()).getRank() != 0)
    return emitOpError() << "the condition must be a scalar, got "
                         << getPred().getType();
  TypeRange inputs = getInputs().getTypes(), results = getResultTypes();
  if (failed(
          verifyRegion(*this, getThen(), "the first branch", inputs, results)))
    return failure();
  return verifyRegion(*this, getOtherwise(), "the second branch", inputs,
                      results);
}

LogicalResult WhileOp::verify() {
  if (getMaxTrips() && int64_t(*getMaxTrips()) < 0)
    return emitOpError() << "max_trips " << int64_t(*getMaxTrips())
                         << " is negative";
  TypeRange carries = getInits().getTypes();
  if (getNumResults() < carries.size() ||
      TypeRange(getResultTypes()).take_front(carries.size()) != carries)
    return emitOpError() << "needs a result for every carry: (" << carries
                         << "), has (" << getResultTypes() << ")";
  SmallVector<Type> yielded(carries);
  for (Value tape : getResults().drop_front(carries.size())) {
    TapeType type = tapeType(tape);
    if (!type || type.getCapacity() != getMostTrips())
      return emitOpError() << "needs tapes of "
                           << (getMaxTrips() ? "max_trips" : "any number of")
                           << " entries after its carries, has "
                           << tape.getType();
    yielded.push_back(type.getEntry());
  }
  Type condition = RankedTensorType::get({}, IntegerType::get(getContext(), 1));
  if (failed(verifyRegion(*this, getCondition(), "the condition",
                          getOperandTypes(), condition)))
    return failure();
  return verifyRegion(*this, getBody(), "the body", getOperandTypes(), yielded);
}

LogicalResult CheckpointOp::verify() {
  return verifyRegion(*this, getBody(), "the body", getOperandTypes(),
                      getResultTypes());
}

LogicalResult CustomVjpOp::verify() {
  auto floats = [](TypeRange types) {
    return llvm::make_filter_range(
        types, [](Type t) { return isa<FloatType>(getElementTypeOrSelf(t)); });
  };
  Block &forward = getForward().front();
  auto yielded = forward.getTerminator()->getOperandTypes();
  SmallVector<Type> made(yielded.begin(), yielded.end());
  if (made.size() < getNumResults() ||
      TypeRange(made).take_front(getNumResults()) != getResultTypes())
    return emitOpError() << "the forward part must yield the results ("
                         << getResultTypes() << ") first, yields (" << made
                         << ")";
  if (failed(verifyRegion(*this, getForward(), "the forward part",
                          getOperandTypes(), made)))
    return failure();
  SmallVector<Type> in(llvm::drop_begin(made, getNumResults())), out;
  llvm::append_range(in, floats(getResultTypes()));
  llvm::append_range(out, floats(getOperandTypes()));
  return verifyRegion(*this, getBackward(), "the backward part", in, out);
}

/// A setup is straight, and uses nothing that is of one run alone. Launches are
/// joined to launches.
LogicalResult ProgramOp::verify() {
  WalkResult joins = walk([](LaunchOp launch) -> WalkResult {
    if (!launch.getJoined() || isa_and_nonnull<LaunchOp>(launch->getPrevNode()))
      return success();
    return launch.emitOpError("is joined, but does not follow a launch");
  });
  if (joins.wasInterrupted())
    return failure();
  if (getPrepared().has_value() == getSetup().empty())
    return emitOpError(
        "needs a setup if, and only if, there are prepared bytes");
  for (Operation &op : getSetup().getOps()) {
    SmallVector<Attribute> places;
    if (auto launch = dyn_cast<LaunchOp>(op))
      llvm::append_range(places, launch.getSlots());
    else if (auto copy = dyn_cast<CopyOp>(op))
      places = {copy.getSource(), copy.getTarget()};
    else
      return op.emitOpError(
          "stands in a setup, which only launches and copies");
    for (Attribute place : places)
      if (cast<AddressAttr>(place).getSpace() == Space::result)
        return op.emitOpError("uses a result, which a setup does not know");
  }
  return success();
}
