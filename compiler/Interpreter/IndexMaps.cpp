// Rules of the ops that move elements or make them from nothing.

#include "Interpreter/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::interpreter;

llvm::SmallVector<int64_t>
dlc::interpreter::rowMajorStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (int64_t d = static_cast<int64_t>(shape.size()) - 1; d >= 0; --d) {
    strides[d] = stride;
    stride *= shape[d];
  }
  return strides;
}

void dlc::interpreter::copyElement(const Tensor &from, int64_t i, Tensor &to,
                                   int64_t j) {
  if (from.isFloat())
    to.floats[j] = from.floats[i];
  else
    to.ints[j] = from.ints[i];
}

/// result[index] = operand[start + sum of index[d] * strides[d]].
static LogicalResult gather(Frame &frame, ArrayRef<int64_t> strides,
                            int64_t start = 0) {
  walk(frame.out[0].shape(), strides, start, [&](int64_t i, int64_t offset) {
    copyElement(*frame.in[0], offset, frame.out[0], i);
  });
  return success();
}

static LogicalResult broadcastInDim(BroadcastInDimOp op, Frame &frame) {
  auto shape = frame.in[0]->shape();
  SmallVector<int64_t> from = rowMajorStrides(shape);
  SmallVector<int64_t> strides(frame.out[0].shape().size(), 0);
  for (auto [d, target] : llvm::enumerate(op.getDimensions()))
    strides[target] = shape[d] == 1 ? 0 : from[d];
  return gather(frame, strides);
}

static LogicalResult reshape(ReshapeOp, Frame &frame) {
  frame.out[0].floats = frame.in[0]->floats;
  frame.out[0].ints = frame.in[0]->ints;
  return success();
}

static LogicalResult transpose(TransposeOp op, Frame &frame) {
  SmallVector<int64_t> from = rowMajorStrides(frame.in[0]->shape()), strides;
  for (int64_t d : op.getPermutation())
    strides.push_back(from[d]);
  return gather(frame, strides);
}

static LogicalResult slice(SliceOp op, Frame &frame) {
  SmallVector<int64_t> strides = rowMajorStrides(frame.in[0]->shape());
  int64_t start = 0;
  for (auto [d, stride] : llvm::enumerate(strides)) {
    start += op.getStart()[d] * stride;
    stride *= op.getStrides()[d];
  }
  return gather(frame, strides, start);
}

static LogicalResult pad(PadOp op, Frame &frame) {
  const Tensor &x = *frame.in[0];
  Tensor &result = frame.out[0];
  for (int64_t i = 0; i < result.size(); ++i)
    copyElement(*frame.in[1], 0, result, i);
  SmallVector<int64_t> strides = rowMajorStrides(result.shape());
  walkIndices(x.shape(), [&](int64_t i, ArrayRef<int64_t> index) {
    int64_t offset = 0;
    for (auto [d, stride] : llvm::enumerate(strides)) {
      int64_t at = op.getLow()[d] + index[d] * (op.getInterior()[d] + 1);
      if (at < 0 || at >= result.shape()[d])
        return; // cut off
      offset += at * stride;
    }
    copyElement(x, i, result, offset);
  });
  return success();
}

static LogicalResult reverse(ReverseOp op, Frame &frame) {
  SmallVector<int64_t> strides = rowMajorStrides(frame.in[0]->shape());
  int64_t start = 0;
  for (int64_t d : op.getDimensions()) {
    start += (frame.in[0]->shape()[d] - 1) * strides[d];
    strides[d] = -strides[d];
  }
  return gather(frame, strides, start);
}

static LogicalResult concatenate(ConcatenateOp op, Frame &frame) {
  Tensor &result = frame.out[0];
  SmallVector<int64_t> strides = rowMajorStrides(result.shape());
  int64_t start = 0;
  for (const Tensor *part : frame.in) {
    walk(part->shape(), strides, start, [&](int64_t i, int64_t offset) {
      copyElement(*part, i, result, offset);
    });
    start += part->shape()[op.getDimension()] * strides[op.getDimension()];
  }
  return success();
}

/// Where a box of `sizes` at `starts`, moved inside, begins in `shape`.
static int64_t boxOffset(ArrayRef<const Tensor *> starts,
                         ArrayRef<int64_t> shape, ArrayRef<int64_t> sizes) {
  SmallVector<int64_t> strides = rowMajorStrides(shape);
  int64_t offset = 0;
  for (auto [d, start] : llvm::enumerate(starts))
    offset += strides[d] *
              std::clamp<int64_t>(start->ints[0], 0, shape[d] - sizes[d]);
  return offset;
}

static LogicalResult dynamicSlice(DynamicSliceOp op, Frame &frame) {
  auto shape = frame.in[0]->shape();
  return gather(frame, rowMajorStrides(shape),
                boxOffset(frame.in.drop_front(), shape, op.getSizes()));
}

static LogicalResult dynamicUpdateSlice(DynamicUpdateSliceOp, Frame &frame) {
  const Tensor &update = *frame.in[1];
  Tensor &result = frame.out[0];
  result = *frame.in[0];
  int64_t start =
      boxOffset(frame.in.drop_front(2), result.shape(), update.shape());
  walk(update.shape(), rowMajorStrides(result.shape()), start,
       [&](int64_t i, int64_t offset) {
         copyElement(update, i, result, offset);
       });
  return success();
}

static LogicalResult optimizationBarrier(OptimizationBarrierOp, Frame &frame) {
  for (auto [from, to] : llvm::zip(frame.in, frame.out))
    to = *from;
  return success();
}

/// Values alone: what a program prints is the runtime's.
static LogicalResult print(PrintOp, Frame &frame) {
  frame.out[0] = *frame.in[0];
  return success();
}

static LogicalResult constant(ConstantOp op, Frame &frame) {
  Tensor &result = frame.out[0];
  auto fill = [&](auto values, auto convert) {
    for (auto [i, value] : llvm::enumerate(*values))
      result.set(i, convert(value), frame.mode);
    return success();
  };
  auto elements = dyn_cast<DenseElementsAttr>(op.getValue());
  if (!elements)
    return op.emitError() << "[constant] holds no readable elements";
  if (result.isFloat()) {
    // f64 holds every f32, so this rounds nothing.
    if (auto values = elements.tryGetValues<APFloat>(); succeeded(values))
      return fill(std::move(values), [](APFloat x) {
        bool loses;
        x.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &loses);
        return x.convertToDouble();
      });
  } else if (auto values = elements.tryGetValues<APInt>(); succeeded(values)) {
    return fill(std::move(values), [](const APInt &x) {
      return static_cast<int64_t>(x.getZExtValue());
    });
  }
  return op.emitError() << "[constant] holds no readable elements";
}

static LogicalResult iota(IotaOp op, Frame &frame) {
  SmallVector<int64_t> strides(frame.out[0].shape().size(), 0);
  strides[op.getDimension()] = 1;
  walk(frame.out[0].shape(), strides, 0, [&](int64_t i, int64_t position) {
    frame.out[0].set(i, position, frame.mode);
  });
  return success();
}

void dlc::interpreter::addIndexMapRules(RuleTable &table) {
  addRule(table, broadcastInDim);
  addRule(table, reshape);
  addRule(table, transpose);
  addRule(table, slice);
  addRule(table, pad);
  addRule(table, ::reverse);
  addRule(table, concatenate);
  addRule(table, dynamicSlice);
  addRule(table, dynamicUpdateSlice);
  addRule(table, optimizationBarrier);
  addRule(table, print);
  addRule(table, constant);
  addRule(table, iota);
}
