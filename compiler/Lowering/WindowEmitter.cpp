// window: convolutions in a form of dlc-normalize-convolutions, then an
// epilogue on their elements.
//
// A micro-kernel holds the sums of some rows, places and vectors of columns in
// registers while it walks all taps that meet pixels (WindowSchedule.h). With
// the channels last lanes hold output channels, rows are images:
//
//   for each tap, for each input channel:
//     load the filter's vectors; for each place: broadcast its pixel, multiply
//
// With the batch last lanes hold images, so that none is idle however few the
// channels are; rows are output channels:
//
//   for each tap, for each input channel:
//     load the places' pixels; for each row: broadcast its weight, multiply
//
// The places are neighbours along the last spatial dimension. An element is a
// chain of multiply-adds from 0, whatever the tiles are.
//
// A filter's gradient has few places, which all read both operands. Its
// channels, which are images, come in blocks that a cache holds, and every tile
// of the result adds a block to its sums in memory before the next one:
//
//   for each block of channels: for each item: sums += the block's products
//   for each item: epilogue
//
// Where the batch is last its lanes hold these channels, and are added up. If
// there are several blocks, each is copied into one piece first. A batch in
// parts lies in pieces already: its blocks are of parts, or of a part's rows.

#include "Lowering/WindowEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// Multiply-adds of a tile, at least.
static constexpr int64_t tileWork = 1 << 19;

/// The field of the run that a tile belongs to.
Value WindowEmitter::pick(Value tile, ArrayRef<TileRun> runs,
                          function_ref<int64_t(const TileRun &)> field) {
  int64_t end = countTiles(runs) - runs.back().tiles;
  Value result = k.constant(field(runs.back()));
  for (const TileRun &run : llvm::reverse(runs.drop_back())) {
    Value isBefore = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult,
                                             tile, k.constant(end));
    result = b.createOrFold<arith::SelectOp>(loc, isBefore,
                                             k.constant(field(run)), result);
    end -= run.tiles;
  }
  return result;
}

Value WindowEmitter::pickClass(
    Value residue, const WindowAxis &axis,
    function_ref<int64_t(const WindowClass &)> field) {
  Value result = k.constant(field(axis.classes.back()));
  for (int64_t r = axis.period - 2; r >= 0; --r) {
    Value isBefore = b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ule,
                                             residue, k.constant(r));
    result = b.createOrFold<arith::SelectOp>(
        loc, isBefore, k.constant(field(axis.classes[r])), result);
  }
  return result;
}

/// A number that starts at `field` in a run's first tile and grows by `step` a
/// place: value = field + (tile - first) · places · step.
Value WindowEmitter::startOf(Value tile, ArrayRef<TileRun> runs,
                             function_ref<int64_t(const TileRun &)> field,
                             int64_t step) {
  // The part that does not depend on the tile, run by run.
  SmallVector<TileRun> based(runs);
  int64_t first = 0;
  for (TileRun &run : based) {
    run.place = field(run) - first * run.places * step;
    first += run.tiles;
  }
  Value base = pick(tile, based, [](const TileRun &run) { return run.place; });
  Value each =
      pick(tile, based, [=](const TileRun &run) { return run.places * step; });
  return add(base, b.createOrFold<arith::MulIOp>(loc, tile, each));
}

/// Which tiles an item is. Items that follow each other share what they read:
/// images of a row, with the batch last those of all rows; both operands of a
/// filter's gradient.
WindowEmitter::Item WindowEmitter::locate(Value item) {
  ArrayRef<int64_t> outer = window.result.drop_front().drop_back(2);
  int64_t placeTiles = countTiles(tiles.places),
          rowTiles = countTiles(tiles.rows);
  // Where in the grid they stand.
  size_t rows, strips, places, firstOuter;
  SmallVector<int64_t> grid;
  if (window.lanes == WindowLanes::images) {
    // All images before the next row of places: neighbours of other strips lie
    // between two places of this one.
    llvm::append_range(grid, outer);
    grid.append({tiles.strips, placeTiles, rowTiles});
    firstOuter = 0;
    strips = outer.size();
    places = strips + 1;
    rows = strips + 2;
  } else {
    grid.append({rowTiles, tiles.strips});
    llvm::append_range(grid, outer);
    grid.push_back(placeTiles);
    rows = 0;
    strips = 1;
    firstOuter = 2;
    places = firstOuter + outer.size();
    if (window.hasBlocks) {
      std::swap(grid[0], grid[1]);
      std::swap(rows, strips);
    }
  }
  SmallVector<Value> at = k.delinearize(item, grid);
  Item result;
  result.rowTile = at[rows];
  result.placeTile = at[places];
  auto first = [](const TileRun &run) { return run.place; };
  auto count = [](const TileRun &run) { return run.places; };
  result.rows = pick(result.rowTile, tiles.rows, count);
  result.places = pick(result.placeTile, tiles.places, count);
  result.place.push_back(startOf(result.rowTile, tiles.rows, first, 1));
  llvm::append_range(result.place,
                     ArrayRef(at).slice(firstOuter, outer.size()));
  result.place.push_back(startOf(result.placeTile, tiles.places, first,
                                 window.axes.back().period));
  result.place.push_back(mul(at[strips], tiles.stripColumns));
  return result;
}

void WindowEmitter::createKernels() {
  auto module = k.function->getParentOfType<ModuleOp>();
  int64_t number = 0;
  for (const TileRun &places : tiles.places) {
    kernels.emplace_back();
    for (const TileRun &rows : tiles.rows) {
      std::string name =
          (k.function.getName() + "_tile" + Twine(number++)).str();
      WindowKernel spec{&window, lanes,       tiles.units,    rows.places,
                        &places, placeStride, targetRowStride};
      kernels.back().push_back(createWindowKernel(module, name, spec));
    }
  }
}

/// Where the sums of an item start.
Value WindowEmitter::targetOf(const Item &item) {
  Value at = k.constant(0);
  if (window.hasBlocks)
    for (auto [place, stride] : llvm::zip_equal(item.place, targetStrides))
      at = add(at, mul(place, stride));
  return at;
}

void WindowEmitter::emitSums(const Item &item, const Part &part,
                             Value accumulate) {
  Value rows = mul(item.place.front(), window.rowStride),
        columns = mul(item.place.back(), window.columnStride);
  bool isSwapped = window.lanes == WindowLanes::images;
  Value image = isSwapped ? columns : rows, filter = isSwapped ? rows : columns;
  SmallVector<Value> taps;
  for (auto [d, axis] : llvm::enumerate(ArrayRef(window.axes).drop_back())) {
    Value place = item.place[d + 1], period = k.constant(axis.period);
    Value residue = k.constant(0);
    if (axis.period != 1) {
      residue = b.create<arith::RemUIOp>(loc, place, period);
      place = b.create<arith::DivUIOp>(loc, place, period);
    }
    auto of = [&](int64_t WindowClass::*field) {
      return pickClass(residue, axis,
                       [=](const WindowClass &one) { return one.*field; });
    };
    Value pixel = add(mul(place, axis.advance), of(&WindowClass::pixel));
    image = add(image, mul(pixel, axis.imageStride));
    filter = add(filter, mul(of(&WindowClass::firstTap), axis.filterStride));
    Value first = k.constant(0), end = of(&WindowClass::taps);
    if (!axis.isInside()) {
      first = steps(sub(k.constant(0), pixel), axis.pixelStep);
      Value inside =
          steps(sub(k.constant(axis.imageSize), pixel), axis.pixelStep);
      end = b.createOrFold<arith::MinUIOp>(loc, end, inside);
    }
    if (!part.taps.empty()) {
      Value start = part.taps[d],
            stop = add(start, k.constant(window.tapBlocks[d]));
      first = b.createOrFold<arith::MaxUIOp>(loc, first, start);
      end = b.createOrFold<arith::MinUIOp>(loc, end, stop);
    }
    taps.append({first, end});
  }
  const WindowAxis &last = window.axes.back();
  Value pixel = startOf(
      item.placeTile, tiles.places,
      [](const TileRun &run) { return run.pixel; }, last.advance);
  image = add(image, mul(pixel, last.imageStride));
  Value tap = pick(item.placeTile, tiles.places,
                   [](const TileRun &run) { return run.firstTap; });
  filter = add(filter, mul(tap, last.filterStride));

  SmallVector<Value> arguments = {imageMemory,      image,  filterMemory,
                                  filter,           target, targetOf(item),
                                  item.place.back()};
  llvm::append_range(arguments, taps);
  arguments.append({part.firstChannel, part.endChannel, accumulate});
  emitCall(item, 0, arguments);
}

/// Calls the micro-kernel of the item's tiles, which are of run `run` or later
/// ([run of places][run of rows]).
void WindowEmitter::emitCall(const Item &item, size_t run,
                             ArrayRef<Value> arguments) {
  size_t perPlace = tiles.rows.size();
  size_t row = run / perPlace, column = run % perPlace;
  bool isLastRow = row + 1 == tiles.places.size(),
       isLast = column + 1 == perPlace;
  if (isLastRow && isLast) {
    b.create<func::CallOp>(loc, kernels[row][column], arguments);
    return;
  }
  auto isBefore = [&](Value tile, ArrayRef<TileRun> runs, size_t run) -> Value {
    int64_t end = countTiles(runs.take_front(run + 1));
    return b.create<arith::CmpIOp>(loc, arith::CmpIPredicate::ult, tile,
                                   k.constant(end));
  };
  Value isThis;
  if (!isLastRow)
    isThis = isBefore(item.placeTile, tiles.places, row);
  if (!isLast) {
    Value isThisColumn = isBefore(item.rowTile, tiles.rows, column);
    isThis = isThis ? Value(b.create<arith::AndIOp>(loc, isThis, isThisColumn))
                    : isThisColumn;
  }
  auto branch = b.create<scf::IfOp>(loc, isThis, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  b.create<func::CallOp>(loc, kernels[row][column], arguments);
  b.setInsertionPointToStart(branch.elseBlock());
  emitCall(item, run + 1, arguments);
}

void WindowEmitter::emitEpilogue(const Item &item) {
  Value zero = k.constant(0), base = targetOf(item);
  int64_t period = window.axes.back().period;
  size_t last = item.place.size() - 2;
  int64_t vectors = llvm::divideCeil(tiles.stripColumns, lanes);
  k.forEach(zero, item.rows, 1, [&](Value row) {
    k.forEach(zero, item.places, 1, [&](Value place) {
      k.forEach(zero, k.constant(vectors), 1, [&](Value unit) {
        ExpressionEmitter::Scope scope(emitter);
        SmallVector<Value> index(item.place);
        index.front() = add(index.front(), row);
        index[last] = add(index[last], mul(place, period));
        Value offset = mul(unit, lanes);
        index.back() = add(index.back(), offset);
        Point point(index, index.size() - 1, lanes, maskAt(index.back()));
        Value from = add(base, add(mul(row, targetRowStride),
                                   add(mul(place, placeStride), offset)));
        auto vector = VectorType::get({lanes}, element());
        emitter.bind(
            op.getResult(), point,
            b.create<vector::LoadOp>(loc, vector, target, ValueRange{from}));
        emitter.storeYields(window.result, point);
      });
    });
  });
}

int64_t WindowEmitter::run() {
  int64_t items =
      countTiles(tiles.rows) * tiles.strips * countTiles(tiles.places);
  for (int64_t size : window.result.drop_front().drop_back(2))
    items *= size;
  imageMemory = anySize(k.input(window.imageOperand.getArgNumber()));
  filterMemory = anySize(k.input(window.filterOperand.getArgNumber()));
  return window.hasBlocks ? runBlocks(items) : runItems(items);
}

/// Each item's sums, on the stack, and its epilogue.
int64_t WindowEmitter::runItems(int64_t items) {
  // [row][place][vector], as wide as the largest tile.
  placeStride = tiles.stripColumns;
  int64_t most = 1;
  for (const TileRun &run : tiles.rows)
    most = std::max(most, run.places);
  int64_t widest = 1;
  for (const TileRun &run : tiles.places)
    widest = std::max(widest, run.places);
  targetRowStride = placeStride * widest;
  target = anySize(b.create<memref::AllocaOp>(
      loc, MemRefType::get({most * targetRowStride}, element()),
      b.getI64IntegerAttr(64)));
  createKernels();
  int64_t depth = tensorType(op.getFilters()).getNumElements() /
                  (op.getBatchLast() ? window.rows() : window.columns());
  int64_t work = most * targetRowStride * depth;
  Value none = b.create<arith::ConstantOp>(loc, b.getBoolAttr(false));
  return k.forEachItem(
      items, std::max<int64_t>(1, tileWork / std::max<int64_t>(work, 1)),
      [&](Value index) {
        ExpressionEmitter::Scope scope(emitter);
        Item item = locate(index);
        emitSums(item, {k.constant(0), k.constant(window.channels), {}}, none);
        emitEpilogue(item);
      });
}

FailureOr<int64_t> dlc::emitWindow(KernelFunction &kernel) {
  ConvolutionOp op = *kernel.body().getOps<ConvolutionOp>().begin();
  if (tensorType(op.getResult()).getNumElements() == 0)
    return 0;
  WindowEmitter emitter(kernel, op);
  if (!emitter.isContiguous()) {
    kernel.reportInvalid(op, "reads vectors whose elements lie apart");
    return failure();
  }
  return emitter.run();
}
