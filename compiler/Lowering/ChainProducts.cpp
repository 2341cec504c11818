// The products of a chain: turned operands, micro-kernels, sums over rows.

#include "Lowering/ChainEmitter.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

/// The depth of one chain of multiply-adds.
static constexpr int64_t blockDepth = 512;
//===-- Operands ----------------------------------------------------------===//

ChainEmitter::Operand ChainEmitter::operandOf(DotGeneralOp dot, bool isLeft) {
  ProductSide side = *sideOf(dot, isLeft ? 0 : 1);
  ElementPlaces places = *placesOf(side.value);
  Operand operand;
  operand.argument = places.memory.getArgNumber();
  operand.size = tensorType(places.memory).getNumElements();
  operand.offset = places.offset;
  for (int64_t d : side.batch)
    operand.batchStrides.push_back(places.strides[d]);
  operand.free = places.strides[side.free];
  operand.contracted = places.strides[side.contracted];
  operand.freeSize = tensorType(side.value).getDimSize(side.free);
  operand.depth = tensorType(side.value).getDimSize(side.contracted);
  return operand;
}

/// Where the matrix of one of the batch starts.
Value ChainEmitter::baseOf(const Operand &operand, ArrayRef<Value> batch) {
  Value base = k.constant(operand.offset);
  for (auto [coordinate, stride] : llvm::zip_equal(batch, operand.batchStrides))
    base = add(base, times(coordinate, stride));
  return base;
}

/// Asks for a row of an operand, which lies contiguous; rows are counted along
/// its free dimension or along the contracted one.
void ChainEmitter::fetch(const Operand &operand, ArrayRef<Value> batch,
                         bool alongFree, Value row) {
  constexpr int64_t mostLines = 16;
  int64_t step = alongFree ? operand.free : operand.contracted;
  int64_t rows = alongFree ? operand.freeSize : operand.depth;
  int64_t length = alongFree ? operand.depth : operand.freeSize;
  int64_t lines = llvm::divideCeil(length, s.lanes);
  if ((alongFree ? operand.contracted : operand.free) != 1 || lines > mostLines)
    return;
  Value source = flat(k.input(operand.argument), operand.size);
  Value at = baseOf(operand, batch);
  at = add(at, times(min(row, k.constant(rows - 1)), step));
  for (int64_t line = 0; line < lines; ++line)
    b.create<memref::PrefetchOp>(loc, source, plus(at, line * s.lanes),
                                 /*isWrite=*/false, /*localityHint=*/2,
                                 /*isDataCache=*/true);
}

/// While rows are turned into weights the memory would rest: the first pass
/// asks for what weights are multiplied with, the last for the scores of the
/// next batch.
void ChainEmitter::fetchAhead(const ReductionPass &pass, const Rows &rows,
                              Value key) {
  if (&pass == &s.passes.front())
    for (DotGeneralOp dot : s.weighs)
      fetch(operandOf(dot, /*isLeft=*/false), rows.batch, /*alongFree=*/false,
            key);
  if (&pass == &s.passes.back())
    for (DotGeneralOp dot : s.scores)
      for (bool isLeft : {false, true})
        fetch(operandOf(dot, isLeft), rows.nextBatch, /*alongFree=*/true, key);
}

//===-- Products ----------------------------------------------------------===//

/// The rows of a score's left operand ⇒ lanes.
void ChainEmitter::turn(DotGeneralOp score, const Rows &rows) {
  Operand operand = operandOf(score, /*isLeft=*/true);
  Value source = flat(k.input(operand.argument), operand.size);
  Value target = turned.lookup(score.getLhs());
  FlatMatrix to{operand.depth * s.width(), s.width(), 1};
  Value base = baseOf(operand, rows.batch);
  base = add(base, times(rows.first, operand.free));
  if (operand.contracted != 1) {
    CopyKernel spec{s.element,
                    s.lanes,
                    s.units,
                    s.rows % s.width() != 0,
                    {operand.size, operand.contracted, 1},
                    to};
    call(getCopyKernel(module(), spec),
         {source, base, rows.count, target, k.constant(0),
          k.constant(operand.depth)});
    return;
  }
  // The last vector along the depth may overlap the one before.
  int64_t size = std::min(operand.depth, s.lanes);
  TransposeKernel spec{s.element,
                       s.lanes,
                       s.lanes,
                       /*clamps=*/s.rows % s.width() != 0,
                       size,
                       size,
                       {operand.size, operand.free, 1},
                       to};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  Value lastRow = plus(rows.count, -1);
  for (int64_t unit = 0; unit < s.units; ++unit) {
    Value from = plus(base, unit * s.lanes * operand.free);
    Value last = plus(lastRow, -unit * s.lanes);
    k.forEach(k.constant(0), k.constant(operand.depth), s.lanes, [&](Value z) {
      z = min(z, k.constant(operand.depth - size));
      Value at = plus(times(z, s.width()), unit * s.lanes);
      call(callee, {source, add(from, z), last, target, at});
    });
  }
}

/// Tells the micro-kernel where rows start; after the last it comes again.
void ChainEmitter::startRows(const Left &left, Value row, int64_t count,
                             Value depth) {
  Value base = add(left.base, times(depth, left.column));
  for (int64_t i = 0; i < s.groupRows; ++i) {
    Value at = plus(row, i);
    if (count % s.groupRows != 0)
      at = min(at, k.constant(count - 1));
    at = add(base, times(at, left.row));
    b.create<memref::StoreOp>(loc, at, starts, k.constant(i));
  }
}

/// result[count][width] = left[count][depth] · right[depth][width].
void ChainEmitter::multiply(const Left &left, int64_t count, int64_t depth,
                            Value right, Value result) {
  GemmKernel spec{s.element,    s.lanes, s.groupRows,
                  s.microUnits, s.lanes, /*fetchesA=*/false};
  func::FuncOp callee = getGemmKernel(module(), spec);
  Value rightOperand = asOperand(right), resultOperand = asOperand(result);
  k.forEach(k.constant(0), k.constant(count), s.groupRows, [&](Value row) {
    auto block = [&](Value z, Value size, Value accumulate) {
      startRows(left, row, count, z);
      for (int64_t unit = 0; unit < s.units; unit += s.microUnits) {
        Value from = plus(times(z, s.width()), unit * s.lanes);
        Value to = plus(times(row, s.width()), unit * s.lanes);
        call(callee, {left.memref, starts, k.constant(left.column),
                      rightOperand, from, k.constant(s.width()), resultOperand,
                      to, k.constant(s.width()), size, accumulate});
      }
    };
    if (depth <= blockDepth)
      return block(k.constant(0), k.constant(depth),
                   b.create<arith::ConstantOp>(loc, b.getBoolAttr(false)));
    k.forEach(k.constant(0), k.constant(depth), blockDepth, [&](Value z) {
      Value size = min(k.constant(blockDepth),
                       b.create<arith::SubIOp>(loc, k.constant(depth), z));
      Value isLater = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ne, z,
                                              k.constant(0));
      block(z, size, isLater);
    });
  });
}

/// output[keys][columns] (+)= weightsᵀ · right operand.
void ChainEmitter::emitSum(const Output &output, const Rows &rows) {
  auto dot = output.value.getDefiningOp<DotGeneralOp>();
  Operand right = operandOf(dot, /*isLeft=*/false);
  Left left{asOperand(buffers[s.bufferOf.lookup(dot.getLhs())]), k.constant(0),
            s.width(), 1};
  Value rightOperand = asOperand(k.input(right.argument));
  Value sumsOperand = asOperand(sums);
  Value base = baseOf(right, rows.batch);
  base = add(base, times(rows.first, right.contracted));
  Type element = tensorType(dot.getResult()).getElementType();
  auto vector = VectorType::get({s.lanes}, s.element);
  int64_t columns = right.freeSize, sumsRow = s.microUnits * s.lanes;
  Value never = b.create<arith::ConstantOp>(loc, b.getBoolAttr(false));
  for (int64_t column = 0; column < columns; column += sumsRow) {
    int64_t readable = std::min(columns - column, sumsRow);
    int64_t units = llvm::divideCeil(readable, s.lanes);
    int64_t tail = readable % s.lanes;
    GemmKernel spec{
        s.element,         s.lanes, s.groupRows, units, tail ? tail : s.lanes,
        /*fetchesA=*/false};
    func::FuncOp callee = getGemmKernel(module(), spec);
    k.forEach(k.constant(0), k.constant(s.keys), s.groupRows, [&](Value key0) {
      startRows(left, key0, s.keys, k.constant(0));
      call(callee,
           {left.memref, starts, k.constant(1), rightOperand,
            plus(base, column), k.constant(right.contracted), sumsOperand,
            k.constant(0), k.constant(sumsRow), rows.count, never});
      Value key1 = min(plus(key0, s.groupRows), k.constant(s.keys));
      k.forEach(key0, key1, 1, [&](Value key) {
        Value from = times(b.create<arith::SubIOp>(loc, key, key0), sumsRow);
        for (int64_t unit = 0; unit < units; ++unit) {
          Value mask;
          if (tail && unit + 1 == units)
            mask = emitter.prefixMask(s.lanes, tail);
          Point to = outputPoint(output, rows, key,
                                 k.constant(column + unit * s.lanes), mask);
          Value sum = b.create<vector::LoadOp>(loc, vector, sums,
                                               plus(from, unit * s.lanes));
          Value before = emitter.load(k.output(output.yield), element, to);
          Value both = b.create<arith::AddFOp>(loc, before, sum);
          sum = b.create<arith::SelectOp>(loc, rows.isFirst, sum, both);
          emitter.store(sum, element, k.output(output.yield), to);
        }
      });
    });
  }
}
