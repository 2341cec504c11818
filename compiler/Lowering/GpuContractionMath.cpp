#include "Lowering/GpuContractionMath.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

TileMath::TileMath(KernelFunction &kernel, const GpuTile &tile,
                   const Staging &stagingA, const Staging &stagingB,
                   Value thread)
    : TileMath(kernel, tile, stagingA.layout, stagingB, thread) {
  a.offset = stagingA.offset;
}

TileMath::TileMath(KernelFunction &kernel, const GpuTile &tile,
                   const SharedLayout &layoutA, const Staging &stagingB,
                   Value thread)
    : kernel(kernel), m(kernel), builder(kernel.builder), loc(kernel.loc()),
      tile(tile), element(stagingB.element()),
      a{layoutA, 0, tile.lanesM, tile.perM, {}, {}},
      b{stagingB.layout, stagingB.offset, tile.lanesN, tile.perN, {}, {}} {
  Value warp = m.div(thread, 32);
  lane = m.rem(thread, 32);
  a.warpRow = m.times(m.div(warp, tile.warpsN), a.lanes * a.per);
  b.warpRow = m.times(m.rem(warp, tile.warpsN), b.lanes * b.per);
  a.lane = m.div(lane, tile.lanesN);
  b.lane = m.rem(lane, tile.lanesN);
}

Type TileMath::sumType() const {
  return tile.stored.isF64() ? tile.stored
                             : Type(Float32Type::get(tile.stored.getContext()));
}

SmallVector<Value> TileMath::zeros() {
  Value zero =
      builder.create<arith::ConstantOp>(loc, builder.getZeroAttr(sumType()));
  return SmallVector<Value>(tile.perM * tile.perN, zero);
}

SmallVector<Value> TileMath::multiply(Value stage, ValueRange sums) {
  return multiply(stage, stage, sums);
}

SmallVector<Value> TileMath::multiply(Value leftAt, Value stage,
                                      ValueRange sums) {
  if (tile.math != GpuMath::fma)
    return multiplyMatrices(leftAt, stage, /*count=*/{}, sums);
  SmallVector<Value> next(sums);
  for (int64_t chunk = 0; chunk < tile.depth() / tile.chunk(); ++chunk) {
    Fragments left = loadChunk(a, leftAt, chunk);
    Fragments right = loadChunk(b, stage, chunk);
    for (auto [x, y] : llvm::zip_equal(left, right))
      addProducts(x, y, next);
  }
  return next;
}

//===-- Scalar multiply-adds ----------------------------------------------===//

/// [k of the chunk][slot].
TileMath::Fragments TileMath::loadChunk(const Side &side, Value stage,
                                        int64_t chunk) {
  const SharedLayout &layout = side.layout;
  int64_t count = layout.chunk;
  Type type = GpuMemory::vectorOf(tile.stored, count);
  Fragments fragments(count, SmallVector<Value>(side.per));
  auto load = [&](Value bytes, int64_t constant) {
    return m.load(type, m.at(stage, bytes, side.offset + constant));
  };
  if (layout.alongDepth) {
    Value row = m.plus(side.warpRow, side.lane);
    Value shuffle = layout.shuffle(m, side.lane);
    for (int64_t slot = 0; slot < side.per; ++slot) {
      int64_t down = slot * side.lanes;
      Value place = m.exclusiveOr(shuffle, chunk ^ layout.shuffle(down));
      Value bytes = m.sum({{row, layout.pitch()}, {place, chunkBytes}});
      Value loaded = load(bytes, down * layout.pitch());
      for (int64_t k = 0; k < count; ++k)
        fragments[k][slot] = builder.create<vector::ExtractOp>(loc, loaded, k);
    }
    return fragments;
  }
  Value bytes = m.sum({{side.warpRow, layout.bytes}, {side.lane, chunkBytes}});
  for (int64_t k = 0; k < count; ++k)
    for (int64_t slot = 0; slot < side.per; slot += count) {
      Value loaded = load(bytes, (chunk * count + k) * layout.pitch() +
                                     slot / count * side.lanes * chunkBytes);
      for (int64_t i = 0; i < count; ++i)
        fragments[k][slot + i] =
            builder.create<vector::ExtractOp>(loc, loaded, i);
    }
  return fragments;
}

/// Each slot at one k.
SmallVector<Value> TileMath::loadOne(const Side &side, Value stage, Value k) {
  const SharedLayout &layout = side.layout;
  int64_t count = layout.chunk;
  SmallVector<Value> slots(side.per);
  if (layout.alongDepth) {
    Value row = m.plus(side.warpRow, side.lane);
    Value shuffle = layout.shuffle(m, side.lane);
    Value chunk = m.exclusiveOr(shuffle, m.div(k, count));
    Value rest = m.rem(k, count);
    for (int64_t slot = 0; slot < side.per; ++slot) {
      int64_t down = slot * side.lanes;
      Value place = m.exclusiveOr(chunk, layout.shuffle(down));
      Value bytes = m.sum(
          {{row, layout.pitch()}, {place, chunkBytes}, {rest, layout.bytes}});
      slots[slot] = m.load(
          tile.stored, m.at(stage, bytes, side.offset + down * layout.pitch()));
    }
    return slots;
  }
  Value bytes = m.sum({{side.warpRow, layout.bytes},
                       {side.lane, chunkBytes},
                       {k, layout.pitch()}});
  for (int64_t slot = 0; slot < side.per; slot += count) {
    int64_t along = slot / count * side.lanes * chunkBytes;
    Value loaded = m.load(GpuMemory::vectorOf(tile.stored, count),
                          m.at(stage, bytes, side.offset + along));
    for (int64_t i = 0; i < count; ++i)
      slots[slot + i] = builder.create<vector::ExtractOp>(loc, loaded, i);
  }
  return slots;
}

void TileMath::addProducts(ValueRange x, ValueRange y,
                           MutableArrayRef<Value> sums) {
  for (int64_t i = 0; i < tile.perM; ++i)
    for (int64_t j = 0; j < tile.perN; ++j) {
      Value &sum = sums[i * tile.perN + j];
      sum = builder.create<math::FmaOp>(loc, x[i], y[j], sum);
    }
}

SmallVector<Value> TileMath::multiplySome(Value stage, Value count,
                                          ValueRange sums) {
  return multiplySome(stage, stage, count, sums);
}

SmallVector<Value> TileMath::multiplySome(Value left, Value stage, Value count,
                                          ValueRange sums) {
  if (tile.math != GpuMath::fma)
    return multiplyMatrices(left, stage, count, sums);
  return kernel.forEach(kernel.constant(0), count, 1, sums,
                        [&](Value k, ValueRange carried) {
                          SmallVector<Value> next(carried);
                          SmallVector<Value> x = loadOne(a, left, k);
                          SmallVector<Value> y = loadOne(b, stage, k);
                          addProducts(x, y, next);
                          return next;
                        });
}

//===-- Tensor cores ------------------------------------------------------===//

/// Four registers. Of A: rows first + 0..7 and + 8..15, at the first and then
/// the second half of the step's k. Of B: columns first + 0..7 at both halves,
/// then + 8..15.
SmallVector<Value> TileMath::loadMatrices(const Side &side, bool isA,
                                          Value stage, int64_t first,
                                          int64_t step) {
  const SharedLayout &layout = side.layout;
  Type i32 = builder.getI32Type();
  if (tile.math == GpuMath::tf32 && !layout.alongDepth) {
    // ldmatrix transposes 16 bits alone: lane 4 g + t takes row g at k t.
    SmallVector<Value> registers;
    Value group = m.div(lane, 4), member = m.rem(lane, 4);
    for (int64_t i = 0; i < 4; ++i) {
      int64_t down = first + 8 * (isA ? i % 2 : i / 2);
      int64_t k = 8 * step + 4 * (isA ? i / 2 : i % 2);
      Value row = m.sum({{side.warpRow, 1}, {group, 1}}, down);
      Value shuffle = layout.shuffle(m, member);
      Value place = m.exclusiveOr(m.div(row, layout.chunk), shuffle);
      Value rest = m.rem(row, layout.chunk);
      Value bytes = m.sum({{member, layout.pitch()},
                           {place, chunkBytes},
                           {rest, layout.bytes}});
      registers.push_back(
          m.load(i32, m.at(stage, bytes, side.offset + k * layout.pitch())));
    }
    return registers;
  }
  // Lane 8 i + r names line r of matrix i.
  Value matrix = m.div(lane, 8), line = m.rem(lane, 8);
  Value low = m.rem(matrix, 2), high = m.div(matrix, 2);
  Value down = isA ? low : high, half = isA ? high : low;
  Value shuffle = layout.shuffle(m, line), bytes;
  int64_t constant = side.offset;
  if (layout.alongDepth) {
    Value place = m.exclusiveOr(shuffle, half);
    place = m.exclusiveOr(place, 2 * step);
    Value row = m.sum({{side.warpRow, 1}, {down, 8}, {line, 1}});
    bytes = m.sum({{row, layout.pitch()}, {place, chunkBytes}});
    constant += first * layout.pitch();
  } else {
    Value chunk = m.sum({{m.div(side.warpRow, 8), 1}, {down, 1}}, first / 8);
    Value place = m.exclusiveOr(chunk, shuffle);
    Value k = m.sum({{half, 8}, {line, 1}});
    bytes = m.sum({{k, layout.pitch()}, {place, chunkBytes}});
    constant += 16 * step * layout.pitch();
  }
  auto type = LLVM::LLVMStructType::getLiteral(builder.getContext(),
                                               {i32, i32, i32, i32});
  Value address = m.at(stage, bytes, constant);
  Value loaded = builder.create<NVVM::LdMatrixOp>(
      loc, type, address, 4,
      layout.alongDepth ? NVVM::MMALayout::row : NVVM::MMALayout::col);
  SmallVector<Value> registers;
  for (int64_t i = 0; i < 4; ++i)
    registers.push_back(builder.create<LLVM::ExtractValueOp>(loc, loaded, i));
  return registers;
}

/// A 16 x 8 result: C plus the products of a step.
SmallVector<Value> TileMath::multiplyAccumulate(ValueRange x, ValueRange y,
                                                ArrayRef<Value> c) {
  bool isHalf = element.isF16();
  StringRef name = tile.math == GpuMath::tf32
                       ? "llvm.nvvm.mma.m16n8k8.row.col.tf32"
                   : isHalf ? "llvm.nvvm.mma.m16n8k16.row.col.f32.f32"
                            : "llvm.nvvm.mma.m16n8k16.row.col.bf16";
  SmallVector<Value> operands;
  auto add = [&](ValueRange registers) {
    for (Value bits : registers)
      operands.push_back(isHalf ? builder.create<LLVM::BitcastOp>(
                                      loc, VectorType::get({2}, element), bits)
                                : bits);
  };
  add(x);
  add(y);
  operands.append(c.begin(), c.end());
  Type f32 = builder.getF32Type();
  auto type = LLVM::LLVMStructType::getLiteral(builder.getContext(),
                                               {f32, f32, f32, f32});
  auto call = builder.create<LLVM::CallIntrinsicOp>(
      loc, type, builder.getStringAttr(name), operands);
  SmallVector<Value> results;
  for (int64_t i = 0; i < 4; ++i)
    results.push_back(
        builder.create<LLVM::ExtractValueOp>(loc, call.getResults(), i));
  return results;
}

/// A's element at a lane's k, the `k`-th of the tile in the first lane: zero
/// where there are not so many.
Value TileMath::zeroBeyond(Value count, int64_t k, Value bits) {
  Value zero = builder.create<arith::ConstantOp>(
      loc, builder.getZeroAttr(bits.getType()));
  Value own = m.plus(m.rem(lane, 4), k);
  return m.select(m.isBelow(own, count), bits, zero);
}

/// The products of all k of the tile, or (tf32) of `count`: A's others may be
/// anything, B's are zeros.
SmallVector<Value> TileMath::multiplyMatrices(Value leftAt, Value stage,
                                              Value count, ValueRange sums) {
  SmallVector<Value> next(sums);
  auto load = [&](const Side &side, bool isA, int64_t first, int64_t step) {
    SmallVector<Value> registers =
        loadMatrices(side, isA, isA ? leftAt : stage, first, step);
    if (isA && count)
      for (auto [i, bits] : llvm::enumerate(registers))
        bits = zeroBeyond(count, 8 * step + 4 * (i / 2), bits);
    if (tile.math == GpuMath::tf32)
      for (Value &bits : registers) {
        Value x =
            builder.create<LLVM::BitcastOp>(loc, builder.getF32Type(), bits);
        auto rounded = builder.create<LLVM::CallIntrinsicOp>(
            loc, builder.getI32Type(),
            builder.getStringAttr("llvm.nvvm.f2tf32.rna"), ValueRange{x});
        bits = rounded.getResults();
      }
    return registers;
  };
  for (int64_t step = 0; step < 2; ++step) {
    Fragments left, right;
    for (int64_t first = 0; first < 8 * tile.perM; first += 16)
      left.push_back(load(a, true, first, step));
    for (int64_t first = 0; first < 4 * tile.perN; first += 16)
      right.push_back(load(b, false, first, step));
    for (int64_t i = 0; i < tile.perM / 2; ++i)
      for (int64_t j = 0; j < tile.perN / 2; ++j) {
        ValueRange y = ArrayRef(right[j / 2]).slice(j % 2 * 2, 2);
        int64_t upper = 2 * i * tile.perN + 2 * j, lower = upper + tile.perN;
        SmallVector<Value> c = multiplyAccumulate(
            left[i], y,
            {next[upper], next[upper + 1], next[lower], next[lower + 1]});
        next[upper] = c[0];
        next[upper + 1] = c[1];
        next[lower] = c[2];
        next[lower + 1] = c[3];
      }
  }
  return next;
}

//===-- Results -----------------------------------------------------------===//

/// Sums that lie side by side in a lane's slots of columns.
static int64_t neighbours(const GpuTile &tile, const SharedLayout &columns) {
  if (tile.math != GpuMath::fma)
    return 2;
  return columns.alongDepth ? 1 : tile.chunk();
}

int64_t TileMath::storedPitch() const {
  int64_t bytes = sumType().getIntOrFloatBitWidth() / 8;
  // The lanes of a row, then those of the next row in the banks after them.
  int64_t shift = tile.lanesN * neighbours(tile, b.layout) * bytes;
  return llvm::alignTo(tile.columns() * bytes, 128) + shift % 128;
}

void TileMath::storeSlot(ValueRange sums, int64_t slot, Value target) {
  int64_t bytes = sumType().getIntOrFloatBitWidth() / 8;
  int64_t side = neighbours(tile, b.layout);
  Value column = m.sum({{b.warpRow, bytes}, {b.lane, side * bytes}});
  for (int64_t j = 0; j < tile.perN; j += side) {
    auto slots = SmallVector<Value>(sums.slice(slot * tile.perN + j, side));
    Value value = slots[0];
    if (side > 1) {
      auto type = VectorType::get({side}, sumType());
      value = builder.create<vector::FromElementsOp>(loc, type, slots);
    }
    m.store(value, m.at(target, column, j * tile.lanesN * bytes));
  }
}

Value TileMath::rowOf(Value warp, Value laneM, Value slot) {
  int64_t ofWarp = tile.lanesM * tile.perM;
  if (tile.math != GpuMath::fma || a.layout.alongDepth)
    return m.sum({{warp, ofWarp}, {laneM, 1}, {slot, tile.lanesM}});
  int64_t chunk = tile.chunk();
  Value group = m.div(slot, chunk), rest = m.rem(slot, chunk);
  return m.sum({{warp, ofWarp},
                {laneM, chunk},
                {group, tile.lanesM * chunk},
                {rest, 1}});
}
