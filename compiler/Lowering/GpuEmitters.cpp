// The emitters for CUDA, over the same expressions as on a CPU, with scalars.
//
// A tile is what one block of 256 threads does: 256 elements of a map, of a
// column reduction's result or of a product, or 8 rows, one to a warp. Blocks
// take tiles tile0 + block, + grid, …, so any grid is right and one of
// `dlc.tiles` blocks is best.

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/Reductions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace dlc;

void dlc::forEachTile(KernelFunction &k, function_ref<void(Value)> body) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  // NVVM's own attributes may stand on an llvm.func alone: codegen adds them.
  k.function->setAttr("dlc.block", b.getI64IntegerAttr(blockThreads));
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
  ExpressionEmitter emitter(k);
  ArrayRef<int64_t> shape = tensorType(k.yields()[0]).getShape();
  return forEachElement(k, shape, [&](SmallVector<Value> index) {
    emitter.storeYields(shape, Point(index));
  });
}

/// What the thread `distance` lanes away (by exclusive or) holds.
static Value shuffle(KernelFunction &k, Value value, int64_t distance) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  Type type = value.getType(), i32 = b.getI32Type(), i64 = b.getI64Type();
  auto number = [&](int64_t n) -> Value {
    return b.create<arith::ConstantIntOp>(loc, n, 32);
  };
  auto exchange = [&](Value word) -> Value {
    return b.create<NVVM::ShflOp>(loc, i32, number(-1), word, number(distance),
                                  number(warpThreads - 1), NVVM::ShflKind::bfly,
                                  UnitAttr());
  };
  unsigned bits = type.getIntOrFloatBitWidth();
  if (bits < 32) {
    Value wide = b.create<arith::ExtUIOp>(loc, i32, value);
    return b.create<arith::TruncIOp>(loc, type, exchange(wide));
  }
  bool isFloat = isa<FloatType>(type);
  Type raw = bits == 32 ? i32 : i64;
  if (isFloat)
    value = b.create<arith::BitcastOp>(loc, raw, value);
  if (bits == 32) {
    value = exchange(value);
  } else {
    Value half = b.create<arith::ConstantIntOp>(loc, 32, 64);
    Value low = exchange(b.create<arith::TruncIOp>(loc, i32, value));
    Value high = exchange(b.create<arith::TruncIOp>(
        loc, i32, b.create<arith::ShRUIOp>(loc, value, half)));
    high = b.create<arith::ShLIOp>(
        loc, b.create<arith::ExtUIOp>(loc, i64, high), half);
    value = b.create<arith::OrIOp>(loc, high,
                                   b.create<arith::ExtUIOp>(loc, i64, low));
  }
  if (isFloat)
    value = b.create<arith::BitcastOp>(loc, type, value);
  return value;
}

/// The shape that the kernel's reductions take.
static ArrayRef<int64_t> reducedShape(KernelFunction &k) {
  ReduceOp first = *k.body().getOps<ReduceOp>().begin();
  return tensorType(first.getOperand()).getShape();
}

namespace {
/// The elements that a thread reduces: positions lower, lower + step, … below
/// upper, each at a point.
struct Reduced {
  Value lower;
  int64_t upper, step;
  function_ref<Point(Value)> pointAt;
  /// Combines what the threads of a warp have.
  bool acrossWarp;
};
} // namespace

/// One pass; its results are bound at `kept`.
static void emitPass(KernelFunction &k, ExpressionEmitter &emitter,
                     ReductionPass &pass, const Reduced &reduced,
                     const Point &kept) {
  auto elementOf = [](ReduceOp reduce) {
    return tensorType(reduce.getResult()).getElementType();
  };
  emitter.evaluateInvariants(pass.roots, reduced.pointAt(Value()));
  SmallVector<Value> sums;
  for (ReduceOp reduce : pass.reductions)
    sums.push_back(emitter.identity(reduce.getKind(), elementOf(reduce), 1));
  sums = k.forEach(reduced.lower, k.constant(reduced.upper), reduced.step, sums,
                   [&](Value position, ValueRange accumulators) {
                     ExpressionEmitter::Scope scope(emitter);
                     Point point = reduced.pointAt(position);
                     SmallVector<Value> next;
                     for (auto [reduce, accumulator] :
                          llvm::zip_equal(pass.reductions, accumulators))
                       next.push_back(emitter.combine(
                           reduce.getKind(), elementOf(reduce), accumulator,
                           emitter.at(reduce.getOperand(), point)));
                     if (pass.reductions.empty())
                       emitter.storeYields(reducedShape(k), point);
                     return next;
                   });
  for (auto [reduce, sum] : llvm::zip_equal(pass.reductions, sums)) {
    Value total = sum;
    for (int64_t distance = warpThreads / 2; reduced.acrossWarp && distance > 0;
         distance /= 2)
      total = emitter.combine(reduce.getKind(), elementOf(reduce), total,
                              shuffle(k, total, distance));
    emitter.bind(reduce.getResult(), kept, total);
  }
}

FailureOr<int64_t> dlc::emitRowLanes(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  ExpressionEmitter emitter(k);
  ReduceOp first = *k.body().getOps<ReduceOp>().begin();
  ArrayRef<int64_t> shape = reducedShape(k);
  size_t outer = shape.size() - first.getDimensions().size();
  ArrayRef<int64_t> rowShape = shape.take_front(outer);
  ArrayRef<int64_t> columnShape = shape.drop_front(outer);
  int64_t rows = 1, columns = 1;
  for (auto [d, size] : llvm::enumerate(shape))
    (d < outer ? rows : columns) *= size;

  constexpr int64_t rowsPerTile = blockThreads / warpThreads;
  Value thread = threadId(k);
  Value warp = b.create<arith::DivUIOp>(loc, thread, k.constant(warpThreads));
  Value lane = b.create<arith::RemUIOp>(loc, thread, k.constant(warpThreads));
  forEachTile(k, [&](Value tile) {
    Value item = b.create<arith::AddIOp>(
        loc, b.create<arith::MulIOp>(loc, tile, k.constant(rowsPerTile)), warp);
    // All lanes of a warp take the same branch.
    when(k, isBelow(k, item, rows), [&] {
      SmallVector<Value> row = k.delinearize(item, rowShape);
      auto pointAt = [&](Value column) {
        SmallVector<Value> index(row);
        if (column)
          llvm::append_range(index, k.delinearize(column, columnShape));
        Point point(index);
        point.index.resize(shape.size(), Coordinate(Value()));
        return point;
      };
      Reduced reduced{lane, columns, warpThreads, pointAt, true};
      for (ReductionPass &pass : planPasses(k.body(), shape, false))
        emitPass(k, emitter, pass, reduced, Point(row));
      if (outer == shape.size())
        return;
      // An output may lie over an input that another lane still reads.
      b.create<NVVM::SyncWarpOp>(loc,
                                 b.create<arith::ConstantIntOp>(loc, -1, 32));
      Value isFirst = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                              lane, k.constant(0));
      when(k, isFirst, [&] { emitter.storeYields(rowShape, Point(row)); });
    });
  });
  return llvm::divideCeil(rows, rowsPerTile);
}

FailureOr<int64_t> dlc::emitColumnLanes(KernelFunction &k) {
  ExpressionEmitter emitter(k);
  ReduceOp first = *k.body().getOps<ReduceOp>().begin();
  ArrayRef<int64_t> shape = reducedShape(k);
  int64_t dimension = first.getDimensions()[0];
  ArrayRef<int64_t> keptShape = tensorType(first.getResult()).getShape();
  return forEachElement(k, keptShape, [&](SmallVector<Value> index) {
    auto pointAt = [&](Value position) {
      Point point(index);
      point.index.insert(point.index.begin() + dimension, Coordinate(position));
      return point;
    };
    Reduced reduced{k.constant(0), shape[dimension], 1, pointAt, false};
    for (ReductionPass &pass : planPasses(k.body(), shape, false))
      emitPass(k, emitter, pass, reduced, Point(index));
    emitter.storeYields(keptShape, Point(index));
  });
}

/// The sum over one block of at most 512 products, the same as on a CPU.
static constexpr int64_t blockDepth = 512;

FailureOr<int64_t> dlc::emitContractionLanes(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  ExpressionEmitter emitter(k);
  DotGeneralOp dot = *k.body().getOps<DotGeneralOp>().begin();
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
          for (int64_t d = 1; d < rank - 1; ++d) {
            Value start = scaled(index[d], op.getStrides()[d - 1]);
            Value along = scaled(tap[d - 1], op.getFilterDilation()[d - 1]);
            pixel.push_back(b.create<arith::AddIOp>(loc, start, along));
          }
          Value input = tap.back();
          if (group)
            input = b.create<arith::AddIOp>(loc, group, input);
          pixel.push_back(input);
          weight.push_back(channel);
          Value x = emitter.at(op.getImages(), Point(pixel));
          Value y = emitter.at(op.getFilters(), Point(weight));
          return SmallVector<Value>{b.create<math::FmaOp>(loc, x, y, sum[0])};
        })[0];
    emitter.bind(op.getResult(), Point(index), sum);
    emitter.storeYields(type.getShape(), Point(index));
  });
}
