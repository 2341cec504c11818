#include "Lowering/Contract.h"

#include "IR/Dlc.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;

/// After its slots a kernel takes the range of tiles and the fault word.
static constexpr size_t trailingArguments = 3;

static LogicalResult verifyAddress(Operation *op, ProgramOp program,
                                   AddressAttr at) {
  auto type = cast<FunctionType>(program.getFunctionType());
  int64_t index = at.getIndex();
  bool ok = at.getOffset() >= 0;
  switch (at.getSpace()) {
  case Space::argument:
    ok &= index >= 0 && index < static_cast<int64_t>(type.getNumInputs());
    break;
  case Space::result:
    ok &= index >= 0 && index < static_cast<int64_t>(type.getNumResults());
    break;
  case Space::arena:
    ok &= at.getOffset() <= static_cast<int64_t>(program.getArena());
    break;
  case Space::tape:
    ok &= at.getIndex() >= 0;
    break;
  case Space::prepared:
    ok &= at.getOffset() <=
          static_cast<int64_t>(program.getPrepared().value_or(-1));
    break;
  case Space::constant:
    break;
  }
  return ok ? success()
            : op->emitError()
                  << "[lowering] address " << at << " is outside the program";
}

static LogicalResult verifyLaunch(LaunchOp launch, ProgramOp program) {
  auto kernel = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      program, launch.getKernelAttr());
  if (!kernel)
    return launch.emitError()
           << "[lowering] there is no kernel " << launch.getKernelAttr();
  if (kernel.getNumArguments() != launch.getSlots().size() + trailingArguments)
    return launch.emitError()
           << "[lowering] " << launch.getSlots().size() << " slots for a kernel"
           << " of " << kernel.getNumArguments() << " arguments";
  for (Attribute slot : launch.getSlots())
    if (failed(verifyAddress(launch, program, cast<AddressAttr>(slot))))
      return failure();
  return success();
}

static LogicalResult verifyTapes(Operation *op, ProgramOp program,
                                 ArrayAttr tapes) {
  if (tapes)
    for (auto use : tapes.getAsRange<TapeUseAttr>())
      if (failed(verifyAddress(op, program, use.getAt())))
        return failure();
  return success();
}

static LogicalResult verifyProgram(ProgramOp program) {
  WalkResult result = program.walk([&](Operation *op) -> WalkResult {
    if (auto launch = dyn_cast<LaunchOp>(op))
      return verifyLaunch(launch, program);
    if (auto copy = dyn_cast<CopyOp>(op))
      return success(
          succeeded(verifyAddress(copy, program, copy.getSource())) &&
          succeeded(verifyAddress(copy, program, copy.getTarget())));
    if (auto show = dyn_cast<ShowOp>(op))
      return verifyAddress(show, program, show.getSource());
    if (auto branch = dyn_cast<BranchOp>(op))
      return verifyAddress(branch, program, branch.getPredicate());
    if (auto repeat = dyn_cast<RepeatOp>(op))
      return success(
          succeeded(verifyAddress(repeat, program, repeat.getPredicate())) &&
          succeeded(verifyTapes(repeat, program, repeat.getTapesAttr())));
    if (auto loop = dyn_cast<LoopOp>(op))
      return success(
          (!loop.getCount() ||
           succeeded(verifyAddress(loop, program, *loop.getCount()))) &&
          succeeded(verifyTapes(loop, program, loop.getTapesAttr())));
    if (isa<ProgramOp, CheckOp>(op))
      return success();
    return op->emitError() << "[lowering] '" << op->getName()
                           << "' stands in a launch list";
  });
  return failure(result.wasInterrupted());
}

LogicalResult dlc::verifyLoweringContract(ModuleOp module) {
  for (Operation &op : module.getOps()) {
    if (auto program = dyn_cast<ProgramOp>(op)) {
      if (failed(verifyProgram(program)))
        return failure();
      continue;
    }
    WalkResult result = op.walk([](Operation *inner) -> WalkResult {
      if (!isa_and_nonnull<DlcDialect>(inner->getDialect()))
        return success();
      return inner->emitError()
             << "[lowering] left '" << inner->getName() << "' in a kernel";
    });
    if (result.wasInterrupted())
      return failure();
  }
  return success();
}
