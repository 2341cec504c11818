// chain: products with row operations between them, e.g. attention.
//
//   for each of the batch, for each block of rows:
//     turn the rows of left operands                  [depth][width]
//     scores = right operand · these                  [keys][width]
//     passes over the keys: reductions, weights       [keys][width]
//     results = values · weights                      [columns][width]
//     row operations on results, turned back and written
//     sums over rows: += weightsᵀ · right operand     [keys][columns]
//
// All but the last step compute one row to a lane (ChainSchedule.h). The
// products are those of contractions (ContractionKernels.h): an element is a
// chain of multiply-adds from 0 along each 512 of its depth, added in order; a
// sum over rows adds one chain for each block. Where there is such a sum a tile
// is all rows of one of the batch, else one block.

#include "Lowering/ChainEmitter.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

/// Multiply-adds of a tile, at least.
static constexpr int64_t tileWork = int64_t(1) << 20;

//===-- Scratch -----------------------------------------------------------===//

Value ChainEmitter::scratch(int64_t size) {
  return b.create<memref::AllocaOp>(loc, MemRefType::get({size}, s.element),
                                    b.getI64IntegerAttr(64));
}

Value ChainEmitter::flat(Value memref, int64_t size) {
  return b.create<memref::ReinterpretCastOp>(
      loc, MemRefType::get({size}, s.element), memref, /*offset=*/0,
      ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
}

/// As a micro-kernel takes it: a buffer of any size.
Value ChainEmitter::asOperand(Value memref) {
  MemRefType type = gemmOperandType(s.element);
  return b.create<memref::ReinterpretCastOp>(
      loc, type, memref, /*offset=*/0, type.getShape(), ArrayRef<int64_t>{1});
}

void ChainEmitter::allocate() {
  for (DotGeneralOp dot : s.scores)
    if (Value &place = turned[dot.getLhs()]; !place)
      place = scratch(operandOf(dot, /*isLeft=*/true).depth * s.width());
  for (unsigned i = 0; i < s.buffers; ++i)
    buffers.push_back(scratch(s.padded(s.keys) * s.width()));
  int64_t columns = 0;
  for (DotGeneralOp dot : s.weighs) {
    int64_t size = operandOf(dot, /*isLeft=*/false).freeSize;
    results[dot.getResult()] = scratch(s.padded(size) * s.width());
    columns = std::max(columns, size);
  }
  for (auto reduce : k.body().getOps<ReduceOp>())
    reduced[reduce.getResult()] = b.create<memref::AllocaOp>(
        loc,
        MemRefType::get(
            {s.width()},
            registerType(tensorType(reduce.getResult()).getElementType())),
        b.getI64IntegerAttr(64));
  if (columns > 0) {
    finished = scratch(columns * s.width());
    straightRow = llvm::alignTo(columns, s.lanes);
    straight = scratch(straightRow * s.width());
  }
  if (!s.adds.empty())
    sums = scratch(s.groupRows * s.microUnits * s.lanes);
  starts = b.create<memref::AllocaOp>(
      loc, MemRefType::get({s.groupRows}, b.getIndexType()));
}

//===-- Between -----------------------------------------------------------===//

void ChainEmitter::forLanes(function_ref<void(Value)> body) {
  k.forEach(k.constant(0), k.constant(s.width()), s.evaluated * s.lanes,
            [&](Value lane) {
              ExpressionEmitter::Scope scope(emitter);
              body(lane);
            });
}

/// The rows from `lane` of the block on, without a key.
Point ChainEmitter::keptPoint(const Rows &rows, Value lane) {
  int64_t width = s.evaluated * s.lanes;
  SmallVector<Value> index = rows.batch;
  index.push_back(add(rows.first, lane));
  Value mask;
  if (s.rows % s.width() != 0) {
    Value left = b.create<arith::SubIOp>(loc, rows.count, lane);
    // Past the last row the count would be negative, a large unsigned one.
    left = b.create<arith::MaxSIOp>(loc, left, k.constant(0));
    mask = emitter.prefixMask(width, left);
  }
  return Point(index, index.size() - 1, width, mask, /*aligned=*/true);
}

Point ChainEmitter::pointAt(const Point &kept, Value key) {
  Point point = kept;
  point.index.push_back(Coordinate(key));
  return point;
}

Value ChainEmitter::loadBuffer(Value memref, Value row, Value lane) {
  Type element = cast<MemRefType>(memref.getType()).getElementType();
  Value at = row ? add(times(row, s.width()), lane) : lane;
  return b.create<vector::LoadOp>(
      loc, VectorType::get({s.evaluated * s.lanes}, element), memref, at);
}

void ChainEmitter::storeBuffer(Value value, Value memref, Value row,
                               Value lane) {
  Value at = row ? add(times(row, s.width()), lane) : lane;
  b.create<vector::StoreOp>(loc, value, memref, at);
}

void ChainEmitter::emitPasses(const Rows &rows) {
  int64_t rank = s.batch.size() + 1;
  forLanes([&](Value lane) {
    Point kept = keptPoint(rows, lane);
    for (const ReductionPass &pass : s.passes) {
      emitPass(pass, rows, kept, lane);
      for (ReduceOp reduce : pass.reductions)
        storeBuffer(emitter.vectorAt(reduce.getResult(), kept),
                    reduced.lookup(reduce.getResult()), {}, lane);
    }
    for (const Output &output : outputs)
      if (auto type = tensorType(output.value); type.getRank() == rank)
        emitter.store(emitter.vectorAt(output.value, kept),
                      type.getElementType(), k.output(output.yield), kept);
  });
}

void ChainEmitter::emitPass(const ReductionPass &pass, const Rows &rows,
                            const Point &kept, Value lane) {
  auto elementOf = [](Value v) { return tensorType(v).getElementType(); };
  emitter.evaluateInvariants(pass.roots, pointAt(kept, Value()));
  SmallVector<Value> inits;
  for (ReduceOp reduce : pass.reductions)
    inits.push_back(emitter.identity(
        reduce.getKind(), elementOf(reduce.getResult()), kept.width));
  SmallVector<Value> last = k.forEach(
      k.constant(0), k.constant(s.keys), 1, inits,
      [&](Value key, ValueRange accumulators) {
        ExpressionEmitter::Scope scope(emitter);
        Point point = pointAt(kept, key);
        fetchAhead(pass, rows, key);
        for (Value v : pass.finds)
          emitter.bind(v, point,
                       loadBuffer(buffers[s.bufferOf.lookup(v)], key, lane));
        SmallVector<Value> next, weights;
        for (auto [reduce, accumulator] :
             llvm::zip_equal(pass.reductions, accumulators)) {
          Value value = emitter.vectorAt(ReduceOp(reduce).getOperand(), point);
          next.push_back(emitter.combine(
              ReduceOp(reduce).getKind(),
              elementOf(ReduceOp(reduce).getResult()), accumulator, value));
        }
        for (Value v : pass.keeps)
          weights.push_back(emitter.vectorAt(v, point));
        for (auto [v, weight] : llvm::zip_equal(pass.keeps, weights))
          storeBuffer(weight, buffers[s.bufferOf.lookup(v)], key, lane);
        return next;
      });
  for (auto [reduce, sum] : llvm::zip_equal(pass.reductions, last))
    emitter.bind(ReduceOp(reduce).getResult(), kept, sum);
}

//===-- Results -----------------------------------------------------------===//

/// Vectors from `column` on.
Point ChainEmitter::outputPoint(const Output &output, const Rows &rows,
                                Value row, Value column, Value mask) {
  SmallVector<Value> index = rows.batch, at;
  index.append({row, column});
  for (auto [d, start] : llvm::zip_equal(output.origin, output.start))
    at.push_back(d < 0 ? k.constant(start) : plus(index[d], start));
  return Point(at, at.size() - 1, s.lanes, mask);
}

/// Row operations on results: `value` [columns] of each row ⇒ `finished`.
void ChainEmitter::finish(Value value, int64_t columns, const Rows &rows) {
  forLanes([&](Value lane) {
    Point kept = keptPoint(rows, lane);
    for (auto reduce : k.body().getOps<ReduceOp>())
      emitter.bind(reduce.getResult(), kept,
                   loadBuffer(reduced.lookup(reduce.getResult()), {}, lane));
    emitter.evaluateInvariants(value, pointAt(kept, Value()));
    k.forEach(k.constant(0), k.constant(columns), 1, [&](Value column) {
      ExpressionEmitter::Scope scope(emitter);
      Point point = pointAt(kept, column);
      for (DotGeneralOp dot : s.weighs)
        if (tensorType(dot.getResult()).getShape().back() == columns)
          emitter.bind(
              dot.getResult(), point,
              loadBuffer(results.lookup(dot.getResult()), column, lane));
      storeBuffer(emitter.vectorAt(value, point), finished, column, lane);
    });
  });
}

void ChainEmitter::emitResult(const Output &output, const Rows &rows) {
  Value value = output.value;
  int64_t columns = tensorType(value).getShape().back();
  if (Value buffer = results.lookup(value))
    return writeTurned(buffer, columns, output, rows);
  finish(value, columns, rows);
  writeTurned(finished, columns, output, rows);
}

/// The same where all vectors are whole.
void ChainEmitter::writeWhole(Value buffer, int64_t columns,
                              const Output &output, const Rows &rows) {
  Value v = k.yields()[output.yield];
  // From one to the next along each dimension of the value.
  SmallVector<int64_t> strides(tensorType(output.value).getRank(), 0);
  int64_t start = 0;
  for (auto [d, first, stride] :
       llvm::zip_equal(output.origin, output.start,
                       computeStrides(tensorType(v).getShape()))) {
    start += first * stride;
    if (d >= 0)
      strides[d] = stride;
  }
  int64_t size = tensorType(v).getNumElements(), row = strides[s.batch.size()];
  int64_t from = cast<MemRefType>(buffer.getType()).getNumElements();
  TransposeKernel spec{s.element,        s.lanes, s.lanes,
                       /*clamps=*/false, s.lanes, s.lanes, {from, s.width(), 1},
                       {size, row, 1}};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  Value target = flat(k.output(output.yield), size);
  Value base = plus(times(rows.first, row), start);
  for (auto [d, coordinate] : llvm::enumerate(rows.batch))
    base = add(base, times(coordinate, strides[d]));
  k.forEach(k.constant(0), rows.count, s.lanes, [&](Value lane) {
    Value at = add(base, times(lane, row));
    k.forEach(k.constant(0), k.constant(columns), s.lanes, [&](Value column) {
      Value source = add(times(column, s.width()), lane);
      call(callee,
           {buffer, source, k.constant(s.lanes - 1), target, add(at, column)});
    });
  });
}

/// [columns][width] ⇒ the output's rows.
void ChainEmitter::writeTurned(Value buffer, int64_t columns,
                               const Output &output, const Rows &rows) {
  Type element = tensorType(output.value).getElementType();
  if (columns % s.lanes == 0 && s.rows % s.lanes == 0 && element == s.element)
    return writeWhole(buffer, columns, output, rows);
  int64_t size = cast<MemRefType>(buffer.getType()).getNumElements();
  TransposeKernel spec{s.element,
                       s.lanes,
                       s.lanes,
                       /*clamps=*/columns % s.lanes != 0,
                       s.lanes,
                       s.lanes,
                       {size, s.width(), 1},
                       {straightRow * s.width(), straightRow, 1}};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  k.forEach(k.constant(0), k.constant(columns), s.lanes, [&](Value column) {
    Value last = b.create<arith::SubIOp>(loc, k.constant(columns - 1), column);
    for (int64_t unit = 0; unit < s.units; ++unit) {
      Value from = plus(times(column, s.width()), unit * s.lanes);
      Value to = plus(column, unit * s.lanes * straightRow);
      call(callee, {buffer, from, last, straight, to});
    }
  });
  auto vector = VectorType::get({s.lanes}, s.element);
  k.forEach(k.constant(0), rows.count, 1, [&](Value row) {
    auto copy = [&](Value column, Value mask) {
      Value at = add(times(row, straightRow), column);
      Value value = b.create<vector::LoadOp>(loc, vector, straight, at);
      emitter.store(
          value, element, k.output(output.yield),
          outputPoint(output, rows, add(rows.first, row), column, mask));
    };
    int64_t whole = columns / s.lanes * s.lanes;
    if (whole != 0)
      k.forEach(k.constant(0), k.constant(whole), s.lanes,
                [&](Value column) { copy(column, {}); });
    if (whole != columns)
      copy(k.constant(whole), emitter.prefixMask(s.lanes, columns - whole));
  });
}

//===-- The kernel --------------------------------------------------------===//

void ChainEmitter::emitRows(const Rows &rows) {
  llvm::DenseSet<Value> done;
  for (DotGeneralOp dot : s.scores) {
    if (done.insert(dot.getLhs()).second)
      turn(dot, rows);
    Operand right = operandOf(dot, /*isLeft=*/false);
    Left left{asOperand(k.input(right.argument)), baseOf(right, rows.batch),
              right.free, right.contracted};
    multiply(left, s.keys, right.depth, turned.lookup(dot.getLhs()),
             buffers[s.bufferOf.lookup(dot.getResult())]);
  }
  emitPasses(rows);
  for (DotGeneralOp dot : s.weighs) {
    Operand right = operandOf(dot, /*isLeft=*/false);
    Left left{asOperand(k.input(right.argument)), baseOf(right, rows.batch),
              right.free, right.contracted};
    multiply(left, right.freeSize, s.keys,
             buffers[s.bufferOf.lookup(dot.getLhs())],
             results.lookup(dot.getResult()));
  }
  for (const Output &output : outputs) {
    if (tensorType(output.value).getRank() == int64_t(s.batch.size()) + 1)
      continue; // written with the passes
    auto dot = output.value.getDefiningOp<DotGeneralOp>();
    if (dot && llvm::is_contained(s.adds, dot))
      emitSum(output, rows);
    else
      emitResult(output, rows);
  }
}

int64_t ChainEmitter::run() {
  allocate();
  auto rowsOf = [&](Value batch, Value block) {
    Rows rows;
    rows.batch = k.delinearize(batch, s.batch);
    rows.nextBatch =
        k.delinearize(min(plus(batch, 1), k.constant(s.batches - 1)), s.batch);
    rows.first = times(block, s.width());
    rows.count = k.constant(s.width());
    if (s.rows % s.width() != 0)
      rows.count =
          min(rows.count,
              b.create<arith::SubIOp>(loc, k.constant(s.rows), rows.first));
    rows.isFirst = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, block,
                                           k.constant(0));
    return rows;
  };
  int64_t blocks = s.blocks(), depth = 0;
  for (DotGeneralOp dot : s.scores)
    depth += operandOf(dot, /*isLeft=*/true).depth;
  int64_t perBlock = std::max<int64_t>(1, s.width() * s.keys * depth);
  if (!s.adds.empty())
    return k.forEachItem(
        s.batches, std::max<int64_t>(1, tileWork / (perBlock * blocks)),
        [&](Value batch) {
          k.forEach(k.constant(0), k.constant(blocks), 1, [&](Value block) {
            ExpressionEmitter::Scope scope(emitter);
            emitRows(rowsOf(batch, block));
          });
        });
  return k.forEachItem(
      s.batches * blocks, std::max<int64_t>(1, tileWork / perBlock),
      [&](Value item) {
        ExpressionEmitter::Scope scope(emitter);
        Value count = k.constant(blocks);
        Value batch = b.createOrFold<arith::DivUIOp>(loc, item, count);
        Value block = b.createOrFold<arith::RemUIOp>(loc, item, count);
        emitRows(rowsOf(batch, block));
      });
}

FailureOr<int64_t> dlc::emitChain(KernelFunction &kernel) {
  return ChainEmitter(kernel).run();
}
