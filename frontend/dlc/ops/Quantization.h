// Quantisation to 8 bits, and pruning.

#ifndef DLC_FRONTEND_OPS_QUANTIZATION_H
#define DLC_FRONTEND_OPS_QUANTIZATION_H

#include <dlc/Tensor.h>

#pragma GCC visibility push(default)
namespace dlc {

/// round(x / scale) + zeroPoint, saturated to i8 or u8; ties to even, NaN gives
/// the zero point.
Tensor uniformQuantize(const Tensor &x, double scale, int64_t zeroPoint = 0,
                       DType type = DType::i8, Loc where = Loc::current());
/// The same with scalars known when it runs: the scale of x's type, the zero
/// point of the result's.
Tensor uniformQuantize(const Tensor &x, const Tensor &scale,
                       const Tensor &zeroPoint, Loc where = Loc::current());
/// (q - zeroPoint) · scale.
Tensor uniformDequantize(const Tensor &q, double scale, int64_t zeroPoint = 0,
                         DType type = DType::f32, Loc where = Loc::current());
Tensor uniformDequantize(const Tensor &q, const Tensor &scale,
                         const Tensor &zeroPoint, Loc where = Loc::current());
/// Quantised to [low, high] and dequantised. The gradient passes straight
/// through where nothing was clamped; scale and zero point, scalars of x's
/// type, receive none.
Tensor fakeQuant(const Tensor &x, const Tensor &scale, const Tensor &zeroPoint,
                 int64_t low = -128, int64_t high = 127,
                 Loc where = Loc::current());
/// False for the `drop` elements of smallest |x|, else true.
Tensor magnitudeMask(const Tensor &x, int64_t drop, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_QUANTIZATION_H
