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

/// How many k ahead operands are fetched: what the second level of the cache
/// takes to deliver, and a few.
static constexpr int64_t fetchedAhead = 8;

func::FuncOp dlc::getGemmKernel(ModuleOp module, const GemmKernel &spec) {
  std::string name =
      llvm::formatv("gemm_{0}_{1}x{2}x{3}_{4}{5}{6}", nameOf(spec.element),
                    spec.rows, spec.units, spec.lanes, spec.lastLanes,
                    spec.fetchesA ? "_fa" : "", spec.fetchesB ? "" : "_nb");
  Type index = IndexType::get(module.getContext());
  Type flag = IntegerType::get(module.getContext(), 1);
  MemRefType operand = gemmOperandType(spec.element);
  func::FuncOp func =
      getOrCreate(module, name,
                  {operand, MemRefType::get({spec.rows}, index), index, operand,
                   index, index, operand, index, index, index, flag});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value a = func.getArgument(0), starts = func.getArgument(1);
  Value aColumn = func.getArgument(2);
  Value bs = func.getArgument(3), bBase = func.getArgument(4);
  Value bRow = func.getArgument(5);
  Value c = func.getArgument(6), cBase = func.getArgument(7);
  Value cRow = func.getArgument(8);

  // As values from memory, of which LLVM cannot derive one from another, they
  // stay in a register each.
  SmallVector<Value> rows;
  for (int64_t row = 0; row < spec.rows; ++row)
    rows.push_back(b.create<memref::LoadOp>(starts, b.index(row)));
  Value lastMask = b.mask(spec.lastLanes);
  auto fetch = [&](Value memref, Value at) {
    b.create<memref::PrefetchOp>(memref, at, /*isWrite=*/false,
                                 /*localityHint=*/3, /*isDataCache=*/true);
  };
  Value bAhead = b.times(bRow, fetchedAhead);
  Value aAhead = b.add(rows.front(), b.times(aColumn, fetchedAhead));
  auto step = [&](Value k, ValueRange sums) {
    Value aAt = b.create<arith::MulIOp>(k, aColumn);
    Value bAt = b.add(bBase, b.create<arith::MulIOp>(k, bRow));
    SmallVector<Value> columns, next;
    if (spec.fetchesA)
      fetch(a, b.add(aAhead, aAt));
    for (int64_t unit = 0; unit < spec.units; ++unit) {
      Value at = b.plus(bAt, unit * spec.lanes);
      columns.push_back(
          b.load(bs, at, unit + 1 == spec.units ? lastMask : Value()));
      if (spec.fetchesB)
        fetch(bs, b.add(at, bAhead));
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
  sums = b.carry(b.index(0), func.getArgument(9), 1, sums, step);

  SmallVector<Value> indices;
  for (int64_t row = 0; row < spec.rows; ++row) {
    Value at = b.add(cBase, b.times(cRow, row));
    for (int64_t unit = 0; unit < spec.units; ++unit)
      indices.push_back(b.plus(at, unit * spec.lanes));
  }
  b.storeBlock(sums, c, indices, func.getArgument(10));
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getDotKernel(ModuleOp module, const DotKernel &spec) {
  std::string name = llvm::formatv(
      "dot_{0}_{1}x{2}x{3}_{4}_{5}_{6}_a{7}_b{8}_c{9}", nameOf(spec.element),
      spec.rows, spec.columns, spec.lanes, spec.group, spec.tail,
      spec.continues ? "more" : "set", str(spec.a), str(spec.b), spec.size);
  Type index = IndexType::get(module.getContext());
  Type flag = IntegerType::get(module.getContext(), 1);
  func::FuncOp func = getOrCreate(
      module, name,
      {flat(spec.element, spec.a), index, flat(spec.element, spec.b), index,
       MemRefType::get({spec.size}, spec.element), index, index, index, flag});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value a = func.getArgument(0), aBase = func.getArgument(1);
  Value bs = func.getArgument(2), bBase = func.getArgument(3);
  Value c = func.getArgument(4), cBase = func.getArgument(5);
  Value whole = func.getArgument(6), end = func.getArgument(7);

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
    SmallVector<Value> indices;
    for (int64_t row = 0; row < spec.rows; ++row)
      for (int64_t j = 0; j < group; ++j)
        indices.push_back(
            b.plus(cBase, (row * spec.columns + first + j) * spec.lanes));
    SmallVector<Value> chains(indices.size(), b.zero());
    if (spec.continues)
      chains = b.loadBlock(c, indices, func.getArgument(8));
    chains = b.carry(b.index(0), whole, spec.lanes, chains, accumulate({}));
    if (spec.tail)
      chains = b.carry(whole, end, spec.lanes, chains,
                       accumulate(b.mask(spec.tail)));
    b.storeBlock(chains, c, indices, {});
  }
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getLaneSumKernel(ModuleOp module, const LaneSumKernel &spec) {
  std::string name = llvm::formatv(
      "sum_lanes_{0}_{1}_{2}_{3}_{4}", nameOf(spec.element), spec.lanes,
      spec.size, spec.targetSize, spec.accumulates ? "add" : "set");
  Type index = IndexType::get(module.getContext());
  Type flag = IntegerType::get(module.getContext(), 1);
  func::FuncOp func = getOrCreate(
      module, name,
      {MemRefType::get({spec.size}, spec.element),
       MemRefType::get({spec.targetSize}, spec.element), index, index, flag});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  b.carry(b.index(0), func.getArgument(3), 1, {}, [&](Value i, ValueRange) {
    Value from = b.times(i, spec.lanes * spec.lanes);
    SmallVector<Value> vectors;
    for (int64_t lane = 0; lane < spec.lanes; ++lane)
      vectors.push_back(
          b.load(func.getArgument(0), b.plus(from, lane * spec.lanes)));
    Value sums = b.sumEach(vectors);
    Value to = b.add(func.getArgument(2), b.times(i, spec.lanes));
    b.storeBlock(sums, func.getArgument(1), to,
                 spec.accumulates ? func.getArgument(4) : Value());
    return SmallVector<Value>();
  });
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getCopyKernel(ModuleOp module, const CopyKernel &spec) {
  std::string name = llvm::formatv(
      "copy_{0}_{1}x{2}_{3}_s{4}_t{5}", nameOf(spec.element), spec.units,
      spec.lanes, spec.masked ? "m" : "w", str(spec.source), str(spec.target));
  if (spec.panels > 1)
    name += llvm::formatv("_{0}x{1}_{2}", spec.panels, spec.panelColumns,
                          spec.panelSize);
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
    for (int64_t panel = 0; panel < spec.panels; ++panel)
      for (int64_t unit = 0; unit < spec.units; ++unit) {
        int64_t column = unit * spec.lanes;
        int64_t fromColumn = panel * spec.panelColumns + column;
        Value vector = b.load(source, b.plus(from, fromColumn), masks[unit]);
        b.store(vector, target, b.plus(to, panel * spec.panelSize + column));
      }
    return SmallVector<Value>();
  });
  b.create<func::ReturnOp>();
  return func;
}

// A vector takes the same few elements (`part`) of several rows, each by a load
// that fills a part of it: that leaves half as many shuffles as rows loaded as
// they lie, and shuffles have one port.
func::FuncOp dlc::getTransposeKernel(ModuleOp module,
                                     const TransposeKernel &spec) {
  std::string name = llvm::formatv(
      "transpose_{0}_{1}_{2}x{3}x{4}_{5}_s{6}_t{7}", nameOf(spec.element),
      spec.lanes, spec.rows, spec.readLanes, spec.writeRows,
      spec.clamps ? "clamp" : "all", str(spec.source), str(spec.target));
  Type index = IndexType::get(module.getContext());
  func::FuncOp func =
      getOrCreate(module, name,
                  {flat(spec.element, spec.source), index, index,
                   flat(spec.element, spec.target), index});
  if (!func.isExternal())
    return func;

  MicroKernelBuilder b(func, spec.element, spec.lanes);
  Value source = func.getArgument(0), target = func.getArgument(3);
  int64_t part = spec.lanes / 4;
  SmallVector<Value> rows;
  for (int64_t i = 0; i < spec.rows; ++i) {
    Value row = b.index(i);
    if (spec.clamps)
      row = b.create<arith::MinSIOp>(row, func.getArgument(2));
    rows.push_back(b.add(func.getArgument(1), b.times(row, spec.source.row)));
  }
  // Turns `part` columns from `column` on, and writes those from `begin` to
  // `end` of them.
  auto turn = [&](Value column, int64_t begin, int64_t end) {
    SmallVector<Value> level;
    for (int64_t i = 0; i < part; ++i) {
      Value vector = b.zero();
      for (int64_t row = i; row < spec.rows; row += part)
        vector = b.create<vector::InsertStridedSliceOp>(
            b.loadPart(source, b.add(rows[row], column), part,
                       std::min(part, spec.readLanes)),
            vector, ArrayRef<int64_t>{row - i}, ArrayRef<int64_t>{1});
      level.push_back(vector);
    }
    // Each block of `part` lanes is a part × part matrix, turned like this:
    //   a b c d, e f g h, … → a e b f, c g d h, … → a e i m, b f j n, …
    for (int64_t group = 1; group < part; group *= 2) {
      SmallVector<Value> next;
      for (int64_t i = 0; i < part; i += 2 * group)
        for (int64_t j = i; j < i + group; ++j)
          for (bool upper : {false, true})
            next.push_back(
                b.interleave(level[j], level[j + group], part, group, upper));
      level = next;
    }
    Value to = b.add(func.getArgument(4), b.times(column, spec.target.row));
    for (int64_t i = begin; i < end; ++i)
      b.store(level[i], target, b.plus(to, i * spec.target.row));
  };
  // A loop, although it is short: LLVM takes long to select shuffles.
  int64_t whole = std::min(spec.writeRows, spec.readLanes) / part * part;
  if (whole > 0)
    b.carry(b.index(0), b.index(whole), part, {},
            [&](Value column, ValueRange) {
              turn(column, 0, part);
              return SmallVector<Value>();
            });
  if (int64_t end = std::min(spec.writeRows, spec.readLanes); whole < end) {
    // The last elements of a row are read together with some before them.
    int64_t column = std::max<int64_t>(0, spec.readLanes - part);
    column = std::min(column, whole);
    turn(b.index(column), whole - column, end - column);
  }
  b.create<func::ReturnOp>();
  return func;
}
