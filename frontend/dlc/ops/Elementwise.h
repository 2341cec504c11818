// result[i] from operand[i]: arithmetic, comparison, choice and functions.
// Operands broadcast as NumPy's do; host numbers take the tensor's type.

#ifndef DLC_FRONTEND_OPS_ELEMENTWISE_H
#define DLC_FRONTEND_OPS_ELEMENTWISE_H

#include <dlc/Tensor.h>

#include <string>

#pragma GCC visibility push(default)
namespace dlc {

//===-- Arithmetic
//---------------------------------------------------------===//

/// Integers wrap.
Tensor operator+(const Operand &x, const Operand &y);
Tensor operator-(const Operand &x, const Operand &y);
Tensor operator*(const Operand &x, const Operand &y);
/// Integers truncate; a zero divisor is an error when it runs.
Tensor operator/(const Operand &x, const Operand &y);
/// x - y · trunc(x / y), with the sign of x, as C's.
Tensor operator%(const Operand &x, const Operand &y);
Tensor operator-(const Operand &x);

/// x to the power y, as C's pow; of integers by repeated products.
Tensor pow(const Operand &x, const Operand &y, Loc where = Loc::current());
/// NaN if either is; ties share the gradient.
Tensor maximum(const Operand &x, const Operand &y, Loc where = Loc::current());
Tensor minimum(const Operand &x, const Operand &y, Loc where = Loc::current());
/// min(max(x, low), high).
Tensor clip(const Operand &x, const Operand &low, const Operand &high,
            Loc where = Loc::current());

//===-- Comparison, bits, choice
//-------------------------------------------===//

Tensor operator==(const Operand &x, const Operand &y);
Tensor operator!=(const Operand &x, const Operand &y);
Tensor operator<(const Operand &x, const Operand &y);
Tensor operator<=(const Operand &x, const Operand &y);
Tensor operator>(const Operand &x, const Operand &y);
Tensor operator>=(const Operand &x, const Operand &y);

/// Of booleans, or bitwise of integers.
Tensor operator&(const Operand &x, const Operand &y);
Tensor operator|(const Operand &x, const Operand &y);
Tensor operator^(const Operand &x, const Operand &y);
Tensor operator~(const Operand &x);
/// Of booleans.
Tensor operator!(const Operand &x);
/// Of integers: 0 where y is not below the width.
Tensor shiftLeft(const Operand &x, const Operand &y,
                 Loc where = Loc::current());
/// Fills with zeros, also from a negative x.
Tensor shiftRight(const Operand &x, const Operand &y,
                  Loc where = Loc::current());

Tensor isFinite(const Tensor &x, Loc where = Loc::current());
Tensor isNan(const Tensor &x, Loc where = Loc::current());

/// x where the condition is true, else y; all three broadcast.
Tensor where(const Tensor &condition, const Operand &x, const Operand &y,
             Loc where = Loc::current());
/// The value where the mask is true, else x. The mask broadcasts to x.
Tensor maskedFill(const Tensor &x, const Tensor &mask, Scalar value,
                  Loc where = Loc::current());

/// The same bits read as a type of equal width.
Tensor bitcast(const Tensor &x, DType type, Loc where = Loc::current());

//===-- Functions of floats
//------------------------------------------------===//

/// Of integers, too. The gradient at 0 is 0.
Tensor abs(const Tensor &x, Loc where = Loc::current());
/// -1, 0 or 1; of integers, too. Gradient 0.
Tensor sign(const Tensor &x, Loc where = Loc::current());
Tensor exp(const Tensor &x, Loc where = Loc::current());
/// e^x - 1, accurate near 0.
Tensor expm1(const Tensor &x, Loc where = Loc::current());
/// NaN below 0, -inf at 0.
Tensor log(const Tensor &x, Loc where = Loc::current());
/// log(1 + x), accurate near 0.
Tensor log1p(const Tensor &x, Loc where = Loc::current());
Tensor sqrt(const Tensor &x, Loc where = Loc::current());
/// 1 / sqrt x.
Tensor rsqrt(const Tensor &x, Loc where = Loc::current());
Tensor square(const Tensor &x, Loc where = Loc::current());
/// x in radians, of any size.
Tensor sin(const Tensor &x, Loc where = Loc::current());
Tensor cos(const Tensor &x, Loc where = Loc::current());
/// In radians, [-pi/2, pi/2].
Tensor atan(const Tensor &x, Loc where = Loc::current());
Tensor tanh(const Tensor &x, Loc where = Loc::current());
/// The error function, and 1 minus it.
Tensor erf(const Tensor &x, Loc where = Loc::current());
Tensor erfc(const Tensor &x, Loc where = Loc::current());
/// Gradient 0, as of ceil and round.
Tensor floor(const Tensor &x, Loc where = Loc::current());
Tensor ceil(const Tensor &x, Loc where = Loc::current());
/// To the nearest, ties to even.
Tensor round(const Tensor &x, Loc where = Loc::current());

//===-- Identities
//---------------------------------------------------------===//

/// The identity; no gradient flows through it.
Tensor stopGradient(const Tensor &x, Loc where = Loc::current());
/// The identity; an infinite element or NaN is an error when it runs, which
/// names `name` and this line.
Tensor assertFinite(const Tensor &x, const std::string &name = "assert_finite",
                    Loc where = Loc::current());
/// The identity; an index outside [0, limit) is an error when it runs.
Tensor checkIndex(const Tensor &x, int64_t limit, Loc where = Loc::current());
/// The identity; prints one line when the program runs: the text, the type and
/// the elements, or with `summary` the smallest, the largest, the mean and how
/// many are not finite.
Tensor print(const Tensor &x, const std::string &text, bool summary = false,
             Loc where = Loc::current());
/// The identity; nothing is merged or moved across it.
Tensor optimizationBarrier(const Tensor &x, Loc where = Loc::current());

} // namespace dlc
#pragma GCC visibility pop

#endif // DLC_FRONTEND_OPS_ELEMENTWISE_H
