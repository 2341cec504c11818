// The gradient of `dlc.while`. The forward loop also counts its trips and
// writes what it keeps of trip i to position i of a tape of max_trips entries;
// the backward loop counts down and reads it. For c' = body(c, w) while p(c,
// w):
//
//   forward   while p:      keep r → tape[i];  yield c', i + 1, tape
//   backward  while i > 0:  j = i - 1;  r = tape[j];  yield j, dc, dw + dw'
//
// A tape of known size is planned in the arena. Without max_trips there is no
// such size, and the loop cannot be differentiated.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Loops.h"

using namespace mlir;
using namespace dlc;

namespace {
class WhileGradient {
public:
  WhileGradient(WhileOp loop, Adjoint &a)
      : loop(loop), a(a), loc(loop.getLoc()), body(loop.getBody().front()),
        carries(loop.getNumResults()), maxTrips(*loop.getMaxTrips()),
        index(
            RankedTensorType::get({}, IntegerType::get(a.b.getContext(), 32))),
        counters(body, carries, carries), joint(body, a.requestedAt()) {}

  LogicalResult write() {
    findActive();
    if (failed(joint.differentiate(activeCarries, inputs)))
      return failure();
    llvm::BitVector free(loop.getNumOperands());
    for (unsigned i = 0; i < loop.getNumOperands(); ++i)
      if (i >= carries || counters.has(i))
        free.set(i);
    joint.part(free);
    writeForward();
    writeBackward();
    return success();
  }

private:
  void findActive();
  void writeForward();
  void writeBackward();
  Value number(OpBuilder &b, double value) {
    return splat(b, loc, index, value);
  }
  /// [i, 0, 0 …], where a tape's entry starts.
  SmallVector<Value> startOf(OpBuilder &b, Value i, RankedTensorType tape) {
    SmallVector<Value> starts{i};
    for (int64_t d = 1; d < tape.getRank(); ++d)
      starts.push_back(number(b, 0));
    return starts;
  }

  WhileOp loop;
  Adjoint &a;
  Location loc;
  Block &body;
  /// The replaced loop's, at which the counters look.
  Region oldBody;
  unsigned carries;
  int64_t maxTrips;
  RankedTensorType index;
  Counters counters;
  Joint joint;
  SmallVector<unsigned> inputs, activeCarries;
};
} // namespace

void WhileGradient::findActive() {
  SmallVector<Feedback> feedback = feedbackOf(body, carries);
  Operation *yield = body.getTerminator();
  SmallVector<Value> from, to;
  for (unsigned i = 0; i < loop.getNumOperands(); ++i)
    if (a.needs(i))
      from.push_back(body.getArgument(i));
  for (unsigned i = 0; i < carries; ++i)
    if (a.gradient(i)) {
      to.push_back(yield->getOperand(i));
      // Without a trip a carry passes.
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
}

/// Carries [the loop's own, trips, tapes].
void WhileGradient::writeForward() {
  OpBuilder at(loop);
  SmallVector<Value> inits(loop.getInits());
  inits.push_back(number(at, 0));
  for (Value residual : joint.residuals())
    inits.push_back(splat(at, loc, stacked(residual.getType(), maxTrips), 0.0));

  Region regions[2];
  for (unsigned k : {0, 1}) {
    BlockWriter w(regions[k], loc);
    SmallVector<Value> arguments, more;
    for (auto [i, init] : llvm::enumerate(inits))
      (i < carries ? arguments : more).push_back(w.argument(init.getType()));
    for (Value constant : loop.getConstants())
      arguments.push_back(w.argument(constant.getType()));
    if (k == 0) {
      w.b.create<YieldOp>(loc,
                          inlineRegion(w.b, loop.getCondition(), arguments));
      continue;
    }
    SmallVector<Value> made = joint.forward(w.b, arguments);
    SmallVector<Value> yields(ArrayRef<Value>(made).take_front(carries));
    Value one = number(w.b, 1);
    yields.push_back(w.b.create<AddOp>(loc, more[0], one));
    for (auto [tape, residual] : llvm::zip_equal(
             ArrayRef(more).drop_front(), ArrayRef(made).drop_front(carries))) {
      Value entry =
          w.b.create<ReshapeOp>(loc, stacked(residual.getType(), 1), residual);
      SmallVector<Value> start = startOf(w.b, more[0], tensorType(tape));
      yields.push_back(w.b.create<DynamicUpdateSliceOp>(loc, tape.getType(),
                                                        tape, entry, start));
    }
    w.b.create<YieldOp>(loc, yields);
  }
  auto keeping =
      at.create<WhileOp>(loc, ValueRange(inits).getTypes(), inits,
                         loop.getConstants(), loop.getMaxTripsAttr());
  keeping->setDiscardableAttrs(loop->getDiscardableAttrDictionary());
  keeping.getCondition().takeBody(regions[0]);
  keeping.getBody().takeBody(regions[1]);
  oldBody.takeBody(loop.getBody());
  a.replace(keeping);
  loop = keeping;
}

/// The arguments are [trips left, gradients of carries, counters, sums for
/// constants | tapes, constants].
void WhileGradient::writeBackward() {
  unsigned own = body.getNumArguments();
  ValueRange tapes = loop.getResults().drop_front(carries + 1);
  auto operandOf = [&](unsigned i) -> Value {
    return i < carries ? loop.getInits()[i] : loop.getConstants()[i - carries];
  };
  llvm::BitVector reads(own);
  SmallVector<unsigned> counting;
  for (unsigned i = 0; i < own; ++i)
    if (joint.reads(i)) {
      reads.set(i);
      if (i < carries) {
        counting.push_back(i);
        if (auto step = counters.stepArgument(i))
          reads.set(*step);
      }
    }

  SmallVector<Value> inits{loop.getResult(carries)}, constants(tapes);
  for (unsigned i : activeCarries) {
    Value last = a.gradient(i);
    inits.push_back(last ? last
                         : splat(a.b, loc, tensorType(loop.getResult(i)), 0.0));
  }
  for (unsigned i : counting)
    inits.push_back(loop.getResult(i));
  SmallVector<unsigned> summed;
  for (auto [k, i] : llvm::enumerate(inputs))
    if (RankedTensorType type = joint.gradientType(k); type && i >= carries) {
      summed.push_back(i);
      inits.push_back(splat(a.b, loc, type, 0.0));
    }
  for (unsigned i = carries; i < own; ++i)
    if (reads.test(i))
      constants.push_back(operandOf(i));

  Region regions[2];
  for (unsigned k : {0, 1}) {
    BlockWriter w(regions[k], loc);
    for (Value init : inits)
      w.argument(init.getType());
    for (Value constant : constants)
      w.argument(constant.getType());
    Value left = w.block.getArgument(0);
    if (k == 0) {
      Value zero = number(w.b, 0);
      Value more = w.b.create<CompareOp>(loc, Direction::GT, left, zero);
      w.b.create<YieldOp>(loc, more);
      continue;
    }
    unsigned next = 1;
    auto take = [&] { return w.block.getArgument(next++); };
    SmallVector<Value> cotangents, arguments(own), sums, residuals;
    for (unsigned i = 0; i < activeCarries.size(); ++i)
      cotangents.push_back(take());
    for (unsigned i : counting)
      arguments[i] = take();
    for (unsigned i = 0; i < summed.size(); ++i)
      sums.push_back(take());
    Value one = number(w.b, 1);
    Value trip = w.b.create<SubtractOp>(loc, left, one);
    for (Value residual : joint.residuals()) {
      Value tape = take();
      SmallVector<Value> start = startOf(w.b, trip, tensorType(tape));
      RankedTensorType entry = stacked(residual.getType(), 1);
      Value slice =
          w.b.create<DynamicSliceOp>(loc, tape, start, entry.getShape());
      residuals.push_back(
          w.b.create<ReshapeOp>(loc, residual.getType(), slice));
    }
    for (unsigned i = carries; i < own; ++i)
      if (reads.test(i))
        arguments[i] = take();
    for (unsigned i : counting)
      arguments[i] = counters.before(w.b, i, arguments[i], arguments);
    SmallVector<Value> gradients =
        joint.backward(w.b, residuals, arguments, cotangents);

    SmallVector<Value> ofArgument(own), yields{trip};
    for (auto [i, gradient] : llvm::zip_equal(inputs, gradients))
      ofArgument[i] = gradient;
    for (unsigned i : activeCarries) {
      Value g = ofArgument[i];
      yields.push_back(g ? g
                         : splat(w.b, loc, tensorType(loop.getResult(i)), 0.0));
    }
    for (unsigned i : counting)
      yields.push_back(arguments[i]);
    for (auto [i, sum] : llvm::zip_equal(summed, sums))
      yields.push_back(w.b.create<AddOp>(loc, sum, ofArgument[i]));
    w.b.create<YieldOp>(loc, yields);
  }
  auto backward = a.b.create<WhileOp>(ValueRange(inits).getTypes(), inits,
                                      constants, loop.getMaxTripsAttr());
  backward.getCondition().takeBody(regions[0]);
  backward.getBody().takeBody(regions[1]);

  SmallVector<Value> found(own);
  for (auto [k, i] : llvm::enumerate(activeCarries))
    found[i] = backward.getResult(1 + k);
  for (auto [k, i] : llvm::enumerate(summed))
    found[i] =
        backward.getResult(1 + activeCarries.size() + counting.size() + k);
  // The forward loop has more carries now, before its constants.
  unsigned added = loop.getInits().size() - carries;
  for (unsigned i = 0; i < own; ++i) {
    unsigned operand = i < carries ? i : i + added;
    if (found[i] && a.needs(operand))
      a.add(operand, found[i]);
  }
}

LogicalResult dlc::whileVjp(WhileOp loop, Adjoint &a) {
  if (!loop.getMaxTrips()) {
    InFlightDiagnostic error =
        loop.emitError() << "[while] needs max_trips to be differentiated: "
                            "how much its gradient has to keep depends on it";
    error.attachNote(a.requestedAt()) << "the gradient was asked for here";
    return error;
  }
  return WhileGradient(loop, a).write();
}
