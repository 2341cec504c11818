// Floating-point formats narrower than, or rounded otherwise than, C++'s own.

#ifndef DLC_TOOLS_PTXSIM_FLOATS_H
#define DLC_TOOLS_PTXSIM_FLOATS_H

#include "ptx-sim/Module.h"

namespace dlc::ptxsim {

/// A binary format of IEEE's kind: bits of the fraction and of the exponent.
struct Format {
  int fraction, exponent;
};
/// Of a floating type; tf32 is f32 with 10 bits of fraction.
Format formatOf(Type type);

/// The value; a long double holds each of ours, and 64-bit integers, exactly.
long double decodeFloat(Type type, uint64_t bits);

/// The bits of `value` rounded once to `type`. NaN becomes the canonical one.
uint64_t encodeFloat(Type type, long double value,
                     Rounding rounding = Rounding::nearest,
                     bool toFinite = false);

/// x + y rounded to odd: a later rounding to a much narrower format is then
/// the rounding of the exact sum.
double addToOdd(double x, double y);

/// `value` rounded to an integral one.
long double roundToIntegral(long double value, Rounding rounding);

/// A denormal becomes a zero of its sign.
uint64_t flushDenormal(Type type, uint64_t bits);
bool isNaN(Type type, uint64_t bits);
uint64_t canonicalNaN(Type type);

} // namespace dlc::ptxsim

#endif // DLC_TOOLS_PTXSIM_FLOATS_H
