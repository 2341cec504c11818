// The emitters for CUDA, over the same expressions as on a CPU, with scalars.
//
// A tile is what one block of threads does, mostly 256 elements, one a thread.
// Blocks take tiles tile0 + block, + grid, …, so any grid is right and one of
// `dlc.tiles` blocks is best. Large products are computed in tiles of the
// result (GpuContraction.h); reductions by teams of threads
// (GpuReductions.cpp).

#include "IR/TurnedValues.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContraction.h"
#include "Lowering/GpuDepthwise.h"
#include "Lowering/GpuTurnedMap.h"
#include "Lowering/GpuVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

void dlc::forEachTile(KernelFunction &k, function_ref<void(Value)> body,
                      int64_t threads) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  // NVVM's own attributes may stand on an llvm.func alone: codegen adds them.
  k.function->setAttr("dlc.block", b.getI64IntegerAttr(threads));
  auto asIndex = [&](Value value) -> Value {
    return b.create<arith::IndexCastOp>(loc, b.getIndexType(), value);
  };
  Type i32 = b.getI32Type();
  Value block = asIndex(b.create<NVVM::BlockIdXOp>(loc, i32));
  Value grid = asIndex(b.create<NVVM::GridDimXOp>(loc, i32));
  Value first = b.create<arith::AddIOp>(loc, k.tile0(), block);
  auto loop = b.create<scf::ForOp>(loc, first, k.tile1(), grid);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(loop.getBody()->getTerminator());
  body(loop.getInductionVar());
}

Value dlc::threadId(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Value id = b.create<NVVM::ThreadIdXOp>(k.loc(), b.getI32Type());
  return b.create<arith::IndexCastOp>(k.loc(), b.getIndexType(), id);
}

void dlc::keepRolled(KernelFunction &k) {
  k.builder.create<LLVM::InlineAsmOp>(
      k.loc(), TypeRange(), ValueRange(), ".pragma \"nounroll\";",
      /*constraints=*/"", /*has_side_effects=*/true, /*is_align_stack=*/false,
      LLVM::AsmDialectAttr(), ArrayAttr());
}

void dlc::when(KernelFunction &k, Value condition, function_ref<void()> body) {
  OpBuilder &b = k.builder;
  auto branch = b.create<scf::IfOp>(k.loc(), condition, /*withElse=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPoint(branch.thenBlock()->getTerminator());
  body();
}

static Value isBelow(KernelFunction &k, Value index, int64_t limit) {
  return k.builder.create<arith::CmpIOp>(k.loc(), arith::CmpIPredicate::ult,
                                         index, k.constant(limit));
}

int64_t dlc::forEachElement(KernelFunction &k, ArrayRef<int64_t> shape,
                            function_ref<void(SmallVector<Value>)> body) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  int64_t elements = 1;
  for (int64_t size : shape)
    elements *= size;
  Value thread = threadId(k);
  forEachTile(k, [&](Value tile) {
    Value first = b.create<arith::MulIOp>(loc, tile, k.constant(blockThreads));
    Value element = b.create<arith::AddIOp>(loc, first, thread);
    when(k, isBelow(k, element, elements),
         [&] { body(k.delinearize(element, shape)); });
  });
  return llvm::divideCeil(elements, blockThreads);
}

FailureOr<int64_t> dlc::emitMapLanes(KernelFunction &k) {
  if (std::optional<int64_t> turned = turnedOf(k.kernel))
    return emitTurnedMap(k, *turned);
  ExpressionEmitter emitter(k);
  ArrayRef<int64_t> shape = tensorType(k.yields()[0]).getShape();
  bool mayBeRagged = shape.size() == 1 && !k.inLoop;
  int64_t width = threadVector(k.yields(), shape, mayBeRagged);
  width = fillingVector(width, computeProduct(shape));
  return forEachVector(k, emitter, shape, width, [&](const Point &point) {
    emitter.storeYields(shape, point);
  });
}

/// The sum over one block of at most 512 products, the same as on a CPU.
static constexpr int64_t blockDepth = 512;

FailureOr<int64_t> dlc::emitContractionLanes(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  ExpressionEmitter emitter(k);
  DotGeneralOp dot = *k.body().getOps<DotGeneralOp>().begin();
  if (std::optional<GpuProduct> product = productOf(k))
    if (std::optional<int64_t> tiles = emitTiledProduct(k, *product))
      return *tiles;
  auto type = tensorType(dot.getResult());
  SmallVector<int64_t> depthShape;
  int64_t depth = 1;
  for (int64_t d : dot.getLhsContract()) {
    depthShape.push_back(tensorType(dot.getLhs()).getDimSize(d));
    depth *= depthShape.back();
  }
  return forEachElement(k, type.getShape(), [&](SmallVector<Value> index) {
    // The result's dimensions: batch, free ones of lhs, free ones of rhs.
    size_t free = dot.getLhsBatch().size();
    auto pointOf = [&](Value operand, ArrayRef<int64_t> batch,
                       ArrayRef<int64_t> contract, ArrayRef<Value> inner,
                       size_t &free) {
      SmallVector<Value> at(tensorType(operand).getRank());
      for (auto [i, d] : llvm::enumerate(batch))
        at[d] = index[i];
      for (auto [i, d] : llvm::enumerate(contract))
        at[d] = inner[i];
      for (Value &coordinate : at)
        if (!coordinate)
          coordinate = index[free++];
      return Point(at);
    };
    auto addProducts = [&](Value lower, Value upper) {
      Value zero = emitter.identity(Reduction::add, type.getElementType(), 1);
      return k.forEach(
          lower, upper, 1, zero, [&](Value position, ValueRange sum) {
            ExpressionEmitter::Scope scope(emitter);
            SmallVector<Value> inner = k.delinearize(position, depthShape);
            size_t next = free;
            Point left = pointOf(dot.getLhs(), dot.getLhsBatch(),
                                 dot.getLhsContract(), inner, next);
            Point right = pointOf(dot.getRhs(), dot.getRhsBatch(),
                                  dot.getRhsContract(), inner, next);
            Value x = emitter.at(dot.getLhs(), left);
            Value y = emitter.at(dot.getRhs(), right);
            return SmallVector<Value>{b.create<math::FmaOp>(loc, x, y, sum[0])};
          })[0];
    };
    Value end = k.constant(depth), sum;
    if (depth <= blockDepth) {
      sum = addProducts(k.constant(0), end);
    } else {
      Value zero = emitter.identity(Reduction::add, type.getElementType(), 1);
      sum = k.forEach(k.constant(0), end, blockDepth, zero,
                      [&](Value lower, ValueRange sum) {
                        Value upper = emitter.affine(lower, 1, blockDepth);
                        upper = b.create<arith::MinUIOp>(loc, upper, end);
                        Value block = addProducts(lower, upper);
                        return SmallVector<Value>{
                            b.create<arith::AddFOp>(loc, sum[0], block)};
                      })[0];
    }
    emitter.bind(dot.getResult(), Point(index), sum);
    emitter.storeYields(type.getShape(), Point(index));
  });
}

/// One thread an element, which walks the taps as WindowEmitter.cpp does.
FailureOr<int64_t> dlc::emitWindowLanes(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  ExpressionEmitter emitter(k);
  ConvolutionOp op = *k.body().getOps<ConvolutionOp>().begin();
  if (std::optional<GpuProduct> product = productOf(k))
    if (std::optional<int64_t> tiles = emitTiledProduct(k, *product))
      return *tiles;
  if (std::optional<int64_t> tiles = emitDepthwise(k, op))
    return *tiles;
  if (std::optional<int64_t> tiles = emitDepthwiseFilters(k, op))
    return *tiles;
  auto type = tensorType(op.getResult());
  int64_t rank = type.getRank();
  SmallVector<int64_t> depth(
      tensorType(op.getFilters()).getShape().drop_back());
  auto scaled = [&](Value index, int64_t by) {
    return emitter.affine(index, by, 0);
  };
  // The group that an output channel belongs to, times what a group has.
  auto offset = [&](Value channel, int64_t groups, int64_t step) -> Value {
    Value perGroup = k.constant(type.getShape().back() / groups);
    return scaled(b.create<arith::DivUIOp>(loc, channel, perGroup), step);
  };
  // The pixel that a place before padding and dilation is. Padding and gaps
  // are none: `isPixel` becomes false there.
  auto pixelAt = [&](Value place, ConvolutionOp op, int64_t d,
                     Value &isPixel) -> Value {
    auto both = [&](Value condition) {
      isPixel = isPixel ? b.create<arith::AndIOp>(loc, isPixel, condition)
                        : condition;
    };
    int64_t low = op.getLow()[d - 1], apart = op.getImageDilation()[d - 1];
    if (low == 0 && op.getHigh()[d - 1] <= 0 && apart == 1)
      return place;
    if (low != 0)
      place = b.create<arith::SubIOp>(loc, place, k.constant(low));
    if (apart != 1) {
      Value rest = b.create<arith::RemSIOp>(loc, place, k.constant(apart));
      both(b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, rest,
                                   k.constant(0)));
      place = b.create<arith::DivSIOp>(loc, place, k.constant(apart));
    }
    // Below 0 is large without a sign.
    int64_t size = tensorType(op.getImages()).getDimSize(d);
    both(b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, place,
                                 k.constant(size)));
    return place;
  };
  return forEachElement(k, type.getShape(), [&](SmallVector<Value> index) {
    Value channel = index.back(), image = index[0], group;
    if (op.getBatchGroups() != 1)
      image = b.create<arith::AddIOp>(
          loc, image, offset(channel, op.getBatchGroups(), type.getDimSize(0)));
    if (op.getGroups() != 1)
      group = offset(channel, op.getGroups(), depth.back());
    Value zero = emitter.identity(Reduction::add, type.getElementType(), 1);
    int64_t taps = 1;
    for (int64_t size : depth)
      taps *= size;
    Value sum = k.forEach(
        k.constant(0), k.constant(taps), 1, zero,
        [&](Value position, ValueRange sum) {
          ExpressionEmitter::Scope scope(emitter);
          SmallVector<Value> tap = k.delinearize(position, depth);
          SmallVector<Value> pixel = {image}, weight = tap;
          Value isPixel;
          for (int64_t d = 1; d < rank - 1; ++d) {
            Value start = scaled(index[d], op.getStrides()[d - 1]);
            Value along = scaled(tap[d - 1], op.getFilterDilation()[d - 1]);
            Value place = b.create<arith::AddIOp>(loc, start, along);
            pixel.push_back(pixelAt(place, op, d, isPixel));
          }
          Value input = tap.back();
          if (group)
            input = b.create<arith::AddIOp>(loc, group, input);
          pixel.push_back(input);
          weight.push_back(channel);
          auto next = [&]() -> Value {
            Value x = emitter.at(op.getImages(), Point(pixel));
            Value y = emitter.at(op.getFilters(), Point(weight));
            return b.create<math::FmaOp>(loc, x, y, sum[0]);
          };
          if (!isPixel)
            return SmallVector<Value>{next()};
          auto branch = b.create<scf::IfOp>(loc, sum[0].getType(), isPixel,
                                            /*withElse=*/true);
          OpBuilder::InsertionGuard guard(b);
          b.setInsertionPointToStart(branch.thenBlock());
          b.create<scf::YieldOp>(loc, next());
          b.setInsertionPointToStart(branch.elseBlock());
          b.create<scf::YieldOp>(loc, sum[0]);
          return SmallVector<Value>{branch.getResult(0)};
        })[0];
    emitter.bind(op.getResult(), Point(index), sum);
    emitter.storeYields(type.getShape(), Point(index));
  });
}
