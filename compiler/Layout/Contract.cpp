#include "Layout/Contract.h"

#include "IR/BlockSums.h"
#include "IR/Chain.h"
#include "IR/Dlc.h"
#include "IR/Prologue.h"
#include "IR/TurnedValues.h"

using namespace mlir;
using namespace dlc;

/// Products of arguments, row operations, products of these; see IR/Chain.h.
static LogicalResult verifyChain(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  auto fail = [](Operation *op) {
    return op->emitError() << "[layout] a chain may not hold this: ";
  };
  SmallVector<DotGeneralOp> scores(llvm::make_filter_range(
      body.getOps<DotGeneralOp>(),
      [](DotGeneralOp dot) { return chainPartOf(dot) == ChainPart::scores; }));
  if (scores.empty())
    return kernel.emitError() << "[layout] a chain without scores";
  ArrayRef<int64_t> root = scores.front().getType().getShape();
  for (Operation &op : body.without_terminator()) {
    if (auto dot = dyn_cast<DotGeneralOp>(op)) {
      std::optional<ChainPart> part = chainPartOf(dot);
      ArrayRef<int64_t> shape = part == ChainPart::scores
                                    ? dot.getType().getShape()
                                    : tensorType(dot.getLhs()).getShape();
      if (!part || shape != root)
        return fail(dot) << "a product that is not in normal form";
    } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
      if (tensorType(reduce.getOperand()).getShape() != root ||
          reduce.getDimensions() !=
              ArrayRef<int64_t>{static_cast<int64_t>(root.size()) - 1})
        return fail(reduce) << "a reduction of these dimensions";
    } else if (isa<SliceOp, ReshapeOp, ConcatenateOp>(op)) {
      // Parts of operands and of results.
      auto moves = llvm::IsaPred<DotGeneralOp, TransposeOp, SliceOp, ReshapeOp,
                                 ConcatenateOp, YieldOp>;
      if (!llvm::all_of(op.getUsers(), moves))
        return fail(&op) << op.getName() << " of rows";
    } else if (!op.hasTrait<Pointwise>() &&
               !isa<ConstantOp, IotaOp, BroadcastInDimOp, TransposeOp>(op)) {
      return fail(&op) << op.getName();
    }
  }
  for (Value yielded : body.getTerminator()->getOperands())
    for (const YieldedPart &part : partsOf(yielded))
      if (isa_and_nonnull<SliceOp, ReshapeOp, ConcatenateOp>(
              part.value.getDefiningOp()))
        return fail(part.value.getDefiningOp())
               << "a result that is not a value's rows";
  return success();
}

static LogicalResult verifyKernel(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  Emitter emitter = kernel.getEmitter();
  if (std::optional<int64_t> turned = turnedOf(kernel);
      turned && !isValidTurned(kernel, *turned))
    return kernel.emitError() << "[layout] nothing can be turned along "
                              << "dimension " << *turned;
  if (emitter == Emitter::chain)
    return verifyChain(kernel);
  auto fail =
      [](Operation *op) {
        return op->emitError()
               << "[layout] a kernel's body may not hold this here: ";
      };
  SmallVector<ReduceOp> reduces, blockSums;
  SmallVector<DotGeneralOp> dots;
  SmallVector<ConvolutionOp> convolutions;
  for (Operation &op : body.without_terminator()) {
    if ((op.hasTrait<Composite>() && !isa<GeluOp>(op)) ||
        isa<ScanOp, KernelOp>(op) ||
        (isa<ReshapeOp>(op) &&
         !(op.hasOneUse() && isa<DotGeneralOp>(*op.user_begin()))))
      return fail(&op) << op.getName();
    if (auto reduce = dyn_cast<ReduceOp>(op))
      (isBlockSum(reduce) ? blockSums : reduces).push_back(reduce);
    if (auto dot = dyn_cast<DotGeneralOp>(op))
      dots.push_back(dot);
    if (auto convolution = dyn_cast<ConvolutionOp>(op))
      convolutions.push_back(convolution);
  }
  bool reducing = emitter == Emitter::row || emitter == Emitter::column;
  if (reduces.empty() == reducing && emitter != Emitter::contraction)
    return kernel.emitError()
           << "[layout] " << stringifyEmitter(emitter) << " kernel with "
           << reduces.size() << " reductions";
  if (dots.size() != (emitter == Emitter::contraction ? 1 : 0))
    return kernel.emitError()
           << "[layout] " << stringifyEmitter(emitter) << " kernel with "
           << dots.size() << " contractions";
  if (convolutions.size() != (emitter == Emitter::window ? 1 : 0))
    return kernel.emitError()
           << "[layout] " << stringifyEmitter(emitter) << " kernel with "
           << convolutions.size() << " convolutions";
  SmallVector<ArrayRef<int64_t>> allowed;
  if (reducing) {
    ReduceOp first = reduces.front();
    int64_t rank = tensorType(first.getOperand()).getRank();
    ArrayRef<int64_t> dims = first.getDimensions();
    for (auto [i, d] : llvm::enumerate(dims))
      if (emitter == Emitter::row
              ? d != rank - int64_t(dims.size()) + int64_t(i)
              : dims.size() != 1 || d == rank - 1)
        return fail(first) << "a reduction of these dimensions";
    for (ReduceOp reduce : reduces)
      if (reduce.getDimensions() != dims ||
          tensorType(reduce.getOperand()).getShape() !=
              tensorType(first.getOperand()).getShape())
        return fail(reduce) << "a second iteration space";
    allowed = {tensorType(first.getOperand()).getShape(),
               tensorType(first.getResult()).getShape()};
    for (ReduceOp sum : blockSums) {
      if (tensorType(sum.getOperand()).getShape() != allowed[0] ||
          dims != ArrayRef<int64_t>{2} || !sum->hasOneUse() ||
          !isa<YieldOp>(*sum->user_begin()) ||
          tensorType(sum.getResult()).getShape() == allowed[1])
        return fail(sum) << "a sum of columns";
      allowed.push_back(tensorType(sum.getResult()).getShape());
    }
  } else if (emitter == Emitter::contraction) {
    DotGeneralOp dot = dots.front();
    auto isOperand = [](Value v) {
      return isa<BlockArgument>(v) || viewOf(v) || isPrologue(v);
    };
    if (dot.getLhsBatch().size() > 1 || dot.getLhsContract().size() != 1 ||
        !isOperand(dot.getLhs()) ||
        !(stripsOf(dot.getRhs()) ? dot.getRhsContract().front() == 0
                                 : isOperand(dot.getRhs())))
      return fail(dot) << "a contraction that is not in normal form";
    ArrayRef<int64_t> root = dot.getType().getShape();
    allowed = {root, root.drop_back()};
    for (ReduceOp reduce : reduces)
      if (tensorType(reduce.getOperand()).getShape() != root ||
          tensorType(reduce.getResult()).getShape() != allowed.back())
        return fail(reduce) << "a reduction of anything but the product's rows";
    if (reduces.empty())
      allowed.pop_back();
  }
  if (emitter == Emitter::window) {
    ConvolutionOp op = convolutions.front();
    auto isRead = [](Value v) {
      while (auto transpose = v.getDefiningOp<TransposeOp>())
        v = transpose.getOperand();
      return isa<BlockArgument>(v);
    };
    if (!(op.getChannelsLast() || op.getBatchLast()) ||
        !isRead(op.getImages()) || !isRead(op.getFilters()))
      return fail(op) << "a convolution that is not in normal form";
    allowed = {tensorType(op.getResult()).getShape()};
  }
  for (Value v : body.getTerminator()->getOperands()) {
    ArrayRef<int64_t> shape = tensorType(v).getShape();
    if (allowed.empty())
      allowed.push_back(shape);
    if (!llvm::is_contained(allowed, shape))
      return kernel.emitError()
             << "[layout] yields shapes outside its iteration space";
  }
  return success();
}

LogicalResult dlc::verifyLayoutContract(ModuleOp module) {
  WalkResult result = module.walk([](KernelOp kernel) {
    return failed(verifyKernel(kernel)) ? WalkResult::interrupt()
                                        : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}
