#include "IR/Dlc.h"

#include "IR/Shapes.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;

#include "IR/DlcEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "IR/DlcAttrs.cpp.inc"

#include "IR/DlcDialect.cpp.inc"

bool dlc::isStateTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getElementType().isSignlessInteger(64) &&
         tensor.getShape() == ArrayRef<int64_t>{2};
}

#define GET_OP_CLASSES
#include "IR/DlcOps.cpp.inc"

void DlcDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "IR/DlcAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "IR/DlcOps.cpp.inc"
      >();
}

Operation *DlcDialect::materializeConstant(OpBuilder &b, Attribute value,
                                           Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return b.create<ConstantOp>(loc, type, elements);
}

//===-- Helpers
//------------------------------------------------------------===//

static TypedAttr scalarAttr(Type element, double value) {
  if (isa<FloatType>(element))
    return FloatAttr::get(element, value);
  return IntegerAttr::get(element, APInt(element.getIntOrFloatBitWidth(),
                                         static_cast<int64_t>(value), true));
}

Value dlc::splat(OpBuilder &b, Location loc, RankedTensorType type,
                 double value) {
  auto attr = DenseElementsAttr::get(
      type, Attribute(scalarAttr(type.getElementType(), value)));
  return b.create<ConstantOp>(loc, type, attr);
}

TypedAttr dlc::reductionIdentity(Reduction kind, Type element) {
  if (kind == Reduction::add || kind == Reduction::any)
    return scalarAttr(element, 0);
  if (kind == Reduction::mul || kind == Reduction::all)
    return element.isInteger(1) ? TypedAttr(IntegerAttr::get(element, 1))
                                : scalarAttr(element, 1);
  bool lowest = kind == Reduction::max;
  if (auto type = dyn_cast<FloatType>(element))
    return FloatAttr::get(type,
                          APFloat::getInf(type.getFloatSemantics(), lowest));
  unsigned width = element.getIntOrFloatBitWidth();
  APInt value =
      element.isUnsignedInteger()
          ? (lowest ? APInt::getZero(width) : APInt::getMaxValue(width))
          : (lowest ? APInt::getSignedMinValue(width)
                    : APInt::getSignedMaxValue(width));
  return IntegerAttr::get(element, value);
}

static ArrayRef<int64_t> shapeOf(Value v) { return tensorType(v).getShape(); }

/// "[op] text" at the op, or success.
static LogicalResult check(Operation *op, const shapes::Result &r) {
  return r.ok() ? success() : op->emitOpError() << r.error;
}

/// For inferReturnTypes: the tensor, or the text at `loc`.
static LogicalResult infer(std::optional<Location> loc, const shapes::Result &r,
                           Type element, SmallVectorImpl<Type> &types) {
  if (!r.ok())
    return emitOptionalError(loc, r.error);
  types.push_back(RankedTensorType::get(r.shape, element));
  return success();
}

static Type elementOf(Value v) { return tensorType(v).getElementType(); }

//===-- Type inference
//-----------------------------------------------------===//

#define DLC_INFER(OP)                                                          \
  LogicalResult OP::inferReturnTypes(                                          \
      MLIRContext *context, std::optional<Location> loc, ValueRange operands,  \
      DictionaryAttr attributes, OpaqueProperties properties,                  \
      RegionRange regions, SmallVectorImpl<Type> &types) {                     \
    Adaptor op(operands, attributes, properties, regions);                     \
    return inferTypes(op, loc, types);                                         \
  }

static LogicalResult inferTypes(CompareOp::Adaptor op, std::optional<Location>,
                                SmallVectorImpl<Type> &types) {
  Type i1 = IntegerType::get(op.getLhs().getContext(), 1);
  types.push_back(tensorType(op.getLhs()).clone(i1));
  return success();
}
static LogicalResult inferTypes(TransposeOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::transpose(shapeOf(op.getOperand()), op.getPermutation()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(SliceOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::slice(shapeOf(op.getOperand()), op.getStart(),
                             op.getLimit(), op.getStrides()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(PadOp::Adaptor op, std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  auto value = tensorType(op.getValue());
  if (value.getRank() != 0 ||
      value.getElementType() != elementOf(op.getOperand()))
    return emitOptionalError(
        loc, "the padding value must be a scalar of the operand's type");
  return infer(loc,
               shapes::pad(shapeOf(op.getOperand()), op.getLow(), op.getHigh(),
                           op.getInterior()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(ReduceOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::reduce(shapeOf(op.getOperand()), op.getDimensions()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(DotGeneralOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (elementOf(op.getLhs()) != elementOf(op.getRhs()))
    return emitOptionalError(loc,
                             "element types differ: ", elementOf(op.getLhs()),
                             " vs ", elementOf(op.getRhs()));
  return infer(loc,
               shapes::dotGeneral(shapeOf(op.getLhs()), shapeOf(op.getRhs()),
                                  op.getLhsBatch(), op.getRhsBatch(),
                                  op.getLhsContract(), op.getRhsContract()),
               elementOf(op.getLhs()), types);
}
static LogicalResult inferTypes(SoftmaxCrossEntropyOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::softmaxCrossEntropy(shapeOf(op.getLogits()),
                                           shapeOf(op.getLabels())),
               elementOf(op.getLogits()), types);
}
static LogicalResult inferTypes(ArgmaxOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc, shapes::argmax(shapeOf(op.getOperand()), op.getDimension()),
               IntegerType::get(op.getOperand().getContext(), 32), types);
}

DLC_INFER(CompareOp)
DLC_INFER(TransposeOp)
DLC_INFER(SliceOp)
DLC_INFER(PadOp)
DLC_INFER(ReduceOp)
DLC_INFER(DotGeneralOp)
DLC_INFER(SoftmaxCrossEntropyOp)
DLC_INFER(ArgmaxOp)

//===-- Verifiers
//----------------------------------------------------------===//

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

LogicalResult GradOp::verify() {
  if (getOutputs().getTypes() != getCotangents().getTypes())
    return emitOpError("needs one cotangent of each output's type");
  if (getWrt().getTypes() != getGradients().getTypes())
    return emitOpError("needs one result of each wrt's type");
  for (Value v : getOperands())
    if (v.getParentBlock() != (*this)->getBlock())
      return emitOpError("operands must stand in the op's own block");
  return success();
}

LogicalResult ScanOp::verify() {
  if (static_cast<int64_t>(getTrips()) < 0)
    return emitOpError() << "trip count " << int64_t(getTrips())
                         << " is negative";
  Block &body = getBody().front();
  auto yield = cast<YieldOp>(body.getTerminator());
  unsigned carries = getNumCarries();
  if (getNumResults() < carries)
    return emitOpError("needs a result for every carry");
  if (body.getNumArguments() != getNumOperands())
    return emitOpError() << "body needs " << getNumOperands()
                         << " arguments, has " << body.getNumArguments();
  if (yield.getNumOperands() != getNumResults())
    return emitOpError() << "body must yield " << getNumResults()
                         << " values, yields " << yield.getNumOperands();
  /// `stack` is `element` with a leading dimension of `trips`.
  auto stacks = [&](Type stack, Type element) {
    auto s = cast<RankedTensorType>(stack), e = cast<RankedTensorType>(element);
    return s.getRank() == e.getRank() + 1 &&
           s.getDimSize(0) == int64_t(getTrips()) &&
           s.getShape().drop_front() == e.getShape() &&
           s.getElementType() == e.getElementType();
  };
  for (unsigned i = 0; i < carries; ++i) {
    Type type = getInits()[i].getType();
    if (body.getArgument(i).getType() != type ||
        yield.getOperand(i).getType() != type || getResult(i).getType() != type)
      return emitOpError() << "carry " << i << " changes its type: starts as "
                           << type << ", becomes "
                           << yield.getOperand(i).getType();
  }
  for (auto [i, sequence] : llvm::enumerate(getSequences()))
    if (!stacks(sequence.getType(), body.getArgument(carries + i).getType()))
      return emitOpError() << "sequence " << i << " of type "
                           << sequence.getType() << " does not slice into "
                           << getTrips() << " of "
                           << body.getArgument(carries + i).getType();
  unsigned first = carries + getSequences().size();
  for (auto [i, constant] : llvm::enumerate(getConstants()))
    if (constant.getType() != body.getArgument(first + i).getType())
      return emitOpError() << "constant " << i << " of type "
                           << constant.getType() << " enters the body as "
                           << body.getArgument(first + i).getType();
  for (unsigned i = carries; i < getNumResults(); ++i)
    if (!stacks(getResult(i).getType(), yield.getOperand(i).getType()))
      return emitOpError() << "result " << i << " of type "
                           << getResult(i).getType() << " does not stack "
                           << getTrips() << " of "
                           << yield.getOperand(i).getType();
  return success();
}

LogicalResult KernelOp::verify() {
  Block &body = getBody().front();
  auto yield = cast<YieldOp>(body.getTerminator());
  auto match = [&](Type a, Type b) {
    auto x = cast<RankedTensorType>(a), y = cast<RankedTensorType>(b);
    return x.getElementType() == y.getElementType() &&
           x.getNumElements() == y.getNumElements();
  };
  if (body.getNumArguments() != getNumOperands() ||
      yield.getNumOperands() != getNumResults())
    return emitOpError("body's arguments and yielded values must match the "
                       "operands and results in number");
  for (auto [arg, input] : llvm::zip(body.getArguments(), getInputs()))
    if (!match(arg.getType(), input.getType()))
      return emitOpError() << "operand of type " << input.getType()
                           << " enters the body as " << arg.getType();
  for (auto [value, result] : llvm::zip(yield.getOperands(), getResults()))
    if (!match(value.getType(), result.getType()))
      return emitOpError() << "yielded " << value.getType() << " leaves as "
                           << result.getType();
  return success();
}

//===-- Folders
//------------------------------------------------------------===//

/// Whether an attribute is a splat of `value` (compared exactly; for floats the
/// sign of zero counts, so that x + 0.0 never folds when x may be -0.0).
static bool isSplat(Attribute attr, double value) {
  auto elements = dyn_cast_or_null<SplatElementsAttr>(attr);
  if (!elements)
    return false;
  if (auto type = dyn_cast<FloatType>(elements.getElementType())) {
    auto x = elements.getSplatValue<APFloat>();
    APFloat want(value);
    bool loses;
    want.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                 &loses);
    return x.bitwiseIsEqual(want);
  }
  return elements.getSplatValue<APInt>() ==
         APInt(elements.getElementType().getIntOrFloatBitWidth(),
               static_cast<int64_t>(value), true);
}

static bool isFloat(Type type) {
  return isa<FloatType>(getElementTypeOrSelf(type));
}

OpFoldResult AddOp::fold(FoldAdaptor op) {
  // x + -0.0 is x for every x; x + 0.0 is not (-0.0 + 0.0 = 0.0).
  return isSplat(op.getRhs(), isFloat(getType()) ? -0.0 : 0.0) ? getLhs()
                                                               : Value();
}
OpFoldResult SubtractOp::fold(FoldAdaptor op) {
  return isSplat(op.getRhs(), 0.0) ? getLhs() : Value();
}
OpFoldResult MultiplyOp::fold(FoldAdaptor op) {
  return isSplat(op.getRhs(), 1.0) ? getLhs() : Value();
}
OpFoldResult DivideOp::fold(FoldAdaptor op) {
  return isSplat(op.getRhs(), 1.0) ? getLhs() : Value();
}
OpFoldResult SelectOp::fold(FoldAdaptor op) {
  if (getOnTrue() == getOnFalse())
    return getOnTrue();
  if (auto pred = dyn_cast_or_null<SplatElementsAttr>(op.getPred()))
    return pred.getSplatValue<bool>() ? getOnTrue() : getOnFalse();
  return {};
}
OpFoldResult ConvertOp::fold(FoldAdaptor) {
  return getOperand().getType() == getType() ? getOperand() : Value();
}

/// A splat of the same value in the result's type, if the operand is a splat.
static Attribute foldSplat(Attribute operand, Type type) {
  auto splat = dyn_cast_or_null<SplatElementsAttr>(operand);
  return splat ? splat.resizeSplat(cast<ShapedType>(type)) : Attribute();
}

OpFoldResult BroadcastInDimOp::fold(FoldAdaptor op) {
  if (getOperand().getType() == getType())
    return getOperand();
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult ReshapeOp::fold(FoldAdaptor op) {
  if (getOperand().getType() == getType())
    return getOperand();
  if (auto producer = getOperand().getDefiningOp<ReshapeOp>()) {
    setOperand(producer.getOperand());
    return getResult();
  }
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult TransposeOp::fold(FoldAdaptor op) {
  if (llvm::equal(getPermutation(),
                  llvm::seq<int64_t>(0, getPermutation().size())))
    return getOperand();
  if (auto producer = getOperand().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> composed;
    for (int64_t d : getPermutation())
      composed.push_back(producer.getPermutation()[d]);
    setOperand(producer.getOperand());
    setPermutation(composed);
    return getResult();
  }
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult SliceOp::fold(FoldAdaptor op) {
  if (getOperand().getType() == getType())
    return getOperand();
  return foldSplat(op.getOperand(), getType());
}
OpFoldResult ReduceOp::fold(FoldAdaptor) {
  return getDimensions().empty() ? getOperand() : Value();
}
OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }
