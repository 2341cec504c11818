// dlc-join-launches: launches that need nothing of each other ⇒ one parallel
// region, in which no thread waits between them.
//
//   dlc.launch @dw2 [<arena, 0, 0>, <result, 0, 0>] tiles 1 …
//   dlc.launch @dw1 [<arena, 0, 64>, <result, 1, 0>] tiles 7 …
//   ⇒
//   dlc.launch @dw2 [<arena, 0, 0>, <result, 0, 0>] tiles 1 …
//   dlc.launch @dw1 [<arena, 0, 64>, <result, 1, 0>] joined tiles 7 …
//
// A thread that has done its part of the first goes on with the second, and one
// that had no part of the first begins with it. Where a launch does need the
// one before it, all threads have to meet anyway: that is what a launch costs.

#include "Lowering/Passes.h"
#include "Lowering/Phases.h"

using namespace mlir;
using namespace dlc;

namespace dlc {
#define GEN_PASS_DEF_JOINLAUNCHES
#include "Lowering/Passes.h.inc"
} // namespace dlc

/// Joins the launches of `run`, which follow each other.
static void join(SmallVectorImpl<Operation *> &run,
                 const SymbolTable &symbols) {
  for (const SmallVector<Operation *> &phase : formPhases(run, symbols))
    for (Operation *op : llvm::drop_begin(phase))
      cast<LaunchOp>(op).setJoined(true);
  run.clear();
}

namespace {
struct JoinLaunches : dlc::impl::JoinLaunchesBase<JoinLaunches> {
  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (auto program : getOperation().getOps<ProgramOp>())
      program.walk([&](Block *list) {
        SmallVector<Operation *> run;
        for (Operation &op : *list) {
          if (isa<LaunchOp>(op))
            run.push_back(&op);
          else
            join(run, symbols);
        }
        join(run, symbols);
      });
  }
};
} // namespace
