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
  return tangent ? tangent : splat(b, of.getLoc(), tensorType(of), 0.0);
}

/// Arguments of a block for values and, where there is one, a tangent for each.
namespace {
struct DualArguments {
  SmallVector<Value> values, tangents;

  DualArguments(size_t count) : values(count), tangents(count) {}
};
} // namespace

/// Carries of a loop that have a tangent in some trip.
static llvm::BitVector carriesWithTangent(Operation *loop, Block &body,
                                          unsigned carries, unsigned first,
                                          Tangents &t) {
  SmallVector<Value> from;
  for (unsigned i = 0; i < body.getNumArguments(); ++i)
    if (t.has(first + i))
      from.push_back(body.getArgument(i));
  DenseSet<Value> reached =
      reachedFrom(from, nullptr, feedbackOf(body, carries));
  llvm::BitVector with(carries);
  for (unsigned i = 0; i < carries; ++i)
    if (reached.contains(body.getArgument(i)) ||
        reached.contains(body.getTerminator()->getOperand(i)))
      with.set(i);
  return with;
}

LogicalResult dlc::scanJvp(ScanOp scan, Tangents &t) {
  Location loc = scan.getLoc();
  Block &body = scan.getBody().front();
  unsigned carries = scan.getNumCarries(),
           firstConstant = carries + scan.getSequences().size(),
           operands = scan.getNumOperands();
  llvm::BitVector with = carriesWithTangent(scan, body, carries, 0, t);

  Region region;
  BlockWriter w(region, loc);
  DualArguments in(operands);
  SmallVector<Value> groups[3];
  for (unsigned k : {0, 1, 2}) {
    unsigned begin = std::array{0u, carries, firstConstant}[k],
             end = std::array{carries, firstConstant, operands}[k];
    for (unsigned i = begin; i < end; ++i) {
      groups[k].push_back(scan.getOperand(i));
      in.values[i] = w.argument(body.getArgument(i).getType());
    }
    for (unsigned i = begin; i < end; ++i)
      if (k == 0 ? with.test(i) : t.has(i)) {
        groups[k].push_back(orZeros(t.b, t.tangent(i), scan.getOperand(i)));
        in.tangents[i] = w.argument(body.getArgument(i).getType());
      }
  }
  FailureOr<Dual> out =
      writeDual(w.b, body, in.values, in.tangents, t.requestedAt());
  if (failed(out))
    return failure();

  SmallVector<Value> yields;
  SmallVector<Type> types;
  // Of the scan's results the places of values and tangents.
  SmallVector<unsigned> valueAt(scan.getNumResults());
  SmallVector<std::optional<unsigned>> tangentAt(scan.getNumResults());
  auto result = [&](Value value, Type type) {
    yields.push_back(value);
    types.push_back(type);
    return yields.size() - 1;
  };
  for (bool outputs : {false, true}) {
    unsigned begin = outputs ? carries : 0,
             end = outputs ? scan.getNumResults() : carries;
    for (unsigned i = begin; i < end; ++i)
      valueAt[i] = result(out->values[i], scan.getResult(i).getType());
    for (unsigned i = begin; i < end; ++i)
      if (outputs ? out->tangents[i] != nullptr : with.test(i))
        tangentAt[i] = result(orZeros(w.b, out->tangents[i], out->values[i]),
                              scan.getResult(i).getType());
  }
  w.b.create<YieldOp>(loc, yields);
  auto both = t.b.create<ScanOp>(types, scan.getTrips(), groups[0], groups[1],
                                 groups[2], scan.getReverse());
  both->setDiscardableAttrs(scan->getDiscardableAttrDictionary());
  both.getBody().takeBody(region);
  for (unsigned i = 0; i < scan.getNumResults(); ++i)
    if (tangentAt[i])
      t.set(i, both.getResult(*tangentAt[i]));
  t.replace(llvm::map_to_vector(
      valueAt, [&](unsigned i) -> Value { return both.getResult(i); }));
  return success();
}

LogicalResult dlc::whileJvp(WhileOp loop, Tangents &t) {
  Location loc = loop.getLoc();
  Block &body = loop.getBody().front();
  unsigned carries = loop.getNumResults(), operands = loop.getNumOperands();
  llvm::BitVector with = carriesWithTangent(loop, body, carries, 0, t);

  SmallVector<Value> inits(loop.getInits()), constants(loop.getConstants());
  for (unsigned i = 0; i < carries; ++i)
    if (with.test(i))
      inits.push_back(orZeros(t.b, t.tangent(i), loop.getInits()[i]));
  for (unsigned i = carries; i < operands; ++i)
    if (t.has(i))
      constants.push_back(t.tangent(i));

  Region regions[2];
  SmallVector<std::optional<unsigned>> tangentAt(carries);
  for (unsigned k : {0, 1}) {
    BlockWriter w(regions[k], loc);
    DualArguments in(operands);
    auto argument = [&](unsigned i) {
      return w.argument(body.getArgument(i).getType());
    };
    for (unsigned i = 0; i < carries; ++i)
      in.values[i] = argument(i);
    for (unsigned i = 0; i < carries; ++i)
      if (with.test(i))
        in.tangents[i] = argument(i);
    for (unsigned i = carries; i < operands; ++i)
      in.values[i] = argument(i);
    for (unsigned i = carries; i < operands; ++i)
      if (t.has(i))
        in.tangents[i] = argument(i);
    if (k == 0) {
      w.b.create<YieldOp>(loc,
                          inlineRegion(w.b, loop.getCondition(), in.values));
      continue;
    }
    FailureOr<Dual> out =
        writeDual(w.b, body, in.values, in.tangents, t.requestedAt());
    if (failed(out))
      return failure();
    SmallVector<Value> yields(out->values);
    for (unsigned i = 0; i < carries; ++i)
      if (with.test(i)) {
        tangentAt[i] = yields.size();
        yields.push_back(orZeros(w.b, out->tangents[i], out->values[i]));
      }
    w.b.create<YieldOp>(loc, yields);
  }
  auto both = t.b.create<WhileOp>(ValueRange(inits).getTypes(), inits,
                                  constants, loop.getMaxTripsAttr());
  both->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  both.getCondition().takeBody(regions[0]);
  both.getBody().takeBody(regions[1]);
  for (unsigned i = 0; i < carries; ++i)
    if (tangentAt[i])
      t.set(i, both.getResult(*tangentAt[i]));
  t.replace(both.getResults().take_front(carries));
  return success();
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
