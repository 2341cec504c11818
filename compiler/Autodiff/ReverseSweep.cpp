#include "Autodiff/ReverseSweep.h"

#include "Autodiff/Gradients.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

#include "Autodiff/VjpInterface.cpp.inc"

bool dlc::isDifferentiable(Value value) {
  return isa<FloatType>(getElementTypeOrSelf(value.getType()));
}

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

void ReverseSweep::seed(Location loc, Value value, Value gradient) {
  if (!gradient)
    return;
  Value &sum = gradients[value];
  sum = sum ? builder.create<AddOp>(loc, sum, gradient) : gradient;
}

void ReverseSweep::replaced(Value value, Value by) {
  if (Value gradient = gradientOf(value))
    gradients[by] = gradient;
  // The value dies; another may be born at its address.
  gradients.erase(value);
  active.erase(value);
}

LogicalResult ReverseSweep::run(ValueRange wrt) {
  // Forwards first: a request's variables are its own, while what led to them
  // may be the whole history of a training loop.
  Operation *end = nullptr;
  if (builder.getInsertionPoint() != builder.getBlock()->end())
    end = &*builder.getInsertionPoint();
  SmallVector<Value> seeds = llvm::to_vector(llvm::make_first_range(gradients));
  active = leadingTo(seeds, reachedFrom(wrt, end));

  SetVector<Operation *> path;
  for (Value value : active)
    if (Operation *op = value.getDefiningOp())
      path.insert(op);
  SmallVector<Operation *> order = path.takeVector();
  llvm::sort(order,
             [](Operation *a, Operation *b) { return b->isBeforeInBlock(a); });

  for (Operation *op : order) {
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
