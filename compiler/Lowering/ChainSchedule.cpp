#include "Lowering/ChainSchedule.h"

#include "llvm/ADT/SetVector.h"

#include <algorithm>
#include <limits>

using namespace mlir;
using namespace dlc;

/// Bytes of a block's buffers at most: beside what is read they fit the second
/// level of a cache.
static constexpr int64_t blockBytes = 512 * 1024;

/// The vectors of a block that leave the fewest lanes idle. Narrow blocks load
/// more for each multiplication.
static int64_t unitsOf(int64_t rows, int64_t lanes, int64_t bytesOfUnit) {
  int64_t vectors = llvm::divideCeil(rows, lanes), best = 1;
  auto cost = [&](int64_t units) {
    constexpr int64_t percent[] = {150, 115, 100, 100};
    return int64_t(llvm::divideCeil(vectors, units)) * units *
           percent[units - 1];
  };
  for (int64_t units : {2, 3, 4})
    if (units * bytesOfUnit <= blockBytes && cost(units) <= cost(best))
      best = units;
  return best;
}

ChainSchedule::ChainSchedule(KernelFunction &kernel) {
  for (auto dot : kernel.body().getOps<DotGeneralOp>()) {
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
  lanes = element.isF64() ? 8 : 16;

  planPasses(kernel.body());
  findKept();
  assignBuffers();

  units = unitsOf(rows, lanes, buffers * keys * 64);
  const VectorRegisters &registers = kernel.registers;
  int64_t vectors =
      registers.count / std::max<int64_t>(1, 64 / registers.bytes);
  microUnits = vectors < 16 ? 1 : units;
  groupRows = std::clamp<int64_t>((vectors - 1 - microUnits) / microUnits, 1,
                                  microUnits == 3 ? 8 : 14);
  evaluated = kernel.vectorWidth(64 * kernel.lanes()) / kernel.lanes();
  while (units % evaluated != 0)
    evaluated /= 2;
}

/// Reductions that do not depend on one another share a pass; a left operand of
/// a later product is evaluated and kept in the first pass that can.
void ChainSchedule::planPasses(Block &body) {
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
    if (auto reduce = dyn_cast<ReduceOp>(op)) {
      passAt(pass).reductions.push_back(reduce);
      passAt(pass).roots.push_back(reduce.getOperand());
      ++pass;
    }
    for (Value result : op.getResults())
      ready[result] = pass;
  }
  llvm::SetVector<Value> weights;
  for (ArrayRef<DotGeneralOp> dots : {ArrayRef(weighs), ArrayRef(adds)})
    for (DotGeneralOp dot : dots)
      weights.insert(dot.getLhs());
  for (Value v : weights) {
    ReductionPass &pass = passAt(ready.lookup(v));
    pass.roots.push_back(v);
    if (!llvm::is_contained(scores, v.getDefiningOp<DotGeneralOp>()))
      pass.keeps.push_back(v);
  }
}

/// What each pass finds in buffers: scores, and what earlier passes kept.
void ChainSchedule::findKept() {
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

/// What is kept lies over a score that nothing needs any more.
void ChainSchedule::assignBuffers() {
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
