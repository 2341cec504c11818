// Tangents of ops with regions: the region with tangents beside its values, so
// that one loop computes both.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Loops.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

namespace {
/// What a body yields, and the tangents thereof (null for zero).
struct Dual {
  SmallVector<Value> values, tangents;
};
} // namespace

/// Writes a body with tangents for some of its arguments (null for zero) at the
/// end of b's block.
static FailureOr<Dual> writeDual(OpBuilder &b, Block &body,
                                 ArrayRef<Value> arguments,
                                 ArrayRef<Value> tangents, Location request) {
  IRMapping map;
  map.map(body.getArguments(), arguments);
  Operation *yield = nullptr;
  for (Operation &op : body)
    yield = b.clone(op, map);
  ForwardSweep sweep(yield, request);
  for (auto [argument, tangent] : llvm::zip_equal(arguments, tangents))
    sweep.seed(argument, tangent);
  if (failed(sweep.run(yield->getOperands())))
    return failure();
  Dual dual{SmallVector<Value>(yield->getOperands()), {}};
  for (Value value : dual.values)
    dual.tangents.push_back(sweep.tangentOf(value));
  yield->erase();
  b.setInsertionPointToEnd(b.getBlock());
  return dual;
}

static Value orZeros(OpBuilder &b, Value tangent, Value of) {
  return tangent ? tangent : zerosLike(b, of.getLoc(), of);
}

/// Arguments of a block for values and, where there is one, a tangent for each.
namespace {
struct DualArguments {
  SmallVector<Value> values, tangents;

  DualArguments(size_t count) : values(count), tangents(count) {}
};
} // namespace

/// Carries of a loop that have a tangent in some trip.
static llvm::BitVector carriesWithTangent(const Loop &loop, Tangents &t) {
  Block &body = loop.body();
  SmallVector<Value> from;
  for (unsigned i = 0; i < body.getNumArguments(); ++i)
    if (t.has(i))
      from.push_back(body.getArgument(i));
  DenseSet<Value> reached =
      reachedFrom(from, nullptr, feedbackOf(body, loop.carries));
  llvm::BitVector with(loop.carries);
  for (unsigned i = 0; i < loop.carries; ++i)
    if (reached.contains(body.getArgument(i)) ||
        reached.contains(body.getTerminator()->getOperand(i)))
      with.set(i);
  return with;
}

/// [values, tangents] of the loop's carries, of its sequences, of its
/// constants; [values, tangents] of what it carries and of what it stacks.
static LogicalResult loopJvp(const Loop &loop, Tangents &t) {
  Location loc = loop->getLoc();
  Block &body = loop.body();
  unsigned carries = loop.carries, operands = loop->getNumOperands();
  llvm::BitVector with = carriesWithTangent(loop, t);

  SmallVector<Value> groups[3];
  for (unsigned k : {0, 1, 2}) {
    unsigned begin = std::array{0u, carries, loop.firstConstant}[k],
             end = std::array{carries, loop.firstConstant, operands}[k];
    for (unsigned i = begin; i < end; ++i)
      groups[k].push_back(loop->getOperand(i));
    for (unsigned i = begin; i < end; ++i)
      if (k == 0 ? with.test(i) : t.has(i))
        groups[k].push_back(orZeros(t.b, t.tangent(i), loop->getOperand(i)));
  }
  auto arguments = [&](BlockWriter &w) {
    DualArguments in(operands);
    for (unsigned k : {0, 1, 2}) {
      unsigned begin = std::array{0u, carries, loop.firstConstant}[k],
               end = std::array{carries, loop.firstConstant, operands}[k];
      for (unsigned i = begin; i < end; ++i)
        in.values[i] = w.argument(body.getArgument(i).getType());
      for (unsigned i = begin; i < end; ++i)
        if (k == 0 ? with.test(i) : t.has(i))
          in.tangents[i] = w.argument(body.getArgument(i).getType());
    }
    return in;
  };

  Region region;
  BlockWriter w(region, loc);
  DualArguments in = arguments(w);
  FailureOr<Dual> out =
      writeDual(w.b, body, in.values, in.tangents, t.requestedAt());
  if (failed(out))
    return failure();

  SmallVector<Value> yields;
  SmallVector<Type> types;
  // Of the loop's results the places of values and tangents.
  SmallVector<unsigned> valueAt(loop->getNumResults());
  SmallVector<std::optional<unsigned>> tangentAt(loop->getNumResults());
  auto result = [&](Value value, Type type) {
    yields.push_back(value);
    types.push_back(type);
    return yields.size() - 1;
  };
  for (bool outputs : {false, true}) {
    unsigned begin = outputs ? carries : 0,
             end = outputs ? loop->getNumResults() : carries;
    for (unsigned i = begin; i < end; ++i)
      valueAt[i] = result(out->values[i], loop->getResult(i).getType());
    for (unsigned i = begin; i < end; ++i)
      if (outputs ? out->tangents[i] != nullptr : with.test(i))
        tangentAt[i] = result(orZeros(w.b, out->tangents[i], out->values[i]),
                              loop->getResult(i).getType());
  }
  w.b.create<YieldOp>(loc, yields);
  Operation *both = nullptr;
  if (auto scan = dyn_cast<ScanOp>(loop.op)) {
    auto dual = t.b.create<ScanOp>(types, scan.getTripsAttr(), groups[0],
                                   groups[1], groups[2], scan.getReverseAttr());
    dual.getBody().takeBody(region);
    both = dual;
  } else {
    auto repeat = cast<WhileOp>(loop.op);
    auto dual = t.b.create<WhileOp>(types, groups[0], groups[2],
                                    repeat.getMaxTripsAttr());
    BlockWriter condition(dual.getCondition(), loc);
    DualArguments seen = arguments(condition);
    condition.b.create<YieldOp>(
        loc, inlineRegion(condition.b, repeat.getCondition(), seen.values));
    dual.getBody().takeBody(region);
    both = dual;
  }
  both->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  for (unsigned i = 0; i < loop->getNumResults(); ++i)
    if (tangentAt[i])
      t.set(i, both->getResult(*tangentAt[i]));
  t.replace(llvm::map_to_vector(
      valueAt, [&](unsigned i) -> Value { return both->getResult(i); }));
  return success();
}

LogicalResult dlc::scanJvp(ScanOp op, Tangents &t) {
  return loopJvp(Loop(op), t);
}

LogicalResult dlc::whileJvp(WhileOp op, Tangents &t) {
  return loopJvp(Loop(op), t);
}

/// Writes each of an op's regions with tangents; the op takes `first` operands
/// before the regions' arguments.
static LogicalResult dualOfRegions(Operation *op, unsigned first, Tangents &t) {
  Location loc = op->getLoc();
  SmallVector<Value> operands(op->getOperands());
  SmallVector<unsigned> with;
  for (unsigned i = first; i < op->getNumOperands(); ++i)
    if (t.has(i)) {
      with.push_back(i - first);
      operands.push_back(t.tangent(i));
    }
  unsigned regions = op->getNumRegions();
  SmallVector<std::unique_ptr<Region>> dual;
  SmallVector<Dual> outs;
  for (Region &region : op->getRegions()) {
    dual.push_back(std::make_unique<Region>());
    BlockWriter w(*dual.back(), loc);
    DualArguments in(region.getNumArguments());
    for (unsigned i = 0; i < region.getNumArguments(); ++i)
      in.values[i] = w.argument(region.getArgument(i).getType());
    for (unsigned i : with)
      in.tangents[i] = w.argument(region.getArgument(i).getType());
    FailureOr<Dual> out =
        writeDual(w.b, region.front(), in.values, in.tangents, t.requestedAt());
    if (failed(out))
      return failure();
    outs.push_back(*out);
  }
  SmallVector<Type> types(op->getResultTypes());
  SmallVector<unsigned> arriving;
  for (unsigned i = 0; i < op->getNumResults(); ++i)
    if (llvm::any_of(outs, [&](Dual &out) { return out.tangents[i]; })) {
      arriving.push_back(i);
      types.push_back(op->getResult(i).getType());
    }
  OperationState state(loc, op->getName(), operands, types, op->getAttrs());
  for (unsigned k = 0; k < regions; ++k) {
    OpBuilder b(loc.getContext());
    b.setInsertionPointToEnd(&dual[k]->front());
    SmallVector<Value> yields(outs[k].values);
    for (unsigned i : arriving)
      yields.push_back(orZeros(b, outs[k].tangents[i], outs[k].values[i]));
    b.create<YieldOp>(loc, yields);
    state.addRegion(std::move(dual[k]));
  }
  Operation *both = t.b.create(state);
  for (auto [k, i] : llvm::enumerate(arriving))
    t.set(i, both->getResult(op->getNumResults() + k));
  t.replace(both->getResults().take_front(op->getNumResults()));
  return success();
}

LogicalResult dlc::ifJvp(IfOp op, Tangents &t) {
  return dualOfRegions(op, 1, t);
}

LogicalResult dlc::checkpointJvp(CheckpointOp op, Tangents &t) {
  return dualOfRegions(op, 0, t);
}
