// dlc-differentiate: see Passes.td; the work is in the sweeps and their rules.

#include "Autodiff/ControlFlow.h"
#include "Autodiff/Passes.h"

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

static LogicalResult differentiate(JvpOp request) {
  OpBuilder builder(request);
  ForwardSweep sweep(request, request.getLoc());
  for (auto [wrt, tangent] : llvm::zip(request.getWrt(), request.getTangents()))
    sweep.seed(wrt, tangent);
  if (failed(sweep.run(request.getOutputs())))
    return failure();

  for (auto [output, result] :
       llvm::zip(request.getOutputs(), request.getResults())) {
    Value tangent = sweep.tangentOf(output);
    if (!tangent)
      tangent = splat(builder, request.getLoc(), tensorType(output), 0.0);
    result.replaceAllUsesWith(tangent);
  }
  request.erase();
  return success();
}

namespace {
struct Differentiate : dlc::impl::DifferentiateBase<Differentiate> {
  void runOnOperation() override {
    SmallVector<Operation *> requests;
    getOperation().walk([&](Operation *op) {
      if (isa<GradOp, JvpOp>(op))
        requests.push_back(op);
    });
    for (Operation *request : requests) {
      auto grad = dyn_cast<GradOp>(request);
      if (failed(grad ? differentiate(grad)
                      : differentiate(cast<JvpOp>(request))))
        return signalPassFailure();
    }

    // What only told autodiff something gives way to what it computes.
    getOperation().walk([](Operation *op) {
      if (isa<VariableOp, StopGradientOp>(op)) {
        op->replaceAllUsesWith(op->getOperands());
        op->erase();
      } else if (isa<CheckpointOp, CustomVjpOp>(op)) {
        OpBuilder b(op);
        SmallVector<Value> results =
            inlineRegion(b, op->getRegion(0), op->getOperands());
        op->replaceAllUsesWith(
            ValueRange(results).take_front(op->getNumResults()));
        op->erase();
      }
    });
  }
};
} // namespace
