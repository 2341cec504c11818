#include "Lowering/RandomBits.h"

#include "Lowering/Elementwise.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

namespace {
/// Builds the arithmetic. Words are kept in 64-bit lanes, so that a product of
/// two 32-bit numbers is one multiplication.
struct Philox {
  static constexpr uint64_t factor0 = 0xD2511F53, factor1 = 0xCD9E8D57;
  static constexpr uint64_t step0 = 0x9E3779B9, step1 = 0xBB67AE85;

  KernelFunction &k;
  OpBuilder &b;
  Location loc;

  Philox(KernelFunction &k, Location loc) : k(k), b(k.builder), loc(loc) {}

  Value number(Type type, uint64_t n) {
    return integerLike(b, loc, type, static_cast<int64_t>(n));
  }
  Value low(Value x) {
    return b.create<arith::AndIOp>(loc, x, number(x.getType(), 0xffffffff));
  }
  Value high(Value x) {
    return b.create<arith::ShRUIOp>(loc, x, number(x.getType(), 32));
  }
  Value times(Value x, uint64_t n) {
    Value word = low(x);
    return b.create<arith::MulIOp>(loc, word, number(x.getType(), n));
  }
  Value mix(Value x, Value y, Value key) {
    x = b.create<arith::XOrIOp>(loc, x, y);
    auto vector = dyn_cast<VectorType>(x.getType());
    int64_t width = vector ? vector.getNumElements() : 1;
    return b.create<arith::XOrIOp>(loc, x, splatTo(b, loc, key, width));
  }
  Value next(Value key, uint64_t step) {
    return b.create<arith::AddIOp>(loc, key, number(key.getType(), step));
  }

  SmallVector<std::array<Value, 4>> words(ArrayRef<Value> blocks, Value key);
};
} // namespace

/// The words of each of some vectors of blocks (or of one block), each in the
/// lower half of its lane. Several at once hide each other's latency.
SmallVector<std::array<Value, 4>> Philox::words(ArrayRef<Value> blocks,
                                                Value key) {
  Value key0 = low(key), key1 = high(key);
  SmallVector<Value> inits = {next(key0, step0), next(key1, step1)};
  // The first round, where two words are 0.
  for (Value block : blocks) {
    Value zero = number(block.getType(), 0);
    Value p0 = times(block, factor0);
    inits.append(
        {mix(high(block), zero, key0), zero, mix(high(p0), zero, key1), p0});
  }
  // A loop: unrolled, it would be most of a kernel's compile time. Garbage in
  // the upper halves is harmless, since products use the lower ones alone.
  SmallVector<Value> last = k.forEach(
      k.constant(1), k.constant(10), 1, inits, [&](Value, ValueRange in) {
        SmallVector<Value> out;
        out.push_back(next(in[0], step0));
        out.push_back(next(in[1], step1));
        for (size_t i = 2; i < in.size(); i += 4) {
          Value p0 = times(in[i], factor0);
          Value p1 = times(in[i + 2], factor1);
          out.push_back(mix(high(p1), in[i + 1], in[0]));
          out.push_back(p1);
          out.push_back(mix(high(p0), in[i + 3], in[1]));
          out.push_back(p0);
        }
        return out;
      });
  SmallVector<std::array<Value, 4>> result;
  for (size_t i = 2; i < last.size(); i += 4)
    result.push_back({last[i], last[i + 1], last[i + 2], last[i + 3]});
  return result;
}

/// The vectors, a power of two, one after the other. Neighbours are joined
/// first, which LLVM knows as a concatenation; it takes long for a vector many
/// registers wide.
static Value join(OpBuilder &b, Location loc, SmallVector<Value> parts) {
  while (parts.size() > 1) {
    SmallVector<Value> joined;
    for (size_t i = 0; i + 1 < parts.size(); i += 2) {
      int64_t width = cast<VectorType>(parts[i].getType()).getNumElements();
      auto all = llvm::to_vector(llvm::seq<int64_t>(0, 2 * width));
      joined.push_back(
          b.create<vector::ShuffleOp>(loc, parts[i], parts[i + 1], all));
    }
    parts = std::move(joined);
  }
  return parts.front();
}

/// The words of `count` blocks, block by block.
static Value emitBlocks(KernelFunction &k, Location loc, Value first, Value key,
                        int64_t count) {
  Philox philox(k, loc);
  OpBuilder &b = k.builder;
  SmallVector<Value> numbers, words;
  for (int64_t i = 0; i < count; ++i) {
    Value distance = philox.number(first.getType(), i);
    numbers.push_back(b.createOrFold<arith::AddIOp>(loc, first, distance));
  }
  for (auto &block : philox.words(numbers, key))
    for (Value word : block)
      words.push_back(b.create<arith::TruncIOp>(loc, b.getI32Type(), word));
  auto all = VectorType::get(4 * count, b.getI32Type());
  return b.create<vector::FromElementsOp>(loc, all, words);
}

Value dlc::emitConsecutiveWords(KernelFunction &k, Location loc, Value first,
                                Value key, int64_t count) {
  Philox philox(k, loc);
  OpBuilder &b = k.builder;
  // Of the width of a register each.
  int64_t blocks = count / 4;
  int64_t perVector = std::clamp<int64_t>(k.registers.bytes / 8, 1, blocks);
  if (perVector == 1)
    return emitBlocks(k, loc, first, key, blocks);
  auto vector = VectorType::get(perVector, b.getI64Type());
  SmallVector<Value> numbers;
  for (int64_t start = 0; start < blocks; start += perVector) {
    SmallVector<APInt> steps;
    for (int64_t i = 0; i < perVector; ++i)
      steps.push_back(APInt(64, start + i));
    Value all = splatTo(b, loc, first, perVector);
    Value step =
        b.create<arith::ConstantOp>(loc, DenseElementsAttr::get(vector, steps));
    numbers.push_back(b.create<arith::AddIOp>(loc, all, step));
  }

  // Words 0 and 1 of a block make one 64-bit lane, 2 and 3 the next.
  auto pair = [&](Value first, Value second) -> Value {
    Value masked = philox.low(first);
    Value shifted =
        b.create<arith::ShLIOp>(loc, second, philox.number(vector, 32));
    return b.create<arith::OrIOp>(loc, masked, shifted);
  };
  SmallVector<int64_t> interleave;
  for (int64_t i = 0; i < perVector; ++i)
    llvm::append_values(interleave, i, perVector + i);
  // Halves, so that no value is wider than a register.
  ArrayRef<int64_t> orders = interleave;
  size_t pieces = 2, size = orders.size() / pieces;
  auto words = VectorType::get(2 * static_cast<int64_t>(size), b.getI32Type());
  SmallVector<Value> parts;
  for (auto &x : philox.words(numbers, key)) {
    Value even = pair(x[0], x[1]), odd = pair(x[2], x[3]);
    for (size_t piece = 0; piece < pieces; ++piece) {
      Value lanes = b.create<vector::ShuffleOp>(
          loc, even, odd, orders.slice(piece * size, size));
      parts.push_back(b.create<vector::BitCastOp>(loc, words, lanes));
    }
  }
  return join(b, loc, std::move(parts));
}

Value dlc::emitWordsAt(KernelFunction &k, Location loc, Value positions,
                       Value counter, Value key) {
  Philox philox(k, loc);
  OpBuilder &b = k.builder;
  // Each lane makes its own block and takes one word of it.
  Type type = positions.getType();
  auto vector = dyn_cast<VectorType>(type);
  Value counters =
      splatTo(b, loc, counter, vector ? vector.getNumElements() : 1);
  Value number =
      b.create<arith::ShRUIOp>(loc, positions, philox.number(type, 2));
  Value block = b.create<arith::AddIOp>(loc, counters, number);
  std::array<Value, 4> x = philox.words(block, key).front();
  Value word = b.create<arith::AndIOp>(loc, positions, philox.number(type, 3));
  Value chosen = x[3];
  for (int64_t i = 2; i >= 0; --i) {
    Value is = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, word,
                                       philox.number(type, i));
    chosen = b.create<arith::SelectOp>(loc, is, x[i], chosen);
  }
  return b.create<arith::TruncIOp>(loc, likeType(type, b.getI32Type()), chosen);
}
