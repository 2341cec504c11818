// dlc-inline-calls: see Passes.td.

#include "Graph/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_INLINECALLS
#include "Graph/Passes.h.inc"
} // namespace dlc

namespace {
class Inliner {
public:
  explicit Inliner(ModuleOp module) : symbols(module) {}

  /// Puts the bodies of its callees into a function, theirs first.
  LogicalResult run(func::FuncOp function) {
    if (done.contains(function))
      return success();
    if (!running.insert(function).second)
      return function.emitError()
             << "[graph] @" << function.getName() << " calls itself";
    SmallVector<func::CallOp> calls;
    function.walk([&](func::CallOp call) { calls.push_back(call); });
    for (func::CallOp call : calls) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      if (!callee || callee.isExternal() || !callee.getBody().hasOneBlock())
        return call.emitError() << "[graph] @" << call.getCallee()
                                << " is no function with a body of one block";
      if (failed(run(callee)))
        return failure();
      inlineCall(call, callee);
      called.insert(callee);
    }
    running.erase(function);
    done.insert(function);
    return success();
  }

  llvm::DenseSet<Operation *> called;

private:
  static void inlineCall(func::CallOp call, func::FuncOp callee) {
    OpBuilder b(call);
    IRMapping map;
    map.map(callee.getArguments(), call.getOperands());
    Block &body = callee.getBody().front();
    for (Operation &op : body.without_terminator())
      b.clone(op, map);
    for (auto [result, value] : llvm::zip_equal(
             call.getResults(), body.getTerminator()->getOperands()))
      result.replaceAllUsesWith(map.lookup(value));
    call.erase();
  }

  SymbolTable symbols;
  llvm::DenseSet<Operation *> done, running;
};

struct InlineCalls : dlc::impl::InlineCallsBase<InlineCalls> {
  void runOnOperation() override {
    Inliner inliner(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (failed(inliner.run(function)))
        return signalPassFailure();
    for (Operation *callee : inliner.called)
      if (cast<func::FuncOp>(callee).isPrivate())
        callee->erase();
  }
};
} // namespace
