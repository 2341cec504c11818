#include "Lowering/ContractionKernels.h"

#include "Lowering/MicroKernelBuilder.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
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

/// "", or what is added to a kernel's name.
static StringRef suffixOf(GemmMath math) {
  switch (math) {
  case GemmMath::multiplyAdds:
    return "";
  case GemmMath::bf16Pairs:
    return "_pairs";
  case GemmMath::bf16Dots:
    return "_dots";
  }
  llvm_unreachable("no such math");
}

/// The upper half of each pair of bf16 as f32.
static Value upperHalves(MicroKernelBuilder &b, Value pairs) {
  auto bits = VectorType::get(b.vector.getShape(), b.getI32Type());
  Value mask = b.create<arith::ConstantOp>(
      DenseElementsAttr::get(bits, APInt(32, 0xffff0000)));
  Value upper =
      b.create<arith::AndIOp>(b.create<arith::BitcastOp>(bits, pairs), mask);
  return b.create<arith::BitcastOp>(b.vector, upper);
}

static Value lowerHalves(MicroKernelBuilder &b, Value pairs) {
  auto bits = VectorType::get(b.vector.getShape(), b.getI32Type());
  Value distance =
      b.create<arith::ConstantOp>(DenseElementsAttr::get(bits, APInt(32, 16)));
  Value lower = b.create<arith::ShLIOp>(b.create<arith::BitcastOp>(bits, pairs),
                                        distance);
  return b.create<arith::BitcastOp>(b.vector, lower);
}

/// sum + x y, of one k or of a pair.
static Value multiplyAdd(MicroKernelBuilder &b, GemmMath math, Value x, Value y,
                         Value sum) {
  switch (math) {
  case GemmMath::multiplyAdds:
    return b.multiplyAdd(x, y, sum);
  case GemmMath::bf16Pairs: {
    Value upper = b.multiplyAdd(upperHalves(b, x), upperHalves(b, y), sum);
    return b.multiplyAdd(lowerHalves(b, x), lowerHalves(b, y), upper);
  }
  case GemmMath::bf16Dots: {
    auto halves =
        VectorType::get({2 * b.vector.getNumElements()}, b.getBF16Type());
    Value xs = b.create<vector::BitCastOp>(halves, x);
    Value ys = b.create<vector::BitCastOp>(halves, y);
    return b
        .create<LLVM::CallIntrinsicOp>(
            TypeRange{b.vector},
            b.getStringAttr("llvm.x86.avx512bf16.dpbf16ps.512"),
            ValueRange{sum, xs, ys})
        .getResult(0);
  }
  }
  llvm_unreachable("no such math");
}

func::FuncOp dlc::getLeastExponentKernel(ModuleOp module) {
  Type index = IndexType::get(module.getContext());
  Type element = Float32Type::get(module.getContext());
  Type i32 = IntegerType::get(module.getContext(), 32);
  func::FuncOp func = getOrCreate(module, "least_exponent_bf16",
                                  {gemmOperandType(element), index, index,
                                   index, index, gemmOperandType(i32), index});
  if (!func.isExternal())
    return func;

  constexpr int64_t lanes = 16;
  MicroKernelBuilder b(func, element, lanes);
  auto halves = VectorType::get({2 * lanes}, b.getI16Type());
  auto splat = [&](uint64_t value) -> Value {
    return b.create<arith::ConstantOp>(
        DenseElementsAttr::get(halves, APInt(16, value)));
  };
  // A zero's magnitude less one is the largest there is.
  Value magnitude = splat(0x7fff), one = splat(1);
  Value rows = func.getArgument(2), apart = func.getArgument(3);
  Value count = func.getArgument(4);
  Value tail = b.create<arith::RemUIOp>(count, b.index(lanes));
  Value whole = b.create<arith::SubIOp>(count, tail);
  Value tailMask = b.mask(tail);
  auto ofRow = [&](Value row, ValueRange least) {
    Value base =
        b.add(func.getArgument(1), b.create<arith::MulIOp>(row, apart));
    auto ofVector = [&](Value mask) {
      return [&, mask](Value i, ValueRange least) {
        Value pairs = b.load(func.getArgument(0), b.add(base, i), mask);
        Value bits = b.create<vector::BitCastOp>(halves, pairs);
        bits = b.create<arith::AndIOp>(bits, magnitude);
        bits = b.create<arith::SubIOp>(bits, one);
        bits = b.create<arith::MinUIOp>(least.front(), bits);
        return SmallVector<Value>{bits};
      };
    };
    SmallVector<Value> found =
        b.carry(b.index(0), whole, lanes, SmallVector<Value>(least),
                ofVector(/*mask=*/{}));
    return b.carry(whole, count, lanes, found, ofVector(tailMask));
  };
  Value least = b.carry(b.index(0), rows, 1, {splat(0xffff)}, ofRow).front();
  least = b.create<vector::ReductionOp>(vector::CombiningKind::MINUI, least);
  least = b.create<arith::ExtUIOp>(i32, least);
  least = b.create<arith::AddIOp>(
      least, b.create<arith::ConstantOp>(b.getI32IntegerAttr(1)));
  least = b.create<arith::ShRUIOp>(
      least, b.create<arith::ConstantOp>(b.getI32IntegerAttr(7)));
  b.create<memref::StoreOp>(least, func.getArgument(5), func.getArgument(6));
  b.create<func::ReturnOp>();
  return func;
}

func::FuncOp dlc::getGemmKernel(ModuleOp module, const GemmKernel &spec) {
  std::string name = llvm::formatv(
      "gemm_{0}_{1}x{2}x{3}_{4}{5}{6}{7}", nameOf(spec.element), spec.rows,
      spec.units, spec.lanes, spec.lastLanes, spec.fetchesA ? "_fa" : "",
      spec.fetchesB ? "" : "_nb", suffixOf(spec.math));
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
        next.push_back(multiplyAdd(b, spec.math, lanes, columns[unit],
                                   sums[row * spec.units + unit]));
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
