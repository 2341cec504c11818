// The gradients of `dlc.scan` and `dlc.while`: a loop for a loop, never
// unrolled.
//
// The backward loop is a scan that walks the trips in the opposite direction. A
// trip takes what the forward trip kept for it, computes what is cheap again,
// and passes the carries' gradients on to the trip before. The forward loop is
// replaced by one that also yields what it keeps (see Joint.h for how that is
// chosen): a scan stacks it, a while, whose trips nobody knows yet, tapes it,
// and the tape tells the backward scan how many trips there were. For
// y = scan(h, xs, w) with the body h' = tanh(h·w + x):
//
//   forward   carry h       over x                → last h, stacks of h and h'
//   backward  carry dh, dw  over stacks, dy       → dh, dw, stack of dx
//     da = (dh + dy) · (1 - h'²);  yield da·wᵀ, dw + h·da, da
//
// Both loops are ordinary ones, so this nests and can be differentiated again.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Loops.h"

using namespace mlir;
using namespace dlc;

namespace {
class LoopGradient {
public:
  LoopGradient(const Loop &loop, Adjoint &a)
      : loop(loop), a(a), loc(loop->getLoc()), body(loop.body()),
        carries(loop.carries), firstConstant(loop.firstConstant),
        counters(body, carries, firstConstant), joint(body, a.requestedAt()) {}

  LogicalResult write() {
    findActive();
    SmallVector<unsigned> outputs(activeCarries);
    llvm::append_range(outputs, activeOutputs);
    if (failed(joint.differentiate(outputs, inputs)))
      return failure();
    llvm::BitVector free(loop->getNumOperands());
    for (unsigned i = 0; i < loop->getNumOperands(); ++i)
      if (i >= carries || counters.has(i))
        free.set(i);
    joint.part(free, carries, carries);
    FailureOr<SmallVector<Value>> stacks = writeForward();
    if (failed(stacks))
      return failure();
    writeBackward(*stacks);
    return success();
  }

private:
  void findActive();
  FailureOr<SmallVector<Value>> writeForward();
  void writeBackward(ArrayRef<Value> stacks);

  Loop loop;
  Adjoint &a;
  Location loc;
  Block &body;
  /// The replaced loop's, at which the counters look.
  Region oldBody;
  unsigned carries, firstConstant;
  Counters counters;
  Joint joint;
  /// Arguments that want a gradient; yielded values that have one.
  SmallVector<unsigned> inputs, activeCarries, activeOutputs;
};
} // namespace

void LoopGradient::findActive() {
  SmallVector<Feedback> feedback = feedbackOf(body, carries);
  Operation *yield = body.getTerminator();
  SmallVector<Value> from, to;
  for (unsigned i = 0; i < loop->getNumOperands(); ++i)
    if (a.needs(i))
      from.push_back(body.getArgument(i));
  for (unsigned i = 0; i < loop->getNumResults(); ++i)
    if (a.gradient(i)) {
      to.push_back(yield->getOperand(i));
      // Without a trip a carry passes.
      if (i < carries && !loop.trips())
        to.push_back(body.getArgument(i));
    }
  DenseSet<Value> active =
      leadingTo(to, reachedFrom(from, nullptr, feedback), feedback);

  for (unsigned i = 0; i < body.getNumArguments(); ++i)
    if (active.contains(body.getArgument(i)))
      inputs.push_back(i);
  for (unsigned i = 0; i < carries; ++i)
    if (active.contains(body.getArgument(i)) ||
        (a.gradient(i) && active.contains(yield->getOperand(i))))
      activeCarries.push_back(i);
  for (unsigned i = carries; i < loop->getNumResults(); ++i)
    if (a.gradient(i) && active.contains(yield->getOperand(i)))
      activeOutputs.push_back(i);
}

/// The stacks of the residuals.
FailureOr<SmallVector<Value>> LoopGradient::writeForward() {
  Region region;
  BlockWriter w(region, loc);
  for (Type type : body.getArgumentTypes())
    w.argument(type);
  SmallVector<Value> made = joint.forward(w.b, w.block.getArguments());
  unsigned own = loop->getNumResults();
  SmallVector<Value> yields(ArrayRef<Value>(made).take_front(own));
  SmallVector<Type> types(loop->getResultTypes());
  SmallVector<unsigned> results;
  auto keep = [&](Value value) {
    RankedTensorType stack = loop.stackOf(value.getType());
    if (!stack)
      return false;
    results.push_back(yields.size());
    yields.push_back(value);
    types.push_back(stack);
    return true;
  };
  for (auto [residual, value] :
       llvm::zip_equal(joint.residuals(), ArrayRef(made).drop_front(own))) {
    // Perhaps the loop stacks it already.
    if (std::optional<unsigned> output = joint.yieldedAs(residual, carries))
      results.push_back(*output);
    else if (!keep(value))
      return failure();
  }
  // The backward loop has to learn the number of trips.
  if (loop.isWhile() && results.empty()) {
    if (own > carries)
      results.push_back(carries);
    else if (!keep(splat(w.b, loc, RankedTensorType::get({0}, w.b.getI1Type()),
                         0)))
      return failure();
  }
  w.b.create<YieldOp>(loc, yields);

  OpBuilder b(loop.op);
  Operation *keeping = loop.clone(b, types, region);
  oldBody.takeBody(loop.bodyRegion());
  a.replace(keeping);
  loop = Loop(keeping);
  return llvm::map_to_vector(
      results, [&](unsigned i) -> Value { return keeping->getResult(i); });
}

/// The backward body's arguments are
///   [gradients of carries, counters, carries of the next trip, sums for
///    constants | stacks, sequences, gradients of outputs | constants].
void LoopGradient::writeBackward(ArrayRef<Value> stacks) {
  Region region;
  BlockWriter w(region, loc);
  SmallVector<Value> inits, slices, constants, residuals, cotangents, sums;
  SmallVector<Value> arguments(loop->getNumOperands());
  llvm::BitVector reads(loop->getNumOperands());
  SmallVector<unsigned> counting;
  for (unsigned i = 0; i < loop->getNumOperands(); ++i)
    if (joint.reads(i)) {
      reads.set(i);
      if (i < carries) {
        counting.push_back(i);
        if (auto step = counters.stepArgument(i))
          reads.set(*step);
      }
    }

  for (unsigned i : activeCarries) {
    Value last = a.gradient(i);
    inits.push_back(last ? last : zerosLike(a.b, loc, loop->getResult(i)));
    cotangents.push_back(w.argument(loop->getResult(i).getType()));
  }
  for (unsigned i : counting) {
    inits.push_back(loop->getResult(i));
    arguments[i] = w.argument(loop->getResult(i).getType());
  }
  SmallVector<Value> next(carries);
  SmallVector<unsigned> passing;
  for (unsigned i = 0; i < carries; ++i)
    if (joint.keptByNextTrip(i)) {
      passing.push_back(i);
      inits.push_back(loop->getResult(i));
      next[i] = w.argument(loop->getResult(i).getType());
    }
  for (auto [k, i] : llvm::enumerate(inputs))
    if (Type type = joint.gradientType(k); type && i >= firstConstant) {
      inits.push_back(zerosLike(a.b, loc, loop->getOperand(i)));
      sums.push_back(w.argument(type));
    }
  auto readStack = [&](Value stack) {
    slices.push_back(stack);
    return w.argument(loop.sliceOf(stack.getType()));
  };
  for (size_t k = 0; k < stacks.size(); ++k) {
    Value slice = readStack(stacks[k]);
    if (k < joint.residuals().size()) // else it only counts
      residuals.push_back(slice);
  }
  for (unsigned i = carries; i < firstConstant; ++i)
    if (reads.test(i))
      arguments[i] = readStack(loop->getOperand(i));
  for (unsigned i : activeOutputs)
    cotangents.push_back(readStack(a.gradient(i)));
  if (!loop.trips() && slices.empty())
    readStack(loop->getOperand(carries));
  for (unsigned i = firstConstant; i < loop->getNumOperands(); ++i)
    if (reads.test(i)) {
      constants.push_back(loop->getOperand(i));
      arguments[i] = w.argument(loop->getOperand(i).getType());
    }

  for (unsigned i : counting)
    arguments[i] = counters.before(w.b, i, arguments[i], arguments);
  SmallVector<Value> gradients =
      joint.backward(w.b, residuals, arguments, cotangents, next);

  // A trip yields the carries' gradients for the trip before, its counters,
  // what it kept of carries, running sums for the constants, and the sequences'
  // gradients.
  SmallVector<Value> ofArgument(loop->getNumOperands()), yields;
  for (auto [i, gradient] : llvm::zip_equal(inputs, gradients))
    ofArgument[i] = gradient;
  SmallVector<unsigned> targets;
  for (auto [k, i] : llvm::enumerate(activeCarries)) {
    Value g = ofArgument[i];
    yields.push_back(g ? g : zerosLike(w.b, loc, w.block.getArgument(k)));
    targets.push_back(i);
  }
  for (unsigned i : counting) {
    yields.push_back(arguments[i]);
    targets.push_back(~0u);
  }
  for (unsigned i : passing) {
    yields.push_back(residuals[*joint.keptByNextTrip(i)]);
    targets.push_back(~0u);
  }
  unsigned nextSum = 0;
  for (unsigned i = firstConstant; i < loop->getNumOperands(); ++i)
    if (Value g = ofArgument[i]) {
      yields.push_back(addValues(w.b, loc, sums[nextSum++], g));
      targets.push_back(i);
    }
  SmallVector<Type> types(ValueRange(inits).getTypes());
  for (unsigned i = carries; i < firstConstant; ++i)
    if (Value g = ofArgument[i]) {
      types.push_back(loop->getOperand(i).getType());
      yields.push_back(g);
      targets.push_back(i);
    }
  w.b.create<YieldOp>(loc, yields);
  auto backward = a.b.create<ScanOp>(types, loop.trips(), inits, slices,
                                     constants, !loop.isReverse());
  backward.getBody().takeBody(region);
  for (auto [i, gradient] : llvm::zip_equal(targets, backward.getResults()))
    if (i != ~0u && a.needs(i))
      a.add(i, gradient);
}

LogicalResult dlc::scanVjp(ScanOp scan, Adjoint &a) {
  if (!scan.getTrips() || *scan.getTrips() > 0)
    return LoopGradient(Loop(scan), a).write();
  for (unsigned i = 0; i < scan.getNumCarries(); ++i)
    if (a.needs(i))
      a.add(i, a.gradient(i));
  return success();
}

LogicalResult dlc::whileVjp(WhileOp loop, Adjoint &a) {
  return LoopGradient(Loop(loop), a).write();
}
