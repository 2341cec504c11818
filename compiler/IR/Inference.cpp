// Result types from operands and attributes.

#include "IR/Dlc.h"

#include "IR/Shapes.h"

using namespace mlir;
using namespace dlc;

static Type elementOf(Value v) { return tensorType(v).getElementType(); }
static ArrayRef<int64_t> shapeOf(Value v) { return tensorType(v).getShape(); }
static std::vector<shapes::Shape> shapesOf(ValueRange values) {
  std::vector<shapes::Shape> all;
  for (Value v : values)
    all.push_back(shapeOf(v).vec());
  return all;
}

/// For inferReturnTypes: the tensor, or the text at `loc`.
static LogicalResult infer(std::optional<Location> loc, const shapes::Result &r,
                           Type element, SmallVectorImpl<Type> &types) {
  if (!r.ok())
    return emitOptionalError(loc, r.error);
  types.push_back(RankedTensorType::get(r.shape, element));
  return success();
}

static LogicalResult elementsDiffer(std::optional<Location> loc, Value a,
                                    Value b) {
  return emitOptionalError(loc, "element types differ: ", elementOf(a), " vs ",
                           elementOf(b));
}

static LogicalResult checkScalars(std::optional<Location> loc,
                                  ValueRange values) {
  for (Value v : values)
    if (tensorType(v).getRank() != 0)
      return emitOptionalError(loc, "start indices must be scalars, got ",
                               v.getType());
  return success();
}

template <typename Op> static shapes::Window windowOf(Op op) {
  return {op.getWindow(), op.getStrides(), op.getDilations(), op.getLow(),
          op.getHigh()};
}

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
static LogicalResult inferTypes(IsFiniteOp::Adaptor op, std::optional<Location>,
                                SmallVectorImpl<Type> &types) {
  Type i1 = IntegerType::get(op.getOperand().getContext(), 1);
  types.push_back(tensorType(op.getOperand()).clone(i1));
  return success();
}

//===-- Index maps
//---------------------------------------------------------===//

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
static LogicalResult inferTypes(ConcatenateOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (op.getInputs().empty())
    return emitOptionalError(loc, "needs at least one operand");
  for (Value input : op.getInputs())
    if (elementOf(input) != elementOf(op.getInputs().front()))
      return elementsDiffer(loc, op.getInputs().front(), input);
  return infer(loc,
               shapes::concatenate(shapesOf(op.getInputs()), op.getDimension()),
               elementOf(op.getInputs().front()), types);
}
static LogicalResult inferTypes(DynamicSliceOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (failed(checkScalars(loc, op.getStarts())))
    return failure();
  return infer(loc,
               shapes::dynamicSlice(shapeOf(op.getOperand()),
                                    op.getStarts().size(), op.getSizes()),
               elementOf(op.getOperand()), types);
}

//===-- Reductions
//---------------------------------------------------------===//

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
static LogicalResult inferTypes(ReduceWindowOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::reduceWindow(shapeOf(op.getOperand()), windowOf(op)),
               elementOf(op.getOperand()), types);
}
/// The dimension `from` moved to the place `to`.
static shapes::Shape moved(ArrayRef<int64_t> shape, int64_t from, int64_t to) {
  shapes::Shape result = shape.vec();
  int64_t rank = shape.size();
  if (from < rank && to < rank) {
    result.erase(result.begin() + from);
    result.insert(result.begin() + to, shape[from]);
  }
  return result;
}
static LogicalResult inferTypes(ConvolutionOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (elementOf(op.getImages()) != elementOf(op.getFilters()))
    return elementsDiffer(loc, op.getImages(), op.getFilters());
  shapes::Shape images = shapeOf(op.getImages()).vec(),
                filters = shapeOf(op.getFilters()).vec();
  int64_t last = int64_t(images.size()) - 1;
  bool channelsLast =
      op.getChannelsLast() && last >= 1 && images.size() == filters.size();
  bool batchLast = op.getBatchLast() && last >= 1;
  if (channelsLast) {
    images = moved(images, last, 1);
    filters = moved(moved(filters, last, 0), last, 1);
  }
  if (batchLast)
    images = moved(images, last, 0);
  shapes::Result r =
      shapes::convolution(images, filters,
                          {op.getStrides(), op.getLow(), op.getHigh(),
                           op.getImageDilation(), op.getFilterDilation()},
                          op.getGroups(), op.getBatchGroups());
  if (op.getChannelsLast() && op.getBatchLast())
    r.error = "cannot have both channels and batch last";
  if (r.ok() && channelsLast)
    r.shape = moved(r.shape, 1, last);
  if (r.ok() && batchLast)
    r.shape = moved(r.shape, 0, last);
  return infer(loc, r, elementOf(op.getImages()), types);
}

//===-- Lookups
//------------------------------------------------------------===//

static LogicalResult inferTypes(GatherOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::gather(shapeOf(op.getOperand()),
                              shapeOf(op.getIndices()), op.getBatchDims(),
                              op.getIndexDims()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(SortOp::Adaptor op, std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (shapes::Result r =
          shapes::sort(shapesOf(op.getInputs()), op.getDimension());
      !r.ok())
    return emitOptionalError(loc, r.error);
  llvm::append_range(types, op.getInputs().getTypes());
  return success();
}
static LogicalResult inferTypes(OptimizationBarrierOp::Adaptor op,
                                std::optional<Location>,
                                SmallVectorImpl<Type> &types) {
  llvm::append_range(types, op.getInputs().getTypes());
  return success();
}

//===-- Composites
//---------------------------------------------------------===//

static LogicalResult inferTypes(SoftmaxCrossEntropyOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  auto rule = isa<FloatType>(elementOf(op.getLabels()))
                  ? shapes::softTargetCrossEntropy
                  : shapes::softmaxCrossEntropy;
  return infer(loc, rule(shapeOf(op.getLogits()), shapeOf(op.getLabels())),
               elementOf(op.getLogits()), types);
}
static LogicalResult inferTypes(ArgmaxOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc, shapes::argmax(shapeOf(op.getOperand()), op.getDimension()),
               IntegerType::get(op.getOperand().getContext(), 32), types);
}

static LogicalResult inferTypes(ArgminOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc, shapes::argmax(shapeOf(op.getOperand()), op.getDimension()),
               IntegerType::get(op.getOperand().getContext(), 32), types);
}
static LogicalResult inferTypes(LogSumExpOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  int64_t dimension = op.getDimension();
  return infer(loc, shapes::reduce(shapeOf(op.getOperand()), {&dimension, 1}),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(TopKOp::Adaptor op, std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  shapes::Result r = shapes::topK(shapeOf(op.getOperand()), op.getK());
  if (failed(infer(loc, r, elementOf(op.getOperand()), types)))
    return failure();
  return infer(loc, r, IntegerType::get(op.getOperand().getContext(), 32),
               types);
}
static LogicalResult inferTypes(MeanOp::Adaptor op, std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::reduce(shapeOf(op.getOperand()), op.getDimensions()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(VarianceOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::reduce(shapeOf(op.getOperand()), op.getDimensions()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(NormOp::Adaptor op, std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::reduce(shapeOf(op.getOperand()), op.getDimensions()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(EinsumOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (op.getInputs().empty())
    return emitOptionalError(loc, "needs at least one operand");
  for (Value input : op.getInputs())
    if (elementOf(input) != elementOf(op.getInputs().front()))
      return elementsDiffer(loc, op.getInputs().front(), input);
  return infer(loc,
               shapes::einsum(op.getEquation().str(), shapesOf(op.getInputs())),
               elementOf(op.getInputs().front()), types);
}

//===-- Layers
//-------------------------------------------------------------===//

static LogicalResult inferTypes(NllOp::Adaptor op, std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::softmaxCrossEntropy(shapeOf(op.getLogProbabilities()),
                                           shapeOf(op.getLabels())),
               elementOf(op.getLogProbabilities()), types);
}
static LogicalResult inferTypes(EmbeddingOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(
      loc, shapes::embedding(shapeOf(op.getTable()), shapeOf(op.getIndices())),
      elementOf(op.getTable()), types);
}
static LogicalResult inferTypes(MaxPoolOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::pool(shapeOf(op.getOperand()), op.getWindow(),
                            op.getStrides(), op.getLow(), op.getHigh()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(AvgPoolOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc,
               shapes::pool(shapeOf(op.getOperand()), op.getWindow(),
                            op.getStrides(), op.getLow(), op.getHigh()),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(GlobalAvgPoolOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  return infer(loc, shapes::globalAvgPool(shapeOf(op.getOperand())),
               elementOf(op.getOperand()), types);
}
static LogicalResult inferTypes(ConvTransposeOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (elementOf(op.getImages()) != elementOf(op.getFilters()))
    return elementsDiffer(loc, op.getImages(), op.getFilters());
  return infer(loc,
               shapes::convTranspose(shapeOf(op.getImages()),
                                     shapeOf(op.getFilters()), op.getStrides(),
                                     op.getPadding(), op.getOutputPadding(),
                                     op.getDilation(), op.getGroups()),
               elementOf(op.getImages()), types);
}
/// The result and, for each query, `second` (the weights, or one value).
static LogicalResult inferAttention(std::optional<Location> loc,
                                    const shapes::Result &result,
                                    ArrayRef<int64_t> second, Type element,
                                    SmallVectorImpl<Type> &types) {
  if (failed(infer(loc, result, element, types)))
    return failure();
  types.push_back(RankedTensorType::get(second, element));
  return success();
}
static LogicalResult inferTypes(ScaledDotProductAttentionOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (elementOf(op.getQuery()) != elementOf(op.getKey()))
    return elementsDiffer(loc, op.getQuery(), op.getKey());
  if (elementOf(op.getQuery()) != elementOf(op.getValue()))
    return elementsDiffer(loc, op.getQuery(), op.getValue());
  shapes::Dims mask;
  if (op.getMask())
    mask = shapeOf(op.getMask());
  ArrayRef<int64_t> query = shapeOf(op.getQuery());
  return inferAttention(loc,
                        shapes::attention(query, shapeOf(op.getKey()),
                                          shapeOf(op.getValue()),
                                          op.getMask() ? &mask : nullptr),
                        query.empty() ? query : query.drop_back(),
                        elementOf(op.getQuery()), types);
}
static LogicalResult inferTypes(AdditiveAttentionOp::Adaptor op,
                                std::optional<Location> loc,
                                SmallVectorImpl<Type> &types) {
  if (elementOf(op.getQuery()) != elementOf(op.getKey()))
    return elementsDiffer(loc, op.getQuery(), op.getKey());
  if (elementOf(op.getQuery()) != elementOf(op.getValue()))
    return elementsDiffer(loc, op.getQuery(), op.getValue());
  if (elementOf(op.getQuery()) != elementOf(op.getWeight()))
    return elementsDiffer(loc, op.getQuery(), op.getWeight());
  shapes::Dims mask;
  if (op.getMask())
    mask = shapeOf(op.getMask());
  shapes::Result r = shapes::additiveAttention(
      shapeOf(op.getQuery()), shapeOf(op.getKey()), shapeOf(op.getValue()),
      shapeOf(op.getWeight()), op.getMask() ? &mask : nullptr);
  shapes::Shape weights;
  if (r.ok())
    weights =
        shapes::attentionWeights(shapeOf(op.getQuery()), shapeOf(op.getKey()));
  return inferAttention(loc, r, weights, elementOf(op.getQuery()), types);
}

DLC_INFER(CompareOp)
DLC_INFER(IsFiniteOp)
DLC_INFER(TransposeOp)
DLC_INFER(SliceOp)
DLC_INFER(PadOp)
DLC_INFER(ConcatenateOp)
DLC_INFER(DynamicSliceOp)
DLC_INFER(ReduceOp)
DLC_INFER(DotGeneralOp)
DLC_INFER(ReduceWindowOp)
DLC_INFER(ConvolutionOp)
DLC_INFER(GatherOp)
DLC_INFER(SortOp)
DLC_INFER(OptimizationBarrierOp)
DLC_INFER(SoftmaxCrossEntropyOp)
DLC_INFER(ArgmaxOp)
DLC_INFER(ArgminOp)
DLC_INFER(LogSumExpOp)
DLC_INFER(TopKOp)
DLC_INFER(MeanOp)
DLC_INFER(VarianceOp)
DLC_INFER(NormOp)
DLC_INFER(EinsumOp)
DLC_INFER(NllOp)
DLC_INFER(EmbeddingOp)
DLC_INFER(MaxPoolOp)
DLC_INFER(AvgPoolOp)
DLC_INFER(GlobalAvgPoolOp)
DLC_INFER(ConvTransposeOp)
DLC_INFER(ScaledDotProductAttentionOp)
DLC_INFER(AdditiveAttentionOp)
