// How a convolution is walked: which taps meet a pixel, and what is computed
// together.
//
// Along one spatial dimension the result's place o and tap k meet pixel
//
//   x = (o · stride - low + k · filter_dilation) / image_dilation
//
// if that is whole and inside the image. Only such pairs are ever computed:
// padding and the gaps of a dilated image cost nothing. Places that are a
// `period` apart meet the same taps, so they form a class; of a class the taps
// and pixels are arithmetic sequences:
//
//   stride 1, image_dilation 2, low 1, taps 0 1 2 (the data gradient of a
//   strided 3-tap convolution):  o even: tap 1;  o odd: taps 0 and 2
//
// A window of a dimension is cut off differently at the image's ends. In the
// last dimension, along which places are computed side by side, that is known
// when a kernel is compiled: tiles of places have segments of taps, in each of
// which some neighbouring places meet pixels. In the others the first and the
// last tap are computed.

#ifndef DLC_COMPILER_LOWERING_WINDOWSCHEDULE_H
#define DLC_COMPILER_LOWERING_WINDOWSCHEDULE_H

#include "IR/Dlc.h"
#include "Lowering/Kernel.h"

namespace dlc {

/// Places of a dimension that meet the same taps: o = r, r + period, …
struct WindowClass {
  int64_t places;
  /// The first tap, and how many there are.
  int64_t firstTap, taps;
  /// What place r and the first tap meet; may lie outside.
  int64_t pixel;
};

struct WindowAxis {
  int64_t imageSize;
  /// Elements from a pixel, or a tap, to the next one in memory.
  int64_t imageStride, filterStride;
  int64_t period;
  /// Of one class: taps from one to the next; pixels that this, or the next
  /// place, lies further.
  int64_t tapStep, pixelStep, advance;
  llvm::SmallVector<WindowClass> classes; // by o modulo the period

  /// Whether every tap of every place meets a pixel.
  bool isInside() const;
  /// Whether all taps meet the only place: parts of a batch.
  bool isSummed() const;
  /// Of a place.
  int64_t mostTaps() const;
};

/// What the lanes of a vector hold, as the operands lie in memory.
enum class WindowLanes {
  /// Neighbouring output channels (channels_last).
  outputs,
  /// Neighbouring images (batch_last).
  images,
  /// Neighbouring channels that are summed: those of a filter's gradient where
  /// the batch is last, its channels being images. The lanes' sums are added up
  /// in a fixed tree at the end.
  channels
};

/// A convolution, its operands read through transposes. Its result is [rows,
/// spatial…, columns]: rows are images, columns output channels, or, with
/// batch_last, the other way round.
struct Window {
  explicit Window(ConvolutionOp op);

  ConvolutionOp op;
  mlir::BlockArgument imageOperand, filterOperand;
  llvm::SmallVector<WindowAxis> axes;
  llvm::ArrayRef<int64_t> result;
  int64_t channels; // of a group
  WindowLanes lanes;
  /// Elements from an image's channel to the next, from a filter's.
  int64_t channelStride, filterChannelStride;
  /// Elements from a row, a column to the next: of the images for those that
  /// are images, of the filters for those that are output channels.
  int64_t rowStride, columnStride;
  /// An element is summed over [C, spatial…], as channels-first memory lies;
  /// else over [spatial…, C].
  bool channelsFirst = false;
  /// And that in blocks of so many channels: a filter's gradient, whose
  /// channels are images.
  bool hasBlocks = false;
  int64_t channelBlock;
  /// Or, of images in parts, in blocks of so many taps along each dimension but
  /// the last. Else empty.
  llvm::SmallVector<int64_t> tapBlocks;
  /// Each block of both operands is copied, so that it lies in one piece: of a
  /// large batch that is last, neighbouring pixels share few sets of a cache.
  /// Strides are those of the copies.
  bool copiesBlocks = false;

  /// How many blocks there are, along the channels or each dimension.
  llvm::SmallVector<int64_t> blocks() const;
  int64_t rows() const { return result.front(); }
  int64_t columns() const { return result.back(); }
  /// Of channels or of images, whichever there are.
  int64_t groups() const;
  /// Whether vectors of what the lanes hold are neighbours in memory.
  bool isContiguous() const;
  /// The columns that a row has room for in scratch memory.
  int64_t paddedColumns() const;
};

/// Taps [firstTap, lastTap) of a class meet pixels from places [firstPlace,
/// lastPlace) of a tile.
struct TapSegment {
  int64_t firstTap, lastTap, firstPlace, lastPlace;

  bool operator==(const TapSegment &) const = default;
};

/// Tiles that follow each other and are alike.
struct TileRun {
  int64_t tiles;
  /// Of a tile.
  int64_t places;
  /// What the first tile starts with: a place of the result, and the pixel that
  /// it and the class's first tap meet.
  int64_t place, pixel;
  int64_t firstTap;
  llvm::SmallVector<TapSegment> segments;
};

/// What micro-kernels compute: some places along the last spatial dimension, of
/// some rows, of some units of columns.
struct WindowTiles {
  WindowTiles(const Window &window, int64_t lanes,
              const VectorRegisters &registers);

  /// Accumulators of a place and row: vectors of columns, or, if lanes hold
  /// channels, columns.
  int64_t units;
  /// Columns of a strip; the last strip may reach beyond them.
  int64_t stripColumns;
  int64_t strips;
  llvm::SmallVector<TileRun> places;
  /// Those of the rows; no taps.
  llvm::SmallVector<TileRun> rows;
};

inline int64_t countTiles(llvm::ArrayRef<TileRun> runs) {
  int64_t count = 0;
  for (const TileRun &run : runs)
    count += run.tiles;
  return count;
}

} // namespace dlc

#endif // DLC_COMPILER_LOWERING_WINDOWSCHEDULE_H
