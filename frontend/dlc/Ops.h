// Operations on tensors: NumPy's and JAX's names, meaning and broadcasting.
//
// Tensors of different element types do not mix: convert one with `astype`.
// Host numbers take the type of the tensor they meet. Axes may be negative.
// What does not fit throws an Error with the caller's line.

#ifndef DLC_FRONTEND_OPS_H
#define DLC_FRONTEND_OPS_H

#include <dlc/ops/Activations.h>
#include <dlc/ops/Creation.h>
#include <dlc/ops/Elementwise.h>
#include <dlc/ops/Indexing.h>
#include <dlc/ops/Layers.h>
#include <dlc/ops/LinearAlgebra.h>
#include <dlc/ops/Losses.h>
#include <dlc/ops/Normalization.h>
#include <dlc/ops/Quantization.h>
#include <dlc/ops/Reductions.h>
#include <dlc/ops/Shape.h>
#include <dlc/ops/Windows.h>

#endif // DLC_FRONTEND_OPS_H
