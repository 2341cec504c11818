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

static void copyElement(const Tensor &from, int64_t i, Tensor &to, int64_t j) {
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
  Tensor &result = frame.out[0];
  for (int64_t i = 0; i < result.size(); ++i)
    copyElement(*frame.in[1], 0, result, i);
  SmallVector<int64_t> strides = rowMajorStrides(result.shape());
  int64_t start = 0;
  for (auto [d, stride] : llvm::enumerate(strides)) {
    start += op.getLow()[d] * stride;
    stride *= op.getInterior()[d] + 1;
  }
  walk(frame.in[0]->shape(), strides, start, [&](int64_t i, int64_t offset) {
    copyElement(*frame.in[0], i, result, offset);
  });
  return success();
}

static LogicalResult constant(ConstantOp op, Frame &frame) {
  Tensor &result = frame.out[0];
  auto fill = [&](auto values, auto convert) {
    for (auto [i, value] : llvm::enumerate(*values))
      result.set(i, convert(value), frame.mode);
    return success();
  };
  if (result.isFloat()) {
    // f64 holds every f32, so this rounds nothing.
    if (auto values = op.getValue().tryGetValues<APFloat>(); values)
      return fill(std::move(values), [](APFloat x) {
        bool loses;
        x.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &loses);
        return x.convertToDouble();
      });
  } else if (auto values = op.getValue().tryGetValues<APInt>(); values) {
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
  addRule(table, constant);
  addRule(table, iota);
}
