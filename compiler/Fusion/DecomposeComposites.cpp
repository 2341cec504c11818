// dlc-decompose-composites: every composite becomes the primitives of its
// formula (IR/Decompose.h).

#include "Fusion/Passes.h"
#include "IR/Decompose.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_DECOMPOSECOMPOSITES
#include "Fusion/Passes.h.inc"
} // namespace dlc

namespace {
struct DecomposeComposites
    : dlc::impl::DecomposeCompositesBase<DecomposeComposites> {
  void runOnOperation() override {
    SmallVector<Operation *> composites;
    auto collect = [&](Operation *op) {
      // gelu has an expression of its own: an erfc of x / sqrt 2, rounded,
      // would lose the left tail's digits.
      if (op->hasTrait<Composite>() && !isa<GeluOp>(op))
        composites.push_back(op);
    };
    getOperation()->walk(collect);
    while (!composites.empty()) {
      Operation *op = composites.pop_back_val();
      OpBuilder b(op);
      // A decomposition may be made of smaller composites.
      Operation *before = op->getPrevNode();
      FailureOr<SmallVector<Value>> results = decompose(op, b);
      if (failed(results)) {
        op->emitOpError("has no decomposition");
        return signalPassFailure();
      }
      Operation *first =
          before ? before->getNextNode() : &op->getBlock()->front();
      for (Operation *made = first; made != op; made = made->getNextNode())
        collect(made);
      op->replaceAllUsesWith(*results);
      op->erase();
    }
  }
};
} // namespace
