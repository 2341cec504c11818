#include "Lowering/GpuContractionStaging.h"

#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuVectors.h"

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
    // Four k of 8 neighbouring rows, two chunks. Two k of 16 rows fill the
    // banks.
    mask = std::min<int64_t>(4, chunks / 2) - 1;
    shift = chunks >= 8 ? 0 : 1;
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
  async = tile.async && canCopyAsync(operand, tile);
  total = rows * layout.depth / unit;
}

/// Eight lanes take eight rows, and so all banks; a warp takes all of these
/// rows' k, and so whole sectors.
static constexpr int64_t rowsOfWarp = 8;

Staging::Place Staging::placeOf(Value id) {
  if (takesChunks()) {
    Value group = m.div(id, 32), lane = m.rem(id, 32);
    Value row = m.sum({{group, rowsOfWarp}, {m.rem(lane, rowsOfWarp), 1}});
    return {row, m.times(m.div(lane, rowsOfWarp), unit)};
  }
  Value along = m.times(m.rem(id, line()), unit), across = m.div(id, line());
  return layout.alongDepth ? Place{across, along} : Place{along, across};
}

/// Bytes from a stage's begin.
Value Staging::sharedAt(const Place &at) {
  Value line = layout.alongDepth ? at.row : at.k;
  Value along = layout.alongDepth ? at.k : at.row;
  Value place = m.div(along, layout.chunk);
  if (layout.isShuffled())
    place = m.exclusiveOr(place, layout.shuffle(m, line));
  Value rest = m.rem(along, layout.chunk);
  return m.sum(
      {{line, layout.pitch()}, {place, chunkBytes}, {rest, layout.bytes}},
      offset);
}

/// Rows and k from a thread's first copy to the one of `id` more, if they, and
/// the bytes between them, are the same for all threads.
std::optional<std::pair<int64_t, int64_t>>
Staging::distanceTo(int64_t id) const {
  int64_t threads = tile.threads();
  if (takesChunks())
    return std::pair(id / 32 * rowsOfWarp, int64_t(0));
  if (threads % line() != 0 && line() % threads != 0)
    return std::nullopt;
  int64_t along = id % line() * unit, across = id / line();
  // What is shuffled must be by the same number, and move by whole rounds.
  if (layout.isShuffled() && (along != 0 || !layout.isRound(across)))
    return std::nullopt;
  if (along % layout.chunk != 0)
    return std::nullopt;
  return layout.alongDepth ? std::pair(across, along)
                           : std::pair(along, across);
}

SmallVector<Value> Staging::rowPartOf(Value row) {
  if (operand.rows % layout.rows != 0)
    row = m.min(row, operand.rows - (layout.alongDepth ? 1 : unit));
  return operand.rowPart(row);
}

void Staging::begin(Value batch, Value row0, Value thread) {
  this->batch = batch;
  if (!operand.prologue)
    pointer = m.globalPointer(operand.memory);
  if (operand.batchPart) {
    int64_t bytes = operand.element.getIntOrFloatBitWidth() / 8;
    pointer = m.at(pointer, m.times(operand.batchPart(batch), bytes));
  }
  isUsed = total < tile.threads() ? m.isBelow(thread, total) : Value();
  // What is not used is fetched too.
  if (isUsed && !async)
    thread = m.min(thread, total - 1);
  copies.clear();
  Place first = placeOf(thread);
  Value shared = sharedAt(first);
  for (int64_t i = 0; i < total; i += tile.threads()) {
    Copy copy;
    Value row;
    if (auto distance = distanceTo(i)) {
      auto [rows, k] = *distance;
      auto [lines, along] =
          layout.alongDepth ? std::pair(rows, k) : std::pair(k, rows);
      row = m.plus(first.row, rows);
      copy.k = first.k;
      copy.kOffset = k;
      copy.shared = shared;
      copy.sharedOffset = lines * layout.pitch() + along * layout.bytes;
    } else {
      Place place = placeOf(m.plus(thread, i));
      row = place.row;
      copy.k = place.k;
      copy.shared = sharedAt(place);
    }
    copy.rowPart = rowPartOf(m.plus(row0, row));
    copies.push_back(std::move(copy));
  }
}

Value Staging::depthOf(const Copy &copy, Value k0, Value &exists) {
  Value k = m.plus(m.plus(k0, copy.k), copy.kOffset);
  if (operand.depth % layout.depth != 0) {
    if (needsZeros())
      exists = m.isBelow(k, operand.depth);
    k = m.min(k, operand.depth - (layout.alongDepth ? unit : 1));
  }
  return k;
}

Value Staging::source(const Copy &copy, Value k0, Value &exists) {
  Value k = depthOf(copy, k0, exists), isElement;
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
      m.copyAsync(m.at(stage, copy.shared, copy.sharedOffset), from,
                  unit * layout.bytes, valid);
    }
  });
}

Value Staging::load(const Copy &copy, Value k0, Value &exists) {
  Value from = source(copy, k0, exists);
  Type type = GpuMemory::vectorOf(memoryType(operand.element), unit);
  Value value = m.load(type, from);
  // Tensor cores take halves as they are.
  if (tile.math == GpuMath::half)
    return value;
  return fromMemory(kernel.builder, kernel.loc(), value, operand.element);
}

/// Of a prologue.
Point Staging::pointOf(const Copy &copy, Value k0, Value &exists) {
  Value row = copy.rowPart[0], k = depthOf(copy, k0, exists);
  SmallVector<Value> index = {row, k};
  if (!layout.alongDepth)
    std::swap(index[0], index[1]);
  if (tensorType(operand.prologue).getRank() == 3)
    index.insert(index.begin(), batch);
  return vectorPoint(index, unit);
}

void Staging::fetch(Value k0) {
  fetched.clear();
  expressions.emplace(kernel);
  for (const Copy &copy : copies) {
    Fetched &next = fetched.emplace_back();
    if (!operand.prologue) {
      next.value = load(copy, k0, next.exists);
      continue;
    }
    next.point = pointOf(copy, k0, next.exists);
    expressions->prefetch(operand.prologue, next.point);
  }
}

void Staging::put(Value stage) {
  OpBuilder &b = kernel.builder;
  Location loc = kernel.loc();
  whenUsed([&] {
    for (auto [copy, from] : llvm::zip_equal(copies, fetched)) {
      Value value = from.value;
      if (!value) {
        value = expressions->vectorAt(operand.prologue, from.point);
        if (tile.math == GpuMath::half)
          value = toMemory(b, loc, value, operand.element);
      }
      if (from.exists) {
        Value zero =
            b.create<arith::ConstantOp>(loc, b.getZeroAttr(value.getType()));
        value = m.select(from.exists, value, zero);
      }
      m.store(value, m.at(stage, copy.shared, copy.sharedOffset));
    }
  });
}
