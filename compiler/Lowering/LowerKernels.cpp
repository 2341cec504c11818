// dlc-lower-kernels: each dlc.kernel becomes a function of loops.

#include "IR/BlockSums.h"
#include "IR/ChainBlock.h"
#include "IR/Cost.h"
#include "IR/Dlc.h"
#include "IR/Prologue.h"
#include "IR/TurnedValues.h"
#include "Lowering/Elementwise.h"
#include "Lowering/GpuChain.h"
#include "Lowering/GpuContraction.h"
#include "Lowering/GpuDepthwise.h"
#include "Lowering/GpuReductions.h"
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

/// Whether the function's caller gives the memory of this result.
static bool isDonated(OpOperand &returned) {
  auto function = cast<func::ReturnOp>(returned.getOwner())
                      ->getParentOfType<func::FuncOp>();
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (auto to = function.getArgAttrOfType<IntegerAttr>(i, "dlc.donate"))
      if (to.getInt() == returned.getOperandNumber())
        return true;
  return false;
}

/// Outputs that only the caller reads, and that no cache holds until then. A
/// store past the caches does not read the line that it overwrites. Memory that
/// the caller gives has been read already.
static llvm::SmallBitVector streamsOf(KernelOp kernel) {
  constexpr int64_t leastBytes = int64_t(16) << 20;
  llvm::SmallBitVector streams(kernel.getNumResults());
  for (OpResult result : kernel.getResults()) {
    auto type = tensorType(result);
    int64_t bytes = llvm::divideCeil(type.getElementTypeBitWidth(), 8);
    auto leaves = [](OpOperand &use) {
      return isa<func::ReturnOp>(use.getOwner()) && !isDonated(use);
    };
    if (type.getNumElements() * bytes >= leastBytes && !result.use_empty() &&
        llvm::all_of(result.getUses(), leaves))
      streams.set(result.getResultNumber());
  }
  return streams;
}

/// Whether the kernel's operands may be slices of stacks.
static bool isInLoop(KernelOp kernel) {
  return kernel->getParentOfType<ScanOp>() ||
         kernel->getParentOfType<WhileOp>();
}

/// The kernel without its name, place and operands: kernels that agree in this
/// text share a function.
static std::string structureOf(KernelOp kernel,
                               const llvm::DenseMap<Operation *, int64_t> &ids,
                               bool gpu) {
  std::string text;
  llvm::raw_string_ostream os(text);
  os << stringifyEmitter(kernel.getEmitter()) << "\n";
  // Vectors may rely on where a whole operand lies.
  if (gpu && isInLoop(kernel))
    os << "in a loop\n";
  if (std::optional<int64_t> turned = turnedOf(kernel))
    os << "turned " << *turned << "\n";
  llvm::SmallBitVector streams = streamsOf(kernel);
  for (unsigned i : streams.set_bits())
    os << "streams " << i << "\n";
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

/// Bytes of each operand, inputs first.
static SmallVector<int64_t> operandBytes(KernelOp kernel) {
  SmallVector<int64_t> sizes;
  auto add = [&](ValueRange values) {
    for (Value value : values) {
      auto type = tensorType(value);
      sizes.push_back(type.getNumElements() *
                      llvm::divideCeil(type.getElementTypeBitWidth(), 8));
    }
  };
  add(bodyOf(kernel).getArguments());
  add(bodyOf(kernel).getTerminator()->getOperands());
  return sizes;
}

/// Bytes moved plus flops; slow ones count for more.
static int64_t workOf(KernelOp kernel) {
  int64_t work = bytesOf(kernel);
  for (Operation &op : bodyOf(kernel).without_terminator()) {
    int64_t weight = 1;
    if (op.hasTrait<Pointwise>() && elementCost(&op) > 8)
      weight = 16;
    work += weight * flopsOf(&op);
    if (isa<SortOp>(op))
      work += 64 * tensorType(op.getResult(0)).getNumElements();
    else if (isa<RngBitGeneratorOp>(op))
      work += 16 * tensorType(op.getResult(0)).getNumElements();
  }
  return work;
}

/// Whether `reduce`, in a product's kernel, reduces rows like the product's. A
/// few of those lie on the stack.
static bool reducesRowsOf(KernelOp product, ReduceOp reduce) {
  constexpr int64_t mostColumns = 16 * 1024;
  auto dot = *bodyOf(product).getOps<DotGeneralOp>().begin();
  RankedTensorType type = dot.getType();
  return type.getShape().back() <= mostColumns &&
         tensorType(reduce.getOperand()).getShape() == type.getShape() &&
         reduce.getDimensions() == ArrayRef<int64_t>{type.getRank() - 1};
}

/// Whether a kernel that reduces walks over all that it yields: the elements
/// and the results of its reductions.
static bool walksYields(KernelOp kernel) {
  auto reduces = bodyOf(kernel).getOps<ReduceOp>();
  auto isWalked = [&](Value yielded) {
    ArrayRef<int64_t> shape = tensorType(yielded).getShape();
    return llvm::any_of(reduces, [&](ReduceOp reduce) {
      return shape == tensorType(reduce.getOperand()).getShape() ||
             shape == tensorType(reduce.getResult()).getShape();
    });
  };
  return llvm::all_of(bodyOf(kernel).getTerminator()->getOperands(), isWalked);
}

/// Refuses what no emitter knows, so that they need not report errors.
static LogicalResult verifyBody(KernelOp kernel, bool gpu, int64_t sm) {
  for (Operation &op : bodyOf(kernel).without_terminator()) {
    if (auto constant = dyn_cast<ConstantOp>(op)) {
      if (!isa<SplatElementsAttr>(constant.getValue()))
        return op.emitError("[lowering] a constant of several values must be "
                            "an operand of its kernel");
      continue;
    }
    bool known = isa<GeluOp>(op) ||
                 (op.hasTrait<Pointwise>() && !op.hasTrait<Composite>());
    known |= op.hasTrait<IndexMap>() &&
             (!isa<ReshapeOp>(op) || kernel.getEmitter() == Emitter::chain ||
              stripsOf(op.getResult(0)) ||
              (viewOf(op.getResult(0)) &&
               llvm::all_of(op.getUsers(), llvm::IsaPred<DotGeneralOp>)));
    if (!known && !isa<DynamicSliceOp, GatherOp, IotaOp, RngBitGeneratorOp,
                       ReduceOp, DotGeneralOp, ConvolutionOp, ScatterOp,
                       DynamicUpdateSliceOp, SortOp, CumulativeSumOp>(op))
      return op.emitError("[lowering] ")
             << op.getName() << " has no place in a kernel";
    if (!gpu && isa<DotGeneralOp, ConvolutionOp>(op) &&
        tensorType(op.getResult(0)).getElementTypeBitWidth() < 32)
      return op.emitError("[lowering] ")
             << op.getName()
             << " of halves is a GPU's: its module was fused for one";
  }
  if (kernel.getEmitter() == Emitter::contraction)
    for (auto dot : bodyOf(kernel).getOps<DotGeneralOp>())
      for (Value operand : dot->getOperands())
        if (!isa<BlockArgument>(operand) && !viewOf(operand) &&
            !isPrologue(operand) &&
            !(operand == dot.getRhs() && stripsOf(operand)))
          return dot.emitError(
              "[lowering] an operand of the product is "
              "neither a view nor computed element by element");
  if (kernel.getEmitter() == Emitter::contraction)
    for (auto reduce : bodyOf(kernel).getOps<ReduceOp>()) {
      if (gpu)
        return reduce.emitError("[lowering] a product on a GPU reduces no "
                                "rows: its module was fused for a CPU");
      if (!reducesRowsOf(kernel, reduce))
        return reduce.emitError("[lowering] a product's kernel reduces nothing "
                                "but rows of its result, of at most 16384 "
                                "elements");
    }
  if (kernel.getEmitter() == Emitter::chain) {
    bool hasScores = false;
    for (auto dot : bodyOf(kernel).getOps<DotGeneralOp>()) {
      std::optional<ChainPart> part = chainPartOf(dot);
      if (!part)
        return dot.emitError("[lowering] the product has no place in a chain");
      hasScores |= part == ChainPart::scores;
    }
    if (!hasScores)
      return kernel.emitError("[lowering] the chain multiplies no operands");
    if (gpu && !fitsGpu(bodyOf(kernel), sm))
      return kernel.emitError("[lowering] the chain's rows fit no block of a "
                              "GPU: its module was fused for another target");
  }
  if (kernel.getEmitter() == Emitter::row ||
      kernel.getEmitter() == Emitter::column) {
    if (bodyOf(kernel).getOps<ReduceOp>().empty())
      return kernel.emitError("[lowering] the kernel reduces nothing");
    if (!walksYields(kernel))
      return kernel.emitError("[lowering] the kernel yields what its "
                              "reductions do not walk over");
  }
  auto reduces = bodyOf(kernel).getOps<ReduceOp>();
  for (ReduceOp reduce : llvm::make_filter_range(reduces, isBlockSum)) {
    if (gpu)
      return reduce.emitError("[lowering] rows of a GPU sum no columns: the "
                              "module was laid out for a CPU");
    if (llvm::all_of(reduces, isBlockSum) ||
        !llvm::all_of(reduce->getUsers(), llvm::IsaPred<YieldOp>))
      return reduce.emitError("[lowering] sums of columns stand beside those "
                              "of rows and leave the kernel");
  }
  return success();
}

/// The limits of checks that a divisor is not 0 and that a number is finite
/// (runtime/abi/Program.h).
static constexpr int64_t zeroDivisor = -1, notFinite = -2;

/// Whether `op` is an integer division that may meet a zero divisor.
static bool mayDivideByZero(Operation &op) {
  if (!isa<DivideOp, RemainderOp>(op) ||
      isa<FloatType>(tensorType(op.getResult(0)).getElementType()))
    return false;
  DenseElementsAttr divisor;
  return !matchPattern(op.getOperand(1), m_Constant(&divisor)) ||
         !divisor.isSplat() || divisor.getSplatValue<APInt>().isZero();
}

//===-- Clean-up ----------------------------------------------------------===//

/// Moves what does not change out of loops, loads of inputs included: an output
/// lies over an input only where both are used at the same element, so no store
/// in a loop changes what an invariant load reads. A GPU's block has one tile:
/// what left that loop would only be kept longer.
static void hoistInvariants(func::FuncOp function, unsigned inputs, bool gpu) {
  auto isInput = [&](Value memref) {
    auto argument = dyn_cast<BlockArgument>(memref);
    return argument && argument.getOwner() == &function.front() &&
           argument.getArgNumber() < inputs;
  };
  function.walk([&](scf::ForOp loop) {
    if (gpu && loop->getParentOp() == function)
      return;
    moveLoopInvariantCode(
        {&loop.getRegion()},
        [&](Value value, Region *) {
          return loop.isDefinedOutsideOfLoop(value);
        },
        [&](Operation *op, Region *) {
          if (isa<memref::LoadOp, vector::LoadOp, vector::MaskedLoadOp,
                  vector::GatherOp>(op))
            return isInput(op->getOperand(0));
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
  LogicalResult
  finish(KernelFunction &k,
         function_ref<FailureOr<int64_t>(KernelFunction &)> emitter);
  llvm::DenseMap<Operation *, int64_t> numberChecks(KernelOp kernel);

  llvm::StringMap<func::FuncOp> known;
  SmallVector<Attribute> checks;
};
} // namespace

/// Numbers the ops of the body that may find a fault.
llvm::DenseMap<Operation *, int64_t>
LowerKernels::numberChecks(KernelOp kernel) {
  llvm::DenseMap<Operation *, int64_t> ids;
  auto number = [&](Operation &op, StringRef name, int64_t limit) {
    Builder b(op.getContext());
    Attribute check = b.getDictionaryAttr(
        {b.getNamedAttr("op", b.getStringAttr(name)),
         b.getNamedAttr("limit", b.getI64IntegerAttr(limit)),
         b.getNamedAttr("loc", b.getStringAttr(userPlace(op.getLoc())))});
    auto *found = llvm::find(checks, check);
    ids[&op] = found - checks.begin();
    if (found == checks.end())
      checks.push_back(check);
  };
  for (Operation &op : bodyOf(kernel)) {
    if (auto check = dyn_cast<CheckIndexOp>(op))
      number(op, check.getOp(), check.getLimit());
    else if (auto finite = dyn_cast<AssertFiniteOp>(op))
      number(op, finite.getOp(), notFinite);
    else if (mayDivideByZero(op))
      number(op, isa<DivideOp>(op) ? "divide" : "remainder", zeroDivisor);
  }
  return ids;
}

LogicalResult LowerKernels::lower(KernelOp kernel) {
  if (failed(verifyBody(kernel, target == "cuda", sm)))
    return failure();
  llvm::DenseMap<Operation *, int64_t> ids = numberChecks(kernel);
  func::FuncOp &function = known[structureOf(kernel, ids, target == "cuda")];
  if (!function) {
    FailureOr<func::FuncOp> emitted = emit(kernel, std::move(ids));
    if (failed(emitted))
      return failure();
    function = *emitted;
  }
  kernel->setAttr("callee", FlatSymbolRefAttr::get(function.getNameAttr()));
  return success();
}

/// The memory that the kernel needs beside its operands; null if none.
static MemRefType scratchOf(KernelOp kernel, bool gpu) {
  for (auto op : kernel.getBody().front().getOps<SortOp>())
    return sortScratchOf(op, gpu);
  if (gpu) {
    int64_t words = scratchOfReductions(kernel) + scratchOfProducts(kernel) +
                    scratchOfChain(kernel) + scratchOfDepthwiseFilters(kernel);
    Type word = IntegerType::get(kernel.getContext(), 64);
    return words ? MemRefType::get({words}, word) : MemRefType();
  }
  for (auto op : kernel.getBody().front().getOps<ConvolutionOp>())
    return windowScratchOf(op);
  return {};
}

static int64_t bytesOf(MemRefType memory) {
  return memory.getNumElements() * memory.getElementTypeBitWidth() / 8;
}

/// Emits a function's code, notes what the planner must know, and cleans up.
LogicalResult LowerKernels::finish(
    KernelFunction &k,
    function_ref<FailureOr<int64_t>(KernelFunction &)> emitter) {
  func::FuncOp function = k.function;
  Builder b(&getContext());
  MemRefType scratch = scratchOf(k.kernel, k.gpu);
  FailureOr<int64_t> tiles = emitter(k);
  if (failed(tiles) || k.invalid)
    return failure();
  k.builder.setInsertionPointToEnd(&function.front());
  k.builder.create<func::ReturnOp>(k.loc());
  function->setAttr("dlc.tiles", b.getI64IntegerAttr(*tiles));
  if (scratch)
    function->setAttr("dlc.scratch", b.getI64IntegerAttr(bytesOf(scratch)));
  function->setAttr("dlc.work", b.getI64IntegerAttr(workOf(k.kernel)));
  if (k.gpu) {
    SmallVector<int64_t> touched = operandBytes(k.kernel);
    if (scratch)
      touched.push_back(bytesOf(scratch));
    function->setAttr("dlc.touches", b.getDenseI64ArrayAttr(touched));
  }
  int64_t inputs = bodyOf(k.kernel).getNumArguments();
  function->setAttr("dlc.writes_from", b.getI64IntegerAttr(inputs));

  hoistInvariants(function, inputs, k.gpu);
  IRRewriter rewriter(&getContext());
  DominanceInfo dominance(function);
  eliminateCommonSubExpressions(rewriter, dominance, function);
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
  MemRefType scratch = scratchOf(kernel, target == "cuda");
  if (scratch)
    types.push_back(scratch);
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
  k.streams = streamsOf(kernel);
  k.registers = {vectorBytes, vectorRegisters};
  k.bf16Dots = bf16Dots && vectorBytes == 64;
  k.cacheBytes = cacheBytes;
  k.target = {sm, tf32};
  k.inLoop = isInLoop(kernel);

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
    case Emitter::window:
      return k.gpu ? emitWindowLanes : emitWindow;
    case Emitter::scatter:
      return k.gpu ? emitScatterLanes : emitScatter;
    case Emitter::sort:
      return k.gpu ? emitSortLanes : emitSort;
    case Emitter::cumulative:
      return k.gpu ? emitCumulativeLanes : emitCumulative;
    case Emitter::chain:
      return k.gpu ? emitChainLanes : emitChain;
    }
    llvm_unreachable("an unknown emitter");
  }();
  if (failed(finish(k, emitter)))
    return failure();
  if (k.secondStep) {
    auto second = b.create<func::FuncOp>(kernel.getLoc(), name + "_then",
                                         function.getFunctionType());
    second.setPrivate();
    KernelFunction then(kernel, second, k.gpu);
    then.checks = k.checks;
    then.target = k.target;
    then.inLoop = k.inLoop;
    if (failed(finish(then, k.secondStep)))
      return failure();
    function->setAttr("dlc.then", FlatSymbolRefAttr::get(second));
  }
  return function;
}
