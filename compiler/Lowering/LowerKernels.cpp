// dlc-lower-kernels: each dlc.kernel becomes a function of loops.

#include "IR/Dlc.h"
#include "Lowering/Kernel.h"
#include "Lowering/Passes.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"
#include "llvm/ADT/StringMap.h"

namespace dlc {
#define GEN_PASS_DEF_LOWERKERNELS
#include "Lowering/Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

//===-- What a kernel is --------------------------------------------------===//

static Block &bodyOf(KernelOp kernel) { return kernel.getBody().front(); }

/// The kernel without its name, place and operands: kernels that agree in this
/// text share a function.
static std::string
structureOf(KernelOp kernel, const llvm::DenseMap<Operation *, int64_t> &ids) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << stringifyEmitter(kernel.getEmitter()) << "\n";
  for (Type type : bodyOf(kernel).getArgumentTypes())
    os << type << "\n";
  AsmState state(kernel, OpPrintingFlags().useLocalScope());
  for (Operation &op : bodyOf(kernel)) {
    op.print(os, state);
    if (auto id = ids.find(&op); id != ids.end())
      os << " check " << id->second;
    os << "\n";
  }
  return text;
}

/// Bytes moved plus flops.
static int64_t workOf(KernelOp kernel) {
  auto bytes = [](Value value) {
    auto type = tensorType(value);
    return type.getNumElements() *
           llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  };
  int64_t work = 0;
  for (Value value : kernel.getInputs())
    work += bytes(value);
  for (Value value : kernel.getResults())
    work += bytes(value);
  for (Operation &op : bodyOf(kernel).without_terminator()) {
    if (auto dot = dyn_cast<DotGeneralOp>(op)) {
      int64_t flops = 2 * tensorType(dot.getResult()).getNumElements();
      for (int64_t d : dot.getLhsContract())
        flops *= tensorType(dot.getLhs()).getDimSize(d);
      work += flops;
    } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
      work += tensorType(reduce.getOperand()).getNumElements();
    } else if (op.hasTrait<Pointwise>()) {
      bool dear = isa<ExponentialOp, LogOp, TanhOp, LogisticOp>(op);
      work += (dear ? 16 : 1) * tensorType(op.getResult(0)).getNumElements();
    } else if (isa<RngBitGeneratorOp>(op)) {
      work += 16 * tensorType(op.getResult(0)).getNumElements();
    }
  }
  return work;
}

/// Refuses what no emitter knows, so that they need not report errors.
static LogicalResult verifyBody(KernelOp kernel) {
  for (Operation &op : bodyOf(kernel).without_terminator()) {
    if (auto constant = dyn_cast<ConstantOp>(op)) {
      if (!isa<SplatElementsAttr>(constant.getValue()))
        return op.emitError("[lowering] a constant of several values must be "
                            "an operand of its kernel");
      continue;
    }
    bool known = op.hasTrait<Pointwise>() && !op.hasTrait<Composite>();
    if (!known && !isa<BroadcastInDimOp, TransposeOp, SliceOp, PadOp, IotaOp,
                       RngBitGeneratorOp, ReduceOp, DotGeneralOp>(op))
      return op.emitError("[lowering] ")
             << op.getName() << " has no place in a kernel";
  }
  if ((kernel.getEmitter() == Emitter::row ||
       kernel.getEmitter() == Emitter::column) &&
      bodyOf(kernel).getOps<ReduceOp>().empty())
    return kernel.emitError("[lowering] the kernel reduces nothing");
  return success();
}

/// The limit of a check that a divisor is not 0 (runtime/abi/Program.h).
static constexpr int64_t zeroDivisor = -1;

/// Whether an integer division may meet a zero divisor.
static bool mayDivideByZero(DivideOp divide) {
  if (isa<FloatType>(tensorType(divide).getElementType()))
    return false;
  DenseElementsAttr divisor;
  return !matchPattern(divide.getRhs(), m_Constant(&divisor)) ||
         !divisor.isSplat() || divisor.getSplatValue<APInt>().isZero();
}

//===-- Clean-up ----------------------------------------------------------===//

/// Moves what does not change out of loops, loads of arguments included: an
/// output lies over an input only where both are used at the same element, so
/// no store in a loop changes what an invariant load reads.
static void hoistInvariants(func::FuncOp function) {
  function.walk([&](scf::ForOp loop) {
    moveLoopInvariantCode(
        {&loop.getRegion()},
        [&](Value value, Region *) {
          return loop.isDefinedOutsideOfLoop(value);
        },
        [&](Operation *op, Region *) {
          if (isa<memref::LoadOp, vector::LoadOp, vector::MaskedLoadOp,
                  vector::GatherOp>(op))
            return isa<BlockArgument>(op->getOperand(0));
          return isMemoryEffectFree(op) && isSpeculatable(op);
        },
        [&](Operation *op, Region *) { loop.moveOutOfLoop(op); });
  });
}

//===-- The pass ----------------------------------------------------------===//

namespace {
struct LowerKernels : dlc::impl::LowerKernelsBase<LowerKernels> {
  using LowerKernelsBase::LowerKernelsBase;

  void runOnOperation() override {
    if (target != "cpu" && target != "cuda") {
      getOperation().emitError("[lowering] unknown target '")
          << target << "', expected cpu or cuda";
      return signalPassFailure();
    }
    SmallVector<KernelOp> kernels;
    getOperation().walk([&](KernelOp kernel) { kernels.push_back(kernel); });
    for (KernelOp kernel : kernels)
      if (failed(lower(kernel)))
        return signalPassFailure();
    if (!checks.empty())
      getOperation()->setAttr("dlc.checks",
                              ArrayAttr::get(&getContext(), checks));
  }

private:
  LogicalResult lower(KernelOp kernel);
  FailureOr<func::FuncOp> emit(KernelOp kernel,
                               llvm::DenseMap<Operation *, int64_t> ids);
  llvm::DenseMap<Operation *, int64_t> numberChecks(KernelOp kernel);

  llvm::StringMap<func::FuncOp> known;
  SmallVector<Attribute> checks;
};
} // namespace

/// "file:line:column" of the user's call, or "".
static std::string placeOf(Location loc) {
  std::string text;
  loc->walk([&](Location part) {
    auto file = dyn_cast<FileLineColLoc>(part);
    if (!file)
      return WalkResult::advance();
    text = (file.getFilename().getValue() + ":" + Twine(file.getLine()) + ":" +
            Twine(file.getColumn()))
               .str();
    return WalkResult::interrupt();
  });
  return text;
}

/// Numbers the ops of the body that may find a fault.
llvm::DenseMap<Operation *, int64_t>
LowerKernels::numberChecks(KernelOp kernel) {
  llvm::DenseMap<Operation *, int64_t> ids;
  auto number = [&](Operation &op, StringRef name, int64_t limit) {
    Builder b(op.getContext());
    Attribute check = b.getDictionaryAttr(
        {b.getNamedAttr("op", b.getStringAttr(name)),
         b.getNamedAttr("limit", b.getI64IntegerAttr(limit)),
         b.getNamedAttr("loc", b.getStringAttr(placeOf(op.getLoc())))});
    auto *found = llvm::find(checks, check);
    ids[&op] = found - checks.begin();
    if (found == checks.end())
      checks.push_back(check);
  };
  for (Operation &op : bodyOf(kernel)) {
    if (auto check = dyn_cast<CheckIndexOp>(op))
      number(op, check.getOp(), check.getLimit());
    else if (auto divide = dyn_cast<DivideOp>(op))
      if (mayDivideByZero(divide))
        number(op, "divide", zeroDivisor);
  }
  return ids;
}

LogicalResult LowerKernels::lower(KernelOp kernel) {
  if (failed(verifyBody(kernel)))
    return failure();
  llvm::DenseMap<Operation *, int64_t> ids = numberChecks(kernel);
  func::FuncOp &function = known[structureOf(kernel, ids)];
  if (!function) {
    FailureOr<func::FuncOp> emitted = emit(kernel, std::move(ids));
    if (failed(emitted))
      return failure();
    function = *emitted;
  }
  kernel->setAttr("callee", FlatSymbolRefAttr::get(function.getNameAttr()));
  return success();
}

FailureOr<func::FuncOp>
LowerKernels::emit(KernelOp kernel, llvm::DenseMap<Operation *, int64_t> ids) {
  auto b = OpBuilder::atBlockEnd(getOperation().getBody());
  auto memrefOf = [](Value value) -> Type {
    auto type = tensorType(value);
    // MLIR knows no strides of an empty memref; its memory is never touched.
    SmallVector<int64_t> shape(type.getShape());
    std::replace(shape.begin(), shape.end(), int64_t(0), int64_t(1));
    return MemRefType::get(shape, memoryType(type.getElementType()));
  };
  SmallVector<Type> types;
  for (Value input : bodyOf(kernel).getArguments())
    types.push_back(memrefOf(input));
  for (Value output : bodyOf(kernel).getTerminator()->getOperands())
    types.push_back(memrefOf(output));
  llvm::append_values(types, b.getIndexType(), b.getIndexType(),
                      MemRefType::get({1}, b.getI64Type()));

  std::string name =
      (stringifyEmitter(kernel.getEmitter()) + "_" + Twine(known.size() - 1))
          .str();
  while (getOperation().lookupSymbol(name))
    name += "_";
  auto function = b.create<func::FuncOp>(kernel.getLoc(), name,
                                         b.getFunctionType(types, {}));
  function.setPrivate();
  KernelFunction k(kernel, function, target == "cuda");
  k.checks = std::move(ids);
  k.registers = {vectorBytes, vectorRegisters};

  auto emitter = [&]() -> FailureOr<int64_t> (*)(KernelFunction &) {
    switch (kernel.getEmitter()) {
    case Emitter::map:
      return k.gpu ? emitMapLanes : emitMap;
    case Emitter::row:
      return k.gpu ? emitRowLanes : emitRow;
    case Emitter::column:
      return k.gpu ? emitColumnLanes : emitColumn;
    case Emitter::contraction:
      return k.gpu ? emitContractionLanes : emitContraction;
    }
    llvm_unreachable("an unknown emitter");
  }();
  FailureOr<int64_t> tiles = emitter(k);
  if (failed(tiles) || k.invalid)
    return failure();
  k.builder.setInsertionPointToEnd(&function.front());
  k.builder.create<func::ReturnOp>(k.loc());
  function->setAttr("dlc.tiles", b.getI64IntegerAttr(*tiles));
  function->setAttr("dlc.work", b.getI64IntegerAttr(workOf(kernel)));

  hoistInvariants(function);
  IRRewriter rewriter(&getContext());
  DominanceInfo dominance(function);
  eliminateCommonSubExpressions(rewriter, dominance, function);
  return function;
}
