// map and row for CUDA, over the same expressions as on a CPU, with scalars.
//
// A tile is what one block of 256 threads does: 256 elements of a map, or 8
// rows, one to a warp. Blocks take tiles tile0 + block, + grid, …, so any grid
// is right and one of `dlc.tiles` blocks is best.

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Reductions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace dlc;

static constexpr int64_t blockThreads = 256, warpThreads = 32;

/// Marks the kernel as one for blocks of 256 threads and runs `body` for each
/// tile of this block.
static void forEachTile(KernelFunction &k, function_ref<void(Value)> body) {
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

static Value threadId(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Value id = b.create<NVVM::ThreadIdXOp>(k.loc(), b.getI32Type());
  return b.create<arith::IndexCastOp>(k.loc(), b.getIndexType(), id);
}

/// if (condition) body().
static void when(KernelFunction &k, Value condition,
                 function_ref<void()> body) {
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

FailureOr<int64_t> dlc::emitMapLanes(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  ExpressionEmitter emitter(k);
  auto type = tensorType(k.yields()[0]);
  int64_t elements = type.getNumElements();
  Value thread = threadId(k);
  forEachTile(k, [&](Value tile) {
    Value first = b.create<arith::MulIOp>(loc, tile, k.constant(blockThreads));
    Value element = b.create<arith::AddIOp>(loc, first, thread);
    when(k, isBelow(k, element, elements), [&] {
      emitter.storeYields(type.getShape(),
                          Point(k.delinearize(element, type.getShape())));
    });
  });
  return llvm::divideCeil(elements, blockThreads);
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

FailureOr<int64_t> dlc::emitRowLanes(KernelFunction &k) {
  OpBuilder &b = k.builder;
  Location loc = k.loc();
  ExpressionEmitter emitter(k);
  ReduceOp first = *k.body().getOps<ReduceOp>().begin();
  ArrayRef<int64_t> shape = tensorType(first.getOperand()).getShape();
  size_t outer = shape.size() - first.getDimensions().size();
  ArrayRef<int64_t> rowShape = shape.take_front(outer);
  ArrayRef<int64_t> columnShape = shape.drop_front(outer);
  int64_t rows = 1, columns = 1;
  for (auto [d, size] : llvm::enumerate(shape))
    (d < outer ? rows : columns) *= size;
  auto passes = planPasses(k.body(), shape, /*keepDear=*/false);

  constexpr int64_t rowsPerTile = blockThreads / warpThreads;
  Value thread = threadId(k);
  Value warp = b.create<arith::DivUIOp>(loc, thread, k.constant(warpThreads));
  Value lane = b.create<arith::RemUIOp>(loc, thread, k.constant(warpThreads));

  auto emitPass = [&](ReductionPass &pass, ArrayRef<Value> row) {
    auto elementOf = [](ReduceOp reduce) {
      return tensorType(reduce.getResult()).getElementType();
    };
    SmallVector<Value> sums;
    for (ReduceOp reduce : pass.reductions)
      sums.push_back(emitter.identity(reduce.getKind(), elementOf(reduce), 1));
    sums = k.forEach(lane, k.constant(columns), warpThreads, sums,
                     [&](Value column, ValueRange accumulators) {
                       ExpressionEmitter::Scope scope(emitter);
                       SmallVector<Value> index(row);
                       llvm::append_range(index,
                                          k.delinearize(column, columnShape));
                       Point point(index);
                       SmallVector<Value> next;
                       for (auto [reduce, accumulator] :
                            llvm::zip_equal(pass.reductions, accumulators))
                         next.push_back(emitter.combine(
                             reduce.getKind(), elementOf(reduce), accumulator,
                             emitter.at(reduce.getOperand(), point)));
                       if (pass.reductions.empty())
                         emitter.storeYields(shape, point);
                       return next;
                     });
    for (auto [reduce, sum] : llvm::zip_equal(pass.reductions, sums)) {
      Value total = sum;
      for (int64_t distance = warpThreads / 2; distance > 0; distance /= 2)
        total = emitter.combine(reduce.getKind(), elementOf(reduce), total,
                                shuffle(k, total, distance));
      emitter.bind(reduce.getResult(), Point(row), total);
    }
  };

  forEachTile(k, [&](Value tile) {
    Value item = b.create<arith::AddIOp>(
        loc, b.create<arith::MulIOp>(loc, tile, k.constant(rowsPerTile)), warp);
    // All lanes of a warp take the same branch.
    when(k, isBelow(k, item, rows), [&] {
      SmallVector<Value> row = k.delinearize(item, rowShape);
      for (ReductionPass &pass : passes)
        emitPass(pass, row);
      if (outer == shape.size())
        return;
      Value isFirst = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                              lane, k.constant(0));
      when(k, isFirst, [&] { emitter.storeYields(rowShape, Point(row)); });
    });
  });
  return llvm::divideCeil(rows, rowsPerTile);
}
