// What ODS cannot say about an op: shapes and element types.

#include "IR/Dlc.h"

#include "IR/Shapes.h"

using namespace mlir;
using namespace dlc;

static Type elementOf(Value v) { return tensorType(v).getElementType(); }
static ArrayRef<int64_t> shapeOf(Value v) { return tensorType(v).getShape(); }

/// "[op] text" at the op, or success.
static LogicalResult check(Operation *op, const shapes::Result &r) {
  return r.ok() ? success() : op->emitOpError() << r.error;
}

/// All element types are one.
static LogicalResult sameElements(Operation *op, ValueRange values) {
  for (Value v : values)
    if (elementOf(v) != elementOf(values.front()))
      return op->emitOpError()
             << "element types differ: " << elementOf(values.front()) << " vs "
             << elementOf(v);
  return success();
}

static LogicalResult scalar(Operation *op, Value v, const char *what) {
  return tensorType(v).getRank() == 0 ? success()
                                      : op->emitOpError()
                                            << what << " must be a scalar, got "
                                            << v.getType();
}

LogicalResult BroadcastInDimOp::verify() {
  if (elementOf(getOperand()) != elementOf(getResult()))
    return emitOpError("operand and result differ in element type");
  return check(*this,
               shapes::broadcastInDim(shapeOf(getOperand()), getDimensions(),
                                      shapeOf(getResult())));
}

LogicalResult ReshapeOp::verify() {
  if (elementOf(getOperand()) != elementOf(getResult()))
    return emitOpError("operand and result differ in element type");
  return check(*this,
               shapes::reshape(shapeOf(getOperand()), shapeOf(getResult())));
}

static LogicalResult verifyDimension(Operation *op, int64_t dimension) {
  return check(op, shapes::reduce(shapeOf(op->getResult(0)), {&dimension, 1}));
}
LogicalResult IotaOp::verify() {
  return verifyDimension(*this, getDimension());
}
LogicalResult CumulativeSumOp::verify() {
  return verifyDimension(*this, getDimension());
}
LogicalResult SoftmaxOp::verify() {
  return verifyDimension(*this, getDimension());
}
LogicalResult LogSoftmaxOp::verify() {
  return verifyDimension(*this, getDimension());
}

LogicalResult ReduceOp::verify() {
  bool boolean = elementOf(getOperand()).isInteger(1);
  bool logical = getKind() == Reduction::all || getKind() == Reduction::any;
  if (boolean != logical)
    return emitOpError() << stringifyReduction(getKind())
                         << " does not reduce elements of type "
                         << elementOf(getOperand());
  return success();
}

LogicalResult OneHotOp::verify() {
  auto indices = shapeOf(getIndices()), result = shapeOf(getResult());
  if (result.empty() || result.drop_back() != indices)
    return emitOpError() << "indices " << shapes::str(indices)
                         << " need a result of one more dimension, got "
                         << shapes::str(result);
  return success();
}

LogicalResult BitcastConvertOp::verify() {
  auto width = [](Value v) {
    Type t = elementOf(v);
    return t.isInteger(1) ? 8 : t.getIntOrFloatBitWidth();
  };
  if (width(getOperand()) != width(getResult()) ||
      elementOf(getOperand()).isInteger(1) !=
          elementOf(getResult()).isInteger(1))
    return emitOpError() << "element types differ in width: "
                         << elementOf(getOperand()) << " vs "
                         << elementOf(getResult());
  return success();
}

LogicalResult ReverseOp::verify() {
  return check(*this, shapes::reverse(shapeOf(getOperand()), getDimensions()));
}

LogicalResult DynamicUpdateSliceOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getUpdate()})))
    return failure();
  for (Value start : getStarts())
    if (failed(scalar(*this, start, "a start index")))
      return failure();
  return check(*this, shapes::dynamicUpdateSlice(shapeOf(getOperand()),
                                                 shapeOf(getUpdate()),
                                                 getStarts().size()));
}

LogicalResult ReduceWindowOp::verify() {
  if (getKind() == Reduction::all || getKind() == Reduction::any)
    return emitOpError() << stringifyReduction(getKind())
                         << " does not reduce elements of type "
                         << elementOf(getOperand());
  return success();
}

LogicalResult SelectAndScatterOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getSource()})))
    return failure();
  return check(*this, shapes::selectAndScatter(
                          shapeOf(getOperand()), shapeOf(getSource()),
                          {getWindow(), getStrides(), getDilations(), getLow(),
                           getHigh()}));
}

LogicalResult ScatterOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getUpdates()})))
    return failure();
  if (getMode() == ScatterMode::add && elementOf(getOperand()).isInteger(1))
    return emitOpError("cannot add truth values");
  return check(*this,
               shapes::scatter(shapeOf(getOperand()), shapeOf(getIndices()),
                               shapeOf(getUpdates()), getBatchDims(),
                               getIndexDims()));
}

LogicalResult SortOp::verify() {
  if (elementOf(getInputs().front()).isInteger(1))
    return emitOpError("cannot sort truth values");
  return success();
}

//===-- Draws and quantisation
//---------------------------------------------===//

LogicalResult BernoulliOp::verify() {
  return scalar(*this, getProbability(), "the probability");
}

LogicalResult CategoricalOp::verify() {
  return check(*this,
               shapes::categorical(shapeOf(getLogits()), shapeOf(getResult())));
}

LogicalResult PermutationOp::verify() {
  if (shapeOf(getResult()).size() != 1)
    return emitOpError() << "gives one dimension, not " << getType();
  return success();
}

LogicalResult DropoutOp::verify() {
  double rate = getRate().convertToDouble();
  if (!(rate >= 0 && rate <= 1))
    return emitOpError() << "rate " << rate << " is not in [0, 1]";
  return success();
}

static LogicalResult verifyQuantization(Operation *op, Value real, Value scale,
                                        Value quantized, Value zeroPoint) {
  if (shapeOf(real) != shapeOf(quantized))
    return op->emitOpError() << "shapes differ: " << real.getType() << " vs "
                             << quantized.getType();
  if (failed(scalar(op, scale, "scale")) ||
      failed(scalar(op, zeroPoint, "zero_point")) ||
      failed(sameElements(op, {real, scale})))
    return failure();
  return sameElements(op, {quantized, zeroPoint});
}
LogicalResult UniformQuantizeOp::verify() {
  return verifyQuantization(*this, getOperand(), getScale(), getResult(),
                            getZeroPoint());
}
LogicalResult UniformDequantizeOp::verify() {
  return verifyQuantization(*this, getResult(), getScale(), getOperand(),
                            getZeroPoint());
}
LogicalResult FakeQuantOp::verify() {
  if (int64_t(getLow()) > int64_t(getHigh()))
    return emitOpError() << "low " << int64_t(getLow()) << " exceeds high "
                         << int64_t(getHigh());
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return scalar(*this, getScale(), "scale");
}
LogicalResult MagnitudeMaskOp::verify() {
  if (shapeOf(getOperand()) != shapeOf(getResult()))
    return emitOpError() << "shapes differ: " << getOperand().getType()
                         << " vs " << getType();
  int64_t drop = getDrop(), count = tensorType(getOperand()).getNumElements();
  if (drop < 0 || drop > count)
    return emitOpError() << "cannot drop " << drop << " of " << count
                         << " elements";
  return success();
}

//===-- Losses and layers
//--------------------------------------------------===//

static LogicalResult verifySmoothing(Operation *op, double smoothing) {
  if (smoothing >= 0 && smoothing <= 1)
    return success();
  return op->emitOpError() << "smoothing " << smoothing << " is not in [0, 1]";
}
LogicalResult SoftmaxCrossEntropyOp::verify() {
  Type labels = elementOf(getLabels());
  if (isa<FloatType>(labels)) {
    if (failed(sameElements(*this, {getLogits(), getLabels()})))
      return failure();
    if (getIgnoreIndex())
      return emitOpError("probabilities have no ignore_index");
  } else if (!labels.isSignlessInteger(32) && !labels.isSignlessInteger(64)) {
    return emitOpError() << "labels are i32, i64 or probabilities, not "
                         << labels;
  }
  return verifySmoothing(*this, getSmoothing().convertToDouble());
}

LogicalResult BatchNormTrainingOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return check(*this, shapes::batchNorm(shapeOf(getOperand()),
                                        shapeOf(getScale()), getFeature()));
}
LogicalResult BatchNormInferenceOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return check(*this, shapes::batchNorm(shapeOf(getOperand()),
                                        shapeOf(getScale()), getFeature()));
}
LogicalResult LayerNormOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return check(*this,
               shapes::layerNorm(shapeOf(getOperand()), shapeOf(getScale())));
}
LogicalResult RmsNormOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return check(*this,
               shapes::layerNorm(shapeOf(getOperand()), shapeOf(getScale())));
}
LogicalResult GroupNormOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return check(*this, shapes::groupNorm(shapeOf(getOperand()),
                                        shapeOf(getScale()), getGroups()));
}
LogicalResult InstanceNormOp::verify() {
  if (failed(sameElements(*this, {getOperand(), getScale()})))
    return failure();
  return check(
      *this, shapes::groupNorm(shapeOf(getOperand()), shapeOf(getScale()), 1));
}

template <typename Op> static LogicalResult verifyCell(Op op, int64_t gates) {
  if (failed(sameElements(op, op->getOperands())))
    return failure();
  return check(op, shapes::cell(shapeOf(op.getInput()), shapeOf(op.getState()),
                                shapeOf(op.getInputWeights()),
                                shapeOf(op.getStateWeights()),
                                shapeOf(op.getBias()), gates));
}
LogicalResult RnnCellOp::verify() { return verifyCell(*this, 1); }
LogicalResult LstmCellOp::verify() { return verifyCell(*this, 4); }
LogicalResult GruCellOp::verify() {
  if (failed(verifyCell(*this, 3)))
    return failure();
  if (shapeOf(getCandidateBias()) != shapeOf(getState()).take_back())
    return emitOpError() << "the candidate's bias must have "
                         << shapeOf(getState()).back() << " elements, got "
                         << getCandidateBias().getType();
  return success();
}
