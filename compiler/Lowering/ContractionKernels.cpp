#include "Lowering/ContractionKernels.h"

#include "Lowering/MicroKernelBuilder.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace dlc;

static StringRef nameOf(Type element) {
  return element.isF64() ? "f64" : "f32";
}

static std::string str(const FlatMatrix &m) {
  return llvm::formatv("{0}_{1}_{2}", m.size, m.row, m.column);
}

static MemRefType flat(Type element, const FlatMatrix &matrix) {
  return MemRefType::get({matrix.size}, element);
}

/// The function of that name, or a new one without a body.
static func::FuncOp getOrCreate(ModuleOp module, const std::string &name,
                                ArrayRef<Type> parameters) {
  if (auto known = module.lookupSymbol<func::FuncOp>(name))
    return known;
  return createMicroKernel(module, name, parameters);
}

MemRefType dlc::gemmOperandType(Type element) {
  // The size means nothing, it is the largest of any buffer.
  return MemRefType::get({int64_t(1) << 48}, element);
}

/// How many k ahead b is fetched: what the second level of the cache takes to
/// deliver, and a few.
static constexpr int64_t fetchedAhead = 8;

func::FuncOp dlc::getGemmKernel(ModuleOp module, const GemmKernel &spec) {
  std::string name = llvm::formatv("gemm_{0}_{1}x{2}x{3}_{4}_b{5}_c{6}{7}",
                                   nameOf(spec.element), spec.rows, spec.units,
                                   spec.lanes, spec.lastLanes, spec.bRow,
                                   spec.cRow, spec.prefetches ? "_ahead" : "");
  Type index = IndexType::get(module.getContext());
  Type flag = IntegerType::get(module.getContext(), 1);
  MemRefType operand = gemmOperandType(spec.element);
  func::FuncOp func =
      getOrCreate(module, name,
                  {operand, MemRefType::get({spec.rows}, index), index, operand,
                   index, operand, index, index, flag});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value a = func.getArgument(0), starts = func.getArgument(1);
  Value aColumn = func.getArgument(2);
  Value bs = func.getArgument(3), bBase = func.getArgument(4);
  Value c = func.getArgument(5), cBase = func.getArgument(6);

  // As values from memory, of which LLVM cannot derive one from another, they
  // stay in a register each.
  SmallVector<Value> rows;
  for (int64_t row = 0; row < spec.rows; ++row)
    rows.push_back(b.create<memref::LoadOp>(starts, b.index(row)));
  Value lastMask = b.mask(spec.lastLanes);
  auto step = [&](Value k, ValueRange sums) {
    Value aAt = b.create<arith::MulIOp>(k, aColumn);
    Value bAt = b.add(bBase, b.times(k, spec.bRow));
    SmallVector<Value> columns, next;
    for (int64_t unit = 0; unit < spec.units; ++unit) {
      Value at = b.plus(bAt, unit * spec.lanes);
      columns.push_back(
          b.load(bs, at, unit + 1 == spec.units ? lastMask : Value()));
      if (spec.prefetches) {
        Value ahead = b.plus(at, fetchedAhead * spec.bRow);
        b.create<memref::PrefetchOp>(bs, ahead, /*isWrite=*/false,
                                     /*localityHint=*/3, /*isDataCache=*/true);
      }
    }
    for (int64_t row = 0; row < spec.rows; ++row) {
      Value x = b.create<memref::LoadOp>(a, b.add(rows[row], aAt));
      Value lanes = b.create<vector::BroadcastOp>(b.vector, x);
      for (int64_t unit = 0; unit < spec.units; ++unit)
        next.push_back(
            b.multiplyAdd(lanes, columns[unit], sums[row * spec.units + unit]));
    }
    return next;
  };
  SmallVector<Value> sums(spec.rows * spec.units, b.zero());
  sums = b.carry(b.index(0), func.getArgument(7), 1, sums, step);

  SmallVector<Value> indices;
  for (int64_t row = 0; row < spec.rows; ++row)
    for (int64_t unit = 0; unit < spec.units; ++unit)
      indices.push_back(b.plus(cBase, row * spec.cRow + unit * spec.lanes));
  b.storeBlock(sums, c, indices, func.getArgument(8));
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getDotKernel(ModuleOp module, const DotKernel &spec) {
  std::string name = llvm::formatv(
      "dot_{0}_{1}x{2}x{3}_{4}_{5}_{6}_a{7}_b{8}_c{9}", nameOf(spec.element),
      spec.rows, spec.columns, spec.lanes, spec.group, spec.tail,
      spec.accumulates ? "add" : "set", str(spec.a), str(spec.b), str(spec.c));
  Type index = IndexType::get(module.getContext());
  Type flag = IntegerType::get(module.getContext(), 1);
  func::FuncOp func = getOrCreate(
      module, name,
      {flat(spec.element, spec.a), index, flat(spec.element, spec.b), index,
       flat(spec.element, spec.c), index, index, index, flag});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value a = func.getArgument(0), aBase = func.getArgument(1);
  Value bs = func.getArgument(2), bBase = func.getArgument(3);
  Value c = func.getArgument(4), cBase = func.getArgument(5);
  Value whole = func.getArgument(6), end = func.getArgument(7);

  SmallVector<SmallVector<Value>> sums(spec.rows);
  for (int64_t first = 0; first < spec.columns; first += spec.group) {
    int64_t group = std::min(spec.group, spec.columns - first);
    auto accumulate = [&](Value mask) {
      return [&, mask](Value k, ValueRange sums) {
        Value aAt = b.add(aBase, k);
        Value bAt = b.add(bBase, b.times(k, spec.b.column));
        SmallVector<Value> columns, next;
        for (int64_t j = 0; j < group; ++j)
          columns.push_back(
              b.load(bs, b.plus(bAt, (first + j) * spec.b.row), mask));
        for (int64_t row = 0; row < spec.rows; ++row) {
          Value x = b.load(a, b.plus(aAt, row * spec.a.row), mask);
          for (int64_t j = 0; j < group; ++j)
            next.push_back(b.multiplyAdd(x, columns[j], sums[row * group + j]));
        }
        return next;
      };
    };
    SmallVector<Value> values(spec.rows * group, b.zero());
    values = b.carry(b.index(0), whole, spec.lanes, values, accumulate({}));
    if (spec.tail)
      values = b.carry(whole, end, spec.lanes, values,
                       accumulate(b.mask(spec.tail)));
    for (int64_t row = 0; row < spec.rows; ++row)
      sums[row].append(values.begin() + row * group,
                       values.begin() + (row + 1) * group);
  }

  SmallVector<Value> results, indices;
  for (int64_t row = 0; row < spec.rows; ++row) {
    results.push_back(b.sumEach(sums[row]));
    indices.push_back(b.plus(cBase, row * spec.c.row));
  }
  b.storeBlock(results, c, indices,
               spec.accumulates ? func.getArgument(8) : Value());
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getCopyKernel(ModuleOp module, const CopyKernel &spec) {
  std::string name = llvm::formatv(
      "copy_{0}_{1}x{2}_{3}_s{4}_t{5}", nameOf(spec.element), spec.units,
      spec.lanes, spec.masked ? "m" : "w", str(spec.source), str(spec.target));
  Type index = IndexType::get(module.getContext());
  func::FuncOp func =
      getOrCreate(module, name,
                  {flat(spec.element, spec.source), index, index,
                   flat(spec.element, spec.target), index, index});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value source = func.getArgument(0), target = func.getArgument(3);
  SmallVector<Value> masks(spec.units);
  if (spec.masked)
    for (int64_t unit = 0; unit < spec.units; ++unit)
      masks[unit] = b.mask(b.plus(func.getArgument(2), -unit * spec.lanes));
  b.carry(b.index(0), func.getArgument(5), 1, {}, [&](Value row, ValueRange) {
    Value from = b.add(func.getArgument(1), b.times(row, spec.source.row));
    Value to = b.add(func.getArgument(4), b.times(row, spec.target.row));
    for (int64_t unit = 0; unit < spec.units; ++unit) {
      int64_t column = unit * spec.lanes;
      b.store(b.load(source, b.plus(from, column), masks[unit]), target,
              b.plus(to, column));
    }
    return SmallVector<Value>();
  });
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getTransposeKernel(ModuleOp module,
                                     const TransposeKernel &spec) {
  std::string name = llvm::formatv(
      "transpose_{0}_{1}_{2}x{3}_s{4}_t{5}", nameOf(spec.element), spec.lanes,
      spec.readLanes, spec.writeRows, str(spec.source), str(spec.target));
  Type index = IndexType::get(module.getContext());
  func::FuncOp func =
      getOrCreate(module, name,
                  {flat(spec.element, spec.source), index, index,
                   flat(spec.element, spec.target), index});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value source = func.getArgument(0), target = func.getArgument(3);
  Value mask = b.mask(spec.readLanes);
  SmallVector<Value> rows;
  for (int64_t i = 0; i < spec.lanes; ++i) {
    Value row = b.create<arith::MinSIOp>(b.index(i), func.getArgument(2));
    Value at = b.add(func.getArgument(1), b.times(row, spec.source.row));
    rows.push_back(b.load(source, at, mask));
  }
  for (int64_t distance = spec.lanes / 2; distance > 0; distance /= 2)
    for (int64_t i = 0; i < spec.lanes; ++i)
      if (!(i & distance))
        std::tie(rows[i], rows[i + distance]) =
            b.exchange(rows[i], rows[i + distance], distance);
  for (int64_t i = 0; i < spec.writeRows; ++i)
    b.store(rows[i], target, b.plus(func.getArgument(4), i * spec.target.row));
  b.create<func::ReturnOp>();
  return func;
}
