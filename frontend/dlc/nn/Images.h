// Layers of images [N, C, H, W]: convolutions and pools.

#ifndef DLC_FRONTEND_NN_IMAGES_H
#define DLC_FRONTEND_NN_IMAGES_H

#include <dlc/Random.h>
#include <dlc/nn/Module.h>

#pragma GCC visibility push(default)
namespace dlc::nn {

struct Conv2dOptions {
  Sizes stride = 1;
  Padding padding = 0;
  Sizes dilation = 1;
  int64_t groups = 1;
  bool bias = true;
};

/// conv2d with its weight [outputs, inputs / groups, K, K], drawn by
/// init::kaimingUniform, and a bias [outputs] that starts at zero.
class Conv2d : public Module {
public:
  Conv2d(int64_t inputs, int64_t outputs, int64_t window, Generator &rng,
         Conv2dOptions options = {}, Loc where = Loc::current());

  Tensor weight;
  /// Undefined without a bias.
  Tensor bias;

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

private:
  ConvOptions options;
};

struct ConvTranspose2dOptions {
  Sizes stride = 1, padding = 0, outputPadding = 0;
  bool bias = true;
};

/// convTranspose2d with its weight [inputs, outputs, K, K]: a stride of 2
/// doubles an image.
class ConvTranspose2d : public Module {
public:
  ConvTranspose2d(int64_t inputs, int64_t outputs, int64_t window,
                  Generator &rng, ConvTranspose2dOptions options = {},
                  Loc where = Loc::current());

  Tensor weight, bias;

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

private:
  ConvTransposeOptions options;
};

/// The largest element, or the mean, under each window; the stride is the
/// window's size unless given.
class MaxPool2d : public Module {
public:
  explicit MaxPool2d(Sizes window, PoolOptions options = {})
      : Module("MaxPool2d"), window(window), options(options) {}

protected:
  Tensor forward(const Tensor &x) override;

private:
  Sizes window;
  PoolOptions options;
};

class AvgPool2d : public Module {
public:
  explicit AvgPool2d(Sizes window, PoolOptions options = {})
      : Module("AvgPool2d"), window(window), options(options) {}

protected:
  Tensor forward(const Tensor &x) override;

private:
  Sizes window;
  PoolOptions options;
};

/// [N, C, H, W] to [N, C].
struct GlobalAvgPool : Module {
  GlobalAvgPool() : Module("GlobalAvgPool") {}

protected:
  Tensor forward(const Tensor &x) override;
};

} // namespace dlc::nn
#pragma GCC visibility pop

#endif // DLC_FRONTEND_NN_IMAGES_H
