#include "Lowering/Preparation.h"

#include "IR/Invariant.h"
#include "IR/Tape.h"

using namespace mlir;
using namespace dlc;

/// What a value is before it is reshaped. Not before it is printed: that
/// happens in each call, and a value that follows from it, after it.
static Value sourceOf(Value value) {
  while (
      isa_and_nonnull<ReshapeOp, OptimizationBarrierOp>(value.getDefiningOp()))
    value = aliased(cast<OpResult>(value));
  return value;
}

static bool isReturned(Value value) {
  return llvm::any_of(readersOf(value),
                      [](Operation *op) { return isa<func::ReturnOp>(op); });
}

llvm::SetVector<Operation *> dlc::preparedKernels(func::FuncOp function,
                                                  const Callees &callees) {
  DenseSet<Value> invariant;
  for (BlockArgument argument : function.getArguments())
    if (isInvariant(argument))
      invariant.insert(argument);
  llvm::SetVector<Operation *> setup;
  if (invariant.empty())
    return setup;
  for (auto kernel : function.getBody().front().getOps<KernelOp>()) {
    bool follows = false, varies = false;
    for (Value input : kernel.getInputs()) {
      Value source = sourceOf(input);
      bool known = invariant.contains(source);
      follows |= known;
      varies |= !known && !source.getDefiningOp<ConstantOp>();
    }
    if (!follows || varies || callees.mayFault(kernel) ||
        llvm::any_of(kernel.getResults(), isReturned))
      continue;
    setup.insert(kernel);
    invariant.insert(kernel.result_begin(), kernel.result_end());
  }
  // Memory is what a setup is for.
  if (llvm::none_of(setup, [&](Operation *kernel) {
        return llvm::any_of(kernel->getResults(), [&](Value result) {
          return storageBytes(result) > 0 && outlivesSetup(result, setup);
        });
      }))
    setup.clear();
  return setup;
}

bool dlc::outlivesSetup(Value result,
                        const llvm::SetVector<Operation *> &setup) {
  return llvm::any_of(readersOf(result),
                      [&](Operation *op) { return !setup.contains(op); });
}
