#include "Lowering/GpuChain.h"

#include "Lowering/GpuBlocks.h"
#include "Lowering/GpuVectors.h"
#include "Lowering/GpuWarp.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace dlc;

/// Rows that a warp evaluates side by side: independent work hides latency.
static constexpr int64_t rowsAtOnce = 4;

static constexpr int64_t warps = ChainBlock::threads / warpThreads;

static Type elementOf(Value tensor) {
  return tensorType(tensor).getElementType();
}

GpuChain::GpuChain(KernelFunction &kernel, ChainStep step,
                   const ChainBlock &block)
    : k(kernel), b(kernel.builder), loc(kernel.loc()), m(kernel),
      emitter(kernel), step(step), plan(kernel.body(), step), block(block) {
  if (step == ChainStep::sums)
    reductions = plan.known;
  else
    for (const ReductionPass &pass : plan.passes)
      reductions.append(pass.reductions);
  thread = threadId(k);
  warp = m.div(thread, warpThreads);
  lane = m.rem(thread, warpThreads);
  shared = m.allocateDynamicShared(block.bytes);
  GpuTile tile = chainTile(plan.element, k.target, block.rows, block.columns);
  for (DotGeneralOp dot : plan.scores) {
    ChainOperand &left = operandOf(dot, 0), &right = operandOf(dot, 1);
    scores.emplace_back(k, tile, left.matrix, right.matrix, thread);
  }
}

void GpuChain::addProducts(ArrayRef<DotGeneralOp> dots, bool alongDepth) {
  if (dots.empty())
    return;
  GpuTile tile =
      chainTile(plan.element, k.target, block.resultRows, block.resultColumns);
  for (DotGeneralOp dot : dots) {
    lefts.push_back(dot.getLhs());
    products.emplace_back(k, tile, alongDepth, block.pitch,
                          operandOf(dot, 1).matrix, thread);
  }
}

ChainOperand &GpuChain::operandOf(DotGeneralOp dot, unsigned number) {
  return operands.emplace_back(k, dot, number);
}

void GpuChain::setBatch(Value linear) {
  position = linear;
  batch = k.delinearize(linear, plan.batch);
  for (ChainOperand &operand : operands)
    operand.setBatch(batch);
}

//===-- Places ------------------------------------------------------------===//

Point GpuChain::keptPoint(Value row) {
  Value at = m.plus(row0, row);
  // Rows beyond the last are computed as the last, and written nowhere.
  if (plan.rows % block.rows != 0)
    at = m.min(at, plan.rows - 1);
  SmallVector<Value> index = batch;
  index.push_back(at);
  return Point(index);
}

Value GpuChain::bufferOf(Value v) {
  int64_t number = plan.bufferOf.lookup(v);
  return m.at(shared, block.buffersAt + number * block.bufferBytes());
}

Value GpuChain::elementAt(Value row, Value key, Value v) {
  Value bytes = m.sum({{row, block.pitch}, {key, plan.elementBytes()}});
  return m.at(bufferOf(v), bytes);
}

Value GpuChain::reducedAt(size_t reduction, Value row) {
  int64_t first = block.reducedAt + int64_t(reduction) * block.rows * 8;
  return m.at(shared, m.times(row, 8), first);
}

/// A word of scratch memory; `row` is one of all rows.
Value GpuChain::scratchAt(size_t reduction, Value row) {
  int64_t first = int64_t(reduction) * plan.batches * plan.rows;
  return m.sum({{position, plan.rows}, {row, 1}}, first);
}

//===-- Scores and weights ------------------------------------------------===//

void GpuChain::emitScores() {
  for (auto [dot, product] : llvm::zip_equal(plan.scores, scores)) {
    Value buffer = bufferOf(DotGeneralOp(dot).getResult());
    ChainProduct &tiles = product;
    k.forEach(k.constant(0), k.constant(block.keys), block.columns,
              [&](Value column) {
                tiles.begin(row0, m.plus(key0, column));
                SmallVector<Value> sums = tiles.addAll(shared, Value());
                Value target =
                    m.at(buffer, m.times(column, plan.elementBytes()));
                tiles.store(sums, target, block.pitch);
              });
  }
}

void GpuChain::emitPasses(function_ref<void()> meanwhile) {
  m.barrier();
  meanwhile();
  Value first = m.times(warp, rowsAtOnce);
  k.forEach(first, k.constant(block.rows), warps * rowsAtOnce, [&](Value row) {
    ExpressionEmitter::Scope scope(emitter);
    SmallVector<Value> rows;
    SmallVector<Point> kept;
    for (int64_t i = 0; i < rowsAtOnce; ++i) {
      rows.push_back(m.plus(row, i));
      kept.push_back(keptPoint(rows.back()));
    }
    if (step == ChainStep::sums)
      for (auto [i, reduce] : llvm::enumerate(reductions))
        for (const Point &point : kept) {
          Value at = scratchAt(i, point.index.back().index);
          Value word = b.create<memref::LoadOp>(loc, k.scratch(), at);
          Type type = registerType(elementOf(reduce.getResult()));
          emitter.bind(reduce.getResult(), point, fromWord(b, loc, word, type));
        }
    for (const ReductionPass &pass : plan.passes)
      emitPass(pass, rows, kept);
  });
}

/// A lane has every 32nd key. Those that it keeps it finds again itself.
void GpuChain::emitPass(const ReductionPass &pass, ArrayRef<Value> rows,
                        ArrayRef<Point> kept) {
  SmallVector<Value> inits;
  for (const Point &row : kept) {
    Point point = row;
    point.index.push_back(Coordinate(Value()));
    emitter.evaluateInvariants(pass.roots, point);
    for (ReduceOp reduce : pass.reductions)
      inits.push_back(
          emitter.identity(reduce.getKind(), elementOf(reduce.getResult()), 1));
  }
  Value end = k.constant(plan.keys);
  if (block.keys < plan.keys) {
    end = b.createOrFold<arith::SubIOp>(loc, end, key0);
    end = m.min(end, block.keys);
  }
  SmallVector<Value> totals = k.forEach(
      lane, end, warpThreads, inits, [&](Value key, ValueRange accumulators) {
        ExpressionEmitter::Scope scope(emitter);
        Value place = m.plus(key0, key);
        SmallVector<Value> next;
        for (auto [row, keptRow] : llvm::zip_equal(rows, kept)) {
          Point point = keptRow;
          point.index.push_back(Coordinate(place));
          for (Value v : pass.finds)
            emitter.bind(v, point,
                         m.load(plan.element, elementAt(row, key, v)));
          for (ReduceOp reduce : pass.reductions) {
            Value value = emitter.at(reduce.getOperand(), point);
            next.push_back(emitter.combine(reduce.getKind(),
                                           elementOf(reduce.getResult()),
                                           accumulators[next.size()], value));
          }
          SmallVector<Value> weights;
          for (Value v : pass.keeps)
            weights.push_back(emitter.at(v, point));
          for (auto [v, weight] : llvm::zip_equal(pass.keeps, weights))
            m.store(weight, elementAt(row, key, v));
        }
        return next;
      });
  if (pass.reductions.empty())
    return;
  size_t at = 0;
  for (const Point &row : kept)
    for (ReduceOp reduce : pass.reductions) {
      Type element = elementOf(reduce.getResult());
      Value &total = totals[at++];
      for (int64_t distance = warpThreads / 2; distance > 0; distance /= 2) {
        Value other = shuffle(b, loc, total, distance);
        total = emitter.combine(reduce.getKind(), element, total, other);
      }
      emitter.bind(reduce.getResult(), row, total);
    }
  when(k, m.isEqual(lane, 0), [&] {
    size_t at = 0;
    for (Value row : rows)
      for (ReduceOp reduce : pass.reductions) {
        size_t number = llvm::find(reductions, reduce) - reductions.begin();
        Value word = asWord(b, loc, totals[at++], 64);
        m.store(word, reducedAt(number, row));
      }
  });
}

//===-- Products of weights -----------------------------------------------===//

SmallVector<Value> GpuChain::zeros() {
  SmallVector<Value> all;
  for (ChainProduct &product : products)
    all.append(product.zeros());
  return all;
}

/// One chain of multiply-adds: [begin, end) of `all`.
SmallVector<Value> GpuChain::addChain(Value begin, Value end, Value &first,
                                      int64_t window, int64_t all,
                                      Value column0) {
  return k.forEach(
      begin, end, window, zeros(), [&](Value at, ValueRange carried) {
        ExpressionEmitter::Scope scope(emitter);
        first = at;
        emitScores();
        Value count = k.constant(window);
        if (all % window != 0) {
          Value rest = b.create<arith::SubIOp>(loc, end, at);
          count = m.min(rest, window);
        }
        emitPasses([&] {
          products.front().begin(Value(), column0);
          products.front().start(at, count, shared);
        });
        SmallVector<Value> next;
        size_t each = carried.size() / products.size();
        for (auto [left, product] : llvm::zip_equal(lefts, products)) {
          ValueRange sums = carried.slice(next.size(), each);
          Value weights = bufferOf(left);
          bool isStarted = &product == &products.front();
          if (!isStarted)
            product.begin(Value(), column0);
          next.append(product.add(at, count, shared, weights, sums, isStarted));
        }
        return next;
      });
}

SmallVector<Value> GpuChain::addWindows(Value &first, int64_t window,
                                        int64_t all, Value column0) {
  constexpr int64_t chain = 512;
  Value zero = k.constant(0), end = k.constant(all);
  if (all <= chain)
    return addChain(zero, end, first, window, all, column0);
  return k.forEach(zero, end, chain, zeros(),
                   [&](Value begin, ValueRange totals) {
                     Value last = m.min(m.plus(begin, chain), all);
                     SmallVector<Value> next;
                     SmallVector<Value> sums =
                         addChain(begin, last, first, window, all, column0);
                     for (auto [total, sum] : llvm::zip_equal(totals, sums))
                       next.push_back(b.create<arith::AddFOp>(loc, total, sum));
                     return next;
                   });
}

//===-- Results -----------------------------------------------------------===//

Value GpuChain::yieldedBy(unsigned yield) {
  Value v = k.yields()[yield];
  if (auto transpose = v.getDefiningOp<TransposeOp>())
    return transpose.getOperand();
  return v;
}

/// Neighbouring threads write neighbours, 16 bytes each where they may.
void GpuChain::write(unsigned yield, const Result &result, Bind bind) {
  Value v = k.yields()[yield], value = yieldedBy(yield);
  int64_t rank = tensorType(v).getRank();
  int64_t width = GpuMemory::widestBytes / plan.elementBytes();
  if (elementOf(v) != plan.element || originOf(v, rank - 1) != rank - 1)
    width = 1;
  while (result.columnLimit % width != 0)
    width /= 2;
  int64_t columns = std::min(result.columns, result.columnLimit);
  bool isFirst = isConstantIntValue(result.column0, 0);
  int64_t across = llvm::divideCeil(columns, width);
  k.forEach(thread, k.constant(result.rows * across), ChainBlock::threads,
            [&](Value piece) {
              ExpressionEmitter::Scope scope(emitter);
              Value line = m.div(piece, across);
              Value along = m.times(m.rem(piece, across), width);
              Value row = m.plus(result.row0, line);
              Value column = m.plus(result.column0, along);
              Value isInside = m.isBelow(row, result.rowLimit);
              if (!isFirst || result.columnLimit > result.columns)
                isInside =
                    m.both(isInside, m.isBelow(column, result.columnLimit));
              when(k, isInside, [&] {
                SmallVector<Value> index = batch, order;
                index.append({row, column});
                for (int64_t d = 0; d < rank; ++d)
                  order.push_back(index[originOf(v, d)]);
                Value place = m.sum(
                    {{line, block.resultPitch}, {along, plan.elementBytes()}});
                Point point = vectorPoint(index, width);
                bind(point, line, m.at(result.place, place));
                Value emitted = emitter.vectorAt(value, point);
                emitter.store(emitted, elementOf(v), k.output(yield),
                              vectorPoint(order, width));
              });
            });
}
