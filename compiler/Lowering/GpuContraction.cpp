#include "Lowering/GpuContraction.h"

#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuContractionMath.h"
#include "Lowering/GpuVectors.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

namespace {

class TiledProduct {
public:
  TiledProduct(KernelFunction &kernel, const GpuProduct &product,
               const GpuTile &tile)
      : kernel(kernel), m(kernel), b(kernel.builder), loc(kernel.loc()),
        p(product), tile(tile), thread(threadId(kernel)),
        stagingA(kernel, p.a, tile, tile.rows(), 0),
        stagingB(kernel, p.b, tile, tile.columns(), tile.rows() * depthBytes),
        math(kernel, tile, stagingA, stagingB, thread), width(chooseWidth()) {}

  int64_t emit();
  /// The second step of a product in parts.
  int64_t addParts();

private:
  int64_t chooseWidth();
  SmallVector<Value> addAll();
  SmallVector<Value> addTiles(Value begin, Value end, ValueRange sums,
                              Value &stage);
  SmallVector<Value> addTile(Value t, Value stage, ValueRange sums);
  void startCopies(Value t, Value stage);
  void epilogue(ValueRange sums);
  Value withoutPadding(Value sums, Value at, Value row, Value column);
  Value addElements(Value row, Value column);
  Value loadElement(const GpuOperand &operand, Value position);
  Value scratchAt(Value part, Value batch, Value row, Value column);

  /// Tiles of k.
  int64_t steps() const { return llvm::divideCeil(p.depth, tile.depth()); }
  int64_t stepsOfBlock() const { return p.blockDepth / tile.depth(); }
  int64_t parts() const {
    return p.inParts ? llvm::divideCeil(p.depth, p.blockDepth) : 1;
  }
  int64_t sharedBytes() const { return tile.stages * tile.stageBytes(); }
  Value stageAfter(Value stage, int64_t distance);
  Staging *operands[2] = {&stagingA, &stagingB};

  KernelFunction &kernel;
  GpuMemory m;
  OpBuilder &b;
  Location loc;
  const GpuProduct &p;
  const GpuTile &tile;
  Value thread, shared;
  Staging stagingA, stagingB;
  TileMath math;
  /// Elements of a row that a thread of the epilogue computes.
  int64_t width;
  /// Of the tile that is being computed; `begin` and `end` are its tiles of k.
  Value batch, part, row0, column0, begin, end;
};

} // namespace

int64_t TiledProduct::chooseWidth() {
  ArrayRef<int64_t> shape = tensorType(p.result).getShape();
  SmallVector<Value> roots;
  for (Value yielded : kernel.yields())
    if (tensorType(yielded).getShape() == shape)
      roots.push_back(yielded);
  // One instruction also reads the sums from shared memory, without conflicts.
  int64_t ofSums =
      GpuMemory::widestBytes / (math.sumType().getIntOrFloatBitWidth() / 8);
  int64_t width = std::min(threadVector(roots, shape), ofSums);
  while (p.columns % width != 0)
    width /= 2;
  return width;
}

int64_t TiledProduct::emit() {
  // For more blocks NVIDIA's assembler would spill some addresses.
  kernel.function->setAttr("dlc.blocks",
                           b.getI64IntegerAttr(blocksTogether(p, tile)));
  shared = m.allocateShared(sharedBytes());
  int64_t down = llvm::divideCeil(p.rows, tile.rows());
  int64_t across = llvm::divideCeil(p.columns, tile.columns());
  forEachTile(
      kernel,
      [&](Value item) {
        SmallVector<Value> index =
            kernel.delinearize(item, {p.batch, parts(), down, across});
        batch = index[0];
        part = index[1];
        row0 = m.times(index[2], tile.rows());
        column0 = m.times(index[3], tile.columns());
        begin = m.sum({});
        end = kernel.constant(steps());
        if (p.inParts) {
          begin = m.times(part, stepsOfBlock());
          end = m.min(m.plus(begin, stepsOfBlock()), steps());
        }
        stagingA.begin(batch, row0, thread);
        stagingB.begin(batch, column0, thread);
        epilogue(addAll());
      },
      tile.threads());
  return p.batch * parts() * down * across;
}

Value TiledProduct::stageAfter(Value stage, int64_t distance) {
  if (distance == 0)
    return stage;
  int64_t end = sharedBytes();
  Value next = m.plus(stage, distance * tile.stageBytes());
  Value wrapped = b.create<arith::SubIOp>(loc, next, kernel.constant(end));
  return m.select(m.isBelow(next, end), next, wrapped);
}

void TiledProduct::startCopies(Value t, Value stage) {
  Value k0 = m.times(t, tile.depth()), target = m.at(shared, stage);
  for (Staging *operand : operands)
    if (operand->isAsync())
      operand->copyAsync(k0, target);
}

/// The sums over all k.
SmallVector<Value> TiledProduct::addAll() {
  Value stage = kernel.constant(0);
  // Fill the pipeline.
  for (int64_t s = 0; tile.async && s < tile.stages - 1; ++s) {
    Value t = m.plus(begin, s);
    auto start = [&] {
      startCopies(t, kernel.constant(s * tile.stageBytes()));
    };
    if (p.inParts && s > 0)
      when(kernel, m.isBelow(t, end), start);
    else if (s < steps())
      start();
    m.commitCopies();
  }
  for (Staging *operand : operands)
    if (!operand->isAsync()) {
      operand->fetch(m.times(begin, tile.depth()));
      operand->put(m.at(shared, stage));
    }

  if (p.inParts || p.depth <= p.blockDepth)
    return addTiles(begin, end, math.zeros(), stage);
  SmallVector<Value> carried = math.zeros();
  carried.push_back(stage);
  carried = kernel.forEach(
      begin, end, stepsOfBlock(), carried,
      [&](Value begin, ValueRange carried) {
        Value last = m.min(m.plus(begin, stepsOfBlock()), steps());
        Value stage = carried.back();
        SmallVector<Value> block = addTiles(begin, last, math.zeros(), stage);
        SmallVector<Value> next;
        for (auto [total, sum] : llvm::zip(carried.drop_back(), block))
          next.push_back(b.create<arith::AddFOp>(loc, total, sum));
        next.push_back(stage);
        return next;
      });
  carried.pop_back();
  return carried;
}

/// Adds tiles [begin, end); the first lies at `stage`, which becomes where the
/// one after them will lie.
SmallVector<Value> TiledProduct::addTiles(Value begin, Value end,
                                          ValueRange sums, Value &stage) {
  SmallVector<Value> carried(sums);
  carried.push_back(stage);
  carried =
      kernel.forEach(begin, end, 1, carried, [&](Value t, ValueRange carried) {
        SmallVector<Value> next =
            addTile(t, carried.back(), carried.drop_back());
        next.push_back(stageAfter(carried.back(), 1));
        return next;
      });
  stage = carried.pop_back_val();
  return carried;
}

SmallVector<Value> TiledProduct::addTile(Value t, Value stage,
                                         ValueRange sums) {
  // One barrier a tile: it has arrived for all threads, and all have read the
  // one before, over whose place the next copies go.
  if (tile.async)
    m.waitForCopies(tile.stages - 2);
  m.barrier();
  if (tile.async) {
    Value ahead = m.plus(t, tile.stages - 1);
    when(kernel, m.isBelow(ahead, end),
         [&] { startCopies(ahead, stageAfter(stage, tile.stages - 1)); });
    m.commitCopies();
  }
  // What goes through registers is fetched a tile ahead; the last one again.
  Value lastStep = kernel.constant(steps() - 1);
  if (p.inParts)
    lastStep = b.create<arith::SubIOp>(loc, end, kernel.constant(1));
  Value next = m.min(m.plus(t, 1), lastStep);
  Value next0 = m.times(next, tile.depth());
  for (Staging *operand : operands)
    if (!operand->isAsync())
      operand->fetch(next0);

  Value at = m.at(shared, stage);
  SmallVector<Value> result;
  int64_t rest = p.depth % tile.depth();
  if (rest == 0 || tile.math != GpuMath::fma) {
    result = math.multiply(at, sums);
  } else {
    // Multiply-adds of zeros would change the sign of some zeros.
    Value isWhole = m.isBelow(t, p.depth / tile.depth());
    auto branch = b.create<scf::IfOp>(loc, sums.getTypes(), isWhole,
                                      /*withElse=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    b.create<scf::YieldOp>(loc, math.multiply(at, sums));
    b.setInsertionPointToStart(branch.elseBlock());
    b.create<scf::YieldOp>(loc,
                           math.multiplySome(at, kernel.constant(rest), sums));
    result = branch.getResults();
  }

  Value target = m.at(shared, stageAfter(stage, 1));
  for (Staging *operand : operands)
    if (!operand->isAsync())
      operand->put(target);
  return result;
}

/// Some row slots at a time go to shared memory, as rows of the tile.
void TiledProduct::epilogue(ValueRange sums) {
  int64_t pitch = math.storedPitch();
  int64_t lanes = tile.lanesM * tile.warpsM; // rows of a slot
  int64_t slots = tile.perM;
  while (slots > 1 && slots * lanes * pitch > sharedBytes())
    slots /= 2;
  int64_t passes = tile.perM / slots;
  ExpressionEmitter emitter(kernel);
  ArrayRef<int64_t> shape = tensorType(p.result).getShape();
  Value warp = m.div(thread, 32 * tile.warpsN);
  Value lane = m.div(m.rem(thread, 32), tile.lanesN);
  Value own = m.sum({{warp, tile.lanesM * pitch}, {lane, pitch}});

  auto emitPass = [&](Value pass) {
    m.barrier();
    for (int64_t i = 0; i < passes; ++i) {
      auto store = [&] {
        for (int64_t slot = 0; slot < slots; ++slot)
          math.storeSlot(sums, i * slots + slot,
                         m.at(shared, own, slot * lanes * pitch));
      };
      if (passes == 1)
        store();
      else
        when(kernel, m.isEqual(pass, i), store);
    }
    m.barrier();
    int64_t elements = slots * lanes * tile.columns() / width;
    kernel.forEach(
        thread, kernel.constant(elements), tile.threads(), [&](Value element) {
          ExpressionEmitter::Scope scope(emitter);
          int64_t across = tile.columns() / width;
          Value line = m.div(element, across);
          Value column = m.times(m.rem(element, across), width);
          Value ofSlot = m.rem(line, lanes);
          Value slot = m.sum({{pass, slots}, {m.div(line, lanes), 1}});
          Value warp = m.div(ofSlot, tile.lanesM);
          Value lane = m.rem(ofSlot, tile.lanesM);
          Value row = m.plus(row0, math.rowOf(warp, lane, slot));
          Value place = m.plus(column0, column);
          Value inside = m.isBelow(row, p.rows);
          Value insideToo = m.isBelow(place, p.columns);
          inside = b.create<arith::AndIOp>(loc, inside, insideToo);
          when(kernel, inside, [&] {
            int64_t bytes = math.sumType().getIntOrFloatBitWidth() / 8;
            Value offset = m.sum({{line, pitch}, {column, bytes}});
            Value at = m.at(shared, offset);
            Value sum = m.load(GpuMemory::vectorOf(math.sumType(), width), at);
            if (p.a.isPadded)
              sum = withoutPadding(sum, at, row, place);
            if (p.inParts) {
              Value to = scratchAt(part, batch, row, place);
              return m.store(sum, m.at(m.globalPointer(kernel.scratch()), to));
            }
            Point point = vectorPoint(p.indexOf(batch, row, place), width);
            emitter.bind(p.result, point, sum);
            emitter.storeYields(shape, point);
          });
        });
  };
  // A loop of one trip would keep the sums to its end.
  if (passes == 1)
    emitPass(kernel.constant(0));
  else
    kernel.forEach(kernel.constant(0), kernel.constant(passes), 1, emitPass);
  // The block's next tile goes where these sums lie.
  m.barrier();
}

/// A sum that is NaN may be so because an infinite factor has met padding. Such
/// elements of the `sums` that lie at `at` are replaced there.
Value TiledProduct::withoutPadding(Value sums, Value at, Value row,
                                   Value column) {
  auto isNaN = [&](Value x) -> Value {
    return b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNO, x, x);
  };
  Value any = isNaN(sums);
  if (isa<VectorType>(sums.getType()))
    any = b.create<vector::ReductionOp>(loc, vector::CombiningKind::OR, any);
  auto branch =
      b.create<scf::IfOp>(loc, sums.getType(), any, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  int64_t bytes = math.sumType().getIntOrFloatBitWidth() / 8;
  kernel.forEach(kernel.constant(0), kernel.constant(width), 1, [&](Value i) {
    Value place = m.at(at, m.times(i, bytes));
    when(kernel, isNaN(m.load(math.sumType(), place)),
         [&] { m.store(addElements(row, m.plus(column, i)), place); });
  });
  b.create<scf::YieldOp>(loc, m.load(sums.getType(), at));
  b.setInsertionPointToStart(branch.elseBlock());
  b.create<scf::YieldOp>(loc, sums);
  return branch.getResult(0);
}

/// The block's sum at one element, without what is padding.
Value TiledProduct::addElements(Value row, Value column) {
  SmallVector<Value> left = p.a.rowPart(row), right = p.b.rowPart(column);
  Value first = m.times(begin, tile.depth());
  Value last = m.min(m.times(end, tile.depth()), p.depth);
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(math.sumType()));
  return kernel.forEach(first, last, 1, zero, [&](Value k, ValueRange sum) {
    keepRolled(kernel);
    Value exists, none;
    Value x = p.a.positionOf(left, k, exists);
    Value y = p.b.positionOf(right, k, none);
    auto branch = b.create<scf::IfOp>(loc, sum[0].getType(), exists,
                                      /*withElse=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    Value xAt = loadElement(p.a, x), yAt = loadElement(p.b, y);
    Value next = b.create<math::FmaOp>(loc, xAt, yAt, sum[0]);
    b.create<scf::YieldOp>(loc, next);
    b.setInsertionPointToStart(branch.elseBlock());
    b.create<scf::YieldOp>(loc, sum[0]);
    return SmallVector<Value>{branch.getResult(0)};
  })[0];
}

Value TiledProduct::loadElement(const GpuOperand &operand, Value position) {
  int64_t bytes = operand.element.getIntOrFloatBitWidth() / 8;
  Value pointer = m.globalPointer(operand.memory);
  if (operand.batchPart)
    pointer = m.at(pointer, m.times(operand.batchPart(batch), bytes));
  Value loaded = m.load(memoryType(operand.element),
                        m.at(pointer, m.times(position, bytes)));
  return fromMemory(b, loc, loaded, operand.element);
}

/// Bytes to a part's sum of an element.
Value TiledProduct::scratchAt(Value part, Value batch, Value row,
                              Value column) {
  int64_t bytes = math.sumType().getIntOrFloatBitWidth() / 8;
  int64_t line = p.columns * bytes, matrix = p.rows * line;
  return m.sum({{part, p.batch * matrix},
                {batch, matrix},
                {row, line},
                {column, bytes}});
}

/// A thread some elements: their parts' sums, in order.
int64_t TiledProduct::addParts() {
  ExpressionEmitter emitter(kernel);
  int64_t width = fillingVector(this->width, p.batch * p.rows * p.columns);
  Type type = GpuMemory::vectorOf(math.sumType(), width);
  Value scratch = m.globalPointer(kernel.scratch());
  return forEachElement(
      kernel, {p.batch, p.rows, p.columns / width}, [&](SmallVector<Value> at) {
        at[2] = m.times(at[2], width);
        Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(type));
        Value sum =
            kernel.forEach(kernel.constant(0), kernel.constant(parts()), 1,
                           zero, [&](Value part, ValueRange total) {
                             Value from = scratchAt(part, at[0], at[1], at[2]);
                             Value next = m.load(type, m.at(scratch, from));
                             return SmallVector<Value>{
                                 b.create<arith::AddFOp>(loc, total[0], next)};
                           })[0];
        Point point = vectorPoint(p.indexOf(at[0], at[1], at[2]), width);
        emitter.bind(p.result, point, sum);
        emitter.storeYields(tensorType(p.result).getShape(), point);
      });
}

std::optional<int64_t> dlc::emitTiledProduct(KernelFunction &kernel,
                                             const GpuProduct &product) {
  std::optional<GpuTile> tile = chooseTile(product, kernel.target);
  if (!tile)
    return std::nullopt;
  if (product.inParts)
    kernel.secondStep = [](KernelFunction &then) -> FailureOr<int64_t> {
      GpuProduct product = *productOf(then);
      GpuTile tile = *chooseTile(product, then.target);
      return TiledProduct(then, product, tile).addParts();
    };
  return TiledProduct(kernel, product, *tile).emit();
}
