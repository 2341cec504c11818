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

#include "Lowering/ChainSchedule.h"
#include "Lowering/ContractionKernels.h"
#include "Lowering/ExpressionEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// The depth of one chain of multiply-adds.
static constexpr int64_t blockDepth = 512;
/// Multiply-adds of a tile, at least.
static constexpr int64_t tileWork = int64_t(1) << 20;

namespace {

class ChainEmitter {
public:
  explicit ChainEmitter(KernelFunction &k)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), s(k) {}
  int64_t run();

private:
  /// A body's argument, as a product reads it.
  struct Operand {
    unsigned argument;
    int64_t size;
    SmallVector<int64_t> batchStrides;
    /// From one row or column to the next, and along the contracted dimension.
    int64_t free, contracted;
    int64_t freeSize, depth;
  };
  /// What a micro-kernel takes on its left.
  struct Left {
    Value memref, base;
    int64_t row, column;
  };
  /// Some rows of one of the batch.
  struct Rows {
    /// Coordinates of the batch, and of the one after it.
    SmallVector<Value> batch, nextBatch;
    /// The first, how many there are, and whether they are the batch's first.
    Value first, count, isFirst;
  };

  Value add(Value x, Value y) {
    return b.createOrFold<arith::AddIOp>(loc, x, y);
  }
  Value plus(Value x, int64_t y) { return y == 0 ? x : add(x, k.constant(y)); }
  Value times(Value x, int64_t y) {
    return b.createOrFold<arith::MulIOp>(loc, x, k.constant(y));
  }
  Value min(Value x, Value y) {
    return b.createOrFold<arith::MinSIOp>(loc, x, y);
  }
  ModuleOp module() { return k.function->getParentOfType<ModuleOp>(); }
  void call(func::FuncOp callee, ValueRange operands) {
    b.create<func::CallOp>(loc, callee, operands);
  }

  Operand operandOf(DotGeneralOp dot, bool isLeft);
  Value baseOf(const Operand &operand, ArrayRef<Value> batch);
  void fetch(const Operand &operand, ArrayRef<Value> batch, bool alongFree,
             Value row);
  void fetchAhead(const ReductionPass &pass, const Rows &rows, Value key);
  Value scratch(int64_t size);
  Value flat(Value memref, int64_t size);
  Value asOperand(Value memref);
  void allocate();

  void emitRows(const Rows &rows);
  void turn(DotGeneralOp score, const Rows &rows);
  void startRows(const Left &left, Value row, int64_t count, Value depth);
  void multiply(const Left &left, int64_t count, int64_t depth, Value right,
                Value result);
  void emitPasses(const Rows &rows);
  void emitPass(const ReductionPass &pass, const Rows &rows, const Point &kept,
                Value lane);
  Point keptPoint(const Rows &rows, Value lane);
  Point pointAt(const Point &kept, Value key);
  void forLanes(function_ref<void(Value)> body);
  Value loadBuffer(Value memref, Value row, Value lane);
  void storeBuffer(Value value, Value memref, Value row, Value lane);

  void emitResult(unsigned yield, const Rows &rows);
  void finish(Value value, int64_t columns, const Rows &rows);
  void writeTurned(Value buffer, int64_t columns, unsigned yield,
                   const Rows &rows);
  void writeWhole(Value buffer, int64_t columns, unsigned yield,
                  const Rows &rows);
  void emitSum(unsigned yield, const Rows &rows);
  Point outputPoint(unsigned yield, const Rows &rows, Value row, Value column,
                    Value mask);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ChainSchedule s;
  /// A score's left operand, turned.
  llvm::DenseMap<Value, Value> turned;
  /// By ChainSchedule::bufferOf.
  SmallVector<Value> buffers;
  /// A result of `weighs`, [columns][width]; each reduction, [width].
  llvm::DenseMap<Value, Value> results, reduced;
  /// A finished result, and the same with rows as rows.
  Value finished, straight;
  int64_t straightRow = 0;
  /// A group's sum over rows.
  Value sums;
  Value starts;
};

} // namespace

//===-- Operands ----------------------------------------------------------===//

ChainEmitter::Operand ChainEmitter::operandOf(DotGeneralOp dot, bool isLeft) {
  ProductSide side = *sideOf(dot, isLeft ? 0 : 1);
  BlockArgument argument = readArgument(side.value);
  ArrayRef<int64_t> shape = tensorType(argument).getShape();
  SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t d = shape.size() - 1; d-- > 0;)
    strides[d] = strides[d + 1] * shape[d + 1];
  auto strideOf = [&](int64_t d) { return strides[originOf(side.value, d)]; };
  Operand operand;
  operand.argument = argument.getArgNumber();
  operand.size = tensorType(argument).getNumElements();
  for (int64_t d : side.batch)
    operand.batchStrides.push_back(strideOf(d));
  operand.free = strideOf(side.free);
  operand.contracted = strideOf(side.contracted);
  operand.freeSize = tensorType(side.value).getDimSize(side.free);
  operand.depth = tensorType(side.value).getDimSize(side.contracted);
  return operand;
}

/// Where the matrix of one of the batch starts.
Value ChainEmitter::baseOf(const Operand &operand, ArrayRef<Value> batch) {
  Value base = k.constant(0);
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
                  s.microUnits, s.lanes, s.width()};
  func::FuncOp callee = getGemmKernel(module(), spec);
  Value rightOperand = asOperand(right), resultOperand = asOperand(result);
  k.forEach(k.constant(0), k.constant(count), s.groupRows, [&](Value row) {
    auto block = [&](Value z, Value size, Value accumulate) {
      startRows(left, row, count, z);
      for (int64_t unit = 0; unit < s.units; unit += s.microUnits) {
        Value from = plus(times(z, s.width()), unit * s.lanes);
        Value to = plus(times(row, s.width()), unit * s.lanes);
        call(callee,
             {left.memref, starts, k.constant(left.column), rightOperand, from,
              resultOperand, to, k.constant(s.width()), size, accumulate});
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
    for (auto [i, v] : llvm::enumerate(k.yields()))
      if (tensorType(v).getRank() == rank)
        emitter.store(emitter.vectorAt(v, kept), tensorType(v).getElementType(),
                      k.output(i), kept);
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

/// A yielded value, and the transpose through which it is written.
static Value yieldedBy(KernelFunction &k, unsigned yield) {
  Value v = k.yields()[yield];
  if (auto transpose = v.getDefiningOp<TransposeOp>())
    return transpose.getOperand();
  return v;
}

/// Vectors from `column` on.
Point ChainEmitter::outputPoint(unsigned yield, const Rows &rows, Value row,
                                Value column, Value mask) {
  Value v = k.yields()[yield];
  SmallVector<Value> index = rows.batch, at;
  index.append({row, column});
  for (int64_t d = 0; d < tensorType(v).getRank(); ++d)
    at.push_back(index[originOf(v, d)]);
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

void ChainEmitter::emitResult(unsigned yield, const Rows &rows) {
  Value value = yieldedBy(k, yield);
  int64_t columns = tensorType(value).getShape().back();
  if (Value buffer = results.lookup(value))
    return writeTurned(buffer, columns, yield, rows);
  finish(value, columns, rows);
  writeTurned(finished, columns, yield, rows);
}

/// The same where all vectors are whole.
void ChainEmitter::writeWhole(Value buffer, int64_t columns, unsigned yield,
                              const Rows &rows) {
  Value v = k.yields()[yield];
  ArrayRef<int64_t> shape = tensorType(v).getShape();
  // From one to the next along each dimension of the value before transposing.
  SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (int64_t d = shape.size() - 1; d >= 0; stride *= shape[d--])
    strides[originOf(v, d)] = stride;
  int64_t size = tensorType(v).getNumElements(), row = strides[s.batch.size()];
  int64_t from = cast<MemRefType>(buffer.getType()).getNumElements();
  TransposeKernel spec{s.element,        s.lanes, s.lanes,
                       /*clamps=*/false, s.lanes, s.lanes, {from, s.width(), 1},
                       {size, row, 1}};
  func::FuncOp callee = getTransposeKernel(module(), spec);
  Value target = flat(k.output(yield), size);
  Value base = times(rows.first, row);
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
void ChainEmitter::writeTurned(Value buffer, int64_t columns, unsigned yield,
                               const Rows &rows) {
  if (columns % s.lanes == 0 && s.rows % s.lanes == 0 &&
      tensorType(k.yields()[yield]).getElementType() == s.element)
    return writeWhole(buffer, columns, yield, rows);
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
  Type element = tensorType(k.yields()[yield]).getElementType();
  auto vector = VectorType::get({s.lanes}, s.element);
  k.forEach(k.constant(0), rows.count, 1, [&](Value row) {
    auto copy = [&](Value column, Value mask) {
      Value at = add(times(row, straightRow), column);
      Value value = b.create<vector::LoadOp>(loc, vector, straight, at);
      emitter.store(
          value, element, k.output(yield),
          outputPoint(yield, rows, add(rows.first, row), column, mask));
    };
    int64_t whole = columns / s.lanes * s.lanes;
    if (whole != 0)
      k.forEach(k.constant(0), k.constant(whole), s.lanes,
                [&](Value column) { copy(column, {}); });
    if (whole != columns)
      copy(k.constant(whole), emitter.prefixMask(s.lanes, columns - whole));
  });
}

/// output[keys][columns] (+)= weightsᵀ · right operand.
void ChainEmitter::emitSum(unsigned yield, const Rows &rows) {
  auto dot = yieldedBy(k, yield).getDefiningOp<DotGeneralOp>();
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
        s.element,       s.lanes, s.groupRows, units, tail ? tail : s.lanes,
        right.contracted};
    func::FuncOp callee = getGemmKernel(module(), spec);
    k.forEach(k.constant(0), k.constant(s.keys), s.groupRows, [&](Value key0) {
      startRows(left, key0, s.keys, k.constant(0));
      call(callee, {left.memref, starts, k.constant(1), rightOperand,
                    plus(base, column), sumsOperand, k.constant(0),
                    k.constant(sumsRow), rows.count, never});
      Value key1 = min(plus(key0, s.groupRows), k.constant(s.keys));
      k.forEach(key0, key1, 1, [&](Value key) {
        Value from = times(b.create<arith::SubIOp>(loc, key, key0), sumsRow);
        for (int64_t unit = 0; unit < units; ++unit) {
          Value mask;
          if (tail && unit + 1 == units)
            mask = emitter.prefixMask(s.lanes, tail);
          Point to = outputPoint(yield, rows, key,
                                 k.constant(column + unit * s.lanes), mask);
          Value sum = b.create<vector::LoadOp>(loc, vector, sums,
                                               plus(from, unit * s.lanes));
          Value before = emitter.load(k.output(yield), element, to);
          Value both = b.create<arith::AddFOp>(loc, before, sum);
          sum = b.create<arith::SelectOp>(loc, rows.isFirst, sum, both);
          emitter.store(sum, element, k.output(yield), to);
        }
      });
    });
  }
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
  for (auto [i, v] : llvm::enumerate(k.yields())) {
    if (tensorType(v).getRank() == int64_t(s.batch.size()) + 1)
      continue; // written with the passes
    auto dot = yieldedBy(k, i).getDefiningOp<DotGeneralOp>();
    if (dot && llvm::is_contained(s.adds, dot))
      emitSum(i, rows);
    else
      emitResult(i, rows);
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
