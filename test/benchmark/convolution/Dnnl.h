// Convolutions of a oneDNN that is opened at run time, by its C API (2.x).

#ifndef DLC_TEST_BENCHMARK_CONVOLUTION_DNNL_H
#define DLC_TEST_BENCHMARK_CONVOLUTION_DNNL_H

#include <cstdint>
#include <functional>

namespace dlc::convolution {

enum class Pass { forward, dataGradient, weightGradient };

/// Square filters, the same stride and padding on all sides.
struct Layer {
  int64_t images, height, width, channels, outputs, taps, stride, padding;

  int64_t outHeight() const {
    return (height + 2 * padding - taps) / stride + 1;
  }
  int64_t outWidth() const { return (width + 2 * padding - taps) / stride + 1; }
  /// With the taps that fall into the padding.
  double flops() const {
    return 2.0 * images * outHeight() * outWidth() * outputs * channels * taps *
           taps;
  }
};

class Dnnl {
public:
  /// Fails, with a line on stderr, where `path` is no oneDNN.
  bool open(const char *path);

  /// Runs the layer once a call, each operand in the layout that oneDNN likes
  /// best (`format_tag::any`, so nothing is reordered). Null on an error.
  std::function<void()> prepare(const Layer &layer, Pass pass);

private:
  void *symbol(const char *name);

  void *library = nullptr;
  void *engine = nullptr;
  void *stream = nullptr;
};

} // namespace dlc::convolution

#endif // DLC_TEST_BENCHMARK_CONVOLUTION_DNNL_H
