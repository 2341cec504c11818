#include "Lowering/WindowSchedule.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

#include <limits>
#include <numeric>

using namespace mlir;
using namespace dlc;

/// Bytes of both operands that a block of channels, or of taps, takes, roughly:
/// part of a second-level cache.
static constexpr int64_t blockBytes = 1 << 17;

/// Most bytes of both operands that are copied: they lie on the stack.
static constexpr int64_t copyBytes = 1 << 19;

/// Of a vector: those of f32.
static constexpr int64_t mostLanes = 16;

//===-- Geometry ----------------------------------------------------------===//

/// The argument that `value` is, maybe transposed, and its strides as `value`
/// shows them.
static std::pair<BlockArgument, SmallVector<int64_t>> read(Value value) {
  auto transpose = value.getDefiningOp<TransposeOp>();
  if (!transpose)
    return {cast<BlockArgument>(value),
            computeStrides(tensorType(value).getShape())};
  auto [argument, strides] = read(transpose.getOperand());
  return {argument, applyPermutation(strides, transpose.getPermutation())};
}

static WindowAxis makeAxis(ConvolutionOp op, int64_t d, int64_t taps) {
  int64_t stride = op.getStrides()[d], dilation = op.getFilterDilation()[d],
          apart = op.getImageDilation()[d];
  int64_t places = tensorType(op.getResult()).getDimSize(d + 1);
  WindowAxis axis;
  axis.imageSize = tensorType(op.getImages()).getDimSize(d + 1);
  axis.period = apart / std::gcd(stride, apart);
  axis.tapStep = apart / std::gcd(dilation, apart);
  axis.pixelStep = axis.tapStep * dilation / apart;
  axis.advance = axis.period * stride / apart;
  for (int64_t r = 0; r < axis.period; ++r) {
    int64_t start = r * stride - op.getLow()[d];
    WindowClass one{
        std::max<int64_t>(
            0, llvm::divideCeil(places - std::min(r, places), axis.period)),
        0, 0, 0};
    for (int64_t k = 0; k < std::min(taps, axis.tapStep); ++k)
      if ((start + k * dilation) % apart == 0) {
        one.firstTap = k;
        one.taps = llvm::divideCeil(taps - k, axis.tapStep);
        one.pixel = (start + k * dilation) / apart;
      }
    axis.classes.push_back(one);
  }
  return axis;
}

bool WindowAxis::isInside() const {
  return llvm::all_of(classes, [&](const WindowClass &c) {
    int64_t last =
        c.pixel + (c.places - 1) * advance + (c.taps - 1) * pixelStep;
    return c.places == 0 || (c.taps != 0 && c.pixel >= 0 && last < imageSize);
  });
}

bool WindowAxis::isSummed() const {
  return classes.size() == 1 && classes.front().places == 1 && mostTaps() > 1 &&
         isInside();
}

int64_t WindowAxis::mostTaps() const {
  int64_t most = 1;
  for (const WindowClass &one : classes)
    most = std::max(most, one.taps);
  return most;
}

/// As many taps of both operands, which take `bytes`, as blocks may have: of
/// the first dimension, or, if one of these is too large, of the next.
static SmallVector<int64_t> chooseTapBlocks(ArrayRef<WindowAxis> axes,
                                            int64_t bytes) {
  SmallVector<int64_t> blocks;
  int64_t budget = blockBytes;
  for (const WindowAxis &axis : axes.drop_back()) {
    int64_t taps = axis.mostTaps();
    bytes = llvm::divideCeil(bytes, taps);
    blocks.push_back(std::clamp<int64_t>(budget / bytes, 1, taps));
    if (bytes <= budget)
      budget = std::numeric_limits<int64_t>::max();
  }
  return blocks;
}

Window::Window(ConvolutionOp op)
    : op(op), result(tensorType(op.getResult()).getShape()) {
  auto [images, imageStrides] = read(op.getImages());
  auto [filters, filterStrides] = read(op.getFilters());
  imageOperand = images;
  filterOperand = filters;
  ArrayRef<int64_t> filterShape = tensorType(op.getFilters()).getShape();
  size_t rank = result.size(), firstTap = op.getBatchLast() ? 2 : 0,
         filterChannel = op.getBatchLast() ? 1 : rank - 2;
  for (size_t d = 0; d + 2 < rank; ++d) {
    axes.push_back(makeAxis(op, d, filterShape[firstTap + d]));
    axes.back().imageStride = imageStrides[d + 1];
    axes.back().filterStride = filterStrides[firstTap + d];
  }
  channels = filterShape[filterChannel];
  filterChannelStride = filterStrides[filterChannel];
  channelBlock = std::max<int64_t>(1, channels);
  if (op.getBatchLast()) {
    lanes = WindowLanes::images;
    channelStride = imageStrides.front();
    rowStride = filterStrides.front();
    columnStride = imageStrides.back();
    channelsFirst = true;
    return;
  }
  channelStride = imageStrides.back();
  rowStride = imageStrides.front();
  columnStride = filterStrides.back();
  lanes = columnStride != 1 && filterChannelStride == 1 ? WindowLanes::channels
                                                        : WindowLanes::outputs;
  hasBlocks = lanes == WindowLanes::channels ||
              (groups() == 1 && llvm::all_of(axes, [&](const WindowAxis &axis) {
                 return axis.imageStride < channelStride &&
                        axis.filterStride < filterChannelStride;
               }));
  channelsFirst = hasBlocks;
  if (hasBlocks && channels > 0) {
    int64_t bytes = (tensorType(images).getNumElements() +
                     tensorType(filters).getNumElements()) *
                    tensorType(images).getElementTypeBitWidth() / 8 / channels;
    if (lanes == WindowLanes::channels && channels <= mostLanes && bytes > 0 &&
        axes.size() > 1 && axes.front().isSummed()) {
      tapBlocks = chooseTapBlocks(axes, bytes * channels);
      return;
    }
    channelBlock =
        std::max<int64_t>(1, blockBytes / std::max<int64_t>(1, bytes));
    if (lanes == WindowLanes::channels) // a block is whole vectors of them
      channelBlock = llvm::alignTo(channelBlock, mostLanes);
    channelBlock = std::clamp<int64_t>(channelBlock, 1, channels);
    copiesBlocks = lanes == WindowLanes::channels && channelStride == 1 &&
                   channelBlock < channels && bytes * channelBlock <= copyBytes;
  }
  if (!copiesBlocks)
    return;
  // Channels are the last dimension in memory, so all others' strides are
  // multiples of their number.
  auto scale = [&](int64_t &stride) {
    stride = stride / channels * channelBlock;
  };
  for (WindowAxis &axis : axes) {
    scale(axis.imageStride);
    scale(axis.filterStride);
  }
  scale(rowStride);
  scale(columnStride);
}

SmallVector<int64_t> Window::blocks() const {
  if (tapBlocks.empty())
    return {std::max<int64_t>(1, llvm::divideCeil(channels, channelBlock))};
  SmallVector<int64_t> counts;
  for (auto [axis, taps] : llvm::zip(axes, tapBlocks))
    counts.push_back(llvm::divideCeil(axis.mostTaps(), taps));
  return counts;
}

int64_t Window::groups() const {
  ConvolutionOp convolution = op;
  return std::max(convolution.getGroups(), convolution.getBatchGroups());
}

bool Window::isContiguous() const {
  switch (lanes) {
  case WindowLanes::outputs:
  case WindowLanes::images:
    return columnStride == 1 || columns() == 1;
  case WindowLanes::channels:
    return channelStride == 1 && groups() == 1;
  }
  llvm_unreachable("unknown lanes");
}

int64_t Window::paddedColumns() const {
  // A strip has up to four vectors, of which all but one may lie beyond the
  // columns.
  return llvm::alignTo(columns() + 3 * mostLanes, 4 * mostLanes);
}

//===-- Tiles -------------------------------------------------------------===//

/// The taps of a tile: where the set of places that meet pixels changes, a
/// segment ends.
static SmallVector<TapSegment> segmentsOf(const WindowAxis &axis,
                                          const WindowClass &one, int64_t pixel,
                                          int64_t places) {
  SmallVector<TapSegment> segments;
  for (int64_t tap = 0; tap < one.taps; ++tap) {
    TapSegment now{tap, tap + 1, places, 0};
    for (int64_t i = 0; i < places; ++i) {
      int64_t x = pixel + i * axis.advance + tap * axis.pixelStep;
      if (x < 0 || x >= axis.imageSize)
        continue;
      now.firstPlace = std::min(now.firstPlace, i);
      now.lastPlace = i + 1;
    }
    if (now.firstPlace >= now.lastPlace)
      continue;
    if (!segments.empty() && segments.back().lastTap == tap &&
        segments.back().firstPlace == now.firstPlace &&
        segments.back().lastPlace == now.lastPlace)
      segments.back().lastTap = tap + 1;
    else
      segments.push_back(now);
  }
  return segments;
}

/// `total` places in tiles of at most `most`, as equal as can be.
static void addTiles(const WindowAxis &axis, const WindowClass &one,
                     int64_t residue, int64_t most,
                     SmallVectorImpl<TileRun> &runs) {
  if (one.places == 0)
    return;
  int64_t tiles = llvm::divideCeil(one.places, most);
  int64_t larger = one.places % tiles, first = 0;
  size_t start = runs.size();
  for (int64_t t = 0; t < tiles; ++t) {
    int64_t places = one.places / tiles + (t < larger);
    int64_t pixel = one.pixel + first * axis.advance;
    TileRun run{1,     places,       residue + first * axis.period,
                pixel, one.firstTap, segmentsOf(axis, one, pixel, places)};
    if (runs.size() > start && runs.back().places == places &&
        runs.back().segments == run.segments)
      ++runs.back().tiles;
    else
      runs.push_back(run);
    first += places;
  }
}

/// Rows as a dimension of no taps.
static SmallVector<TileRun> rowTiles(int64_t rows, int64_t most) {
  WindowAxis axis;
  axis.imageSize = rows;
  axis.period = axis.tapStep = axis.pixelStep = axis.advance = 1;
  SmallVector<TileRun> runs;
  addTiles(axis, {rows, 0, 0, 0}, 0, most, runs);
  return runs;
}

namespace {
/// A micro-kernel's size.
struct Size {
  int64_t places, rows, units;

  int64_t products() const { return places * rows * units; }
  /// Vectors that stay while products with them are added up.
  int64_t kept(WindowLanes lanes) const {
    return lanes == WindowLanes::images ? places * units : units;
  }
  /// What the other operand takes part with, one after the other.
  int64_t passing(WindowLanes lanes) const {
    return lanes == WindowLanes::images ? rows : places * rows;
  }
  /// Cycles of a tap and channel, roughly: two multiply-adds and two loads a
  /// cycle, four instructions; a chain of four cycles.
  double cycles(WindowLanes lanes) const {
    double loads = kept(lanes) + passing(lanes), all = products();
    // A multiply-add loads what only it uses.
    double alone = kept(lanes) == 1 ? 0 : passing(lanes);
    return std::max(
               {all / 2, loads / 2, (all + alone + kept(lanes) + 3) / 4, 4.0}) +
           0.5;
  }
};
} // namespace

/// The sum of what `tiles` as equal parts of `total` as can be cost.
static double overTiles(int64_t total, int64_t tiles,
                        function_ref<double(int64_t)> cost) {
  int64_t larger = total % tiles, size = total / tiles;
  double all = (tiles - larger) * cost(size);
  return larger ? all + larger * cost(size + 1) : all;
}

WindowTiles::WindowTiles(const Window &window, int64_t lanes,
                         const VectorRegisters &registers) {
  int64_t bytes =
      lanes * tensorType(window.imageOperand).getElementTypeBitWidth() / 8;
  int64_t budget = registers.count * registers.bytes / bytes;
  int64_t unitColumns = window.lanes == WindowLanes::channels ? 1 : lanes;
  int64_t all = llvm::divideCeil(window.columns(), unitColumns);
  int64_t most = window.lanes == WindowLanes::channels
                     ? lanes
                     : std::max<int64_t>(1, budget / 8);
  const WindowAxis &axis = window.axes.back();
  int64_t longest = 1;
  for (const WindowClass &one : axis.classes)
    longest = std::max(longest, one.places);

  double least = std::numeric_limits<double>::max();
  Size best{1, 1, 1};
  for (int64_t u = std::min(all, most); u > 0; --u)
    for (int64_t p = 1; p <= longest; ++p) {
      Size size{p, 1, u};
      // Registers for the sums, what is kept, and one that passes.
      int64_t left = budget - 2 - size.kept(window.lanes);
      if (left < p * u)
        break;
      int64_t rowTiles = llvm::divideCeil(window.rows(), left / (p * u));
      size.rows = llvm::divideCeil(window.rows(), rowTiles);
      double cost =
          llvm::divideCeil(all, u) *
          overTiles(longest, llvm::divideCeil(longest, p), [&](int64_t places) {
            return overTiles(window.rows(), rowTiles, [&](int64_t rows) {
              return Size{places, rows, u}.cycles(window.lanes);
            });
          });
      // Images lie far apart.
      if (window.lanes == WindowLanes::outputs && !window.hasBlocks)
        cost *= 1 + 0.03 * (size.rows - 1);
      // Neighbouring pixels lie a batch apart: the more of it at once, the
      // better.
      if (window.lanes == WindowLanes::images)
        cost *= 1 + 0.05 * (std::min(all, most) - u);
      if (cost >= least)
        continue;
      least = cost;
      best = size;
    }
  units = best.units;
  stripColumns = units * unitColumns;
  strips = llvm::divideCeil(all, units);
  rows = rowTiles(window.rows(), best.rows);
  for (auto [residue, one] : llvm::enumerate(axis.classes))
    addTiles(axis, one, residue, best.places, places);
}
