#include "IR/Cost.h"

#include "IR/Tape.h"

using namespace mlir;
using namespace dlc;

int64_t dlc::bytesOf(KernelOp kernel) {
  int64_t bytes = 0;
  for (Value input : kernel.getInputs())
    bytes += storageBytes(input);
  for (Value result : kernel.getResults())
    bytes += storageBytes(result);
  return bytes;
}

int64_t dlc::flopsOf(Operation *op) {
  if (auto dot = dyn_cast<DotGeneralOp>(op)) {
    int64_t flops = 2 * tensorType(dot.getResult()).getNumElements();
    for (int64_t d : dot.getLhsContract())
      flops *= tensorType(dot.getLhs()).getDimSize(d);
    return flops;
  }
  if (auto convolution = dyn_cast<ConvolutionOp>(op)) {
    auto filters = tensorType(convolution.getFilters());
    int64_t outputs = convolution.getChannelsLast() ? filters.getShape().back()
                                                    : filters.getDimSize(0);
    return 2 * tensorType(convolution.getResult()).getNumElements() *
           (filters.getNumElements() / std::max<int64_t>(outputs, 1));
  }
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return tensorType(reduce.getOperand()).getNumElements();
  if (op->hasTrait<Pointwise>())
    return tensorType(op->getResult(0)).getNumElements();
  return 0;
}

int64_t dlc::flopsOf(KernelOp kernel) {
  int64_t flops = 0;
  for (Operation &op : kernel.getBody().front().without_terminator())
    if (!isa<ConstantOp>(op))
      flops += flopsOf(&op);
  return flops;
}
