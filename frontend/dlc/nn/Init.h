// Initial values of parameters, as functions of a shape:
//
//     layer.weight = nn::init::normal(rng, layer.weight.shape(), 0, 0.01);
//
// A weight's last two dimensions are inputs and outputs; those before them (a
// convolution's window) multiply both fans.

#ifndef DLC_FRONTEND_NN_INIT_H
#define DLC_FRONTEND_NN_INIT_H

#include <dlc/Random.h>

#pragma GCC visibility push(default)
namespace dlc::nn::init {

using dlc::normal;
using dlc::uniform;
using dlc::zeros;

/// Uniform in ±gain·sqrt(6 / (fan in + fan out)). Glorot and Bengio,
/// "Understanding the difficulty of training deep feedforward neural networks"
/// (AISTATS 2010).
Tensor xavierUniform(Generator &rng, const Shape &shape, double gain = 1,
                     DType type = DType::f32, Loc where = Loc::current());
/// Normal with deviation gain·sqrt(2 / (fan in + fan out)).
Tensor xavierNormal(Generator &rng, const Shape &shape, double gain = 1,
                    DType type = DType::f32, Loc where = Loc::current());

/// Uniform in ±sqrt(6 / fan in), for layers before a ReLU. He et al., "Delving
/// deep into rectifiers" (ICCV 2015).
Tensor kaimingUniform(Generator &rng, const Shape &shape,
                      DType type = DType::f32, Loc where = Loc::current());
/// Normal with deviation sqrt(2 / fan in).
Tensor kaimingNormal(Generator &rng, const Shape &shape,
                     DType type = DType::f32, Loc where = Loc::current());

} // namespace dlc::nn::init
#pragma GCC visibility pop

#endif // DLC_FRONTEND_NN_INIT_H
