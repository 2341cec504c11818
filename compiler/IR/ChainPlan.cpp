#include "IR/ChainPlan.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

#include <algorithm>
#include <limits>

using namespace mlir;
using namespace dlc;

ChainPlan::ChainPlan(Block &body, ChainStep step) {
  for (auto dot : body.getOps<DotGeneralOp>()) {
    ChainPart part = *chainPartOf(dot);
    (part == ChainPart::scores   ? scores
     : part == ChainPart::weighs ? weighs
                                 : adds)
        .push_back(dot);
  }
  RankedTensorType type = tensorType(scores.front().getResult());
  ArrayRef<int64_t> shape = type.getShape();
  batch.assign(shape.begin(), shape.end() - 2);
  for (int64_t size : batch)
    batches *= size;
  rows = shape[shape.size() - 2];
  keys = shape.back();
  element = type.getElementType();

  planPasses(body, step);
  findKept();
  if (step != ChainStep::all)
    dropUnusedScores();
  assignBuffers();
}

/// The left operands of the step's later products.
SmallVector<Value> ChainPlan::weightsOf(ChainStep step) {
  llvm::SetVector<Value> weights;
  if (step != ChainStep::sums)
    for (DotGeneralOp dot : weighs)
      weights.insert(dot.getLhs());
  if (step != ChainStep::rows)
    for (DotGeneralOp dot : adds)
      weights.insert(dot.getLhs());
  return weights.takeVector();
}

/// Reductions that do not depend on one another share a pass; a left operand of
/// a later product is evaluated and kept in the first pass that can.
void ChainPlan::planPasses(Block &body, ChainStep step) {
  SmallVector<Value> weights = weightsOf(step);
  if (step == ChainStep::sums) {
    llvm::SetVector<Value> needed(weights.begin(), weights.end());
    for (size_t i = 0; i < needed.size(); ++i)
      if (Operation *op = needed[i].getDefiningOp();
          op && !isa<ReduceOp, DotGeneralOp>(op))
        needed.insert(op->operand_begin(), op->operand_end());
    for (auto reduce : body.getOps<ReduceOp>())
      if (needed.contains(reduce.getResult()))
        known.push_back(reduce);
  }
  llvm::DenseMap<Value, size_t> ready;
  auto passAt = [&](size_t i) -> ReductionPass & {
    if (passes.size() <= i)
      passes.resize(i + 1);
    return passes[i];
  };
  for (Operation &op : body.without_terminator()) {
    size_t pass = 0;
    for (Value operand : op.getOperands())
      pass = std::max(pass, ready.lookup(operand));
    if (auto reduce = dyn_cast<ReduceOp>(op);
        reduce && step != ChainStep::sums) {
      passAt(pass).reductions.push_back(reduce);
      passAt(pass).roots.push_back(reduce.getOperand());
      ++pass;
    }
    for (Value result : op.getResults())
      ready[result] = pass;
  }
  for (Value v : weights) {
    ReductionPass &pass = passAt(ready.lookup(v));
    pass.roots.push_back(v);
    if (!llvm::is_contained(scores, v.getDefiningOp<DotGeneralOp>()))
      pass.keeps.push_back(v);
  }
}

/// What each pass finds in buffers: scores, and what earlier passes kept.
void ChainPlan::findKept() {
  llvm::DenseSet<Value> kept;
  for (ReductionPass &pass : passes) {
    llvm::SetVector<Value> found;
    llvm::DenseSet<Value> seen;
    SmallVector<Value> open(pass.roots);
    while (!open.empty()) {
      Value v = open.pop_back_val();
      Operation *op = v.getDefiningOp();
      if (!op || !seen.insert(v).second)
        continue;
      if (kept.contains(v) || isa<DotGeneralOp>(op))
        found.insert(v);
      else if (op->hasTrait<Pointwise>())
        llvm::append_range(open, op->getOperands());
    }
    pass.finds = found.takeVector();
    kept.insert(pass.keeps.begin(), pass.keeps.end());
  }
}

void ChainPlan::dropUnusedScores() {
  llvm::erase_if(scores, [&](DotGeneralOp dot) {
    return llvm::none_of(passes, [&](const ReductionPass &pass) {
      return llvm::is_contained(pass.finds, dot.getResult());
    });
  });
}

/// What is kept lies over a score that nothing needs any more.
void ChainPlan::assignBuffers() {
  llvm::MapVector<Value, size_t> lastUse;
  for (DotGeneralOp dot : scores) {
    bufferOf[dot.getResult()] = buffers++;
    bool isWeight =
        llvm::any_of(dot.getResult().getUsers(),
                     [&](Operation *op) { return isa<DotGeneralOp>(op); });
    lastUse[dot.getResult()] =
        isWeight ? std::numeric_limits<size_t>::max() : 0;
  }
  for (auto [i, pass] : llvm::enumerate(passes))
    for (Value v : pass.finds)
      if (auto it = lastUse.find(v); it != lastUse.end())
        it->second = std::max(it->second, i);
  for (auto [i, pass] : llvm::enumerate(passes))
    for (Value v : pass.keeps) {
      auto *free = llvm::find_if(
          lastUse, [&, i = i](const auto &score) { return score.second <= i; });
      if (free == lastUse.end()) {
        bufferOf[v] = buffers++;
        continue;
      }
      bufferOf[v] = bufferOf.lookup(free->first);
      free->second = std::numeric_limits<size_t>::max();
    }
}
