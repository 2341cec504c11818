#include "Autodiff/Joint.h"

#include "Autodiff/MinCut.h"
#include "IR/Tape.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

Joint::Joint(Block &body, Location requestedAt)
    : block(&region.emplaceBlock()), loc(body.getParentOp()->getLoc()),
      requestedAt(requestedAt), arguments(body.getNumArguments()) {
  IRMapping map;
  for (Value argument : body.getArguments())
    map.map(argument, block->addArgument(argument.getType(), loc));
  OpBuilder b(loc.getContext());
  b.setInsertionPointToEnd(block);
  for (Operation &op : body)
    b.clone(op, map);
  yield = cast<YieldOp>(block->back());
}

LogicalResult Joint::differentiate(ArrayRef<unsigned> outputs,
                                   ArrayRef<unsigned> inputs) {
  OpBuilder b(yield);
  ReverseSweep sweep(b, requestedAt);
  for (unsigned i : outputs) {
    Value cotangent = block->addArgument(yield.getOperand(i).getType(), loc);
    sweep.seed(loc, yield.getOperand(i), cotangent);
  }
  SmallVector<Value> wrt;
  for (unsigned i : inputs)
    wrt.push_back(block->getArgument(i));
  if (failed(sweep.run(wrt)))
    return failure();
  for (Value value : wrt)
    gradients.push_back(sweep.gradientOf(value));
  return success();
}

RankedTensorType Joint::gradientType(unsigned i) const {
  return gradients[i] ? tensorType(gradients[i]) : RankedTensorType();
}

//===-- Parting
//------------------------------------------------------------===//

/// Whether the backward half had better compute an op again than keep its
/// result: it moves elements, or works on each alone, or makes them from
/// nothing.
static bool isCheap(Operation *op) {
  if (isa<PrintOp>(op))
    return false;
  return op->hasTrait<Pointwise>() || op->hasTrait<IndexMap>() ||
         isa<ConstantOp, IotaOp, DynamicSliceOp, OneHotOp, RngBitGeneratorOp,
             UniformOp, NormalOp, BernoulliOp, DropoutOp, PreluOp, FakeQuantOp>(
             op);
}

static int64_t bytes(Value value) {
  return std::max<int64_t>(storageBytes(tensorType(value)), 1);
}

DenseSet<Value> Joint::dependingOnCotangents() {
  DenseSet<Value> depending;
  for (Value value : block->getArguments().drop_front(arguments))
    depending.insert(value);
  for (Operation &op : *block)
    if (llvm::any_of(op.getOperands(),
                     [&](Value v) { return depending.contains(v); }))
      for (Value result : op.getResults())
        depending.insert(result);
  return depending;
}

void Joint::part(const llvm::BitVector &free, unsigned kept, unsigned carries) {
  findCut(free, kept);
  for (unsigned i = 0; i < carries; ++i)
    if (Value yielded = yield->getOperand(i);
        llvm::is_contained(cut, block->getArgument(i)) &&
        yielded.getDefiningOp())
      passedOn.insert({yielded, i});
  if (!passedOn.empty())
    findCut(free, kept);
  findReads();
}

/// Once more, if it is known by then what is passed on: this costs nothing, but
/// its arguments have to be kept.
void Joint::findCut(const llvm::BitVector &free, unsigned kept) {
  cut.clear();
  DenseSet<Value> depending = dependingOnCotangents();
  // The ops of the backward half, last first, and what they read.
  DenseSet<Value> wanted;
  for (Value gradient : gradients)
    if (gradient)
      wanted.insert(gradient);
  SmallVector<Value> needed;
  for (Value gradient : gradients)
    if (gradient && !depending.contains(gradient))
      needed.push_back(gradient);
  for (Operation &op : llvm::reverse(*block)) {
    if (llvm::none_of(op.getResults(), [&](Value v) {
          return wanted.contains(v) && depending.contains(v);
        }))
      continue;
    for (Value operand : op.getOperands()) {
      wanted.insert(operand);
      if (!depending.contains(operand))
        needed.push_back(operand);
    }
  }

  MinCut graph;
  unsigned source = graph.addNode(), sink = graph.addNode();
  llvm::MapVector<Value, unsigned> nodes; // its value enters, +1 it leaves
  SmallVector<Value> work;
  auto enter = [&](Value value) {
    auto [it, isNew] = nodes.insert({value, 0});
    if (isNew) {
      it->second = graph.addNode();
      graph.addNode();
      work.push_back(value);
    }
    return it->second;
  };
  auto last = yield.getOperands().drop_front(
      std::min<unsigned>(kept, yield.getNumOperands()));
  for (auto [yielded, carry] : passedOn)
    needed.push_back(block->getArgument(carry));
  for (Value value : needed)
    graph.addEdge(enter(value) + 1, sink, MinCut::infinite);
  while (!work.empty()) {
    Value value = work.pop_back_val();
    unsigned node = nodes.lookup(value);
    graph.addEdge(node, node + 1,
                  llvm::is_contained(last, value) ? 1 : bytes(value));
    auto argument = dyn_cast<BlockArgument>(value);
    Operation *op = value.getDefiningOp();
    if (passedOn.contains(value))
      continue;
    if (argument ? !free.test(argument.getArgNumber()) : !isCheap(op))
      graph.addEdge(source, node, MinCut::infinite);
    else if (op)
      for (Value operand : op->getOperands())
        graph.addEdge(enter(operand) + 1, node, MinCut::infinite);
  }
  std::vector<bool> late = graph.sinkSide(source, sink);
  for (auto [value, node] : nodes)
    if (!late[node] && late[node + 1] && !passedOn.contains(value))
      cut.push_back(value);
  // In the order in which the forward half makes them.
  llvm::sort(cut, [](Value a, Value b) {
    Operation *x = a.getDefiningOp(), *y = b.getDefiningOp();
    if (x && y && x != y)
      return x->isBeforeInBlock(y);
    if (!x != !y)
      return !x;
    return x ? cast<OpResult>(a).getResultNumber() <
                   cast<OpResult>(b).getResultNumber()
             : cast<BlockArgument>(a).getArgNumber() <
                   cast<BlockArgument>(b).getArgNumber();
  });
}

void Joint::findReads() {
  read.resize(arguments);
  SmallVector<Value> reading;
  DenseSet<Value> seen(cut.begin(), cut.end());
  auto visit = [&](Value value) {
    if (value && seen.insert(value).second)
      reading.push_back(value);
  };
  llvm::for_each(gradients, visit);
  while (!reading.empty()) {
    Value value = reading.pop_back_val();
    if (passedOn.contains(value))
      readPassedOn.insert(value);
    else if (Operation *op = value.getDefiningOp())
      llvm::for_each(op->getOperands(), visit);
    else if (unsigned i = cast<BlockArgument>(value).getArgNumber();
             i < arguments)
      read.set(i);
  }
}

std::optional<unsigned> Joint::keptByNextTrip(unsigned carry) const {
  Value yielded = yield->getOperand(carry);
  auto found = passedOn.find(yielded);
  if (found == passedOn.end() || found->second != carry ||
      !readPassedOn.contains(yielded))
    return std::nullopt;
  return llvm::find(cut, block->getArgument(carry)) - cut.begin();
}

std::optional<unsigned> Joint::yieldedAs(Value residual, unsigned from) const {
  for (unsigned i = from; i < yield->getNumOperands(); ++i)
    if (yield->getOperand(i) == residual)
      return i;
  return std::nullopt;
}

//===-- Writing
//------------------------------------------------------------===//

/// Copies the ops that `wanted` needs and `map` does not hold.
void Joint::write(OpBuilder &b, IRMapping &map, ArrayRef<Value> wanted) {
  DenseSet<Operation *> ops;
  SmallVector<Value> work(wanted);
  while (!work.empty()) {
    Value value = work.pop_back_val();
    Operation *op = value ? value.getDefiningOp() : nullptr;
    if (op && !map.contains(value) && ops.insert(op).second)
      llvm::append_range(work, op->getOperands());
  }
  for (Operation &op : *block)
    if (ops.contains(&op))
      b.clone(op, map);
}

SmallVector<Value> Joint::forward(OpBuilder &b, ValueRange values) {
  IRMapping map;
  map.map(block->getArguments().take_front(arguments), values);
  SmallVector<Value> wanted(yield.getOperands());
  llvm::append_range(wanted, cut);
  write(b, map, wanted);
  return llvm::map_to_vector(wanted, [&](Value v) { return map.lookup(v); });
}

SmallVector<Value> Joint::backward(OpBuilder &b, ValueRange residuals,
                                   ArrayRef<Value> values,
                                   ValueRange cotangents,
                                   ArrayRef<Value> next) {
  IRMapping map;
  for (auto [argument, value] :
       llvm::zip(block->getArguments().take_front(arguments), values))
    if (value)
      map.map(argument, value);
  map.map(block->getArguments().drop_front(arguments), cotangents);
  for (auto [value, kept] : llvm::zip_equal(cut, residuals))
    map.map(value, kept);
  for (auto [carry, value] : llvm::enumerate(next))
    if (value)
      map.map(yield->getOperand(carry), value);
  write(b, map, gradients);
  return llvm::map_to_vector(
      gradients, [&](Value v) { return v ? map.lookup(v) : Value(); });
}
