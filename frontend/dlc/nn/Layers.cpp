#include <dlc/nn/Layers.h>

#include <dlc/nn/Init.h>

namespace dlc::nn {

Linear::Linear(int64_t inputs, int64_t outputs, Generator &rng,
               LinearOptions options, Loc where)
    : Module("Linear"), weight(init::xavierUniform(rng, {inputs, outputs}, 1,
                                                   options.type, where)) {
  if (options.bias)
    bias = zeros({outputs}, options.type, where);
}

Tensor Linear::forward(const Tensor &x) {
  Scope library = Scope::library();
  Tensor y = matmul(x, weight);
  return bias.defined() ? y + bias : y;
}

void Linear::parts(Visitor &v) {
  v("weight", weight);
  if (bias.defined())
    v("bias", bias);
}

Tensor ReLU::forward(const Tensor &x) {
  Scope library = Scope::library();
  return relu(x);
}

Tensor LeakyReLU::forward(const Tensor &x) {
  Scope library = Scope::library();
  return leakyRelu(x, slope);
}

Tensor Sigmoid::forward(const Tensor &x) {
  Scope library = Scope::library();
  return sigmoid(x);
}

Tensor Tanh::forward(const Tensor &x) {
  Scope library = Scope::library();
  return tanh(x);
}

Tensor Flatten::forward(const Tensor &x) {
  Scope library = Scope::library();
  return flatten(x, 1);
}

Tensor Unflatten::forward(const Tensor &x) {
  Scope library = Scope::library();
  Shape whole = shape;
  whole.insert(whole.begin(), x.size(0));
  return reshape(x, whole);
}

Dropout::Dropout(double rate, Generator &rng, Loc where)
    : Module("Dropout"), rate(rate), rng(&rng) {
  if (!(rate >= 0 && rate < 1))
    throw Error("[Dropout] the rate must lie in [0, 1), got " +
                    std::to_string(rate),
                where);
}

Tensor Dropout::forward(const Tensor &x) {
  Scope library = Scope::library();
  return isTraining() && rate > 0 ? dropout(*rng, x, rate) : x;
}

Tensor Sequential::forward(const Tensor &x) {
  Scope library = Scope::library();
  Tensor y = x;
  for (const auto &module : modules)
    y = (*module)(y);
  return y;
}

void Sequential::parts(Visitor &v) {
  for (size_t i = 0; i < modules.size(); ++i)
    v(std::to_string(i), *modules[i]);
}

} // namespace dlc::nn
