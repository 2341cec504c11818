// sort: rows of [rows, length], each by one thread or, on a GPU, one block.
//
// What is sorted are keys: integers in the order of the elements, with the
// place of each in its row. For elements of at most 32 bits both fit into 64,
//
//   key = order(element) << 32 | place
//
// so that keys are distinct and sorting them in any way is stable. Of wider
// elements key and place are two arrays. The place then says which elements of
// the operands, all of them, go where; so NaNs keep their bits and -0 its sign.
//
// A CPU ranks runs of up to 32 keys by comparing each with all others of its
// run at once (no branches), and merges runs from one half of the scratch
// memory to the other. A GPU sorts by a bitonic network: every step exchanges
// keys that are a power of two apart, whatever they are. Source: Batcher,
// "Sorting networks and their applications" (1968).

#include "Lowering/Elementwise.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/GpuBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;
using P = arith::CmpIPredicate;

/// Elements of a tile.
static constexpr int64_t tileElements = 4096;

namespace {
/// The shapes of the problem.
struct Problem {
  Problem(SortOp op, bool gpu)
      : element(tensorType(op.getInputs()[0]).getElementType()),
        rows(tensorType(op.getInputs()[0]).getDimSize(0)),
        length(tensorType(op.getInputs()[0]).getDimSize(1)) {
    orderBits = element.getIntOrFloatBitWidth() <= 32 ? 32 : 64;
    arrays = orderBits == 32 && length < (int64_t(1) << 31) ? 1 : 2;
    int64_t power = llvm::PowerOf2Ceil(std::max<int64_t>(length, 8));
    run = std::min<int64_t>(power, 32);
    padded = gpu ? power : llvm::alignTo(std::max<int64_t>(length, 1), run);
    // A block sorts a row; a CPU's tile uses the same scratch for its rows.
    rowsPerTile = gpu ? 1 : std::max<int64_t>(1, tileElements / padded);
    tiles = length == 0 ? 0 : llvm::divideCeil(rows, rowsPerTile);
    halves = gpu ? 1 : 2;
  }

  Type element;
  int64_t rows, length;
  unsigned orderBits = 32;
  /// Keys with places, or keys and places.
  int64_t arrays = 1;
  /// Keys that are ranked at once; the row's length with padding, which sorts
  /// behind all elements.
  int64_t run = 8, padded = 8;
  int64_t rowsPerTile = 1, tiles = 0;
  /// Copies of the keys in scratch memory.
  int64_t halves = 2;
};

class SortEmitter {
public:
  SortEmitter(KernelFunction &k, SortOp op)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), op(op), p(op, k.gpu) {}

  int64_t run();
  int64_t runLanes();

private:
  /// A key: one value an array.
  using Keys = SmallVector<Value, 2>;

  // Keys.
  Keys keysAt(Value row, Value column, int64_t width);
  Value orderOf(Value element);
  Value placesAt(Value column, int64_t width, Type type);
  Value placeOf(const Keys &keys);
  Value isBelow(const Keys &x, const Keys &y);

  // Scratch memory: [tile, array, half, key].
  Keys load(Value half, Value position, int64_t width = 1);
  void store(const Keys &keys, Value half, Value position);

  // A CPU's steps on one row.
  void emitKeys(Value row);
  void rankRuns();
  Value mergeRuns();
  void merge(Value lower, Value width, Value from, Value to);
  void emitResults(Value row, Value half);

  void emitResult(Value row, Value column, Value half, int64_t width,
                  Value mask);

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  SortOp op;
  Problem p;
  Value tile;
};
} // namespace

//===-- Keys --------------------------------------------------------------===//

/// An integer of 32 or 64 bits that compares, as signed, like the element.
Value SortEmitter::orderOf(Value x) {
  unsigned bits = p.orderBits;
  Type type = likeType(x.getType(), b.getIntegerType(bits));
  auto number = [&](APInt n) { return integerLike(b, loc, type, n); };
  Value order = x;
  if (isa<FloatType>(p.element)) {
    // Magnitudes of negative numbers count backwards; -0 is 0.
    Value raw = b.create<arith::BitcastOp>(loc, type, x);
    Value zero = zeroLike(b, loc, x.getType());
    Value isZero =
        b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OEQ, x, zero);
    raw = b.create<arith::SelectOp>(loc, isZero, number(APInt::getZero(bits)),
                                    raw);
    Value sign =
        b.create<arith::ShRSIOp>(loc, raw, number(APInt(bits, bits - 1)));
    Value largest = number(APInt::getSignedMaxValue(bits));
    Value flip = b.create<arith::AndIOp>(loc, sign, largest);
    order = b.create<arith::XOrIOp>(loc, raw, flip);
    Value isNan = b.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNO, x, x);
    order = b.create<arith::SelectOp>(loc, isNan, largest, order);
  } else if (p.element.isUnsignedInteger(32)) {
    Value lowest = number(APInt::getSignedMinValue(bits));
    order = b.create<arith::XOrIOp>(loc, x, lowest);
  } else if (p.element.getIntOrFloatBitWidth() < 32) {
    order = p.element.isUnsignedInteger()
                ? b.create<arith::ExtUIOp>(loc, type, x).getResult()
                : b.create<arith::ExtSIOp>(loc, type, x).getResult();
  }
  if (op.getDescending())
    order =
        b.create<arith::XOrIOp>(loc, order, number(APInt::getAllOnes(bits)));
  return order;
}

/// column, column + 1, … as `type`.
Value SortEmitter::placesAt(Value column, int64_t width, Type type) {
  Value first = b.create<arith::IndexCastOp>(loc, type, column);
  if (width == 1)
    return first;
  auto vector = VectorType::get(width, type);
  SmallVector<APInt> steps;
  for (int64_t lane = 0; lane < width; ++lane)
    steps.push_back(APInt(type.getIntOrFloatBitWidth(), lane));
  Value lanes =
      b.create<arith::ConstantOp>(loc, DenseElementsAttr::get(vector, steps));
  Value base = splatTo(b, loc, first, width);
  return b.create<arith::AddIOp>(loc, base, lanes);
}

/// The keys of the row's elements at column, column + 1, …; past its end, keys
/// that sort behind all others.
SortEmitter::Keys SortEmitter::keysAt(Value row, Value column, int64_t width) {
  ExpressionEmitter::Scope scope(emitter);
  Type i64 = b.getI64Type();
  Value places = placesAt(column, width, i64);
  Type type = places.getType();
  Value isElement;
  if (p.length != p.padded) {
    Value length = integerLike(b, loc, type, p.length);
    isElement = b.create<arith::CmpIOp>(loc, P::slt, places, length);
  }
  Value read = column;
  if (isElement && width == 1) // a scalar has no mask
    read = b.create<arith::MinUIOp>(loc, column, k.constant(p.length - 1));
  Point at({row, read}, 1, width, width == 1 ? Value() : isElement);
  Value order = orderOf(emitter.vectorAt(op.getInputs()[0], at));
  if (isElement) {
    Type narrow = order.getType();
    APInt most = APInt::getSignedMaxValue(p.orderBits);
    Value behind = integerLike(b, loc, narrow, most);
    order = b.create<arith::SelectOp>(loc, isElement, order, behind);
  }
  Value wide = order;
  if (p.orderBits == 32)
    wide = b.create<arith::ExtSIOp>(loc, type, order);
  if (p.arrays == 2)
    return {wide, places};
  Value half = integerLike(b, loc, type, 32);
  wide = b.create<arith::ShLIOp>(loc, wide, half);
  Value packed = b.create<arith::OrIOp>(loc, wide, places);
  return {packed};
}

/// Where in the row the elements of these keys stand, as i64.
Value SortEmitter::placeOf(const Keys &keys) {
  if (p.arrays == 2)
    return keys[1];
  Value mask = integerLike(b, loc, keys[0].getType(), 0xffffffff);
  return b.create<arith::AndIOp>(loc, keys[0], mask);
}

/// Whether x sorts before y: no two keys have one place.
Value SortEmitter::isBelow(const Keys &x, const Keys &y) {
  Value below = b.create<arith::CmpIOp>(loc, P::slt, x[0], y[0]);
  if (p.arrays == 1)
    return below;
  Value same = b.create<arith::CmpIOp>(loc, P::eq, x[0], y[0]);
  Value before = b.create<arith::CmpIOp>(loc, P::slt, x[1], y[1]);
  Value first = b.create<arith::AndIOp>(loc, same, before);
  return b.create<arith::OrIOp>(loc, below, first);
}

//===-- Scratch memory ----------------------------------------------------===//

MemRefType dlc::sortScratchOf(SortOp op, bool gpu) {
  Problem p(op, gpu);
  return MemRefType::get(
      {std::max<int64_t>(1, p.tiles), p.arrays, p.halves, p.padded},
      IntegerType::get(op.getContext(), 64));
}

SortEmitter::Keys SortEmitter::load(Value half, Value position, int64_t width) {
  Keys keys;
  for (int64_t array = 0; array < p.arrays; ++array) {
    SmallVector<Value> index = {tile, k.constant(array), half, position};
    if (width == 1)
      keys.push_back(b.create<memref::LoadOp>(loc, k.scratch(), index));
    else
      keys.push_back(b.create<vector::LoadOp>(
          loc, VectorType::get(width, b.getI64Type()), k.scratch(), index));
  }
  return keys;
}

void SortEmitter::store(const Keys &keys, Value half, Value position) {
  for (auto [array, key] : llvm::enumerate(keys)) {
    SmallVector<Value> index = {tile, k.constant(array), half, position};
    if (isa<VectorType>(key.getType()))
      b.create<vector::StoreOp>(loc, key, k.scratch(), index);
    else
      b.create<memref::StoreOp>(loc, key, k.scratch(), index);
  }
}

//===-- CPU ---------------------------------------------------------------===//

void SortEmitter::emitKeys(Value row) {
  int64_t width = std::min<int64_t>(p.run, 16);
  Value half = k.constant(0), end = k.constant(p.padded);
  k.forEach(half, end, width, [&](Value column) {
    store(keysAt(row, column, width), half, column);
  });
}

/// Sorts runs, from the first half into the second: a key's position is the
/// number of keys below it.
void SortEmitter::rankRuns() {
  Value from = k.constant(0), to = k.constant(1);
  Value end = k.constant(p.padded), size = k.constant(p.run);
  k.forEach(from, end, p.run, [&](Value lower) {
    Keys all = load(from, lower, p.run);
    Value upper = b.create<arith::AddIOp>(loc, lower, size);
    k.forEach(lower, upper, 1, [&](Value position) {
      Keys key = load(from, position), each;
      for (Value part : key)
        each.push_back(splatTo(b, loc, part, p.run));
      Value below = isBelow(all, each);
      Type bits = b.getIntegerType(p.run);
      Value word =
          b.create<vector::BitCastOp>(loc, VectorType::get(1, bits), below);
      word = b.create<vector::ExtractOp>(loc, word, 0);
      Value count = b.create<math::CtPopOp>(loc, word);
      count = b.create<arith::IndexCastUIOp>(loc, b.getIndexType(), count);
      Value target = b.create<arith::AddIOp>(loc, lower, count);
      store(key, to, target);
    });
  });
}

/// Merges two sorted runs of `width` keys at `lower`; the second may be short
/// or missing.
void SortEmitter::merge(Value lower, Value width, Value from, Value to) {
  Value end = k.constant(p.padded), last = k.constant(p.padded - 1);
  Value one = k.constant(1);
  auto atMost = [&](Value x, Value limit) -> Value {
    return b.create<arith::MinUIOp>(loc, x, limit);
  };
  Value middle = b.create<arith::AddIOp>(loc, lower, width);
  Value upper = b.create<arith::AddIOp>(loc, middle, width);
  middle = atMost(middle, end);
  upper = atMost(upper, end);
  k.forEach(
      lower, upper, 1, {lower, middle}, [&](Value position, ValueRange next) {
        // A run that is used up is read, but not taken.
        Keys x = load(from, atMost(next[0], last));
        Keys y = load(from, atMost(next[1], last));
        auto compare = [&](Value i, Value limit) -> Value {
          return b.create<arith::CmpIOp>(loc, P::ult, i, limit);
        };
        Value hasX = compare(next[0], middle);
        Value hasY = compare(next[1], upper);
        Value noX = b.create<arith::XOrIOp>(
            loc, hasX, integerLike(b, loc, hasX.getType(), 1));
        Value isY = b.create<arith::OrIOp>(loc, noX, isBelow(y, x));
        isY = b.create<arith::AndIOp>(loc, hasY, isY);
        Keys taken;
        for (auto [left, right] : llvm::zip_equal(x, y))
          taken.push_back(b.create<arith::SelectOp>(loc, isY, right, left));
        store(taken, to, position);
        auto advance = [&](Value i) -> Value {
          return b.create<arith::AddIOp>(loc, i, one);
        };
        Value i = advance(next[0]), j = advance(next[1]);
        i = b.create<arith::SelectOp>(loc, isY, next[0], i);
        j = b.create<arith::SelectOp>(loc, isY, j, next[1]);
        return SmallVector<Value>{i, j};
      });
}

/// Gives the half that the sorted keys are in.
Value SortEmitter::mergeRuns() {
  int64_t passes = llvm::Log2_64_Ceil(llvm::divideCeil(p.padded, p.run));
  Value zero = k.constant(0), one = k.constant(1);
  if (passes == 0)
    return one;
  Value count = k.constant(passes), end = k.constant(p.padded);
  SmallVector<Value> inits = {k.constant(p.run), one};
  k.forEach(zero, count, 1, inits, [&](Value, ValueRange state) {
    Value width = state[0], from = state[1];
    Value to = b.create<arith::SubIOp>(loc, one, from);
    Value step = b.create<arith::AddIOp>(loc, width, width);
    auto loop = b.create<scf::ForOp>(loc, zero, end, step);
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPoint(loop.getBody()->getTerminator());
      merge(loop.getInductionVar(), width, from, to);
    }
    return SmallVector<Value>{step, to};
  });
  return k.constant((1 + passes) % 2);
}

/// Puts the elements of the operands where the sorted keys say.
void SortEmitter::emitResult(Value row, Value column, Value half, int64_t width,
                             Value mask) {
  ExpressionEmitter::Scope scope(emitter);
  Value place = placeOf(load(half, column, width));
  Type index = likeType(place.getType(), b.getIndexType());
  place = b.create<arith::IndexCastOp>(loc, index, place);
  Point from({row, column}, 1, width, mask), to = from;
  from.index[1] = Coordinate(place);
  for (auto [i, yielded] : llvm::enumerate(k.yields())) {
    Value input = op.getInputs()[cast<OpResult>(yielded).getResultNumber()];
    emitter.store(emitter.at(input, from), tensorType(input).getElementType(),
                  k.output(i), to);
  }
}

void SortEmitter::emitResults(Value row, Value half) {
  int64_t width = std::min<int64_t>(p.run, 16);
  int64_t whole = p.length / width * width;
  Value zero = k.constant(0), end = k.constant(whole);
  k.forEach(zero, end, width,
            [&](Value column) { emitResult(row, column, half, width, {}); });
  if (p.length != whole)
    emitResult(row, end, half, width,
               emitter.prefixMask(width, p.length - whole));
}

int64_t SortEmitter::run() {
  k.forEach(k.tile0(), k.tile1(), 1, [&](Value each) {
    // Scratch memory belongs to the tile.
    tile = each;
    Value lower = emitter.affine(tile, p.rowsPerTile, 0);
    Value upper = emitter.affine(lower, 1, p.rowsPerTile);
    if (p.rows % p.rowsPerTile != 0)
      upper = b.create<arith::MinUIOp>(loc, upper, k.constant(p.rows));
    k.forEach(lower, upper, 1, [&](Value row) {
      emitKeys(row);
      rankRuns();
      emitResults(row, mergeRuns());
    });
  });
  return p.tiles;
}

//===-- GPU ---------------------------------------------------------------===//

int64_t SortEmitter::runLanes() {
  Value thread = threadId(k), zero = k.constant(0), one = k.constant(1);
  Value end = k.constant(p.padded), length = k.constant(p.length);
  int64_t steps = llvm::Log2_64(p.padded);
  forEachTile(k, [&](Value row) {
    tile = row;
    k.forEach(thread, end, blockThreads, [&](Value column) {
      store(keysAt(row, column, 1), zero, column);
    });
    // Stage s makes sorted runs of 2 << s keys, alternately up and down; its
    // steps compare keys 1 << s, …, 2, 1 apart.
    k.forEach(zero, k.constant(steps), 1, [&](Value stage) {
      Value size = b.create<arith::ShLIOp>(loc, k.constant(2), stage);
      Value count = b.create<arith::AddIOp>(loc, stage, one);
      k.forEach(zero, count, 1, [&](Value step) {
        b.create<NVVM::Barrier0Op>(loc);
        Value shift = b.create<arith::SubIOp>(loc, stage, step);
        Value distance = b.create<arith::ShLIOp>(loc, one, shift);
        k.forEach(thread, end, blockThreads, [&](Value i) {
          Value j = b.create<arith::XOrIOp>(loc, i, distance);
          Value isFirst = b.create<arith::CmpIOp>(loc, P::ult, i, j);
          when(k, isFirst, [&] {
            Keys x = load(zero, i), y = load(zero, j);
            Value bit = b.create<arith::AndIOp>(loc, i, size);
            Value isDown = b.create<arith::CmpIOp>(loc, P::ne, bit, zero);
            Value isYFirst = isBelow(y, x);
            Value swap = b.create<arith::XOrIOp>(loc, isYFirst, isDown);
            when(k, swap, [&] {
              store(y, zero, i);
              store(x, zero, j);
            });
          });
        });
      });
    });
    b.create<NVVM::Barrier0Op>(loc);
    k.forEach(thread, length, blockThreads,
              [&](Value column) { emitResult(row, column, zero, 1, {}); });
    // The next row of this block has the same memory only if it is the same
    // row; but all of this one is read before anything else is written.
    b.create<NVVM::Barrier0Op>(loc);
  });
  return p.tiles;
}

FailureOr<int64_t> dlc::emitSort(KernelFunction &kernel) {
  return SortEmitter(kernel, *kernel.body().getOps<SortOp>().begin()).run();
}

FailureOr<int64_t> dlc::emitSortLanes(KernelFunction &kernel) {
  return SortEmitter(kernel, *kernel.body().getOps<SortOp>().begin())
      .runLanes();
}
