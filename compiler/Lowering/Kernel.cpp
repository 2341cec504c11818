#include "Lowering/Kernel.h"

#include "Lowering/Elementwise.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace dlc;

KernelFunction::KernelFunction(KernelOp kernel, func::FuncOp function, bool gpu)
    : kernel(kernel), function(function),
      builder(OpBuilder::atBlockEnd(function.addEntryBlock())), gpu(gpu) {}

int64_t KernelFunction::lanes() {
  auto isF64 = [](Value value) {
    return tensorType(value).getElementType().isF64();
  };
  if (llvm::any_of(body().getArguments(), isF64))
    return 8;
  for (Operation &op : body().without_terminator())
    if (llvm::any_of(op.getResults(), isF64))
      return 8;
  return 16;
}

void KernelFunction::forEach(Value lower, Value upper, int64_t step,
                             function_ref<void(Value)> body) {
  forEach(lower, upper, step, {}, [&](Value i, ValueRange) {
    body(i);
    return SmallVector<Value>();
  });
}

SmallVector<Value> KernelFunction::forEach(
    Value lower, Value upper, int64_t step, ValueRange inits,
    function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto loop =
      builder.create<scf::ForOp>(loc(), lower, upper, constant(step), inits);
  OpBuilder::InsertionGuard guard(builder);
  // With no carried values the builder has made the terminator already.
  if (inits.empty()) {
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    body(loop.getInductionVar(), {});
  } else {
    builder.setInsertionPointToStart(loop.getBody());
    SmallVector<Value> last =
        body(loop.getInductionVar(), loop.getRegionIterArgs());
    builder.create<scf::YieldOp>(loc(), last);
  }
  return loop.getResults();
}

Value KernelFunction::constant(int64_t value) {
  auto [place, isNew] = constants.try_emplace(value);
  if (!isNew)
    return place->second;
  // By value: which of two operands asks first is the host compiler's choice.
  OpBuilder::InsertionGuard guard(builder);
  if (auto next = std::next(place); next != constants.end())
    builder.setInsertionPoint(next->second.getDefiningOp());
  else if (place != constants.begin())
    builder.setInsertionPointAfterValue(std::prev(place)->second);
  else
    builder.setInsertionPointToStart(&function.front());
  place->second = builder.create<arith::ConstantIndexOp>(loc(), value);
  return place->second;
}

int64_t KernelFunction::forEachItem(int64_t items, int64_t perTile,
                                    function_ref<void(Value)> body,
                                    int64_t first, bool isLast) {
  int64_t tiles = llvm::divideCeil(items, perTile);
  // As even as they can be.
  if (tiles != 0)
    perTile = llvm::divideCeil(items, tiles);
  Value begin = tile0(), end = tile1();
  if (first != 0)
    begin = builder.create<arith::MaxSIOp>(loc(), begin, constant(first));
  if (!isLast)
    end = builder.create<arith::MinSIOp>(loc(), end, constant(first + tiles));
  forEach(begin, end, 1, [&](Value tile) {
    if (first != 0)
      tile = builder.create<arith::SubIOp>(loc(), tile, constant(first));
    if (perTile == 1)
      return body(tile);
    Value lower = builder.create<arith::MulIOp>(loc(), tile, constant(perTile));
    Value upper =
        builder.create<arith::AddIOp>(loc(), lower, constant(perTile));
    if (items % perTile != 0)
      upper = builder.create<arith::MinSIOp>(loc(), upper, constant(items));
    forEach(lower, upper, 1, body);
  });
  return tiles;
}

/// Whether every position in `shape` is a positive i32.
static bool isBelow31Bits(ArrayRef<int64_t> shape) {
  int64_t elements = 1;
  for (int64_t size : shape)
    if (llvm::MulOverflow(elements, size, elements))
      return false;
  return elements < (int64_t(1) << 31);
}

SmallVector<Value> KernelFunction::delinearize(Value linear,
                                               ArrayRef<int64_t> shape) {
  SmallVector<Value> index(shape.size());
  // A GPU divides 32 bits in a few instructions, 64 in dozens.
  bool isNarrow = gpu && shape.size() > 1 && isBelow31Bits(shape);
  Type narrow = isNarrow ? Type(builder.getI32Type()) : builder.getIndexType();
  auto convert = [&](Value value, Type type) -> Value {
    if (value.getType() == type)
      return value;
    return builder.createOrFold<arith::IndexCastUIOp>(loc(), type, value);
  };
  linear = convert(linear, narrow);
  for (int64_t d = shape.size() - 1; d > 0; --d) {
    // A dimension of size 0 has no elements whose coordinates matter.
    int64_t size = std::max<int64_t>(shape[d], 1);
    Value divisor =
        isNarrow ? integerLike(builder, loc(), narrow, size) : constant(size);
    Value rest = builder.createOrFold<arith::RemUIOp>(loc(), linear, divisor);
    index[d] = convert(rest, builder.getIndexType());
    linear = builder.createOrFold<arith::DivUIOp>(loc(), linear, divisor);
  }
  if (!shape.empty())
    index[0] = convert(linear, builder.getIndexType());
  return index;
}

void KernelFunction::reportInvalid(Operation *op, StringRef text) {
  invalid = true;
  op->emitError("[lowering] ") << op->getName() << " " << text;
}

/// Roughly, instructions an element; not what a product takes whose result is
/// one of the elements.
static int64_t bodyCost(Block &body) {
  llvm::SmallPtrSet<Operation *, 8> products;
  auto isForProducts = [&](Value value) {
    return !value.use_empty() &&
           llvm::all_of(value.getUsers(), [&](Operation *user) {
             return products.contains(user);
           });
  };
  int64_t cost = 0;
  for (Operation &op : llvm::reverse(body.without_terminator()))
    if (isa<DotGeneralOp>(op) || isForProducts(op.getResult(0)))
      products.insert(&op);
    else if (op.hasTrait<Pointwise>())
      cost += elementCost(&op);
  for (BlockArgument argument : body.getArguments())
    cost += !isForProducts(argument);
  return cost;
}

int64_t KernelFunction::vectorWidth(int64_t size) {
  int64_t lanes = this->lanes(), cost = bodyCost(body());
  int64_t widest = cost <= 48 ? 4 : cost <= 96 ? 2 : 1;
  if (kernel.getEmitter() == Emitter::map &&
      !body().getOps<RngBitGeneratorOp>().empty())
    widest = cost <= 48 ? 8 : 4;
  auto covered = [&](int64_t width) {
    return llvm::divideCeil(size, width) * width;
  };
  for (int64_t factor = widest; factor > 1; factor /= 2) {
    int64_t width = factor * lanes;
    bool oneStep = size <= width && size > width / 2;
    if (oneStep || covered(width) * 15 <= covered(lanes) * 16)
      return width;
  }
  return lanes;
}
