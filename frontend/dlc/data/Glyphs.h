// Data that needs no file: ten classes of drawn digits.

#ifndef DLC_FRONTEND_DATA_GLYPHS_H
#define DLC_FRONTEND_DATA_GLYPHS_H

#include <dlc/data/TensorDataset.h>

#pragma GCC visibility push(default)
namespace dlc::data {

/// `count` digits drawn by strokes into 28x28 pixels, each with its own shift,
/// size, slant, pen and noise. Fields: images ui8 [count, 28, 28] (ink is 255)
/// and labels i32 [count]. Sample i depends on `seed` and i alone, and is made
/// of integers: the same bytes on every machine.
TensorDataset glyphs(int64_t count, uint64_t seed);

} // namespace dlc::data
#pragma GCC visibility pop

#endif // DLC_FRONTEND_DATA_GLYPHS_H
