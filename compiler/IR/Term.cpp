#include "IR/Term.h"

using namespace mlir;
using namespace dlc;

void TermBuilder::write(Operation *op) {
  if (!unwritten.erase(op))
    return;
  for (Value operand : op->getOperands())
    if (Operation *producer = operand.getDefiningOp())
      write(producer);
  insert(op);
}

TermBuilder::~TermBuilder() {
  for (Operation *op : unwritten)
    op->dropAllReferences();
  for (Operation *op : unwritten)
    op->erase();
}
