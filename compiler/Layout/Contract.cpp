#include "Layout/Contract.h"

#include "IR/Dlc.h"

using namespace mlir;
using namespace dlc;

static LogicalResult verifyKernel(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  Emitter emitter = kernel.getEmitter();
  auto fail =
      [](Operation *op) {
        return op->emitError()
               << "[layout] a kernel's body may not hold this here: ";
      };
  SmallVector<ReduceOp> reduces;
  SmallVector<DotGeneralOp> dots;
  SmallVector<ConvolutionOp> convolutions;
  for (Operation &op : body.without_terminator()) {
    if ((op.hasTrait<Composite>() && !isa<GeluOp>(op)) ||
        isa<ReshapeOp, ScanOp, KernelOp>(op))
      return fail(&op) << op.getName();
    if (auto reduce = dyn_cast<ReduceOp>(op))
      reduces.push_back(reduce);
    if (auto dot = dyn_cast<DotGeneralOp>(op))
      dots.push_back(dot);
    if (auto convolution = dyn_cast<ConvolutionOp>(op))
      convolutions.push_back(convolution);
  }
  bool reducing = emitter == Emitter::row || emitter == Emitter::column;
  if (reduces.empty() == reducing)
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
  } else if (emitter == Emitter::contraction) {
    DotGeneralOp dot = dots.front();
    auto isArgument = [](Value v) { return isa<BlockArgument>(v); };
    if (dot.getLhsBatch().size() > 1 || dot.getLhsContract().size() != 1 ||
        !isArgument(dot.getLhs()) || !isArgument(dot.getRhs()))
      return fail(dot) << "a contraction that is not in normal form";
    allowed = {dot.getType().getShape()};
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
