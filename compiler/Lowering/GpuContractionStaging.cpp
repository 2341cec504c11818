#include "Lowering/GpuContractionStaging.h"

#include "Lowering/GpuBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

SharedLayout::SharedLayout(const GpuTile &tile, bool alongDepth, int64_t rows,
                           int64_t pitch)
    : alongDepth(alongDepth), rows(rows), depth(tile.depth()),
      bytes(tile.storedBytes()), chunk(tile.chunk()), line(pitch) {}

SharedLayout::SharedLayout(const GpuTile &tile, bool alongDepth, int64_t rows)
    : SharedLayout(tile, alongDepth, rows,
                   alongDepth ? depthBytes : rows * tile.storedBytes()) {
  int64_t chunks = rows / chunk;
  if (alongDepth) {
    shift = 1;
    mask = 3;
  } else if (tile.math == GpuMath::tf32) {
    // Four k of 8 neighbouring rows, two chunks.
    mask = 3;
    left = 1;
  } else if (tile.math == GpuMath::half) {
    // A chunk of 8 k. Fewer than 8 chunks a k: two or four k fill the banks.
    mask = std::min<int64_t>(8, chunks) - 1;
    shift = chunks >= 8 ? 0 : chunks == 4 ? 1 : 2;
  }
}

Value SharedLayout::shuffle(GpuMemory &m, Value line) const {
  Value bits = m.rem(m.div(line, int64_t(1) << shift), mask + 1);
  return m.times(bits, int64_t(1) << left);
}

int64_t SharedLayout::shuffle(int64_t line) const {
  return (line >> shift & mask) << left;
}

Staging::Staging(KernelFunction &kernel, const GpuOperand &operand,
                 const GpuTile &tile, int64_t rows, int64_t offset)
    : layout(tile, operand.alongDepth, rows), offset(offset), kernel(kernel),
      m(kernel), operand(operand), tile(tile),
      unit(std::min(operand.unit, tile.chunk())) {
  int64_t bytes = operand.element.getIntOrFloatBitWidth() / 8;
  async = tile.async && bytes == layout.bytes && unit * bytes >= 4;
  total = rows * layout.depth / unit;
}

void Staging::begin(Value batch, Value row0, Value thread) {
  pointer = m.globalPointer(operand.memory);
  if (operand.batchStride != 0 && batch) {
    int64_t bytes = operand.element.getIntOrFloatBitWidth() / 8;
    pointer = m.at(pointer, m.times(batch, operand.batchStride * bytes));
  }
  isUsed = total < tile.threads() ? m.isBelow(thread, total) : Value();
  copies.clear();
  for (int64_t i = 0; i < total; i += tile.threads()) {
    Value id = m.plus(thread, i), row;
    // What is not used is fetched too.
    if (isUsed && !async)
      id = m.min(id, total - 1);
    Copy copy;
    if (layout.alongDepth && unit == layout.chunk) {
      // Eight lanes take eight rows, and so all banks; a warp takes all of
      // these rows, and so whole sectors.
      Value group = m.div(id, 32), lane = m.rem(id, 32);
      row = m.sum({{group, 8}, {m.rem(lane, 8), 1}});
      copy.k = m.times(m.div(lane, 8), unit);
    } else {
      int64_t line = (layout.alongDepth ? layout.depth : layout.rows) / unit;
      Value along = m.times(m.rem(id, line), unit), across = m.div(id, line);
      row = layout.alongDepth ? across : along;
      copy.k = layout.alongDepth ? along : across;
    }
    // Where it goes.
    Value line = layout.alongDepth ? row : copy.k;
    Value along = layout.alongDepth ? copy.k : row;
    Value place = m.div(along, layout.chunk);
    if (layout.isShuffled())
      place = m.exclusiveOr(place, layout.shuffle(m, line));
    Value rest = m.rem(along, layout.chunk);
    copy.shared = m.sum(
        {{line, layout.pitch()}, {place, chunkBytes}, {rest, layout.bytes}},
        offset);
    Value from = m.plus(row0, row);
    if (operand.rows % layout.rows != 0)
      from = m.min(from, operand.rows - (layout.alongDepth ? 1 : unit));
    copy.rowPart = operand.rowPart(from);
    copies.push_back(std::move(copy));
  }
}

Value Staging::source(const Copy &copy, Value k0, Value &exists) {
  Value k = m.plus(k0, copy.k);
  if (operand.depth % layout.depth != 0) {
    if (needsZeros())
      exists = m.isBelow(k, operand.depth);
    k = m.min(k, operand.depth - (layout.alongDepth ? unit : 1));
  }
  Value isElement;
  Value position = operand.positionOf(copy.rowPart, k, isElement);
  if (isElement) {
    position = m.select(isElement, position, m.sum({}));
    exists = exists ? m.both(exists, isElement) : isElement;
  }
  int64_t bytes = operand.element.getIntOrFloatBitWidth() / 8;
  return m.at(pointer, m.times(position, bytes));
}

void Staging::whenUsed(function_ref<void()> body) {
  if (isUsed)
    when(kernel, isUsed, body);
  else
    body();
}

void Staging::copyAsync(Value k0, Value stage) {
  OpBuilder &b = kernel.builder;
  Location loc = kernel.loc();
  whenUsed([&] {
    for (const Copy &copy : copies) {
      Value valid, exists, from = source(copy, k0, exists);
      if (exists) {
        Value all =
            b.create<arith::ConstantIntOp>(loc, unit * layout.bytes, 32);
        Value none = b.create<arith::ConstantIntOp>(loc, 0, 32);
        valid = m.select(exists, all, none);
      }
      m.copyAsync(m.at(stage, copy.shared), from, unit * layout.bytes, valid);
    }
  });
}

SmallVector<Value> Staging::fetch(Value k0) {
  OpBuilder &b = kernel.builder;
  Location loc = kernel.loc();
  SmallVector<Value> values;
  for (const Copy &copy : copies) {
    Value exists, from = source(copy, k0, exists);
    Type type = GpuMemory::vectorOf(memoryType(operand.element), unit);
    Value value = m.load(type, from);
    // Tensor cores take halves as they are.
    if (tile.math != GpuMath::half)
      value = fromMemory(b, loc, value, operand.element);
    if (exists) {
      Value zero =
          b.create<arith::ConstantOp>(loc, b.getZeroAttr(value.getType()));
      value = m.select(exists, value, zero);
    }
    values.push_back(value);
  }
  return values;
}

void Staging::put(ValueRange values, Value stage) {
  whenUsed([&] {
    for (auto [copy, value] : llvm::zip_equal(copies, values))
      m.store(value, m.at(stage, copy.shared));
  });
}
