// What a chain computes for its rows: see GpuChain.h.

#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuChain.h"
#include "Lowering/GpuWarp.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace dlc;

namespace {

class ChainRows : GpuChain {
public:
  ChainRows(KernelFunction &kernel, const ChainBlock &block);
  int64_t emit();

private:
  void emitWhole();
  void emitWindows();
  void emitKept();
  void bindReductions(const Point &kept, Value row);
  Value resultAt(size_t product) {
    return m.at(shared, block.resultsAt + product * block.resultBytes());
  }
  bool leavesReductions() const { return scratchOfChain(k.kernel) != 0; }
};

} // namespace

ChainRows::ChainRows(KernelFunction &kernel, const ChainBlock &block)
    : GpuChain(kernel, ChainStep::rows, block) {
  addProducts(plan.weighs, /*alongDepth=*/true);
}

/// All keys at once.
void ChainRows::emitWhole() {
  key0 = k.constant(0);
  emitScores();
  auto widthOf = [&](size_t i) {
    DotGeneralOp dot = plan.weighs[i];
    return tensorType(dot.getResult()).getShape().back();
  };
  bool isFirstStarted = !products.empty() && products.front().canStart() &&
                        widthOf(0) <= block.resultColumns;
  emitPasses([&] {
    if (!isFirstStarted)
      return;
    products.front().begin(Value(), k.constant(0));
    Value keys = k.constant(plan.keys);
    products.front().start(k.constant(0), keys, shared);
  });
  for (auto [i, product] : llvm::enumerate(products)) {
    ChainProduct &tiles = product;
    bool isStarted = isFirstStarted && i == 0;
    Value weights = bufferOf(lefts[i]), place = resultAt(i);
    auto tile = [&](Value column) {
      if (!isStarted)
        tiles.begin(Value(), column);
      SmallVector<Value> sums = tiles.addAll(shared, weights, isStarted);
      // It may lie over what others still multiply.
      m.barrier();
      Value target = m.at(place, m.times(column, plan.elementBytes()));
      tiles.store(sums, target, block.resultPitch);
    };
    if (isStarted)
      tile(k.constant(0));
    else
      k.forEach(k.constant(0), k.constant(widthOf(i)), block.resultColumns,
                tile);
  }
}

/// Some keys after others.
void ChainRows::emitWindows() {
  Value column0 = k.constant(0);
  SmallVector<Value> sums = addWindows(key0, block.keys, plan.keys, column0);
  // They may lie over what others still multiply.
  m.barrier();
  size_t each = products.empty() ? 0 : sums.size() / products.size();
  for (auto [i, product] : llvm::enumerate(products))
    product.store(ArrayRef(sums).slice(i * each, each), resultAt(i),
                  block.resultPitch);
}

void ChainRows::bindReductions(const Point &kept, Value row) {
  for (auto [i, reduce] : llvm::enumerate(reductions)) {
    Type type = registerType(tensorType(reduce.getResult()).getElementType());
    Value word = m.load(b.getI64Type(), reducedAt(i, row));
    emitter.bind(reduce.getResult(), kept, fromWord(b, loc, word, type));
  }
}

/// What there is one of for each row, a thread a row.
void ChainRows::emitKept() {
  int64_t rank = plan.batch.size() + 1;
  SmallVector<unsigned> yields;
  for (auto [i, v] : llvm::enumerate(k.yields()))
    if (tensorType(v).getRank() == rank)
      yields.push_back(i);
  if (yields.empty() && !leavesReductions())
    return;
  Value row = m.plus(row0, thread);
  Value isInBlock = m.isBelow(thread, block.rows);
  Value isRow = m.isBelow(row, plan.rows);
  when(k, m.both(isInBlock, isRow), [&] {
    ExpressionEmitter::Scope scope(emitter);
    SmallVector<Value> index = batch;
    index.push_back(row);
    Point kept(index);
    bindReductions(kept, thread);
    for (unsigned i : yields) {
      Value v = k.yields()[i];
      emitter.store(emitter.at(v, kept), tensorType(v).getElementType(),
                    k.output(i), kept);
    }
    if (!leavesReductions())
      return;
    ChainPlan then(k.body(), ChainStep::sums);
    for (auto [i, reduce] : llvm::enumerate(then.known)) {
      size_t number = llvm::find(reductions, reduce) - reductions.begin();
      Value word = m.load(b.getI64Type(), reducedAt(number, thread));
      b.create<memref::StoreOp>(loc, word, k.scratch(), scratchAt(i, row));
    }
  });
}

int64_t ChainRows::emit() {
  int64_t blocks = llvm::divideCeil(plan.rows, block.rows);
  forEachTile(
      k,
      [&](Value item) {
        ExpressionEmitter::Scope scope(emitter);
        SmallVector<Value> at = k.delinearize(item, {plan.batches, blocks});
        setBatch(at[0]);
        row0 = m.times(at[1], block.rows);
        if (block.keys < plan.keys)
          emitWindows();
        else
          emitWhole();
        m.barrier();
        emitKept();
        for (auto [i, v] : llvm::enumerate(k.yields())) {
          Value value = yieldedBy(i);
          auto dot = value.getDefiningOp<DotGeneralOp>();
          if (tensorType(v).getRank() != int64_t(plan.batch.size()) + 2 ||
              (dot && llvm::is_contained(plan.adds, dot)))
            continue;
          int64_t columns = tensorType(value).getShape().back();
          Result result{shared,  row0,      k.constant(0), block.rows,
                        columns, plan.rows, columns};
          write(i, result, [&](const Point &point, Value row, Value place) {
            Point kept = point;
            kept.index.pop_back();
            bindReductions(kept, row);
            for (auto [j, product] : llvm::enumerate(plan.weighs)) {
              Value found = DotGeneralOp(product).getResult();
              if (tensorType(found).getShape().back() != columns)
                continue;
              Type type = GpuMemory::vectorOf(plan.element, point.width);
              int64_t offset = block.resultsAt + j * block.resultBytes();
              emitter.bind(found, point, m.load(type, m.at(place, offset)));
            }
          });
        }
        // What lies there is read before the next rows' tiles come: a product
        // begins with a barrier.
      },
      ChainBlock::threads);
  return plan.batches * blocks;
}

int64_t dlc::emitChainRows(KernelFunction &kernel, const ChainBlock &block) {
  return ChainRows(kernel, block).emit();
}
