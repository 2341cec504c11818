// The gradient of `dlc.scan`: a loop for a loop, never unrolled.
//
// The backward loop walks the trips in the opposite direction. A trip computes
// the body's forward values again from the carries that the trip started with,
// sweeps over them in reverse, and passes the carries' gradients on to the trip
// before. The carries come from a *tape*: the forward loop is replaced by one
// that also stacks what each trip started with. For y = scan(h, xs, w) with the
// body h' = f(h, x, w):
//
//   forward   carry h                 over x            → last h, tape of h
//   backward  carry dh, dw            over tape of h, x → dh, dw, stack of dx
//     (dh, dx, dw') = vjp of f at (h, x, w) with dh;  yield dh, dw + dw', dx
//
// Only active values have gradients, and only carries that the backward body
// really reads are taped. Both loops are ordinary scans, so this nests and can
// be differentiated again.

#include "Autodiff/ReverseSweep.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

/// `type` stacked once a trip.
static RankedTensorType stacked(Type type, int64_t trips) {
  auto element = cast<RankedTensorType>(type);
  SmallVector<int64_t> shape{trips};
  llvm::append_range(shape, element.getShape());
  return element.clone(shape);
}

/// For each of `carries` the stack of what trips start with: outputs that the
/// scan has already, or new ones of a scan that takes its place.
static SmallVector<Value> tape(ScanOp &scan, ArrayRef<unsigned> carries,
                               Adjoint &a) {
  auto yield = cast<YieldOp>(scan.getBody().front().getTerminator());
  SmallVector<unsigned> results;
  SmallVector<Type> types(scan.getResultTypes());
  for (unsigned carry : carries) {
    Value start = scan.getBody().getArgument(carry);
    auto outputs = yield.getOperands().drop_front(scan.getNumCarries());
    auto found = llvm::find(outputs, start);
    results.push_back(scan.getNumCarries() + (found - outputs.begin()));
    if (found != outputs.end())
      continue;
    yield->insertOperands(yield.getNumOperands(), start);
    types.push_back(stacked(start.getType(), scan.getTrips()));
  }
  if (types.size() != scan.getNumResults()) {
    OpBuilder b(scan);
    auto taping = b.create<ScanOp>(scan.getLoc(), types, scan.getTrips(),
                                   scan.getInits(), scan.getSequences(),
                                   scan.getConstants(), scan.getReverse());
    taping->setDiscardableAttrs(scan->getDiscardableAttrDictionary());
    taping.getBody().takeBody(scan.getBody());
    a.replace(taping);
    scan = taping;
  }
  return llvm::map_to_vector(
      results, [&](unsigned i) -> Value { return scan.getResult(i); });
}

namespace {
/// Writes the backward loop of one scan.
class BackwardLoop {
public:
  BackwardLoop(ScanOp scan, Adjoint &a)
      : scan(scan), a(a), loc(scan.getLoc()), body(scan.getBody().front()),
        yield(cast<YieldOp>(body.getTerminator())),
        carries(scan.getNumCarries()),
        firstConstant(carries + scan.getSequences().size()),
        b(loc.getContext()), block(region.emplaceBlock()),
        sweep(b, a.requestedAt()) {
    b.setInsertionPointToEnd(&block);
  }

  LogicalResult write() {
    findActive();
    copyBody();
    if (failed(sweep.run(wrt())))
      return failure();
    yieldGradients();
    dropUnread();

    SmallVector<Value> slices = tape(scan, taped, a);
    llvm::append_range(slices, sequences);
    for (unsigned i : activeOutputs)
      slices.push_back(a.gradient(i));
    auto backward = a.b.create<ScanOp>(types, scan.getTrips(), inits, slices,
                                       constants, !scan.getReverse());
    backward.getBody().takeBody(region);
    for (auto [i, gradient] : llvm::zip_equal(targets, backward.getResults()))
      if (a.needs(i))
        a.add(i, gradient);
    return success();
  }

private:
  void findActive();
  void copyBody();
  SmallVector<Value> wrt();
  void yieldGradients();
  void dropUnread();

  /// What the sweep found for the body's argument i.
  Value gradientOf(unsigned i) {
    return sweep.gradientOf(map.lookup(body.getArgument(i)));
  }

  // The loop to differentiate.
  ScanOp scan;
  Adjoint &a;
  Location loc;
  Block &body;
  YieldOp yield;
  unsigned carries, firstConstant;

  /// Values of the body on a path through any number of trips.
  DenseSet<Value> active;
  SmallVector<unsigned> activeCarries, activeOutputs;

  // The body of the backward loop. Its arguments are
  //   [gradients of carries, sums for constants | tapes, sequences, gradients
  //    of outputs | constants].
  OpBuilder b;
  Region region;
  Block &block;
  ReverseSweep sweep;
  /// The body's values to the copies that a backward trip computes.
  IRMapping map;

  // The backward loop. `targets` are the operands of `scan` whose gradients its
  // results are.
  SmallVector<Value> inits, sequences, constants;
  SmallVector<unsigned> taped, targets;
  SmallVector<Type> types;
};
} // namespace

void BackwardLoop::findActive() {
  SmallVector<Feedback> feedback;
  SmallVector<Value> from, to;
  for (unsigned i = 0; i < carries; ++i)
    feedback.push_back({yield.getOperand(i), body.getArgument(i)});
  for (unsigned i = 0; i < scan.getNumOperands(); ++i)
    if (a.needs(i))
      from.push_back(body.getArgument(i));
  for (unsigned i = 0; i < scan.getNumResults(); ++i)
    if (a.gradient(i))
      to.push_back(yield.getOperand(i));
  active = leadingTo(to, reachedFrom(from, nullptr, feedback), feedback);

  for (unsigned i = 0; i < carries; ++i)
    if (active.contains(body.getArgument(i)) ||
        (a.gradient(i) && active.contains(yield.getOperand(i))))
      activeCarries.push_back(i);
  for (unsigned i = carries; i < scan.getNumResults(); ++i)
    if (a.gradient(i) && active.contains(yield.getOperand(i)))
      activeOutputs.push_back(i);
}

/// Copies the forward ops and seeds what the body yields.
void BackwardLoop::copyBody() {
  SmallVector<std::pair<unsigned, Value>> seeds;
  auto argumentFor = [&](Value value) {
    return block.addArgument(value.getType(), loc);
  };
  for (unsigned i : activeCarries)
    seeds.emplace_back(i, argumentFor(yield.getOperand(i)));
  for (Value argument : body.getArguments().take_front(firstConstant))
    map.map(argument, argumentFor(argument));
  for (unsigned i : activeOutputs)
    seeds.emplace_back(i, argumentFor(yield.getOperand(i)));
  for (Value argument : body.getArguments().drop_front(firstConstant))
    map.map(argument, argumentFor(argument));
  for (Operation &op : body.without_terminator())
    b.clone(op, map);
  for (auto [i, gradient] : seeds)
    sweep.seed(loc, map.lookup(yield.getOperand(i)), gradient);
}

SmallVector<Value> BackwardLoop::wrt() {
  SmallVector<Value> values;
  for (Value argument : body.getArguments())
    if (active.contains(argument))
      values.push_back(map.lookup(argument));
  return values;
}

/// A trip yields the carries' gradients for the trip before, running sums for
/// the constants, and the sequences' gradients.
void BackwardLoop::yieldGradients() {
  SmallVector<Value> yields;
  for (unsigned i : activeCarries) {
    RankedTensorType type = tensorType(body.getArgument(i));
    Value last = a.gradient(i), g = gradientOf(i);
    inits.push_back(last ? last : splat(a.b, loc, type, 0.0));
    yields.push_back(g ? g : splat(b, loc, type, 0.0));
    targets.push_back(i);
  }
  for (unsigned i = firstConstant; i < scan.getNumOperands(); ++i)
    if (Value g = a.needs(i) ? gradientOf(i) : Value()) {
      Value sum = block.insertArgument(inits.size(), g.getType(), loc);
      inits.push_back(splat(a.b, loc, tensorType(g), 0.0));
      yields.push_back(b.create<AddOp>(loc, sum, g));
      targets.push_back(i);
    }
  llvm::append_range(types, ValueRange(inits).getTypes());
  for (unsigned i = carries; i < firstConstant; ++i)
    if (Value g = a.needs(i) ? gradientOf(i) : Value()) {
      types.push_back(stacked(g.getType(), scan.getTrips()));
      yields.push_back(g);
      targets.push_back(i);
    }
  b.create<YieldOp>(loc, yields);
}

/// Only what the backward body reads comes in; only such carries are taped.
void BackwardLoop::dropUnread() {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      op.erase();
  for (unsigned i = 0; i < scan.getNumOperands(); ++i) {
    auto argument = cast<BlockArgument>(map.lookup(body.getArgument(i)));
    if (argument.use_empty())
      block.eraseArgument(argument.getArgNumber());
    else if (i < carries)
      taped.push_back(i);
    else
      (i < firstConstant ? sequences : constants).push_back(scan.getOperand(i));
  }
}

LogicalResult dlc::scanVjp(ScanOp scan, Adjoint &a) {
  if (scan.getTrips() > 0)
    return BackwardLoop(scan, a).write();
  for (unsigned i = 0; i < scan.getNumCarries(); ++i)
    if (a.needs(i))
      a.add(i, a.gradient(i));
  return success();
}
