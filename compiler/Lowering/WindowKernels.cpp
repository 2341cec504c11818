#include "Lowering/WindowKernels.h"

#include "Lowering/ContractionKernels.h"
#include "Lowering/MicroKernelBuilder.h"

using namespace mlir;
using namespace dlc;

namespace {
class WindowKernelBuilder {
public:
  WindowKernelBuilder(func::FuncOp func, const WindowKernel &spec)
      : func(func), spec(spec), w(*spec.window),
        b(func, tensorType(ConvolutionOp(w.op).getResult()).getElementType(),
          spec.lanes),
        images(func.getArgument(0)), filters(func.getArgument(2)),
        column(func.getArgument(6)) {}

  void build();

private:
  using Sums = SmallVector<Value>;
  /// What a loop's trip adds to the sums, given where it meets the images and
  /// the filters.
  using Trip = function_ref<Sums(Value image, Value filter, ValueRange sums)>;

  Sums loop(Value lower, Value upper, int64_t imageStep, int64_t filterStep,
            Value image, Value filter, ValueRange sums, Trip trip);
  Sums loop(int64_t lower, int64_t upper, int64_t imageStep, int64_t filterStep,
            Value image, Value filter, ValueRange sums, Trip trip);
  Sums overChannels(Value image, Value filter, ValueRange sums, Trip trip);
  Sums overAxes(size_t axis, Value image, Value filter, ValueRange sums);
  Sums overSegments(Value image, Value filter, ValueRange sums);
  Sums addTap(int64_t firstPlace, Value image, Value filter, ValueRange sums);
  Value pixels(Value at, int64_t unit);
  Value laneOffsets(int64_t unit);
  Value columnOffset(int64_t unit);
  void storeLaneSums(ArrayRef<Value> sums, ArrayRef<Value> indices);

  Value outerArgument(size_t axis, bool end) {
    return func.getArgument(7 + 2 * axis + end);
  }
  Value channelArgument(bool end) {
    return outerArgument(w.axes.size() - 1, end);
  }
  /// The lanes of a vector that are columns; null if all are.
  Value maskOf(int64_t unit) {
    if (w.lanes == WindowLanes::channels ||
        w.columns() % (spec.units * spec.lanes) == 0)
      return {};
    Value left = b.create<arith::SubIOp>(
        b.index(w.columns() - unit * spec.lanes), column);
    // The last strip's later vectors may start beyond the columns.
    return b.mask(b.create<arith::MaxSIOp>(left, b.index(0)));
  }
  bool isGrouped() { return w.groups() != 1; }
  /// Depthwise: the channels of neighbouring lanes are neighbours.
  bool isDepthwise() {
    ConvolutionOp op = w.op;
    return int64_t(op.getGroups()) == w.columns() && w.channels == 1 &&
           w.channelStride == 1;
  }
  func::FuncOp func;
  const WindowKernel &spec;
  const Window &w;
  MicroKernelBuilder b;
  Value images, filters, column;
  /// Of each unit.
  SmallVector<Value> masks, offsets;
  /// The lanes of the present vector of channels; null if all are.
  Value channelMask;
};
} // namespace

WindowKernelBuilder::Sums
WindowKernelBuilder::loop(Value lower, Value upper, int64_t imageStep,
                          int64_t filterStep, Value image, Value filter,
                          ValueRange sums, Trip trip) {
  return b.carry(lower, upper, 1, SmallVector<Value>(sums),
                 [&](Value i, ValueRange carried) {
                   Value pixel = b.add(image, b.times(i, imageStep));
                   Value weight = b.add(filter, b.times(i, filterStep));
                   return trip(pixel, weight, carried);
                 });
}

WindowKernelBuilder::Sums
WindowKernelBuilder::loop(int64_t lower, int64_t upper, int64_t imageStep,
                          int64_t filterStep, Value image, Value filter,
                          ValueRange sums, Trip trip) {
  if (upper - lower != 1)
    return loop(b.index(lower), b.index(upper), imageStep, filterStep, image,
                filter, sums, trip);
  Value pixel = b.plus(image, lower * imageStep);
  Value weight = b.plus(filter, lower * filterStep);
  return trip(pixel, weight, sums);
}

WindowKernelBuilder::Sums WindowKernelBuilder::overChannels(Value image,
                                                            Value filter,
                                                            ValueRange sums,
                                                            Trip trip) {
  if (!w.channelsFirst)
    return loop(0, w.channels, w.channelStride, w.filterChannelStride, image,
                filter, sums, trip);
  Value first = channelArgument(false), end = channelArgument(true);
  if (w.lanes != WindowLanes::channels)
    return loop(first, end, w.channelStride, w.filterChannelStride, image,
                filter, sums, trip);
  return b.carry(
      first, end, spec.lanes, SmallVector<Value>(sums),
      [&](Value channel, ValueRange carried) {
        if (w.channels % spec.lanes != 0)
          channelMask = b.mask(b.create<arith::SubIOp>(end, channel));
        return trip(b.add(image, channel), b.add(filter, channel), carried);
      });
}

/// All taps of the dimensions from `axis` on.
WindowKernelBuilder::Sums WindowKernelBuilder::overAxes(size_t axis,
                                                        Value image,
                                                        Value filter,
                                                        ValueRange sums) {
  if (axis + 1 == w.axes.size())
    return overSegments(image, filter, sums);
  const WindowAxis &a = w.axes[axis];
  return loop(outerArgument(axis, false), outerArgument(axis, true),
              a.pixelStep * a.imageStride, a.tapStep * a.filterStride, image,
              filter, sums, [&](Value pixel, Value weight, ValueRange carried) {
                return overAxes(axis + 1, pixel, weight, carried);
              });
}

WindowKernelBuilder::Sums
WindowKernelBuilder::overSegments(Value image, Value filter, ValueRange sums) {
  const WindowAxis &a = w.axes.back();
  int64_t perPlace = spec.rows * spec.units;
  Sums all(sums);
  for (const TapSegment &segment : spec.places->segments) {
    // Only places that meet pixels take part.
    auto part = MutableArrayRef(all).slice(
        segment.firstPlace * perPlace,
        (segment.lastPlace - segment.firstPlace) * perPlace);
    auto tap = [&](Value pixel, Value weight, ValueRange carried) {
      return addTap(segment.firstPlace, pixel, weight, carried);
    };
    Sums next =
        loop(segment.firstTap, segment.lastTap, a.pixelStep * a.imageStride,
             a.tapStep * a.filterStride, image, filter, ValueRange(part),
             [&](Value pixel, Value weight, ValueRange carried) {
               return w.channelsFirst
                          ? tap(pixel, weight, carried)
                          : overChannels(pixel, weight, carried, tap);
             });
    llvm::copy(next, part.begin());
  }
  return all;
}

/// One tap and channel, or vector of channels.
WindowKernelBuilder::Sums WindowKernelBuilder::addTap(int64_t firstPlace,
                                                      Value image, Value filter,
                                                      ValueRange sums) {
  const WindowAxis &a = w.axes.back();
  int64_t places = sums.size() / (spec.rows * spec.units);
  auto placeAt = [&](int64_t place) {
    return b.plus(image, (firstPlace + place) * a.advance * a.imageStride);
  };
  auto splat = [&](Value memory, Value at) -> Value {
    Value scalar = b.create<memref::LoadOp>(memory, at);
    return b.create<vector::BroadcastOp>(b.vector, scalar);
  };
  Sums next(sums);
  auto sum = [&](int64_t place, int64_t row, int64_t unit) -> Value & {
    return next[(place * spec.rows + row) * spec.units + unit];
  };

  if (w.lanes == WindowLanes::images) {
    SmallVector<SmallVector<Value>> pixels(places);
    for (int64_t place = 0; place < places; ++place)
      for (int64_t unit = 0; unit < spec.units; ++unit)
        pixels[place].push_back(b.load(
            images, b.plus(placeAt(place), unit * spec.lanes), masks[unit]));
    for (int64_t row = 0; row < spec.rows; ++row) {
      Value weight = splat(filters, b.plus(filter, row * w.rowStride));
      for (int64_t place = 0; place < places; ++place)
        for (int64_t unit = 0; unit < spec.units; ++unit) {
          Value &s = sum(place, row, unit);
          s = b.multiplyAdd(pixels[place][unit], weight, s);
        }
    }
    return next;
  }

  bool isChannels = w.lanes == WindowLanes::channels;
  SmallVector<Value> weights;
  for (int64_t unit = 0; unit < spec.units; ++unit)
    weights.push_back(
        isChannels
            ? b.load(filters, b.add(filter, offsets[unit]), channelMask)
            : b.load(filters, b.plus(filter, unit * spec.lanes), masks[unit]));
  for (int64_t place = 0; place < places; ++place)
    for (int64_t row = 0; row < spec.rows; ++row) {
      Value at = b.plus(placeAt(place), row * w.rowStride), shared;
      if (isChannels)
        shared = b.load(images, at, channelMask);
      else if (!isGrouped())
        shared = splat(images, at);
      for (int64_t unit = 0; unit < spec.units; ++unit) {
        Value &s = sum(place, row, unit);
        s = b.multiplyAdd(shared ? shared : pixels(at, unit), weights[unit], s);
      }
    }
  return next;
}

/// How far from the first group's pixel the lanes' own pixels lie.
Value WindowKernelBuilder::laneOffsets(int64_t unit) {
  ConvolutionOp op = w.op;
  int64_t step = op.getGroups() != 1 ? w.channels * w.channelStride
                                     : w.rows() * w.rowStride;
  auto type = VectorType::get({spec.lanes}, b.getIndexType());
  SmallVector<Attribute> steps;
  for (int64_t l = 0; l < spec.lanes; ++l)
    steps.push_back(b.getIndexAttr(unit * spec.lanes + l));
  Value lane = b.create<arith::ConstantOp>(DenseElementsAttr::get(type, steps));
  auto splat = [&](Value v) -> Value {
    return b.create<vector::SplatOp>(type, v);
  };
  Value output = b.create<arith::AddIOp>(lane, splat(column));
  // Lanes beyond the channels read what the last one reads.
  output = b.create<arith::MinUIOp>(output, splat(b.index(w.columns() - 1)));
  Value group = b.create<arith::DivUIOp>(
      output, splat(b.index(w.columns() / w.groups())));
  return b.create<arith::MulIOp>(group, splat(b.index(step)));
}

/// The pixels that the lanes multiply, each of its own group.
Value WindowKernelBuilder::pixels(Value at, int64_t unit) {
  if (isDepthwise())
    return b.load(images, b.plus(b.add(at, column), unit * spec.lanes),
                  masks[unit]);
  auto bits = VectorType::get({spec.lanes}, b.getI1Type());
  Value all = b.create<arith::ConstantOp>(DenseElementsAttr::get(bits, true));
  return b.create<vector::GatherOp>(b.vector, images, ValueRange{at},
                                    offsets[unit], all, b.zero());
}

/// Of the filter's column `unit`; one beyond the columns is the last again.
Value WindowKernelBuilder::columnOffset(int64_t unit) {
  Value last = b.create<arith::SubIOp>(b.index(w.columns() - 1), column);
  Value at = b.create<arith::MinSIOp>(b.index(unit), last);
  return b.times(at, w.columnStride);
}

/// The lanes' sums of each unit, next to each other.
void WindowKernelBuilder::storeLaneSums(ArrayRef<Value> sums,
                                        ArrayRef<Value> indices) {
  Value left = b.create<arith::SubIOp>(b.index(w.columns()), column);
  Value mask = b.mask(b.create<arith::MinSIOp>(left, b.index(spec.units)));
  Value target = func.getArgument(4), isMore = func.getArguments().back();
  for (size_t i = 0; i < sums.size(); i += spec.units) {
    Value sum = b.sumEach(sums.slice(i, spec.units));
    Value before = b.load(target, indices[i], mask);
    Value both = b.create<arith::AddFOp>(before, sum);
    sum = b.create<arith::SelectOp>(isMore, both, sum);
    b.create<vector::MaskedStoreOp>(target, ValueRange{indices[i]}, mask, sum);
  }
}

void WindowKernelBuilder::build() {
  Value image = func.getArgument(1), filter = func.getArgument(3);
  bool isChannels = w.lanes == WindowLanes::channels;
  for (int64_t unit = 0; unit < spec.units; ++unit) {
    masks.push_back(maskOf(unit));
    if (isChannels)
      offsets.push_back(columnOffset(unit));
    else
      offsets.push_back(isGrouped() && !isDepthwise() ? laneOffsets(unit)
                                                      : Value());
  }
  Sums sums(spec.places->places * spec.rows * spec.units, b.zero());
  if (w.channelsFirst)
    sums = overChannels(image, filter, sums,
                        [&](Value pixel, Value weight, ValueRange carried) {
                          return overAxes(0, pixel, weight, carried);
                        });
  else
    sums = overAxes(0, image, filter, sums);
  SmallVector<Value> indices;
  for (int64_t place = 0; place < spec.places->places; ++place)
    for (int64_t row = 0; row < spec.rows; ++row)
      for (int64_t unit = 0; unit < spec.units; ++unit)
        indices.push_back(b.plus(func.getArgument(5), place * spec.placeStride +
                                                          row * spec.rowStride +
                                                          unit * spec.lanes));
  if (isChannels)
    storeLaneSums(sums, indices);
  else
    b.storeBlock(sums, func.getArgument(4), indices,
                 w.hasBlocks ? Value(func.getArguments().back()) : Value());
  b.create<func::ReturnOp>();
}

func::FuncOp dlc::createWindowKernel(ModuleOp module, StringRef name,
                                     const WindowKernel &spec) {
  ConvolutionOp op = spec.window->op;
  Type index = IndexType::get(module.getContext());
  Type operand = gemmOperandType(tensorType(op.getResult()).getElementType());
  SmallVector<Type> parameters = {operand, index, operand, index,
                                  operand, index, index};
  // Taps of the outer dimensions, channels.
  parameters.append(2 * spec.window->axes.size(), index);
  parameters.push_back(IntegerType::get(module.getContext(), 1));
  func::FuncOp func = createMicroKernel(module, name, parameters);
  WindowKernelBuilder(func, spec).build();
  return func;
}
