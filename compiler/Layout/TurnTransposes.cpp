// Says which maps of a GPU are computed in tiles that pass what is transposed
// through shared memory (see Passes.td and IR/TurnedValues.h).

#include "IR/TurnedValues.h"
#include "Layout/Passes.h"

namespace dlc {
#define GEN_PASS_DEF_TURNTRANSPOSES
#include "Layout/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
struct TurnTransposes : dlc::impl::TurnTransposesBase<TurnTransposes> {
  using TurnTransposesBase::TurnTransposesBase;

  void runOnOperation() override {
    getOperation().walk([](KernelOp kernel) {
      if (std::optional<int64_t> dimension = chooseTurned(kernel))
        kernel->setAttr(
            turnedAttr,
            Builder(kernel.getContext()).getI64IntegerAttr(*dimension));
    });
  }
};
} // namespace
