#include "Lowering/PlanMemoryTapes.h"

#include "IR/Tape.h"

using namespace mlir;
using namespace dlc;

/// The loop whose body the op stands in, and so on outwards.
static SmallVector<Operation *> loopsAround(Operation *op) {
  SmallVector<Operation *> loops;
  for (Region *region = op->getParentRegion(); region;
       region = region->getParentRegion()) {
    Operation *parent = region->getParentOp();
    auto loop = dyn_cast<WhileOp>(parent);
    if (isa<ScanOp>(parent) || (loop && region == &loop.getBody()))
      loops.push_back(parent);
  }
  return loops;
}

unsigned dlc::loopDepth(Operation *op) { return loopsAround(op).size(); }

ValueRange dlc::tapesRead(Operation *loop) {
  auto scan = dyn_cast<ScanOp>(loop);
  return scan && scan.walksTapes() ? ValueRange(scan.getSequences())
                                   : ValueRange();
}

ValueRange dlc::tapesMade(Operation *loop) {
  if (auto repeat = dyn_cast<WhileOp>(loop))
    return repeat.getResults().drop_front(repeat.getNumCarries());
  auto scan = cast<ScanOp>(loop);
  return scan.walksTapes() ? scan.getResults().drop_front(scan.getNumCarries())
                           : ResultRange(nullptr, 0);
}

static SmallVector<Value> withSegments(Operation *loop) {
  SmallVector<Value> tapes(tapesRead(loop));
  llvm::append_range(tapes, tapesMade(loop));
  llvm::erase_if(tapes, [](Value v) { return tapeType(v).isBounded(); });
  return tapes;
}

unsigned dlc::segmentIndex(Operation *loop, Value tape) {
  SmallVector<Value> own = withSegments(loop);
  unsigned index = llvm::find(own, tape) - own.begin();
  for (Operation *outer : loopsAround(loop))
    index += withSegments(outer).size();
  return index;
}

static bool makesSegments(Operation *op) {
  return isa<ScanOp, WhileOp>(op) && llvm::any_of(tapesMade(op), [](Value v) {
           return !tapeType(v).isBounded();
         });
}

bool dlc::endsTapesWithTrip(Operation *loop) {
  bool makes = false, escape = false;
  for (Region &region : loop->getRegions()) {
    for (Type type : region.front().getTerminator()->getOperandTypes())
      escape |= holdsSegments(type);
    region.walk([&](Operation *op) { makes |= makesSegments(op); });
  }
  return makes && !escape;
}
