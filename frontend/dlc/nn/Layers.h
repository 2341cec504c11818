// Layers: modules to build others from.

#ifndef DLC_FRONTEND_NN_LAYERS_H
#define DLC_FRONTEND_NN_LAYERS_H

#include <dlc/Random.h>
#include <dlc/nn/Module.h>

#include <concepts>
#include <memory>
#include <vector>

#pragma GCC visibility push(default)
namespace dlc::nn {

struct LinearOptions {
  bool bias = true;
  DType type = DType::f32;
};

/// y = x weight + bias: [..., inputs] to [..., outputs]. The weight is
/// [inputs, outputs], drawn by init::xavierUniform; the bias starts at zero.
class Linear : public Module {
public:
  Linear(int64_t inputs, int64_t outputs, Generator &rng,
         LinearOptions options = {}, Loc where = Loc::current());

  Tensor weight;
  /// Undefined without a bias.
  Tensor bias;

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;
};

/// max(x, 0).
struct ReLU : Module {
  ReLU() : Module("ReLU") {}

protected:
  Tensor forward(const Tensor &x) override;
};

/// x where x > 0, else slope · x.
class LeakyReLU : public Module {
public:
  explicit LeakyReLU(double slope = 0.01) : Module("LeakyReLU"), slope(slope) {}

protected:
  Tensor forward(const Tensor &x) override;

private:
  double slope;
};

struct Sigmoid : Module {
  Sigmoid() : Module("Sigmoid") {}

protected:
  Tensor forward(const Tensor &x) override;
};

struct Tanh : Module {
  Tanh() : Module("Tanh") {}

protected:
  Tensor forward(const Tensor &x) override;
};

/// [batch, ...] to [batch, elements of one sample].
struct Flatten : Module {
  Flatten() : Module("Flatten") {}

protected:
  Tensor forward(const Tensor &x) override;
};

/// [batch, elements] to [batch, ...].
class Unflatten : public Module {
public:
  explicit Unflatten(Shape shape)
      : Module("Unflatten"), shape(std::move(shape)) {}

protected:
  Tensor forward(const Tensor &x) override;

private:
  Shape shape;
};

/// In training, sets each element to 0 with probability `rate` and divides the
/// others by 1 - rate; in evaluation, the identity. 0 <= rate < 1. Draws from
/// `rng`, which must outlive the layer and be named in a compiled function's
/// `.state`.
class Dropout : public Module {
public:
  Dropout(double rate, Generator &rng, Loc where = Loc::current());

protected:
  Tensor forward(const Tensor &x) override;

private:
  double rate;
  Generator *rng;
};

/// Modules applied one after the other; their names are "0", "1", ….
class Sequential : public Module {
public:
  template <typename... Modules>
    requires(std::derived_from<Modules, Module> && ...)
  explicit Sequential(Modules... modules) : Module("Sequential") {
    (add(std::move(modules)), ...);
  }

  /// Appends a module.
  template <std::derived_from<Module> M> Sequential &add(M module) {
    modules.push_back(std::make_unique<M>(std::move(module)));
    return *this;
  }

  size_t size() const { return modules.size(); }
  Module &operator[](size_t i) { return *modules.at(i); }

protected:
  Tensor forward(const Tensor &x) override;
  void parts(Visitor &v) override;

private:
  std::vector<std::unique_ptr<Module>> modules;
};

} // namespace dlc::nn
#pragma GCC visibility pop

#endif // DLC_FRONTEND_NN_LAYERS_H
