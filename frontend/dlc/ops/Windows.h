// Convolutions and pools of images [N, C, spatial…].

#ifndef DLC_FRONTEND_OPS_WINDOWS_H
#define DLC_FRONTEND_OPS_WINDOWS_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// A number for each spatial dimension; one alone counts for all.
struct Sizes {
  Sizes(int value) : values{value} {}
  Sizes(int64_t value) : values{value} {}
  Sizes(std::initializer_list<int64_t> values) : values(values) {}
  Sizes(std::vector<int64_t> values) : values(std::move(values)) {}

  std::vector<int64_t> values;
};

/// Elements put around an image: the same at both ends, or as many as make the
/// result as large as the image over the stride (TensorFlow's "SAME").
struct Padding {
  Padding(int value) : low(value), high(value) {}
  Padding(int64_t value) : low(value), high(value) {}
  Padding(std::initializer_list<int64_t> values) : low(values), high(values) {}
  Padding(Sizes both) : low(both), high(both) {}
  Padding(Sizes low, Sizes high) : low(std::move(low)), high(std::move(high)) {}
  static Padding same() {
    Padding padding(0);
    padding.isSame = true;
    return padding;
  }

  Sizes low, high;
  bool isSame = false;
};

struct ConvOptions {
  Sizes stride = 1;
  Padding padding = 0;
  /// The distance of a filter's taps.
  Sizes dilation = 1;
  /// Channels in so many groups, each with its own filters.
  int64_t groups = 1;
};
/// Cross-correlation: images [N, C, W], filters [O, C / groups, K] to
/// [N, O, (W + padding - dilation · (K - 1) - 1) / stride + 1].
Tensor conv1d(const Tensor &images, const Tensor &filters,
              const ConvOptions &options = {}, Loc where = Loc::current());
/// Images [N, C, H, W].
Tensor conv2d(const Tensor &images, const Tensor &filters,
              const ConvOptions &options = {}, Loc where = Loc::current());
/// Images [N, C, D, H, W].
Tensor conv3d(const Tensor &images, const Tensor &filters,
              const ConvOptions &options = {}, Loc where = Loc::current());

struct ConvolutionOptions {
  std::vector<int64_t> strides, low, high, imageDilation, filterDilation;
  int64_t groups = 1, batchGroups = 1;
};
/// The op itself, with everything it can do; empty lists are ones, or zeros for
/// the padding.
Tensor convolution(const Tensor &images, const Tensor &filters,
                   const ConvolutionOptions &options,
                   Loc where = Loc::current());

struct ConvTransposeOptions {
  Sizes stride = 1, padding = 0, outputPadding = 0, dilation = 1;
  int64_t groups = 1;
};
/// The data gradient of a convolution, as a layer: images [N, C, W], filters
/// [C, O / groups, K] to [N, O, (W - 1) · stride - 2 · padding +
/// dilation · (K - 1) + outputPadding + 1].
Tensor convTranspose1d(const Tensor &images, const Tensor &filters,
                       const ConvTransposeOptions &options = {},
                       Loc where = Loc::current());
Tensor convTranspose2d(const Tensor &images, const Tensor &filters,
                       const ConvTransposeOptions &options = {},
                       Loc where = Loc::current());
Tensor convTranspose3d(const Tensor &images, const Tensor &filters,
                       const ConvTransposeOptions &options = {},
                       Loc where = Loc::current());

struct PoolOptions {
  /// The window's own size where there is none.
  std::optional<Sizes> stride = {};
  Padding padding = 0;
  /// Of a mean: padding counts as elements.
  bool countPadding = false;
};
/// The largest element under each window. Padding counts as -inf.
Tensor maxPool1d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options = {}, Loc where = Loc::current());
Tensor maxPool2d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options = {}, Loc where = Loc::current());
Tensor maxPool3d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options = {}, Loc where = Loc::current());
/// The mean under each window.
Tensor avgPool1d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options = {}, Loc where = Loc::current());
Tensor avgPool2d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options = {}, Loc where = Loc::current());
Tensor avgPool3d(const Tensor &images, const Sizes &window,
                 const PoolOptions &options = {}, Loc where = Loc::current());
/// The mean of each channel: [N, C, spatial…] to [N, C].
Tensor globalAvgPool(const Tensor &images, Loc where = Loc::current());

enum class WindowKind { add, mul, max, min };
/// One entry for each dimension; empty lists are ones, or zeros for the
/// padding.
struct WindowOptions {
  std::vector<int64_t> window, strides = {}, dilations = {}, low = {},
                               high = {};
};
/// Combines the elements under a moving window; padding is the identity.
Tensor reduceWindow(WindowKind kind, const Tensor &x,
                    const WindowOptions &options, Loc where = Loc::current());
/// Adds each source element where its window's largest lies: the adjoint of
/// reduceWindow's max.
Tensor selectAndScatter(const Tensor &x, const Tensor &source,
                        const WindowOptions &options,
                        Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_WINDOWS_H
