// window: convolutions, channels last and without padding (the form that
// dlc-normalize-convolutions makes), then an epilogue on their elements.
//
// Lanes run along the output channels; a micro-kernel holds some places times
// some vectors of channels in registers while it walks all taps:
//
//   for each tap, for each input channel:
//     load the filter's vectors; for each place: broadcast its pixel, multiply
//
// The places are neighbours along the last spatial dimension, or, where that is
// short (a filter's gradient has the few taps for its places), neighbouring
// images. An element is one chain of multiply-adds from 0 over [spatial…, C],
// whatever the tiles are.

#include "Lowering/ContractionSchedule.h"
#include "Lowering/ExpressionEmitter.h"
#include "Lowering/Kernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// Multiply-adds of a tile, at least.
static constexpr int64_t tileWork = 1 << 19;

static int64_t product(ArrayRef<int64_t> sizes) {
  int64_t p = 1;
  for (int64_t s : sizes)
    p *= s;
  return p;
}

namespace {
class WindowEmitter {
public:
  WindowEmitter(KernelFunction &k, ConvolutionOp op)
      : k(k), b(k.builder), loc(k.loc()), emitter(k), op(op),
        images(tensorType(op.getImages()).getShape()),
        filters(tensorType(op.getFilters()).getShape()),
        result(tensorType(op.getResult()).getShape()),
        element(tensorType(op.getResult()).getElementType()), lanes(k.lanes()),
        rank(result.size()), channels(filters[rank - 2]),
        outputs(result.back()) {}

  int64_t run();

private:
  void chooseTiles();
  void emitItem(Value item);
  void emitPlaces(ArrayRef<Value> place, Value column, int64_t count);
  SmallVector<Value> sums(ArrayRef<Value> place, Value column, int64_t count);
  void addTap(Value image, Value filter, ArrayRef<Value> columns,
              MutableArrayRef<Value> sums);
  Value pixels(Value at, Value column);
  Value laneOffsets(Value column);

  Value add(Value x, Value y) {
    return b.createOrFold<arith::AddIOp>(loc, x, y);
  }
  Value mul(Value x, int64_t y) {
    return y == 1 ? x : b.createOrFold<arith::MulIOp>(loc, x, k.constant(y));
  }
  Value div(Value x, int64_t y) {
    return y == 1 ? x : b.createOrFold<arith::DivUIOp>(loc, x, k.constant(y));
  }
  VectorType vector() { return VectorType::get({lanes}, element); }
  Value flat(Value memref, int64_t size) {
    size = std::max<int64_t>(1, size); // no channels: never read
    return b.create<memref::ReinterpretCastOp>(
        loc, MemRefType::get({size}, element), memref, /*offset=*/0,
        ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
  }
  Value inputOf(Value operand) {
    return flat(k.input(cast<BlockArgument>(operand).getArgNumber()),
                tensorType(operand).getNumElements());
  }
  /// The lanes at `column` that are output channels; null if all are.
  Value maskAt(Value column) {
    if (outputs % (units * lanes) == 0)
      return {};
    // The last strip's later vectors may start beyond the channels: the mask
    // takes its count as unsigned.
    Value end = k.constant(outputs);
    Value start = b.createOrFold<arith::MinUIOp>(loc, column, end);
    return emitter.prefixMask(lanes,
                              b.createOrFold<arith::SubIOp>(loc, end, start));
  }
  bool isGrouped() { return op.getGroups() != 1 || op.getBatchGroups() != 1; }

  KernelFunction &k;
  OpBuilder &b;
  Location loc;
  ExpressionEmitter emitter;
  ConvolutionOp op;
  ArrayRef<int64_t> images, filters, result;
  Type element;
  int64_t lanes, rank, channels, outputs;

  Value imageMemory, filterMemory, scratch;
  SmallVector<int64_t> imageStrides, filterStrides;
  /// The result's dimension along which places are neighbours.
  int64_t along = 0;
  /// Vectors of output channels, and places, of a micro-kernel.
  int64_t units = 1;
  Split places;
};
} // namespace

void WindowEmitter::chooseTiles() {
  int64_t bytes = lanes * element.getIntOrFloatBitWidth() / 8;
  int64_t budget = k.registers.count * k.registers.bytes / bytes;
  int64_t vectors = llvm::divideCeil(outputs, lanes);
  // The vectors of a strip; the last strip may reach beyond the channels.
  int64_t most = std::max<int64_t>(1, budget / 8);
  int64_t strips = llvm::divideCeil(vectors, most);
  units = llvm::divideCeil(vectors, strips);
  // Registers for the filter's vectors and a pixel.
  int64_t rows = std::max<int64_t>(1, (budget - units - 2) / units);
  along = rank - 2;
  if (result[along] < std::min<int64_t>(rows, 4) && result[0] > result[along])
    along = 0;
  places = {result[along], int64_t(llvm::divideCeil(result[along], rows))};
}

int64_t WindowEmitter::run() {
  chooseTiles();
  imageMemory = inputOf(op.getImages());
  filterMemory = inputOf(op.getFilters());
  imageStrides = computeStrides(images);
  filterStrides = computeStrides(filters);
  int64_t size = places.largest() * units * lanes;
  scratch = b.create<memref::AllocaOp>(loc, MemRefType::get({size}, element),
                                       b.getI64IntegerAttr(64));
  int64_t work = size * channels * product(filters.drop_back(2));
  int64_t items = places.count * llvm::divideCeil(outputs, units * lanes);
  for (int64_t d = 0; d < rank - 1; ++d)
    if (d != along)
      items *= result[d];
  return k.forEachItem(
      items, std::max<int64_t>(1, tileWork / std::max(work, int64_t(1))),
      [&](Value item) { emitItem(item); });
}

/// Items are [the result's dimensions, places in groups, channels in strips].
void WindowEmitter::emitItem(Value item) {
  ExpressionEmitter::Scope scope(emitter);
  SmallVector<int64_t> grid(result);
  grid[along] = places.count;
  grid.back() = llvm::divideCeil(outputs, units * lanes);
  SmallVector<Value> place = k.delinearize(item, grid);
  Value column = mul(place.pop_back_val(), units * lanes);
  Value group = place[along];
  Value start = div(mul(group, places.total), places.count);
  place[along] = start;
  if (places.smallest() == places.largest())
    return emitPlaces(place, column, places.largest());
  Value end = div(mul(add(group, k.constant(1)), places.total), places.count);
  Value count = b.create<arith::SubIOp>(loc, end, start);
  Value large = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, count,
                                        k.constant(places.largest()));
  auto branch = b.create<scf::IfOp>(loc, large, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  emitPlaces(place, column, places.largest());
  b.setInsertionPointToStart(branch.elseBlock());
  emitPlaces(place, column, places.smallest());
}

/// Leaves the sums on the stack, so that the epilogue is a loop over them.
void WindowEmitter::emitPlaces(ArrayRef<Value> place, Value column,
                               int64_t count) {
  ExpressionEmitter::Scope scope(emitter);
  for (auto [i, sum] : llvm::enumerate(sums(place, column, count)))
    b.create<vector::StoreOp>(loc, sum, scratch,
                              ValueRange{k.constant(i * lanes)});
  k.forEach(k.constant(0), k.constant(count), 1, [&](Value i) {
    k.forEach(k.constant(0), k.constant(units), 1, [&](Value unit) {
      ExpressionEmitter::Scope scope(emitter);
      SmallVector<Value> index(place);
      index[along] = add(index[along], i);
      Value channel = add(column, mul(unit, lanes));
      index.push_back(channel);
      Point point(index, rank - 1, lanes, maskAt(channel));
      Value from = mul(add(mul(i, units), unit), lanes);
      emitter.bind(
          op.getResult(), point,
          b.create<vector::LoadOp>(loc, vector(), scratch, ValueRange{from}));
      emitter.storeYields(result, point);
    });
  });
}

/// [place][unit]: the elements of `count` places from `place`.
SmallVector<Value> WindowEmitter::sums(ArrayRef<Value> place, Value column,
                                       int64_t count) {
  Value image = mul(place[0], imageStrides[0]);
  for (int64_t d = 1; d < rank - 1; ++d)
    image = add(image, mul(place[d], op.getStrides()[d - 1] * imageStrides[d]));
  SmallVector<Value> columns;
  for (int64_t u = 0; u < units; ++u)
    columns.push_back(add(column, k.constant(u * lanes)));
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(vector()));
  SmallVector<Value> inits(count * units, zero);

  std::function<SmallVector<Value>(int64_t, Value, Value, ValueRange)> walk =
      [&](int64_t d, Value image, Value filter, ValueRange carried) {
        bool isChannel = d == rank - 2;
        int64_t step =
            isChannel ? 1 : op.getFilterDilation()[d] * imageStrides[d + 1];
        return k.forEach(k.constant(0), k.constant(filters[d]), 1, carried,
                         [&](Value i, ValueRange sums) -> SmallVector<Value> {
                           Value pixel = add(image, mul(i, step));
                           Value weight = add(filter, mul(i, filterStrides[d]));
                           if (!isChannel)
                             return walk(d + 1, pixel, weight, sums);
                           SmallVector<Value> next(sums);
                           addTap(pixel, weight, columns, next);
                           return next;
                         });
      };
  return walk(0, image, k.constant(0), inits);
}

void WindowEmitter::addTap(Value image, Value filter, ArrayRef<Value> columns,
                           MutableArrayRef<Value> sums) {
  SmallVector<Value> weights;
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(vector()));
  for (Value column : columns) {
    Value at = add(filter, column);
    Value mask = maskAt(column);
    weights.push_back(
        mask ? Value(b.create<vector::MaskedLoadOp>(loc, vector(), filterMemory,
                                                    at, mask, zero))
             : b.create<vector::LoadOp>(loc, vector(), filterMemory, at));
  }
  int64_t step = along == 0 ? imageStrides[0]
                            : op.getStrides()[along - 1] * imageStrides[along];
  for (size_t i = 0; i < sums.size() / columns.size(); ++i) {
    Value at = add(image, k.constant(i * step));
    Value shared;
    if (!isGrouped())
      shared = pixels(at, {});
    for (auto [u, column] : llvm::enumerate(columns)) {
      Value &sum = sums[i * columns.size() + u];
      sum = b.create<math::FmaOp>(loc, shared ? shared : pixels(at, column),
                                  weights[u], sum);
    }
  }
}

/// How far from the first group's pixel the lanes' own pixels lie.
Value WindowEmitter::laneOffsets(Value column) {
  int64_t groups = std::max(op.getGroups(), op.getBatchGroups());
  int64_t step = op.getGroups() != 1 ? channels : result[0] * imageStrides[0];
  auto type = VectorType::get({lanes}, b.getIndexType());
  SmallVector<Attribute> steps;
  for (int64_t l = 0; l < lanes; ++l)
    steps.push_back(b.getIndexAttr(l));
  Value lane =
      b.create<arith::ConstantOp>(loc, DenseElementsAttr::get(type, steps));
  auto splat = [&](Value v) -> Value {
    return b.create<vector::SplatOp>(loc, type, v);
  };
  Value output = b.create<arith::AddIOp>(loc, lane, splat(column));
  // Lanes beyond the channels read what the last one reads.
  output =
      b.create<arith::MinUIOp>(loc, output, splat(k.constant(outputs - 1)));
  Value group = b.create<arith::DivUIOp>(loc, output,
                                         splat(k.constant(outputs / groups)));
  return b.create<arith::MulIOp>(loc, group, splat(k.constant(step)));
}

/// The pixel that each lane multiplies: one for all, or one of its group's.
Value WindowEmitter::pixels(Value at, Value column) {
  if (!column) {
    Value pixel = b.create<memref::LoadOp>(loc, imageMemory, at);
    return b.create<vector::SplatOp>(loc, vector(), pixel);
  }
  auto bits = VectorType::get({lanes}, b.getI1Type());
  Value zero = b.create<arith::ConstantOp>(loc, b.getZeroAttr(vector()));
  // Depthwise: the channels of neighbouring lanes are neighbours.
  if (int64_t(op.getGroups()) == outputs && channels == 1) {
    Value place = add(at, column);
    if (Value mask = maskAt(column))
      return b.create<vector::MaskedLoadOp>(loc, vector(), imageMemory,
                                            ValueRange{place}, mask, zero);
    return b.create<vector::LoadOp>(loc, vector(), imageMemory,
                                    ValueRange{place});
  }
  Value all =
      b.create<arith::ConstantOp>(loc, DenseElementsAttr::get(bits, true));
  return b.create<vector::GatherOp>(loc, vector(), imageMemory, ValueRange{at},
                                    laneOffsets(column), all, zero);
}

FailureOr<int64_t> dlc::emitWindow(KernelFunction &kernel) {
  ConvolutionOp op = *kernel.body().getOps<ConvolutionOp>().begin();
  if (tensorType(op.getResult()).getNumElements() == 0)
    return 0;
  return WindowEmitter(kernel, op).run();
}
