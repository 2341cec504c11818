#include "Lowering/GpuChainProducts.h"

#include "IR/ChainBlock.h"
#include "Lowering/GpuBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace dlc;

/// The sums over so many k are added in order, as in any product.
static constexpr int64_t blockDepth = 512;

//===-- Operands ----------------------------------------------------------===//

/// The largest power of two, up to 16 bytes, that divides `size` and the other
/// dimensions' strides.
static int64_t unitOf(int64_t size, ArrayRef<int64_t> others, int64_t bytes) {
  int64_t bits = 16 / bytes | size;
  for (int64_t stride : others)
    bits |= stride;
  return bits & -bits;
}

ChainOperand::ChainOperand(KernelFunction &kernel, DotGeneralOp dot,
                           unsigned number)
    : kernel(kernel) {
  ProductSide side = *sideOf(dot, number);
  ElementPlaces places = *placesOf(side.value);
  auto strideOf = [&](int64_t d) { return places.strides[d]; };
  ArrayRef<int64_t> shape = tensorType(side.value).getShape();
  int64_t free = strideOf(side.free), along = strideOf(side.contracted);

  matrix.memory = kernel.input(places.memory.getArgNumber());
  matrix.element = tensorType(side.value).getElementType();
  matrix.rows = shape[side.free];
  matrix.depth = shape[side.contracted];
  matrix.alongDepth = along <= free;
  SmallVector<int64_t> others;
  for (int64_t d : side.batch) {
    batchStrides.push_back(strideOf(d));
    if (shape[d] != 1)
      others.push_back(strideOf(d));
  }
  int64_t neighbours = matrix.alongDepth ? matrix.depth : matrix.rows;
  int64_t lines = matrix.alongDepth ? matrix.rows : matrix.depth;
  if (lines != 1)
    others.push_back(std::max(free, along));
  int64_t bytes = matrix.element.getIntOrFloatBitWidth() / 8;
  matrix.unit =
      std::min(free, along) == 1 ? unitOf(neighbours, others, bytes) : 1;
  matrix.rowPart = [this, free](Value row) {
    GpuMemory m(this->kernel);
    return SmallVector<Value>{m.sum({{base, 1}, {row, free}})};
  };
  matrix.positionOf = [this, along](ValueRange rowPart, Value k, Value &) {
    return GpuMemory(this->kernel).sum({{rowPart[0], 1}, {k, along}});
  };
}

void ChainOperand::setBatch(ValueRange batch) {
  SmallVector<std::pair<Value, int64_t>> terms;
  for (auto [coordinate, stride] : llvm::zip_equal(batch, batchStrides))
    terms.emplace_back(coordinate, stride);
  base = GpuMemory(kernel).sum(terms);
}

//===-- Tiles -------------------------------------------------------------===//

GpuTile dlc::chainTile(Type element, const GpuTarget &target, int64_t rows,
                       int64_t columns) {
  struct Shape {
    int64_t perM, perN, warpsM, warpsN;
  };
  // Of 4 × 8 lanes, and of mma's result: 8 rows, 4 pairs of columns.
  static constexpr Shape fmaShapes[] = {
      {2, 4, 4, 1}, {2, 4, 2, 2}, {4, 4, 4, 1}, {4, 4, 2, 2},
      {4, 4, 1, 4}, {8, 4, 2, 2}, {8, 4, 1, 4}, {8, 8, 2, 2}};
  static constexpr Shape tensorShapes[] = {
      {2, 4, 2, 2}, {2, 4, 1, 4}, {2, 8, 4, 1}, {2, 8, 2, 2},
      {2, 8, 1, 4}, {4, 8, 2, 2}, {4, 8, 1, 4}, {4, 16, 2, 2}};
  GpuTile tile{};
  tile.math = mathOf(element, target);
  tile.stored = element;
  bool isFma = tile.math == GpuMath::fma;
  tile.lanesM = isFma ? 4 : 8;
  tile.lanesN = isFma ? 8 : 4;
  tile.async = target.sm >= 80;
  tile.stages = tile.async ? 3 : 2;
  for (const Shape &s : isFma ? fmaShapes : tensorShapes) {
    tile.perM = s.perM;
    tile.perN = s.perN;
    tile.warpsM = s.warpsM;
    tile.warpsN = s.warpsN;
    if (tile.rows() == rows && tile.columns() == columns)
      return tile;
  }
  llvm_unreachable("a block without a tile");
}

ChainProduct::ChainProduct(KernelFunction &kernel, const GpuTile &tile,
                           const GpuOperand &left, const GpuOperand &right,
                           Value thread)
    : ChainProduct(kernel, tile, &left, left.alongDepth, depthBytes, right,
                   thread) {}

ChainProduct::ChainProduct(KernelFunction &kernel, const GpuTile &tile,
                           bool alongDepth, int64_t pitch,
                           const GpuOperand &right, Value thread)
    : ChainProduct(kernel, tile, nullptr, alongDepth, pitch, right, thread) {}

ChainProduct::ChainProduct(KernelFunction &kernel, const GpuTile &tile,
                           const GpuOperand *left, bool alongDepth,
                           int64_t pitch, const GpuOperand &right, Value thread)
    : kernel(kernel), m(kernel), b(kernel.builder), loc(kernel.loc()),
      tile(tile), depth(tile.depth()),
      stagedLeft(left ? std::optional<Staging>(std::in_place, kernel, *left,
                                               this->tile, tile.rows(), 0)
                      : std::nullopt),
      leftLayout(this->tile, alongDepth, tile.rows(), pitch),
      right(kernel, right, this->tile, tile.columns(),
            left ? tile.rows() * depthBytes : 0),
      math(left
               ? TileMath(kernel, this->tile, *stagedLeft, this->right, thread)
               : TileMath(kernel, this->tile, leftLayout, this->right, thread)),
      thread(thread) {
  if (stagedLeft)
    staged.push_back(&*stagedLeft);
  staged.push_back(&this->right);
}

int64_t ChainProduct::stageBytes() const {
  return ((stagedLeft ? tile.rows() : 0) + tile.columns()) * depthBytes;
}

//===-- Sums --------------------------------------------------------------===//

void ChainProduct::begin(Value row0, Value column0) {
  if (stagedLeft)
    stagedLeft->begin(Value(), row0, thread);
  right.begin(Value(), column0, thread);
}

Value ChainProduct::stageAfter(Value stage, int64_t distance) {
  int64_t end = tile.stages * stageBytes();
  Value next = m.plus(stage, distance * stageBytes());
  Value wrapped = b.create<arith::SubIOp>(loc, next, kernel.constant(end));
  return m.select(m.isBelow(next, end), next, wrapped);
}

void ChainProduct::startCopies(Value first, Value t, Value stage) {
  Value k = m.sum({{first, 1}, {t, depth}});
  for (Staging *operand : staged)
    if (operand->isAsync())
      operand->copyAsync(k, stage);
}

/// Where the weights of the k-th k from `left` on lie.
Value ChainProduct::at(Value left, Value k) {
  if (!left)
    return {};
  int64_t step = leftLayout.alongDepth ? leftLayout.bytes : leftLayout.pitch();
  return m.at(left, m.times(k, step));
}

/// Adds the tile of k at `stage`, the t-th of `count` k.
SmallVector<Value> ChainProduct::multiply(Value t, Value count, Value left,
                                          Value stage, ValueRange sums) {
  Value done = m.times(t, depth);
  left = left ? at(left, done) : stage;
  std::optional<int64_t> known = getConstantIntValue(count);
  // Tensor cores find zeros where operands end, but not where weights do.
  bool areZeros = tile.math != GpuMath::fma && stagedLeft;
  if (areZeros || (known && *known % depth == 0))
    return math.multiply(left, stage, sums);
  // Multiply-adds of zeros would change the sign of some zeros.
  Value isWhole = m.isBelow(m.plus(done, depth - 1), count);
  auto branch = b.create<scf::IfOp>(loc, sums.getTypes(), isWhole,
                                    /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  b.create<scf::YieldOp>(loc, math.multiply(left, stage, sums));
  b.setInsertionPointToStart(branch.elseBlock());
  Value rest = b.createOrFold<arith::SubIOp>(loc, count, done);
  b.create<scf::YieldOp>(loc, math.multiplySome(left, stage, rest, sums));
  return branch.getResults();
}

Value ChainProduct::stepsOf(Value count) {
  return m.div(m.plus(count, depth - 1), depth);
}

void ChainProduct::start(Value first, Value count, Value stages) {
  Value steps = stepsOf(count);
  for (int64_t s = 0; tile.async && s < ahead(); ++s) {
    Value t = kernel.constant(s);
    Value stage = m.at(stages, s * stageBytes());
    when(kernel, m.isBelow(t, steps), [&] { startCopies(first, t, stage); });
    m.commitCopies();
  }
}

SmallVector<Value> ChainProduct::add(Value first, Value count, Value stages,
                                     Value left, ValueRange sums,
                                     bool isStarted) {
  // What lies there has been read, and `left` has been written.
  m.barrier();
  if (!isStarted)
    start(first, count, stages);
  Value zero = kernel.constant(0), steps = stepsOf(count);
  for (Staging *operand : staged)
    if (!operand->isAsync()) {
      operand->fetch(first);
      operand->put(stages);
    }

  SmallVector<Value> carried(sums);
  carried.push_back(zero);
  carried =
      kernel.forEach(zero, steps, 1, carried, [&](Value t, ValueRange carried) {
        Value stage = carried.back();
        // It has arrived for all threads, and all have read the one before,
        // over whose place the next copies go.
        if (tile.async)
          m.waitForCopies(ahead() - 1);
        m.barrier();
        if (tile.async) {
          Value later = m.plus(t, ahead());
          when(kernel, m.isBelow(later, steps), [&] {
            Value place = m.at(stages, stageAfter(stage, ahead()));
            startCopies(first, later, place);
          });
          m.commitCopies();
        }
        // What goes through registers is fetched a tile ahead; the last again.
        Value last =
            b.createOrFold<arith::SubIOp>(loc, steps, kernel.constant(1));
        Value next = m.min(m.plus(t, 1), last);
        Value k = m.sum({{first, 1}, {next, depth}});
        for (Staging *operand : staged)
          if (!operand->isAsync())
            operand->fetch(k);
        SmallVector<Value> result =
            multiply(t, count, left, m.at(stages, stage), carried.drop_back());
        Value after = stageAfter(stage, 1);
        Value target = m.at(stages, after);
        for (Staging *operand : staged)
          if (!operand->isAsync())
            operand->put(target);
        result.push_back(after);
        return result;
      });
  carried.pop_back();
  return carried;
}

bool ChainProduct::canStart() const { return right.depth() <= blockDepth; }

SmallVector<Value> ChainProduct::addAll(Value stages, Value left,
                                        bool isStarted) {
  int64_t all = right.depth();
  Value zero = kernel.constant(0), end = kernel.constant(all);
  if (all <= blockDepth)
    return add(zero, end, stages, left, zeros(), isStarted);
  return kernel.forEach(
      zero, end, blockDepth, zeros(), [&](Value first, ValueRange totals) {
        Value count = kernel.constant(blockDepth);
        if (all % blockDepth != 0) {
          Value rest = b.create<arith::SubIOp>(loc, end, first);
          count = m.min(rest, blockDepth);
        }
        Value from = at(left, first);
        SmallVector<Value> next, zeros = this->zeros();
        SmallVector<Value> block = add(first, count, stages, from, zeros);
        for (auto [total, sum] : llvm::zip_equal(totals, block))
          next.push_back(b.create<arith::AddFOp>(loc, total, sum));
        return next;
      });
}

void ChainProduct::store(ValueRange sums, Value target, int64_t pitch) {
  Value warp = m.div(thread, warpThreads * tile.warpsN);
  Value lane = m.div(m.rem(thread, warpThreads), tile.lanesN);
  for (int64_t slot = 0; slot < tile.perM; ++slot) {
    Value row = math.rowOf(warp, lane, kernel.constant(slot));
    math.storeSlot(sums, slot, m.at(target, m.times(row, pitch)));
  }
}
