// Filters' gradients: every tile of a call adds a block of channels (or of
// taps) to its sums in memory before the next block, which a cache holds.

#include "Lowering/WindowEmitter.h"

#include "Lowering/Elementwise.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// The block with these indices.
WindowEmitter::Part WindowEmitter::partAt(ArrayRef<Value> block) {
  if (window.tapBlocks.empty()) {
    Value first = mul(block.front(), window.channelBlock);
    Value end = b.createOrFold<arith::MinUIOp>(
        loc, add(first, k.constant(window.channelBlock)),
        k.constant(window.channels));
    return {first, end, {}};
  }
  Part part = {k.constant(0), k.constant(window.channels), {}};
  for (auto [i, taps] : llvm::zip_equal(block, window.tapBlocks))
    part.taps.push_back(mul(i, taps));
  return part;
}

/// Room for a block of an operand, [everything else][channels of a block], as
/// micro-kernels take it.
Value WindowEmitter::allocateCopy(Value operand) {
  int64_t size = tensorType(operand).getNumElements() / window.channels *
                 window.channelBlock;
  auto type = MemRefType::get({size}, element());
  return anySize(
      b.create<memref::AllocaOp>(loc, type, b.getI64IntegerAttr(64)));
}

/// Copies `count` channels from `first` on.
void WindowEmitter::copyBlock(Value operand, Value from, Value first,
                              Value count, Value to) {
  int64_t lines = tensorType(operand).getNumElements() / window.channels;
  auto vector = VectorType::get({lanes}, element());
  Value none = zeroLike(b, loc, vector);
  k.forEach(k.constant(0), k.constant(lines), 1, [&](Value line) {
    Value source = add(mul(line, window.channels), first),
          target = mul(line, window.channelBlock);
    k.forEach(k.constant(0), count, lanes, [&](Value channel) {
      Value mask = emitter.prefixMask(lanes, sub(count, channel));
      Value loaded = b.create<vector::MaskedLoadOp>(
          loc, vector, from, ValueRange{add(source, channel)}, mask, none);
      b.create<vector::StoreOp>(loc, loaded, to,
                                ValueRange{add(target, channel)});
    });
  });
}

/// What a call adds, a block after another; then its items' epilogues.
int64_t WindowEmitter::runBlocks(int64_t items) {
  SmallVector<int64_t> padded(window.result);
  padded.back() = window.paddedColumns();
  targetStrides = computeStrides(padded);
  targetRowStride = targetStrides.front();
  placeStride = targetStrides[padded.size() - 2] * window.axes.back().period;
  target = anySize(k.scratch());
  Value imageSource = imageMemory, filterSource = filterMemory;
  if (window.copiesBlocks) {
    imageMemory = allocateCopy(window.imageOperand);
    filterMemory = allocateCopy(window.filterOperand);
  }
  createKernels();
  // All items of this call share a block.
  SmallVector<int64_t> blocks = window.blocks();
  Value count = k.constant(ShapedType::getNumElements(blocks));
  k.forEach(k.constant(0), count, 1, [&](Value block) {
    Part part = partAt(k.delinearize(block, blocks));
    Value accumulate = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne,
                                               block, k.constant(0));
    if (window.copiesBlocks) {
      Value first = part.firstChannel, channels = sub(part.endChannel, first);
      copyBlock(window.imageOperand, imageSource, first, channels, imageMemory);
      copyBlock(window.filterOperand, filterSource, first, channels,
                filterMemory);
      part = {k.constant(0), channels, {}};
    }
    k.forEach(k.tile0(), k.tile1(), 1, [&](Value item) {
      ExpressionEmitter::Scope scope(emitter);
      emitSums(locate(item), part, accumulate);
    });
  });
  return k.forEachItem(items, 1, [&](Value item) {
    ExpressionEmitter::Scope scope(emitter);
    emitEpilogue(locate(item));
  });
}

MemRefType dlc::windowScratchOf(ConvolutionOp op) {
  Window window(op);
  if (!window.hasBlocks)
    return {};
  SmallVector<int64_t> shape(window.result);
  shape.back() = window.paddedColumns();
  return MemRefType::get(
      {std::max<int64_t>(1, ShapedType::getNumElements(shape))},
      tensorType(op.getResult()).getElementType());
}
