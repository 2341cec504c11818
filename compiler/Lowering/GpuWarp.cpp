#include "Lowering/GpuWarp.h"

#include "Lowering/Elementwise.h"
#include "Lowering/GpuBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace dlc;

static unsigned bitsOf(Type type) {
  return getElementTypeOrSelf(type).getIntOrFloatBitWidth();
}

Value dlc::asWord(OpBuilder &b, Location loc, Value value, unsigned bits) {
  Type type = value.getType();
  unsigned own = bitsOf(type);
  auto integer = [&](unsigned bits) {
    return likeType(type, b.getIntegerType(bits));
  };
  if (isa<FloatType>(getElementTypeOrSelf(type)))
    value = b.create<arith::BitcastOp>(loc, integer(own), value);
  if (own < bits)
    value = b.create<arith::ExtUIOp>(loc, integer(bits), value);
  return value;
}

Value dlc::fromWord(OpBuilder &b, Location loc, Value word, Type type) {
  unsigned bits = bitsOf(type);
  if (bits < bitsOf(word.getType()))
    word = b.create<arith::TruncIOp>(
        loc, likeType(type, b.getIntegerType(bits)), word);
  if (isa<FloatType>(getElementTypeOrSelf(type)))
    word = b.create<arith::BitcastOp>(loc, type, word);
  return word;
}

Value dlc::shuffle(OpBuilder &b, Location loc, Value value, int64_t distance) {
  Type type = value.getType(), i32 = b.getI32Type(), i64 = b.getI64Type();
  Value all = b.create<arith::ConstantIntOp>(loc, -1, 32);
  Value away = b.create<arith::ConstantIntOp>(loc, distance, 32);
  Value clamp = b.create<arith::ConstantIntOp>(loc, warpThreads - 1, 32);
  auto exchange = [&](Value word) -> Value {
    return b.create<NVVM::ShflOp>(loc, i32, all, word, away, clamp,
                                  NVVM::ShflKind::bfly, UnitAttr());
  };
  if (type.getIntOrFloatBitWidth() <= 32)
    return fromWord(b, loc, exchange(asWord(b, loc, value, 32)), type);
  Value word = asWord(b, loc, value, 64);
  Value half = b.create<arith::ConstantIntOp>(loc, 32, 64);
  Value low = exchange(b.create<arith::TruncIOp>(loc, i32, word));
  Value shifted = b.create<arith::ShRUIOp>(loc, word, half);
  Value high = exchange(b.create<arith::TruncIOp>(loc, i32, shifted));
  high = b.create<arith::ExtUIOp>(loc, i64, high);
  high = b.create<arith::ShLIOp>(loc, high, half);
  low = b.create<arith::ExtUIOp>(loc, i64, low);
  return fromWord(b, loc, b.create<arith::OrIOp>(loc, high, low), type);
}
