#include "Autodiff/ForwardSweep.h"

#include "Autodiff/ReverseSweep.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

#include "Autodiff/JvpInterface.cpp.inc"

void ForwardSweep::seed(Value value, Value tangent) {
  if (tangent)
    tangents[value] = tangent;
}

void ForwardSweep::replaced(Value value, Value by) {
  // A tangent may be a value of the function itself.
  for (auto &entry : tangents)
    if (entry.second == value)
      entry.second = by;
  if (Value tangent = tangentOf(value))
    tangents[by] = tangent;
  tangents.erase(value);
  if (active.erase(value))
    active.insert(by);
}

LogicalResult ForwardSweep::run(ValueRange outputs) {
  do {
    SmallVector<Value> seeds =
        llvm::to_vector(llvm::make_first_range(tangents));
    active = leadingTo(outputs, reachedFrom(seeds, end));
  } while (expandActive(active, hasRule<JvpInterface>,
                        [&](Value v, Value by) { replaced(v, by); }));

  for (Operation *op : opsOf(active)) {
    // A seeded value keeps its tangent, whatever it was made of.
    if (llvm::any_of(op->getResults(), [&](Value v) { return tangentOf(v); }))
      continue;
    Operation *last = op;
    bool any = false;
    for (Value operand : op->getOperands())
      if (Value tangent = tangentOf(operand)) {
        any = true;
        if (Operation *maker = tangent.getDefiningOp();
            maker && last->isBeforeInBlock(maker))
          last = maker;
      }
    if (!any)
      continue;
    auto rule = dyn_cast<JvpInterface>(op);
    if (!rule) {
      InFlightDiagnostic error =
          op->emitError() << "[" << op->getName().stripDialect()
                          << "] has no forward-mode rule, but a tangent passes "
                             "through it";
      error.attachNote(request) << "the tangent was asked for here";
      return error;
    }
    OpBuilder builder(op->getContext());
    builder.setInsertionPointAfter(last);
    Tangents rules(op, builder, *this);
    if (failed(rule.jvp(rules)))
      return failure();
  }
  return success();
}

Term Tangents::t(unsigned operand) {
  if (Value value = tangent(operand))
    return term(value);
  return term(op->getOperand(operand)).like(0.0);
}

void Tangents::replace(ValueRange values) {
  if (values.empty())
    return;
  Operation *by = values.front().getDefiningOp();
  for (Operation *user : op->getUsers())
    // `by` itself where a tangent was made of these results.
    if (user == by || user->isBeforeInBlock(by))
      return;
  for (auto [result, other] : llvm::zip_equal(op->getResults(), values)) {
    sweep.replaced(result, other);
    result.replaceAllUsesWith(other);
  }
  op->erase();
}
