#include "Autodiff/ReverseSweep.h"

#include "Autodiff/Gradients.h"
#include "IR/Decompose.h"
#include "IR/Tape.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

#include "Autodiff/VjpInterface.cpp.inc"

bool dlc::isDifferentiable(Value value) { return hasFloats(value.getType()); }

static bool endsGradients(Operation *op) {
  return gradientDeclaration(op->getName()) == Gradient::zero;
}

DenseSet<Value> dlc::reachedFrom(ValueRange from, Operation *end,
                                 ArrayRef<Feedback> feedback) {
  DenseMap<Value, SmallVector<Value, 1>> carries;
  for (Feedback edge : feedback)
    carries[edge.yielded].push_back(edge.carry);
  DenseSet<Value> seen;
  SmallVector<Value> work;
  auto visit = [&](Value value) {
    if (isDifferentiable(value) && seen.insert(value).second)
      work.push_back(value);
  };
  llvm::for_each(from, visit);
  while (!work.empty()) {
    Value value = work.pop_back_val();
    if (auto found = carries.find(value); found != carries.end())
      llvm::for_each(found->second, visit);
    for (Operation *user : value.getUsers())
      if (!endsGradients(user) && (!end || user->isBeforeInBlock(end)))
        llvm::for_each(user->getResults(), visit);
  }
  return seen;
}

DenseSet<Value> dlc::leadingTo(ValueRange to, const DenseSet<Value> &within,
                               ArrayRef<Feedback> feedback) {
  DenseMap<Value, Value> yielded;
  for (Feedback edge : feedback)
    yielded[edge.carry] = edge.yielded;
  DenseSet<Value> seen;
  SmallVector<Value> work;
  auto visit = [&](Value value) {
    if (value && within.contains(value) && seen.insert(value).second)
      work.push_back(value);
  };
  llvm::for_each(to, visit);
  while (!work.empty()) {
    Value value = work.pop_back_val();
    visit(yielded.lookup(value));
    if (Operation *op = value.getDefiningOp(); op && !endsGradients(op))
      llvm::for_each(op->getOperands(), visit);
  }
  return seen;
}

SmallVector<Operation *> dlc::opsOf(const DenseSet<Value> &values) {
  SetVector<Operation *> ops;
  for (Value value : values)
    if (Operation *op = value.getDefiningOp())
      ops.insert(op);
  SmallVector<Operation *> order = ops.takeVector();
  llvm::sort(order,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return order;
}

void ReverseSweep::seed(Location loc, Value value, Value gradient) {
  if (!gradient)
    return;
  Value &sum = gradients[value];
  sum = sum ? addValues(builder, loc, sum, gradient) : gradient;
}

void ReverseSweep::replaced(Value value, Value by) {
  Value gradient = gradientOf(value);
  forget(value, by);
  seed(by.getLoc(), by, gradient == value ? by : gradient);
}

void ReverseSweep::forget(Value value, Value by) {
  // A seed may be a value of the function itself: y · dy gives y²/2 its slope.
  for (auto &entry : gradients)
    if (entry.second == value)
      entry.second = by;
  // The value dies; another may be born at its address.
  gradients.erase(value);
  active.erase(value);
}

bool dlc::expandActive(const DenseSet<Value> &active,
                       function_ref<bool(Operation *)> hasRule,
                       function_ref<void(Value, Value)> replaced) {
  auto needsRule = [&](Operation *op) {
    return !hasRule(op) && llvm::any_of(op->getOperands(), [&](Value v) {
      return active.contains(v);
    });
  };
  // All are found before one is replaced: that changes `active`.
  SmallVector<Operation *> order = opsOf(active);
  llvm::erase_if(order, [&](Operation *op) { return !needsRule(op); });
  bool any = false;
  for (Operation *op : order) {
    OpBuilder b(op);
    auto values = expandForGradient(op, b);
    if (failed(values))
      continue;
    for (auto [result, value] : llvm::zip_equal(op->getResults(), *values)) {
      replaced(result, value);
      result.replaceAllUsesWith(value);
    }
    op->erase();
    any = true;
  }
  return any;
}

FailureOr<SmallVector<Value>> dlc::expandForGradient(Operation *op,
                                                     OpBuilder &b) {
  if (auto window = dyn_cast<ReduceWindowOp>(op))
    return productOfTaps(window, b);
  return decompose(op, b);
}

LogicalResult ReverseSweep::run(ValueRange wrt) {
  // Forwards first: a request's variables are its own, while what led to them
  // may be the whole history of a training loop.
  Operation *end = nullptr;
  if (builder.getInsertionPoint() != builder.getBlock()->end())
    end = &*builder.getInsertionPoint();
  do {
    SmallVector<Value> seeds =
        llvm::to_vector(llvm::make_first_range(gradients));
    active = leadingTo(seeds, reachedFrom(wrt, end));
  } while (expandActive(active, hasRule<VjpInterface>,
                        [&](Value v, Value by) { replaced(v, by); }));

  SmallVector<Operation *> order = opsOf(active);
  for (Operation *op : llvm::reverse(order)) {
    // A `wrt` may be the result of an op that is not itself on a path.
    if (llvm::none_of(op->getOperands(),
                      [&](Value v) { return isActive(v); }) ||
        llvm::none_of(op->getResults(), [&](Value v) { return gradientOf(v); }))
      continue;
    auto rule = dyn_cast<VjpInterface>(op);
    if (!rule) {
      InFlightDiagnostic error =
          op->emitError() << "[" << op->getName().stripDialect()
                          << "] has no gradient rule, but a gradient passes "
                             "through it";
      error.attachNote(request) << "the gradient was asked for here";
      return error;
    }
    Adjoint adjoint(op, builder, *this);
    if (failed(rule.vjp(adjoint)))
      return failure();
  }
  return success();
}

void Adjoint::replace(Operation *by) {
  for (auto [result, other] :
       llvm::zip_first(op->getResults(), by->getResults())) {
    sweep.replaced(result, other);
    result.replaceAllUsesWith(other);
  }
  op->erase();
  op = by;
}

void Adjoint::replaceBy(ValueRange values) {
  for (auto [result, other] : llvm::zip_equal(op->getResults(), values)) {
    sweep.forget(result, other);
    result.replaceAllUsesWith(other);
  }
  op->erase();
}
