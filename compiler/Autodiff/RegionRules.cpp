// Gradients of branches and of regions that run once.
//
// The gradient of an `if` is an `if` on the same condition. A branch keeps what
// its gradient needs as additional results; of those, two of one type from the
// two branches share a place, since only one branch is taken.
//
// A `checkpoint` keeps its inputs alone: its region is written again where the
// gradient is, behind a barrier that also holds the cotangents, so that it is
// neither merged with the first nor run before them.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Joint.h"
#include "IR/Tape.h"

using namespace mlir;
using namespace dlc;

SmallVector<Value> dlc::inlineRegion(OpBuilder &b, Region &region,
                                     ValueRange arguments) {
  IRMapping map;
  map.map(region.getArguments(), arguments);
  for (Operation &op : region.front().without_terminator())
    b.clone(op, map);
  return llvm::map_to_vector(region.front().getTerminator()->getOperands(),
                             [&](Value v) { return map.lookup(v); });
}

/// For what a branch does not compute.
static Value nothing(OpBuilder &b, Location loc, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  if (isa<TapeType>(tensor.getElementType()))
    return b.create<EmptyTapeOp>(loc, tensor);
  return splat(b, loc, tensor, 0.0);
}

//===-- If
//-----------------------------------------------------------------===//

namespace {
class Branches {
public:
  Branches(IfOp op, Adjoint &a)
      : op(op), a(a), loc(op.getLoc()),
        joints{Joint(op.getThen().front(), a.requestedAt()),
               Joint(op.getOtherwise().front(), a.requestedAt())} {}

  LogicalResult write() {
    for (unsigned i = 0; i < op.getNumResults(); ++i)
      if (a.gradient(i))
        outputs.push_back(i);
    for (unsigned i = 0; i < op.getInputs().size(); ++i)
      if (a.needs(i + 1))
        inputs.push_back(i);
    for (Joint &joint : joints) {
      if (failed(joint.differentiate(outputs, inputs)))
        return failure();
      joint.part(llvm::BitVector(op.getInputs().size(), true));
    }
    shareSlots();
    writeForward();
    writeBackward();
    return success();
  }

private:
  void shareSlots();
  void writeForward();
  void writeBackward();
  static Block &addBlock(Region &region, TypeRange types, Location loc) {
    Block &block = region.emplaceBlock();
    block.addArguments(types, SmallVector<Location>(types.size(), loc));
    return block;
  }

  IfOp op;
  Adjoint &a;
  Location loc;
  std::array<Joint, 2> joints;
  SmallVector<unsigned> outputs, inputs;
  /// The additional results, and which of them holds a branch's residual.
  SmallVector<Type> slotTypes;
  std::array<SmallVector<unsigned>, 2> slots;
};
} // namespace

void Branches::shareSlots() {
  for (Value residual : joints[0].residuals()) {
    slots[0].push_back(slotTypes.size());
    slotTypes.push_back(residual.getType());
  }
  llvm::BitVector taken(slotTypes.size());
  for (Value residual : joints[1].residuals()) {
    unsigned slot = 0;
    while (slot < slotTypes.size() &&
           (taken.test(slot) || slotTypes[slot] != residual.getType()))
      ++slot;
    if (slot == slotTypes.size()) {
      slotTypes.push_back(residual.getType());
      taken.push_back(false);
    }
    taken.set(slot);
    slots[1].push_back(slot);
  }
}

void Branches::writeForward() {
  Region regions[2];
  for (unsigned k : {0, 1}) {
    Block &block = addBlock(regions[k], op.getInputs().getTypes(), loc);
    OpBuilder b(loc.getContext());
    b.setInsertionPointToEnd(&block);
    SmallVector<Value> made = joints[k].forward(b, block.getArguments());
    SmallVector<Value> kept(slotTypes.size());
    for (auto [slot, value] : llvm::zip_equal(
             slots[k], ArrayRef(made).drop_front(op.getNumResults())))
      kept[slot] = value;
    made.truncate(op.getNumResults());
    for (auto [value, type] : llvm::zip_equal(kept, slotTypes))
      made.push_back(value ? value : nothing(b, loc, type));
    b.create<YieldOp>(loc, made);
  }
  SmallVector<Type> types(op.getResultTypes());
  llvm::append_range(types, slotTypes);
  OpBuilder b(op);
  auto keeping = b.create<IfOp>(loc, types, op.getPred(), op.getInputs());
  keeping->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  keeping.getThen().takeBody(regions[0]);
  keeping.getOtherwise().takeBody(regions[1]);
  unsigned results = op.getNumResults();
  a.replace(keeping);
  op = keeping;
  assert(op.getNumResults() == results + slotTypes.size());
  (void)results;
}

void Branches::writeBackward() {
  unsigned results = op.getNumResults() - slotTypes.size();
  SmallVector<Value> in(op.getResults().drop_front(results));
  // Inputs at which a gradient arrives in either branch.
  SmallVector<unsigned> arriving;
  SmallVector<Type> types;
  for (unsigned i = 0; i < inputs.size(); ++i)
    for (Joint &joint : joints)
      if (Type type = joint.gradientType(i)) {
        arriving.push_back(i);
        types.push_back(type);
        break;
      }
  if (arriving.empty())
    return;
  SmallVector<unsigned> reads;
  for (auto [i, input] : llvm::enumerate(op.getInputs())) {
    bool isTape = isa<TapeType>(tensorType(input).getElementType());
    if (joints[0].reads(i) || joints[1].reads(i) || isTape) {
      reads.push_back(i);
      in.push_back(input);
    }
  }
  for (unsigned i : outputs)
    in.push_back(a.gradient(i));

  auto backward = a.b.create<IfOp>(types, op.getPred(), in);
  Region *regions[] = {&backward.getThen(), &backward.getOtherwise()};
  for (unsigned k : {0, 1}) {
    Block &block = addBlock(*regions[k], ValueRange(in).getTypes(), loc);
    OpBuilder b(loc.getContext());
    b.setInsertionPointToEnd(&block);
    auto arguments = block.getArguments();
    SmallVector<Value> residuals, read(op.getInputs().size());
    for (unsigned slot : slots[k])
      residuals.push_back(arguments[slot]);
    for (auto [k, i] : llvm::enumerate(reads))
      read[i] = arguments[slotTypes.size() + k];
    SmallVector<Value> gradients = joints[k].backward(
        b, residuals, read,
        ValueRange(arguments.drop_front(slotTypes.size() + reads.size())));
    SmallVector<Value> yields;
    for (auto [i, type] : llvm::zip_equal(arriving, types)) {
      Value input = read[inputs[i]];
      yields.push_back(gradients[i] ? gradients[i]
                       : input      ? zerosLike(b, loc, input)
                                    : nothing(b, loc, type));
    }
    b.create<YieldOp>(loc, yields);
  }
  for (auto [i, gradient] : llvm::zip_equal(arriving, backward.getResults()))
    a.add(inputs[i] + 1, gradient);
}

LogicalResult dlc::ifVjp(IfOp op, Adjoint &a) {
  return Branches(op, a).write();
}

//===-- Checkpoint and custom rules
//----------------------------------------===//

LogicalResult dlc::checkpointVjp(CheckpointOp op, Adjoint &a) {
  SmallVector<Value> held(op.getInputs());
  for (unsigned i = 0; i < op.getNumResults(); ++i)
    if (Value g = a.gradient(i))
      held.push_back(g);
  auto barrier = a.b.create<OptimizationBarrierOp>(held);
  auto inputs = barrier.getResults().take_front(op.getInputs().size());
  auto cotangents = barrier.getResults().drop_front(op.getInputs().size());
  SmallVector<Value> again = inlineRegion(a.b, op.getBody(), inputs);

  ReverseSweep sweep(a.b, a.requestedAt());
  unsigned next = 0;
  for (unsigned i = 0; i < op.getNumResults(); ++i)
    if (a.gradient(i))
      sweep.seed(op.getLoc(), again[i], cotangents[next++]);
  SmallVector<Value> wrt;
  for (auto [i, input] : llvm::enumerate(inputs))
    if (a.needs(i))
      wrt.push_back(input);
  if (failed(sweep.run(wrt)))
    return failure();
  for (auto [i, input] : llvm::enumerate(inputs))
    if (a.needs(i))
      a.add(i, sweep.gradientOf(input));
  return success();
}

/// The forward part takes the op's place, so that the backward part can read
/// its residuals.
LogicalResult dlc::customVjp(CustomVjpOp op, Adjoint &a) {
  OpBuilder b(op);
  unsigned results = op.getNumResults();
  SmallVector<Value> made = inlineRegion(b, op.getForward(), op.getInputs());
  SmallVector<Value> in(ArrayRef<Value>(made).drop_front(results));
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    if (isDifferentiable(result)) {
      Value g = a.gradient(i);
      in.push_back(g ? g : zerosLike(a.b, op.getLoc(), result));
    }
  SmallVector<Value> gradients = inlineRegion(a.b, op.getBackward(), in);
  unsigned next = 0;
  for (auto [i, input] : llvm::enumerate(op.getInputs()))
    if (isDifferentiable(input)) {
      if (a.needs(i))
        a.add(i, gradients[next]);
      ++next;
    }
  a.replaceBy(ArrayRef(made).take_front(results));
  return success();
}
