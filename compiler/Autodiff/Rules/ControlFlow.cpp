// Which file writes the gradient of which loop or branch.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::rules;

void rules::attachControlFlow(MLIRContext *c) {
  fallibleVjp<ScanOp>(c, [](ScanOp op, Adjoint &a) { return scanVjp(op, a); });
  fallibleVjp<IfOp>(c, [](IfOp op, Adjoint &a) { return ifVjp(op, a); });
  fallibleVjp<WhileOp>(c,
                       [](WhileOp op, Adjoint &a) { return whileVjp(op, a); });
  fallibleVjp<CheckpointOp>(
      c, [](CheckpointOp op, Adjoint &a) { return checkpointVjp(op, a); });
  fallibleVjp<CustomVjpOp>(
      c, [](CustomVjpOp op, Adjoint &a) { return customVjp(op, a); });

  fallibleJvp<ScanOp>(c, [](ScanOp op, Tangents &t) { return scanJvp(op, t); });
  fallibleJvp<IfOp>(c, [](IfOp op, Tangents &t) { return ifJvp(op, t); });
  fallibleJvp<WhileOp>(c,
                       [](WhileOp op, Tangents &t) { return whileJvp(op, t); });
  fallibleJvp<CheckpointOp>(
      c, [](CheckpointOp op, Tangents &t) { return checkpointJvp(op, t); });
}
