// dlc-differentiate: see Passes.td; the work is in ReverseSweep and Rules.

#include "Autodiff/Passes.h"
#include "Autodiff/ReverseSweep.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_DIFFERENTIATE
#include "Autodiff/Passes.h.inc"
} // namespace dlc

/// Replaces one request.
static LogicalResult differentiate(GradOp request) {
  OpBuilder builder(request);
  ReverseSweep sweep(builder, request.getLoc());
  for (auto [output, cotangent] :
       llvm::zip(request.getOutputs(), request.getCotangents()))
    sweep.seed(request.getLoc(), output, cotangent);
  if (failed(sweep.run(request.getWrt())))
    return failure();

  for (auto [wrt, result] :
       llvm::zip(request.getWrt(), request.getGradients())) {
    Value gradient = sweep.gradientOf(wrt);
    if (!gradient)
      gradient = splat(builder, request.getLoc(), tensorType(wrt), 0.0);
    result.replaceAllUsesWith(gradient);
  }
  request.erase();
  return success();
}

namespace {
struct Differentiate : dlc::impl::DifferentiateBase<Differentiate> {
  void runOnOperation() override {
    SmallVector<GradOp> requests;
    getOperation().walk([&](GradOp op) { requests.push_back(op); });
    for (GradOp request : requests)
      if (failed(differentiate(request)))
        return signalPassFailure();

    getOperation().walk([](Operation *op) {
      if (!isa<VariableOp, StopGradientOp>(op))
        return;
      op->replaceAllUsesWith(op->getOperands());
      op->erase();
    });
  }
};
} // namespace
