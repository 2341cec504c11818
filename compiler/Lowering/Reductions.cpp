#include "Lowering/Reductions.h"

#include "IR/BlockSums.h"
#include "Lowering/Elementwise.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

bool dlc::isDear(Value value) {
  Operation *op = value.getDefiningOp();
  return op && isa<FloatType>(tensorType(value).getElementType()) &&
         op->hasTrait<Pointwise>() && elementCost(op) > 1;
}

/// The full-shape values that `roots` need, down to those in `stop`.
static SetVector<Value> reach(ArrayRef<Value> roots, ArrayRef<int64_t> shape,
                              const SetVector<Value> &stop) {
  SetVector<Value> found;
  SmallVector<Value> open(roots);
  while (!open.empty()) {
    Value value = open.pop_back_val();
    if (tensorType(value).getShape() != shape || !found.insert(value))
      continue;
    Operation *op = value.getDefiningOp();
    if (op && !stop.contains(value) && op->hasTrait<Pointwise>())
      llvm::append_range(open, op->getOperands());
  }
  return found;
}

SmallVector<ReductionPass> dlc::planPasses(Block &body, ArrayRef<int64_t> shape,
                                           function_ref<bool(Value)> isKept) {
  SmallVector<ReductionPass> passes;
  // How many passes come before a value can be evaluated.
  llvm::DenseMap<Value, size_t> ready;
  for (Operation &op : body.without_terminator()) {
    size_t pass = 0;
    for (Value operand : op.getOperands())
      pass = std::max(pass, ready.lookup(operand));
    if (auto reduce = dyn_cast<ReduceOp>(op); reduce && !isBlockSum(reduce)) {
      if (passes.size() <= pass)
        passes.resize(pass + 1);
      passes[pass].reductions.push_back(reduce);
      passes[pass].roots.push_back(reduce.getOperand());
      ++pass;
    }
    for (Value result : op.getResults())
      ready[result] = pass;
  }
  ReductionPass last;
  for (Value yielded : body.getTerminator()->getOperands())
    if (tensorType(yielded).getShape() == shape)
      last.roots.push_back(yielded);
  for (ReduceOp reduce : body.getOps<ReduceOp>())
    if (isBlockSum(reduce))
      last.roots.push_back(reduce.getOperand());
  if (!last.roots.empty())
    passes.push_back(last);

  SetVector<Value> kept;
  for (size_t i = 0; i < passes.size(); ++i) {
    SetVector<Value> needed = reach(passes[i].roots, shape, kept);
    for (Value value : needed)
      if (kept.contains(value))
        passes[i].finds.push_back(value);
    SetVector<Value> later;
    for (size_t j = i + 1; j < passes.size(); ++j)
      later.set_union(reach(passes[j].roots, shape, kept));
    for (Value value : needed)
      if (!kept.contains(value) && isKept(value) && later.contains(value))
        passes[i].keeps.push_back(value);
    kept.insert(passes[i].keeps.begin(), passes[i].keeps.end());
  }
  return passes;
}
