// What a chain sums over rows, and which of its steps a kernel has: see
// GpuChain.h.

#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuChain.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

namespace {

class ChainSums : GpuChain {
public:
  ChainSums(KernelFunction &kernel, const ChainBlock &block);
  int64_t emit();

private:
  void writeSums(ValueRange sums);

  Value column0;
};

} // namespace

ChainSums::ChainSums(KernelFunction &kernel, const ChainBlock &block)
    : GpuChain(kernel, ChainStep::sums, block) {
  addProducts(plan.adds, /*alongDepth=*/false);
}

void ChainSums::writeSums(ValueRange sums) {
  size_t each = sums.size() / products.size();
  for (auto [j, product] : llvm::enumerate(products)) {
    m.barrier();
    product.store(sums.slice(j * each, each), shared, block.resultPitch);
    m.barrier();
    Value found = DotGeneralOp(plan.adds[j]).getResult();
    int64_t columns = tensorType(found).getShape().back();
    Result result{
        shared,    key0,   column0, block.resultRows, block.resultColumns,
        plan.keys, columns};
    for (unsigned i = 0; i < k.yields().size(); ++i)
      if (yieldedBy(i) == found)
        write(i, result, [&](const Point &point, Value, Value place) {
          Type type = GpuMemory::vectorOf(plan.element, point.width);
          emitter.bind(found, point, m.load(type, place));
        });
  }
}

int64_t ChainSums::emit() {
  int64_t widest = 1;
  for (DotGeneralOp dot : plan.adds)
    widest = std::max(widest, tensorType(dot.getResult()).getShape().back());
  int64_t down = llvm::divideCeil(plan.keys, block.keys);
  int64_t across = llvm::divideCeil(widest, block.resultColumns);
  forEachTile(
      k,
      [&](Value item) {
        ExpressionEmitter::Scope scope(emitter);
        SmallVector<Value> at =
            k.delinearize(item, {plan.batches, down, across});
        setBatch(at[0]);
        key0 = m.times(at[1], block.keys);
        column0 = m.times(at[2], block.resultColumns);
        writeSums(addWindows(row0, block.rows, plan.rows, column0));
      },
      ChainBlock::threads);
  return plan.batches * down * across;
}

int64_t dlc::emitChainSums(KernelFunction &kernel, const ChainBlock &block) {
  return ChainSums(kernel, block).emit();
}

//===-- The kernel --------------------------------------------------------===//

int64_t dlc::scratchOfChain(KernelOp kernel) {
  if (kernel.getEmitter() != Emitter::chain)
    return 0;
  ChainPlan plan(kernel.getBody().front(), ChainStep::sums);
  return plan.known.size() * plan.batches * plan.rows;
}

static FailureOr<int64_t> emitSums(KernelFunction &k) {
  ChainPlan plan(k.body(), ChainStep::sums);
  return emitChainSums(k, *sumsBlock(plan, k.target.sm));
}

FailureOr<int64_t> dlc::emitChainLanes(KernelFunction &k) {
  ChainPlan plan(k.body(), ChainStep::rows);
  bool hasRows = !plan.weighs.empty() || !plan.passes.empty();
  if (!hasRows)
    return emitSums(k);
  if (!plan.adds.empty())
    k.secondStep = emitSums;
  bool tensor = mathOf(plan.element, k.target) != GpuMath::fma;
  return emitChainRows(k, *rowsBlock(plan, k.target.sm, tensor));
}
