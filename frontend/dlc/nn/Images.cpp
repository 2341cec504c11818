#include <dlc/nn/Images.h>

#include <dlc/nn/Init.h>

namespace dlc::nn {
namespace {

/// A filter [outer, inner, K, K]; the fans are init's.
Tensor filter(Generator &rng, int64_t inputs, int64_t outputs, int64_t window,
              bool inputsFirst, Loc where) {
  Tensor drawn = init::kaimingUniform(rng, {window, window, inputs, outputs},
                                      DType::f32, where);
  std::vector<int64_t> order = inputsFirst ? std::vector<int64_t>{2, 3, 0, 1}
                                           : std::vector<int64_t>{3, 2, 0, 1};
  Tensor weight = transpose(drawn, order, where);
  eval({weight}, where);
  return weight;
}

Tensor withBias(const Tensor &y, const Tensor &bias) {
  return bias.defined() ? y + reshape(bias, {-1, 1, 1}) : y;
}

void check(const char *name, int64_t inputs, int64_t outputs, int64_t window,
           int64_t groups, Loc where) {
  if (inputs < 1 || outputs < 1 || window < 1)
    throw Error("[" + std::string(name) +
                    "] channels and window must be 1 or more, got " +
                    std::to_string(inputs) + ", " + std::to_string(outputs) +
                    " and " + std::to_string(window),
                where);
  if (groups < 1 || inputs % groups || outputs % groups)
    throw Error("[" + std::string(name) + "] " + std::to_string(inputs) +
                    " and " + std::to_string(outputs) +
                    " channels do not make " + std::to_string(groups) +
                    " groups",
                where);
}

} // namespace

Conv2d::Conv2d(int64_t inputs, int64_t outputs, int64_t window, Generator &rng,
               Conv2dOptions given, Loc where)
    : Module("Conv2d"), options{.stride = given.stride,
                                .padding = given.padding,
                                .dilation = given.dilation,
                                .groups = given.groups} {
  check("Conv2d", inputs, outputs, window, given.groups, where);
  weight = filter(rng, inputs / given.groups, outputs, window, false, where);
  if (given.bias)
    bias = zeros({outputs}, DType::f32, where);
}

Tensor Conv2d::forward(const Tensor &x) {
  Scope library = Scope::library();
  return withBias(conv2d(x, weight, options), bias);
}

void Conv2d::parts(Visitor &v) {
  v("weight", weight);
  if (bias.defined())
    v("bias", bias);
}

ConvTranspose2d::ConvTranspose2d(int64_t inputs, int64_t outputs,
                                 int64_t window, Generator &rng,
                                 ConvTranspose2dOptions given, Loc where)
    : Module("ConvTranspose2d"), options{.stride = given.stride,
                                         .padding = given.padding,
                                         .outputPadding = given.outputPadding} {
  check("ConvTranspose2d", inputs, outputs, window, 1, where);
  weight = filter(rng, inputs, outputs, window, true, where);
  if (given.bias)
    bias = zeros({outputs}, DType::f32, where);
}

Tensor ConvTranspose2d::forward(const Tensor &x) {
  Scope library = Scope::library();
  return withBias(convTranspose2d(x, weight, options), bias);
}

void ConvTranspose2d::parts(Visitor &v) {
  v("weight", weight);
  if (bias.defined())
    v("bias", bias);
}

Tensor MaxPool2d::forward(const Tensor &x) {
  Scope library = Scope::library();
  return maxPool2d(x, window, options);
}

Tensor AvgPool2d::forward(const Tensor &x) {
  Scope library = Scope::library();
  return avgPool2d(x, window, options);
}

Tensor GlobalAvgPool::forward(const Tensor &x) {
  Scope library = Scope::library();
  return globalAvgPool(x);
}

} // namespace dlc::nn
