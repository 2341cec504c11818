// The gradient of `dlc.scan`: a loop for a loop, never unrolled.
//
// The backward loop walks the trips in the opposite direction. A trip takes
// what the forward trip kept for it, computes what is cheap again, and passes
// the carries' gradients on to the trip before. The forward loop is replaced by
// one that also stacks what it keeps (see Joint.h for how that is chosen). For
// y = scan(h, xs, w) with the body h' = tanh(h·w + x):
//
//   forward   carry h       over x                → last h, stacks of h and h'
//   backward  carry dh, dw  over stacks, dy       → dh, dw, stack of dx
//     da = (dh + dy) · (1 - h'²);  yield da·wᵀ, dw + h·da, da
//
// Both loops are ordinary scans, so this nests and can be differentiated again.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Loops.h"

using namespace mlir;
using namespace dlc;

namespace {
class ScanGradient {
public:
  ScanGradient(ScanOp scan, Adjoint &a)
      : scan(scan), a(a), loc(scan.getLoc()), body(scan.getBody().front()),
        carries(scan.getNumCarries()),
        firstConstant(carries + scan.getSequences().size()),
        counters(body, carries, firstConstant), joint(body, a.requestedAt()) {}

  LogicalResult write() {
    findActive();
    SmallVector<unsigned> outputs(activeCarries);
    llvm::append_range(outputs, activeOutputs);
    if (failed(joint.differentiate(outputs, inputs)))
      return failure();
    llvm::BitVector free(scan.getNumOperands());
    for (unsigned i = 0; i < scan.getNumOperands(); ++i)
      if (i >= carries || counters.has(i))
        free.set(i);
    joint.part(free, carries);
    SmallVector<Value> stacks = writeForward();
    writeBackward(stacks);
    return success();
  }

private:
  void findActive();
  SmallVector<Value> writeForward();
  void writeBackward(ArrayRef<Value> stacks);

  ScanOp scan;
  Adjoint &a;
  Location loc;
  Block &body;
  /// The replaced scan's, at which the counters look.
  Region oldBody;
  unsigned carries, firstConstant;
  Counters counters;
  Joint joint;
  /// Arguments that want a gradient; yielded values that have one.
  SmallVector<unsigned> inputs, activeCarries, activeOutputs;
};
} // namespace

void ScanGradient::findActive() {
  SmallVector<Feedback> feedback = feedbackOf(body, carries);
  Operation *yield = body.getTerminator();
  SmallVector<Value> from, to;
  for (unsigned i = 0; i < scan.getNumOperands(); ++i)
    if (a.needs(i))
      from.push_back(body.getArgument(i));
  for (unsigned i = 0; i < scan.getNumResults(); ++i)
    if (a.gradient(i))
      to.push_back(yield->getOperand(i));
  DenseSet<Value> active =
      leadingTo(to, reachedFrom(from, nullptr, feedback), feedback);

  for (unsigned i = 0; i < body.getNumArguments(); ++i)
    if (active.contains(body.getArgument(i)))
      inputs.push_back(i);
  for (unsigned i = 0; i < carries; ++i)
    if (active.contains(body.getArgument(i)) ||
        (a.gradient(i) && active.contains(yield->getOperand(i))))
      activeCarries.push_back(i);
  for (unsigned i = carries; i < scan.getNumResults(); ++i)
    if (a.gradient(i) && active.contains(yield->getOperand(i)))
      activeOutputs.push_back(i);
}

/// The stacks of the residuals.
SmallVector<Value> ScanGradient::writeForward() {
  Region region;
  BlockWriter w(region, loc);
  for (Type type : body.getArgumentTypes())
    w.argument(type);
  SmallVector<Value> made = joint.forward(w.b, w.block.getArguments());
  SmallVector<Value> yields(
      ArrayRef<Value>(made).take_front(scan.getNumResults()));
  SmallVector<Type> types(scan.getResultTypes());
  SmallVector<unsigned> results;
  for (auto [residual, value] :
       llvm::zip_equal(joint.residuals(),
                       ArrayRef(made).drop_front(scan.getNumResults()))) {
    // Perhaps the loop stacks it already.
    std::optional<unsigned> output = joint.yieldedAs(residual, carries);
    results.push_back(output ? *output : yields.size());
    if (output)
      continue;
    yields.push_back(value);
    types.push_back(stacked(value.getType(), scan.getTrips()));
  }
  w.b.create<YieldOp>(loc, yields);

  OpBuilder b(scan);
  auto keeping = b.create<ScanOp>(loc, types, scan.getTrips(), scan.getInits(),
                                  scan.getSequences(), scan.getConstants(),
                                  scan.getReverse());
  keeping->setDiscardableAttrs(scan->getDiscardableAttrDictionary());
  keeping.getBody().takeBody(region);
  oldBody.takeBody(scan.getBody());
  a.replace(keeping);
  scan = keeping;
  return llvm::map_to_vector(
      results, [&](unsigned i) -> Value { return scan.getResult(i); });
}

/// The backward body's arguments are
///   [gradients of carries, counters, sums for constants | stacks, sequences,
///    gradients of outputs | constants].
void ScanGradient::writeBackward(ArrayRef<Value> stacks) {
  Region region;
  BlockWriter w(region, loc);
  SmallVector<Value> inits, slices, constants, residuals, cotangents, sums;
  SmallVector<Value> arguments(scan.getNumOperands());
  llvm::BitVector reads(scan.getNumOperands());
  SmallVector<unsigned> counting;
  for (unsigned i = 0; i < scan.getNumOperands(); ++i)
    if (joint.reads(i)) {
      reads.set(i);
      if (i < carries) {
        counting.push_back(i);
        if (auto step = counters.stepArgument(i))
          reads.set(*step);
      }
    }

  for (unsigned i : activeCarries) {
    RankedTensorType type = tensorType(scan.getResult(i));
    Value last = a.gradient(i);
    inits.push_back(last ? last : splat(a.b, loc, type, 0.0));
    cotangents.push_back(w.argument(type));
  }
  for (unsigned i : counting) {
    inits.push_back(scan.getResult(i));
    arguments[i] = w.argument(scan.getResult(i).getType());
  }
  for (auto [k, i] : llvm::enumerate(inputs))
    if (Type type = joint.gradientType(k); type && i >= firstConstant) {
      inits.push_back(splat(a.b, loc, cast<RankedTensorType>(type), 0.0));
      sums.push_back(w.argument(type));
    }
  for (auto [residual, stack] : llvm::zip_equal(joint.residuals(), stacks)) {
    slices.push_back(stack);
    residuals.push_back(w.argument(residual.getType()));
  }
  for (unsigned i = carries; i < firstConstant; ++i)
    if (reads.test(i)) {
      slices.push_back(scan.getOperand(i));
      arguments[i] = w.argument(scan.getBody().getArgument(i).getType());
    }
  for (unsigned i : activeOutputs) {
    slices.push_back(a.gradient(i));
    cotangents.push_back(w.argument(
        scan.getBody().front().getTerminator()->getOperand(i).getType()));
  }
  for (unsigned i = firstConstant; i < scan.getNumOperands(); ++i)
    if (reads.test(i)) {
      constants.push_back(scan.getOperand(i));
      arguments[i] = w.argument(scan.getOperand(i).getType());
    }

  for (unsigned i : counting)
    arguments[i] = counters.before(w.b, i, arguments[i], arguments);
  SmallVector<Value> gradients =
      joint.backward(w.b, residuals, arguments, cotangents);

  // A trip yields the carries' gradients for the trip before, its counters,
  // running sums for the constants, and the sequences' gradients.
  SmallVector<Value> ofArgument(scan.getNumOperands()), yields;
  for (auto [i, gradient] : llvm::zip_equal(inputs, gradients))
    ofArgument[i] = gradient;
  SmallVector<unsigned> targets;
  for (unsigned i : activeCarries) {
    Value g = ofArgument[i];
    yields.push_back(g ? g
                       : splat(w.b, loc, tensorType(scan.getResult(i)), 0.0));
    targets.push_back(i);
  }
  for (unsigned i : counting) {
    yields.push_back(arguments[i]);
    targets.push_back(~0u);
  }
  unsigned next = 0;
  for (unsigned i = firstConstant; i < scan.getNumOperands(); ++i)
    if (Value g = ofArgument[i]) {
      yields.push_back(w.b.create<AddOp>(loc, sums[next++], g));
      targets.push_back(i);
    }
  SmallVector<Type> types(ValueRange(inits).getTypes());
  for (unsigned i = carries; i < firstConstant; ++i)
    if (Value g = ofArgument[i]) {
      types.push_back(stacked(g.getType(), scan.getTrips()));
      yields.push_back(g);
      targets.push_back(i);
    }
  w.b.create<YieldOp>(loc, yields);
  auto backward = a.b.create<ScanOp>(types, scan.getTrips(), inits, slices,
                                     constants, !scan.getReverse());
  backward.getBody().takeBody(region);
  for (auto [i, gradient] : llvm::zip_equal(targets, backward.getResults()))
    if (i != ~0u && a.needs(i))
      a.add(i, gradient);
}

LogicalResult dlc::scanVjp(ScanOp scan, Adjoint &a) {
  if (scan.getTrips() > 0)
    return ScanGradient(scan, a).write();
  for (unsigned i = 0; i < scan.getNumCarries(); ++i)
    if (a.needs(i))
      a.add(i, a.gradient(i));
  return success();
}
